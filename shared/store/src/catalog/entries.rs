//! The entries under which a product is listed: one for each of its categories and theirs, one for the listing of
//! everything, and one for the console.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{CategoryTree, Product, ProductId, Slug};

use super::desk::DeskEntry;
use super::listing::ListingEntry;
use super::{Rating, StockedProduct};
use crate::error::StoreError;
use crate::item::{self, Item};
use crate::keys;

/// The sort key of products in a list: by title, in any case, then by id.
pub(super) fn sort_key(title: &str, id: ProductId) -> String {
    format!("{}#{id}", title.to_lowercase())
}

fn sort(product: &Product) -> String {
    sort_key(&product.fields().title, product.fields().id)
}

/// The listings that a product stands in: `None` for that of everything. One that is not on sale stands in none.
pub(super) fn shelves(product: &Product, tree: &CategoryTree) -> BTreeSet<Option<Slug>> {
    if !product.is_active() {
        return BTreeSet::new();
    }
    let own = product.fields().categories.iter().map(|category| &category.slug);
    let known = own.filter(|slug| tree.get(slug).is_some());
    let all = known.flat_map(|slug| [slug].into_iter().chain(tree.ancestors(slug).map(|node| &node.slug)));
    all.map(|slug| Some(slug.clone())).chain([None]).collect()
}

/// The listing entries of a product, by their sort keys.
pub(super) fn listing(
    stocked: &StockedProduct,
    tree: &CategoryTree,
) -> Result<BTreeMap<String, Item>, StoreError> {
    let fields = stocked.product.fields();
    let cheapest = stocked.product.cheapest();
    let entry = ListingEntry {
        id: fields.id,
        slug: fields.slug.clone(),
        title: fields.title.clone(),
        price: stocked.product.price_from(),
        compare_at_price: cheapest.and_then(|variant| variant.compare_at_price),
        brand: fields.brand.clone(),
        image: fields.images.first().cloned(),
    };
    let sort = sort(&stocked.product);
    let Rating { sum, count } = stocked.rating;
    let item = |category: Option<Slug>| {
        let key = keys::listing(fields.id, category.as_ref());
        let sk = key.sk.clone();
        let more = [
            ("gsi1pk", item::text(keys::listing_partition(category.as_ref()))),
            ("gsi1sk", item::text(&sort)),
            ("inStock", AttributeValue::Bool(stocked.in_stock())),
            (super::products::RATING_SUM, item::number(sum)),
            (super::products::RATING_COUNT, item::number(count)),
        ];
        Ok((sk, item::with_data(key, &entry, more)?))
    };
    shelves(&stocked.product, tree).into_iter().map(item).collect()
}

/// The console's entry of a product.
pub(super) fn desk(product: &Product, version: u64) -> Result<Item, StoreError> {
    let fields = product.fields();
    let cheapest = product.cheapest();
    let entry = DeskEntry {
        id: fields.id,
        slug: fields.slug.clone(),
        title: fields.title.clone(),
        status: fields.status,
        brand: fields.brand.clone(),
        categories: fields.categories.iter().map(|category| category.slug.clone()).collect(),
        price: product.price_from(),
        compare_at_price: cheapest.and_then(|variant| variant.compare_at_price),
        image: fields.images.first().cloned(),
        skus: fields.variants.iter().map(|variant| variant.sku.clone()).collect(),
        updated_at: fields.updated_at,
    };
    let more = [
        (item::VERSION, item::number(version)),
        ("gsi1pk", item::text(keys::DESK)),
        ("gsi1sk", item::text(sort(product))),
    ];
    item::with_data(keys::desk(fields.id), &entry, more)
}
