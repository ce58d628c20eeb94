//! Paying back what was not sent of an order that was called off.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Order, OrderEventType, OrderId, OrderStatus, ProductId, Quantity, RefundId, Sku};
use jiff::Timestamp;
use payments::Repayment;
use store::audit::AuditEntry;
use store::orders::Shipment;
use store::{CommitError, StoreError, Subject, Versioned};
use telemetry::crash;

use crate::MAX_TRIES;
use crate::desk::{Desk, DeskError};

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

impl Desk {
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
                transaction.add_event(&begun.value, OrderEventType::OrderFulfilled, now, request_id)?;
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
        let event = match repayment {
            Repayment::Refunded => {
                order.value.settle_refund()?;
                OrderEventType::OrderRefunded
            }
            Repayment::Declined { reason } => {
                order.value.decline_refund(reason)?;
                OrderEventType::OrderNeedsAttention
            }
        };
        let mut transaction = self.database.transaction();
        transaction.update_order(&order)?.add_event(&order.value, event, Timestamp::now(), request_id)?;
        match transaction.commit().await {
            Ok(()) => {}
            Err(CommitError::Refused(_)) => return Ok(Step::Outrun),
            Err(CommitError::Store(error)) => return Err(error.into()),
        }
        tracing::info!(order_id = %id, event = event.name(), "refund settled");
        Ok(Step::Settled)
    }
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
    use domain::TaskId;

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
