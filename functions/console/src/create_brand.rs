//! `POST /api/console/brands`: a new brand.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::{Group, Slug};
use serde::Deserialize;
use store::{Database, Versioned};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, FieldProblem, Person, Problem, guarded, tagged};

use crate::actor;
use crate::brand::{self, ConsoleBrand};

/// A brand to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateBrand {
    /// The brand's name: 1 to 100 characters.
    #[schema(example = "Hallamgate")]
    title: String,
    /// The brand's address; where it is absent, one is made of the name.
    #[schema(example = "hallamgate")]
    slug: Option<String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(create_brand)))
}

#[utoipa::path(
    post,
    path = "/api/console/brands",
    tag = "console: brands",
    request_body = CreateBrand,
    responses(
        (status = 201, description = "The brand", body = ConsoleBrand),
        (status = 422, description = "Fields are wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn create_brand(
    State(database): State<Database>,
    person: Person,
    Body(body): Body<CreateBrand>,
) -> Result<Response, Problem> {
    let slug = body.slug.as_deref().map(Slug::parse).transpose();
    let slug = slug.map_err(|error| Problem::invalid(vec![FieldProblem::new("/slug", error.to_string())]))?;
    let value = brand::parse(&body.title, slug)?;
    match database.create_brand(&value, &actor(&person)).await {
        Ok(()) => {
            let created = ConsoleBrand::from(Versioned { value, version: 1 });
            Ok(tagged(1, (StatusCode::CREATED, Json(created)).into_response()))
        }
        Err(error) => Err(brand::refused(&database, &value.slug, error).await),
    }
}
