//! `ironmonger replay`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use domain::{ProductId, Sku};
use futures::{StreamExt, TryStreamExt, stream};
use store::{Database, StoreError};
use thiserror::Error;

use super::buy::Patience;
use super::drive::drive;
use super::invoice::{self, Invoice};
use super::reconcile::{Shelf, reconcile};
use super::report::Report;
use super::shop::{Retries, Shop};
use crate::connection::Connection;
use crate::invoices::{FileError, Lines};
use crate::outputs::{Outputs, OutputsError};
use crate::progress::Progress;

/// How many SKUs are looked up at a time.
const LOOKUPS_AT_ONCE: usize = 16;

/// Why there is no report.
#[derive(Debug, Error)]
pub enum ReplayError {
    /// The file cannot be read.
    #[error("{}: {source}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: FileError,
    },
    /// The file has nothing to replay.
    #[error("{}: there is no invoice in it", .0.display())]
    Empty(PathBuf),
    /// Nothing that the invoices ask for is in the catalogue.
    #[error("nothing that these invoices ask for is in the catalogue: `ironmonger import` the file first")]
    UnknownGoods,
    /// The outputs lack something.
    #[error(transparent)]
    Outputs(#[from] OutputsError),
    /// The tables failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The HTTP client cannot be made.
    #[error("HTTP: {0}")]
    Http(#[from] reqwest::Error),
}

/// What to replay, and how.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The file.
    pub file: PathBuf,
    /// How many invoices of it.
    pub orders: usize,
    /// How many at a time.
    pub concurrency: usize,
    /// When to give up, counted from the start.
    pub timeout: Duration,
    /// What makes the idempotency keys of this run its own.
    pub run: String,
}

/// Replays the invoices and reports what became of them.
pub async fn replay(outputs: &Outputs, plan: Plan, progress: Progress) -> Result<Report, ReplayError> {
    let patience = Patience::until(plan.timeout);
    let failed = |source| ReplayError::File { path: plan.file.clone(), source };
    let invoices = invoice::read(Lines::open(&plan.file).map_err(failed)?, plan.orders).map_err(failed)?;
    if invoices.first.is_empty() {
        return Err(ReplayError::Empty(plan.file));
    }
    let database = Connection::new(outputs).await.database(outputs)?;
    let shop = Shop::new(&outputs.api, Retries::default())?;
    let skus = demanded(&invoices.first);
    let before = shelves(&database, &skus).await?;
    let Some(currency) = before.values().next().map(|shelf| shelf.price.currency()) else {
        return Err(ReplayError::UnknownGoods);
    };

    let driven = drive(&shop, &plan, &invoices.first, patience, progress).await;
    let after = shelves(&database, &skus).await?;
    let reconciliation = reconcile(&driven.accounts, &before, &after);
    Ok(Report {
        file: plan.file.display().to_string(),
        run: plan.run,
        concurrency: plan.concurrency,
        currency,
        placing_ms: driven.placing.as_millis(),
        waiting_ms: driven.waiting.as_millis(),
        stray_rows: invoices.strays,
        balances: reconciliation.balances(),
        reconciliation,
        invoices: driven.accounts,
    })
}

fn demanded(invoices: &[Invoice]) -> Vec<Sku> {
    let skus: BTreeSet<Sku> =
        invoices.iter().flat_map(|invoice| invoice.demand.lines().into_keys()).collect();
    skus.into_iter().collect()
}

/// Price and stock of the SKUs that the catalogue knows.
async fn shelves(database: &Database, skus: &[Sku]) -> Result<BTreeMap<Sku, Shelf>, StoreError> {
    let found: Vec<_> = stream::iter(skus)
        .map(async |sku| Ok::<_, StoreError>((database.product_id_of_sku(sku).await?, sku)))
        .buffer_unordered(LOOKUPS_AT_ONCE)
        .try_collect()
        .await?;
    let known: Vec<(ProductId, &Sku)> = found.into_iter().filter_map(|(id, sku)| Some((id?, sku))).collect();
    let products = database.products(known.iter().copied()).await?;
    let shelf = |(id, sku): &(ProductId, &Sku)| {
        let found = products.get(id)?;
        let price = found.product.variant(sku)?.price;
        Some(((*sku).clone(), Shelf { price, stock: *found.stock.get(*sku)? }))
    };
    Ok(known.iter().filter_map(shelf).collect())
}
