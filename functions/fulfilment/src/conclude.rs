//! The end of a task: what was sent, what it cost, what the order becomes, and who takes over what was not sent.

use domain::order::OrderError;
use domain::routing::{Refusal, Unroutable};
use domain::{Money, Order, OrderEventType, OrderStatus, Sku, Task};
use jiff::Timestamp;
use store::audit::AuditEntry;
use store::idempotency::IdempotencyKey;
use store::orders::Shipment;
use store::{CommitError, Subject, Versioned};

use crate::MAX_TRIES;
use crate::attention::{shortened, too_often, why_nobody};
use crate::desk::{Desk, DeskError};
use crate::measured;
use crate::planning::{Past, Tasks, tasks_for};
use crate::spent::{Spent, counters, settle};

/// What is known of the end of a task beside the task.
#[derive(Debug, Clone, Default)]
pub struct Ending {
    /// What was sent.
    pub shipment: Option<Shipment>,
    /// What the supplier charges for all of it, if it said so at the end.
    pub charge: Option<Money>,
    /// End it only if others can send all of it, and at once.
    pub only_if_routable: bool,
    /// Who ended it by hand.
    pub by_hand: Option<ByHand>,
}

/// What is written beside the end of a task that a person brought about.
#[derive(Debug, Clone)]
pub struct ByHand {
    /// Who did it.
    pub audit: AuditEntry,
    /// The request, so that it has no second effect.
    pub key: IdempotencyKey,
}

/// What became of the end of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concluded {
    /// It is written down.
    Written,
    /// Somebody else changed the task since it was read. Nothing was written.
    Outrun,
    /// It was to end only if others can send all of it at once, and they cannot. Nothing was written.
    NotRoutable,
}

impl Desk {
    /// Writes down the end of a task: the final task, what was sent, what was spent, what the order becomes, and who takes
    /// over what was not sent. All of it happens at once, and once only; then the new tasks go to the queue.
    pub async fn conclude(
        &self,
        task: Versioned<Task>,
        ending: Ending,
        request_id: &str,
    ) -> Result<Concluded, DeskError> {
        // Much is held at once here, which those who call should not carry with them all the time.
        Box::pin(self.write_end(task, ending, request_id)).await
    }

    async fn write_end(
        &self,
        mut task: Versioned<Task>,
        ending: Ending,
        request_id: &str,
    ) -> Result<Concluded, DeskError> {
        let spent = settle(&mut task.value, ending.charge)?;
        let ended = &task.value;
        for _ in 0..MAX_TRIES {
            let mut order = self.order(ended.order_id()).await?;
            let now = Timestamp::now();
            let next = self.successors(&order.value, ended, now).await?;
            if ending.only_if_routable && next.as_ref().is_some_and(|next| !next.can_begin(now)) {
                return Ok(Concluded::NotRoutable);
            }
            let attention = self.attention(ended, next.as_ref()).await?;
            let Some(events) = pass_on(&mut order.value, ended, next.as_ref(), attention)? else {
                return Ok(Concluded::Outrun);
            };
            let mut transaction = self.database.transaction();
            transaction.update_task(&task)?.update_order(&order)?;
            spent.write(&mut transaction, ended, now)?;
            if let Some(shipment) = &ending.shipment {
                transaction.add_shipment(ended.order_id(), shipment)?;
            }
            if let Some(ByHand { audit, key }) = &ending.by_hand {
                transaction.audit(audit)?.record_idempotency(key, ended.order_id(), None, now)?;
            }
            for event in &events {
                transaction.add_event(&order.value, *event, now, request_id)?;
            }
            let successors = next.map(|next| next.tasks).unwrap_or_default();
            for successor in &successors {
                transaction.create_task(successor)?;
            }
            match transaction.commit().await {
                Ok(()) => {
                    telemetry::crash::point("conclude.after-write", ended.order_id());
                    report(ended, &events);
                    self.send(&successors, request_id).await?;
                    self.count_end(ended, &spent, now).await;
                    if let Some(reservation) = spent.overcharged() {
                        self.note_excess(ended.supplier_id(), reservation, now).await;
                    }
                    return Ok(Concluded::Written);
                }
                Err(CommitError::Store(error)) => return Err(error.into()),
                Err(error) if error.refused(&Subject::Task(ended.id())) => return Ok(Concluded::Outrun),
                Err(CommitError::Refused(_)) => {}
            }
        }
        Err(DeskError::Contended(ended.order_id().to_string()))
    }

    /// Gives a task up that the supplier has not got.
    pub async fn give_up(
        &self,
        mut task: Versioned<Task>,
        reason: &str,
        only_if_routable: bool,
        request_id: &str,
    ) -> Result<Concluded, DeskError> {
        task.value.fail(reason, Timestamp::now())?;
        let ending = Ending { only_if_routable, ..Ending::default() };
        self.conclude(task, ending, request_id).await
    }

    /// Who takes over what a task did not send; nothing where all was sent or nobody waits for it any more.
    async fn successors(
        &self,
        order: &Order,
        ended: &Task,
        now: Timestamp,
    ) -> Result<Option<Tasks>, DeskError> {
        let short = ended.shortfall();
        if short.is_empty() || !order.wants_goods() {
            return Ok(None);
        }
        let mut next = tasks_for(&self.database, order, &short, &Past::of(ended), now).await?;
        if !ended.may_be_replaced() {
            let tried = ended.tried().map(|supplier| (supplier, Refusal::Excluded));
            let tried: Vec<_> = tried.collect();
            let left = |(sku, quantity)| Unroutable { sku, quantity, refusals: tried.clone() };
            next.tasks = Vec::new();
            next.unroutable = short.into_iter().map(left).collect();
        }
        Ok(Some(next))
    }

    /// What a person must know, where pieces are left.
    async fn attention(&self, ended: &Task, next: Option<&Tasks>) -> Result<Option<String>, DeskError> {
        let Some(next) = next.filter(|next| !next.unroutable.is_empty()) else { return Ok(None) };
        let mut past = self.database.tasks_of_order(ended.order_id()).await?;
        past.retain(|task| task.id() != ended.id());
        past.push(ended.clone());
        let say = if ended.may_be_replaced() { why_nobody } else { too_often };
        Ok(Some(say(&next.unroutable, &next.situation, &past)))
    }

    /// Counts the end of a task. It is written down by then: a count that is lost is only logged.
    async fn count_end(&self, ended: &Task, spent: &Spent, now: Timestamp) {
        let counters = counters(ended, spent, now);
        if let Err(error) = self.database.count_health(ended.supplier_id(), &counters, now).await {
            tracing::error!(task_id = %ended.id(), %error, "the end of a task is not counted");
        }
    }
}

/// What the end of a task means for its order. Gives nothing if the order knows of it already.
fn pass_on(
    order: &mut Order,
    ended: &Task,
    next: Option<&Tasks>,
    attention: Option<String>,
) -> Result<Option<Vec<OrderEventType>>, OrderError> {
    let result = match next {
        None => order.close_task(ended.id()),
        Some(next) => order.replace_task(ended.id(), next.tasks.iter().map(Task::id)),
    };
    match result {
        Ok(()) => {}
        Err(OrderError::UnknownTask(_)) => return Ok(None),
        Err(error) => return Err(error),
    }
    let mut events = Vec::new();
    if ended.items().iter().any(|item| item.delivered > 0) && next.is_none() {
        events.push(OrderEventType::TaskCompleted);
    } else if next.is_some() {
        events.push(OrderEventType::TaskReplaced);
    }
    if order.status() == OrderStatus::Fulfilled {
        events.push(OrderEventType::OrderFulfilled);
    }
    if let (Some(next), Some(reason)) = (next, attention) {
        // A person was called before, and nothing of that is settled yet.
        let all = order.attention().map(|before| shortened(&format!("{before} {reason}")));
        order.leave_unassigned(&next.left(), all.unwrap_or(reason))?;
        events.push(OrderEventType::OrderNeedsAttention);
    }
    Ok(Some(events))
}

fn report(ended: &Task, events: &[OrderEventType]) {
    measured::ended(ended, events.contains(&OrderEventType::TaskReplaced));
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
