//! Reading the audit trail, the newest entries first.

use domain::AuditId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::audit::AuditEntry;
use crate::error::StoreError;
use crate::item;
use crate::keys;
use crate::{Database, Table};

/// The month that the first entry of any shop can be of: there was no audit trail before.
pub const FIRST_MONTH: Month = Month { year: 2026, month: 11 };
/// How many months one page looks into at most. A quiet shop's page may be short, or even empty, and go on.
pub const MONTHS_PER_PAGE: usize = 12;

/// A year and a month, by which entries are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Month {
    year: i16,
    month: i8,
}

impl Month {
    /// The month of a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    fn before(self) -> Self {
        match self.month {
            ..=1 => Self { year: self.year - 1, month: 12 },
            month => Self { year: self.year, month: month - 1 },
        }
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// Which entries are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuditFilter {
    /// All.
    Everything,
    /// Those about one thing, and of one actor where that is named.
    Subject {
        /// The kind of thing.
        kind: String,
        /// Its id.
        id: String,
        /// The actor's id.
        actor: Option<String>,
    },
    /// Those of one actor.
    Actor(String),
}

/// Where a page of the trail ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPosition {
    /// The month, where the trail is read by months.
    month: Month,
    /// The last entry that was given; nothing at a month's beginning.
    after: Option<AuditId>,
}

/// A page of the trail.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditPage {
    /// The entries, the newest first.
    pub entries: Vec<AuditEntry>,
    /// Where the next page begins; nothing where there is no more.
    pub next: Option<AuditPosition>,
}

/// One partition of the table or of an index.
struct Partition<'a> {
    index: Option<&'a str>,
    pk: &'static str,
    sk: &'static str,
    value: String,
    actor: Option<&'a str>,
}

impl Database {
    /// A page of the trail. `today` is where it is read from, unless `position` says where the page before ended.
    pub async fn audit_trail(
        &self,
        filter: &AuditFilter,
        position: Option<AuditPosition>,
        today: Date,
        limit: i32,
    ) -> Result<AuditPage, StoreError> {
        let start = position.unwrap_or(AuditPosition { month: Month::of(today), after: None });
        let partition = match filter {
            AuditFilter::Everything => return self.audit_by_month(start, limit).await,
            AuditFilter::Subject { kind, id, actor } => Partition {
                index: Some("gsi1"),
                pk: "gsi1pk",
                sk: "gsi1sk",
                value: keys::audit_of_subject(kind, id),
                actor: actor.as_deref(),
            },
            AuditFilter::Actor(id) => Partition {
                index: Some("gsi2"),
                pk: "gsi2pk",
                sk: "gsi2sk",
                value: keys::audit_of_actor(id),
                actor: None,
            },
        };
        let (entries, last) = self.audit_partition(partition, start.after, limit).await?;
        Ok(AuditPage { entries, next: last.map(|after| AuditPosition { after: Some(after), ..start }) })
    }

    async fn audit_by_month(&self, start: AuditPosition, limit: i32) -> Result<AuditPage, StoreError> {
        let AuditPosition { mut month, mut after } = start;
        let mut entries: Vec<AuditEntry> = Vec::new();
        for _ in 0..MONTHS_PER_PAGE {
            if month < FIRST_MONTH {
                return Ok(AuditPage { entries, next: None });
            }
            let wanted = limit - i32::try_from(entries.len()).unwrap_or(limit);
            if wanted <= 0 {
                break;
            }
            let partition = Partition {
                index: None,
                pk: "pk",
                sk: "sk",
                value: keys::audit_partition(&month.to_string()),
                actor: None,
            };
            let (found, last) = self.audit_partition(partition, after, wanted).await?;
            entries.extend(found);
            if last.is_some() {
                after = last;
                break;
            }
            (month, after) = (month.before(), None);
        }
        let next = (month >= FIRST_MONTH).then_some(AuditPosition { month, after });
        Ok(AuditPage { entries, next })
    }

    /// Entries of one partition, and where to go on where there may be more.
    async fn audit_partition(
        &self,
        partition: Partition<'_>,
        after: Option<AuditId>,
        limit: i32,
    ) -> Result<(Vec<AuditEntry>, Option<AuditId>), StoreError> {
        let mut condition = format!("{} = :value", partition.pk);
        let mut query = self
            .client
            .query()
            .table_name(self.table(Table::Console)?)
            .set_index_name(partition.index.map(str::to_owned))
            .expression_attribute_values(":value", item::text(&partition.value))
            .scan_index_forward(false)
            .limit(limit);
        if let Some(after) = after {
            condition = format!("{condition} AND {} < :after", partition.sk);
            query = query.expression_attribute_values(":after", item::text(after));
        }
        if let Some(actor) = partition.actor {
            query = query
                .filter_expression("gsi2pk = :actor")
                .expression_attribute_values(":actor", item::text(keys::audit_of_actor(actor)));
        }
        let page = query.key_condition_expression(condition).send().await;
        let page = page.map_err(StoreError::sdk("Query"))?;
        let entries = page.items().iter().map(item::data).collect::<Result<_, _>>()?;
        let last = page.last_evaluated_key().map(|key| item::read_text(key, "sk")).transpose()?;
        let last = last.map(AuditId::parse).transpose();
        Ok((entries, last.map_err(|error| StoreError::Unwritable(error.to_string()))?))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn months_go_back_over_new_year_and_sort() {
        let january = Month::of(date(2027, 1, 31));
        assert_eq!(january.to_string(), "2027-01");
        assert_eq!(january.before().to_string(), "2026-12");
        assert_eq!(january.before().before(), FIRST_MONTH);
        assert!(january > FIRST_MONTH && FIRST_MONTH.before() < FIRST_MONTH);
    }
}
