//! The closing report of a replay.

use std::collections::BTreeMap;
use std::fmt;

use domain::{Currency, Money, Stock};
use serde::Serialize;

use super::outcome::{Account, Outcome};
use super::reconcile::Reconciliation;

/// How many examples of one kind the text names; the JSON file has all.
const EXAMPLES: usize = 5;

/// Everything about one replay.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The file that was replayed.
    pub file: String,
    /// What makes the idempotency keys of this run its own.
    pub run: String,
    /// How many orders were placed at a time.
    pub concurrency: usize,
    /// The catalogue's currency.
    pub currency: Currency,
    /// How long it took to place and pay the orders, in milliseconds.
    pub placing_ms: u128,
    /// How long it took from the last payment until all orders were final, in milliseconds.
    pub waiting_ms: u128,
    /// Rows of the file that belong to no invoice, and why.
    pub stray_rows: Vec<(u64, String)>,
    /// Whether everything is accounted for and nothing differs.
    pub balances: bool,
    /// What was compared.
    pub reconciliation: Reconciliation,
    /// Every invoice.
    pub invoices: Vec<Account>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_invoices(f)?;
        self.write_money(f)?;
        self.write_stock(f)?;
        let seconds = |ms: u128| format!("{}.{} s", ms / 1000, ms % 1000 / 100);
        let (placing, waiting) = (seconds(self.placing_ms), seconds(self.waiting_ms));
        writeln!(
            f,
            "Placed and paid in {placing}, {} at a time; all final {waiting} later.",
            self.concurrency
        )?;
        let verdict = if self.balances { "The books balance." } else { "THE BOOKS DO NOT BALANCE." };
        writeln!(f, "{verdict}")
    }
}

impl Report {
    fn write_invoices(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.reconciliation.invoices;
        writeln!(f, "{:>7}  invoices", counts.all)?;
        writeln!(f, "{:>7}  fulfilled", counts.fulfilled)?;
        writeln!(f, "{:>7}  cancellations, counted apart and not replayed", counts.cancellations)?;
        writeln!(f, "{:>7}  refused", counts.refused)?;
        write_reasons(f, &self.invoices, |outcome| match outcome {
            Outcome::Refused { reason } => Some(reason),
            _ => None,
        })?;
        writeln!(f, "{:>7}  neither fulfilled nor refused", counts.unfinished)?;
        write_reasons(f, &self.invoices, |outcome| match outcome {
            Outcome::Unfinished { reason } => Some(reason),
            _ => None,
        })?;
        if !self.stray_rows.is_empty() {
            writeln!(f, "{:>7}  rows of no invoice", self.stray_rows.len())?;
            for (row, problem) in self.stray_rows.iter().take(EXAMPLES) {
                writeln!(f, "{:>14}  row {row} {problem}", "")?;
            }
        }
        writeln!(f)
    }

    fn write_money(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Reconciliation { charged, expected, wrong_totals, .. } = &self.reconciliation;
        let money = |amount: i64| Money::new(amount, self.currency).to_string();
        writeln!(f, "{:>18}  sum of order totals", money(*charged))?;
        writeln!(f, "{:>18}  quantity × catalogue price", money(*expected))?;
        writeln!(f, "{:>18}  difference", money(charged - expected))?;
        for wrong in wrong_totals.iter().take(EXAMPLES) {
            let expected = wrong.expected.map_or_else(|| "unknown".into(), money);
            writeln!(
                f,
                "{:>20}invoice {}: {} instead of {expected}",
                "",
                wrong.invoice,
                money(wrong.charged)
            )?;
        }
        writeln!(f)
    }

    fn write_stock(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = &self.reconciliation;
        writeln!(f, "Stock of {} SKUs", found.skus)?;
        writeln!(f, "{:>10} {:>12} {:>12} {:>12} {:>12}", "", "available", "reserved", "sold", "together")?;
        for (what, stock) in [("before", found.before), ("now", found.after)] {
            let Stock { available, reserved, sold } = stock;
            writeln!(f, "{what:>10} {available:>12} {reserved:>12} {sold:>12} {:>12}", stock.total())?;
        }
        writeln!(f, "{:>7}  pieces paid for in this replay", found.pieces_paid)?;
        let wrong = found.wrong_stock.len();
        writeln!(f, "{wrong:>7}  SKUs where stock before is not available + reserved + sold now")?;
        for wrong in found.wrong_stock.iter().take(EXAMPLES) {
            writeln!(f, "{:>16}{}: {}", "", wrong.sku, wrong.problem)?;
        }
        if found.bought_by_others > 0 {
            writeln!(f, "{:>7}  SKUs that others bought meanwhile", found.bought_by_others)?;
        }
        writeln!(f)
    }
}

/// How many invoices have each reason, with the numbers of some.
fn write_reasons<'a>(
    f: &mut fmt::Formatter<'_>,
    accounts: &'a [Account],
    reason: fn(&'a Outcome) -> Option<&'a String>,
) -> fmt::Result {
    let mut by_reason: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for account in accounts {
        if let Some(reason) = reason(&account.outcome) {
            by_reason.entry(reason).or_default().push(&account.invoice);
        }
    }
    for (reason, invoices) in by_reason {
        let named = invoices.iter().take(EXAMPLES).copied().collect::<Vec<_>>().join(", ");
        let more = if invoices.len() > EXAMPLES { ", …" } else { "" };
        writeln!(f, "{:>14}  {reason} ({named}{more})", invoices.len())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::replay::reconcile::reconcile;

    #[test]
    fn the_text_names_every_reason_and_the_json_every_invoice() {
        let account = |invoice: &str, outcome| Account {
            invoice: invoice.into(),
            row: 2,
            rows: 1,
            lines: BTreeMap::new(),
            outcome,
            order: None,
        };
        let refused = |reason: &str| Outcome::Refused { reason: reason.into() };
        let invoices = vec![
            account("10", Outcome::Fulfilled),
            account("11", refused("at most 96 articles")),
            account("12", refused("at most 96 articles")),
            account("C13", Outcome::Cancellation),
            account("14", Outcome::Unfinished { reason: "still paid".into() }),
        ];
        let reconciliation = reconcile(&invoices, &BTreeMap::new(), &BTreeMap::new());
        let report = Report {
            file: "invoices.csv".into(),
            run: "r".into(),
            concurrency: 8,
            currency: Currency::Gbp,
            placing_ms: 61_250,
            waiting_ms: 900,
            stray_rows: vec![(7, "is not UTF-8 text".into())],
            balances: reconciliation.balances(),
            reconciliation,
            invoices,
        };
        let text = report.to_string();
        for part in [
            "2  at most 96 articles (11, 12)",
            "1  still paid (14)",
            "1  cancellations",
            "row 7 is not UTF-8 text",
            "Placed and paid in 61.2 s, 8 at a time; all final 0.9 s later.",
            "THE BOOKS DO NOT BALANCE.",
        ] {
            assert!(text.contains(part), "`{part}` is not in:\n{text}");
        }
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!(json["invoices"][1]["outcome"], "refused");
        assert_eq!(json["invoices"][1]["reason"], "at most 96 articles");
        assert_eq!(json["reconciliation"]["invoices"]["refused"], 2);
    }
}
