//! `GET /api/me/addresses`: one's address book.

use axum::Json;
use axum::extract::State;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Person, Problem, guarded};

use crate::account;
use crate::dto::BookEntryDto;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(list_addresses)))
}

#[utoipa::path(
    get,
    path = "/api/me/addresses",
    tag = "me",
    responses(
        (status = 200, description = "All addresses, the oldest first; at most 20", body = Page<BookEntryDto>),
        (status = 403, description = "The account is closed", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_addresses(
    State(database): State<Database>,
    person: Person,
) -> Result<Json<Page<BookEntryDto>>, Problem> {
    let profile = account::open(&database, &person).await?.value;
    Ok(Json(Page { items: BookEntryDto::all(&profile.addresses), next_cursor: None }))
}
