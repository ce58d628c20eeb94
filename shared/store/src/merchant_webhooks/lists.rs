//! Lists of what webhooks were told: the deliveries of a webhook by the time of their events, and the tries of one.

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::Select;
use domain::{DeliveryId, WebhookEvent, WebhookId};
use jiff::Timestamp;
use ulid::Ulid;

use super::deliveries::{Attempt, Delivery, DeliveryState};
use crate::error::StoreError;
use crate::item;
use crate::keys;
use crate::{Database, Table};

/// How many pages are read for one page of a list, so that a list of few among many answers in time. What was found by then
/// is the page, which may be empty although there is more.
const MAX_READS: usize = 5;

/// Which deliveries are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Which {
    /// Only those that stand like this.
    pub state: Option<DeliveryState>,
    /// Only those of such events.
    pub event: Option<WebhookEvent>,
}

/// A stretch of time, by the ids of the deliveries in it, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    first: Ulid,
    last: Ulid,
}

impl Stretch {
    /// All time.
    pub const ALL: Self = Self { first: Ulid(u128::MIN), last: Ulid(u128::MAX) };

    /// What happened at `at` or later.
    #[must_use]
    pub fn since(at: Timestamp) -> Self {
        let millisecond = u64::try_from(at.as_millisecond()).unwrap_or_default();
        Self { first: Ulid::from_parts(millisecond, 0), ..Self::ALL }
    }

    /// What of it happened before `at`.
    #[must_use]
    pub fn until(self, at: Timestamp) -> Self {
        let millisecond = u64::try_from(at.as_millisecond()).unwrap_or_default();
        Self { last: Ulid(Ulid::from_parts(millisecond, 0).0.saturating_sub(1)), ..self }
    }

    /// What of it lies before a delivery.
    #[must_use]
    pub fn before(self, delivery: DeliveryId) -> Self {
        Self { last: Ulid(delivery.ulid().0.saturating_sub(1)), ..self }
    }

    /// What of it lies behind a delivery.
    #[must_use]
    pub fn behind(self, delivery: DeliveryId) -> Self {
        Self { first: Ulid(delivery.ulid().0.saturating_add(1)), ..self }
    }

    fn first(self) -> DeliveryId {
        DeliveryId::from_ulid(self.first)
    }

    fn last(self) -> DeliveryId {
        DeliveryId::from_ulid(self.last)
    }
}

/// A page of deliveries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeliveryPage {
    /// The deliveries.
    pub deliveries: Vec<Delivery>,
    /// Before which one the list goes on; nothing at the end.
    pub next: Option<DeliveryId>,
}

impl Database {
    /// A page of what a webhook was told before a delivery, the latest first.
    pub async fn delivery_page(
        &self,
        webhook: WebhookId,
        which: Which,
        before: Option<DeliveryId>,
        limit: usize,
    ) -> Result<DeliveryPage, StoreError> {
        let mut page = DeliveryPage { next: before, ..DeliveryPage::default() };
        for _ in 0..MAX_READS {
            let stretch = page.next.map_or(Stretch::ALL, |id| Stretch::ALL.before(id));
            let query = self.deliveries_in(webhook, which.state, stretch)?.scan_index_forward(false);
            let answer = query.limit(i32::try_from(limit).unwrap_or(i32::MAX)).send().await;
            let answer = answer.map_err(StoreError::sdk("Query"))?;
            for item in answer.items() {
                let delivery: Delivery = item::data(item)?;
                page.next = Some(delivery.id);
                if which.event.is_none_or(|event| event == delivery.happening.event) {
                    page.deliveries.push(delivery);
                }
                if page.deliveries.len() == limit {
                    break;
                }
            }
            if page.deliveries.len() == limit {
                return Ok(page);
            }
            if answer.last_evaluated_key.is_none() {
                page.next = None;
                return Ok(page);
            }
        }
        Ok(page)
    }

    /// The first deliveries of a stretch that stand like this, the oldest first, at most `limit` of them; one that was
    /// changed within the last second may be missing.
    pub async fn deliveries_since(
        &self,
        webhook: WebhookId,
        state: DeliveryState,
        stretch: Stretch,
        limit: usize,
    ) -> Result<Vec<Delivery>, StoreError> {
        let query = self.deliveries_in(webhook, Some(state), stretch)?;
        let mut items = query.limit(i32::try_from(limit).unwrap_or(i32::MAX)).into_paginator().items().send();
        let mut found = Vec::new();
        while found.len() < limit
            && let Some(item) = items.next().await
        {
            found.push(item::data(&item.map_err(StoreError::sdk("Query"))?)?);
        }
        Ok(found)
    }

    /// How many deliveries of a stretch stand like this; not counted beyond `most`.
    pub async fn count_deliveries(
        &self,
        webhook: WebhookId,
        state: DeliveryState,
        stretch: Stretch,
        most: u64,
    ) -> Result<u64, StoreError> {
        let query = self.deliveries_in(webhook, Some(state), stretch)?.select(Select::Count);
        let mut pages = query.limit(i32::try_from(most).unwrap_or(i32::MAX)).into_paginator().send();
        let mut counted = 0;
        while counted < most
            && let Some(page) = pages.next().await
        {
            let page = page.map_err(StoreError::sdk("Query"))?;
            counted += u64::try_from(page.count()).unwrap_or_default();
        }
        Ok(counted.min(most))
    }

    /// The tries of a delivery, the latest first, at most `limit` of them.
    pub async fn webhook_attempts(
        &self,
        webhook: WebhookId,
        delivery: DeliveryId,
        limit: i32,
    ) -> Result<Vec<Attempt>, StoreError> {
        let answer = self
            .client
            .query()
            .table_name(self.table(Table::Console)?)
            .key_condition_expression("pk = :pk AND begins_with(sk, :attempts)")
            .expression_attribute_values(":pk", item::text(keys::webhook_partition(webhook)))
            .expression_attribute_values(":attempts", item::text(keys::webhook_attempts(delivery)))
            .scan_index_forward(false)
            .limit(limit)
            .send()
            .await
            .map_err(StoreError::sdk("Query"))?;
        answer.items().iter().map(item::data).collect()
    }

    /// Where a list goes on is said by the ids alone: what stood there may stand elsewhere by then.
    fn deliveries_in(
        &self,
        webhook: WebhookId,
        state: Option<DeliveryState>,
        stretch: Stretch,
    ) -> Result<QueryFluentBuilder, StoreError> {
        let query = self.client.query().table_name(self.table(Table::Console)?);
        let (query, partition, first, last) = match state {
            None => (
                query.key_condition_expression("pk = :pk AND sk BETWEEN :first AND :last"),
                keys::webhook_partition(webhook),
                keys::webhook_delivery_sort(stretch.first()),
                keys::webhook_delivery_sort(stretch.last()),
            ),
            Some(state) => (
                query
                    .index_name("gsi1")
                    .key_condition_expression("gsi1pk = :pk AND gsi1sk BETWEEN :first AND :last"),
                keys::webhook_deliveries(webhook, state.name()),
                stretch.first().to_string(),
                stretch.last().to_string(),
            ),
        };
        Ok(query
            .expression_attribute_values(":pk", item::text(partition))
            .expression_attribute_values(":first", item::text(first))
            .expression_attribute_values(":last", item::text(last)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_ends_beside_a_delivery_and_not_with_it() {
        let id = DeliveryId::generate();
        assert!(Stretch::ALL.before(id).last() < id && Stretch::ALL.behind(id).first() > id);
        let at: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let since = Stretch::since(at);
        assert!(since.first().ulid().timestamp_ms() == u64::try_from(at.as_millisecond()).unwrap());
        assert_eq!(Stretch::since(Timestamp::UNIX_EPOCH - jiff::SignedDuration::from_secs(1)), Stretch::ALL);
        assert!(since.until(at).last() < since.first(), "nothing happens between a time and itself");
        // Sort keys compare as the ids do.
        assert!(since.first().to_string() > Stretch::ALL.first().to_string());
        assert!(since.first().to_string() < Stretch::ALL.last().to_string());
    }
}
