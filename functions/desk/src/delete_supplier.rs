//! `DELETE /api/console/fulfilment/suppliers/{id}`: deletes a supplier that has nothing to do any more.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::{Group, SupplierId, SupplierStatus};
use jiff::Timestamp;
use secrets::SecretName;
use store::Database;
use store::audit::Actor;
use store::former_suppliers::FormerSupplier;
use store::suppliers::SupplierWriteError;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, guarded};

use crate::actor;
use crate::supplier::{MAX_COUNTED_TASKS, path_supplier};
use crate::supplier_secret::{self, SecretDesk};

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<SecretDesk> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(delete_supplier)))
}

#[utoipa::path(
    delete,
    path = "/api/console/fulfilment/suppliers/{id}",
    tag = "fulfilment: suppliers",
    params(("id" = String, Path, description = "The supplier's id")),
    responses(
        (status = 204, description = "It is gone with its offers, its secrets and all that was counted of it; its tasks stay, with its name. Where this cannot be brought to an end, the same request goes on with it"),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such supplier", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is not paused, has open tasks, or somebody is changing it", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn delete_supplier(
    State(SecretDesk { database, secrets }): State<SecretDesk>,
    Path(id): Path<String>,
    person: Person,
) -> Result<StatusCode, Problem> {
    let id = path_supplier(&id)?;
    let former = delete(&database, id, &actor(&person)).await?;
    telemetry::crash::point("delete-supplier.after-write", id);
    for name in [SecretName::credential(id), SecretName::webhook(id)] {
        secrets.delete(&name).await.map_err(supplier_secret::unwritten)?;
    }
    let cleared = database.clear_supplier(&former).await.map_err(Problem::internal)?;
    tracing::info!(supplier_id = %id, cleared, "supplier deleted");
    Ok(StatusCode::NO_CONTENT)
}

/// Deletes the supplier alone, unless that is done already.
async fn delete(database: &Database, id: SupplierId, actor: &Actor) -> Result<FormerSupplier, Problem> {
    if let Some(record) = database.supplier(id).await.map_err(Problem::internal)? {
        let open_tasks = database.count_open_tasks(id, MAX_COUNTED_TASKS).await.map_err(Problem::internal)?;
        if let Some(problem) = refusal(record.value.supplier.status, open_tasks) {
            return Err(problem);
        }
        match database.delete_supplier(&record, actor, Timestamp::now()).await {
            Ok(()) => {}
            Err(SupplierWriteError::Taken | SupplierWriteError::Outdated) => {
                return Err(Problem::conflict("somebody is changing the supplier; look at it again"));
            }
            Err(SupplierWriteError::Store(error)) => return Err(Problem::internal(error)),
        }
    }
    let former = database.former_supplier(id).await.map_err(Problem::internal)?;
    former.ok_or_else(|| Problem::not_found("supplier"))
}

/// Why a supplier cannot be deleted. One that is paused gets no task and is sent none, so that none can be left behind.
fn refusal(status: SupplierStatus, open_tasks: u64) -> Option<Problem> {
    let conflict =
        |kind, title, detail: String| Some(Problem::new(StatusCode::CONFLICT, kind, title, detail));
    match (status, open_tasks) {
        (SupplierStatus::Paused, 0) => None,
        (SupplierStatus::Active | SupplierStatus::Draining, _) => conflict(
            "supplier-not-paused",
            "The supplier is not paused",
            "drain it, or pause it, before it is deleted".into(),
        ),
        (SupplierStatus::Paused, tasks) => conflict(
            "supplier-has-tasks",
            "The supplier has open tasks",
            format!(
                "{tasks} of its tasks are open: they must be done, or taken from it, before it is deleted"
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_with_nothing_to_do_is_deleted() {
        assert!(refusal(SupplierStatus::Paused, 0).is_none());
        for (status, open_tasks) in
            [(SupplierStatus::Active, 0), (SupplierStatus::Draining, 0), (SupplierStatus::Paused, 1)]
        {
            let problem = refusal(status, open_tasks).unwrap();
            assert_eq!(problem.status(), StatusCode::CONFLICT, "{status:?} {open_tasks}");
        }
    }
}
