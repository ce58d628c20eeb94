//! Reading runs, the newest first: all, those of one worker, of one day, about one thing, those that failed.

use domain::RunId;
use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use ulid::Ulid;

use crate::error::StoreError;
use crate::item::{self, DATA};
use crate::keys;
use crate::runs::Run;
use crate::{Database, Table};

/// How many days back the runs of all workers are listed.
pub const DAYS: i8 = 30;
/// How many runs are read before a page is given that has fewer than were asked for.
pub const READ_FOR_A_PAGE: i32 = 1_000;
/// How many runs are read at once where only some of them are wanted.
const READ_AT_ONCE: i32 = 250;
/// What is about an order, a task, a request or a trace, or says a text.
const ABOUT: &str = "(#data.orderId = :about OR #data.taskId = :about OR #data.requestId = :about \
                     OR #data.traceId = :about OR contains(#data.summary, :about) \
                     OR contains(#data.#error, :about))";

/// Which runs are wanted: all, unless something is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunFilter {
    /// Those of one worker.
    pub worker: Option<String>,
    /// Those that failed.
    pub failed: bool,
    /// Those that began on one day, in UTC.
    pub day: Option<Date>,
    /// Those about an order, a task, a request or a trace, by its id, or that say this text.
    pub about: Option<String>,
}

/// Where a page of runs ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunPosition {
    /// The day, where runs are read by days.
    day: Date,
    /// The last run that was looked at; nothing at a day's beginning.
    after: Option<RunId>,
}

/// A page of runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunPage {
    /// The runs, the newest first.
    pub runs: Vec<Run>,
    /// Where the next page begins; nothing where there is no more.
    pub next: Option<RunPosition>,
}

/// A range of one partition of the table or of an index.
struct Range {
    index: Option<&'static str>,
    names: [&'static str; 2],
    value: String,
    first: RunId,
    last: RunId,
}

impl Range {
    /// Where the runs that are wanted are, those of `day` where they lie by days, from behind `after` on. Nothing where
    /// there can be none.
    fn of(filter: &RunFilter, day: Date, after: Option<RunId>) -> Option<Self> {
        let (index, names, value) = match (&filter.worker, filter.failed) {
            (Some(worker), _) => (None, ["pk", "sk"], keys::runs_of(worker)),
            (None, true) => (Some("gsi2"), ["gsi2pk", "gsi2sk"], keys::failed_runs_on(day)),
            (None, false) => (Some("gsi1"), ["gsi1pk", "gsi1sk"], keys::runs_on(day)),
        };
        let (first, last) = match filter.day {
            Some(day) => ids_of(day)?,
            None => (RunId::from_ulid(Ulid::nil()), RunId::from_ulid(Ulid(u128::MAX))),
        };
        // The newest come first, so that what lies behind an id is what is less than it.
        let last = match after {
            Some(after) => last.min(RunId::from_ulid(Ulid(after.ulid().0.checked_sub(1)?))),
            None => last,
        };
        (first <= last).then_some(Self { index, names, value, first, last })
    }
}

/// The smallest and the largest id of a run that began on a day (UTC). Nothing for days that no run can be of.
fn ids_of(day: Date) -> Option<(RunId, RunId)> {
    let begin = |day: Date| {
        let midnight = day.to_zoned(TimeZone::UTC).ok()?.timestamp();
        u64::try_from(midnight.as_millisecond()).ok()
    };
    let (begins, ends) = (begin(day)?, begin(day.tomorrow().ok()?)?);
    let id = |millis, random| RunId::from_ulid(Ulid::from_parts(millis, random));
    Some((id(begins, 0), id(ends - 1, u128::MAX)))
}

/// What one query gave.
struct Look {
    runs: Vec<Run>,
    /// Where to go on, where there may be more.
    next: Option<RunId>,
    /// How many runs were read for it.
    read: i32,
}

impl Database {
    /// A worker's latest run, if it had one in the last [`LIFETIME`].
    pub async fn last_run(&self, worker: &str) -> Result<Option<Run>, StoreError> {
        let filter = RunFilter { worker: Some(worker.to_owned()), ..RunFilter::default() };
        let Some(range) = Range::of(&filter, Date::default(), None) else { return Ok(None) };
        Ok(self.look(&range, &filter, 1).await?.runs.into_iter().next())
    }

    /// A page of runs, the newest first. `today` is where they are read from, unless `position` says where the page before
    /// ended. A page may have fewer than `limit` and still not be the last.
    pub async fn runs(
        &self,
        filter: &RunFilter,
        position: Option<RunPosition>,
        today: Date,
        limit: i32,
    ) -> Result<RunPage, StoreError> {
        let begin = RunPosition { day: filter.day.unwrap_or(today), after: None };
        let RunPosition { mut day, mut after } = position.unwrap_or(begin);
        let by_days = filter.worker.is_none() && filter.day.is_none();
        let oldest = today.saturating_sub(Span::new().days(DAYS));
        let (mut runs, mut read) = (Vec::new(), 0);
        loop {
            let missing = limit - i32::try_from(runs.len()).unwrap_or(limit);
            if missing <= 0 || read >= READ_FOR_A_PAGE {
                return Ok(RunPage { runs, next: Some(RunPosition { day, after }) });
            }
            let look = match Range::of(filter, day, after) {
                Some(range) => self.look(&range, filter, missing).await?,
                None => Look { runs: Vec::new(), next: None, read: 0 },
            };
            runs.extend(look.runs);
            // A query that found nothing was work, too.
            read += look.read.max(1);
            (day, after) = match (look.next, day.yesterday()) {
                (Some(next), _) => (day, Some(next)),
                (None, Ok(before)) if by_days && before >= oldest => (before, None),
                (None, _) => return Ok(RunPage { runs, next: None }),
            };
        }
    }

    /// Queries once, for at most `limit` runs.
    async fn look(&self, range: &Range, filter: &RunFilter, limit: i32) -> Result<Look, StoreError> {
        let [pk, sk] = range.names;
        let of_worker_failed = filter.failed && filter.worker.is_some();
        let is_filtered = filter.about.is_some() || of_worker_failed;
        let mut query = self
            .client
            .query()
            .table_name(self.table(Table::Operations)?)
            .set_index_name(range.index.map(str::to_owned))
            .key_condition_expression(format!("{pk} = :value AND {sk} BETWEEN :first AND :last"))
            .expression_attribute_values(":value", item::text(&range.value))
            .expression_attribute_values(":first", item::text(range.first))
            .expression_attribute_values(":last", item::text(range.last))
            .scan_index_forward(false)
            .limit(if is_filtered { READ_AT_ONCE } else { limit });
        let mut conditions = Vec::new();
        if of_worker_failed {
            conditions.push("attribute_exists(gsi2pk)");
        }
        if let Some(about) = &filter.about {
            conditions.push(ABOUT);
            query = query
                .expression_attribute_names("#data", DATA)
                .expression_attribute_names("#error", "error")
                .expression_attribute_values(":about", item::text(about));
        }
        let conditions = is_filtered.then(|| conditions.join(" AND "));
        let page = query.set_filter_expression(conditions).send().await.map_err(StoreError::sdk("Query"))?;
        let mut runs = page.items().iter().map(item::data::<Run>).collect::<Result<Vec<_>, _>>()?;
        let last = page.last_evaluated_key().map(|key| item::read_text(key, "sk")).transpose()?;
        let last = last.map(RunId::parse).transpose();
        let mut next = last.map_err(|error| StoreError::Unwritable(error.to_string()))?;
        let limit = usize::try_from(limit).unwrap_or_default();
        if runs.len() > limit {
            runs.truncate(limit);
            next = runs.last().map(|run| run.id);
        }
        Ok(Look { runs, next, read: page.scanned_count() })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_s_ids_are_those_from_midnight_to_midnight() {
        let (first, last) = ids_of(date(2026, 11, 22)).unwrap();
        let id = |at: &str| Run::id_at(at.parse().unwrap());
        for inside in ["2026-11-22T00:00:00Z", "2026-11-22T23:59:59.999Z"] {
            assert!(first <= id(inside) && id(inside) <= last, "{inside}");
        }
        assert!(id("2026-11-21T23:59:59.999Z") < first && last < id("2026-11-23T00:00:00Z"));
        assert!(first.to_string() < last.to_string(), "texts sort like ids");
    }

    #[test]
    fn a_page_goes_on_behind_the_run_that_ended_the_one_before() {
        let filter = RunFilter { worker: Some("w".into()), ..RunFilter::default() };
        let after = Run::id_at("2026-11-22T07:00:00Z".parse().unwrap());
        let range = Range::of(&filter, date(2026, 11, 22), Some(after)).unwrap();
        assert!(range.last < after && Ulid(range.last.ulid().0 + 1) == after.ulid());
        // Nothing of a day lies behind its first id.
        let (first, _) = ids_of(date(2026, 11, 22)).unwrap();
        let filter = RunFilter { day: Some(date(2026, 11, 22)), ..filter };
        assert!(Range::of(&filter, date(2026, 11, 22), Some(first)).is_none());
    }
}
