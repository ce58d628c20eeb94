//! The demo catalogue.

use std::collections::BTreeMap;

use domain::brand::BrandError;
use domain::ids::IdError;
use domain::product::{Category, Image, ProductError, ProductFields, ProductOption};
use domain::{Brand, Currency, Money, Product, ProductStatus, Sku, Slug, Variant};
use jiff::Timestamp;
use serde::Deserialize;
use thiserror::Error;

use super::suppliers::SupplierKey;
use crate::identity;

/// Where the pictures of products stand, below the site's address.
pub const PICTURES: &str = "media/products";

const FILES: [(&str, &str); 12] = [
    ("01-hand-tools.toml", include_str!("../../seed/catalogue/01-hand-tools.toml")),
    ("02-fixings.toml", include_str!("../../seed/catalogue/02-fixings.toml")),
    ("03-locks.toml", include_str!("../../seed/catalogue/03-locks.toml")),
    ("04-lighting.toml", include_str!("../../seed/catalogue/04-lighting.toml")),
    ("05-garden.toml", include_str!("../../seed/catalogue/05-garden.toml")),
    ("06-kitchen-and-hearth.toml", include_str!("../../seed/catalogue/06-kitchen-and-hearth.toml")),
    ("07-electrical.toml", include_str!("../../seed/catalogue/07-electrical.toml")),
    ("08-decorating.toml", include_str!("../../seed/catalogue/08-decorating.toml")),
    ("09-storage.toml", include_str!("../../seed/catalogue/09-storage.toml")),
    ("10-door-furniture.toml", include_str!("../../seed/catalogue/10-door-furniture.toml")),
    ("11-cleaning-and-plumbing.toml", include_str!("../../seed/catalogue/11-cleaning-and-plumbing.toml")),
    ("12-workwear.toml", include_str!("../../seed/catalogue/12-workwear.toml")),
];

/// Why a catalogue file makes no catalogue.
#[derive(Debug, Error)]
pub enum CatalogueError {
    /// The file is no TOML of the expected form.
    #[error("{file}: {source}")]
    Form {
        /// Which file.
        file: &'static str,
        /// What is wrong.
        source: toml::de::Error,
    },
    /// A product contradicts itself.
    #[error("{file}, {slug}: {source}")]
    Product {
        /// Which file.
        file: &'static str,
        /// Which product.
        slug: Slug,
        /// What is wrong.
        source: ProductError,
    },
    /// A variant does not have one value for each option.
    #[error("{file}, {sku}: has {found} values for {expected} options")]
    Values {
        /// Which file.
        file: &'static str,
        /// Which variant.
        sku: Sku,
        /// How many values it has.
        found: usize,
        /// How many options its product has.
        expected: usize,
    },
    /// A brand's name makes no brand.
    #[error("{file}, {name}: {source}")]
    Brand {
        /// Which file.
        file: &'static str,
        /// Which name.
        name: String,
        /// What is wrong.
        source: BrandError,
    },
    /// An id cannot be made.
    #[error(transparent)]
    Id(#[from] IdError),
}

/// A product of the demo catalogue.
#[derive(Debug, Clone)]
pub struct SeedProduct {
    /// The product.
    pub product: Product,
    /// What is on the shelf at first, by SKU.
    pub stock: BTreeMap<Sku, u64>,
    /// At how many pieces a SKU runs low, where somebody shall be told.
    pub thresholds: BTreeMap<Sku, u64>,
    /// The supplier that is asked first.
    pub first: SupplierKey,
    /// The picture's name in the package of pictures, without its ending.
    pub picture: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryFile {
    slug: Slug,
    title: String,
    products: Vec<ProductEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProductEntry {
    slug: Slug,
    title: String,
    brand: String,
    #[serde(default)]
    status: ProductStatus,
    picture: String,
    alt: String,
    first: SupplierKey,
    description: String,
    options: Vec<String>,
    variants: Vec<VariantEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VariantEntry {
    sku: Sku,
    values: Vec<String>,
    price: i64,
    compare_at: Option<i64>,
    stock: u64,
    low: Option<u64>,
}

/// Reads the catalogue that comes with the program, priced in `currency`.
pub fn load(currency: Currency) -> Result<Vec<SeedProduct>, CatalogueError> {
    let mut products = Vec::new();
    for (file, text) in FILES {
        let parsed: CategoryFile =
            toml::from_str(text).map_err(|source| CatalogueError::Form { file, source })?;
        let category = Category { slug: parsed.slug, title: parsed.title };
        for entry in parsed.products {
            products.push(entry.into_product(file, category.clone(), currency)?);
        }
    }
    Ok(products)
}

impl ProductEntry {
    fn into_product(
        self,
        file: &'static str,
        category: Category,
        currency: Currency,
    ) -> Result<SeedProduct, CatalogueError> {
        let mut options: Vec<ProductOption> = self
            .options
            .iter()
            .map(|name| ProductOption { name: name.clone(), values: Vec::new() })
            .collect();
        let mut variants = Vec::new();
        let mut stock = BTreeMap::new();
        let mut thresholds = BTreeMap::new();
        for entry in self.variants {
            if entry.values.len() != options.len() {
                let (found, expected) = (entry.values.len(), options.len());
                return Err(CatalogueError::Values { file, sku: entry.sku, found, expected });
            }
            for (option, value) in options.iter_mut().zip(&entry.values) {
                if !option.values.contains(value) {
                    option.values.push(value.clone());
                }
            }
            stock.insert(entry.sku.clone(), entry.stock);
            thresholds.extend(entry.low.map(|low| (entry.sku.clone(), low)));
            variants.push(Variant {
                sku: entry.sku,
                title: entry.values.join(", "),
                options: self.options.iter().cloned().zip(entry.values).collect(),
                price: Money::new(entry.price, currency),
                compare_at_price: entry.compare_at.map(|amount| Money::new(amount, currency)),
            });
        }
        let id = identity::product_id("seed", self.slug.as_str())?;
        let brand = Brand::named(&self.brand);
        let fields = ProductFields {
            description: self.description.trim().to_owned(),
            status: self.status,
            brand: Some(brand.map_err(|source| CatalogueError::Brand { file, name: self.brand, source })?),
            categories: vec![category],
            images: vec![Image::plain(format!("/{PICTURES}/{}.webp", self.slug), self.alt)],
            options,
            variants,
            ..ProductFields::named(id, self.slug.clone(), self.title, Timestamp::now())
        };
        let product = Product::new(fields).map_err(|source| CatalogueError::Product {
            file,
            slug: self.slug,
            source,
        })?;
        Ok(SeedProduct { product, stock, thresholds, first: self.first, picture: self.picture })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::import::category::Categories;

    fn catalogue() -> Vec<SeedProduct> {
        load(Currency::Gbp).unwrap()
    }

    #[test]
    fn the_catalogue_is_rich_and_nothing_in_it_comes_twice() {
        let products = catalogue();
        let distinct =
            |of: fn(&SeedProduct) -> String| products.iter().map(of).collect::<BTreeSet<_>>().len();
        assert!(products.len() >= 56);
        assert!(distinct(|p| p.product.fields().categories[0].slug.to_string()) >= 9);
        assert_eq!(distinct(|p| p.product.fields().slug.to_string()), products.len());
        assert_eq!(distinct(|p| p.product.fields().title.clone()), products.len());
        assert_eq!(distinct(|p| p.picture.clone()), products.len());
        assert_eq!(distinct(|p| p.product.fields().images[0].alt.clone()), products.len());
        let skus: Vec<_> = products.iter().flat_map(|p| p.stock.keys()).collect();
        assert_eq!(skus.iter().collect::<BTreeSet<_>>().len(), skus.len());
    }

    #[test]
    fn every_product_tells_a_buyer_something_and_costs_something() {
        for SeedProduct { product, stock, .. } in catalogue() {
            let fields = product.fields();
            let sentences = fields.description.matches(['.', ';']).count();
            assert!((2..=6).contains(&sentences), "{}: {} sentences", fields.slug, sentences);
            assert!(
                !fields.description.contains('\n') && !fields.description.contains("  "),
                "{}",
                fields.slug
            );
            assert!(fields.variants.iter().all(|variant| variant.price.amount() > 0), "{}", fields.slug);
            assert!(stock.values().any(|pieces| *pieces > 0), "{} is never in stock", fields.slug);
        }
    }

    #[test]
    fn each_supplier_is_first_for_a_part_of_every_category() {
        let mut firsts: BTreeMap<Slug, BTreeSet<SupplierKey>> = BTreeMap::new();
        for product in catalogue() {
            let category = product.product.fields().categories[0].slug.clone();
            firsts.entry(category).or_default().insert(product.first);
        }
        assert!(firsts.values().all(|keys| keys.len() == 2), "{firsts:?}");
    }

    #[test]
    fn categories_shared_with_imports_have_one_title() {
        let titles: BTreeMap<_, _> = catalogue()
            .into_iter()
            .map(|p| p.product.fields().categories[0].clone())
            .map(|c| (c.slug, c.title))
            .collect();
        for category in Categories::load().unwrap().all() {
            assert_eq!(titles.get(&category.slug).unwrap_or(&category.title), &category.title);
        }
    }
}
