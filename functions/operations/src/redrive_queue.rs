//! `POST /api/console/operations/queues/{name}/redrive`: gives dead letters to their worker again.
//!
//! A message is put into the work queue before it is taken out of the dead letters. Who dies in between leaves it in both,
//! and workers bear to see a message twice.

use std::collections::BTreeSet;

use aws_config::SdkConfig;
use aws_sdk_sqs::Client;
use axum::Json;
use axum::extract::{Path, State};
use domain::Group;
use serde::{Deserialize, Serialize};
use store::Database;
use store::audit::{AuditEntry, AuditSubject};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, FieldProblem, Person, Problem, guarded};

use crate::known::{Known, KnownQueue};
use crate::letters::{Mailbox, Taken};
use crate::note;

/// The most messages that are moved by one request.
pub const MAX_MOVED: usize = 200;
/// The most messages that can be named.
pub const MAX_IDS: usize = 50;

/// What the route works with.
#[derive(Debug, Clone)]
pub struct Redriver {
    known: Known<KnownQueue>,
    database: Database,
    client: Client,
}

impl Redriver {
    /// The queues that the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, cloud::SettingError> {
        let known = cloud::setting("QUEUES")?;
        Ok(Self { known, database: Database::from_env(config), client: Client::new(config) })
    }
}

/// Which messages.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RedriveInput {
    /// Those with these ids, at most fifty; all where it is absent.
    ids: Option<BTreeSet<String>>,
}

/// What was moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Redriven {
    /// How many messages the worker gets again.
    moved: usize,
    /// About how many are left: one request moves at most two hundred.
    left: u64,
}

/// What the audit trail tells.
#[derive(Debug, Serialize)]
struct Told {
    messages: BTreeSet<String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Redriver> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(redrive_queue)))
}

#[utoipa::path(
    post,
    path = "/api/console/operations/queues/{name}/redrive",
    tag = "console: operations",
    params(("name" = String, Path, description = "The name of a queue of dead letters, such as `dispatch-dead-letters`")),
    request_body = RedriveInput,
    responses(
        (status = 200, description = "Moved; messages that were not there any more are not counted", body = Redriven),
        (status = 404, description = "There is no such queue", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The queue's messages did not come from a queue", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn redrive_queue(
    State(redriver): State<Redriver>,
    Path(name): Path<String>,
    person: Person,
    Body(input): Body<RedriveInput>,
) -> Result<Json<Redriven>, Problem> {
    let letters = redriver.known.letters(&name)?;
    let Some(source) = letters.source else {
        return Err(Problem::conflict("these messages did not come from a queue and cannot go back to one"));
    };
    if input.ids.as_ref().is_some_and(|ids| ids.is_empty() || ids.len() > MAX_IDS) {
        let detail = format!("must name 1 to {MAX_IDS} messages");
        return Err(Problem::invalid(vec![FieldProblem::new("/ids", detail)]));
    }
    let (from, to) =
        (Mailbox::new(&redriver.client, letters.url), Mailbox::new(&redriver.client, &source.url));
    let taken = match &input.ids {
        Some(ids) => from.pick(ids).await?,
        None => from.take(MAX_MOVED, |_| false).await?,
    };
    let moved = taken.len();
    if moved > 0 {
        tell(&redriver.database, &person, &name, &taken).await?;
        // By batches, so that a failure leaves few messages in both queues.
        for batch in taken.into_values().collect::<Vec<_>>().chunks(10) {
            to.put(batch).await?;
            from.remove(batch).await?;
        }
    }
    Ok(Json(Redriven { moved, left: from.counts().await?.waiting }))
}

async fn tell(database: &Database, person: &Person, name: &str, taken: &Taken) -> Result<(), Problem> {
    let told = Told { messages: taken.keys().cloned().collect() };
    let subject = AuditSubject::new("queue", name, name);
    note(database, AuditEntry::of(&crate::actor(person), "queue.redriven", subject, None, Some(&told))).await
}
