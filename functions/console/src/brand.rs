//! A brand as those who edit it see it.

use domain::brand::BrandError as BrandRule;
use domain::{Brand, Slug};
use serde::Serialize;
use store::catalog::BrandError;
use store::{Database, Versioned};
use utoipa::ToSchema;
use web::{FieldProblem, Problem};

use crate::category::in_use;

/// A brand.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsoleBrand {
    /// The brand's address.
    #[schema(example = "hallamgate")]
    slug: String,
    /// The brand's name.
    #[schema(example = "Hallamgate")]
    title: String,
    /// Counts the changes; the `ETag` has it too.
    version: u64,
}

impl From<Versioned<Brand>> for ConsoleBrand {
    fn from(Versioned { value, version }: Versioned<Brand>) -> Self {
        Self { slug: value.slug.into(), title: value.title, version }
    }
}

/// The brand with this address.
pub(crate) async fn load(database: &Database, slug: &Slug) -> Result<Versioned<Brand>, Problem> {
    let brand = database.brand(slug).await.map_err(Problem::internal)?;
    brand.ok_or_else(|| Problem::not_found("brand"))
}

/// A brand with this name; its address may be given.
pub(crate) fn parse(title: &str, slug: Option<Slug>) -> Result<Brand, Problem> {
    let brand = match slug {
        Some(slug) => Brand::new(slug, title),
        None => Brand::named(title),
    };
    brand.map_err(|error: BrandRule| Problem::invalid(vec![FieldProblem::new("/title", error.to_string())]))
}

/// Why a brand was not written.
pub(crate) async fn refused(database: &Database, slug: &Slug, error: BrandError) -> Problem {
    match error {
        BrandError::Taken(_) | BrandError::Count => {
            Problem::invalid(vec![FieldProblem::new("/slug", error.to_string())])
        }
        BrandError::HasProducts(_) => in_use(error.to_string()),
        BrandError::Outdated => match load(database, slug).await {
            Ok(current) => Problem::outdated(&ConsoleBrand::from(current)),
            Err(problem) => problem,
        },
        BrandError::Store(error) => Problem::internal(error),
    }
}
