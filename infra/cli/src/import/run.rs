//! `ironmonger import`.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};

use domain::quantity::QuantityError;
use domain::{Currency, Money};
use store::StoreError;
use store::audit::Actor;
use thiserror::Error;

use super::category::Categories;
use super::product::{self, ArticleError};
use super::report;
use super::tally::{Article, Tally};
use crate::connection::Connection;
use crate::invoices::{FileError, Lines};
use crate::outputs::{Outputs, OutputsError};
use crate::progress::Progress;
use crate::seed::suppliers::{self, SeedSupplier, SuppliersError};
use crate::seed::{SeedError, SuppliersReady, ensure_suppliers, write_suppliers};
use crate::shelves::{self, Filled, NewProduct, ShelvesError};

/// How many rows pass between two movements of the progress bar.
const ROWS_PER_STEP: u64 = 1_000;

/// Why nothing, or not all, was imported.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error("{}: {source}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: FileError,
    },
    /// The list of bad rows cannot be written.
    #[error("cannot write the report {}: {message}", path.display())]
    Report {
        /// Which file.
        path: PathBuf,
        /// Why not.
        message: String,
    },
    /// The table of categories is broken.
    #[error("import-categories.toml: {0}")]
    Categories(#[from] toml::de::Error),
    /// An article makes no product.
    #[error(transparent)]
    Article(#[from] ArticleError),
    /// An offer cannot be made.
    #[error("an offer's quantity {0}")]
    Quantity(#[from] QuantityError),
    /// The suppliers are broken.
    #[error(transparent)]
    Suppliers(#[from] SuppliersError),
    /// The suppliers cannot be written.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// The outputs lack something.
    #[error(transparent)]
    Outputs(#[from] OutputsError),
    /// The products cannot be written.
    #[error(transparent)]
    Shelves(#[from] ShelvesError),
    /// The tables failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads a file and writes the list of its bad rows.
pub fn read(
    path: &Path,
    report: &Path,
    currency: Currency,
    progress: Progress,
) -> Result<Tally, ImportError> {
    let tally = tally(path, currency, progress)?;
    let unwritable = |message| ImportError::Report { path: report.into(), message };
    let out = File::create(report).map_err(|error| unwritable(error.to_string()))?;
    report::write_bad_rows(&tally, out).map_err(|error| unwritable(error.to_string()))?;
    Ok(tally)
}

/// Reads a file.
pub fn tally(path: &Path, currency: Currency, progress: Progress) -> Result<Tally, ImportError> {
    let failed = |source| ImportError::File { path: path.into(), source };
    let mut lines = Lines::open(path).map_err(failed)?;
    let mut tally = Tally::new(currency.decimals());
    let work = progress.begin("Reading the file's bytes", lines.progress().0);
    while let Some(row) = lines.next() {
        tally.add(row.map_err(failed)?);
        if tally.rows.is_multiple_of(ROWS_PER_STEP) {
            work.at(lines.progress().1);
        }
    }
    work.at(lines.progress().1);
    work.end();
    Ok(tally)
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    suppliers: Option<SuppliersReady>,
    products: Filled,
}

impl fmt::Display for Imported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_suppliers(self.suppliers, f)?;
        writeln!(f, "{}", self.products)
    }
}

/// Puts the articles of a file on the shelves, with `stock` pieces each if given.
pub async fn import(
    tally: &Tally,
    outputs: &Outputs,
    stock: Option<u64>,
    currency: Currency,
    progress: Progress,
) -> Result<Imported, ImportError> {
    let categories = Categories::load()?;
    let suppliers = suppliers::load()?;
    let products = tally
        .articles()
        .map(|article| new_product(&article, &categories, &suppliers, stock, currency))
        .collect::<Result<Vec<_>, _>>()?;
    let database = Connection::new(outputs).await.database(outputs)?;
    let ready = ensure_suppliers(&database, outputs, &suppliers).await?;
    let products =
        shelves::fill(&database, &categories.nodes(), products, &Actor::system("import"), progress).await?;
    Ok(Imported { suppliers: ready, products })
}

fn new_product(
    article: &Article,
    categories: &Categories,
    suppliers: &[SeedSupplier],
    stock: Option<u64>,
    currency: Currency,
) -> Result<NewProduct, ImportError> {
    let price = Money::new(article.price, currency);
    let category = categories.of(&article.code, &article.title);
    let product = product::product(article, category, price)?;
    let sku = product::sku(&article.code)?;
    let first = product::first_supplier(&article.code);
    let offers = suppliers.iter().map(|supplier| supplier.bulk_offer(&sku, price, first));
    let offers = offers.collect::<Result<Vec<_>, _>>()?;
    let pieces = BTreeMap::from([(sku, product::stock(article, stock))]);
    Ok(NewProduct { product, pieces, thresholds: BTreeMap::new(), offers })
}
