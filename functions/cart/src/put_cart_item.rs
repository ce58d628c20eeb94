//! `PUT /api/carts/{id}/items/{sku}`: sets how many of a SKU are wanted.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::{CartLine, Currency, Product, ProductId, Quantity, Sku};
use jiff::Timestamp;
use serde::Deserialize;
use store::Database;
use store::carts::SaveOutcome;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Body, FieldProblem, Fields, Problem};

use crate::dto::CartDto;

/// How many are wanted. Prices are the shop's business.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutCartItem {
    /// A whole number from 1 to 1,000,000.
    #[schema(minimum = 1, maximum = 1_000_000)]
    quantity: i64,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<(Database, Currency)> {
    OpenApiRouter::new().routes(routes!(put_cart_item))
}

#[utoipa::path(
    put,
    path = "/api/carts/{id}/items/{sku}",
    tag = "cart",
    params(
        ("id" = String, Path, description = "The cart's id"),
        ("sku" = String, Path, description = "What is wanted"),
    ),
    request_body = PutCartItem,
    responses(
        (status = 200, description = "The cart", body = CartDto),
        (status = 400, description = "The id or the SKU is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such cart or SKU", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The cart is full", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The body is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn put_cart_item(
    State((database, currency)): State<(Database, Currency)>,
    Path((id, sku)): Path<(String, String)>,
    Body(request): Body<PutCartItem>,
) -> Result<Json<CartDto>, Problem> {
    let sku = crate::parse_sku(&sku)?;
    let mut fields = Fields::default();
    let Some(quantity) = fields.parsed("/quantity", Quantity::parse(request.quantity)) else {
        return Err(fields.into_problem());
    };
    for _ in 0..crate::MAX_TRIES {
        let mut cart = crate::load(&database, &id).await?;
        let known = cart.value.lines.iter().find(|line| line.sku == sku).map(|line| line.product_id);
        let product_id = match known {
            Some(product_id) => product_id,
            None => on_sale(&database, &sku).await?.ok_or_else(|| Problem::not_found("SKU"))?,
        };
        let line = CartLine { sku: sku.clone(), product_id, quantity };
        cart.value.set(line, Timestamp::now()).map_err(|full| {
            let errors = vec![FieldProblem::new("/items", full.to_string())];
            Problem::new(StatusCode::CONFLICT, "cart-full", "The cart is full", full.to_string())
                .with_errors(errors)
        })?;
        if database.save_cart(&mut cart).await.map_err(Problem::internal)? == SaveOutcome::Saved {
            return Ok(Json(CartDto::priced(&database, currency, &cart).await?));
        }
    }
    Err(Problem::conflict("the cart is being changed by others; try again").retry_after(1))
}

/// The product that a SKU is a variant of, if it can be bought.
async fn on_sale(database: &Database, sku: &Sku) -> Result<Option<ProductId>, Problem> {
    let Some(id) = database.product_id_of_sku(sku).await.map_err(Problem::internal)? else { return Ok(None) };
    let products = database.products([(id, sku)]).await.map_err(Problem::internal)?;
    let on_sale = |product: &Product| product.is_active() && product.variant(sku).is_some();
    Ok(products.get(&id).filter(|stocked| on_sale(&stocked.product)).map(|_| id))
}
