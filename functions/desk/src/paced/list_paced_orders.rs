//! `GET /api/console/fulfilment/paced-orders`: the paced orders.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::{Group, PacedStatus};
use jiff::Timestamp;
use serde::Deserialize;
use store::Database;
use store::paced_orders::PacedPosition;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded, page};

use super::order::PacedOrderRow;

/// Which paced orders are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PacedQuery {
    /// `running`, `paused`, `finished` or `stopped`; all where it is absent.
    #[param(example = "running")]
    status: Option<String>,
    /// The `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many paced orders: 1 to 100, 24 where it is absent.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(list_paced_orders)))
}

#[utoipa::path(
    get,
    path = "/api/console/fulfilment/paced-orders",
    tag = "fulfilment: paced orders",
    params(PacedQuery),
    responses(
        (status = 200, description = "A page, the newest first. It may be short, or empty, although there is another", body = Page<PacedOrderRow>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_paced_orders(
    State(database): State<Database>,
    query: Result<Query<PacedQuery>, QueryRejection>,
) -> Result<Json<Page<PacedOrderRow>>, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let limit = page::limit(query.limit.as_deref())?;
    let after: Option<PacedPosition> = query.cursor.as_deref().map(page::position).transpose()?;
    let status = query.status.as_deref().map(status).transpose()?;
    let found = database.paced_orders(status, after, limit).await.map_err(Problem::internal)?;
    let skus: Vec<_> = found.orders.iter().map(|order| order.value.sku()).collect();
    let of_sku = database.products_of_skus(skus).await.map_err(Problem::internal)?;
    let titles = database.titles_of(of_sku.values().copied()).await.map_err(Problem::internal)?;
    let now = Timestamp::now();
    let rows = found.orders.iter().map(|order| {
        let title = of_sku.get(order.value.sku()).and_then(|id| titles.get(id));
        PacedOrderRow::of(order, title.cloned(), now)
    });
    let items = rows.collect();
    Ok(Json(Page { items, next_cursor: found.next.as_ref().map(page::cursor).transpose()? }))
}

fn status(name: &str) -> Result<PacedStatus, Problem> {
    let status = PacedStatus::ALL.into_iter().find(|status| status.name() == name);
    status.ok_or_else(|| {
        let names = PacedStatus::ALL.map(PacedStatus::name).join(", ");
        Problem::bad_parameter("/query/status", format!("must be one of: {names}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_known_by_its_name() {
        for known in PacedStatus::ALL {
            assert_eq!(status(known.name()).unwrap(), known);
        }
        assert_eq!(status("Running").unwrap_err().status().as_u16(), 400);
    }
}
