//! `GET /api/products/{idOrSlug}`: a product with its variants and what is left of them.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderName, StatusCode};
use axum::response::Response;
use domain::{ProductId, Sku, Slug};
use serde::Serialize;
use store::Database;
use store::catalog::StockedProduct;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::dto::{BrandDto, CategoryRefDto, ImageDto, RatingDto};
use web::{MoneyDto, Problem, cached};

use crate::PRODUCT_SECONDS;

/// A product.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProductDetail {
    /// The product's id.
    #[schema(value_type = String, example = "prd_01JD0000000000000000000000")]
    id: ProductId,
    /// The product's address.
    #[schema(value_type = String, example = "claw-hammer")]
    slug: Slug,
    /// The product's name.
    title: String,
    /// What a buyer should know, as plain text.
    description: String,
    /// Who makes it; null where nobody knows.
    brand: Option<BrandDto>,
    /// The categories it stands in.
    categories: Vec<CategoryRefDto>,
    /// What search engines are told, where it differs from what the page says.
    seo: SeoDetail,
    /// What buyers think of it; null where nobody has said.
    rating: Option<RatingDto>,
    /// Its pictures.
    images: Vec<ImageDto>,
    /// What can be chosen.
    options: Vec<OptionDetail>,
    /// What can be bought.
    variants: Vec<VariantDetail>,
}

/// What search engines are told of a product.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeoDetail {
    /// The page's title; null where it is the product's.
    title: Option<String>,
    /// The page's description; null where it is the beginning of the product's.
    description: Option<String>,
}

/// What can be chosen about a product.
#[derive(Debug, Serialize, ToSchema)]
pub struct OptionDetail {
    /// The option's name.
    #[schema(example = "Length")]
    name: String,
    /// The values there are.
    values: Vec<String>,
}

/// One sellable form of a product.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VariantDetail {
    /// The variant's SKU.
    #[schema(value_type = String, example = "HAM-CLAW-16")]
    sku: Sku,
    /// What tells this variant from its siblings; empty where there is just one.
    title: String,
    /// The value of each option.
    options: BTreeMap<String, String>,
    /// The price of one piece.
    price: MoneyDto,
    /// What one piece cost before, or costs elsewhere; null, or above the price.
    compare_at_price: Option<MoneyDto>,
    /// How many pieces can be bought.
    available: u64,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    OpenApiRouter::new().routes(routes!(get_product))
}

#[utoipa::path(
    get,
    path = "/api/products/{idOrSlug}",
    tag = "catalogue",
    params(("idOrSlug" = String, Path, description = "A product's id or slug")),
    responses(
        (status = 200, description = "The product", body = ProductDetail),
        (status = 301, description = "The product's address has changed: `Location` is the new one"),
        (status = 400, description = "Neither an id nor a slug", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such product", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_product(
    State(database): State<Database>,
    Path(id_or_slug): Path<String>,
) -> Result<Response, Problem> {
    let (found, slug) = if let Ok(id) = ProductId::parse(&id_or_slug) {
        (database.product(id).await, None)
    } else {
        let slug =
            Slug::parse(&id_or_slug).map_err(|error| Problem::bad_parameter("/path/idOrSlug", error))?;
        (database.product_by_slug(&slug).await, Some(slug))
    };
    let found = found.map_err(Problem::internal)?.filter(|found| found.product.is_active());
    let found = found.ok_or_else(|| Problem::not_found("product"))?;
    let now = &found.product.fields().slug;
    Ok(match slug {
        Some(old) if old != *now => cached(PRODUCT_SECONDS, moved(now)),
        _ => cached(PRODUCT_SECONDS, Json(ProductDetail::from(found))),
    })
}

/// Says where a product is now. A slug has no character that an address would not take.
fn moved(slug: &Slug) -> (StatusCode, [(HeaderName, String); 1]) {
    (StatusCode::MOVED_PERMANENTLY, [(LOCATION, format!("/api/products/{slug}"))])
}

impl From<StockedProduct> for ProductDetail {
    fn from(StockedProduct { product, stock, rating, .. }: StockedProduct) -> Self {
        let fields = domain::product::ProductFields::from(product);
        let variant = |variant: domain::Variant| VariantDetail {
            available: stock.get(&variant.sku).map_or(0, |stock| stock.available),
            sku: variant.sku,
            title: variant.title,
            options: variant.options,
            price: variant.price.into(),
            compare_at_price: variant.compare_at_price.map(Into::into),
        };
        Self {
            id: fields.id,
            slug: fields.slug,
            title: fields.title,
            description: fields.description,
            brand: fields.brand.map(Into::into),
            categories: fields.categories.into_iter().map(Into::into).collect(),
            seo: SeoDetail { title: fields.seo.title, description: fields.seo.description },
            rating: RatingDto::of(rating.sum, rating.count),
            images: fields.images.into_iter().map(Into::into).collect(),
            options: fields
                .options
                .into_iter()
                .map(|o| OptionDetail { name: o.name, values: o.values })
                .collect(),
            variants: fields.variants.into_iter().map(variant).collect(),
        }
    }
}
