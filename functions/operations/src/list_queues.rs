//! `GET /api/console/operations/queues`: all queues of the stack, with what waits in them.

use aws_config::SdkConfig;
use aws_sdk_sqs::Client;
use axum::Json;
use axum::extract::State;
use domain::Group;
use futures::future::{OptionFuture, try_join, try_join_all, try_join3};
use jiff::Timestamp;
use serde::Serialize;
use store::Database;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded};

use crate::known::{DEAD_LETTERS, Known, KnownQueue};
use crate::letters::{Counts, Mailbox};
use crate::run::RunDto;

/// What the route works with.
#[derive(Debug, Clone)]
pub struct Queues {
    known: Known<KnownQueue>,
    database: Database,
    client: Client,
}

impl Queues {
    /// The queues that the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, cloud::SettingError> {
        let known = cloud::setting("QUEUES")?;
        Ok(Self { known, database: Database::from_env(config), client: Client::new(config) })
    }

    /// How all of them stand.
    pub async fn standing(&self, now: Timestamp) -> Result<Vec<QueueDto>, Problem> {
        try_join_all(self.known.iter().map(|known| show(self, known, now))).await
    }
}

/// Messages that somebody gave up on.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LettersDto {
    /// What the queue is called that holds them.
    #[schema(example = "dispatch-dead-letters")]
    name: String,
    /// About how many there are.
    waiting: u64,
    /// About how many somebody is looking at.
    in_flight: u64,
    /// How many seconds ago the oldest of them was sent; of many messages some are asked, so that one may be older.
    oldest_seconds: Option<u64>,
}

/// A queue that a worker is at.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkDto {
    /// Who works through it.
    #[schema(example = "dispatch-task")]
    worker: String,
    /// About how many messages can be received.
    waiting: u64,
    /// About how many the worker has.
    in_flight: u64,
    /// About how many will come later.
    delayed: u64,
    /// The worker's latest run, which says how long its message had waited.
    last_run: Option<RunDto>,
}

/// A queue.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QueueDto {
    /// What it is called.
    #[schema(example = "dispatch")]
    name: String,
    /// What there is to do; null where nobody is at it: such a queue has only letters.
    work: Option<WorkDto>,
    /// What somebody gave up on.
    letters: Option<LettersDto>,
    /// Whether letters can be sent again.
    can_redrive: bool,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Queues> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(list_queues)))
}

#[utoipa::path(
    get,
    path = "/api/console/operations/queues",
    tag = "console: operations",
    responses((status = 200, description = "All of them", body = Page<QueueDto>)),
)]
async fn list_queues(State(queues): State<Queues>) -> Result<Json<Page<QueueDto>>, Problem> {
    Ok(Json(Page { items: queues.standing(Timestamp::now()).await?, next_cursor: None }))
}

async fn show(queues: &Queues, known: &KnownQueue, now: Timestamp) -> Result<QueueDto, Problem> {
    let name = known.name.clone();
    let Some(worker) = &known.worker else {
        let letters = Some(letters(queues, name.clone(), &known.url, now).await?);
        return Ok(QueueDto { name, work: None, letters, can_redrive: false });
    };
    let dead = known.dead_letters.as_ref();
    let dead = dead.map(|url| letters(queues, format!("{name}{DEAD_LETTERS}"), url, now));
    let parts = try_join3(
        Mailbox::new(&queues.client, &known.url).counts(),
        async { queues.database.last_run(worker).await.map_err(Problem::internal) },
        async { OptionFuture::from(dead).await.transpose() },
    );
    // The state of so many calls is large, and there is one for each queue.
    let (counts, last, letters) = Box::pin(parts).await?;
    let Counts { waiting, in_flight, delayed } = counts;
    let last_run = last.map(Into::into);
    let work = Some(WorkDto { worker: worker.clone(), waiting, in_flight, delayed, last_run });
    Ok(QueueDto { name, work, can_redrive: letters.is_some(), letters })
}

async fn letters(queues: &Queues, name: String, url: &str, now: Timestamp) -> Result<LettersDto, Problem> {
    let mailbox = Mailbox::new(&queues.client, url);
    let (counts, oldest) = try_join(mailbox.counts(), mailbox.oldest()).await?;
    let age = |sent_at: Timestamp| u64::try_from(now.duration_since(sent_at).as_secs()).unwrap_or_default();
    Ok(LettersDto {
        name,
        waiting: counts.waiting,
        in_flight: counts.in_flight,
        oldest_seconds: oldest.map(age),
    })
}
