//! `PUT /api/console/fulfilment/paced-orders/{id}/status`: lets a paced order run, pauses or stops it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::pacing::{PacedOrderError, StatusChange};
use domain::{Group, PacedStatus};
use jiff::Timestamp;
use serde::Deserialize;
use store::{CommitError, Database};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, IfMatch, Person, Problem, guarded, tagged};

use super::order::PacedOrderDetail;
use super::{entry, load, path_paced_order, view};
use crate::actor;
use crate::reason::words;

/// What shall become of a paced order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetPacedOrderStatus {
    /// Whether its instalments shall be released.
    status: WantedStatus,
    /// Why, for those who wonder later: 1 to 500 characters; null where nothing is to be said.
    #[serde(default)]
    #[schema(example = "The site is closed over the holidays")]
    note: Option<String>,
}

/// Whether instalments shall be released.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WantedPacedStatus)]
pub enum WantedStatus {
    /// They shall, when they are due.
    Running,
    /// They shall not, until somebody lets it run again.
    Paused,
    /// Never again.
    Stopped,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(set_paced_order_status)))
}

#[utoipa::path(
    put,
    path = "/api/console/fulfilment/paced-orders/{id}/status",
    tag = "fulfilment: paced orders",
    params(
        ("id" = String, Path, description = "The paced order's id"),
        ("If-Match" = String, Header, description = "The `ETag` of the paced order that was looked at"),
    ),
    request_body = SetPacedOrderStatus,
    responses(
        (status = 200, description = "The paced order, as it is now", body = PacedOrderDetail),
        (status = 400, description = "The id or the header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such paced order", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is over", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "It was changed, or released an instalment; `current` is what there is now", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "There is no such status, or the note is too long", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn set_paced_order_status(
    State(database): State<Database>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    person: Person,
    Body(input): Body<SetPacedOrderStatus>,
) -> Result<Response, Problem> {
    let id = path_paced_order(&id)?;
    let note = input.note.as_deref().map(|note| words("/note", note)).transpose()?;
    let before = load(&database, id).await?;
    if before.version != version {
        return Err(Problem::outdated(&view(&database, &before).await?));
    }
    let mut after = before.clone();
    let change = StatusChange { by: Some(person.email.to_string()), at: Timestamp::now(), note };
    if !after.value.set_status(input.status.into(), change).map_err(|error| refused(&error))? {
        return Ok(tagged(version, Json(view(&database, &before).await?)));
    }
    let entry = entry(&actor(&person), input.status.action(), Some(&before.value), &after.value);
    let entry = entry.map_err(Problem::internal)?;
    let mut transaction = database.transaction();
    transaction
        .update_paced_order(&after)
        .and_then(|write| write.audit(&entry))
        .map_err(Problem::internal)?;
    match transaction.commit().await {
        Ok(()) => {
            after.version += 1;
            tracing::info!(paced_order_id = %id, status = after.value.status().name(), "paced order changed");
            Ok(tagged(after.version, Json(view(&database, &after).await?)))
        }
        Err(CommitError::Refused(_)) => {
            let current = load(&database, id).await?;
            Err(Problem::outdated(&view(&database, &current).await?))
        }
        Err(CommitError::Store(error)) => Err(Problem::internal(error)),
    }
}

impl WantedStatus {
    fn action(self) -> &'static str {
        match self {
            Self::Running => "pacedOrder.resumed",
            Self::Paused => "pacedOrder.paused",
            Self::Stopped => "pacedOrder.stopped",
        }
    }
}

impl From<WantedStatus> for PacedStatus {
    fn from(status: WantedStatus) -> Self {
        match status {
            WantedStatus::Running => Self::Running,
            WantedStatus::Paused => Self::Paused,
            WantedStatus::Stopped => Self::Stopped,
        }
    }
}

/// What somebody hears who wants of a paced order what it cannot do.
fn refused(error: &PacedOrderError) -> Problem {
    let title = "The paced order cannot do that";
    Problem::new(StatusCode::CONFLICT, "illegal-transition", title, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_is_a_conflict() {
        let error = PacedOrderError::Over { from: PacedStatus::Stopped, to: PacedStatus::Running };
        assert_eq!(refused(&error).status(), StatusCode::CONFLICT);
    }

    #[test]
    fn nobody_can_finish_it_by_hand() {
        let parse = |status: &str| {
            serde_json::from_value::<SetPacedOrderStatus>(serde_json::json!({ "status": status }))
        };
        assert_eq!(parse("stopped").unwrap().status, WantedStatus::Stopped);
        assert!(parse("finished").is_err());
    }
}
