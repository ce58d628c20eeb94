//! `DELETE /api/console/operations/queues/{name}/messages`: throws dead letters away.

use std::collections::{BTreeMap, BTreeSet};

use aws_config::SdkConfig;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::DisplayErrorContext;
use aws_sdk_sqs::operation::purge_queue::PurgeQueueError;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use domain::Group;
use serde::{Deserialize, Serialize};
use store::Database;
use store::audit::{AuditEntry, AuditSubject};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, guarded};

use crate::known::{Known, KnownQueue};
use crate::letters::Mailbox;
use crate::note;
use crate::peek_queue::MAX_BODY;

/// SQS empties a queue once in so many seconds.
const PURGE_EVERY_SECONDS: u32 = 60;

/// What the route works with.
#[derive(Debug, Clone)]
pub struct Discarder {
    known: Known<KnownQueue>,
    database: Database,
    client: Client,
}

impl Discarder {
    /// The queues that the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, cloud::SettingError> {
        let known = cloud::setting("QUEUES")?;
        Ok(Self { known, database: Database::from_env(config), client: Client::new(config) })
    }
}

/// Which messages: one, or all.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DiscardQuery {
    /// The one with this id.
    id: Option<String>,
    /// All of them: the queue's name, once more.
    #[param(example = "dispatch-dead-letters")]
    all: Option<String>,
}

/// What was thrown away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Discarded {
    /// How many messages; of all of them about how many.
    discarded: u64,
}

/// What the audit trail tells: the messages, as far as that is possible.
#[derive(Debug, Serialize)]
struct Told {
    messages: u64,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    bodies: BTreeMap<String, String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Discarder> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(discard_messages)))
}

#[utoipa::path(
    delete,
    path = "/api/console/operations/queues/{name}/messages",
    tag = "console: operations",
    params(
        ("name" = String, Path, description = "The queue's name, such as `dispatch-dead-letters`"),
        DiscardQuery,
    ),
    responses(
        (status = 200, description = "They are gone; of a single one the audit trail keeps what it said", body = Discarded),
        (status = 400, description = "Neither one message nor all of them are named, or both", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such queue or, just now, no such message", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "A worker is at this queue, or it was emptied just before", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn discard_messages(
    State(discarder): State<Discarder>,
    Path(name): Path<String>,
    query: Result<Query<DiscardQuery>, QueryRejection>,
    person: Person,
) -> Result<Json<Discarded>, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let letters = discarder.known.letters(&name)?;
    let mailbox = Mailbox::new(&discarder.client, letters.url);
    let discarded = match which(query, &name)? {
        Which::One(id) => {
            let taken = mailbox.pick(&BTreeSet::from([id])).await?;
            if taken.is_empty() {
                return Err(Problem::not_found("message"));
            }
            let body = |text: Option<&str>| text.unwrap_or_default().chars().take(MAX_BODY).collect();
            let bodies = taken.iter().map(|(id, message)| (id.clone(), body(message.body()))).collect();
            tell(&discarder.database, &person, &name, &Told { messages: 1, bodies }).await?;
            mailbox.remove(&taken.into_values().collect::<Vec<_>>()).await?;
            1
        }
        Which::All => {
            let messages = mailbox.counts().await?.waiting;
            tell(&discarder.database, &person, &name, &Told { messages, bodies: BTreeMap::new() }).await?;
            empty(&discarder.client, letters.url).await?;
            messages
        }
    };
    Ok(Json(Discarded { discarded }))
}

#[derive(Debug, PartialEq, Eq)]
enum Which {
    One(String),
    All,
}

fn which(query: DiscardQuery, name: &str) -> Result<Which, Problem> {
    match (query.id, query.all) {
        (Some(id), None) if !id.is_empty() => Ok(Which::One(id)),
        (None, Some(all)) if all == name => Ok(Which::All),
        (None, Some(_)) => Err(Problem::bad_parameter(
            "/query/all",
            "must be the queue's name: nobody empties one by mistake",
        )),
        _ => Err(Problem::bad_parameter("/query", "must have either `id` or `all`")),
    }
}

async fn tell(database: &Database, person: &Person, name: &str, told: &Told) -> Result<(), Problem> {
    let subject = AuditSubject::new("queue", name, name);
    note(database, AuditEntry::of(&crate::actor(person), "queue.discarded", subject, Some(told), None)).await
}

async fn empty(client: &Client, url: &str) -> Result<(), Problem> {
    let Err(error) = client.purge_queue().queue_url(url).send().await else { return Ok(()) };
    if error.as_service_error().is_some_and(PurgeQueueError::is_purge_queue_in_progress) {
        let detail =
            format!("the queue was emptied less than {PURGE_EVERY_SECONDS} s ago; try again after that");
        return Err(Problem::conflict(detail).retry_after(PURGE_EVERY_SECONDS));
    }
    Err(Problem::internal(DisplayErrorContext(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_message_is_thrown_away_or_all_on_purpose() {
        let which = |id: Option<&str>, all: Option<&str>| {
            let query = DiscardQuery { id: id.map(str::to_owned), all: all.map(str::to_owned) };
            which(query, "sync-dead-letters")
        };
        assert_eq!(which(Some("m-1"), None).unwrap(), Which::One("m-1".into()));
        assert_eq!(which(None, Some("sync-dead-letters")).unwrap(), Which::All);
        for (id, all) in
            [(None, None), (Some(""), None), (None, Some("true")), (Some("m-1"), Some("sync-dead-letters"))]
        {
            assert!(which(id, all).is_err(), "{id:?} {all:?}");
        }
    }
}
