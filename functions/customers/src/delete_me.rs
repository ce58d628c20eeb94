//! `POST /api/me/deletion`: asks to be forgotten.
//!
//! The work itself waits in a queue. The message is sent before the account is marked, and its queue holds it back for
//! longer than this function may run: a worker that finds the account unmarked knows that nobody was told it would be
//! deleted.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::CustomerEmail;
use events::{DeletionMessage, Queue};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Database;
use store::audit::AuditEntry;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, FieldProblem, Fields, Person, Problem, RequestId, guarded};

use crate::account;

/// The confirmation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteMe {
    /// Your own e-mail address, to show that this is meant.
    #[schema(example = "ada@example.org")]
    email: String,
}

/// A deletion that is under way.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Deletion {
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    requested_at: Timestamp,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<(Database, Queue)> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(delete_me)))
}

#[utoipa::path(
    post,
    path = "/api/me/deletion",
    tag = "me",
    request_body = DeleteMe,
    responses(
        (status = 202, description = "You will be forgotten within minutes; your account is closed already", body = Deletion),
        (status = 403, description = "The account is gone", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "You work here: an admin must end that first", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The address is not yours", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn delete_me(
    State((database, queue)): State<(Database, Queue)>,
    person: Person,
    RequestId(request_id): RequestId,
    Body(body): Body<DeleteMe>,
) -> Result<(StatusCode, Json<Deletion>), Problem> {
    confirm(&person, &body.email)?;
    let trace_id = telemetry::trace::current();
    let message = DeletionMessage { customer_id: person.id.clone(), request_id, trace_id };
    for _ in 0..crate::MAX_TRIES {
        let mut profile = account::find(&database, &person).await?;
        queue.send(std::slice::from_ref(&message)).await.map_err(Problem::internal)?;
        telemetry::crash::point("delete-me.after-send", &person.id);
        if let Some(requested_at) = profile.value.closing_since {
            return Ok((StatusCode::ACCEPTED, Json(Deletion { requested_at })));
        }
        let requested_at = Timestamp::now();
        profile.value.closing_since = Some(requested_at);
        let (before, after) = (json!({ "closing": false }), json!({ "closing": true }));
        let (actor, subject) = (account::actor(&person), account::subject(&person.id));
        let entry =
            AuditEntry::of(&actor, "customer.deletionRequested", subject, Some(&before), Some(&after));
        let mut transaction = database.transaction();
        transaction.update_profile(&profile).map_err(Problem::internal)?;
        transaction.audit(&entry.map_err(Problem::internal)?).map_err(Problem::internal)?;
        if account::written(transaction.commit().await)? {
            telemetry::crash::point("delete-me.after-write", &person.id);
            tracing::info!(customer_id = %person.id, "deletion requested");
            return Ok((StatusCode::ACCEPTED, Json(Deletion { requested_at })));
        }
    }
    Err(account::contended())
}

/// Checks that the right person means it.
fn confirm(person: &Person, email: &str) -> Result<(), Problem> {
    let mut fields = Fields::default();
    let Some(email) = fields.parsed("/email", CustomerEmail::parse(email)) else {
        return Err(fields.into_problem());
    };
    if email.folded() != person.email.folded() {
        return Err(Problem::invalid(vec![FieldProblem::new("/email", "must be your own e-mail address")]));
    }
    if !person.groups.is_empty() {
        let detail = "you work here: ask an admin to end that first, so that the shop is never without one";
        return Err(Problem::new(StatusCode::CONFLICT, "staff-account", "A staff account", detail));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use web::Group;

    use super::*;
    use crate::tests::person;

    #[test]
    fn only_one_s_own_address_confirms_and_staff_stay() {
        let ada = person("ada@example.org");
        assert_eq!(confirm(&ada, "Ada@Example.org"), Ok(()));
        for (email, status) in [("bob@example.org", 422), ("", 422), ("ada", 422)] {
            assert_eq!(confirm(&ada, email).unwrap_err().status().as_u16(), status, "{email}");
        }
        let admin = Person { groups: [Group::Admin].into(), ..ada };
        assert_eq!(confirm(&admin, "ada@example.org").unwrap_err().status(), StatusCode::CONFLICT);
    }
}
