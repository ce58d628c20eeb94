//! A product as those who edit it see it.

use std::collections::BTreeMap;

use domain::product::{Image, ProductFields};
use domain::{ProductStatus, Stock, Variant};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::catalog::StockedProduct;
use utoipa::ToSchema;
use web::MoneyDto;
use web::dto::{BrandDto, CategoryRefDto, RenditionDto};

/// How far a product has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProductStatus)]
pub enum StatusDto {
    /// Being written: only staff see it.
    Draft,
    /// On sale.
    Active,
    /// No longer on sale.
    Archived,
}

impl From<ProductStatus> for StatusDto {
    fn from(status: ProductStatus) -> Self {
        match status {
            ProductStatus::Draft => Self::Draft,
            ProductStatus::Active => Self::Active,
            ProductStatus::Archived => Self::Archived,
        }
    }
}

impl From<StatusDto> for ProductStatus {
    fn from(status: StatusDto) -> Self {
        match status {
            StatusDto::Draft => Self::Draft,
            StatusDto::Active => Self::Active,
            StatusDto::Archived => Self::Archived,
        }
    }
}

/// A product with all that can be edited.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsoleProduct {
    /// The product's id.
    #[schema(example = "prd_01JD0000000000000000000000")]
    id: String,
    /// Counts the changes; the `ETag` has it too.
    version: u64,
    /// When it was written down first.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When somebody changed it last.
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    /// The product's name.
    title: String,
    /// The product's address.
    #[schema(example = "claw-hammer")]
    slug: String,
    /// What a buyer should know, as plain text.
    description: String,
    /// How far it has come.
    status: StatusDto,
    /// Who makes it.
    brand: Option<BrandDto>,
    /// The categories it stands in.
    categories: Vec<CategoryRefDto>,
    /// What search engines are told.
    seo: SeoDto,
    /// What can be chosen.
    options: Vec<OptionDto>,
    /// What can be bought.
    variants: Vec<ConsoleVariant>,
    /// Its pictures, the first one for listings.
    images: Vec<ConsoleImage>,
}

/// What search engines are told of a product, where it differs from what the page says.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Seo)]
pub struct SeoDto {
    /// The page's title: up to 120 characters.
    pub title: Option<String>,
    /// The page's description: up to 320 characters.
    pub description: Option<String>,
}

/// What can be chosen about a product.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProductOption)]
pub struct OptionDto {
    /// The option's name.
    #[schema(example = "Length")]
    pub name: String,
    /// The values there are, in the order they are shown.
    pub values: Vec<String>,
}

/// One sellable form of a product.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsoleVariant {
    /// The variant's SKU.
    #[schema(example = "HT-CLAW-16")]
    sku: String,
    /// What tells this variant from its siblings.
    title: String,
    /// The value of each option.
    options: BTreeMap<String, String>,
    /// The price of one piece.
    price: MoneyDto,
    /// What one piece cost before, or costs elsewhere.
    compare_at_price: Option<MoneyDto>,
    /// What there is of it.
    stock: StockDto,
}

/// How many pieces of a SKU there are.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StockLevel)]
pub struct StockDto {
    /// Free to be ordered.
    pub available: u64,
    /// Held for orders that await their payment.
    pub reserved: u64,
    /// Paid for.
    pub sold: u64,
    /// At how many available pieces it runs low; null where nobody wants to know.
    pub low_stock_threshold: Option<u64>,
}

impl StockDto {
    /// The stock of a SKU with its threshold.
    #[must_use]
    pub fn of(stock: Stock, low_stock_threshold: Option<u64>) -> Self {
        let Stock { available, reserved, sold } = stock;
        Self { available, reserved, sold, low_stock_threshold }
    }
}

/// A picture of a product.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConsoleImage {
    /// What identifies it among the product's pictures.
    #[schema(example = "img_01JD0000000000000000000000")]
    id: String,
    /// Path below the site's address.
    url: String,
    /// What it shows.
    alt: String,
    /// Its width in pixels, where it is known.
    width: Option<u32>,
    /// Its height in pixels, where it is known.
    height: Option<u32>,
    /// The same picture in other widths.
    renditions: Vec<RenditionDto>,
}

impl From<Image> for ConsoleImage {
    fn from(image: Image) -> Self {
        let id = image.key();
        let web::dto::ImageDto { url, alt, width, height, renditions } = image.into();
        Self { id, url, alt, width, height, renditions }
    }
}

impl From<StockedProduct> for ConsoleProduct {
    fn from(stocked: StockedProduct) -> Self {
        let StockedProduct { product, version, stock, thresholds, .. } = stocked;
        let fields = ProductFields::from(product);
        let variant = |variant: Variant| ConsoleVariant {
            stock: StockDto::of(
                stock.get(&variant.sku).copied().unwrap_or_default(),
                thresholds.get(&variant.sku).copied(),
            ),
            sku: variant.sku.into(),
            title: variant.title,
            options: variant.options,
            price: variant.price.into(),
            compare_at_price: variant.compare_at_price.map(Into::into),
        };
        let options = fields.options.into_iter();
        Self {
            id: fields.id.to_string(),
            version,
            created_at: fields.created_at,
            updated_at: fields.updated_at,
            title: fields.title,
            slug: fields.slug.into(),
            description: fields.description,
            status: fields.status.into(),
            brand: fields.brand.map(Into::into),
            categories: fields.categories.into_iter().map(Into::into).collect(),
            seo: SeoDto { title: fields.seo.title, description: fields.seo.description },
            options: options.map(|option| OptionDto { name: option.name, values: option.values }).collect(),
            variants: fields.variants.into_iter().map(variant).collect(),
            images: fields.images.into_iter().map(Into::into).collect(),
        }
    }
}
