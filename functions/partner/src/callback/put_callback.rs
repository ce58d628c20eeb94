//! `PUT /api/partner/callback`: sets where the partner is told of its orders.

use axum::Json;
use axum::extract::State;
use courier::SigningSecrets;
use domain::{Partner, PartnerScope};
use jiff::Timestamp;
use secrets::SecretName;
use serde::{Deserialize, Serialize};
use store::callbacks::{Callback, UsedCallback, audit};
use store::{CommitError, Database, Versioned};
use suppliers::callback::address;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::partner::Caller;
use web::{Access, Body, FieldProblem, Problem, guarded};

use super::courier::Courier;
use super::{PartnerCallback, actor, changed_meanwhile, load};

/// Where to be told.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutPartnerCallback {
    /// An address with https, of at most 2,000 characters.
    #[schema(example = "https://partner.example/ironmonger", max_length = 2000)]
    url: String,
}

/// The callback as it is now.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerCallbackSet {
    /// The callback.
    #[serde(flatten)]
    callback: PartnerCallback,
    /// What calls are signed with, when it was made just now. Nobody can show it again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    secret: Option<String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Courier> {
    guarded(
        Access::Partner(Some(PartnerScope::OrdersWrite)),
        OpenApiRouter::new().routes(routes!(put_partner_callback)),
    )
}

#[utoipa::path(
    put,
    path = "/api/partner/callback",
    tag = "partners",
    request_body = PutPartnerCallback,
    responses(
        (status = 200, description = "It is set; the secret is shown the first time", body = PartnerCallbackSet),
        (status = 409, description = "Somebody else changed it at this moment", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The address is none that we call", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn put_partner_callback(
    State(courier): State<Courier>,
    Caller(partner): Caller,
    Body(body): Body<PutPartnerCallback>,
) -> Result<Json<PartnerCallbackSet>, Problem> {
    let url = address(&courier.calls.http, &body.url);
    let url = url.map_err(|error| Problem::invalid(vec![FieldProblem::new("/url", error.to_string())]))?;
    let database = &courier.desk.database;
    let before = database.callback(partner.partner_id).await.map_err(Problem::internal)?;
    let now = Timestamp::now();
    if let Some(after) = changed(before.as_ref(), url.as_str(), url.host_str().unwrap_or_default(), now) {
        write(database, &partner, before.map(|before| before.callback), after).await?;
    }
    // After the address: where this stops in between, the secret is made and shown when it is set again.
    let fresh = SigningSecrets::generate();
    let name = SecretName::PartnerCallback(partner.partner_id);
    let made = courier.desk.secrets.create(&name, &fresh.stored()).await.map_err(Problem::internal)?;
    let callback = load(database, &partner).await?.into();
    Ok(Json(PartnerCallbackSet { callback, secret: made.then(|| fresh.current().expose().to_owned()) }))
}

/// The callback as it is to be stored; nothing where that changes nothing.
fn changed(before: Option<&UsedCallback>, url: &str, host: &str, now: Timestamp) -> Option<Callback> {
    let new = Callback {
        url: url.to_owned(),
        host: host.to_owned(),
        created_at: now,
        changed_at: now,
        paused_at: None,
        previous_secret_until: None,
    };
    let Some(before) = before.map(|before| &before.callback.value) else { return Some(new) };
    let Callback { created_at, previous_secret_until, .. } = *before;
    let same = before.url == url && before.paused_at.is_none();
    (!same).then_some(Callback { created_at, previous_secret_until, ..new })
}

async fn write(
    database: &Database,
    partner: &Partner,
    before: Option<Versioned<Callback>>,
    after: Callback,
) -> Result<(), Problem> {
    let (id, name) = (partner.partner_id, partner.name.as_str());
    let from = before.as_ref().map(|before| &before.value);
    let entry = audit(&actor(partner), "partnerCallback.set", id, name, from, Some(&after));
    let entry = entry.map_err(Problem::internal)?;
    let mut transaction = database.transaction();
    match before {
        None => transaction.create_callback(id, &after),
        Some(Versioned { version, .. }) => {
            transaction.update_callback(id, &Versioned { value: after, version })
        }
    }
    .and_then(|transaction| transaction.audit(&entry))
    .map_err(Problem::internal)?;
    match transaction.commit().await {
        Ok(()) => Ok(()),
        Err(CommitError::Refused(_)) => Err(changed_meanwhile()),
        Err(error) => Err(Problem::internal(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_it_again_changes_the_address_or_ends_a_pause() {
        let (one, two) = ("2026-11-22T10:00:00Z".parse().unwrap(), "2026-11-22T11:00:00Z".parse().unwrap());
        let url = "https://calder.example/a";
        let first = changed(None, url, "calder.example", one).unwrap();
        let mut before = UsedCallback {
            callback: Versioned { value: first.clone(), version: 1 },
            last_success_at: None,
            last_failure: None,
        };
        assert_eq!(changed(Some(&before), url, "calder.example", two), None);
        let other = changed(Some(&before), "https://calder.example/b", "calder.example", two).unwrap();
        assert_eq!((other.created_at, other.changed_at), (one, two));
        before.callback.value.paused_at = Some(one);
        before.callback.value.previous_secret_until = Some(two);
        let again = changed(Some(&before), url, "calder.example", two).unwrap();
        assert_eq!((again.paused_at, again.previous_secret_until), (None, Some(two)));
        assert_eq!((again.url, again.created_at), (first.url, one));
    }
}
