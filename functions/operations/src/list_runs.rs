//! `GET /api/console/operations/runs`: what workers and schedules did; the newest first.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::Group;
use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use store::Database;
use store::run_lists::RunFilter;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded, page};

use crate::run::RunDto;

/// The most characters of a worker's name, and of what is searched for.
pub const MAX_TEXT: usize = 100;

/// Which runs are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RunQuery {
    /// Those of one worker.
    #[param(example = "plan-order")]
    worker: Option<String>,
    /// `true` for those that failed.
    #[param(value_type = Option<bool>)]
    failed: Option<String>,
    /// Those that began on one day (UTC), at most thirty days ago.
    #[param(value_type = Option<String>, format = Date, example = "2026-11-22")]
    day: Option<String>,
    /// Those about an order, a task, a request or a trace, by its id; or those whose summary or error has this text.
    about: Option<String>,
    /// The `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many at most: 1 to 100, 24 where it is absent. A page may have fewer and still not be the last.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(list_runs)))
}

#[utoipa::path(
    get,
    path = "/api/console/operations/runs",
    tag = "console: operations",
    params(RunQuery),
    responses(
        (status = 200, description = "A page, the newest first; runs are kept for thirty days", body = Page<RunDto>),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_runs(
    State(database): State<Database>,
    query: Result<Query<RunQuery>, QueryRejection>,
) -> Result<Json<Page<RunDto>>, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let limit = page::limit(query.limit.as_deref())?;
    let position = query.cursor.as_deref().map(page::position).transpose()?;
    let filter = filter(query)?;
    let today = Zoned::now().with_time_zone(TimeZone::UTC).date();
    let found = database.runs(&filter, position, today, limit).await.map_err(Problem::internal)?;
    let next_cursor = found.next.as_ref().map(page::cursor).transpose()?;
    Ok(Json(Page { items: found.runs.into_iter().map(Into::into).collect(), next_cursor }))
}

fn filter(query: RunQuery) -> Result<RunFilter, Problem> {
    let text = |name: &str, text: Option<String>| match text {
        Some(text) if text.trim().is_empty() || text.chars().count() > MAX_TEXT => {
            let detail = format!("must have 1 to {MAX_TEXT} characters");
            Err(Problem::bad_parameter(format!("/query/{name}"), detail))
        }
        text => Ok(text.map(|text| text.trim().to_owned())),
    };
    let day = query.day.map(|day| {
        let parsed: Result<Date, _> = day.parse();
        parsed.map_err(|_| Problem::bad_parameter("/query/day", "must be a day, such as 2026-11-22"))
    });
    let failed = match query.failed.as_deref() {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(Problem::bad_parameter("/query/failed", "must be true or false")),
    };
    Ok(RunFilter {
        worker: text("worker", query.worker)?,
        failed,
        day: day.transpose()?,
        about: text("about", query.about)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_says_which_runs() {
        let query = RunQuery {
            worker: Some("plan-order".into()),
            failed: Some("true".into()),
            day: Some("2026-11-22".into()),
            about: Some(" ord_1 ".into()),
            ..RunQuery::default()
        };
        let expected = RunFilter {
            worker: Some("plan-order".into()),
            failed: true,
            day: Some(jiff::civil::date(2026, 11, 22)),
            about: Some("ord_1".into()),
        };
        assert_eq!(filter(query).unwrap(), expected);
        assert_eq!(filter(RunQuery::default()).unwrap(), RunFilter::default());
    }

    #[test]
    fn a_wrong_parameter_is_named() {
        let some = |text: &str| Some(text.to_owned());
        for (query, pointer) in [
            (RunQuery { worker: some(""), ..RunQuery::default() }, "/query/worker"),
            (RunQuery { about: some(&"x".repeat(MAX_TEXT + 1)), ..RunQuery::default() }, "/query/about"),
            (RunQuery { day: some("22.11.2026"), ..RunQuery::default() }, "/query/day"),
            (RunQuery { failed: some("yes"), ..RunQuery::default() }, "/query/failed"),
        ] {
            let problem = serde_json::to_value(filter(query).unwrap_err()).unwrap();
            assert_eq!(problem["errors"][0]["pointer"], pointer);
        }
    }
}
