//! `GET /api/console/audit`: who changed what, when, from what to what; the newest first.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::Group;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::Database;
use store::audit::{ActorKind, AuditEntry};
use store::audit_trail::AuditFilter;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded, page};

/// The most characters of an actor, and of a subject.
const MAX_ID: usize = 200;

/// Which entries are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Those about one thing: its kind, a colon and its id.
    #[param(example = "product:prd_01JD0000000000000000000000")]
    subject: Option<String>,
    /// Those of one actor: a person's id, a partner key's, or a program's name.
    actor: Option<String>,
    /// The `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many entries at most: 1 to 100, 24 where it is absent. A page may have fewer and still not be the last.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// What kind of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum AuditActorKind {
    /// Somebody who works here.
    Staff,
    /// Somebody who shops here.
    Customer,
    /// A program of a partner, by its key.
    Partner,
    /// The shop itself, or whoever runs its command line.
    System,
}

/// Who changed something.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditActor {
    /// A person's id, a partner key's, or a program's name.
    id: String,
    /// A person's address at the time.
    email: Option<String>,
    /// What kind of somebody.
    kind: AuditActorKind,
}

/// What was changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedThing {
    /// The kind of thing.
    #[schema(example = "product")]
    kind: String,
    /// Its id.
    id: String,
    /// What people called it at the time.
    title: String,
}

/// One value that changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedValue {
    /// Where: a JSON pointer into the thing; empty for all of it.
    #[schema(example = "/title")]
    path: String,
    /// The value before; null where there was none.
    #[schema(value_type = Option<Value>)]
    from: Option<Value>,
    /// The value after; null where there is none.
    #[schema(value_type = Option<Value>)]
    to: Option<Value>,
}

/// An entry of the audit trail.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditItem {
    /// The entry's id.
    #[schema(example = "aud_01JD0000000000000000000000")]
    id: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Who.
    actor: AuditActor,
    /// What was done.
    #[schema(example = "product.updated")]
    action: String,
    /// To what.
    subject: ChangedThing,
    /// From what to what.
    changes: Vec<ChangedValue>,
}

impl From<AuditEntry> for AuditItem {
    fn from(entry: AuditEntry) -> Self {
        let kind = match entry.actor.kind {
            ActorKind::Staff => AuditActorKind::Staff,
            ActorKind::Customer => AuditActorKind::Customer,
            ActorKind::Partner => AuditActorKind::Partner,
            ActorKind::System => AuditActorKind::System,
        };
        let email = entry.actor.email.map(Into::into);
        let subject = entry.subject;
        let changes = entry.changes.into_iter();
        Self {
            id: entry.id.to_string(),
            at: entry.at,
            actor: AuditActor { id: entry.actor.id, email, kind },
            action: entry.action,
            subject: ChangedThing { kind: subject.kind, id: subject.id, title: subject.title },
            changes: changes.map(|c| ChangedValue { path: c.path, from: c.from, to: c.to }).collect(),
        }
    }
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(list_audit)))
}

#[utoipa::path(
    get,
    path = "/api/console/audit",
    tag = "audit",
    params(AuditQuery),
    responses(
        (status = 200, description = "A page, the newest first", body = Page<AuditItem>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_audit(
    State(database): State<Database>,
    query: Result<Query<AuditQuery>, QueryRejection>,
) -> Result<Json<Page<AuditItem>>, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let filter = filter(query.subject.as_deref(), query.actor)?;
    let limit = page::limit(query.limit.as_deref())?;
    let position = query.cursor.as_deref().map(page::position).transpose()?;
    let today = Zoned::now().with_time_zone(TimeZone::UTC).date();
    let trail = database.audit_trail(&filter, position, today, limit).await.map_err(Problem::internal)?;
    let next_cursor = trail.next.as_ref().map(page::cursor).transpose()?;
    Ok(Json(Page { items: trail.entries.into_iter().map(Into::into).collect(), next_cursor }))
}

fn filter(subject: Option<&str>, actor: Option<String>) -> Result<AuditFilter, Problem> {
    if actor.as_ref().is_some_and(|actor| actor.is_empty() || actor.len() > MAX_ID) {
        return Err(Problem::bad_parameter("/query/actor", format!("must have 1 to {MAX_ID} characters")));
    }
    let Some(subject) = subject else {
        return Ok(actor.map_or(AuditFilter::Everything, AuditFilter::Actor));
    };
    let parts = subject.split_once(':').filter(|(kind, id)| !kind.is_empty() && !id.is_empty());
    let Some((kind, id)) = parts.filter(|_| subject.len() <= MAX_ID) else {
        let detail = format!("must be a kind of thing, a colon and an id: at most {MAX_ID} characters");
        return Err(Problem::bad_parameter("/query/subject", detail));
    };
    Ok(AuditFilter::Subject { kind: kind.to_owned(), id: id.to_owned(), actor })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_asked_for_by_subject_by_actor_or_all() {
        assert_eq!(filter(None, None).unwrap(), AuditFilter::Everything);
        assert_eq!(filter(None, Some("a".into())).unwrap(), AuditFilter::Actor("a".into()));
        let subject = AuditFilter::Subject { kind: "product".into(), id: "prd_1:x".into(), actor: None };
        assert_eq!(filter(Some("product:prd_1:x"), None).unwrap(), subject);
        let long = format!("product:{}", "x".repeat(MAX_ID));
        for bad in ["", "product", "product:", ":x", &long] {
            assert!(filter(Some(bad), None).is_err(), "{bad}");
        }
        assert!(filter(None, Some("x".repeat(MAX_ID + 1))).is_err());
    }
}
