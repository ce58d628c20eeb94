//! `POST /api/console/categories`: a new category.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::{CategoryNode, Group, Slug};
use serde::Deserialize;
use store::Database;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Fields, Person, Problem, guarded, tagged};

use crate::actor;
use crate::category::{self, ConsoleCategory};

/// A category to be made. It comes behind its siblings.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateCategory {
    /// The category's name: 1 to 100 characters.
    #[schema(example = "Hand tools")]
    title: String,
    /// The category's address; where it is absent, one is made of the title.
    #[schema(example = "hand-tools")]
    slug: Option<String>,
    /// The slug of the category that it shall stand in; null for the top.
    parent: Option<String>,
    /// What stands at the top of its page: up to 1,000 characters.
    description: Option<String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(create_category)))
}

#[utoipa::path(
    post,
    path = "/api/console/categories",
    tag = "console: categories",
    request_body = CreateCategory,
    responses(
        (status = 201, description = "The category", body = ConsoleCategory),
        (status = 422, description = "Fields are wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn create_category(
    State(database): State<Database>,
    person: Person,
    Body(body): Body<CreateCategory>,
) -> Result<Response, Problem> {
    let mut fields = Fields::default();
    let title = body.title.trim().to_owned();
    let slug = match &body.slug {
        Some(slug) => fields.parsed("/slug", Slug::parse(slug)),
        None => fields.parsed("/title", Slug::from_title(&title)),
    };
    let Some(slug) = slug else {
        return Err(fields.into_problem());
    };
    let parent = category::parent(body.parent.as_deref())?;
    let description = category::description(body.description);
    let node = CategoryNode { slug, title, parent, position: 0, description };
    match database.create_category(&node, &actor(&person)).await {
        Ok(categories) => {
            let (version, category) = category::find(&categories, &node.slug)?;
            Ok(tagged(version, (StatusCode::CREATED, Json(category)).into_response()))
        }
        Err(error) => Err(category::refused(&database, &node.slug, error).await),
    }
}
