//! Partitions of the tables' indexes, whole or page by page. What was written within the last second may be missing there.

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::Select;

use crate::error::StoreError;
use crate::item::{self, Item};
use crate::keys::Key;
use crate::{Database, Table};

/// A partition of one of a table's indexes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Partition {
    table: Table,
    index: &'static str,
    name: String,
    until: Option<String>,
    backwards: bool,
}

impl Partition {
    /// One of the first index.
    pub fn of_first(table: Table, name: impl Into<String>) -> Self {
        Self { table, index: "gsi1", name: name.into(), until: None, backwards: false }
    }

    /// One of the second index.
    pub fn of_second(table: Table, name: impl Into<String>) -> Self {
        Self { index: "gsi2", ..Self::of_first(table, name) }
    }

    /// Only what sorts up to here.
    pub fn until(self, sort: String) -> Self {
        Self { until: Some(sort), ..self }
    }

    /// What sorts last comes first.
    pub fn backwards(self) -> Self {
        Self { backwards: true, ..self }
    }

    /// Where a query goes on behind the item with this key, which stands at `sort` in the partition.
    fn behind(&self, key: Key, sort: impl ToString) -> Item {
        let mut start = key.into_item();
        start.insert(format!("{}pk", self.index), item::text(&self.name));
        start.insert(format!("{}sk", self.index), item::text(sort));
        start
    }
}

impl Database {
    /// At most `limit` items of a partition behind `after`, an item's key and its sort key in the index; and whether there
    /// may be more.
    pub(crate) async fn page_of<T>(
        &self,
        partition: &Partition,
        after: Option<(Key, impl ToString)>,
        limit: i32,
        read: impl Fn(&Item) -> Result<T, StoreError>,
    ) -> Result<(Vec<T>, bool), StoreError> {
        let query = self
            .query_of(partition)?
            .set_exclusive_start_key(after.map(|(key, sort)| partition.behind(key, sort)))
            .limit(limit);
        let answer = query.send().await.map_err(StoreError::sdk("Query"))?;
        let found = answer.items().iter().map(read).collect::<Result<_, _>>()?;
        Ok((found, answer.last_evaluated_key.is_some()))
    }

    /// All items of a partition.
    pub(crate) async fn all_of<T>(
        &self,
        partition: &Partition,
        read: impl Fn(&Item) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.first_of(partition, None, read).await
    }

    /// The first items of a partition, at most `most` of them.
    pub(crate) async fn first_of<T>(
        &self,
        partition: &Partition,
        most: Option<usize>,
        read: impl Fn(&Item) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let limit = most.map(|most| i32::try_from(most).unwrap_or(i32::MAX));
        let mut items = self.query_of(partition)?.set_limit(limit).into_paginator().items().send();
        let mut found = Vec::new();
        while most.is_none_or(|most| found.len() < most)
            && let Some(item) = items.next().await
        {
            found.push(read(&item.map_err(StoreError::sdk("Query"))?)?);
        }
        Ok(found)
    }

    /// How many items a partition has; not counted beyond `most`.
    pub(crate) async fn count_of(&self, partition: &Partition, most: Option<u64>) -> Result<u64, StoreError> {
        let limit = most.map(|most| i32::try_from(most).unwrap_or(i32::MAX));
        let query = self.query_of(partition)?.select(Select::Count).set_limit(limit);
        let mut pages = query.into_paginator().send();
        let mut counted = 0;
        while most.is_none_or(|most| counted < most)
            && let Some(page) = pages.next().await
        {
            let page = page.map_err(StoreError::sdk("Query"))?;
            counted += u64::try_from(page.count()).unwrap_or_default();
        }
        Ok(most.map_or(counted, |most| counted.min(most)))
    }

    fn query_of(&self, partition: &Partition) -> Result<QueryFluentBuilder, StoreError> {
        let Partition { table, index, name, until, backwards } = partition;
        let query = self
            .client
            .query()
            .table_name(self.table(*table)?)
            .index_name(*index)
            .expression_attribute_values(":partition", item::text(name))
            .scan_index_forward(!backwards);
        Ok(match until {
            None => query.key_condition_expression(format!("{index}pk = :partition")),
            Some(until) => query
                .key_condition_expression(format!("{index}pk = :partition AND {index}sk <= :until"))
                .expression_attribute_values(":until", item::text(until)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_begins_behind_an_item_of_the_index() {
        let key = Key { pk: "ORDER#1".into(), sk: "ORDER".into() };
        let start = Partition::of_second(Table::Orders, "ATTENTION").behind(key, 7);
        let wanted = [("pk", "ORDER#1"), ("sk", "ORDER"), ("gsi2pk", "ATTENTION"), ("gsi2sk", "7")];
        let wanted = wanted.map(|(name, value)| (name.to_owned(), item::text(value)));
        assert_eq!(start, Item::from(wanted));
    }
}
