//! Brands.

use std::collections::BTreeMap;

use domain::{Brand, Slug};
use thiserror::Error;

use super::DeskFilter;
use crate::audit::{Actor, AuditEntry, AuditSubject};
use crate::error::StoreError;
use crate::item::{self, Versioned};
use crate::keys;
use crate::transaction::{CommitError, Subject};
use crate::{Database, Table};

/// The most brands that are read at once: more than a shop of ten thousand products has.
pub const MAX_BRANDS: usize = 1_000;

/// Why a brand was not written.
#[derive(Debug, Error)]
pub enum BrandError {
    /// There is a brand with this address already.
    #[error("the brand {0} exists already")]
    Taken(Slug),
    /// There are too many.
    #[error("there are at most {MAX_BRANDS} brands")]
    Count,
    /// Products carry it.
    #[error("{0} products carry it: change them first")]
    HasProducts(usize),
    /// Somebody else changed it since it was read, or deleted it.
    #[error("somebody else changed the brand")]
    Outdated,
    /// It could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Database {
    /// All brands by their addresses, as of now.
    pub async fn brands(&self) -> Result<BTreeMap<Slug, Versioned<Brand>>, StoreError> {
        let mut items = self
            .client
            .query()
            .table_name(self.table(Table::Catalog)?)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", item::text(keys::BRANDS))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        let mut brands = BTreeMap::new();
        while let Some(item) = items.next().await {
            let brand: Versioned<Brand> = item::versioned(&item.map_err(StoreError::sdk("Query"))?)?;
            brands.insert(brand.value.slug.clone(), brand);
        }
        Ok(brands)
    }

    /// One brand, as of now.
    pub async fn brand(&self, slug: &Slug) -> Result<Option<Versioned<Brand>>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Catalog)?)
            .set_key(Some(keys::brand(slug).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map(item::versioned).transpose()
    }

    /// Writes a new brand.
    pub async fn create_brand(&self, brand: &Brand, actor: &Actor) -> Result<(), BrandError> {
        if self.brands().await?.len() >= MAX_BRANDS {
            return Err(BrandError::Count);
        }
        let item = item::with_data(keys::brand(&brand.slug), brand, [(item::VERSION, item::number(1))])?;
        let mut transaction = self.transaction();
        let subject = Subject::Brand(brand.slug.clone());
        transaction.put(subject, Table::Catalog, item, Some("attribute_not_exists(pk)"))?;
        transaction.audit(&entry(actor, "brand.created", None, Some(brand))?)?;
        transaction.commit().await.map_err(|error| match error {
            CommitError::Refused(_) => BrandError::Taken(brand.slug.clone()),
            CommitError::Store(error) => error.into(),
        })
    }

    /// Changes the name of a brand that was read as `before`. Products follow within seconds.
    pub async fn update_brand(
        &self,
        before: &Versioned<Brand>,
        brand: Brand,
        actor: &Actor,
    ) -> Result<Versioned<Brand>, BrandError> {
        let Versioned { value: old, version } = before;
        let mut transaction = self.transaction();
        let changed = Versioned { value: &brand, version: *version };
        let subject = Subject::Brand(brand.slug.clone());
        transaction.replace(subject, Table::Catalog, keys::brand(&old.slug), &changed)?;
        transaction.audit(&entry(actor, "brand.updated", Some(old), Some(&brand))?)?;
        transaction.commit().await.map_err(outdated)?;
        Ok(Versioned { value: brand, version: version + 1 })
    }

    /// Deletes a brand that no product carries, whatever its status.
    pub async fn delete_brand(&self, brand: &Versioned<Brand>, actor: &Actor) -> Result<(), BrandError> {
        let Versioned { value: brand, version } = brand;
        let filter = DeskFilter { brand: Some(brand.slug.clone()), ..DeskFilter::default() };
        let products = self.desk_ids(&filter).await?.len();
        if products > 0 {
            return Err(BrandError::HasProducts(products));
        }
        let mut transaction = self.transaction();
        let subject = Subject::Brand(brand.slug.clone());
        transaction.delete(subject, Table::Catalog, keys::brand(&brand.slug), *version)?;
        transaction.audit(&entry(actor, "brand.deleted", Some(brand), None)?)?;
        transaction.commit().await.map_err(outdated)
    }

    /// Makes sure that these brands exist; those that exist stay as they are.
    pub async fn ensure_brands(&self, brands: &[Brand], actor: &Actor) -> Result<(), BrandError> {
        let known = self.brands().await?;
        for brand in brands.iter().filter(|brand| !known.contains_key(&brand.slug)) {
            match self.create_brand(brand, actor).await {
                Ok(()) | Err(BrandError::Taken(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

fn outdated(error: CommitError) -> BrandError {
    match error {
        CommitError::Refused(_) => BrandError::Outdated,
        CommitError::Store(error) => error.into(),
    }
}

fn entry(
    actor: &Actor,
    action: &str,
    before: Option<&Brand>,
    after: Option<&Brand>,
) -> Result<AuditEntry, StoreError> {
    let (slug, title) =
        before.or(after).map_or_else(Default::default, |b| (b.slug.to_string(), b.title.clone()));
    AuditEntry::of(actor, action, AuditSubject::new("brand", slug, title), before, after)
}
