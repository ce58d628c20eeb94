//! Bringing the shop in line with a file: first all of it is checked, then what is good is written.

use std::collections::BTreeMap;

use domain::{Currency, Product};
use futures::stream::{self, StreamExt, TryStreamExt};
use jiff::Timestamp;
use store::audit::Actor;
use store::catalog::{Names, ProductWriteError};
use store::imports::ImportFault;
use store::{Database, StoreError};

use crate::apply::Setting;
use crate::columns::Column;
use crate::sheet::{Sheet, SheetProduct};

/// How many products are looked at, or written, at a time.
const CONCURRENCY: usize = 8;

/// What a file does to a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Created,
    /// It was read at this version, and changes.
    Updated(u64),
    /// It is as the file has it.
    Unchanged,
}

/// One product of a file that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The number of its first row.
    pub row: usize,
    /// How many rows it has.
    pub rows: usize,
    /// The product as it will be.
    pub product: Product,
    /// What that does to it.
    pub change: Change,
}

/// What a file comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The good products, in the order of their first rows.
    pub steps: Vec<Step>,
    /// How many products cannot be written.
    pub failed: usize,
    /// What is wrong, by row.
    pub faults: Vec<ImportFault>,
}

/// Brings the shop in line with files.
#[derive(Debug, Clone, Copy)]
pub struct Importer<'a> {
    /// The shop.
    pub database: &'a Database,
    /// Who asked for it.
    pub actor: &'a Actor,
    /// The currency of prices.
    pub currency: Currency,
}

impl Importer<'_> {
    /// Compares a file with the shop. Nothing is written.
    pub async fn plan(&self, sheet: &Sheet, names: &Names) -> Result<Plan, StoreError> {
        let looks = sheet.products.iter().map(|product| self.look(product, names));
        let looks: Vec<_> = stream::iter(looks).buffered(CONCURRENCY).try_collect().await?;
        let mut plan = Plan { steps: Vec::new(), failed: 0, faults: sheet.faults.clone() };
        for look in looks {
            match look {
                Ok(step) => plan.steps.push(step),
                Err(faults) => {
                    plan.failed += 1;
                    plan.faults.extend(faults);
                }
            }
        }
        plan.faults.sort_by_key(|fault| fault.row);
        Ok(plan)
    }

    async fn look(
        &self,
        rows: &SheetProduct,
        names: &Names,
    ) -> Result<Result<Step, Vec<ImportFault>>, StoreError> {
        let fault = |column: Option<Column>, message: String| {
            Ok(Err(vec![ImportFault { row: rows.row(), column: column.map(Column::name), message }]))
        };
        let before = self.database.product_by_slug(&rows.slug).await?;
        if let Some(other) = before.as_ref().filter(|before| before.product.fields().slug != rows.slug) {
            let message = format!("is an old address of the product `{}`", other.product.fields().slug);
            return fault(Some(Column::Slug), message);
        }
        let setting = Setting { names, currency: self.currency, now: Timestamp::now() };
        let product = match rows.apply(before.as_ref().map(|before| &before.product), setting) {
            Ok(product) => product,
            Err(faults) => return Ok(Err(faults)),
        };
        let known = before.as_ref().map(|before| &before.product);
        for variant in &product.fields().variants {
            if known.is_some_and(|known| known.variant(&variant.sku).is_some()) {
                continue;
            }
            let owner = self.database.product_id_of_sku(&variant.sku).await?;
            if let Some(owner) = owner.filter(|owner| *owner != product.fields().id) {
                return fault(
                    Some(Column::Sku),
                    format!("the SKU {} belongs to the product {owner}", variant.sku),
                );
            }
        }
        let change = match &before {
            None => Change::Created,
            Some(before) if before.product == product => Change::Unchanged,
            Some(before) => Change::Updated(before.version),
        };
        Ok(Ok(Step { row: rows.row(), rows: rows.rows(), product, change }))
    }

    /// Writes these products, each in a transaction of its own. What somebody else's change stands against is told; the
    /// others are written.
    pub async fn write(&self, steps: &[Step], names: &Names) -> Result<Vec<ImportFault>, StoreError> {
        let writes = steps.iter().map(|step| self.write_one(step, names));
        let written: Vec<_> = stream::iter(writes).buffered(CONCURRENCY).try_collect().await?;
        Ok(written.into_iter().flatten().collect())
    }

    async fn write_one(&self, step: &Step, names: &Names) -> Result<Option<ImportFault>, StoreError> {
        let Step { product, .. } = step;
        let written = match step.change {
            Change::Unchanged => Ok(()),
            Change::Created => {
                self.database.create_product(product, &BTreeMap::new(), &names.tree, self.actor).await
            }
            Change::Updated(version) => {
                self.database.update_product(version, product, &names.tree, self.actor).await.map(|_| ())
            }
        };
        let column = match &written {
            Ok(()) => return Ok(None),
            Err(ProductWriteError::SlugTaken(_)) => Some(Column::Slug),
            Err(ProductWriteError::SkuTaken { .. } | ProductWriteError::VariantInUse(_)) => Some(Column::Sku),
            Err(ProductWriteError::UnknownCategory(_)) => Some(Column::Categories),
            Err(ProductWriteError::UnknownBrand(_)) => Some(Column::Brand),
            Err(_) => None,
        };
        match written {
            Ok(()) => Ok(None),
            Err(ProductWriteError::Store(error)) => Err(error),
            Err(error) => Ok(Some(ImportFault {
                row: step.row,
                column: column.map(Column::name),
                message: error.to_string(),
            })),
        }
    }
}
