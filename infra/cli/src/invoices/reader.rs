//! Reads the lines of an invoice file.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::{ByteRecord, Reader, ReaderBuilder, StringRecord};
use flate2::bufread::MultiGzDecoder;
use thiserror::Error;

const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];
const COLUMNS: [&str; 5] = ["InvoiceNo", "StockCode", "Description", "Quantity", "UnitPrice"];

/// Why a file cannot be read at all.
#[derive(Debug, Error)]
pub enum FileError {
    /// The file is not there, or may not be read.
    #[error("cannot open it: {0}")]
    Open(#[source] std::io::Error),
    /// Reading stopped in the middle.
    #[error("cannot read on after row {row}: {source}")]
    Broken {
        /// The last row that was read.
        row: u64,
        /// What went wrong.
        source: std::io::Error,
    },
    /// The first row does not name the columns.
    #[error("the first row names no column `{0}`; needed are {needed}", needed = COLUMNS.join(", "))]
    MissingColumn(&'static str),
    /// The first row is no text.
    #[error("the first row is not UTF-8 text")]
    Header,
}

/// A row that cannot be told apart into its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The row's number in the file; the header is row 1.
    pub row: u64,
    /// What is wrong with it.
    pub problem: String,
}

/// One line of an invoice as it stands in the file, each field without the spaces around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The row's number in the file; the header is row 1.
    pub row: u64,
    /// `InvoiceNo`
    pub invoice: String,
    /// `StockCode`
    pub code: String,
    /// `Description`
    pub description: String,
    /// `Quantity`
    pub quantity: String,
    /// `UnitPrice`
    pub price: String,
}

/// The lines of a file, in their order.
pub struct Lines {
    reader: Reader<Box<dyn Read>>,
    columns: [usize; COLUMNS.len()],
    width: usize,
    record: ByteRecord,
    row: u64,
    failed: bool,
    size: u64,
    position: Arc<AtomicU64>,
}

impl Lines {
    /// Opens a file. Whether it is compressed is told by its first bytes, not by its name.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        let file = File::open(path).map_err(FileError::Open)?;
        let size = file.metadata().map_err(FileError::Open)?.len();
        let position = Arc::new(AtomicU64::new(0));
        let counted = Counted { inner: file, position: Arc::clone(&position) };
        Self::new(counted, size, position)
    }

    fn new(input: impl Read + 'static, size: u64, position: Arc<AtomicU64>) -> Result<Self, FileError> {
        let mut input = BufReader::new(input);
        let compressed = input.fill_buf().map_err(FileError::Open)?.starts_with(&GZIP_MAGIC);
        let plain: Box<dyn Read> =
            if compressed { Box::new(MultiGzDecoder::new(input)) } else { Box::new(input) };
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(plain);
        let header = reader.headers().map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(source) => FileError::Broken { row: 0, source },
            _ => FileError::Header,
        })?;
        let columns = columns(header)?;
        let width = header.len();
        Ok(Self { reader, columns, width, record: ByteRecord::new(), row: 1, failed: false, size, position })
    }

    /// How long the file is and how much of it has been read, in bytes.
    #[must_use]
    pub fn progress(&self) -> (u64, u64) {
        (self.size, self.position.load(Ordering::Relaxed))
    }

    fn line(&self) -> Result<Line, Unreadable> {
        let unreadable = |problem| Unreadable { row: self.row, problem };
        if self.record.len() != self.width {
            let (found, expected) = (self.record.len(), self.width);
            return Err(unreadable(format!("has {found} columns instead of {expected}")));
        }
        let [invoice, code, description, quantity, price] = self.columns.map(|column| {
            let text = std::str::from_utf8(&self.record[column]).map(|text| text.trim().to_owned());
            text.map_err(|_| unreadable("is not UTF-8 text".into()))
        });
        Ok(Line {
            row: self.row,
            invoice: invoice?,
            code: code?,
            description: description?,
            quantity: quantity?,
            price: price?,
        })
    }
}

impl Iterator for Lines {
    type Item = Result<Result<Line, Unreadable>, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {
                self.row = self.record.position().map_or(self.row + 1, csv::Position::line);
                Some(Ok(self.line()))
            }
            Ok(false) => None,
            Err(error) => {
                self.failed = true;
                let source = std::io::Error::from(error);
                Some(Err(FileError::Broken { row: self.row, source }))
            }
        }
    }
}

fn columns(header: &StringRecord) -> Result<[usize; COLUMNS.len()], FileError> {
    let mut found = [0; COLUMNS.len()];
    for (index, name) in COLUMNS.into_iter().enumerate() {
        let position = header.iter().position(|column| column.trim() == name);
        found[index] = position.ok_or(FileError::MissingColumn(name))?;
    }
    Ok(found)
}

struct Counted<R> {
    inner: R,
    position: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.position.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    const HEADER: &str =
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    fn open(bytes: Vec<u8>) -> Result<Lines, FileError> {
        Lines::new(Cursor::new(bytes), 0, Arc::default())
    }

    fn read(body: impl AsRef<[u8]>) -> Vec<Result<Line, Unreadable>> {
        let bytes = [HEADER.as_bytes(), body.as_ref()].concat();
        open(bytes).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn fields_are_trimmed_and_rows_numbered_as_in_an_editor() {
        let lines =
            read("10, A1,\" TONGS, LONG \",6,2011-03-01 08:00:00, 2.55 ,1,France\n11,B2,PAN ,1,,3,,\n");
        let first = lines[0].as_ref().unwrap();
        assert_eq!((first.row, first.invoice.as_str(), first.code.as_str()), (2, "10", "A1"));
        assert_eq!(first.description, "TONGS, LONG");
        assert_eq!((first.quantity.as_str(), first.price.as_str()), ("6", "2.55"));
        let second = lines[1].as_ref().unwrap();
        assert_eq!((second.row, second.description.as_str()), (3, "PAN"));
        assert_eq!(lines.len(), 2);
    }

    #[test]
    fn a_quoted_field_may_hold_commas_and_line_breaks() {
        let lines = read("10,A1,\"TONGS, \"\"LONG\"\"\nAND THIN\",6,,2.55,,\n11,B2,PAN,1,,3,,\n");
        assert_eq!(lines[0].as_ref().unwrap().description, "TONGS, \"LONG\"\nAND THIN");
        assert_eq!(lines[1].as_ref().unwrap().row, 4);
    }

    #[test]
    fn a_row_that_is_no_row_is_told_with_its_number() {
        let lines = read(b"10,A1,TONGS,6\n10,A2,T\xff,6,,2.55,,\n10,A3,PAN,6,,2.55,,\n");
        assert_eq!(lines[0], Err(Unreadable { row: 2, problem: "has 4 columns instead of 8".into() }));
        assert_eq!(lines[1], Err(Unreadable { row: 3, problem: "is not UTF-8 text".into() }));
        assert_eq!(lines[2].as_ref().unwrap().code, "A3");
    }

    #[test]
    fn columns_are_found_by_name_also_behind_a_byte_order_mark() {
        let bytes = "\u{feff}InvoiceNo,UnitPrice,Quantity,Description,StockCode\r\n7,1.50,2,Pan,P\r\n";
        let line = open(bytes.into()).unwrap().next().unwrap().unwrap().unwrap();
        assert_eq!((line.invoice.as_str(), line.price.as_str(), line.code.as_str()), ("7", "1.50", "P"));
        let missing = open(b"InvoiceNo,StockCode,Quantity,UnitPrice\n".to_vec()).err().unwrap();
        assert!(missing.to_string().contains("no column `Description`"), "{missing}");
    }

    #[test]
    fn a_compressed_file_reads_like_a_plain_one() {
        let plain = [HEADER.as_bytes(), b"10,A1,TONGS,6,,2.55,,\n"].concat();
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&plain).unwrap();
        let compressed = encoder.finish().unwrap();
        let lines: Vec<_> = open(compressed.clone()).unwrap().map(Result::unwrap).collect();
        assert_eq!(lines, read("10,A1,TONGS,6,,2.55,,\n"));

        let cut = compressed[..compressed.len() - 10].to_vec();
        let broken = open(cut).map_or(true, |lines| lines.into_iter().any(|line| line.is_err()));
        assert!(broken, "a cut file must not pass for a whole one");
    }
}
