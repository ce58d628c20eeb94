//! Lists of tasks, page by page: the open ones by the time of the next look, those that ended by the time of their end,
//! the latest first.

use std::cmp::Ordering;

use domain::{SupplierId, Task, TaskStatus};
use futures::{StreamExt, TryStreamExt, stream};

use crate::error::StoreError;
use crate::item::{self, Item};
use crate::keys;
use crate::{Database, Table};

/// How many suppliers' tasks are read at once.
const PARALLEL: usize = 8;
/// How many pages of the index are read for one page of a list, so that a list of few among many answers in time. What was
/// found by then is the page, which may be empty although there is more.
const MAX_READS: usize = 5;

/// Which tasks are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// All that are not final.
    Open,
    /// Those with this status.
    Status(TaskStatus),
}

/// A page of tasks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskPage {
    /// The tasks.
    pub tasks: Vec<Task>,
    /// Behind which place of the list it goes on; nothing at the end.
    pub next: Option<String>,
}

/// What was read of one partition.
#[derive(Debug, Default)]
struct Reading {
    /// Tasks with their places.
    found: Vec<(String, Task)>,
    /// How far was read; nothing where that is the end.
    until: Option<String>,
}

impl Wanted {
    fn ended(self) -> Option<TaskStatus> {
        match self {
            Self::Status(status) if status.is_final() => Some(status),
            Self::Open | Self::Status(_) => None,
        }
    }

    /// The order of places in the list.
    fn compare(self, a: &str, b: &str) -> Ordering {
        if self.ended().is_some() { b.cmp(a) } else { a.cmp(b) }
    }
}

impl Database {
    /// A page of tasks behind `after`; one that was written within the last second may be missing. `suppliers` are all there
    /// are, or the one whose tasks are wanted.
    pub async fn task_page(
        &self,
        wanted: Wanted,
        suppliers: &[SupplierId],
        after: Option<&str>,
        limit: usize,
    ) -> Result<TaskPage, StoreError> {
        let partitions: Vec<(String, Option<SupplierId>)> = match (wanted.ended(), suppliers) {
            (Some(status), [only]) => vec![(keys::ended_tasks(status), Some(*only))],
            (Some(status), _) => vec![(keys::ended_tasks(status), None)],
            (None, suppliers) => suppliers.iter().map(|id| (keys::active_tasks(*id), None)).collect(),
        };
        let reads = partitions
            .into_iter()
            .map(|(partition, supplier)| self.read_tasks(wanted, partition, supplier, after, limit));
        let readings = stream::iter(reads).buffered(PARALLEL).try_collect().await?;
        Ok(merge(wanted, readings, limit))
    }

    async fn read_tasks(
        &self,
        wanted: Wanted,
        partition: String,
        supplier: Option<SupplierId>,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Reading, StoreError> {
        let newest_first = wanted.ended().is_some();
        let mut reading = Reading { until: after.map(str::to_owned), ..Reading::default() };
        for _ in 0..MAX_READS {
            let condition = match (&reading.until, newest_first) {
                (None, _) => "gsi2pk = :pk",
                (Some(_), true) => "gsi2pk = :pk AND gsi2sk < :after",
                (Some(_), false) => "gsi2pk = :pk AND gsi2sk > :after",
            };
            let mut query = self
                .client
                .query()
                .table_name(self.table(Table::Fulfilment)?)
                .index_name("gsi2")
                .key_condition_expression(condition)
                .expression_attribute_values(":pk", item::text(&partition))
                .scan_index_forward(!newest_first)
                .limit(i32::try_from(limit).unwrap_or(i32::MAX));
            if let Some(after) = &reading.until {
                query = query.expression_attribute_values(":after", item::text(after));
            }
            let answer = query.send().await.map_err(StoreError::sdk("Query"))?;
            let items = answer.items.unwrap_or_default();
            let more = answer.last_evaluated_key.is_some();
            for item in &items {
                let (place, task) = read(item)?;
                reading.until = Some(place.clone());
                let fits = match wanted {
                    Wanted::Open => true,
                    Wanted::Status(status) => task.status() == status,
                };
                if fits && supplier.is_none_or(|id| task.supplier_id() == id) {
                    reading.found.push((place, task));
                }
            }
            if !more {
                reading.until = None;
                break;
            }
            if reading.found.len() >= limit {
                break;
            }
        }
        Ok(reading)
    }
}

fn read(item: &Item) -> Result<(String, Task), StoreError> {
    Ok((item::read_text(item, "gsi2sk")?.to_owned(), item::data(item)?))
}

/// Puts what was read of several partitions into one list. What lies behind the place up to which all of them were read is
/// left to the next page: something may come before it.
fn merge(wanted: Wanted, readings: Vec<Reading>, limit: usize) -> TaskPage {
    let horizon =
        readings.iter().filter_map(|reading| reading.until.clone()).min_by(|a, b| wanted.compare(a, b));
    let mut found: Vec<_> = readings.into_iter().flat_map(|reading| reading.found).collect();
    found.sort_by(|(a, _), (b, _)| wanted.compare(a, b));
    found.retain(|(place, _)| {
        horizon.as_ref().is_none_or(|horizon| wanted.compare(place, horizon) != Ordering::Greater)
    });
    let next = if found.len() > limit {
        found.truncate(limit);
        found.last().map(|(place, _)| place.clone())
    } else {
        horizon
    };
    TaskPage { tasks: found.into_iter().map(|(_, task)| task).collect(), next }
}

#[cfg(test)]
mod tests {
    use domain::OrderId;
    use domain::task::NewTask;
    use jiff::Timestamp;

    use super::*;

    fn task() -> Task {
        let now = Timestamp::now();
        let new = NewTask {
            order_id: OrderId::generate(),
            supplier_id: SupplierId::generate(),
            items: vec![],
            tried: vec![],
            replacements: 0,
            why: vec![],
            lead_time_seconds: 60,
            not_before: None,
            attention_at: now,
        };
        Task::plan(new, now)
    }

    fn reading(places: &[(&str, &Task)], until: Option<&str>) -> Reading {
        let found = places.iter().map(|(place, task)| ((*place).to_owned(), (*task).clone())).collect();
        Reading { found, until: until.map(str::to_owned) }
    }

    #[test]
    fn nothing_is_shown_before_what_may_come_first() {
        let (a, b, c) = (task(), task(), task());
        let readings = || vec![reading(&[("1", &a), ("4", &b)], None), reading(&[("2", &c)], Some("3"))];
        let page = merge(Wanted::Open, readings(), 9);
        assert_eq!((page.tasks, page.next.as_deref()), (vec![a.clone(), c.clone()], Some("3")));
        let page = merge(Wanted::Open, readings(), 1);
        assert_eq!((page.tasks, page.next.as_deref()), (vec![a.clone()], Some("1")));
        let whole = merge(Wanted::Open, vec![reading(&[("4", &b)], None), reading(&[("2", &c)], None)], 9);
        assert_eq!((whole.tasks, whole.next), (vec![c, b], None));
    }

    #[test]
    fn those_that_ended_come_the_latest_first() {
        let (a, b) = (task(), task());
        let wanted = Wanted::Status(TaskStatus::Completed);
        let page = merge(wanted, vec![reading(&[("1", &a), ("2", &b)], Some("1"))], 9);
        assert_eq!((page.tasks, page.next.as_deref()), (vec![b, a], Some("1")));
        assert_eq!(merge(wanted, vec![], 9), TaskPage::default());
    }
}
