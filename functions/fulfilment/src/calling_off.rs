//! Bringing an order that was called off to its end: suppliers let go of its tasks, what was not sent goes back on the
//! shelf, and is paid back.
//!
//! Each step is written down before the next, and each may be done again: whoever calls an order off goes as far as they
//! come, and the sweep goes on from there. The refund is written down with its id before the provider is asked, so that a
//! customer is paid back once, whatever dies.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use domain::{
    Order, OrderEventType, OrderId, OrderStatus, ProductId, Quantity, RefundId, Sku, Task, TaskId, TaskStatus,
};
use jiff::Timestamp;
use payments::Repayment;
use store::audit::AuditEntry;
use store::orders::Shipment;
use store::rate::Line;
use store::{CommitError, StoreError, Subject, Versioned};
use suppliers::{CancelOutcome, SupplierReference};
use telemetry::{Metric, crash};

use crate::MAX_TRIES;
use crate::conclude::Ending;
use crate::desk::{Desk, DeskError};
use crate::gate::Gate;

/// What a task is told that is called off with its order.
const REASON: &str = "the order was called off";

impl Desk {
    /// Goes on with an order that was called off, as far as it is possible now; after `patience` no further supplier is
    /// asked. Says nothing new of any other order, nor of one whose refund was declined: that is a person's to try again.
    pub async fn go_on_calling_off(
        &self,
        id: OrderId,
        patience: Duration,
        request_id: &str,
    ) -> Result<(), DeskError> {
        let order = self.order(id).await?;
        if order.value.status() != OrderStatus::Cancelled || order.value.attention().is_some() {
            return Ok(());
        }
        let called_off = self.call_off_tasks(&order.value, patience, request_id).await;
        self.pay_back(id, None, request_id).await?;
        called_off
    }

    /// Pays back what was not sent of an order that was called off and that no supplier is at any more. Also where an
    /// earlier refund was declined: then `audit` says who wants another.
    pub async fn pay_back(
        &self,
        id: OrderId,
        audit: Option<&AuditEntry>,
        request_id: &str,
    ) -> Result<(), DeskError> {
        for _ in 0..MAX_TRIES {
            let order = self.order(id).await?;
            let written = if order.value.refund_in_progress().is_some() {
                self.settle_refund(order, request_id).await?
            } else if order.value.awaits_refund() {
                self.begin_refund(order, audit, request_id).await?
            } else {
                return Ok(());
            };
            // Only a settled refund ends it: one that was just begun is settled in the next round.
            if written == Step::Settled {
                return Ok(());
            }
        }
        Err(DeskError::Contended(id.to_string()))
    }

    /// Calls off what suppliers have not sent. One task's failure does not hold up the others.
    async fn call_off_tasks(
        &self,
        order: &Order,
        patience: Duration,
        request_id: &str,
    ) -> Result<(), DeskError> {
        let began = Instant::now();
        let mut failure = None;
        for id in order.open_tasks() {
            if began.elapsed() >= patience {
                break;
            }
            if let Err(error) = self.call_off(*id, request_id).await {
                tracing::error!(task_id = %id, %error, "task cannot be called off");
                failure = Some(error);
            }
        }
        failure.map_or(Ok(()), Err)
    }

    async fn call_off(&self, id: TaskId, request_id: &str) -> Result<(), DeskError> {
        let task = self.task(id).await?;
        match task.value.status() {
            TaskStatus::Planned => self.give_up(task, REASON, false, request_id).await.map(|_| ()),
            TaskStatus::Submitted | TaskStatus::InProgress => self.ask_to_let_go(task, request_id).await,
            // Whoever places one finds out whether the supplier has it, and gives it up where it has not; one that is overdue
            // is called off by the sweep already; and the others are done.
            TaskStatus::Submitting
            | TaskStatus::Overdue
            | TaskStatus::Completed
            | TaskStatus::Rejected
            | TaskStatus::Cancelled
            | TaskStatus::Failed => Ok(()),
        }
    }

    /// Asks a supplier to let go of a task. Where it does not, or may not be called now, the task stays as it is: the sweep
    /// asks again, and the supplier's next report tells what came of it.
    async fn ask_to_let_go(&self, mut task: Versioned<Task>, request_id: &str) -> Result<(), DeskError> {
        let (task_id, order_id) = (task.value.id(), task.value.order_id());
        let Some(Ok(reference)) = task.value.supplier_reference().map(SupplierReference::parse) else {
            return Err(DeskError::Missing(format!("supplier reference of {task_id}")));
        };
        let connection = self.connect(task.value.supplier_id()).await?;
        let mut pass = match self.admit(&connection, Line::Asking, None, &order_id.to_string()).await? {
            Gate::Open(pass) => pass,
            Gate::Closed(closed) => {
                tracing::warn!(%task_id, reason = closed.reason, "the supplier cannot be asked to call it off");
                return Ok(());
            }
        };
        let outcome = pass.call(connection.api.cancel(&reference)).await;
        pass.end(self).await;
        crash::point("calling-off.after-cancel", order_id);
        match outcome {
            Ok(CancelOutcome::Cancelled | CancelOutcome::NotFound) => {
                task.value.cancel(REASON, Timestamp::now())?;
                self.conclude(task, Ending::default(), request_id).await?;
            }
            Ok(outcome) => tracing::warn!(%task_id, ?outcome, "the supplier has not let go of it"),
            Err(error) => tracing::warn!(%task_id, %error, "the supplier has not let go of it"),
        }
        Ok(())
    }

    /// Writes down what is to be paid back, and puts what was not sent back on the shelf: once, however often a refund is
    /// tried.
    async fn begin_refund(
        &self,
        order: Versioned<Order>,
        audit: Option<&AuditEntry>,
        request_id: &str,
    ) -> Result<Step, DeskError> {
        let (id, now) = (order.value.id(), Timestamp::now());
        let page = self.database.order_page(id).await?;
        let shipments = page.map(|page| page.shipments).unwrap_or_default();
        let sent = sent(&shipments);
        let first = order.value.cancellation().is_none_or(|cancellation| cancellation.refund.is_none());
        let ordered = order.value.quantities().map_err(|error| StoreError::Unwritable(error.to_string()))?;
        let unsent = if first { unsent(ordered, &sent) } else { Vec::new() };
        let mut begun = order;
        begun.value.begin_refund(RefundId::generate(), &sent, now)?;
        let mut gone = BTreeSet::new();
        loop {
            let mut transaction = self.database.transaction();
            transaction.update_order(&begun)?;
            if let Some(entry) = audit {
                transaction.audit(entry)?;
            }
            if begun.value.status() == OrderStatus::Fulfilled {
                transaction.add_event(id, OrderEventType::OrderFulfilled, now, request_id)?;
            }
            for (product, sku, pieces) in unsent.iter().filter(|(_, sku, _)| !gone.contains(sku)) {
                transaction.return_stock(*product, sku, *pieces)?;
            }
            match transaction.commit().await {
                Ok(()) => break,
                Err(CommitError::Store(error)) => return Err(error.into()),
                Err(error) if error.refused(&Subject::Order) => return Ok(Step::Outrun),
                Err(CommitError::Refused(refusals)) => {
                    // A variant that is no longer sold has no shelf, and no count of what was sold.
                    let before = gone.len();
                    gone.extend(refusals.into_iter().filter_map(|refusal| match refusal.subject {
                        Subject::Stock(sku, _) => Some(sku),
                        _ => None,
                    }));
                    if gone.len() == before {
                        return Ok(Step::Outrun);
                    }
                    tracing::warn!(order_id = %id, ?gone, "the stock of these is not counted any more");
                }
            }
        }
        crash::point("calling-off.after-begin", id);
        Ok(if begun.value.refund_in_progress().is_some() { Step::Begun } else { Step::Settled })
    }

    /// Asks the provider about the refund under way, and writes down what came of it.
    async fn settle_refund(&self, mut order: Versioned<Order>, request_id: &str) -> Result<Step, DeskError> {
        let id = order.value.id();
        let (Some(payment), Some(refund)) = (order.value.payment(), order.value.refund_in_progress()) else {
            return Ok(Step::Outrun);
        };
        let repayment = payments::gateway(payment.provider).refund(payment, refund).await?;
        crash::point("calling-off.after-refund", id);
        let (event, metric) = match repayment {
            Repayment::Refunded => {
                order.value.settle_refund()?;
                (OrderEventType::OrderRefunded, Metric::OrdersRefunded)
            }
            Repayment::Declined { reason } => {
                order.value.decline_refund(reason)?;
                (OrderEventType::OrderNeedsAttention, Metric::OrdersNeedingAttention)
            }
        };
        let mut transaction = self.database.transaction();
        transaction.update_order(&order)?.add_event(id, event, Timestamp::now(), request_id)?;
        match transaction.commit().await {
            Ok(()) => {}
            Err(CommitError::Refused(_)) => return Ok(Step::Outrun),
            Err(CommitError::Store(error)) => return Err(error.into()),
        }
        telemetry::count(metric, 1);
        tracing::info!(order_id = %id, event = event.name(), "refund settled");
        Ok(Step::Settled)
    }
}

/// How far a refund has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// It is written down, and the provider is to be asked.
    Begun,
    /// There is nothing more to do.
    Settled,
    /// Somebody else changed the order since it was read.
    Outrun,
}

/// How many pieces of each SKU were sent.
#[must_use]
pub fn sent(shipments: &[Shipment]) -> BTreeMap<Sku, Quantity> {
    let mut sent: BTreeMap<Sku, Quantity> = BTreeMap::new();
    for (sku, pieces) in shipments.iter().flat_map(|shipment| &shipment.items) {
        let Ok(pieces) = Quantity::parse(i64::from(*pieces)) else { continue };
        let all = sent.get(sku).map_or(pieces, |before| before.plus_at_most(pieces));
        sent.insert(sku.clone(), all);
    }
    sent
}

/// The pieces of an order that were not sent, where these were.
fn unsent(
    ordered: BTreeMap<(ProductId, Sku), Quantity>,
    sent: &BTreeMap<Sku, Quantity>,
) -> Vec<(ProductId, Sku, Quantity)> {
    let mut left: BTreeMap<Sku, u32> = sent.iter().map(|(sku, pieces)| (sku.clone(), pieces.get())).collect();
    let mut unsent = Vec::new();
    for ((product, sku), pieces) in ordered {
        let sent = left.entry(sku.clone()).or_default();
        let of_these = (*sent).min(pieces.get());
        *sent -= of_these;
        if let Ok(pieces) = Quantity::parse(i64::from(pieces.get() - of_these)) {
            unsent.push((product, sku, pieces));
        }
    }
    unsent
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sku(text: &str) -> Sku {
        Sku::parse(text).unwrap()
    }

    fn pieces(n: i64) -> Quantity {
        Quantity::parse(n).unwrap()
    }

    fn shipment(items: &[(&str, u32)]) -> Shipment {
        Shipment {
            task_id: TaskId::generate(),
            supplier: "Northgate".into(),
            carrier: None,
            tracking_number: None,
            items: items.iter().map(|(text, pieces)| (sku(text), *pieces)).collect(),
            shipped_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_several_shipments_held_is_summed() {
        let shipments = [shipment(&[("A", 2), ("B", 1)]), shipment(&[("A", 3), ("C", 0)])];
        assert_eq!(sent(&shipments), BTreeMap::from([(sku("A"), pieces(5)), (sku("B"), pieces(1))]));
        assert_eq!(sent(&[]), BTreeMap::new());
    }

    #[test]
    fn only_what_was_never_sent_goes_back_on_the_shelf() {
        let product = ProductId::generate();
        let ordered = BTreeMap::from([
            ((product, sku("A")), pieces(5)),
            ((product, sku("B")), pieces(2)),
            ((product, sku("C")), pieces(1)),
        ]);
        let sent = BTreeMap::from([(sku("A"), pieces(3)), (sku("B"), pieces(2))]);
        assert_eq!(
            unsent(ordered.clone(), &sent),
            [(product, sku("A"), pieces(2)), (product, sku("C"), pieces(1))]
        );
        assert_eq!(unsent(ordered, &BTreeMap::new()).len(), 3);
    }
}
