//! Lists of tasks, page by page: the open ones by the time of the next look; those that ended by the time of their end, the
//! latest first; all of them by either time, the latest first.

use std::cmp::Ordering;
use std::collections::HashSet;

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
    /// All there are.
    All,
    /// All that are not final.
    Open,
    /// Those with this status.
    Status(TaskStatus),
}

/// Whose tasks are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose<'a> {
    /// Everybody's. These are all suppliers that may have open ones.
    Everybody(&'a [SupplierId]),
    /// One supplier's.
    Of(SupplierId),
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
    /// Whether the list has open tasks.
    fn has_open(self) -> bool {
        match self {
            Self::All | Self::Open => true,
            Self::Status(status) => !status.is_final(),
        }
    }

    /// How the tasks of the list ended.
    fn ended(self) -> impl Iterator<Item = TaskStatus> {
        TaskStatus::ALL.into_iter().filter(move |status| {
            status.is_final()
                && match self {
                    Self::All => true,
                    Self::Open => false,
                    Self::Status(wanted) => wanted == *status,
                }
        })
    }

    /// Whether the latest comes first.
    fn latest_first(self) -> bool {
        self.ended().next().is_some()
    }

    /// The order of places in the list.
    fn compare(self, a: &str, b: &str) -> Ordering {
        if self.latest_first() { b.cmp(a) } else { a.cmp(b) }
    }

    fn has(self, task: &Task) -> bool {
        match self {
            Self::All | Self::Open => true,
            Self::Status(status) => task.status() == status,
        }
    }

    /// Where tasks stand that may be in the list, and whose of them are wanted if not everybody's.
    fn partitions(self, whose: Whose<'_>) -> Vec<(String, Option<SupplierId>)> {
        let (suppliers, only) = match &whose {
            Whose::Everybody(suppliers) => (*suppliers, None),
            Whose::Of(supplier) => (std::slice::from_ref(supplier), Some(*supplier)),
        };
        let open = suppliers.iter().filter(|_| self.has_open()).map(|id| (keys::active_tasks(*id), None));
        open.chain(self.ended().map(|status| (keys::ended_tasks(status), only))).collect()
    }
}

impl Database {
    /// A page of tasks behind `after`; one that was written within the last second may be missing.
    pub async fn task_page(
        &self,
        wanted: Wanted,
        whose: Whose<'_>,
        after: Option<&str>,
        limit: usize,
    ) -> Result<TaskPage, StoreError> {
        let reads = wanted
            .partitions(whose)
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
        let latest_first = wanted.latest_first();
        let mut reading = Reading { until: after.map(str::to_owned), ..Reading::default() };
        for _ in 0..MAX_READS {
            let condition = match (&reading.until, latest_first) {
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
                .scan_index_forward(!latest_first)
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
                if wanted.has(&task) && supplier.is_none_or(|id| task.supplier_id() == id) {
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
/// left to the next page: something may come before it. A task that ended while they were read may have been found twice, of
/// which the end counts.
fn merge(wanted: Wanted, readings: Vec<Reading>, limit: usize) -> TaskPage {
    let horizon =
        readings.iter().filter_map(|reading| reading.until.clone()).min_by(|a, b| wanted.compare(a, b));
    let mut found: Vec<_> = readings.into_iter().flat_map(|reading| reading.found).collect();
    found.sort_by(|(a, _), (b, _)| wanted.compare(a, b));
    let ended: HashSet<_> =
        found.iter().filter(|(_, task)| task.status().is_final()).map(|(_, task)| task.id()).collect();
    found.retain(|(_, task)| task.status().is_final() || !ended.contains(&task.id()));
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

    #[test]
    fn all_of_them_come_in_one_list_each_of_them_once() {
        let (open, before) = (task(), task());
        let mut ended = before.clone();
        ended.fail("paused", Timestamp::now()).unwrap();
        let readings = vec![reading(&[("9", &open), ("5", &before)], None), reading(&[("4", &ended)], None)];
        let page = merge(Wanted::All, readings, 9);
        assert_eq!((page.tasks, page.next), (vec![open, ended], None));
    }

    #[test]
    fn only_where_wanted_tasks_may_stand_is_looked_for_them() {
        let (one, two) = (SupplierId::generate(), SupplierId::generate());
        let counts = |wanted: Wanted| wanted.partitions(Whose::Everybody(&[one, two])).len();
        assert_eq!(counts(Wanted::Open), 2);
        assert_eq!(counts(Wanted::Status(TaskStatus::Overdue)), 2);
        assert_eq!(counts(Wanted::Status(TaskStatus::Failed)), 1);
        let ended = TaskStatus::ALL.into_iter().filter(|status| status.is_final()).count();
        assert_eq!(counts(Wanted::All), 2 + ended);
        let of_one = Wanted::All.partitions(Whose::Of(one));
        assert!(of_one.contains(&(keys::active_tasks(one), None)));
        assert!(of_one.contains(&(keys::ended_tasks(TaskStatus::Completed), Some(one))));
    }
}
