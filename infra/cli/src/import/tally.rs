//! Counts what the rows of a file say about each stock code.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::{BadRow, Fault, Used, fault};
use crate::invoices::numbers::{minor_units, pieces};
use crate::invoices::{Line, Unreadable};

/// A stock code that becomes a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The stock code.
    pub code: String,
    /// Its most frequent description.
    pub title: String,
    /// Its most frequent positive price, in minor units.
    pub price: i64,
    /// How many pieces the file says were sold, returns not deducted.
    pub sold: u64,
}

/// What a whole file says.
#[derive(Debug, Default)]
pub struct Tally {
    decimals: u32,
    codes: BTreeMap<String, Counts>,
    /// How many rows there are, without the header.
    pub rows: u64,
    /// The rows with a fault, in the file's order.
    pub bad_rows: Vec<BadRow>,
}

#[derive(Debug, Default)]
struct Counts {
    titles: BTreeMap<String, u64>,
    prices: BTreeMap<i64, u64>,
    sold: u64,
}

impl Tally {
    /// Nothing read yet. Prices are in a currency with so many `decimals`.
    #[must_use]
    pub fn new(decimals: u32) -> Self {
        Self { decimals, ..Self::default() }
    }

    /// Counts one row.
    pub fn add(&mut self, row: Result<Line, Unreadable>) {
        self.rows += 1;
        match row {
            Ok(line) => self.add_line(line),
            Err(Unreadable { row, problem }) => self.bad_rows.push(BadRow {
                row,
                fault: Fault::Unreadable,
                used: Used::Nothing,
                line: None,
                detail: problem,
            }),
        }
    }

    fn add_line(&mut self, line: Line) {
        let price = minor_units(&line.price, self.decimals);
        let quantity = pieces(&line.quantity);
        let fault = fault(&line, price, quantity);
        let mut used = Used::Nothing;
        if !line.code.is_empty() {
            let counts = self.codes.entry(line.code.clone()).or_default();
            if let Some(price) = price.ok().filter(|price| *price > 0) {
                used = Used::Price;
                *counts.prices.entry(price).or_default() += 1;
                if !line.description.is_empty() {
                    used = Used::PriceAndTitle;
                    *counts.titles.entry(line.description.clone()).or_default() += 1;
                }
                counts.sold += quantity.and_then(|quantity| u64::try_from(quantity).ok()).unwrap_or(0);
            }
        }
        if let Some(fault) = fault {
            let detail = String::new();
            self.bad_rows.push(BadRow { row: line.row, fault, used, line: Some(line), detail });
        }
    }

    /// The stock codes that become products, in the order of their codes.
    pub fn articles(&self) -> impl Iterator<Item = Article> {
        self.codes.iter().filter_map(|(code, counts)| {
            let price = *most_frequent(&counts.prices)?;
            let title = most_frequent(&counts.titles).unwrap_or(code).clone();
            Some(Article { code: code.clone(), title, price, sold: counts.sold })
        })
    }

    /// The stock codes that have no row with a positive price, in their order.
    pub fn codes_without_price(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().filter(|(_, counts)| counts.prices.is_empty()).map(|(code, _)| code.as_str())
    }

    /// How many rows have each fault, and how many of those were good for something nevertheless.
    #[must_use]
    pub fn faults(&self) -> BTreeMap<Fault, (u64, u64)> {
        let mut faults = BTreeMap::new();
        for bad in &self.bad_rows {
            let (rows, used): &mut (u64, u64) = faults.entry(bad.fault).or_default();
            *rows += 1;
            *used += u64::from(bad.used != Used::Nothing);
        }
        faults
    }

    /// The stock codes that differ from another one in nothing but upper and lower case.
    #[must_use]
    pub fn case_variants(&self) -> usize {
        let folded: BTreeSet<_> = self.codes.keys().map(|code| code.to_uppercase()).collect();
        self.codes.len() - folded.len()
    }
}

/// The key with the highest count; of several the first in their order.
fn most_frequent<K: Ord>(counts: &BTreeMap<K, u64>) -> Option<&K> {
    let most = counts.values().max()?;
    counts.iter().find(|(_, count)| *count == most).map(|(key, _)| key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(row: u64, code: &str, description: &str, quantity: &str, price: &str) -> Line {
        Line {
            row,
            invoice: "10".into(),
            code: code.into(),
            description: description.into(),
            quantity: quantity.into(),
            price: price.into(),
        }
    }

    fn tally(lines: impl IntoIterator<Item = Line>) -> Tally {
        let mut tally = Tally::new(2);
        lines.into_iter().for_each(|line| tally.add(Ok(line)));
        tally
    }

    #[test]
    fn the_most_frequent_description_and_price_win() {
        let tally = tally([
            line(2, "A1", "TONGS, LONG", "6", "2.55"),
            line(3, "A1", "LONG TONGS", "1", "2.95"),
            line(4, "A1", "LONG TONGS", "2", "2.55"),
        ]);
        let article = Article { code: "A1".into(), title: "LONG TONGS".into(), price: 255, sold: 9 };
        assert_eq!(tally.articles().collect::<Vec<_>>(), [article]);
        assert!(tally.bad_rows.is_empty());
    }

    #[test]
    fn ties_do_not_depend_on_the_order_of_rows() {
        let lines = [line(2, "A1", "PAN", "1", "3"), line(3, "A1", "OLD PAN", "1", "2.50")];
        let forwards: Vec<_> = tally(lines.clone()).articles().collect();
        let backwards: Vec<_> = tally(lines.into_iter().rev()).articles().collect();
        assert_eq!(forwards, backwards);
        assert_eq!((forwards[0].title.as_str(), forwards[0].price), ("OLD PAN", 250));
    }

    #[test]
    fn each_bad_row_is_listed_once_under_its_first_fault() {
        let mut tally = tally([
            line(2, "", "PAN", "1", "3"),
            line(3, "A1", "", "-4", "0.0"),
            line(4, "A1", "PAN", "1", "cheap"),
            line(5, "A1", "PAN", "1", "0.001"),
            line(6, "A1", "PAN", "1", "-3"),
            line(7, "A1", "damaged", "-9", "0"),
            line(8, "A1", "PAN", "a few", "3"),
            line(9, "A1", "PAN", "0", "3"),
            line(10, "A1", "PAN", "-2", "3"),
            line(11, "A1", "PAN", "5", "3"),
        ]);
        tally.add(Err(Unreadable { row: 12, problem: "has 3 columns instead of 8".into() }));
        let found: Vec<_> = tally.bad_rows.iter().map(|bad| (bad.row, bad.fault, bad.used)).collect();
        let expected = [
            (2, Fault::NoStockCode, Used::Nothing),
            (3, Fault::NoDescription, Used::Nothing),
            (4, Fault::UnreadablePrice, Used::Nothing),
            (5, Fault::PriceTooFine, Used::Nothing),
            (6, Fault::NegativePrice, Used::Nothing),
            (7, Fault::ZeroPrice, Used::Nothing),
            (8, Fault::UnreadableQuantity, Used::PriceAndTitle),
            (9, Fault::ZeroQuantity, Used::PriceAndTitle),
            (10, Fault::NegativeQuantity, Used::PriceAndTitle),
            (12, Fault::Unreadable, Used::Nothing),
        ];
        assert_eq!(found, expected);
        assert_eq!(tally.rows, 11);
        assert_eq!(tally.faults()[&Fault::NegativeQuantity], (1, 1));
        assert_eq!(tally.articles().next().unwrap().sold, 5);
    }

    #[test]
    fn a_positive_price_is_all_that_an_article_needs() {
        let tally = tally([
            line(2, "D", "Discount", "-1", "27.50"),
            line(3, "N1", "", "1", "4"),
            line(4, "Z1", "SAMPLE", "1", "0"),
            line(5, "d", "Discount", "1", "1"),
        ]);
        let titles: Vec<_> = tally.articles().map(|a| (a.code, a.title, a.price, a.sold)).collect();
        assert_eq!(titles[0], ("D".into(), "Discount".into(), 2750, 0));
        assert_eq!(titles[1], ("N1".into(), "N1".into(), 400, 1));
        assert_eq!(titles[2].0, "d");
        assert_eq!(tally.codes_without_price().collect::<Vec<_>>(), ["Z1"]);
        assert_eq!(tally.case_variants(), 1);
    }
}
