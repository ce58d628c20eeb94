//! `GET /api/me/cart`: one's cart, on whichever device it was filled.

use axum::Json;
use axum::extract::State;
use cart::dto::CartDto;
use domain::Currency;
use store::Database;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, guarded};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<(Database, Currency)> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(get_my_cart)))
}

#[utoipa::path(
    get,
    path = "/api/me/cart",
    tag = "me",
    responses(
        (status = 200, description = "The cart; its id is all that the routes below `/api/carts` need", body = CartDto),
        (status = 404, description = "You have no cart", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_my_cart(
    State((database, currency)): State<(Database, Currency)>,
    person: Person,
) -> Result<Json<CartDto>, Problem> {
    let mine = database.cart_id_of(&person.id).await.map_err(Problem::internal)?;
    let mine = match mine {
        Some(id) => cart::find(&database, id).await?,
        None => None,
    };
    let mine = mine.ok_or_else(|| Problem::not_found("cart"))?;
    Ok(Json(CartDto::priced(&database, currency, &mine).await?))
}
