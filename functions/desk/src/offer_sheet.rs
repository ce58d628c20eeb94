//! Offers as a table: a row for each SKU.
//!
//! The columns are `sku`, `code`, `cost`, `minimum`, `maximum`, `leadTime` and, where offers do not hold at all times,
//! `from` and `until`. A cost is in major units (`4.50`), a time in days, hours, minutes or seconds (`2d`, `36h`, `90m`,
//! `45s`), or a plain number of seconds.

use std::collections::BTreeMap;
use std::io::Read;

use csv::{ByteRecord, Reader, ReaderBuilder};
use domain::supplier::{OfferError, Window, WindowError};
use domain::{Currency, Offer, Quantity, Sku, SupplierId};
use product_csv::{line, marked, price, unmarked};
use serde::Serialize;
use utoipa::ToSchema;

/// The most bytes of a file.
pub const MAX_BYTES: usize = 1024 * 1024;
/// The most rows of a file, its header and blank rows apart.
pub const MAX_ROWS: usize = 2_000;

/// The columns, in the order in which they are written.
const COLUMNS: [&str; 8] = ["sku", "code", "cost", "minimum", "maximum", "leadTime", "from", "until"];
/// How many of them, from the first, a file must have.
const REQUIRED: usize = 6;
/// How many seconds each unit of time has, the longest first.
const UNITS: [(char, u32); 4] = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

/// Something that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = OfferFault)]
pub struct Fault {
    /// The row, as spreadsheets count them: the header is row 1.
    pub row: usize,
    /// The column; null where it is the row, or the file.
    pub column: Option<&'static str>,
    /// What is wrong, and what is allowed.
    pub message: String,
}

/// A file's offers, with the numbers of their rows, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The offers that can be read.
    pub offers: Vec<(usize, Offer)>,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// How many rows there are, good and bad.
    pub rows: usize,
}

/// The rows of a file, one after the other.
struct Rows<R> {
    reader: Reader<R>,
    /// The row read last.
    record: ByteRecord,
    /// How many ends of lines stand within cells so far: a spreadsheet counts no rows there.
    within: usize,
}

impl<R: Read> Rows<R> {
    /// Reads the next row and gives its number; nothing behind the last. The reader passes over blank lines, which a
    /// spreadsheet counts.
    fn next(&mut self) -> Result<Option<usize>, Fault> {
        let more = self.reader.read_byte_record(&mut self.record);
        let ends_within = |cell: &[u8]| cell.split(|byte| *byte == b'\n').count() - 1;
        self.within += self.record.iter().map(ends_within).sum::<usize>();
        let line = usize::try_from(self.reader.position().line()).unwrap_or(usize::MAX);
        let row = line.saturating_sub(1 + self.within).max(1);
        match more {
            Ok(more) => Ok(more.then_some(row)),
            Err(error) => Err(Fault { row, column: None, message: error.to_string() }),
        }
    }
}

/// Reads a supplier's offers. What is wrong with the file as a whole is one fault of its first row.
pub fn read(bytes: &[u8], supplier: SupplierId, currency: Currency) -> Result<Sheet, Fault> {
    let whole = |message: String| Fault { row: 1, column: None, message };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // All rows end alike, also the last, so that the line that follows tells which row it was.
    let ends = |(at, byte): &(usize, &u8)| **byte != b'\r' || bytes.get(at + 1) != Some(&b'\n');
    let mut text: Vec<u8> = bytes.iter().enumerate().filter(ends).map(|(_, byte)| *byte).collect();
    text.push(b'\n');
    let reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_slice());
    let mut rows = Rows { reader, record: ByteRecord::new(), within: 0 };
    rows.next()?.ok_or_else(|| whole("the file is empty".into()))?;
    let columns = columns(&rows.record)?;
    let mut sheet = Sheet::default();
    let mut seen: BTreeMap<Sku, usize> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let record = &rows.record;
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        sheet.rows += 1;
        if sheet.rows > MAX_ROWS {
            return Err(whole(format!("the file has more than {MAX_ROWS} rows: cut it into several")));
        }
        match cells(row, record, &columns).and_then(|cells| offer(row, &cells, supplier, currency)) {
            Err(faults) => sheet.faults.extend(faults),
            Ok(offer) => match seen.insert(offer.sku.clone(), row) {
                None => sheet.offers.push((row, offer)),
                Some(other) => {
                    let message = format!("{} stands in row {other} already", offer.sku);
                    sheet.faults.push(Fault { row, column: Some("sku"), message });
                }
            },
        }
    }
    if sheet.rows == 0 { Err(whole("the file has no rows below its header".into())) } else { Ok(sheet) }
}

fn columns(header: &ByteRecord) -> Result<Vec<&'static str>, Fault> {
    let fault = |message: String| Fault { row: 1, column: None, message };
    let mut found = Vec::new();
    for name in header {
        let name = String::from_utf8_lossy(name);
        let known = COLUMNS.into_iter().find(|column| *column == name.trim());
        let column = known.ok_or_else(|| {
            fault(format!("there is no column `{name}`; there are: {}", COLUMNS.join(", ")))
        })?;
        if found.contains(&column) {
            return Err(fault(format!("the column `{column}` comes twice")));
        }
        found.push(column);
    }
    match COLUMNS[..REQUIRED].iter().find(|required| !found.contains(required)) {
        Some(missing) => Err(fault(format!("the column `{missing}` is missing"))),
        None => Ok(found),
    }
}

type Cells = BTreeMap<&'static str, String>;

fn cells(row: usize, record: &ByteRecord, columns: &[&'static str]) -> Result<Cells, Vec<Fault>> {
    if record.len() != columns.len() {
        let message = format!("has {} cells, but the header has {}", record.len(), columns.len());
        return Err(vec![Fault { row, column: None, message }]);
    }
    let cell = |(column, cell): (&&'static str, &[u8])| {
        let text = str::from_utf8(cell).map_err(|_| {
            let message = "is no UTF-8 text: save the file as UTF-8".into();
            vec![Fault { row, column: Some(column), message }]
        })?;
        Ok((*column, unmarked(text.trim()).to_owned()))
    };
    columns.iter().zip(record).map(cell).collect()
}

/// The offer in a row, or all that is wrong with it.
fn offer(
    row: usize,
    cells: &Cells,
    supplier_id: SupplierId,
    currency: Currency,
) -> Result<Offer, Vec<Fault>> {
    let mut faults = Vec::new();
    let cell = |column: &str| cells.get(column).map(String::as_str).unwrap_or_default();
    let mut note =
        |column: &'static str, message: String| faults.push(Fault { row, column: Some(column), message });
    let sku = Sku::parse(cell("sku")).map_err(|error| note("sku", error.to_string())).ok();
    let cost = price::parse(cell("cost"), currency).map_err(|error| note("cost", error)).ok();
    let minimum = quantity(cell("minimum")).map_err(|error| note("minimum", error)).ok();
    let maximum = quantity(cell("maximum")).map_err(|error| note("maximum", error)).ok();
    let lead_time = seconds(cell("leadTime")).map_err(|error| note("leadTime", error)).ok();
    let bound = |column| Some(cell(column)).filter(|text| !text.is_empty()).map(seconds).transpose();
    let from = bound("from").map_err(|error| note("from", error)).ok();
    let until = bound("until").map_err(|error| note("until", error)).ok();
    let window = from.zip(until).and_then(|(from, until)| {
        let window = Window::parse(from.unwrap_or_default().into(), until.map(Into::into));
        window.map_err(|error| note(window_column(error), error.to_string())).ok()
    });
    let (Some(sku), Some(cost), Some(minimum), Some(maximum), Some(lead_time_seconds), Some(window)) =
        (sku, cost, minimum, maximum, lead_time, window)
    else {
        return Err(faults);
    };
    let code = cell("code").to_owned();
    let offer = Offer { supplier_id, sku, code, cost, minimum, maximum, lead_time_seconds, window };
    for error in offer.faults() {
        let column = match error {
            OfferError::Code => "code",
            OfferError::Cost => "cost",
            OfferError::Maximum => "maximum",
            OfferError::LeadTime => "leadTime",
        };
        note(column, error.to_string());
    }
    if faults.is_empty() { Ok(offer) } else { Err(faults) }
}

fn window_column(error: WindowError) -> &'static str {
    match error {
        WindowError::From => "from",
        WindowError::Until => "until",
    }
}

fn quantity(text: &str) -> Result<Quantity, String> {
    let number = text.parse::<i64>().unwrap_or_default();
    Quantity::parse(number).map_err(|error| error.to_string())
}

/// Reads a length of time.
fn seconds(text: &str) -> Result<u32, String> {
    let unit = UNITS.into_iter().find_map(|(unit, seconds)| Some((text.strip_suffix(unit)?, seconds)));
    let (number, unit) = unit.unwrap_or((text, 1));
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = number.parse::<u32>().ok().filter(|_| digits).and_then(|number| number.checked_mul(unit));
    seconds.ok_or_else(|| "must be a time such as 36h, 2d, 90m, 45s or a number of seconds".into())
}

/// Writes a length of time in the longest unit that it is a whole number of.
fn duration(seconds: u32) -> String {
    let fits = |(_, length): &(char, u32)| seconds > 0 && seconds.is_multiple_of(*length);
    let (unit, length) = UNITS.into_iter().find(fits).unwrap_or(('s', 1));
    format!("{}{unit}", seconds / length)
}

/// The first line of a file, its end included.
#[must_use]
pub fn header() -> String {
    line(COLUMNS.map(str::to_owned))
}

/// The line of an offer, which reads back as the same offer.
#[must_use]
pub fn row(offer: &Offer) -> String {
    line([
        marked(offer.sku.as_str()),
        marked(&offer.code),
        price::format(offer.cost),
        offer.minimum.to_string(),
        offer.maximum.to_string(),
        duration(offer.lead_time_seconds),
        duration(offer.window.from_seconds()),
        offer.window.until_seconds().map(duration).unwrap_or_default(),
    ])
}

#[cfg(test)]
mod tests {
    use domain::Money;

    use super::*;

    const HEADER: &str = "sku,code,cost,minimum,maximum,leadTime";

    fn sheet(text: &str) -> Result<Sheet, Fault> {
        read(text.as_bytes(), SupplierId::generate(), Currency::Gbp)
    }

    fn told(faults: &[Fault]) -> Vec<(usize, &str)> {
        faults.iter().map(|fault| (fault.row, fault.column.unwrap_or(""))).collect()
    }

    #[test]
    fn rows_become_offers() {
        let text = format!(
            "\u{feff}{HEADER},from,until\r\nHINGE-75,H75,2.50,1,20,36h,,\n\nHOOK-1,=K1,0.05,2,2,90m,1h,2d\n"
        );
        let sheet = sheet(&text).unwrap();
        assert_eq!((sheet.rows, sheet.faults), (2, vec![]));
        let (row, hook) = &sheet.offers[1];
        assert_eq!((*row, hook.code.as_str(), hook.cost), (4, "=K1", Money::new(5, Currency::Gbp)));
        assert_eq!(hook.lead_time_seconds, 5_400);
        assert_eq!((hook.window.from_seconds(), hook.window.until_seconds()), (3_600, Some(172_800)));
        assert_eq!(sheet.offers[0].1.window, Window::default());
    }

    #[test]
    fn rows_are_counted_as_spreadsheets_count_them() {
        for end in ["\n", "\r\n"] {
            let rows = ["K-1,C,x,1,1,1h", "", "K-2,\"two\nlines\",x,1,1,1h", "K-3,C,x,1,1,1h"];
            let sheet = sheet(&format!("{HEADER}{end}{}", rows.join(end))).unwrap();
            let told: Vec<_> = sheet.faults.iter().filter(|fault| fault.column == Some("cost")).collect();
            assert_eq!(told.iter().map(|fault| fault.row).collect::<Vec<_>>(), [2, 4, 5], "{end:?}");
        }
    }

    #[test]
    fn all_that_is_wrong_is_told_by_row_and_column() {
        let rows = [
            "A B,C,x,0,1,soon",
            "A-1,,1.00,2,1,1h",
            "A-2,C,1.00,1,1",
            "A-3,C,1.00,1,1,1h",
            "A-3,C,1.00,1,1,400d",
            "A-3,C,1.00,1,1,2h",
        ];
        let sheet = sheet(&format!("{HEADER}\n{}\n", rows.join("\n"))).unwrap();
        let expected = [
            (2, "sku"),
            (2, "cost"),
            (2, "minimum"),
            (2, "leadTime"),
            (3, "code"),
            (3, "maximum"),
            (4, ""),
            (6, "leadTime"),
            (7, "sku"),
        ];
        assert_eq!(told(&sheet.faults), expected);
        assert_eq!(sheet.offers.len(), 1);
        let windows = format!("{HEADER},from,until\nA-1,C,1,1,1,1h,2h,1h\nA-2,C,1,1,1,1h,x,1h\n");
        assert_eq!(told(&super::tests::sheet(&windows).unwrap().faults), [(2, "until"), (3, "from")]);
    }

    #[test]
    fn a_file_that_is_none_is_refused_whole() {
        for (text, part) in [
            (String::new(), "empty"),
            (format!("{HEADER}\n"), "no rows"),
            ("sku,code,cost\nA,B,1\n".into(), "`minimum` is missing"),
            (format!("{HEADER},stock\nA,B,1,1,1,1h,5\n"), "no column `stock`"),
            (format!("{HEADER},sku\nA,B,1,1,1,1h,A\n"), "twice"),
        ] {
            let fault = sheet(&text).unwrap_err();
            assert!(fault.row == 1 && fault.message.contains(part), "{text:?}: {fault:?}");
        }
        let rows = |n: usize| {
            let rows: Vec<_> = (0..n).map(|n| format!("A-{n},C,1,1,1,1h")).collect();
            format!("{HEADER}\n{}\n", rows.join("\n"))
        };
        assert_eq!(sheet(&rows(MAX_ROWS)).unwrap().offers.len(), MAX_ROWS);
        assert!(sheet(&rows(MAX_ROWS + 1)).unwrap_err().message.contains("rows"));
    }

    #[test]
    fn a_length_of_time_has_a_unit() {
        for (text, wanted) in
            [("2d", 172_800), ("36h", 129_600), ("90m", 5_400), ("45s", 45), ("45", 45), ("0", 0), ("0s", 0)]
        {
            assert_eq!(seconds(text), Ok(wanted), "{text}");
            assert_eq!(seconds(&duration(wanted)), Ok(wanted));
        }
        for bad in ["", "h", "-1h", "+1h", "1.5h", "1w", "1 h", "99999999999", "99999999d"] {
            assert!(seconds(bad).is_err(), "{bad}");
        }
        assert_eq!(
            [duration(129_600), duration(172_800), duration(61), duration(0)],
            ["36h", "2d", "61s", "0s"]
        );
    }

    #[test]
    fn what_is_written_reads_back() {
        let text = format!("{HEADER},from,until\nHOOK-1,\"-K,1\",0.05,2,2,61s,1h,2d\nNAIL,N,1.00,1,9,0,,\n");
        let offers: Vec<_> = sheet(&text).unwrap().offers.into_iter().map(|(_, offer)| offer).collect();
        let written = header() + &offers.iter().map(row).collect::<String>();
        let again = read(written.as_bytes(), offers[0].supplier_id, Currency::Gbp).unwrap();
        assert_eq!(again.faults, []);
        assert_eq!(again.offers.into_iter().map(|(_, offer)| offer).collect::<Vec<_>>(), offers);
    }
}
