//! Who sends what: the routing rule applied to the suppliers and offers of now.

use std::collections::BTreeMap;

use domain::routing::{Assignment, plan};
use domain::task::NewTask;
use domain::{Offer, OrderId, Quantity, Sku, Supplier, SupplierId, Task, TaskItem};
use futures::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use store::{Database, StoreError};

use crate::DISPATCH_PATIENCE;

/// How many SKUs' offers are read at once.
const PARALLEL_READS: usize = 16;

/// New tasks, and what nobody can send.
#[derive(Debug, Default)]
pub struct Tasks {
    /// The tasks, not yet stored.
    pub tasks: Vec<Task>,
    /// What nobody can send.
    pub unroutable: Vec<(Sku, Quantity)>,
}

impl Tasks {
    /// What a person must know of that nobody can send, if there is anything.
    #[must_use]
    pub fn attention(&self) -> Option<String> {
        let pieces: Vec<_> =
            self.unroutable.iter().map(|(sku, pieces)| format!("{pieces} × {sku}")).collect();
        (!pieces.is_empty()).then(|| format!("no supplier can send {}", pieces.join(", ")))
    }
}

/// Plans tasks for `lines` (each SKU once), leaving out the suppliers in `tried`.
pub async fn tasks_for(
    database: &Database,
    order_id: OrderId,
    lines: &[(Sku, Quantity)],
    tried: &[SupplierId],
    now: Timestamp,
) -> Result<Tasks, StoreError> {
    let suppliers = async {
        let records = database.suppliers().await?;
        Ok(records.into_iter().map(|record| (record.supplier.id, record.supplier)).collect())
    };
    let (suppliers, offers) = futures::future::try_join(suppliers, offers(database, lines)).await?;
    let plan = plan(lines, &candidates(&suppliers, offers), tried);
    let tasks =
        plan.assignments.into_iter().map(|assignment| task(order_id, assignment, tried, now)).collect();
    Ok(Tasks { tasks, unroutable: plan.unroutable })
}

async fn offers(database: &Database, lines: &[(Sku, Quantity)]) -> Result<Vec<Offer>, StoreError> {
    let reads = lines.iter().map(|(sku, _)| database.offers_of(sku));
    let offers: Vec<Vec<Offer>> = stream::iter(reads).buffer_unordered(PARALLEL_READS).try_collect().await?;
    Ok(offers.into_iter().flatten().collect())
}

fn candidates(suppliers: &BTreeMap<SupplierId, Supplier>, offers: Vec<Offer>) -> Vec<(Supplier, Offer)> {
    let known = |offer: Offer| suppliers.get(&offer.supplier_id).map(|supplier| (supplier.clone(), offer));
    offers.into_iter().filter_map(known).collect()
}

fn task(order_id: OrderId, assignment: Assignment, tried: &[SupplierId], now: Timestamp) -> Task {
    let lead_time_seconds =
        assignment.items.iter().map(|(offer, _)| offer.lead_time_seconds).max().unwrap_or_default();
    let item = |(offer, quantity): (Offer, Quantity)| TaskItem {
        sku: offer.sku,
        code: offer.code,
        quantity,
        unit_cost: offer.cost,
        delivered: 0,
    };
    let new = NewTask {
        order_id,
        supplier_id: assignment.supplier_id,
        items: assignment.items.into_iter().map(item).collect(),
        tried: tried.to_vec(),
        lead_time_seconds,
        attention_at: now + DISPATCH_PATIENCE,
    };
    Task::plan(new, now)
}
