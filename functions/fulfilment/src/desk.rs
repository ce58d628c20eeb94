//! What the desk's functions share: the tables, the dispatch queue, the way to suppliers, and the end of a task.

use std::sync::Arc;

use aws_config::SdkConfig;
use domain::order::OrderError;
use domain::{Order, OrderEventType, OrderId, OrderStatus, Sku, SupplierId, Task, TaskId, TaskStatus};
use events::{DispatchMessage, Queue, QueueError};
use jiff::Timestamp;
use store::orders::Shipment;
use store::{CommitError, Database, StoreError, Subject, Versioned};
use suppliers::{AdapterKind, ConfigError, HttpClient, Supplier};
use telemetry::Metric;
use thiserror::Error;

use crate::MAX_TRIES;
use crate::planning::{Tasks, tasks_for};

/// Why the desk could not do its work this time.
#[derive(Debug, Error)]
pub enum DeskError {
    /// The tables could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Tasks could not be put into the queue.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// Something that a message names is not there.
    #[error("there is no {0}")]
    Missing(String),
    /// A supplier's configuration makes no sense.
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
    /// The way to suppliers.
    pub http: HttpClient,
}

impl Desk {
    /// The desk that the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let dispatch = Queue::from_env(config, "DISPATCH_QUEUE_URL")?;
        Ok(Self { database: Database::from_env(config), dispatch, http: HttpClient::new()? })
    }

    /// Sends tasks that wait to be placed to the dispatch queue.
    pub async fn send(&self, tasks: &[Task], request_id: &str) -> Result<(), QueueError> {
        let message = |task: &Task| DispatchMessage {
            task_id: task.id(),
            order_id: task.order_id(),
            request_id: request_id.to_owned(),
        };
        self.dispatch.send(&tasks.iter().map(message).collect::<Vec<_>>()).await
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

    /// A supplier's name, and the way to it.
    pub async fn supplier(&self, id: SupplierId) -> Result<(String, Arc<dyn Supplier>), DeskError> {
        let record = self.database.supplier(id).await?.ok_or_else(|| DeskError::Missing(id.to_string()))?;
        let broken = |reason: String| DeskError::Supplier { supplier_id: id, reason };
        let kind: AdapterKind = record.adapter.parse().map_err(|error| broken(format!("{error}")))?;
        let supplier = suppliers::connect(kind, &record.configuration, &self.http);
        Ok((record.supplier.name, supplier.map_err(|error: ConfigError| broken(error.to_string()))?))
    }

    /// Stores a task that is not final. Gives nothing where somebody else changed it since it was read.
    pub async fn save(&self, task: Versioned<Task>) -> Result<Option<Versioned<Task>>, StoreError> {
        match self.database.transaction().update_task(&task)?.commit().await {
            Ok(()) => Ok(Some(Versioned { version: task.version + 1, ..task })),
            Err(CommitError::Refused(_)) => Ok(None),
            Err(CommitError::Store(error)) => Err(error),
        }
    }

    /// Writes down the end of a task: the final task, what was sent, what the order becomes, and who takes over what was
    /// not sent. All of it happens at once, and once only; then the new tasks go to the queue.
    pub async fn conclude(
        &self,
        task: &Versioned<Task>,
        shipment: Option<Shipment>,
        request_id: &str,
    ) -> Result<(), DeskError> {
        let ended = &task.value;
        let short = ended.shortfall();
        for _ in 0..MAX_TRIES {
            let mut order = self.order(ended.order_id()).await?;
            let now = Timestamp::now();
            let next = match short.as_slice() {
                [] => Tasks::default(),
                short => {
                    let tried: Vec<_> = ended.tried().collect();
                    tasks_for(&self.database, ended.order_id(), short, &tried, now).await?
                }
            };
            let Some(events) = pass_on(&mut order.value, ended, &next)? else { return Ok(()) };
            let mut transaction = self.database.transaction();
            transaction.update_task(task)?.update_order(&order)?;
            if let Some(shipment) = &shipment {
                transaction.add_shipment(ended.order_id(), shipment)?;
            }
            for event in &events {
                transaction.add_event(ended.order_id(), *event, now, request_id)?;
            }
            for task in &next.tasks {
                transaction.create_task(task)?;
            }
            match transaction.commit().await {
                Ok(()) => {
                    telemetry::crash::point("conclude.after-write", ended.order_id());
                    report(ended, &events);
                    return Ok(self.send(&next.tasks, request_id).await?);
                }
                Err(CommitError::Store(error)) => return Err(error.into()),
                // Somebody else has written the end of this task.
                Err(error) if error.refused(&Subject::Task(ended.id())) => return Ok(()),
                Err(CommitError::Refused(_)) => {}
            }
        }
        Err(DeskError::Contended(ended.order_id().to_string()))
    }
}

/// What the end of a task means for its order. Gives nothing if the order knows of it already.
fn pass_on(order: &mut Order, ended: &Task, next: &Tasks) -> Result<Option<Vec<OrderEventType>>, OrderError> {
    let whole = next.tasks.is_empty() && next.unroutable.is_empty();
    let result = if whole {
        order.close_task(ended.id())
    } else {
        order.replace_task(ended.id(), next.tasks.iter().map(Task::id))
    };
    match result {
        Ok(()) => {}
        Err(OrderError::UnknownTask(_)) => return Ok(None),
        Err(error) => return Err(error),
    }
    let mut events = Vec::new();
    events.push(if whole { OrderEventType::TaskCompleted } else { OrderEventType::TaskReplaced });
    if order.status() == OrderStatus::Fulfilled {
        events.push(OrderEventType::OrderFulfilled);
    }
    if let Some(reason) = next.attention() {
        order.need_attention(reason)?;
        events.push(OrderEventType::OrderNeedsAttention);
    }
    Ok(Some(events))
}

fn report(ended: &Task, events: &[OrderEventType]) {
    for event in events {
        match event {
            OrderEventType::OrderFulfilled => telemetry::count(Metric::OrdersFulfilled, 1),
            OrderEventType::OrderNeedsAttention => telemetry::count(Metric::OrdersNeedingAttention, 1),
            OrderEventType::TaskReplaced => telemetry::count(Metric::TasksReplaced, 1),
            _ => {}
        }
    }
    let events: Vec<_> = events.iter().map(|event| event.name()).collect();
    let (task_id, order_id, status) = (ended.id(), ended.order_id(), ended.status());
    tracing::info!(%task_id, %order_id, %status, reason = ended.reason(), ?events, "task ended");
}

/// What a completed task sent, as its order shows it; nothing where nothing was sent.
#[must_use]
pub fn shipment(
    task: &Task,
    supplier: &str,
    carrier: Option<String>,
    tracking_number: Option<String>,
    now: Timestamp,
) -> Option<Shipment> {
    let sent = task.items().iter().filter(|item| item.delivered > 0);
    let items: Vec<(Sku, u32)> = sent.map(|item| (item.sku.clone(), item.delivered)).collect();
    (!items.is_empty()).then(|| Shipment {
        task_id: task.id(),
        supplier: supplier.to_owned(),
        carrier,
        tracking_number,
        items,
        shipped_at: now,
    })
}
