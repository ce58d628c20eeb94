//! New products.

use std::collections::BTreeMap;

use domain::{CategoryTree, Product, Sku, Stock};

use super::{ProductWriteError, Rating, StockedProduct, entries, write};
use crate::audit::{Actor, AuditEntry};
use crate::item;
use crate::keys;
use crate::transaction::{Subject, Transaction};
use crate::{Database, Table};

/// The most listings that a product can stand in: its categories and theirs, and the listing of everything.
pub const MAX_SHELVES: usize = Product::MAX_CATEGORIES * CategoryTree::MAX_DEPTH + 1;

impl Database {
    /// Writes a new product, with so many pieces of each SKU (none where the SKU is not named). All of it appears at once:
    /// the product, its slug and SKUs, its stock, what lists it, and the audit trail's entry. `tree` says where its
    /// categories stand.
    pub async fn create_product(
        &self,
        product: &Product,
        shelf: &BTreeMap<Sku, u64>,
        tree: &CategoryTree,
        actor: &Actor,
    ) -> Result<(), ProductWriteError> {
        write::check_categories(product, tree)?;
        let mut transaction = self.creation(product, shelf, tree, actor)?;
        transaction.commit().await.map_err(|error| ProductWriteError::of(error, product.fields()))
    }

    fn creation(
        &self,
        product: &Product,
        shelf: &BTreeMap<Sku, u64>,
        tree: &CategoryTree,
        actor: &Actor,
    ) -> Result<Transaction<'_>, crate::StoreError> {
        let fields = product.fields();
        let pieces = |sku: &Sku| shelf.get(sku).copied().unwrap_or_default();
        let mut transaction = self.transaction();
        transaction.put(
            Subject::Unconditional,
            Table::Catalog,
            item::with_data(keys::product(fields.id), product, [(item::VERSION, item::number(1))])?,
            Some("attribute_not_exists(pk)"),
        )?;
        transaction.point_slug(&fields.slug, fields.id)?;
        transaction
            .expect_shelves(fields.categories.iter().map(|category| &category.slug), fields.brand.as_ref())?;
        for variant in &fields.variants {
            transaction.point_sku(&variant.sku, fields.id)?;
            transaction.begin_stock(fields.id, &variant.sku, pieces(&variant.sku))?;
        }
        let stock = fields.variants.iter().map(|v| (v.sku.clone(), Stock::fresh(pieces(&v.sku))));
        let stocked = StockedProduct {
            product: product.clone(),
            version: 1,
            rating: Rating::default(),
            stock: stock.collect(),
            thresholds: BTreeMap::new(),
        };
        for entry in entries::listing(&stocked, tree)?.into_values() {
            transaction.put(Subject::Unconditional, Table::Catalog, entry, None)?;
        }
        transaction.put(Subject::Unconditional, Table::Catalog, entries::desk(product, 1)?, None)?;
        let subject = Self::product_subject(product);
        let told = write::told(product)?;
        transaction.audit(&AuditEntry::of(actor, "product.created", subject, None, Some(&told))?)?;
        Ok(transaction)
    }
}

#[cfg(test)]
mod tests {
    use super::super::edit::samples;
    use super::*;
    use crate::transaction::MAX_ACTIONS;

    #[test]
    fn the_largest_new_product_fits_one_transaction() {
        let (database, tree) = samples::shop();
        let product = samples::largest("a", 0..Product::MAX_VARIANTS);
        let actions =
            database.creation(&product, &BTreeMap::new(), &tree, &Actor::system("test")).unwrap().len();
        assert_eq!(actions, 4 + Product::MAX_CATEGORIES + 1 + 2 * Product::MAX_VARIANTS + MAX_SHELVES);
        assert!(actions <= MAX_ACTIONS, "{actions}");
    }
}
