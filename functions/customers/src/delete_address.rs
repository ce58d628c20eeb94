//! `DELETE /api/me/addresses/{id}`: strikes an address out.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::Profile;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, guarded};

use crate::account;
use crate::dto::parse_address_id;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(delete_address)))
}

#[utoipa::path(
    delete,
    path = "/api/me/addresses/{id}",
    tag = "me",
    params(("id" = String, Path, description = "The address' id")),
    responses(
        (status = 204, description = "It is struck out"),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The account is closed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such address in your book", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn delete_address(
    State(database): State<Database>,
    Path(id): Path<String>,
    person: Person,
) -> Result<StatusCode, Problem> {
    let id = parse_address_id(&id)?;
    let strike_out = |profile: &mut Profile| {
        profile.addresses.remove(id).then_some(()).ok_or_else(|| Problem::not_found("address"))
    };
    account::change(&database, &person, strike_out).await?;
    Ok(StatusCode::NO_CONTENT)
}
