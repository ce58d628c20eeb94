//! A category as those who edit it see it.

use axum::http::StatusCode;
use domain::category::CategoryError;
use domain::{CategoryNode, Slug};
use serde::Serialize;
use store::Database;
use store::catalog::{Categories, CategoryWriteError};
use utoipa::ToSchema;
use web::{FieldProblem, Problem};

/// A category.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsoleCategory {
    /// The category's address.
    #[schema(example = "hand-tools")]
    slug: String,
    /// The category's name.
    #[schema(example = "Hand tools")]
    title: String,
    /// The category that it stands in; null at the top.
    #[schema(example = "tools-and-hardware")]
    parent: Option<String>,
    /// Its place among its siblings.
    position: u32,
    /// What stands at the top of its page.
    description: Option<String>,
    /// How many products on sale stand in it or in one below it; it may lag by seconds.
    product_count: u64,
    /// Counts the changes; the `ETag` has it too.
    version: u64,
}

impl ConsoleCategory {
    /// One of the categories.
    #[must_use]
    pub fn of(categories: &Categories, node: &CategoryNode) -> Self {
        let mark = categories.mark(&node.slug);
        Self {
            slug: node.slug.to_string(),
            title: node.title.clone(),
            parent: node.parent.as_ref().map(ToString::to_string),
            position: node.position,
            description: node.description.clone(),
            product_count: mark.products,
            version: mark.version,
        }
    }
}

/// The category with this address, with its version.
pub(crate) fn find(categories: &Categories, slug: &Slug) -> Result<(u64, ConsoleCategory), Problem> {
    let node = categories.tree.get(slug).ok_or_else(|| Problem::not_found("category"))?;
    Ok((categories.mark(slug).version, ConsoleCategory::of(categories, node)))
}

/// Why the tree was not changed, with the place of what was wrong.
pub(crate) async fn refused(database: &Database, slug: &Slug, error: CategoryWriteError) -> Problem {
    let rule = match error {
        CategoryWriteError::Rule(CategoryError::Unknown(unknown)) if unknown == *slug => {
            return Problem::not_found("category");
        }
        CategoryWriteError::Rule(rule) => rule,
        CategoryWriteError::Outdated => return outdated(database, slug).await,
        CategoryWriteError::Store(error) => return Problem::internal(error),
        error @ CategoryWriteError::HasProducts(_) => return in_use(error.to_string()),
    };
    let pointer = match rule {
        CategoryError::HasChildren(_) => return in_use(rule.to_string()),
        CategoryError::Title => "/title",
        CategoryError::Description => "/description",
        CategoryError::Taken(_) | CategoryError::Count => "/slug",
        CategoryError::Unknown(_)
        | CategoryError::Cycle(_)
        | CategoryError::Depth
        | CategoryError::Siblings => "/parent",
    };
    Problem::invalid(vec![FieldProblem::new(pointer, rule.to_string())])
}

async fn outdated(database: &Database, slug: &Slug) -> Problem {
    match database.categories().await {
        Ok(categories) => match find(&categories, slug) {
            Ok((_, current)) => Problem::outdated(&current),
            Err(problem) => problem,
        },
        Err(error) => Problem::internal(error),
    }
}

/// Something that others still need cannot be deleted.
pub(crate) fn in_use(detail: String) -> Problem {
    Problem::new(StatusCode::CONFLICT, "in-use", "Still in use", detail)
}

/// The category that one shall stand in.
pub(crate) fn parent(slug: Option<&str>) -> Result<Option<Slug>, Problem> {
    let unknown = |slug: &str| FieldProblem::new("/parent", format!("there is no category `{slug}`"));
    slug.map(|slug| Slug::parse(slug).map_err(|_| Problem::invalid(vec![unknown(slug)]))).transpose()
}

/// A description that was given; a blank one was not.
pub(crate) fn description(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}
