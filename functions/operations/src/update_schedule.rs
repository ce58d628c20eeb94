//! `PUT /api/console/operations/schedules/{name}`: changes when a schedule runs, pauses it, or goes on with it.

use aws_sdk_scheduler::error::DisplayErrorContext;
use aws_sdk_scheduler::operation::get_schedule::GetScheduleOutput;
use aws_sdk_scheduler::types::ScheduleState;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Group;
use serde::{Deserialize, Serialize};
use store::audit::{AuditEntry, AuditSubject};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Fields, IfMatch, Person, Problem, guarded, tagged};

use crate::expression::Expression;
use crate::note;
use crate::schedules::{self, ScheduleDto, ScheduleStateDto, Schedules, version};

/// What shall change; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduleInput {
    /// When it shall run: `rate(…)` or `cron(…)`.
    #[schema(example = "rate(2 minutes)")]
    expression: Option<String>,
    /// Whether it shall run.
    state: Option<ScheduleStateDto>,
}

/// What the audit trail tells of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Told {
    expression: String,
    state: ScheduleStateDto,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Schedules> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(update_schedule)))
}

#[utoipa::path(
    put,
    path = "/api/console/operations/schedules/{name}",
    tag = "console: operations",
    params(
        ("name" = String, Path, description = "The schedule's name"),
        ("If-Match" = String, Header, description = "The `ETag`, or the `version`, of what was read, in quotes"),
    ),
    request_body = ScheduleInput,
    responses(
        (status = 200, description = "The schedule as it is now. A deployment that changes the schedule in the template sets it back", body = ScheduleDto),
        (status = 404, description = "There is no such schedule", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "It was changed since it was read; `current` is what it is now", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "If-Match is missing", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn update_schedule(
    State(schedules): State<Schedules>,
    Path(name): Path<String>,
    IfMatch(expected): IfMatch,
    person: Person,
    Body(input): Body<ScheduleInput>,
) -> Result<Response, Problem> {
    let known = schedules.known.find(&name).ok_or_else(|| Problem::not_found("schedule"))?;
    let mut fields = Fields::default();
    let expression = match &input.expression {
        Some(text) => match fields.parsed("/expression", Expression::parse(text)) {
            Some(expression) => Some(expression.to_string()),
            None => return Err(fields.into_problem()),
        },
        None => None,
    };
    let current = schedules.read(known).await?;
    if version(&current) != expected {
        return Err(Problem::outdated(&schedules.show(known).await?));
    }
    let before = Told {
        expression: current.schedule_expression().unwrap_or_default().to_owned(),
        state: schedules::state(&current),
    };
    let after = Told {
        expression: expression.unwrap_or_else(|| before.expression.clone()),
        state: input.state.unwrap_or(before.state),
    };
    if before != after {
        let subject = AuditSubject::new("schedule", &known.name, &known.name);
        let entry =
            AuditEntry::of(&crate::actor(&person), "schedule.updated", subject, Some(&before), Some(&after));
        note(&schedules.database, entry).await?;
        change(&schedules, &known.schedule, current, &after).await?;
    }
    let shown = schedules.show(known).await?;
    Ok(tagged(shown.version, Json(shown)))
}

/// The scheduler takes a schedule whole: what is not said again would be lost.
async fn change(
    schedules: &Schedules,
    name: &str,
    current: GetScheduleOutput,
    to: &Told,
) -> Result<(), Problem> {
    let state = match to.state {
        ScheduleStateDto::Enabled => ScheduleState::Enabled,
        ScheduleStateDto::Paused => ScheduleState::Disabled,
    };
    let request = schedules
        .client
        .update_schedule()
        .name(name)
        .schedule_expression(&to.expression)
        .state(state)
        .set_action_after_completion(current.action_after_completion)
        .set_description(current.description)
        .set_end_date(current.end_date)
        .set_flexible_time_window(current.flexible_time_window)
        .set_kms_key_arn(current.kms_key_arn)
        .set_schedule_expression_timezone(current.schedule_expression_timezone)
        .set_start_date(current.start_date)
        .set_target(current.target);
    request.send().await.map_err(|error| Problem::internal(DisplayErrorContext(error)))?;
    Ok(())
}
