//! The stack's schedules, as the scheduler has them.

use aws_config::SdkConfig;
use aws_sdk_scheduler::Client;
use aws_sdk_scheduler::error::DisplayErrorContext;
use aws_sdk_scheduler::operation::get_schedule::GetScheduleOutput;
use aws_sdk_scheduler::types::ScheduleState;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::Database;
use store::runs::{Run, RunCause};
use utoipa::ToSchema;
use web::Problem;

use crate::expression::Expression;
use crate::known::{Known, KnownSchedule};
use crate::run::RunDto;

/// Whether a schedule runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum ScheduleStateDto {
    /// It runs.
    Enabled,
    /// It is paused.
    Paused,
}

/// A schedule.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScheduleDto {
    /// Its name, which is its worker's.
    #[schema(example = "poll-suppliers")]
    pub name: String,
    /// What it is for.
    description: Option<String>,
    /// When it runs.
    #[schema(example = "rate(1 minute)")]
    pub expression: String,
    /// The time zone that a `cron` expression is in.
    #[schema(example = "UTC")]
    timezone: String,
    /// Whether it runs.
    pub state: ScheduleStateDto,
    /// When it was made or changed last.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Timestamp,
    /// Counts its changes, as its `ETag` does.
    pub version: u64,
    /// Its latest run, if it had one in the last thirty days.
    last_run: Option<RunDto>,
    /// When it is expected to run next; null while it is paused.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_run_at: Option<Timestamp>,
}

/// What the schedules' routes share.
#[derive(Debug, Clone)]
pub struct Schedules {
    /// The stack's schedules.
    pub known: Known<KnownSchedule>,
    /// The tables with their runs, and with the audit trail.
    pub database: Database,
    pub(crate) client: Client,
}

impl Schedules {
    /// The schedules that the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, cloud::SettingError> {
        let known = cloud::setting("SCHEDULES")?;
        Ok(Self { known, database: Database::from_env(config), client: Client::new(config) })
    }

    /// A schedule, as the scheduler has it.
    pub(crate) async fn read(&self, known: &KnownSchedule) -> Result<GetScheduleOutput, Problem> {
        let read = self.client.get_schedule().name(&known.schedule).send().await;
        read.map_err(|error| Problem::internal(DisplayErrorContext(error)))
    }

    /// A schedule with its runs.
    pub(crate) async fn show(&self, known: &KnownSchedule) -> Result<ScheduleDto, Problem> {
        let last = async { self.database.last_run(&known.name).await.map_err(Problem::internal) };
        let (read, last) = futures::future::try_join(self.read(known), last).await?;
        Ok(shown(known, &read, last, Timestamp::now()))
    }
}

/// Counts the changes of a schedule: the scheduler knows when it was changed last, to the millisecond.
pub(crate) fn version(schedule: &GetScheduleOutput) -> u64 {
    u64::try_from(changed_at(schedule).as_millisecond()).unwrap_or_default()
}

fn changed_at(schedule: &GetScheduleOutput) -> Timestamp {
    let changed = schedule.last_modification_date().or(schedule.creation_date());
    let millis = changed.and_then(|changed| changed.to_millis().ok());
    millis.and_then(|millis| Timestamp::from_millisecond(millis).ok()).unwrap_or_default()
}

pub(crate) fn state(schedule: &GetScheduleOutput) -> ScheduleStateDto {
    match schedule.state() {
        Some(ScheduleState::Disabled) => ScheduleStateDto::Paused,
        _ => ScheduleStateDto::Enabled,
    }
}

fn shown(
    known: &KnownSchedule,
    schedule: &GetScheduleOutput,
    last: Option<Run>,
    now: Timestamp,
) -> ScheduleDto {
    let (state, changed_at) = (state(schedule), changed_at(schedule));
    let text = schedule.schedule_expression().unwrap_or_default();
    let timezone = schedule.schedule_expression_timezone().unwrap_or("UTC");
    let next_run_at = match (state, Expression::parse(text), zone(timezone)) {
        (ScheduleStateDto::Enabled, Ok(expression), Some(zone)) => {
            expression.next(anchor(last.as_ref(), changed_at), now, &zone)
        }
        _ => None,
    };
    ScheduleDto {
        name: known.name.clone(),
        description: schedule.description().filter(|text| !text.is_empty()).map(str::to_owned),
        expression: text.to_owned(),
        timezone: timezone.to_owned(),
        state,
        changed_at,
        version: version(schedule),
        last_run: last.map(Into::into),
        next_run_at,
    }
}

/// What a rate counts from: runs by hand do not move it, and a change begins it anew.
fn anchor(last: Option<&Run>, changed_at: Timestamp) -> Timestamp {
    let scheduled = last.filter(|run| run.cause == RunCause::Schedule).map(|run| run.started_at);
    scheduled.filter(|started_at| *started_at > changed_at).unwrap_or(changed_at)
}

/// A time zone that this machine knows; UTC it always knows.
fn zone(name: &str) -> Option<TimeZone> {
    if name == "UTC" { Some(TimeZone::UTC) } else { TimeZone::get(name).ok() }
}

#[cfg(test)]
mod tests {
    use aws_sdk_scheduler::primitives::DateTime;

    use super::*;

    fn known() -> KnownSchedule {
        KnownSchedule { name: "poll-suppliers".into(), schedule: "s".into(), function: "f".into() }
    }

    fn schedule(state: ScheduleState) -> GetScheduleOutput {
        GetScheduleOutput::builder()
            .schedule_expression("rate(1 minute)")
            .state(state)
            .last_modification_date(DateTime::from_millis(1_795_320_000_500))
            .build()
    }

    fn run(cause: RunCause, millis: i64) -> Run {
        let started_at = Timestamp::from_millisecond(millis).unwrap();
        Run {
            id: Run::id_at(started_at),
            worker: "poll-suppliers".into(),
            cause,
            started_at,
            took_ms: 1,
            outcome: store::runs::RunOutcome::Done,
            summary: "done".into(),
            error: None,
            request_id: None,
            trace_id: None,
            order_id: None,
            task_id: None,
            waited_ms: None,
            attempt: None,
        }
    }

    #[test]
    fn the_next_run_follows_the_latest_that_was_scheduled() {
        let now = Timestamp::from_millisecond(1_795_320_130_000).unwrap();
        let next = |last: Option<Run>| {
            let shown = shown(&known(), &schedule(ScheduleState::Enabled), last, now);
            shown.next_run_at.unwrap().as_millisecond()
        };
        assert_eq!(next(None), 1_795_320_180_500);
        assert_eq!(next(Some(run(RunCause::Schedule, 1_795_320_123_000))), 1_795_320_183_000);
        assert_eq!(next(Some(run(RunCause::Hand, 1_795_320_123_000))), 1_795_320_180_500);
        assert_eq!(next(Some(run(RunCause::Schedule, 1_795_310_000_000))), 1_795_320_180_500);
    }

    #[test]
    fn a_paused_schedule_has_no_next_run() {
        let shown = shown(&known(), &schedule(ScheduleState::Disabled), None, Timestamp::now());
        assert_eq!((shown.state, shown.next_run_at), (ScheduleStateDto::Paused, None));
        assert_eq!(shown.version, 1_795_320_000_500);
    }
}
