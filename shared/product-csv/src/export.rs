//! The shop's products written as a file, part by part.

use store::catalog::{DeskFilter, ListingPosition};
use store::{Database, StoreError};

use crate::write::{header, rows};

/// A part of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its lines; those of the first part begin with the header.
    pub csv: String,
    /// How many products it has.
    pub products: usize,
    /// Where the next part begins; nothing in the last.
    pub next: Option<ListingPosition>,
}

/// The part of the file behind a position, with at most so many products, by their titles.
pub async fn part(
    database: &Database,
    after: Option<&ListingPosition>,
    products: usize,
) -> Result<Part, StoreError> {
    let page = database.desk(&DeskFilter::default(), after, products).await?;
    let ids = page.entries.iter().map(|entry| entry.value.id);
    let skus =
        page.entries.iter().filter_map(|entry| entry.value.skus.first().map(|sku| (entry.value.id, sku)));
    let found = database.products(skus).await?;
    let mut csv = if after.is_none() { header() } else { String::new() };
    let mut products = 0;
    for stocked in ids.filter_map(|id| found.get(&id)) {
        csv.push_str(&rows(&stocked.product));
        products += 1;
    }
    Ok(Part { csv, products, next: page.next })
}
