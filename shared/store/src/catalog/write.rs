//! What writing a product has in common, whether it is new or changed.

use domain::product::ProductFields;
use domain::{Brand, CategoryTree, Product, ProductId, Sku, Slug};
use thiserror::Error;

use super::Database;
use crate::Table;
use crate::error::StoreError;
use crate::item;
use crate::keys;
use crate::transaction::{Change, CommitError, Refusal, Subject, Transaction};

/// Why a product was not written. Nothing of it was.
#[derive(Debug, Error)]
pub enum ProductWriteError {
    /// Another product has, or had, the slug.
    #[error("the slug {0} is taken")]
    SlugTaken(Slug),
    /// Another product has, or had, the SKU.
    #[error("the SKU {sku} is taken")]
    SkuTaken {
        /// Which SKU.
        sku: Sku,
        /// Whose it is.
        by: Option<ProductId>,
    },
    /// There is no such category.
    #[error("there is no category {0}")]
    UnknownCategory(Slug),
    /// There is no such brand.
    #[error("there is no brand {0}")]
    UnknownBrand(Slug),
    /// A variant cannot go while there are pieces of it.
    #[error("there are still pieces of {0}, or orders that wait for their payment: it cannot be removed")]
    VariantInUse(Sku),
    /// Too many variants come and go at once.
    #[error("so many variants cannot come and go in one edit: save some of them first")]
    TooManyVariantChanges,
    /// Somebody else changed the product since it was read.
    #[error("somebody else changed the product")]
    Outdated,
    /// It could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ProductWriteError {
    /// What the refusal of a transaction that writes this product means.
    pub(super) fn of(error: CommitError, fields: &ProductFields) -> Self {
        let refusals = match error {
            CommitError::Store(error) => return error.into(),
            CommitError::Refused(refusals) => refusals,
        };
        // Whoever edits an outdated product is told that first: the rest may have been mended by somebody else.
        let outdated = refusals.iter().any(|refusal| refusal.subject == Subject::Product);
        let first = refusals.into_iter().next();
        match first {
            _ if outdated => Self::Outdated,
            Some(Refusal { subject: Subject::Sku(sku), item }) => {
                Self::SkuTaken { sku, by: item.as_ref().and_then(|item| item::data(item).ok()) }
            }
            Some(Refusal { subject: Subject::Category(slug), .. }) => Self::UnknownCategory(slug),
            Some(Refusal { subject: Subject::Brand(slug), .. }) => Self::UnknownBrand(slug),
            Some(Refusal { subject: Subject::Variant(sku), .. }) => Self::VariantInUse(sku),
            _ => Self::SlugTaken(fields.slug.clone()),
        }
    }
}

/// The first category of a product that is none, by what the writer knows.
pub(super) fn check_categories(product: &Product, tree: &CategoryTree) -> Result<(), ProductWriteError> {
    let unknown = product.fields().categories.iter().find(|category| tree.get(&category.slug).is_none());
    unknown.map_or(Ok(()), |category| Err(ProductWriteError::UnknownCategory(category.slug.clone())))
}

/// What a product looks like in the audit trail. When it was changed is told by the entry itself.
pub(super) fn told(product: &Product) -> Result<serde_json::Value, StoreError> {
    let mut value =
        serde_json::to_value(product).map_err(|error| StoreError::Unwritable(error.to_string()))?;
    if let Some(fields) = value.as_object_mut() {
        fields.remove("updatedAt");
    }
    Ok(value)
}

impl Transaction<'_> {
    /// Points a slug to a product, unless it points to another.
    pub(super) fn point_slug(&mut self, slug: &Slug, id: ProductId) -> Result<(), StoreError> {
        self.point(Subject::Slug, keys::slug(slug), id)
    }

    /// Points a SKU to a product, unless it points to another.
    pub(super) fn point_sku(&mut self, sku: &Sku, id: ProductId) -> Result<(), StoreError> {
        self.point(Subject::Sku(sku.clone()), keys::sku(sku), id)
    }

    fn point(&mut self, subject: Subject, key: keys::Key, id: ProductId) -> Result<(), StoreError> {
        let change = Change {
            update: "",
            condition: Some("attribute_not_exists(pk) OR #data = :id"),
            names: &[item::DATA],
            values: vec![(":id", item::text(id))],
        };
        self.put_where(subject, Table::Catalog, item::with_data(key, &id, [])?, change)?;
        Ok(())
    }

    /// Asks that the categories that a product is newly put into exist, and its new brand.
    pub(super) fn expect_shelves<'a>(
        &mut self,
        categories: impl Iterator<Item = &'a Slug>,
        brand: Option<&Brand>,
    ) -> Result<(), StoreError> {
        let exists =
            || Change { update: "", condition: Some("attribute_exists(pk)"), names: &[], values: vec![] };
        for slug in categories {
            let subject = Subject::Category(slug.clone());
            self.check(subject, Table::Catalog, keys::category(slug), exists())?;
        }
        if let Some(Brand { slug, .. }) = brand {
            self.check(Subject::Brand(slug.clone()), Table::Catalog, keys::brand(slug), exists())?;
        }
        Ok(())
    }

    /// Puts so many pieces of a SKU that is new to the product on its shelf; a SKU that comes back keeps its counters.
    pub(super) fn begin_stock(&mut self, id: ProductId, sku: &Sku, pieces: u64) -> Result<(), StoreError> {
        let change = Change {
            update: "SET productId = :id, available = if_not_exists(available, :pieces), \
                     reserved = if_not_exists(reserved, :none), sold = if_not_exists(sold, :none)",
            condition: None,
            names: &[],
            values: vec![
                (":id", item::text(id)),
                (":pieces", item::number(pieces)),
                (":none", item::number(0)),
            ],
        };
        self.update(Subject::Unconditional, Table::Catalog, keys::stock(id, sku), change)?;
        Ok(())
    }

    /// Asks that there are no pieces of a SKU that goes. Its counters stay, for the books.
    pub(super) fn end_stock(&mut self, id: ProductId, sku: &Sku) -> Result<(), StoreError> {
        let change = Change {
            update: "REMOVE lowStockThreshold, gsi1pk, gsi1sk",
            condition: Some("available = :none AND reserved = :none"),
            names: &[],
            values: vec![(":none", item::number(0))],
        };
        self.update(Subject::Variant(sku.clone()), Table::Catalog, keys::stock(id, sku), change)?;
        Ok(())
    }
}

impl Database {
    /// The audit trail's word for a product.
    pub(super) fn product_subject(product: &Product) -> crate::audit::AuditSubject {
        let fields = product.fields();
        crate::audit::AuditSubject::new("product", fields.id, &fields.title)
    }
}
