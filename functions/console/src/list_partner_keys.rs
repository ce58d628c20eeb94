//! `GET /api/console/partner-keys`: all keys of partners, and where the partners are told of their orders.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use domain::Group;
use jiff::Timestamp;
use serde::Serialize;
use store::Database;
use store::callbacks::UsedCallback;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded};

use crate::partner_keys::PartnerKey;

/// A key in the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedPartnerKey {
    /// The key.
    #[serde(flatten)]
    key: PartnerKey,
    /// Where the partner whose key it is is told of its orders; null where it does not want to be.
    callback: Option<PartnerCallbackState>,
}

/// Where a partner is told of its orders, and how that goes. The whole address is the partner's matter.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartnerCallbackState {
    /// The address's host.
    #[schema(example = "partner.example")]
    host: String,
    /// Whether nothing is told, because the partner's program said that it is gone for good, or the partner had no key left.
    paused: bool,
    /// When the program last took a call.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_success_at: Option<Timestamp>,
    /// When it last did not.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_failure_at: Option<Timestamp>,
    /// Why not.
    #[schema(example = "answered 503")]
    last_failure: Option<String>,
}

impl From<UsedCallback> for PartnerCallbackState {
    fn from(UsedCallback { callback, last_success_at, last_failure }: UsedCallback) -> Self {
        let (last_failure_at, last_failure) =
            last_failure.map(|failure| (failure.at, failure.reason)).unzip();
        let paused = callback.value.paused_at.is_some();
        Self { host: callback.value.host, paused, last_success_at, last_failure_at, last_failure }
    }
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(list_partner_keys)))
}

#[utoipa::path(
    get,
    path = "/api/console/partner-keys",
    tag = "partners",
    responses(
        (status = 200, description = "All of them, the newest first; revoked ones too", body = Page<ListedPartnerKey>)
    )
)]
async fn list_partner_keys(
    State(database): State<Database>,
) -> Result<Json<Page<ListedPartnerKey>>, Problem> {
    let keys = database.partner_keys().await.map_err(Problem::internal)?;
    let partners: BTreeSet<_> = keys.iter().map(|used| used.key.value.partner()).collect();
    let callbacks = database.callbacks(partners).await.map_err(Problem::internal)?;
    let listed = keys.into_iter().map(|used| {
        let callback = callbacks.get(&used.key.value.partner()).cloned();
        ListedPartnerKey { key: used.into(), callback: callback.map(Into::into) }
    });
    Ok(Json(Page { items: listed.collect(), next_cursor: None }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use store::Versioned;
    use store::callbacks::{Callback, CallbackFailure};

    use super::*;

    #[test]
    fn staff_see_how_a_callback_does_and_not_its_address() {
        let at: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let callback = Callback {
            url: "https://calder.example/hook?token=s3cret".into(),
            host: "calder.example".into(),
            created_at: at,
            changed_at: at,
            paused_at: Some(at),
            previous_secret_until: None,
        };
        let used = UsedCallback {
            callback: Versioned { value: callback, version: 1 },
            last_success_at: None,
            last_failure: Some(CallbackFailure { at, reason: "answered 410".into() }),
        };
        let shown = serde_json::to_value(PartnerCallbackState::from(used)).unwrap();
        let expected = json!({
            "host": "calder.example", "paused": true, "lastSuccessAt": null, "lastFailureAt": at,
            "lastFailure": "answered 410",
        });
        assert_eq!(shown, expected);
    }
}
