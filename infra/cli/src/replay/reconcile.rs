//! Whether the books balance: money to the penny and stock to the piece.

use std::collections::BTreeMap;

use domain::{Money, Sku, Stock};
use serde::Serialize;

use super::outcome::{Account, Outcome};

/// A SKU as the store has it: its price and its stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shelf {
    /// The price of one piece.
    pub price: Money,
    /// What there is of it.
    pub stock: Stock,
}

/// An order whose price is not quantity times catalogue price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WrongTotal {
    /// Whose order.
    pub invoice: String,
    /// What the order says, in minor units.
    pub charged: i64,
    /// Quantity times catalogue price; nothing if an article has no price in the catalogue.
    pub expected: Option<i64>,
}

/// A SKU whose stock is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WrongStock {
    /// Which one.
    pub sku: Sku,
    /// Its stock before.
    pub before: Option<Stock>,
    /// Its stock afterwards.
    pub after: Option<Stock>,
    /// How many pieces the paid orders of this replay hold.
    pub paid: u64,
    /// What does not fit.
    pub problem: String,
}

/// What the comparison found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reconciliation {
    /// How many invoices there are of each outcome.
    pub invoices: Counts,
    /// The sum of the orders' goods, in minor units.
    pub charged: i64,
    /// The sum of quantity times catalogue price over the same orders, in minor units.
    pub expected: i64,
    /// Orders that differ.
    pub wrong_totals: Vec<WrongTotal>,
    /// How many SKUs were compared.
    pub skus: usize,
    /// The sums over all compared SKUs, before and afterwards.
    pub before: Stock,
    /// The same afterwards.
    pub after: Stock,
    /// How many pieces the paid orders of this replay hold.
    pub pieces_paid: u64,
    /// SKUs whose stock is not what it should be.
    pub wrong_stock: Vec<WrongStock>,
    /// How many SKUs somebody else bought meanwhile.
    pub bought_by_others: usize,
}

/// How many invoices there are of each outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// All of them.
    pub all: usize,
    /// Fulfilled.
    pub fulfilled: usize,
    /// Refused.
    pub refused: usize,
    /// Cancellations.
    pub cancellations: usize,
    /// Neither.
    pub unfinished: usize,
}

impl Reconciliation {
    /// Whether everything is accounted for and nothing differs.
    #[must_use]
    pub fn balances(&self) -> bool {
        let Counts { all, fulfilled, refused, cancellations, unfinished } = self.invoices;
        unfinished == 0
            && all == fulfilled + refused + cancellations
            && self.charged == self.expected
            && self.wrong_totals.is_empty()
            && self.wrong_stock.is_empty()
    }
}

/// Compares what was ordered with what the store had before and has now.
///
/// For every SKU of every order and refused invoice: what was on the shelf before is now available, reserved or sold,
/// and at least the pieces of this replay's paid orders have been sold since. More may have been, to others.
#[must_use]
pub fn reconcile(
    accounts: &[Account],
    before: &BTreeMap<Sku, Shelf>,
    after: &BTreeMap<Sku, Shelf>,
) -> Reconciliation {
    let mut result = Reconciliation { invoices: count(accounts), ..Reconciliation::default() };
    let mut paid: BTreeMap<&Sku, u64> = BTreeMap::new();
    for account in accounts {
        let Some(order) = &account.order else { continue };
        let expected = price_of(account, before);
        result.charged += order.subtotal;
        result.expected += expected.unwrap_or(0);
        if expected != Some(order.subtotal) {
            let wrong = WrongTotal { invoice: account.invoice.clone(), charged: order.subtotal, expected };
            result.wrong_totals.push(wrong);
        }
        if order.paid {
            for (sku, quantity) in &account.lines {
                *paid.entry(sku).or_default() += u64::from(quantity.get());
                result.pieces_paid += u64::from(quantity.get());
            }
        }
    }
    let mut skus: Vec<&Sku> = accounts.iter().flat_map(|account| account.lines.keys()).collect();
    skus.sort_unstable();
    skus.dedup();
    for sku in skus {
        let stock = |shelves: &BTreeMap<Sku, Shelf>| shelves.get(sku).map(|shelf| shelf.stock);
        let (before, after) = (stock(before), stock(after));
        if before.is_none() && after.is_none() && !paid.contains_key(sku) {
            continue;
        }
        result.skus += 1;
        result.before = sum(result.before, before.unwrap_or_default());
        result.after = sum(result.after, after.unwrap_or_default());
        let paid = paid.get(sku).copied().unwrap_or_default();
        let sold = after.unwrap_or_default().sold.checked_sub(before.unwrap_or_default().sold);
        let problem = match (before, after, sold) {
            (Some(before), Some(after), _) if before.total() != after.total() => {
                format!("{} before, but {} available, reserved and sold now", before.total(), after.total())
            }
            (Some(_), Some(_), Some(sold)) if sold >= paid => {
                result.bought_by_others += usize::from(sold > paid);
                continue;
            }
            (Some(_), Some(_), Some(sold)) => format!("{paid} paid for, but only {sold} sold since"),
            (Some(_), Some(_), None) => "fewer are sold than before".into(),
            _ => "it was not in the catalogue all the time".into(),
        };
        result.wrong_stock.push(WrongStock { sku: sku.clone(), before, after, paid, problem });
    }
    result
}

fn count(accounts: &[Account]) -> Counts {
    let mut counts = Counts { all: accounts.len(), ..Counts::default() };
    for account in accounts {
        *match account.outcome {
            Outcome::Fulfilled => &mut counts.fulfilled,
            Outcome::Refused { .. } => &mut counts.refused,
            Outcome::Cancellation => &mut counts.cancellations,
            Outcome::Unfinished { .. } => &mut counts.unfinished,
        } += 1;
    }
    counts
}

fn price_of(account: &Account, shelves: &BTreeMap<Sku, Shelf>) -> Option<i64> {
    let mut sum: i64 = 0;
    for (sku, quantity) in &account.lines {
        let line = shelves.get(sku)?.price.times(*quantity).ok()?;
        sum = sum.checked_add(line.amount())?;
    }
    Some(sum)
}

fn sum(a: Stock, b: Stock) -> Stock {
    Stock { available: a.available + b.available, reserved: a.reserved + b.reserved, sold: a.sold + b.sold }
}

#[cfg(test)]
mod tests {
    use domain::{Currency, Quantity};

    use super::*;
    use crate::replay::outcome::PlacedOrder;

    fn sku(text: &str) -> Sku {
        Sku::parse(text).unwrap()
    }

    fn shelves(of: &[(&str, i64, u64, u64, u64)]) -> BTreeMap<Sku, Shelf> {
        let shelf = |(_, price, available, reserved, sold): &(&str, i64, u64, u64, u64)| Shelf {
            price: Money::new(*price, Currency::Gbp),
            stock: Stock { available: *available, reserved: *reserved, sold: *sold },
        };
        of.iter().map(|entry| (sku(entry.0), shelf(entry))).collect()
    }

    fn fulfilled(invoice: &str, lines: &[(&str, i64)], subtotal: i64) -> Account {
        Account {
            invoice: invoice.into(),
            row: 2,
            rows: lines.len() as u64,
            lines: lines.iter().map(|(code, n)| (sku(code), Quantity::parse(*n).unwrap())).collect(),
            outcome: Outcome::Fulfilled,
            order: Some(PlacedOrder { id: "ord".into(), number: "1-2".into(), subtotal, paid: true }),
        }
    }

    fn with(outcome: Outcome, account: Account) -> Account {
        Account { outcome, order: None, ..account }
    }

    #[test]
    fn a_clean_run_balances() {
        let accounts = [
            fulfilled("10", &[("A", 2), ("B", 1)], 2 * 255 + 99),
            fulfilled("11", &[("A", 3)], 3 * 255),
            with(Outcome::Cancellation, fulfilled("C12", &[], 0)),
            with(Outcome::Refused { reason: "unknown".into() }, fulfilled("13", &[("Z", 1)], 0)),
        ];
        let before = shelves(&[("A", 255, 10, 0, 4), ("B", 99, 5, 1, 0)]);
        let after = shelves(&[("A", 255, 5, 0, 9), ("B", 99, 4, 1, 1)]);
        let result = reconcile(&accounts, &before, &after);
        assert!(result.balances(), "{result:?}");
        assert_eq!((result.charged, result.expected, result.skus, result.pieces_paid), (1374, 1374, 2, 6));
        assert_eq!(result.after, Stock { available: 9, reserved: 1, sold: 10 });
    }

    #[test]
    fn a_penny_off_is_told() {
        let before = shelves(&[("A", 255, 10, 0, 0)]);
        let after = shelves(&[("A", 255, 8, 0, 2)]);
        let result = reconcile(&[fulfilled("10", &[("A", 2)], 511)], &before, &after);
        assert!(!result.balances());
        assert_eq!(
            result.wrong_totals,
            [WrongTotal { invoice: "10".into(), charged: 511, expected: Some(510) }]
        );
    }

    #[test]
    fn two_wrong_totals_that_cancel_out_are_told() {
        let before = shelves(&[("A", 100, 10, 0, 0)]);
        let after = shelves(&[("A", 100, 8, 0, 2)]);
        let accounts = [fulfilled("10", &[("A", 1)], 101), fulfilled("11", &[("A", 1)], 99)];
        let result = reconcile(&accounts, &before, &after);
        assert_eq!(result.charged, result.expected);
        assert_eq!(result.wrong_totals.len(), 2);
        assert!(!result.balances());
    }

    #[test]
    fn stock_that_vanished_or_was_not_counted_is_told() {
        let before = shelves(&[("A", 100, 10, 0, 0)]);
        let account = [fulfilled("10", &[("A", 2)], 200)];
        for (after, problem) in [
            (shelves(&[("A", 100, 7, 0, 2)]), "10 before, but 9 available, reserved and sold now"),
            (shelves(&[("A", 100, 8, 2, 0)]), "2 paid for, but only 0 sold since"),
            (shelves(&[]), "it was not in the catalogue all the time"),
        ] {
            let result = reconcile(&account, &before, &after);
            assert!(!result.balances());
            assert_eq!(result.wrong_stock[0].problem, problem);
        }
    }

    #[test]
    fn what_others_buy_meanwhile_does_no_harm() {
        let before = shelves(&[("A", 100, 10, 0, 0)]);
        let after = shelves(&[("A", 100, 5, 2, 3)]);
        let result = reconcile(&[fulfilled("10", &[("A", 2)], 200)], &before, &after);
        assert!(result.balances());
        assert_eq!(result.bought_by_others, 1);
    }

    #[test]
    fn an_unfinished_invoice_does_not_balance() {
        let stuck = with(Outcome::Unfinished { reason: "paid".into() }, fulfilled("10", &[], 0));
        let result = reconcile(&[stuck], &BTreeMap::new(), &BTreeMap::new());
        assert_eq!(result.invoices.unfinished, 1);
        assert!(!result.balances());
    }
}
