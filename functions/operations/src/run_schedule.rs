//! `POST /api/console/operations/schedules/{name}/runs`: does a schedule's work now.

use aws_config::SdkConfig;
use aws_sdk_lambda::Client;
use aws_sdk_lambda::error::DisplayErrorContext;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::InvocationType;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::Group;
use events::RunNow;
use serde::Serialize;
use store::Database;
use store::audit::{AuditEntry, AuditSubject};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, RequestId, guarded};

use crate::known::{Known, KnownSchedule};
use crate::note;

/// What the route works with.
#[derive(Debug, Clone)]
pub struct Runner {
    known: Known<KnownSchedule>,
    database: Database,
    lambda: Client,
}

impl Runner {
    /// The schedules that the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, cloud::SettingError> {
        let known = cloud::setting("SCHEDULES")?;
        Ok(Self { known, database: Database::from_env(config), lambda: Client::new(config) })
    }
}

/// A run that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AskedRun {
    /// By this the run is found once it has ended: `GET /api/console/operations/runs?about=…`.
    request_id: String,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Runner> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(run_schedule)))
}

#[utoipa::path(
    post,
    path = "/api/console/operations/schedules/{name}/runs",
    tag = "console: operations",
    params(("name" = String, Path, description = "The schedule's name")),
    responses(
        (status = 202, description = "It begins within moments, also while the schedule is paused", body = AskedRun),
        (status = 404, description = "There is no such schedule", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn run_schedule(
    State(runner): State<Runner>,
    Path(name): Path<String>,
    RequestId(request_id): RequestId,
    person: Person,
) -> Result<(StatusCode, Json<AskedRun>), Problem> {
    let known = runner.known.find(&name).ok_or_else(|| Problem::not_found("schedule"))?;
    let asked = AskedRun { request_id };
    let subject = AuditSubject::new("schedule", &known.name, &known.name);
    let entry = AuditEntry::of(&crate::actor(&person), "schedule.run", subject, None, Some(&asked));
    note(&runner.database, entry).await?;
    let call = RunNow { run_now: asked.request_id.clone(), trace_id: telemetry::trace::current() };
    let call = serde_json::to_vec(&call).map_err(Problem::internal)?;
    let request = runner
        .lambda
        .invoke()
        .function_name(&known.function)
        .invocation_type(InvocationType::Event)
        .payload(Blob::new(call));
    request.send().await.map_err(|error| Problem::internal(DisplayErrorContext(error)))?;
    Ok((StatusCode::ACCEPTED, Json(asked)))
}
