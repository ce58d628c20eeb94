//! What the routes of the catalogue desk share.

use domain::product::ProductFields;
use domain::{Currency, ProductId, Slug};
use store::Database;
use store::catalog::{ProductWriteError, StockedProduct};
use web::{FieldProblem, Problem};

use crate::product::ConsoleProduct;

/// What the routes that write products work with.
#[derive(Debug, Clone)]
pub struct CatalogDesk {
    /// The tables.
    pub database: Database,
    /// The shop's currency.
    pub currency: Currency,
}

/// The id of a product in the path.
pub(crate) fn product_id(id: &str) -> Result<ProductId, Problem> {
    ProductId::parse(id).map_err(|error| Problem::bad_parameter("/path/id", error))
}

/// A slug in the path.
pub(crate) fn path_slug(slug: &str) -> Result<Slug, Problem> {
    Slug::parse(slug).map_err(|error| Problem::bad_parameter("/path/slug", error))
}

/// The product with this id, whatever its status.
pub(crate) async fn load(database: &Database, id: ProductId) -> Result<StockedProduct, Problem> {
    let product = database.product(id).await.map_err(Problem::internal)?;
    product.ok_or_else(|| Problem::not_found("product"))
}

/// Why a product was not written, with the place of what was wrong.
pub(crate) async fn refused(
    database: &Database,
    fields: &ProductFields,
    error: ProductWriteError,
) -> Problem {
    match error {
        ProductWriteError::Outdated => match load(database, fields.id).await {
            Ok(current) => Problem::outdated(&ConsoleProduct::from(current)),
            Err(problem) => problem,
        },
        ProductWriteError::SkuTaken { sku, by } => {
            let owner = match by {
                Some(id) => database.desk_entry(id).await.ok().flatten(),
                None => None,
            };
            let owner = owner.map_or("another product".to_owned(), |owner| {
                format!("the product “{}” ({})", owner.value.title, owner.value.id)
            });
            at(pointer_of_variant(fields, sku.as_str()), format!("belongs to {owner}"))
        }
        ProductWriteError::Store(error) => Problem::internal(error),
        error => {
            let pointer = match &error {
                ProductWriteError::SlugTaken(_) => "/slug".to_owned(),
                ProductWriteError::UnknownBrand(_) => "/brand".to_owned(),
                ProductWriteError::UnknownCategory(slug) => pointer_of_category(fields, slug),
                _ => "/variants".to_owned(),
            };
            at(pointer, error.to_string())
        }
    }
}

fn at(pointer: String, detail: String) -> Problem {
    Problem::invalid(vec![FieldProblem::new(pointer, detail)])
}

fn pointer_of_variant(fields: &ProductFields, sku: &str) -> String {
    let place = fields.variants.iter().position(|variant| variant.sku.as_str() == sku);
    place.map_or("/variants".to_owned(), |n| format!("/variants/{n}/sku"))
}

fn pointer_of_category(fields: &ProductFields, slug: &Slug) -> String {
    let place = fields.categories.iter().position(|category| category.slug == *slug);
    place.map_or("/categories".to_owned(), |n| format!("/categories/{n}"))
}
