//! What this crate's own tests share.

use domain::task::NewTask;
use domain::{Currency, Money, OrderId, Quantity, Sku, SupplierId, Task, TaskItem};
use jiff::Timestamp;

/// A task of so many pieces at 1.00 that was planned at `now`, with a minute of lead time.
pub(crate) fn planned(supplier_id: SupplierId, sku: &Sku, pieces: Quantity, now: Timestamp) -> Task {
    let item = TaskItem {
        sku: sku.clone(),
        code: "x".into(),
        quantity: pieces,
        unit_cost: Money::new(100, Currency::Gbp),
        delivered: 0,
    };
    let new = NewTask {
        order_id: OrderId::generate(),
        supplier_id,
        items: vec![item],
        tried: vec![],
        replacements: 0,
        why: vec![],
        lead_time_seconds: 60,
        not_before: None,
        attention_at: now,
    };
    Task::plan(new, now)
}

/// Six pieces of `A`, planned at `now`.
pub(crate) fn six_pieces(now: Timestamp) -> Task {
    planned(SupplierId::generate(), &Sku::parse("A").unwrap(), Quantity::parse(6).unwrap(), now)
}
