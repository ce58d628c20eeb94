//! `PUT /api/console/stock/{sku}/threshold`: says at how many pieces a SKU runs low.

use axum::Json;
use axum::extract::{Path, State};
use domain::Group;
use serde::Deserialize;
use store::Database;
use store::catalog::ThresholdError;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, FieldProblem, Person, Problem, guarded};

use crate::actor;
use crate::stock::{self, StockItem, path_sku};

/// The highest threshold.
pub const MAX_THRESHOLD: u64 = 1_000_000;

/// At how many pieces a SKU runs low.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetThreshold {
    /// When so many or fewer are available: 0 to 1,000,000. Null where nobody wants to know.
    threshold: Option<u64>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(set_stock_threshold)))
}

#[utoipa::path(
    put,
    path = "/api/console/stock/{sku}/threshold",
    tag = "console: stock",
    params(("sku" = String, Path, description = "The SKU")),
    request_body = SetThreshold,
    responses(
        (status = 200, description = "Its stock; the list of what runs low follows within seconds", body = StockItem),
        (status = 400, description = "The SKU is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such SKU", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The threshold is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn set_stock_threshold(
    State(database): State<Database>,
    Path(sku): Path<String>,
    person: Person,
    Body(SetThreshold { threshold }): Body<SetThreshold>,
) -> Result<Json<StockItem>, Problem> {
    let sku = path_sku(&sku)?;
    check(threshold)?;
    let (product, _) = stock::load(&database, &sku).await?;
    let set = database.set_stock_threshold(product, &sku, threshold, &actor(&person)).await;
    set.map_err(|error| match error {
        ThresholdError::Unknown => Problem::not_found("SKU"),
        ThresholdError::Store(error) => Problem::internal(error),
    })?;
    Ok(Json(stock::item(&database, &sku).await?))
}

fn check(threshold: Option<u64>) -> Result<(), Problem> {
    if threshold.is_none_or(|threshold| threshold <= MAX_THRESHOLD) {
        return Ok(());
    }
    let detail = format!("must be a whole number from 0 to {MAX_THRESHOLD}, or null");
    Err(Problem::invalid(vec![FieldProblem::new("/threshold", detail)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_has_a_limit() {
        assert!(check(None).is_ok() && check(Some(0)).is_ok() && check(Some(MAX_THRESHOLD)).is_ok());
        assert!(check(Some(MAX_THRESHOLD + 1)).is_err());
    }
}
