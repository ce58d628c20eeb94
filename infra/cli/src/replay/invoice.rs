//! Invoices as they are to be ordered.

use std::collections::{BTreeMap, HashMap};

use domain::{Quantity, Sku};

use crate::import::product;
use crate::invoices::numbers::pieces;
use crate::invoices::{FileError, Line, Unreadable, is_cancellation};

/// What an invoice asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Demand {
    /// An order for these.
    Order(BTreeMap<Sku, Quantity>),
    /// It takes another invoice back.
    Cancellation,
    /// It cannot be ordered, and why.
    Impossible(String),
}

impl Demand {
    /// The quantity of each SKU; nothing where there is nothing to order.
    #[must_use]
    pub fn lines(&self) -> BTreeMap<Sku, Quantity> {
        match self {
            Self::Order(lines) => lines.clone(),
            Self::Cancellation | Self::Impossible(_) => BTreeMap::new(),
        }
    }
}

/// One invoice of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// `InvoiceNo`
    pub number: String,
    /// The row in which it comes first.
    pub row: u64,
    /// How many rows it has.
    pub rows: u64,
    /// What it asks for.
    pub demand: Demand,
}

/// The invoices of a file.
#[derive(Debug, Default)]
pub struct Invoices {
    /// The first ones, in the order in which their numbers come first.
    pub first: Vec<Invoice>,
    /// Rows that belong to no invoice, and why.
    pub strays: Vec<(u64, String)>,
}

/// Reads the first `wanted` invoices. The whole file is read, since the rows of one invoice need not stand together.
pub fn read(
    rows: impl IntoIterator<Item = Result<Result<Line, Unreadable>, FileError>>,
    wanted: usize,
) -> Result<Invoices, FileError> {
    let mut strays = Vec::new();
    let mut order: HashMap<String, usize> = HashMap::new();
    let mut invoices: Vec<(String, Vec<Line>)> = Vec::new();
    for row in rows {
        match row? {
            Err(Unreadable { row, problem }) => strays.push((row, problem)),
            Ok(line) if line.invoice.is_empty() => strays.push((line.row, "has no invoice number".into())),
            Ok(line) => match order.get(&line.invoice) {
                Some(index) => invoices[*index].1.push(line),
                None if invoices.len() < wanted => {
                    order.insert(line.invoice.clone(), invoices.len());
                    invoices.push((line.invoice.clone(), vec![line]));
                }
                None => {}
            },
        }
    }
    let first = invoices.into_iter().map(|(number, lines)| Invoice::new(number, &lines)).collect();
    Ok(Invoices { first, strays })
}

impl Invoice {
    fn new(number: String, lines: &[Line]) -> Self {
        let demand = if is_cancellation(&number) {
            Demand::Cancellation
        } else {
            demand(lines).map_or_else(Demand::Impossible, Demand::Order)
        };
        let row = lines.first().map_or(0, |line| line.row);
        Self { number, row, rows: lines.len() as u64, demand }
    }
}

fn demand(lines: &[Line]) -> Result<BTreeMap<Sku, Quantity>, String> {
    let mut sums: BTreeMap<Sku, Quantity> = BTreeMap::new();
    for line in lines {
        let of_row = |reason: &str| format!("row {}: {reason}", line.row);
        if line.code.is_empty() {
            return Err(of_row("no stock code"));
        }
        let sku = product::sku(&line.code).map_err(|error| of_row(&error.to_string()))?;
        let quantity = pieces(&line.quantity).ok_or_else(|| of_row("the quantity is no whole number"))?;
        if quantity <= 0 {
            return Err(of_row(&format!("the quantity of {sku} is not positive ({quantity})")));
        }
        let quantity =
            Quantity::parse(quantity).map_err(|error| of_row(&format!("the quantity of {sku} {error}")))?;
        let sum = match sums.get(&sku) {
            Some(sum) => sum
                .plus(quantity)
                .map_err(|error| of_row(&format!("the summed quantity of {sku} {error}")))?,
            None => quantity,
        };
        sums.insert(sku, sum);
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(row: u64, invoice: &str, code: &str, quantity: &str) -> Line {
        Line {
            row,
            invoice: invoice.into(),
            code: code.into(),
            description: "PAN".into(),
            quantity: quantity.into(),
            price: "1".into(),
        }
    }

    fn gather(rows: impl IntoIterator<Item = Line>, wanted: usize) -> Invoices {
        read(rows.into_iter().map(|line| Ok(Ok(line))), wanted).unwrap()
    }

    fn order(demand: &Demand) -> Vec<(&str, u32)> {
        let Demand::Order(lines) = demand else { panic!("{demand:?} is no order") };
        lines.iter().map(|(sku, quantity)| (sku.as_str(), quantity.get())).collect()
    }

    #[test]
    fn quantities_are_summed_and_scattered_rows_gathered() {
        let rows = [
            line(2, "11", "B", "1"),
            line(3, "10", "A", "2"),
            line(4, "11", "A", "3"),
            line(5, "12", "A", "9"),
            line(6, "11", "B", "4"),
        ];
        let invoices = gather(rows, 2);
        let numbers: Vec<_> = invoices.first.iter().map(|i| (i.number.as_str(), i.row, i.rows)).collect();
        assert_eq!(numbers, [("11", 2, 3), ("10", 3, 1)]);
        assert_eq!(order(&invoices.first[0].demand), [("A", 3), ("B", 5)]);
        assert_eq!(order(&invoices.first[1].demand), [("A", 2)]);
    }

    #[test]
    fn cancellations_count_among_the_first_but_are_no_orders() {
        let rows = [line(2, "C9", "A", "-1"), line(3, "10", "A", "1"), line(4, "11", "A", "1")];
        let invoices = gather(rows, 2);
        assert_eq!(invoices.first.len(), 2);
        assert_eq!(invoices.first[0].demand, Demand::Cancellation);
    }

    #[test]
    fn an_invoice_that_cannot_be_ordered_says_why_and_where() {
        let too_many = Quantity::MAX.to_string();
        let cases = [
            (vec![line(2, "10", "A", "-6")], "row 2: the quantity of A is not positive (-6)"),
            (vec![line(2, "10", "A", "0")], "row 2: the quantity of A is not positive (0)"),
            (vec![line(2, "10", "A", "some")], "row 2: the quantity is no whole number"),
            (vec![line(2, "10", "", "1")], "row 2: no stock code"),
            (vec![line(2, "10", "A", &too_many), line(3, "10", "A", "1")], "row 3: the summed quantity of A"),
            (vec![line(2, "10", "A", "99999999")], "row 2: the quantity of A must be"),
        ];
        for (rows, reason) in cases {
            let invoices = gather(rows, 1);
            let Demand::Impossible(found) = &invoices.first[0].demand else {
                panic!("{:?}", invoices.first[0])
            };
            assert!(found.starts_with(reason), "{found}");
        }
    }

    #[test]
    fn rows_of_no_invoice_are_told() {
        let unreadable = Err(Unreadable { row: 2, problem: "is not UTF-8 text".into() });
        let rows = [unreadable, Ok(line(3, "", "A", "1")), Ok(line(4, "10", "A", "1"))];
        let invoices = read(rows.map(Ok), 5).unwrap();
        let expected = [(2, "is not UTF-8 text".to_owned()), (3, "has no invoice number".to_owned())];
        assert_eq!(invoices.strays, expected);
        assert_eq!(invoices.first.len(), 1);
    }
}
