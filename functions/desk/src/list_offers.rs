//! `GET /api/console/fulfilment/offers`: the offers of a supplier, or those for a SKU.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::{Group, Sku, SupplierId};
use serde::Deserialize;
use store::Database;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded, page};

use crate::offer::OfferDto;
use crate::supplier;

/// Which offers are wanted: those of a supplier, those for a SKU, or the one that is both.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OfferQuery {
    /// The supplier's id.
    supplier: Option<String>,
    /// The SKU.
    sku: Option<String>,
    /// The `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many offers: 1 to 100, 24 where it is absent. Those for a SKU come on one page.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// The offers that are wanted.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Supplier(SupplierId),
    Sku(Sku),
    Both(SupplierId, Sku),
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(list_offers)))
}

#[utoipa::path(
    get,
    path = "/api/console/fulfilment/offers",
    tag = "fulfilment: offers",
    params(OfferQuery),
    responses(
        (status = 200, description = "A page: a supplier's offers by SKU, or those for a SKU by supplier", body = Page<OfferDto>),
        (status = 400, description = "A parameter is wrong, or both supplier and SKU are missing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such supplier", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_offers(
    State(database): State<Database>,
    query: Result<Query<OfferQuery>, QueryRejection>,
) -> Result<Json<Page<OfferDto>>, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let limit = page::limit(query.limit.as_deref())?;
    let after: Option<Sku> = query.cursor.as_deref().map(page::position).transpose()?;
    let page = match wanted(query.supplier.as_deref(), query.sku.as_deref())? {
        Wanted::Supplier(id) => {
            let name = name_of(&database, id).await?;
            let found = database.offers_from(id, after.as_ref(), limit).await.map_err(Problem::internal)?;
            let next_cursor = found.next.as_ref().map(page::cursor).transpose()?;
            Page { items: found.offers.into_iter().map(|o| OfferDto::of(o, &name)).collect(), next_cursor }
        }
        Wanted::Both(id, sku) => {
            let name = name_of(&database, id).await?;
            let found = database.offer(id, &sku).await.map_err(Problem::internal)?;
            Page { items: found.into_iter().map(|o| OfferDto::of(o, &name)).collect(), next_cursor: None }
        }
        Wanted::Sku(sku) => {
            let (offers, suppliers) = tokio::try_join!(database.offers_for(&sku), database.suppliers())
                .map_err(Problem::internal)?;
            let names: BTreeMap<_, _> =
                suppliers.into_iter().map(|r| (r.value.supplier.id, r.value.supplier.name)).collect();
            // What a supplier that was just deleted offered is about to go.
            let known = offers.into_iter().filter_map(|offer| {
                let name = names.get(&offer.value.supplier_id)?;
                Some(OfferDto::of(offer, name))
            });
            Page { items: known.collect(), next_cursor: None }
        }
    };
    Ok(Json(page))
}

async fn name_of(database: &Database, id: SupplierId) -> Result<String, Problem> {
    Ok(supplier::load(database, id).await?.record.value.supplier.name)
}

fn wanted(supplier: Option<&str>, sku: Option<&str>) -> Result<Wanted, Problem> {
    let supplier = supplier.map(SupplierId::parse).transpose();
    let supplier = supplier.map_err(|error| Problem::bad_parameter("/query/supplier", error))?;
    let sku = sku.map(Sku::parse).transpose();
    let sku = sku.map_err(|error| Problem::bad_parameter("/query/sku", error))?;
    match (supplier, sku) {
        (Some(supplier), Some(sku)) => Ok(Wanted::Both(supplier, sku)),
        (Some(supplier), None) => Ok(Wanted::Supplier(supplier)),
        (None, Some(sku)) => Ok(Wanted::Sku(sku)),
        (None, None) => Err(Problem::bad_parameter("/query", "supplier or sku is required")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_supplier_or_a_sku_is_asked_for() {
        let (id, sku) = (SupplierId::generate(), Sku::parse("A-1").unwrap());
        let text = id.to_string();
        assert_eq!(wanted(Some(&text), None).unwrap(), Wanted::Supplier(id));
        assert_eq!(wanted(None, Some("A-1")).unwrap(), Wanted::Sku(sku.clone()));
        assert_eq!(wanted(Some(&text), Some("A-1")).unwrap(), Wanted::Both(id, sku));
        assert!(wanted(None, None).is_err());
        assert!(wanted(Some("x"), None).is_err());
        assert!(wanted(None, Some("a b")).is_err());
    }
}
