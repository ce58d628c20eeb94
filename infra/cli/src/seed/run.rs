//! `ironmonger seed`.

use std::fmt;
use std::path::Path;

use domain::Currency;
use store::audit::Actor;
use store::suppliers::{SupplierRecord, SupplierWriteError};
use store::{Database, StoreError};
use thiserror::Error;

use super::catalogue::{self, CatalogueError, SeedProduct};
use super::departments::{self, DepartmentsError};
use super::pictures::{self, PictureError, Uploaded};
use super::reviews::{self, Reviewing, ReviewsError};
use super::suppliers::{self, SeedSupplier, SuppliersError};
use crate::connection::Connection;
use crate::outputs::{Outputs, OutputsError};
use crate::progress::Progress;
use crate::shelves::{self, Filled, NewProduct, ShelvesError};

/// Why the shop was not filled.
#[derive(Debug, Error)]
#[allow(missing_docs)]
pub enum SeedError {
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    #[error(transparent)]
    Departments(#[from] DepartmentsError),
    #[error(transparent)]
    Reviews(#[from] ReviewsError),
    #[error(transparent)]
    Suppliers(#[from] SuppliersError),
    #[error(transparent)]
    Outputs(#[from] OutputsError),
    #[error(transparent)]
    Pictures(#[from] PictureError),
    #[error(transparent)]
    Shelves(#[from] ShelvesError),
    #[error(transparent)]
    SupplierWrite(#[from] SupplierWriteError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seeded {
    suppliers: Option<SuppliersReady>,
    pictures: Option<Uploaded>,
    products: Filled,
    reviews: Reviewing,
}

impl fmt::Display for Seeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_suppliers(self.suppliers, f)?;
        if let Some(pictures) = self.pictures {
            writeln!(f, "{pictures}")?;
        }
        writeln!(f, "{}", self.products)?;
        writeln!(f, "{}", self.reviews)
    }
}

/// One line about the suppliers, also where there are none.
pub fn write_suppliers(suppliers: Option<SuppliersReady>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match suppliers {
        Some(ready) => writeln!(f, "{ready}"),
        None => writeln!(f, "Suppliers: none written, as there is no supplier simulator"),
    }
}

/// Fills the shop with the demo catalogue, with the pictures from `images` if there is such a folder. What is there
/// already stays as it is.
pub async fn seed(
    outputs: &Outputs,
    images: Option<&Path>,
    currency: Currency,
    progress: Progress,
) -> Result<Seeded, SeedError> {
    let products = catalogue::load(currency)?;
    let suppliers = suppliers::load()?;
    let connection = Connection::new(outputs).await;
    let database = connection.database(outputs)?;
    let ready = ensure_suppliers(&database, outputs, &suppliers).await?;
    let pictures = match images {
        Some(folder) => {
            let bucket = outputs.stack("MediaBucketName")?;
            Some(pictures::upload(&connection.s3(), bucket, folder, &products, progress).await?)
        }
        None => None,
    };
    let new = products.iter().map(|product| new_product(product, &suppliers)).collect();
    let filled =
        shelves::fill(&database, &departments::load()?, new, &Actor::system("seed"), progress).await?;
    let reviews = reviews::write(&database, &reviews::load(&products)?).await?;
    Ok(Seeded { suppliers: ready, pictures, products: filled, reviews })
}

fn new_product(seed: &SeedProduct, suppliers: &[SeedSupplier]) -> NewProduct {
    let variants = &seed.product.fields().variants;
    let offers = suppliers.iter().flat_map(|supplier| {
        variants.iter().map(|variant| supplier.offer(&variant.sku, variant.price, seed.first))
    });
    NewProduct {
        product: seed.product.clone(),
        pieces: seed.stock.clone(),
        thresholds: seed.thresholds.clone(),
        offers: offers.collect(),
    }
}

/// What was done about the suppliers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SuppliersReady {
    created: usize,
    moved: usize,
    present: usize,
}

impl fmt::Display for SuppliersReady {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { created, moved, present } = self;
        write!(f, "Suppliers: {created} new, {moved} with a new address, {present} there already")
    }
}

/// Makes sure that the demo's suppliers exist and are spoken to at the simulator's address; everything else about a
/// supplier that exists stays as an operator may have set it. Without a simulator nothing is done.
pub async fn ensure_suppliers(
    database: &Database,
    outputs: &Outputs,
    suppliers: &[SeedSupplier],
) -> Result<Option<SuppliersReady>, SeedError> {
    let Some(simulator) = &outputs.supplier_sim else {
        return Ok(None);
    };
    let actor = Actor::system("seed");
    let mut ready = SuppliersReady::default();
    for seed in suppliers {
        let wanted = seed.record(simulator)?;
        match database.supplier(wanted.supplier.id).await? {
            None => {
                database.create_supplier(&wanted, &actor).await?;
                ready.created += 1;
            }
            Some(found) if address(&found.value) == address(&wanted) => ready.present += 1,
            Some(found) => {
                let mut moved = found.value.clone();
                moved.configuration[suppliers::ADDRESS] = wanted.configuration[suppliers::ADDRESS].clone();
                database.update_supplier(&found, moved, &actor).await?;
                ready.moved += 1;
            }
        }
    }
    Ok(Some(ready))
}

fn address(record: &SupplierRecord) -> Option<&str> {
    record.configuration.get(suppliers::ADDRESS)?.as_str()
}
