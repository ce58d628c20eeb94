//! `POST /api/me/addresses`: writes an address down.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::{AddressId, BookEntry};
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Person, Problem, guarded};

use crate::account;
use crate::dto::{BookEntryDto, PutAddress};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(create_address)))
}

#[utoipa::path(
    post,
    path = "/api/me/addresses",
    tag = "me",
    request_body = PutAddress,
    responses(
        (status = 201, description = "The address", body = BookEntryDto),
        (status = 403, description = "The account is closed", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The address book is full", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn create_address(
    State(database): State<Database>,
    person: Person,
    Body(body): Body<PutAddress>,
) -> Result<(StatusCode, Json<BookEntryDto>), Problem> {
    let (address, make_default) = body.parse()?;
    let id = AddressId::generate();
    let (profile, ()) = account::change(&database, &person, |profile| {
        let added = profile.addresses.add(BookEntry { id, address: address.clone() }, make_default);
        added.map_err(|full| {
            let title = "The address book is full";
            Problem::new(StatusCode::CONFLICT, "address-book-full", title, full.to_string())
        })
    })
    .await?;
    Ok((StatusCode::CREATED, Json(BookEntryDto::one(&profile.addresses, id)?)))
}
