//! `GET /api/me`: who is signed in.

use axum::Json;
use axum::extract::State;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, guarded};

use crate::account;
use crate::dto::MeDto;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(get_me)))
}

#[utoipa::path(
    get,
    path = "/api/me",
    tag = "me",
    responses(
        (status = 200, description = "Who is signed in", body = MeDto),
        (status = 403, description = "The account is closed", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_me(State(database): State<Database>, person: Person) -> Result<Json<MeDto>, Problem> {
    Ok(Json(account::open(&database, &person).await?.value.into()))
}
