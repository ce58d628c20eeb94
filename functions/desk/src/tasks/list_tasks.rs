//! `GET /api/console/fulfilment/tasks`: what suppliers are to send, or how it ended.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::{Group, TaskStatus};
use serde::Deserialize;
use store::Database;
use store::task_lists::{Wanted, Whose};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded, page};

use super::Suppliers;
use super::task::TaskRow;

/// The word for all tasks that are not final.
const OPEN: &str = "open";
/// The word for all tasks there are.
const ALL: &str = "all";

/// Which tasks are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TaskQuery {
    /// The supplier's id; all suppliers where it is absent.
    supplier: Option<String>,
    /// `open`, which is meant where it is absent, `all`, or one status.
    #[param(example = "open")]
    status: Option<String>,
    /// The `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many tasks: 1 to 100, 24 where it is absent.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(list_tasks)))
}

#[utoipa::path(
    get,
    path = "/api/console/fulfilment/tasks",
    tag = "fulfilment: tasks",
    params(TaskQuery),
    responses(
        (status = 200, description = "A page: open tasks by the time of the next look at them, those that ended by the time of their end, the latest first, and all of them by either time, the latest first. It may be short, or empty, although there is another", body = Page<TaskRow>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_tasks(
    State(database): State<Database>,
    query: Result<Query<TaskQuery>, QueryRejection>,
) -> Result<Json<Page<TaskRow>>, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let limit = usize::try_from(page::limit(query.limit.as_deref())?).map_err(Problem::internal)?;
    let after: Option<String> = query.cursor.as_deref().map(page::position).transpose()?;
    let wanted = wanted(query.status.as_deref())?;
    let supplier = query.supplier.as_deref().map(domain::SupplierId::parse).transpose();
    let supplier = supplier.map_err(|error| Problem::bad_parameter("/query/supplier", error))?;
    let suppliers = Suppliers::load(&database).await.map_err(Problem::internal)?;
    let everybody = suppliers.ids();
    let whose = supplier.map_or(Whose::Everybody(&everybody), Whose::Of);
    let found = database.task_page(wanted, whose, after.as_deref(), limit).await;
    let found = found.map_err(Problem::internal)?;
    Ok(Json(Page {
        items: found.tasks.iter().map(|task| TaskRow::of(task, None, &suppliers)).collect(),
        next_cursor: found.next.as_ref().map(page::cursor).transpose()?,
    }))
}

fn wanted(status: Option<&str>) -> Result<Wanted, Problem> {
    let name = match status {
        None | Some(OPEN) => return Ok(Wanted::Open),
        Some(ALL) => return Ok(Wanted::All),
        Some(name) => name,
    };
    let status = TaskStatus::ALL.into_iter().find(|status| status.name() == name);
    status.map(Wanted::Status).ok_or_else(|| {
        let names = TaskStatus::ALL.map(TaskStatus::name).join(", ");
        Problem::bad_parameter("/query/status", format!("must be one of: {OPEN}, {ALL}, {names}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_tasks_are_meant_where_nothing_is_said() {
        assert_eq!(wanted(None).unwrap(), Wanted::Open);
        assert_eq!(wanted(Some("open")).unwrap(), Wanted::Open);
        assert_eq!(wanted(Some("all")).unwrap(), Wanted::All);
        assert_eq!(wanted(Some("overdue")).unwrap(), Wanted::Status(TaskStatus::Overdue));
        assert_eq!(wanted(Some("done")).unwrap_err().status().as_u16(), 400);
    }
}
