//! `GET /api/console/fulfilment/suppliers`: all suppliers, and how they do.

use axum::Json;
use axum::extract::State;
use domain::Group;
use futures::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use serde::Serialize;
use store::Versioned;
use store::suppliers::SupplierRecord;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded};

use crate::SupplierDesk;
use crate::health::{self, HealthDto, Period};
use crate::supplier::MAX_COUNTED_TASKS;
use crate::words::{CircuitDto, StatusDto};

/// How many suppliers are looked at at a time.
pub(crate) const AT_ONCE: usize = 16;

/// A supplier in the list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SupplierItem {
    /// The supplier's id.
    #[schema(example = "sup_01JD0000000000000000000000")]
    id: String,
    /// The name that operators and customers see.
    name: String,
    /// The kind of adapter.
    #[schema(example = "http-json")]
    adapter: String,
    /// Whether it gets work.
    status: StatusDto,
    /// Who is asked first: the lower, the sooner.
    priority: u32,
    /// The share of the orders, where suppliers are drawn by lot.
    weight: u32,
    /// Whether it is called.
    circuit: CircuitDto,
    /// How many of its tasks are open; not counted beyond 1,000.
    open_tasks: u64,
    /// How it did in this hour and the one before.
    health: HealthDto,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<SupplierDesk> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(list_suppliers)))
}

#[utoipa::path(
    get,
    path = "/api/console/fulfilment/suppliers",
    tag = "fulfilment: suppliers",
    responses((status = 200, description = "All of them on one page, by name", body = Page<SupplierItem>))
)]
async fn list_suppliers(State(desk): State<SupplierDesk>) -> Result<Json<Page<SupplierItem>>, Problem> {
    let now = Timestamp::now();
    let suppliers = by_name(desk.database.suppliers().await.map_err(Problem::internal)?);
    let ids = suppliers.iter().map(|record| record.value.supplier.id);
    let circuits = desk.database.circuits(ids.clone()).await.map_err(Problem::internal)?;
    let database = &desk.database;
    let look = |id| async move {
        tokio::try_join!(
            database.count_open_tasks(id, MAX_COUNTED_TASKS),
            health::hours(database, id, Period::Hour, now),
        )
    };
    let looks: Vec<_> = ids.map(look).collect();
    let seen: Vec<_> =
        stream::iter(looks).buffered(AT_ONCE).try_collect().await.map_err(Problem::internal)?;
    let items = suppliers.into_iter().zip(seen).map(|(record, (open_tasks, hours))| {
        let SupplierRecord { supplier, adapter, .. } = record.value;
        SupplierItem {
            id: supplier.id.to_string(),
            name: supplier.name,
            adapter,
            status: supplier.status.into(),
            priority: supplier.priority,
            weight: supplier.weight.get(),
            circuit: CircuitDto::of(&circuits.get(&supplier.id).copied().unwrap_or_default(), now),
            open_tasks,
            health: HealthDto::of(&health::sum(&hours, Period::Hour, now), desk.currency),
        }
    });
    Ok(Json(Page { items: items.collect(), next_cursor: None }))
}

/// Suppliers as they are listed.
pub(crate) fn by_name(mut suppliers: Vec<Versioned<SupplierRecord>>) -> Vec<Versioned<SupplierRecord>> {
    suppliers.sort_by_cached_key(|record| {
        let supplier = &record.value.supplier;
        (supplier.name.to_lowercase(), supplier.name.clone(), supplier.id)
    });
    suppliers
}

#[cfg(test)]
mod tests {
    use domain::{Supplier, SupplierId};
    use serde_json::Value;

    use super::*;

    #[test]
    fn suppliers_are_listed_by_name_whatever_its_case() {
        let record = |name: &str| Versioned {
            value: SupplierRecord {
                supplier: Supplier::new(SupplierId::generate(), name.into(), 1),
                adapter: "manual".into(),
                configuration: Value::Null,
                webhook: None,
            },
            version: 1,
        };
        let listed = by_name(vec![record("northgate"), record("Calder"), record("ashby"), record("Ashby")]);
        let names: Vec<_> = listed.iter().map(|record| record.value.supplier.name.as_str()).collect();
        assert_eq!(names, ["Ashby", "ashby", "Calder", "northgate"]);
    }
}
