//! `GET /api/products`: a page of a category, or of everything, by title.

use axum::extract::{Query, State};
use axum::response::Response;
use domain::Slug;
use serde::{Deserialize, Serialize};
use store::Database;
use store::catalog::Listed;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::dto::{BrandDto, ImageDto, RatingDto};
use web::{MoneyDto, Page, Problem, cached, page};

use crate::LISTING_SECONDS;

/// What part of the catalogue is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListingQuery {
    /// A category's slug; everything where it is absent.
    #[param(example = "hand-tools")]
    category: Option<String>,
    /// The `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many products: 1 to 100, 24 where it is absent.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// A product in a listing.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListedProduct {
    /// The product's id.
    #[schema(value_type = String, example = "prd_01JD0000000000000000000000")]
    id: domain::ProductId,
    /// The product's address.
    #[schema(value_type = String, example = "claw-hammer")]
    slug: Slug,
    /// The product's name.
    title: String,
    /// The lowest price of a variant.
    price: MoneyDto,
    /// What that variant cost before, or costs elsewhere; null, or above the price.
    compare_at_price: Option<MoneyDto>,
    /// Who makes it; null where nobody knows.
    brand: Option<BrandDto>,
    /// What buyers think of it; null where nobody has said. It may lag by seconds.
    rating: Option<RatingDto>,
    /// The first picture.
    image: Option<ImageDto>,
    /// Whether any variant can be bought; it may lag by seconds.
    in_stock: bool,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    OpenApiRouter::new().routes(routes!(list_products))
}

#[utoipa::path(
    get,
    path = "/api/products",
    tag = "catalogue",
    params(ListingQuery),
    responses(
        (status = 200, description = "A page, by title", body = Page<ListedProduct>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_products(
    State(database): State<Database>,
    query: Result<Query<ListingQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let category = query.category.as_deref().map(Slug::parse).transpose();
    let category = category.map_err(|error| Problem::bad_parameter("/query/category", error))?;
    let limit = page::limit(query.limit.as_deref())?;
    let after = query.cursor.as_deref().map(page::position).transpose()?;
    let listing =
        database.listing(category.as_ref(), after.as_ref(), limit).await.map_err(Problem::internal)?;
    let next_cursor = listing.next.as_ref().map(page::cursor).transpose()?;
    let items = listing.entries.into_iter().map(|Listed { entry, in_stock, rating }| ListedProduct {
        id: entry.id,
        slug: entry.slug,
        title: entry.title,
        price: entry.price.into(),
        compare_at_price: entry.compare_at_price.map(Into::into),
        brand: entry.brand.map(Into::into),
        rating: RatingDto::of(rating.sum, rating.count),
        image: entry.image.map(Into::into),
        in_stock,
    });
    Ok(cached(LISTING_SECONDS, axum::Json(Page { items: items.collect(), next_cursor })))
}
