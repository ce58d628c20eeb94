//! `GET /api/console/products`: products of any status, by title.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::{Group, ProductStatus, Sku, Slug, Stock};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::catalog::{DeskEntry, DeskFilter, ListingPosition};
use store::{Database, Versioned};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::dto::{BrandDto, ImageDto};
use web::{Access, MoneyDto, Page, Problem, guarded, page};

use crate::product::StatusDto;

/// Which products are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProductQuery {
    /// Only those of this status.
    #[param(value_type = Option<StatusDto>)]
    status: Option<String>,
    /// Only those in this category, or in one below it.
    #[param(example = "hand-tools")]
    category: Option<String>,
    /// Only those of this brand.
    #[param(example = "hallamgate")]
    brand: Option<String>,
    /// What the title begins with, in any case; or a whole SKU or slug.
    #[param(example = "claw")]
    q: Option<String>,
    /// The `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many products: 1 to 100, 24 where it is absent.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// A product in the console's list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeskProduct {
    /// The product's id.
    #[schema(example = "prd_01JD0000000000000000000000")]
    id: String,
    /// The product's address.
    slug: String,
    /// The product's name.
    title: String,
    /// How far it has come.
    status: StatusDto,
    /// Who makes it.
    brand: Option<BrandDto>,
    /// The slugs of its categories.
    categories: Vec<String>,
    /// The lowest price of a variant.
    price: MoneyDto,
    /// What that variant's price is compared with.
    compare_at_price: Option<MoneyDto>,
    /// The first picture.
    image: Option<ImageDto>,
    /// How many pieces of all variants can be bought.
    available: u64,
    /// How many variants there are.
    variant_count: usize,
    /// When somebody changed it last.
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    /// Counts the changes.
    version: u64,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(list_console_products)))
}

#[utoipa::path(
    get,
    path = "/api/console/products",
    tag = "console: products",
    params(ProductQuery),
    responses(
        (status = 200, description = "A page, by title", body = Page<DeskProduct>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_console_products(
    State(database): State<Database>,
    query: Result<Query<ProductQuery>, QueryRejection>,
) -> Result<Json<Page<DeskProduct>>, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let limit = usize::try_from(page::limit(query.limit.as_deref())?).unwrap_or(1);
    let after: Option<ListingPosition> = query.cursor.as_deref().map(page::position).transpose()?;
    let filter = filter(&database, &query).await?;
    let exact = match &query.q {
        Some(text) => exact(&database, text.trim(), &filter).await?,
        None => None,
    };
    let found = database.desk(&filter, after.as_ref(), limit).await.map_err(Problem::internal)?;
    let next_cursor = found.next.as_ref().map(page::cursor).transpose()?;
    // What is named exactly comes first, and only once.
    let named = exact.as_ref().map(|entry| entry.value.id);
    let others = found.entries.into_iter().filter(|entry| Some(entry.value.id) != named);
    let entries: Vec<_> = exact.filter(|_| after.is_none()).into_iter().chain(others).collect();
    let mut skus = Vec::new();
    for entry in &entries {
        skus.extend(entry.value.skus.iter().map(|sku| (entry.value.id, sku)));
    }
    let stock = database.stock_of(skus).await.map_err(Problem::internal)?;
    let items = entries.into_iter().map(|entry| DeskProduct::of(entry, &stock)).collect();
    Ok(Json(Page { items, next_cursor }))
}

async fn filter(database: &Database, query: &ProductQuery) -> Result<DeskFilter, Problem> {
    let status = query.status.as_deref().map(|name| {
        let status = ProductStatus::parse(name);
        status
            .ok_or_else(|| Problem::bad_parameter("/query/status", "must be one of: draft, active, archived"))
    });
    let slug = |text: &Option<String>, pointer: &str| {
        let slug = text.as_deref().map(Slug::parse).transpose();
        slug.map_err(|error| Problem::bad_parameter(pointer, error))
    };
    let categories = match slug(&query.category, "/query/category")? {
        Some(category) => {
            let tree = database.categories().await.map_err(Problem::internal)?.tree;
            Some(tree.subtree(&category).into_iter().cloned().collect())
        }
        None => None,
    };
    Ok(DeskFilter {
        status: status.transpose()?,
        categories,
        brand: slug(&query.brand, "/query/brand")?,
        prefix: query.q.as_deref().map(str::trim).filter(|q| !q.is_empty()).map(str::to_owned),
    })
}

/// The product with this SKU or slug, if it is among those that are wanted.
async fn exact(
    database: &Database,
    text: &str,
    filter: &DeskFilter,
) -> Result<Option<Versioned<DeskEntry>>, Problem> {
    let mut id = None;
    if let Ok(sku) = Sku::parse(text) {
        id = database.product_id_of_sku(&sku).await.map_err(Problem::internal)?;
    }
    if let (None, Ok(slug)) = (id, Slug::parse(text)) {
        id = database.product_id_of_slug(&slug).await.map_err(Problem::internal)?;
    }
    let Some(id) = id else {
        return Ok(None);
    };
    let entry = database.desk_entry(id).await.map_err(Problem::internal)?;
    Ok(entry.filter(|entry| filter.takes(&entry.value)))
}

impl DeskProduct {
    fn of(entry: Versioned<DeskEntry>, stock: &BTreeMap<Sku, Stock>) -> Self {
        let Versioned { value: entry, version } = entry;
        let available = entry.skus.iter().filter_map(|sku| stock.get(sku)).map(|stock| stock.available);
        Self {
            id: entry.id.to_string(),
            slug: entry.slug.into(),
            title: entry.title,
            status: entry.status.into(),
            brand: entry.brand.map(Into::into),
            categories: entry.categories.into_iter().map(Into::into).collect(),
            price: entry.price.into(),
            compare_at_price: entry.compare_at_price.map(Into::into),
            image: entry.image.map(Into::into),
            available: available.sum(),
            variant_count: entry.skus.len(),
            updated_at: entry.updated_at,
            version,
        }
    }
}
