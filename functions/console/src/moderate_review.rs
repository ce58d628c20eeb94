//! `PUT /api/console/reviews/{id}`: decides who sees a review.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::review::Verdict;
use domain::{Group, Review};
use serde::Deserialize;
use serde_json::json;
use store::audit::{AuditEntry, AuditSubject};
use store::reviews::{ReviewBy, ReviewOutcome};
use store::{Database, Versioned};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, FieldProblem, IfMatch, Person, Problem, guarded, tagged};

use crate::actor;
use crate::reviews::{self, ConsoleReview};

/// Who shall see a review.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum ModeratedStatus {
    /// Everybody.
    Published,
    /// Its author and staff.
    Hidden,
}

/// What is decided about a review.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Moderation {
    /// Who shall see it.
    status: ModeratedStatus,
    /// Why, for other staff: at most 500 characters.
    #[serde(default)]
    note: Option<String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(moderate_review)))
}

#[utoipa::path(
    put,
    path = "/api/console/reviews/{id}",
    tag = "console: reviews",
    params(
        ("id" = String, Path, description = "The review's id"),
        ("If-Match" = String, Header, description = "The `ETag` of what was read"),
    ),
    request_body = Moderation,
    responses(
        (status = 200, description = "The review; its version is the `ETag`", body = ConsoleReview),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such review", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "It was changed since it was read; `current` is what it is now", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "If-Match is missing", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn moderate_review(
    State(database): State<Database>,
    Path(id): Path<String>,
    IfMatch(version): IfMatch,
    person: Person,
    Body(body): Body<Moderation>,
) -> Result<Response, Problem> {
    let id = reviews::id(&id)?;
    let (verdict, note) = body.parse()?;
    let before = database.review(id).await.map_err(Problem::internal)?;
    let before = before.ok_or_else(|| Problem::not_found("review"))?;
    if before.version != version {
        return Err(Problem::outdated(&ConsoleReview::from(before)));
    }
    let mut after = before.value.clone();
    after.moderate(verdict, note);
    if after == before.value {
        return Ok(tagged(version, Json(ConsoleReview::from(before))));
    }
    let told = |review: &Review| json!({ "status": review.status, "note": review.note });
    let subject = AuditSubject::new("review", id, after.title.as_str());
    let (from, to) = (told(&before.value), told(&after));
    let entry = AuditEntry::of(&actor(&person), "review.moderated", subject, Some(&from), Some(&to));
    let entry = entry.map_err(Problem::internal)?;
    let outcome = database.update_review(&before, &after, ReviewBy::Staff(&entry)).await;
    match outcome.map_err(Problem::internal)? {
        ReviewOutcome::Written => {
            let review = Versioned { value: after, version: version + 1 };
            Ok(tagged(review.version, Json(ConsoleReview::from(review))))
        }
        ReviewOutcome::NoProduct => Err(Problem::not_found("product of this review")),
        ReviewOutcome::Outdated => {
            let current = database.review(id).await.map_err(Problem::internal)?;
            let current = current.ok_or_else(|| Problem::not_found("review"))?;
            Err(Problem::outdated(&ConsoleReview::from(current)))
        }
    }
}

impl Moderation {
    fn parse(self) -> Result<(Verdict, Option<String>), Problem> {
        let note = self.note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
        if note.as_ref().is_some_and(|note| note.chars().count() > Review::MAX_NOTE) {
            let detail = format!("must have at most {} characters", Review::MAX_NOTE);
            return Err(Problem::invalid(vec![FieldProblem::new("/note", detail)]));
        }
        let verdict = match self.status {
            ModeratedStatus::Published => Verdict::Publish,
            ModeratedStatus::Hidden => Verdict::Hide,
        };
        Ok((verdict, note))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_short_or_none() {
        let parse =
            |note: &str| Moderation { status: ModeratedStatus::Hidden, note: Some(note.into()) }.parse();
        assert_eq!(parse(" rude ").unwrap(), (Verdict::Hide, Some("rude".into())));
        assert_eq!(parse("  ").unwrap(), (Verdict::Hide, None));
        assert!(parse(&"x".repeat(Review::MAX_NOTE)).is_ok());
        assert!(parse(&"x".repeat(Review::MAX_NOTE + 1)).is_err());
    }
}
