//! The closing report of a chaos run: one table, and what is wrong.

use std::collections::BTreeMap;
use std::fmt;

use domain::{Currency, Money, OrderStatus, TaskStatus};
use serde::Serialize;

use super::books::OrderEntry;
use super::buyers::Bought;
use super::director::Director;
use super::figures::{Done, Row, Took};
use crate::replay::reconcile::Reconciliation;

/// How many faults the text names; the JSON file has all.
const EXAMPLES: usize = 30;

/// Everything about one run.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The file whose invoices were bought.
    pub file: String,
    /// What its goods and suppliers end in.
    pub run: String,
    /// How many orders were tried.
    pub orders: usize,
    /// How many invoices were passed over, by reason.
    pub passed_over: BTreeMap<&'static str, usize>,
    /// What became of the orders that were placed, by status.
    pub statuses: BTreeMap<&'static str, usize>,
    /// How many orders need a person, by what the reason begins with.
    pub attention: BTreeMap<String, usize>,
    /// How many orders were refused at the checkout, by reason.
    pub refused: usize,
    /// What became of each invoice at the checkout.
    pub invoices: Vec<(String, Bought)>,
    /// The suppliers.
    pub suppliers: Vec<Row>,
    /// Money and stock.
    pub reconciliation: Reconciliation,
    /// What was done to the stack.
    pub done: Done,
    /// How long it took: to set the stage, to the last order's end, and until the queues were empty, in milliseconds.
    pub took_ms: (u128, u128, u128),
    /// What is wrong.
    pub faults: Vec<String>,
    #[serde(skip)]
    currency: Currency,
}

impl Report {
    /// The report of a run.
    pub(super) fn new(
        director: &Director,
        bought: &[Bought],
        orders: &[OrderEntry],
        suppliers: Vec<Row>,
        reconciliation: Reconciliation,
        done: Done,
        faults: Vec<String>,
    ) -> Self {
        let scene = &director.scene;
        let mut statuses: BTreeMap<&'static str, usize> = BTreeMap::new();
        let mut attention: BTreeMap<String, usize> = BTreeMap::new();
        for order in orders {
            *statuses.entry(order.status.name()).or_default() += 1;
            if order.status == OrderStatus::NeedsAttention {
                let reason = order.attention.as_deref().unwrap_or_default();
                *attention.entry(reason.chars().take(100).collect()).or_default() += 1;
            }
        }
        let invoices = scene.baskets.iter().map(|basket| basket.invoice.clone());
        Self {
            file: director.args.file.display().to_string(),
            run: director.run.clone(),
            orders: scene.baskets.len(),
            passed_over: scene.passed_over.clone(),
            statuses,
            attention,
            refused: bought.iter().filter(|bought| matches!(bought, Bought::Refused { .. })).count(),
            invoices: invoices.zip(bought.iter().cloned()).collect(),
            suppliers,
            reconciliation,
            done,
            took_ms: (0, 0, 0),
            faults,
            currency: scene.sales.currency(),
        }
    }

    /// Adds how long it took, and how many functions died where they were asked to.
    pub(super) fn took(&mut self, took: Took, sentenced: u64) {
        self.took_ms = (took.preparing.as_millis(), took.playing.as_millis(), took.draining.as_millis());
        self.done.sentenced = sentenced;
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.faults.is_empty()
    }

    fn money(&self, amount: i64) -> String {
        Money::new(amount, self.currency).to_string()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let passed_over: usize = self.passed_over.values().sum();
        writeln!(f, "{:>7}  orders tried ({passed_over} invoices passed over)", self.orders)?;
        writeln!(f, "{:>7}  refused at the checkout for lack of stock", self.refused)?;
        for (status, orders) in &self.statuses {
            writeln!(f, "{orders:>7}  {status}")?;
        }
        for (reason, orders) in &self.attention {
            writeln!(f, "{orders:>14}  {reason}")?;
        }
        writeln!(f)?;
        self.write_suppliers(f)?;
        self.write_money(f)?;
        let Done { killed, sentenced, doubled, ticks, dead_ticks, given_back, hiccups, looks } = self.done;
        writeln!(f, "{killed:>7}  processes killed at random, {sentenced} functions at crash points")?;
        writeln!(f, "{doubled:>7}  messages sent twice, {given_back} dead letters given back")?;
        writeln!(f, "{ticks:>7}  ticks of schedules, {dead_ticks} of them ended by a death")?;
        writeln!(f, "{looks:>7}  looks at the budgets, {hiccups} calls of the run's own failed")?;
        let seconds = |ms: u128| format!("{}.{} s", ms / 1_000, ms % 1_000 / 100);
        let (preparing, playing, draining) = self.took_ms;
        writeln!(
            f,
            "Prepared in {}; all orders at their end after {}, all queues {} later.",
            seconds(preparing),
            seconds(playing),
            seconds(draining)
        )?;
        for fault in self.faults.iter().take(EXAMPLES) {
            writeln!(f, "  WRONG  {fault}")?;
        }
        match self.faults.len() {
            0 => writeln!(f, "The books balance."),
            faults => writeln!(f, "THE BOOKS DO NOT BALANCE: {faults} faults."),
        }
    }
}

impl Report {
    fn write_suppliers(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:20} {:9} {:>8} {:>7} {:>5} {:>7} {:>6} {:>6} {:>9} {:>8}",
            "Supplier",
            "Protocol",
            "Requests",
            "Faults",
            "Open",
            "Orders",
            "Twice",
            "Done",
            "Cancelled",
            "Given up"
        )?;
        for row in &self.suppliers {
            let percent = (row.faults * 100).checked_div(row.requests).unwrap_or_default();
            writeln!(
                f,
                "{:20} {:9} {:>8} {:>6}% {:>5} {:>7} {:>6} {:>6} {:>9} {:>8}",
                row.supplier,
                row.protocol,
                row.requests,
                percent,
                row.openings,
                row.orders,
                row.duplicates,
                row.ended(TaskStatus::Completed),
                row.ended(TaskStatus::Cancelled),
                row.ended(TaskStatus::Failed) + row.ended(TaskStatus::Rejected),
            )?;
        }
        writeln!(f)
    }

    fn write_money(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:20} {:>15} {:>15} {:>15} {:>15} {:>15} {:>10}",
            "Supplier", "Limit", "Most at once", "Budgets: spent", "Tasks: cost", "Charged", "Reserved"
        )?;
        for row in &self.suppliers {
            let (limit, most) = match (row.daily, row.monthly) {
                ((Some(day), most), (month, _)) if month.is_none_or(|month| day <= month) => {
                    (Some(day), most)
                }
                (_, (month, most)) => (month, most),
            };
            writeln!(
                f,
                "{:20} {:>15} {:>15} {:>15} {:>15} {:>15} {:>10}",
                row.supplier,
                limit.map_or_else(|| "none".into(), |limit| self.money(limit)),
                self.money(most),
                self.money(row.spent),
                self.money(row.cost),
                self.money(row.charged),
                self.money(row.reserved),
            )?;
        }
        let found = &self.reconciliation;
        writeln!(f)?;
        writeln!(
            f,
            "Goods sold for {}, as quantity × price says ({} expected)",
            self.money(found.charged),
            self.money(found.expected)
        )?;
        writeln!(
            f,
            "Stock of {} SKUs: {} before; {} available, {} reserved, {} sold now; {} paid for",
            found.skus,
            found.before.total(),
            found.after.available,
            found.after.reserved,
            found.after.sold,
            found.pieces_paid
        )?;
        writeln!(f)
    }
}
