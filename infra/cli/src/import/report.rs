//! What came of an import: the summary for the terminal and the list of bad rows.

use std::fmt;
use std::io::Write;

use super::tally::Tally;

/// How many stock codes without a price a summary names.
const NAMED_CODES: usize = 10;

/// Writes every bad row as CSV, in the file's order.
pub fn write_bad_rows(tally: &Tally, out: impl Write) -> csv::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "Row",
        "Fault",
        "UsedFor",
        "InvoiceNo",
        "StockCode",
        "Description",
        "Quantity",
        "UnitPrice",
        "Detail",
    ])?;
    for bad in &tally.bad_rows {
        let fields = bad.line.as_ref().map_or([""; 5], |line| {
            [&line.invoice, &line.code, &line.description, &line.quantity, &line.price].map(String::as_str)
        });
        let [invoice, code, description, quantity, price] = fields;
        let (row, fault, used) = (bad.row.to_string(), bad.fault.to_string(), bad.used.to_string());
        csv.write_record([&row, &fault, &used, invoice, code, description, quantity, price, &bad.detail])?;
    }
    csv.flush()?;
    Ok(())
}

/// The summary of a file.
#[derive(Debug, Clone, Copy)]
pub struct Summary<'a>(pub &'a Tally);

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tally = self.0;
        let bad = tally.bad_rows.len() as u64;
        writeln!(f, "{:>7}  rows", tally.rows)?;
        writeln!(f, "{:>7}  without fault", tally.rows - bad)?;
        writeln!(f, "{bad:>7}  with a fault:")?;
        for (fault, (rows, used)) in tally.faults() {
            write!(f, "{rows:>14}  {fault}")?;
            if used > 0 {
                write!(f, " ({used} of them used for price or title all the same)")?;
            }
            writeln!(f)?;
        }
        writeln!(f, "{:>7}  stock codes with a positive price: products", tally.articles().count())?;
        if tally.case_variants() > 0 {
            let variants = tally.case_variants();
            writeln!(f, "{variants:>14}  differ from another in upper and lower case only")?;
        }
        let codes: Vec<_> = tally.codes_without_price().collect();
        writeln!(f, "{:>7}  stock codes without a positive price: no products", codes.len())?;
        if !codes.is_empty() {
            let named = codes.iter().take(NAMED_CODES).copied().collect::<Vec<_>>().join(", ");
            let more = if codes.len() > NAMED_CODES { ", …" } else { "" };
            writeln!(f, "{:>16}{named}{more}", "")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invoices::{Line, Unreadable};

    fn tally() -> Tally {
        let line = |row, code: &str, quantity: &str, price: &str| Line {
            row,
            invoice: "10".into(),
            code: code.into(),
            description: "PAN, LARGE".into(),
            quantity: quantity.into(),
            price: price.into(),
        };
        let mut tally = Tally::new(2);
        tally.add(Ok(line(2, "A1", "1", "3")));
        tally.add(Ok(line(3, "A1", "-1", "3")));
        tally.add(Ok(line(4, "Z9", "1", "0")));
        tally.add(Err(Unreadable { row: 5, problem: "has 3 columns instead of 8".into() }));
        tally
    }

    #[test]
    fn every_bad_row_is_in_the_list() {
        let mut list = Vec::new();
        write_bad_rows(&tally(), &mut list).unwrap();
        let expected = "Row,Fault,UsedFor,InvoiceNo,StockCode,Description,Quantity,UnitPrice,Detail\n\
            3,negative quantity,price and title,10,A1,\"PAN, LARGE\",-1,3,\n\
            4,zero price,nothing,10,Z9,\"PAN, LARGE\",1,0,\n\
            5,unreadable row,nothing,,,,,,has 3 columns instead of 8\n";
        assert_eq!(String::from_utf8(list).unwrap(), expected);
    }

    #[test]
    fn the_summary_accounts_for_every_row() {
        let summary = Summary(&tally()).to_string();
        for line in [
            "4  rows",
            "1  without fault",
            "3  with a fault",
            "1  negative quantity (1 of them",
            "1  zero price\n",
        ] {
            assert!(summary.contains(line), "`{line}` is not in:\n{summary}");
        }
        assert!(
            summary.contains("1  stock codes without a positive price: no products\n                Z9"),
            "{summary}"
        );
    }
}
