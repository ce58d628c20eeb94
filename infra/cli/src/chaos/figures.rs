//! The figures of the closing report: how long it took, what was done to the stack, and each supplier's line.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use domain::TaskStatus;
use serde::Serialize;

use super::books::{OrderEntry, SupplierEntry};
use super::checks::tasks_of;
use super::director::Counts;
use super::sampler::Peak;

/// How long a run took.
#[derive(Debug, Clone, Copy)]
pub struct Took {
    /// To set the stage.
    pub preparing: Duration,
    /// From the first order until the last one had come to its end.
    pub playing: Duration,
    /// From then until the queues were empty.
    pub draining: Duration,
}

/// What was done to the stack.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Done {
    /// Processes that were killed at random.
    pub killed: u64,
    /// Functions that died at a point where they were asked to.
    pub sentenced: u64,
    /// Messages that were sent again.
    pub doubled: u64,
    /// Ticks of schedules, and how many of them a death ended.
    pub ticks: u64,
    /// How many of them a death ended.
    pub dead_ticks: u64,
    /// Dead letters that were given back.
    pub given_back: u64,
    /// Calls of the run's own that failed.
    pub hiccups: u64,
    /// How often the budgets were looked at.
    pub looks: u64,
}

impl Done {
    /// What was counted.
    #[must_use]
    pub fn of(counts: &Counts, looks: u64) -> Self {
        Self {
            killed: counts.killed.load(Relaxed),
            sentenced: 0,
            doubled: counts.doubled.load(Relaxed),
            ticks: counts.ticks.load(Relaxed),
            dead_ticks: counts.dead_ticks.load(Relaxed),
            given_back: counts.given_back.load(Relaxed),
            hiccups: counts.hiccups.load(Relaxed),
            looks,
        }
    }
}

/// A supplier's line of the table. Money is in minor units.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Its name.
    pub supplier: String,
    /// What it speaks.
    pub protocol: &'static str,
    /// How many requests it had.
    pub requests: u64,
    /// How many of them went wrong by intent.
    pub faults: u64,
    /// How many of each kind.
    pub faults_by_kind: BTreeMap<String, u64>,
    /// How often it was left alone because it failed.
    pub openings: usize,
    /// How many orders it took.
    pub orders: usize,
    /// References for which it took more than one.
    pub duplicates: usize,
    /// How many tasks ended how.
    pub tasks: BTreeMap<String, usize>,
    /// What may be spent in a day, and the most that was reserved and spent at once.
    pub daily: (Option<i64>, i64),
    /// The same in a month.
    pub monthly: (Option<i64>, i64),
    /// What its budgets say that it was paid.
    pub spent: i64,
    /// What its tasks cost.
    pub cost: i64,
    /// What it charges.
    pub charged: i64,
    /// What is still reserved.
    pub reserved: i64,
}

impl Row {
    /// A supplier's line.
    #[must_use]
    pub fn of(supplier: &SupplierEntry, peak: Peak, openings: usize, orders: &[OrderEntry]) -> Self {
        let mut tasks: BTreeMap<String, usize> = BTreeMap::new();
        for task in tasks_of(supplier.id, orders) {
            *tasks.entry(task.status.to_string()).or_default() += 1;
        }
        let memory = &supplier.memory;
        Self {
            supplier: supplier.name.clone(),
            protocol: supplier.protocol,
            requests: memory.requested(),
            faults: memory.struck(),
            faults_by_kind: memory.faults.struck.clone(),
            openings,
            orders: memory.orders.len(),
            duplicates: memory.duplicates.len(),
            tasks,
            daily: (supplier.limits.day, peak.day),
            monthly: (supplier.limits.month, peak.month),
            spent: supplier.tally.spent,
            cost: tasks_of(supplier.id, orders).map(|task| task.cost).sum(),
            charged: memory.charged,
            reserved: supplier.tally.reserved,
        }
    }

    /// How many of its tasks ended like this.
    #[must_use]
    pub fn ended(&self, status: TaskStatus) -> usize {
        self.tasks.get(status.name()).copied().unwrap_or_default()
    }
}
