//! `PUT /api/console/brands/{slug}`: renames a brand.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Group;
use serde::Deserialize;
use store::Database;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, IfMatch, Person, Problem, guarded, tagged};

use crate::actor;
use crate::brand::{self, ConsoleBrand};
use crate::catalog_desk::path_slug;

/// What a brand shall be called.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateBrand {
    /// The brand's name: 1 to 100 characters.
    title: String,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(update_brand)))
}

#[utoipa::path(
    put,
    path = "/api/console/brands/{slug}",
    tag = "console: brands",
    params(
        ("slug" = String, Path, description = "The brand's slug, which does not change"),
        ("If-Match" = String, Header, description = "The version of the brand that the edit was made of, in quotes"),
    ),
    request_body = UpdateBrand,
    responses(
        (status = 200, description = "The brand. Its products follow within seconds", body = ConsoleBrand),
        (status = 400, description = "The slug or the header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such brand", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "Somebody else changed it; `current` is what there is now", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn update_brand(
    State(database): State<Database>,
    Path(slug): Path<String>,
    IfMatch(version): IfMatch,
    person: Person,
    Body(body): Body<UpdateBrand>,
) -> Result<Response, Problem> {
    let slug = path_slug(&slug)?;
    let before = brand::load(&database, &slug).await?;
    if before.version != version {
        return Err(Problem::outdated(&ConsoleBrand::from(before)));
    }
    let value = brand::parse(&body.title, Some(slug.clone()))?;
    match database.update_brand(&before, value, &actor(&person)).await {
        Ok(after) => Ok(tagged(after.version, Json(ConsoleBrand::from(after)))),
        Err(error) => Err(brand::refused(&database, &slug, error).await),
    }
}
