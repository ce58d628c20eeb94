//! `PUT /api/me/addresses/{id}`: writes an address anew.

use axum::Json;
use axum::extract::{Path, State};
use domain::BookEntry;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Person, Problem, guarded};

use crate::account;
use crate::dto::{BookEntryDto, PutAddress, parse_address_id};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(update_address)))
}

#[utoipa::path(
    put,
    path = "/api/me/addresses/{id}",
    tag = "me",
    params(("id" = String, Path, description = "The address' id")),
    request_body = PutAddress,
    responses(
        (status = 200, description = "The address", body = BookEntryDto),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The account is closed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such address in your book", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn update_address(
    State(database): State<Database>,
    Path(id): Path<String>,
    person: Person,
    Body(body): Body<PutAddress>,
) -> Result<Json<BookEntryDto>, Problem> {
    let id = parse_address_id(&id)?;
    let (address, make_default) = body.parse()?;
    let (profile, ()) = account::change(&database, &person, |profile| {
        let replaced = profile.addresses.replace(BookEntry { id, address: address.clone() }, make_default);
        replaced.map_err(|_| Problem::not_found("address"))
    })
    .await?;
    Ok(Json(BookEntryDto::one(&profile.addresses, id)?))
}
