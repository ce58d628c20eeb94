//! `PUT /api/console/categories/{slug}`: renames, moves or describes a category.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{CategoryNode, Group};
use serde::Deserialize;
use store::Database;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, IfMatch, Person, Problem, guarded, tagged};

use crate::actor;
use crate::catalog_desk::path_slug;
use crate::category::{self, ConsoleCategory};

/// What a category shall be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateCategory {
    /// The category's name: 1 to 100 characters.
    title: String,
    /// The slug of the category that it shall stand in; null for the top.
    parent: Option<String>,
    /// Its place among its siblings, who make room: 0 for the first.
    position: u32,
    /// What stands at the top of its page: up to 1,000 characters.
    description: Option<String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(update_category)))
}

#[utoipa::path(
    put,
    path = "/api/console/categories/{slug}",
    tag = "console: categories",
    params(
        ("slug" = String, Path, description = "The category's slug, which does not change"),
        ("If-Match" = String, Header, description = "The version of the category that the edit was made of, in quotes"),
    ),
    request_body = UpdateCategory,
    responses(
        (status = 200, description = "The category. Its products follow within seconds", body = ConsoleCategory),
        (status = 400, description = "The slug or the header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such category", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Somebody else changed it; `current` is what there is now", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong, or it would stand in itself or too deep", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn update_category(
    State(database): State<Database>,
    Path(slug): Path<String>,
    IfMatch(version): IfMatch,
    person: Person,
    Body(body): Body<UpdateCategory>,
) -> Result<Response, Problem> {
    let slug = path_slug(&slug)?;
    let parent = category::parent(body.parent.as_deref())?;
    let description = category::description(body.description);
    let title = body.title.trim().to_owned();
    let node = CategoryNode { slug, title, parent, position: body.position, description };
    match database.update_category(version, &node, &actor(&person)).await {
        Ok(categories) => {
            let (version, category) = category::find(&categories, &node.slug)?;
            Ok(tagged(version, Json(category)))
        }
        Err(error) => Err(category::refused(&database, &node.slug, error).await),
    }
}
