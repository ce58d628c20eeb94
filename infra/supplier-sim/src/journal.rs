//! The file that lets suppliers remember across restarts: one JSON line a change, written before the answer.

use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{change::Change, supplier::Supplier};

/// Suppliers by name.
pub type Suppliers = BTreeMap<String, Supplier>;

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    supplier: String,
    change: Change,
}

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// It cannot be read or written.
    #[error("the state file {} cannot be {doing}: {source}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// What went wrong.
        source: io::Error,
    },
    /// A line is not one of ours.
    #[error("line {line} of the state file {} is damaged: {source}", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A change cannot be written as JSON.
    #[error("a change cannot be written as JSON: {0}")]
    Json(serde_json::Error),
}

/// An open state file.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
}

impl Journal {
    /// Reads the file (an absent one is an empty one), shortens it to what is still of interest, and opens it to
    /// be continued.
    pub fn open(path: &Path) -> Result<(Self, Suppliers), JournalError> {
        let failed =
            |doing| move |source: io::Error| JournalError::Io { path: path.to_owned(), doing, source };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(failed("read")(error)),
        };
        let suppliers = replay(&text, path)?;
        let shortened = path.with_extension("new");
        std::fs::write(&shortened, snapshot(&suppliers)?).map_err(failed("written"))?;
        std::fs::rename(&shortened, path).map_err(failed("written"))?;
        let file = OpenOptions::new().append(true).open(path).map_err(failed("opened"))?;
        Ok((Self { path: path.to_owned(), file }, suppliers))
    }

    /// Writes changes down.
    pub fn append(&mut self, supplier: &str, changes: Vec<Change>) -> Result<(), JournalError> {
        let mut lines = Vec::new();
        for change in changes {
            lines.extend(line(supplier, change)?);
        }
        self.file.write_all(&lines).map_err(|source| JournalError::Io {
            path: self.path.clone(),
            doing: "written",
            source,
        })
    }
}

fn replay(text: &str, path: &Path) -> Result<Suppliers, JournalError> {
    let mut suppliers = Suppliers::new();
    for (index, text) in text.split_inclusive('\n').enumerate() {
        // The process died while it wrote this line, so nobody was told of the change.
        let Some(text) = text.strip_suffix('\n') else {
            break;
        };
        let line: Line = serde_json::from_str(text).map_err(|source| JournalError::Damaged {
            path: path.to_owned(),
            line: index + 1,
            source,
        })?;
        suppliers.entry(line.supplier).or_default().replay(line.change);
    }
    Ok(suppliers)
}

fn snapshot(suppliers: &Suppliers) -> Result<Vec<u8>, JournalError> {
    let mut lines = Vec::new();
    for (name, supplier) in suppliers {
        for change in supplier.snapshot() {
            lines.extend(line(name, change)?);
        }
    }
    Ok(lines)
}

fn line(supplier: &str, change: Change) -> Result<Vec<u8>, JournalError> {
    let mut line =
        serde_json::to_vec(&Line { supplier: supplier.to_owned(), change }).map_err(JournalError::Json)?;
    line.push(b'\n');
    Ok(line)
}
