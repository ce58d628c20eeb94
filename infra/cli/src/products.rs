//! `products`: the catalogue as a CSV file.

use std::fmt::{self, Display};
use std::io::Write;
use std::path::{Path, PathBuf};

use domain::{Currency, ImportMode};
use product_csv::{Change, Importer, Plan, Sheet};
use store::audit::Actor;
use store::imports::ImportFault;
use store::{Database, StoreError};
use thiserror::Error;

use crate::progress::Progress;

/// What the audit trail calls this program.
const ACTOR: &str = "ironmonger products";
/// How many products are read, or written, at a time.
const CHUNK: usize = 100;
/// The most faults that are shown.
const MAX_SHOWN: usize = 100;

/// Why a file was not written, or not read.
#[derive(Debug, Error)]
pub enum ProductsError {
    /// The file.
    #[error("{}: {error}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The tables.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes all products to a file, and says how many.
pub async fn export(database: &Database, path: &Path, progress: Progress) -> Result<usize, ProductsError> {
    let failed = |error| ProductsError::File { path: path.into(), error };
    let mut file = std::fs::File::create(path).map_err(failed)?;
    let work = progress.begin("Writing products", 0);
    let (mut after, mut products) = (None, 0);
    loop {
        let part = product_csv::part(database, after.as_ref(), CHUNK).await?;
        file.write_all(part.csv.as_bytes()).map_err(failed)?;
        products += part.products;
        work.at(products as u64);
        after = part.next;
        if after.is_none() {
            work.end();
            return Ok(products);
        }
    }
}

/// What a file came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    mode: ImportMode,
    written: bool,
    created: usize,
    updated: usize,
    unchanged: usize,
    failed: usize,
    faults: Vec<ImportFault>,
}

impl Imported {
    /// Whether every row was good.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.faults.is_empty()
    }

    fn refused(mode: ImportMode, fault: ImportFault) -> Self {
        Self { mode, written: false, created: 0, updated: 0, unchanged: 0, failed: 0, faults: vec![fault] }
    }

    fn of(mode: ImportMode, plan: &Plan, left_out: usize) -> Self {
        let of = |wanted: fn(&Change) -> bool| plan.steps.iter().filter(|step| wanted(&step.change)).count();
        let written = match mode {
            ImportMode::DryRun => false,
            ImportMode::AllOrNothing => plan.faults.is_empty(),
            ImportMode::GoodRows => true,
        };
        Self {
            mode,
            written,
            created: of(|change| *change == Change::Created),
            updated: of(|change| matches!(change, Change::Updated(_))),
            unchanged: of(|change| *change == Change::Unchanged),
            failed: plan.failed + left_out,
            faults: plan.faults.clone(),
        }
    }
}

impl Display for Imported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for ImportFault { row, column, message } in self.faults.iter().take(MAX_SHOWN) {
            match column {
                Some(column) => writeln!(f, "row {row}, {column}: {message}")?,
                None => writeln!(f, "row {row}: {message}")?,
            }
        }
        if self.faults.len() > MAX_SHOWN {
            writeln!(f, "and {} more", self.faults.len() - MAX_SHOWN)?;
        }
        let Self { created, updated, unchanged, failed, .. } = self;
        writeln!(f, "Products: {created} new, {updated} changed, {unchanged} as they were, {failed} bad")?;
        match (self.mode, self.written) {
            (_, true) => Ok(()),
            (ImportMode::DryRun, false) => writeln!(f, "A dry run: nothing was written."),
            (_, false) => writeln!(f, "Nothing was written."),
        }
    }
}

/// Brings the shop in line with a file.
pub async fn import(
    database: &Database,
    path: &Path,
    mode: ImportMode,
    currency: Currency,
    progress: Progress,
) -> Result<Imported, ProductsError> {
    let bytes = std::fs::read(path).map_err(|error| ProductsError::File { path: path.into(), error })?;
    let sheet = match Sheet::read(&bytes) {
        Ok(sheet) => sheet,
        Err(fault) => return Ok(Imported::refused(mode, fault)),
    };
    let actor = Actor::system(ACTOR);
    let importer = Importer { database, actor: &actor, currency };
    let names = database.names().await?;
    let plan = importer.plan(&sheet, &names).await?;
    let mut imported = Imported::of(mode, &plan, sheet.left_out);
    if imported.written {
        let work = progress.begin("Writing products", plan.steps.len() as u64);
        for (n, steps) in plan.steps.chunks(CHUNK).enumerate() {
            let faults = importer.write(steps, &names).await?;
            imported.failed += faults.len();
            imported.faults.extend(faults);
            work.at((n * CHUNK + steps.len()) as u64);
        }
        work.end();
    }
    Ok(imported)
}
