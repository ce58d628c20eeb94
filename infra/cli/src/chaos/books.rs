//! The books at the end: every order with its tasks, every supplier with its budgets and what it remembers.

use std::collections::{BTreeMap, BTreeSet};

use domain::budget::month_of;
use domain::{Order, OrderId, OrderStatus, Sku, SupplierId, Tally, Task, TaskStatus};
use futures::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use store::budget::day;
use store::{Database, StoreError};

use super::cast::Member;
use super::machine::{Machine, MachineError, Memory};
use super::sampler::Limits;

/// How many orders are read at a time.
const PARALLEL: usize = 8;

/// A task as it ended.
#[derive(Debug, Clone)]
pub struct TaskEntry {
    /// Its id.
    pub id: String,
    /// Who was to do it.
    pub supplier: SupplierId,
    /// Where it stands.
    pub status: TaskStatus,
    /// How many pieces of what were sent.
    pub delivered: BTreeMap<Sku, u64>,
    /// What it cost, in minor units.
    pub cost: i64,
    /// Whether money is still kept for it.
    pub is_reserved: bool,
}

/// An order as it ended.
#[derive(Debug, Clone)]
pub struct OrderEntry {
    /// Its id.
    pub id: OrderId,
    /// Where it stands.
    pub status: OrderStatus,
    /// Why a person is needed.
    pub attention: Option<String>,
    /// How many pieces of what were ordered.
    pub ordered: BTreeMap<Sku, u64>,
    /// How many pieces of what nobody was to send in the end.
    pub unassigned: BTreeMap<Sku, u64>,
    /// How many tasks it waits for.
    pub open_tasks: usize,
    /// Its tasks.
    pub tasks: Vec<TaskEntry>,
    /// The names of what happened more than once, though it can only happen once.
    pub repeated: BTreeSet<&'static str>,
}

/// What happens to an order once.
const ONCE: [&str; 4] = ["OrderPlaced", "OrderPaid", "OrderPlanned", "OrderFulfilled"];

/// A supplier as the run left it.
#[derive(Debug, Clone)]
pub struct SupplierEntry {
    /// Which one.
    pub id: SupplierId,
    /// Its name.
    pub name: String,
    /// What it speaks.
    pub protocol: &'static str,
    /// What may be spent there in a day and in a month, in minor units.
    pub limits: Limits,
    /// What was reserved and spent in the time of the run.
    pub tally: Tally,
    /// What it remembers.
    pub memory: Memory,
}

impl TaskEntry {
    fn of(task: &Task) -> Self {
        let delivered = |item: &domain::TaskItem| (item.sku.clone(), u64::from(item.delivered));
        Self {
            id: task.id().to_string(),
            supplier: task.supplier_id(),
            status: task.status(),
            delivered: task.items().iter().map(delivered).filter(|(_, pieces)| *pieces > 0).collect(),
            cost: task.cost().map_or(0, domain::Money::amount),
            is_reserved: task.reserved().is_some(),
        }
    }

    /// How many pieces were sent.
    #[must_use]
    pub fn pieces(&self) -> u64 {
        self.delivered.values().sum()
    }
}

impl OrderEntry {
    fn of(order: &Order, events: &[&'static str], tasks: &[Task]) -> Self {
        let mut ordered: BTreeMap<Sku, u64> = BTreeMap::new();
        for line in order.lines() {
            *ordered.entry(line.sku.clone()).or_default() += u64::from(line.quantity.get());
        }
        let unassigned = order.unassigned().iter();
        let times = |name: &&'static str| events.iter().filter(|event| *event == name).count();
        Self {
            id: order.id(),
            status: order.status(),
            attention: order.attention().map(str::to_owned),
            ordered,
            unassigned: unassigned.map(|(sku, left)| (sku.clone(), u64::from(left.get()))).collect(),
            open_tasks: order.open_tasks().len(),
            tasks: tasks.iter().map(TaskEntry::of).collect(),
            repeated: ONCE.into_iter().filter(|name| times(name) > 1).collect(),
        }
    }

    /// How many pieces of what were sent.
    #[must_use]
    pub fn delivered(&self) -> BTreeMap<Sku, u64> {
        let mut delivered: BTreeMap<Sku, u64> = BTreeMap::new();
        for (sku, pieces) in self.tasks.iter().flat_map(|task| &task.delivered) {
            *delivered.entry(sku.clone()).or_default() += pieces;
        }
        delivered
    }
}

/// Reads orders with their tasks; one that is not there is absent.
pub async fn orders(database: &Database, ids: &[OrderId]) -> Result<Vec<OrderEntry>, StoreError> {
    let all = stream::iter(ids.iter().copied()).map(async |id| {
        let Some(page) = database.order_page(id).await? else { return Ok(None) };
        let tasks = database.tasks_of_order(id).await?;
        let events: Vec<_> = page.events.iter().map(|event| event.event_type.name()).collect();
        Ok::<_, StoreError>(Some(OrderEntry::of(&page.order.value, &events, &tasks)))
    });
    let found: Vec<_> = all.buffered(PARALLEL).try_collect().await?;
    Ok(found.into_iter().flatten().collect())
}

/// Reads what has become of the suppliers since `began`.
pub async fn suppliers(
    database: &Database,
    machine: &Machine,
    cast: &[Member],
    began: Timestamp,
) -> Result<Vec<SupplierEntry>, MachineOrStore> {
    let now = Timestamp::now();
    let ids = || cast.iter().map(|member| member.supplier.id);
    let mut usages = vec![database.budget_usage(ids(), now).await?];
    if month_of(day(began)) != month_of(day(now)) {
        usages.push(database.budget_usage(ids(), began).await?);
    }
    let mut entries = Vec::new();
    for member in cast {
        let id = member.supplier.id;
        let mut tally = Tally::default();
        for month in usages.iter().filter_map(|usage| Some(usage.get(&id)?.month)) {
            tally = Tally { reserved: tally.reserved + month.reserved, spent: tally.spent + month.spent };
        }
        entries.push(SupplierEntry {
            id,
            name: member.supplier.name.clone(),
            protocol: member.role.adapter.name(),
            limits: Limits::of(member.supplier.budget),
            tally,
            memory: machine.memory(&member.address).await?,
        });
    }
    Ok(entries)
}

/// Why the books cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum MachineOrStore {
    /// The simulator, or a queue.
    #[error(transparent)]
    Machine(#[from] MachineError),
    /// The tables.
    #[error(transparent)]
    Store(#[from] StoreError),
}
