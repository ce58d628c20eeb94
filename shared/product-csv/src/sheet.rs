//! Reading a file: which rows make which product, and what is wrong with the file itself.

use std::collections::BTreeMap;

use csv::{ByteRecord, ReaderBuilder};
use domain::{Sku, Slug};
use store::imports::ImportFault;

use crate::columns::Column;
use crate::write::unmarked;
use crate::{MAX_BYTES, MAX_ROWS};

/// The columns that a file must have.
const REQUIRED: [Column; 3] = [Column::Slug, Column::Sku, Column::Price];

/// A file's products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The products whose rows can be told, in the order of their first rows.
    pub products: Vec<SheetProduct>,
    /// Rows that belong to no product.
    pub faults: Vec<ImportFault>,
    /// How many rows there are, good and bad, blank ones and the header apart.
    pub rows: usize,
    /// How many products are left out because their rows contradict each other, or others.
    pub left_out: usize,
}

/// The rows of one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetProduct {
    /// The product's address.
    pub slug: Slug,
    /// Its rows, one for each variant; never empty.
    pub(crate) rows: Vec<Row>,
}

/// A row: its number, as spreadsheets count them, the header being row 1; and its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub number: usize,
    cells: BTreeMap<Column, String>,
}

impl Row {
    /// The cell of a column, where the file has the column.
    pub fn cell(&self, column: Column) -> Option<&str> {
        self.cells.get(&column).map(String::as_str)
    }

    /// What is wrong with a cell.
    pub fn fault(&self, column: Column, message: impl ToString) -> ImportFault {
        ImportFault { row: self.number, column: Some(column.name()), message: message.to_string() }
    }
}

impl SheetProduct {
    /// The number of its first row.
    #[must_use]
    pub fn row(&self) -> usize {
        self.rows.first().map_or(0, |row| row.number)
    }

    /// How many rows it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// What its rows say differently that belongs to the product.
    fn contradictions(&self) -> Vec<ImportFault> {
        let Some((first, others)) = self.rows.split_first() else { return Vec::new() };
        let contradicts = |row: &Row, column: &Column| {
            let cell = row.cell(*column).unwrap_or_default();
            !cell.is_empty() && Some(cell) != first.cell(*column)
        };
        let message = format!("must be empty or as in row {}: it belongs to the product", first.number);
        let mut faults = Vec::new();
        for row in others {
            let columns = Column::all().filter(|column| column.is_of_product());
            faults.extend(columns.filter(|column| contradicts(row, column)).map(|c| row.fault(c, &message)));
        }
        faults
    }
}

impl Sheet {
    /// Reads a file. What is wrong with the file as a whole is one fault of its first row.
    pub fn read(bytes: &[u8]) -> Result<Self, ImportFault> {
        let whole = |message: String| ImportFault { row: 1, column: None, message };
        if bytes.len() as u64 > MAX_BYTES {
            return Err(whole(format!("the file has {} bytes; at most {MAX_BYTES} are read", bytes.len())));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(bytes);
        let mut records = reader.byte_records();
        let header = match records.next() {
            Some(record) => record.map_err(|error| whole(error.to_string()))?,
            None => return Err(whole("the file is empty".into())),
        };
        let columns = columns(&header)?;
        let mut sheet = Self { products: Vec::new(), faults: Vec::new(), rows: 0, left_out: 0 };
        let mut places = BTreeMap::new();
        for (n, record) in records.enumerate() {
            let number = n + 2;
            let record = record.map_err(|error| ImportFault { row: number, ..whole(error.to_string()) })?;
            if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            sheet.rows += 1;
            if sheet.rows > MAX_ROWS {
                return Err(whole(format!("the file has more than {MAX_ROWS} rows: cut it into several")));
            }
            match row(number, &record, &columns) {
                Ok(row) => sheet.add(row, &mut places),
                Err(fault) => sheet.faults.push(fault),
            }
        }
        if sheet.rows == 0 {
            return Err(whole("the file has no rows below its header".into()));
        }
        sheet.leave_out_contradictions();
        Ok(sheet)
    }

    fn add(&mut self, row: Row, places: &mut BTreeMap<Slug, usize>) {
        let slug = match Slug::parse(row.cell(Column::Slug).unwrap_or_default()) {
            Ok(slug) => slug,
            Err(error) => return self.faults.push(row.fault(Column::Slug, error)),
        };
        let place = *places.entry(slug.clone()).or_insert(self.products.len());
        match self.products.get_mut(place) {
            Some(product) => product.rows.push(row),
            None => self.products.push(SheetProduct { slug, rows: vec![row] }),
        }
    }

    /// Leaves out the products whose rows contradict each other, and those with a SKU that stands further up already.
    fn leave_out_contradictions(&mut self) {
        let mut seen: BTreeMap<Sku, usize> = BTreeMap::new();
        let mut faults = Vec::new();
        let all = self.products.len();
        self.products.retain(|product| {
            let before = faults.len();
            faults.extend(product.contradictions());
            for row in &product.rows {
                let Ok(sku) = Sku::parse(row.cell(Column::Sku).unwrap_or_default()) else { continue };
                if let Some(other) = seen.insert(sku.clone(), row.number) {
                    faults.push(row.fault(Column::Sku, format!("{sku} stands in row {other} already")));
                }
            }
            faults.len() == before
        });
        self.left_out = all - self.products.len();
        self.faults.extend(faults);
        self.faults.sort_by_key(|fault| fault.row);
    }
}

fn columns(header: &ByteRecord) -> Result<Vec<Column>, ImportFault> {
    let fault = |message: String| ImportFault { row: 1, column: None, message };
    let mut columns = Vec::new();
    for name in header {
        let name = String::from_utf8_lossy(name);
        let known = || Column::all().map(Column::name).collect::<Vec<_>>().join(", ");
        let column = Column::named(name.trim())
            .ok_or_else(|| fault(format!("there is no column `{name}`; there are: {}", known())))?;
        if columns.contains(&column) {
            return Err(fault(format!("the column `{name}` comes twice")));
        }
        columns.push(column);
    }
    match REQUIRED.iter().find(|required| !columns.contains(required)) {
        Some(missing) => Err(fault(format!("the column `{}` is missing", missing.name()))),
        None => Ok(columns),
    }
}

fn row(number: usize, record: &ByteRecord, columns: &[Column]) -> Result<Row, ImportFault> {
    let fault = |message: String| ImportFault { row: number, column: None, message };
    if record.len() != columns.len() {
        return Err(fault(format!("has {} cells, but the header has {}", record.len(), columns.len())));
    }
    let mut cells = BTreeMap::new();
    for (column, cell) in columns.iter().zip(record) {
        let cell = str::from_utf8(cell).map_err(|_| ImportFault {
            column: Some(column.name()),
            ..fault("is no UTF-8 text: save the file as UTF-8".into())
        })?;
        // A description may end as it likes; around anything else, white space is a slip.
        let cell = if *column == Column::Description { cell } else { cell.trim() };
        cells.insert(*column, unmarked(cell).to_owned());
    }
    Ok(Row { number, cells })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Sheet {
        Sheet::read(text.as_bytes()).unwrap()
    }

    fn told(faults: &[ImportFault]) -> Vec<(usize, &str)> {
        faults.iter().map(|fault| (fault.row, fault.column.as_deref().unwrap_or(""))).collect()
    }

    #[test]
    fn rows_of_one_slug_are_one_product() {
        let sheet =
            read("\u{feff}slug,sku,price,title\nhook,H-1,4.50,Hook\nnail,N-1,0.10,Nail\n\nhook,H-2,5,\n");
        let products: Vec<_> = sheet.products.iter().map(|p| (p.slug.as_str(), p.row(), p.rows())).collect();
        assert_eq!(products, [("hook", 2, 2), ("nail", 3, 1)]);
        assert_eq!((sheet.rows, sheet.faults), (3, vec![]));
    }

    #[test]
    fn a_bad_row_is_told_by_its_number() {
        let text = "slug,sku,price,title\nhook,H-1,4.50,Hook\nNo Slug,X,1,X\nnail,N-1,0.10\nhook,H-2,5,Crook\npin,N-2,1,Pin\ntack,N-2,1,Tack\n";
        let sheet = read(text);
        assert_eq!(told(&sheet.faults), [(3, "slug"), (4, ""), (5, "title"), (7, "sku")]);
        assert_eq!(sheet.products.iter().map(|p| p.slug.as_str()).collect::<Vec<_>>(), ["pin"]);
        let latin = Sheet::read(b"slug,sku,price,title\nhook,H-1,1,caf\xe9\n").unwrap();
        assert_eq!(told(&latin.faults), [(2, "title")]);
    }

    #[test]
    fn a_file_that_is_none_is_refused_whole() {
        for (text, part) in [
            ("", "empty"),
            ("slug,sku,price\n", "no rows"),
            ("slug,sku\nhook,H-1\n", "`price` is missing"),
            ("slug,sku,price,stock\nhook,H,1,5\n", "no column `stock`"),
            ("slug,sku,price,sku\nhook,H,1,H\n", "twice"),
        ] {
            let fault = Sheet::read(text.as_bytes()).unwrap_err();
            assert!(fault.row == 1 && fault.message.contains(part), "{text:?}: {fault:?}");
        }
        let rows = |n: usize| format!("slug,sku,price\n{}", "a,A,1\n".repeat(n));
        assert!(Sheet::read(rows(MAX_ROWS).as_bytes()).is_ok());
        assert!(Sheet::read(rows(MAX_ROWS + 1).as_bytes()).is_err());
        let long = vec![b' '; usize::try_from(MAX_BYTES).unwrap() + 1];
        assert!(Sheet::read(&long).unwrap_err().message.contains("bytes"));
    }
}
