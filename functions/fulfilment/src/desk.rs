//! What the desk's functions share: the tables, the dispatch queue, secrets and the way to suppliers.

use std::time::Duration;

use aws_config::SdkConfig;
use domain::order::OrderError;
use domain::{MoneyError, Order, OrderEventType, OrderId, SupplierId, Task, TaskId, TaskStatus};
use events::queue::MAX_DELAY;
use events::{DispatchMessage, Queue, QueueError};
use jiff::{SignedDuration, Timestamp};
use secrets::{SecretError, Secrets};
use store::{CommitError, Database, StoreError, Versioned};
use suppliers::{Egress, HOSTS_VARIABLE, HttpClient};
use thiserror::Error;

use crate::MAX_TRIES;

/// Why the desk could not do its work this time.
#[derive(Debug, Error)]
pub enum DeskError {
    /// The tables could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Tasks could not be put into the queue.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// The payment provider gave no answer.
    #[error(transparent)]
    Payment(#[from] payments::Unanswered),
    /// A supplier's credential could not be read.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// Something that a message names is not there.
    #[error("there is no {0}")]
    Missing(String),
    /// A supplier's configuration makes no sense, or it was deleted.
    #[error("supplier {supplier_id}: {reason}")]
    Supplier {
        /// The supplier.
        supplier_id: SupplierId,
        /// What is wrong.
        reason: String,
    },
    /// The state does not allow it.
    #[error(transparent)]
    Task(#[from] domain::task::TaskError),
    /// The state does not allow it.
    #[error(transparent)]
    Order(#[from] OrderError),
    /// Amounts cannot be added.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// Others wrote the same items all the time.
    #[error("{0} is being changed by others")]
    Contended(String),
}

/// What the desk's functions share.
pub struct Desk {
    /// The tables.
    pub database: Database,
    /// Where tasks wait to be placed.
    pub dispatch: Queue,
    /// The suppliers' secrets.
    pub secrets: Secrets,
    /// The way to suppliers.
    pub http: HttpClient,
    /// How long calls to a supplier may take before they are broken off.
    pub call_time: Duration,
}

/// What a function needs beside its calls to suppliers: to read, and to write down what came of them.
pub const TIME_BESIDE_CALLS: Duration = Duration::from_secs(3);

impl Desk {
    /// The desk that the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let hosts: String = cloud::setting(HOSTS_VARIABLE)?;
        let timeout = Duration::from_secs(cloud::setting("TIMEOUT_SECONDS")?);
        Ok(Self {
            database: Database::from_env(config),
            dispatch: Queue::from_env(config, "DISPATCH_QUEUE_URL")?,
            secrets: Secrets::from_env(config)?,
            http: HttpClient::new(Egress::parse(&hosts)?)?,
            call_time: timeout.saturating_sub(TIME_BESIDE_CALLS),
        })
    }

    /// Sends tasks that wait to be placed to the dispatch queue. Those that may not be placed for longer than a queue
    /// holds a message back are left to the sweep.
    pub async fn send(&self, tasks: &[Task], request_id: &str) -> Result<(), QueueError> {
        let now = Timestamp::now();
        let (at_once, later): (Vec<_>, Vec<_>) =
            tasks.iter().partition(|task| task.not_before().is_none_or(|at| at <= now));
        let message = |task: &Task| message(task, request_id);
        self.dispatch.send(&at_once.into_iter().map(message).collect::<Vec<_>>()).await?;
        for task in later {
            self.send_again(&message(task), task.not_before().unwrap_or(now)).await?;
        }
        Ok(())
    }

    /// Sends a message that nobody sees before `at`, unless that is so far that the sweep takes care of the task.
    pub async fn send_again(&self, message: &DispatchMessage, at: Timestamp) -> Result<(), QueueError> {
        let delay = at.duration_since(Timestamp::now()).max(SignedDuration::ZERO).unsigned_abs();
        if delay > MAX_DELAY {
            return Ok(());
        }
        let message = DispatchMessage { at: Some(at), ..message.clone() };
        self.dispatch.send_after(&[message], delay).await
    }

    /// Sends those tasks of an order again that still wait to be placed: whoever planned them may have died before.
    pub async fn send_planned(&self, order: &Order, request_id: &str) -> Result<(), DeskError> {
        let mut waiting = self.database.tasks(order.open_tasks()).await?;
        waiting.retain(|task| task.status() == TaskStatus::Planned);
        Ok(self.send(&waiting, request_id).await?)
    }

    /// A task that must be there.
    pub async fn task(&self, id: TaskId) -> Result<Versioned<Task>, DeskError> {
        self.database.task(id).await?.ok_or_else(|| DeskError::Missing(id.to_string()))
    }

    /// An order that must be there.
    pub async fn order(&self, id: OrderId) -> Result<Versioned<Order>, DeskError> {
        self.database.order(id).await?.ok_or_else(|| DeskError::Missing(id.to_string()))
    }

    /// Stores a task that is not final. Gives nothing where somebody else changed it since it was read.
    pub async fn save(&self, task: Versioned<Task>) -> Result<Option<Versioned<Task>>, StoreError> {
        match self.database.transaction().update_task(&task)?.commit().await {
            Ok(()) => Ok(Some(Versioned { version: task.version + 1, ..task })),
            Err(CommitError::Refused(_)) => Ok(None),
            Err(CommitError::Store(error)) => Err(error),
        }
    }

    /// Calls a person to an order on which tasks go on. Says nothing new where somebody was called already, or where the
    /// order is done.
    pub async fn call_person(&self, id: OrderId, reason: &str, request_id: &str) -> Result<(), DeskError> {
        for _ in 0..MAX_TRIES {
            let mut order = self.order(id).await?;
            if order.value.attention().is_some() || !order.value.wants_goods() {
                return Ok(());
            }
            order.value.need_attention(reason.to_owned())?;
            let mut transaction = self.database.transaction();
            transaction.update_order(&order)?;
            let now = Timestamp::now();
            transaction.add_event(&order.value, OrderEventType::OrderNeedsAttention, now, request_id)?;
            match transaction.commit().await {
                Ok(()) => {
                    tracing::warn!(order_id = %id, reason, "a person is called");
                    return Ok(());
                }
                Err(CommitError::Refused(_)) => {}
                Err(CommitError::Store(error)) => return Err(error.into()),
            }
        }
        Err(DeskError::Contended(id.to_string()))
    }
}

/// The message that asks to place a task.
#[must_use]
pub fn message(task: &Task, request_id: &str) -> DispatchMessage {
    DispatchMessage {
        task_id: task.id(),
        order_id: task.order_id(),
        request_id: request_id.to_owned(),
        trace_id: task.trace_id().or_else(telemetry::trace::current),
        turn: None,
        at: None,
    }
}
