//! Changed products.

use std::collections::BTreeSet;

use domain::{CategoryTree, Product, Sku, Slug};

use super::products::Kept;
use super::{ProductWriteError, StockedProduct, entries, write};
use crate::audit::{Actor, AuditEntry};
use crate::error::StoreError;
use crate::item::Versioned;
use crate::keys::{self, Key};
use crate::transaction::{Subject, Transaction};
use crate::{Database, Table};

/// How many variants may come and go in one edit, where one that comes counts twice: its pointer and its stock are
/// written, while one that goes only has its stock looked at. With the listing entries of all categories replaced, the
/// edit is one transaction.
pub const MAX_VARIANT_CHANGES: usize = 58;

impl Database {
    /// Changes a product that was read at `version`: itself, its pointers, its stock items, what lists it and the audit
    /// trail's entry change at once. Old slugs go on pointing to it, SKUs that go stay its own. Answers with the
    /// product's new version, which is the old one where nothing was changed.
    pub async fn update_product(
        &self,
        version: u64,
        product: &Product,
        tree: &CategoryTree,
        actor: &Actor,
    ) -> Result<u64, ProductWriteError> {
        let Some(mut transaction) = self.begin_product_edit(version, product, tree, actor).await? else {
            return Ok(version);
        };
        transaction.commit().await.map_err(|error| ProductWriteError::of(error, product.fields()))?;
        Ok(version + 1)
    }

    /// All that [`Database::update_product`] writes, for what is to be written with it; nothing where nothing was
    /// changed.
    pub async fn begin_product_edit(
        &self,
        version: u64,
        product: &Product,
        tree: &CategoryTree,
        actor: &Actor,
    ) -> Result<Option<Transaction<'_>>, ProductWriteError> {
        write::check_categories(product, tree)?;
        let before = self.kept(product.fields().id).await?.filter(|before| before.stocked.version == version);
        let before = before.ok_or(ProductWriteError::Outdated)?;
        if write::told(&before.stocked.product)? == write::told(product)? {
            return Ok(None);
        }
        self.edit(&before, product, tree, actor).map(Some)
    }

    fn edit(
        &self,
        Kept { stocked: before, listing, .. }: &Kept,
        product: &Product,
        tree: &CategoryTree,
        actor: &Actor,
    ) -> Result<Transaction<'_>, ProductWriteError> {
        let (old, new) = (before.product.fields(), product.fields());
        let (came, went) = variants(&before.product, product);
        if 2 * came.len() + went.len() > MAX_VARIANT_CHANGES {
            return Err(ProductWriteError::TooManyVariantChanges);
        }
        let mut transaction = self.transaction();
        let versioned = Versioned { value: product, version: before.version };
        transaction.replace(Subject::Product, Table::Catalog, keys::product(new.id), &versioned)?;
        if old.slug != new.slug {
            transaction.point_slug(&new.slug, new.id)?;
        }
        let known: BTreeSet<&Slug> = old.categories.iter().map(|category| &category.slug).collect();
        let categories = new.categories.iter().map(|category| &category.slug);
        let maker = |brand: &Option<domain::Brand>| brand.as_ref().map(|brand| brand.slug.clone());
        let brand = new.brand.as_ref().filter(|_| maker(&old.brand) != maker(&new.brand));
        transaction.expect_shelves(categories.filter(|slug| !known.contains(slug)), brand)?;
        for sku in &came {
            transaction.point_sku(sku, new.id)?;
            transaction.begin_stock(new.id, sku, 0)?;
        }
        for sku in &went {
            transaction.end_stock(new.id, sku)?;
        }
        let kept: BTreeSet<_> = new.images.iter().filter_map(|image| image.id).collect();
        let dropped = old.images.iter().filter_map(|image| image.id).filter(|id| !kept.contains(id));
        transaction.orphan_images(new.id, dropped, new.updated_at)?;
        let after = StockedProduct { product: product.clone(), ..before.clone() };
        let entries = entries::listing(&after, tree)?;
        for sk in listing.keys().filter(|sk| !entries.contains_key(*sk)) {
            let key = Key { pk: keys::product_partition(new.id), sk: sk.clone() };
            transaction.remove(Table::Catalog, key)?;
        }
        for (sk, entry) in entries {
            if listing.get(&sk) != Some(&entry) {
                transaction.put(Subject::Unconditional, Table::Catalog, entry, None)?;
            }
        }
        let desk = entries::desk(product, before.version + 1)?;
        transaction.put(Subject::Unconditional, Table::Catalog, desk, None)?;
        let told = (write::told(&before.product)?, write::told(product)?);
        let subject = Self::product_subject(product);
        let entry = AuditEntry::of(actor, "product.updated", subject, Some(&told.0), Some(&told.1))?;
        transaction.audit(&entry)?;
        Ok(transaction)
    }

    /// A product as it is to be edited, as of now.
    pub async fn product_by_slug(&self, slug: &Slug) -> Result<Option<StockedProduct>, StoreError> {
        match self.product_id_of_slug(slug).await? {
            Some(id) => self.product(id).await,
            None => Ok(None),
        }
    }
}

/// The SKUs that come and those that go.
fn variants<'a>(before: &'a Product, after: &'a Product) -> (Vec<&'a Sku>, Vec<&'a Sku>) {
    let skus = |product: &'a Product| product.fields().variants.iter().map(|variant| &variant.sku);
    let came = skus(after).filter(|sku| before.variant(sku).is_none()).collect();
    let went = skus(before).filter(|sku| after.variant(sku).is_none()).collect();
    (came, went)
}

#[cfg(test)]
pub(super) mod samples {
    //! The largest products that there can be.

    use std::collections::BTreeMap;
    use std::ops::Range;

    use domain::product::{Category, Image, ProductFields, ProductOption};
    use domain::{Brand, CategoryNode, Currency, ImageId, Money, ProductId, Variant};
    use jiff::Timestamp;

    use super::*;
    use crate::TableNames;

    fn slug(text: &str) -> Slug {
        Slug::parse(text).unwrap()
    }

    /// A database that nothing is sent to, and a tree as deep as it may be: `x-n` in `x-n-1` in `x-n-0`, twice.
    pub fn shop() -> (Database, CategoryTree) {
        let node = |name: &str, parent: Option<&str>| CategoryNode {
            slug: slug(name),
            title: name.into(),
            parent: parent.map(slug),
            position: 0,
            description: None,
        };
        let mut nodes = Vec::new();
        for n in 0..Product::MAX_CATEGORIES {
            for side in ["a", "b"] {
                let name = |level: usize| format!("{side}-{n}-{level}");
                nodes.push(node(&name(0), None));
                nodes.push(node(&name(1), Some(&name(0))));
                nodes.push(node(&format!("{side}-{n}"), Some(&name(1))));
            }
        }
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(aws_sdk_dynamodb::config::BehaviorVersion::latest())
            .build();
        let name = || Some("table".to_owned());
        let tables = TableNames { catalog: name(), console: name(), ..TableNames::default() };
        let database = Database::new(aws_sdk_dynamodb::Client::from_conf(config), tables);
        (database, CategoryTree::new(nodes).unwrap())
    }

    /// A product with as many categories as may be, these variants, and slug and brand named for the side.
    pub fn largest(side: &str, variants: Range<usize>) -> Product {
        let value = |n: usize| format!("{n} mm");
        let variant = |n: usize| Variant {
            sku: Sku::parse(&format!("SKU-{n}")).unwrap(),
            title: value(n),
            options: BTreeMap::from([("Length".into(), value(n))]),
            price: Money::new(100, Currency::Gbp),
            compare_at_price: None,
        };
        let id = ProductId::from_ulid(ulid::Ulid::nil());
        let categories = (0..Product::MAX_CATEGORIES)
            .map(|n| Category { slug: slug(&format!("{side}-{n}")), title: "Category".into() });
        Product::new(ProductFields {
            brand: Some(Brand::named(side).unwrap()),
            images: vec![Image {
                id: Some(ImageId::generate()),
                ..Image::plain("/media/images/hook.webp", "A hook")
            }],
            categories: categories.collect(),
            options: vec![ProductOption {
                name: "Length".into(),
                values: variants.clone().map(value).collect(),
            }],
            variants: variants.map(variant).collect(),
            ..ProductFields::named(id, slug(side), side, Timestamp::UNIX_EPOCH)
        })
        .unwrap()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::Stock;

    use super::super::Rating;
    use super::*;
    use crate::transaction::MAX_ACTIONS;

    fn kept(product: Product, tree: &CategoryTree) -> Kept {
        let skus = product.fields().variants.iter().map(|variant| variant.sku.clone());
        let stock = skus.map(|sku| (sku, Stock::fresh(0))).collect();
        let (rating, thresholds) = (Rating::default(), BTreeMap::new());
        let stocked = StockedProduct { product, version: 7, rating, stock, thresholds };
        let listing = entries::listing(&stocked, tree).unwrap();
        Kept { stocked, listing, desk: None, low: BTreeSet::new() }
    }

    #[test]
    fn any_edit_fits_one_transaction() {
        let (database, tree) = samples::shop();
        let actor = Actor::system("test");
        let actions = |before: std::ops::Range<usize>, after: std::ops::Range<usize>| {
            let before = kept(samples::largest("a", before), &tree);
            let edit = database.edit(&before, &samples::largest("b", after), &tree, &actor);
            edit.map(|transaction| transaction.len())
        };
        // Everything is replaced: the slug, the brand, the picture, all categories, and from one variant it comes to the most.
        for (before, after) in
            [(0..1, 0..Product::MAX_VARIANTS), (0..28, 13..41), (0..Product::MAX_VARIANTS, 0..1)]
        {
            let actions = actions(before.clone(), after.clone()).unwrap();
            assert!(actions <= MAX_ACTIONS, "{before:?} to {after:?}: {actions}");
        }
        let exact = actions(0..20, 18..40).unwrap();
        assert_eq!(exact, MAX_ACTIONS, "20 come and 18 go: as much as one edit may");
        let more = actions(0..20, 19..40);
        assert!(matches!(more, Err(ProductWriteError::TooManyVariantChanges)), "20 come and 19 go");
    }

    #[test]
    fn what_is_as_it_was_is_not_written() {
        let (database, tree) = samples::shop();
        let product = samples::largest("a", 0..3);
        let before = kept(product.clone(), &tree);
        let mut fields = domain::product::ProductFields::from(product);
        fields.description = "A better word for it.".into();
        let after = Product::new(fields).unwrap();
        let transaction = database.edit(&before, &after, &tree, &Actor::system("test")).unwrap();
        assert_eq!(transaction.len(), 3, "the product, the console's entry, the audit trail's");
    }
}
