//! Changes that belong together: all of them happen, or none.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    AttributeValue, CancellationReason, ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure,
    TransactWriteItem, Update,
};
use domain::EventId;
use telemetry::Metric;
use telemetry::metrics::{Reading, Shop};
use ulid::Generator;

use crate::error::StoreError;
use crate::item::{DATA, Item, VERSION, Versioned, number, stored};
use crate::keys::Key;
pub use crate::refusal::{CommitError, Refusal, Subject};
use crate::schema::Stored;
use crate::{Database, Table};

/// The most actions that DynamoDB takes in one transaction.
pub const MAX_ACTIONS: usize = 100;
/// How often a transaction is tried again that lost against another that was under way.
pub const MAX_CONFLICTS: u32 = 12;
/// The longest pause before such a try.
pub const MAX_PAUSE: Duration = Duration::from_millis(800);

/// Changes that belong together.
pub struct Transaction<'a> {
    pub(crate) database: &'a Database,
    event_ids: Generator,
    actions: Vec<(Subject, TransactWriteItem)>,
    measured: Vec<Vec<(Metric, Reading)>>,
}

impl Database {
    /// Begins to gather changes that belong together.
    #[must_use]
    pub fn transaction(&self) -> Transaction<'_> {
        Transaction { database: self, event_ids: Generator::new(), actions: Vec::new(), measured: Vec::new() }
    }
}

impl Transaction<'_> {
    /// An event's id that sorts behind those that this transaction has given before, also within one millisecond.
    pub(crate) fn next_event_id(&mut self) -> EventId {
        // The generator fails only when the random bits of one millisecond are used up, which takes 2^79 ids on average.
        self.event_ids.generate().map_or_else(|_| EventId::generate(), EventId::from_ulid)
    }

    /// Writes a whole item if `condition` holds, or in any case.
    pub(crate) fn put(
        &mut self,
        subject: Subject,
        table: Table,
        item: Item,
        condition: Option<&str>,
    ) -> Result<&mut Self, StoreError> {
        self.put_where(subject, table, item, Change { update: "", condition, names: &[], values: Vec::new() })
    }

    /// Writes a whole item over one that nobody changed since it was read at `version`.
    pub(crate) fn put_over(
        &mut self,
        subject: Subject,
        table: Table,
        item: Item,
        version: u64,
    ) -> Result<&mut Self, StoreError> {
        let values = vec![(":read", number(version))];
        let change = Change { update: "", condition: Some("#version = :read"), names: &[VERSION], values };
        self.put_where(subject, table, item, change)
    }

    /// Writes a whole item if a condition with values of its own holds. `change` has no update.
    pub(crate) fn put_where(
        &mut self,
        subject: Subject,
        table: Table,
        item: Item,
        change: Change<'_>,
    ) -> Result<&mut Self, StoreError> {
        let put = Put::builder()
            .table_name(self.database.table(table)?)
            .set_item(Some(item))
            .set_condition_expression(change.condition.map(str::to_owned))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .set_expression_attribute_names(change.attribute_names())
            .set_expression_attribute_values(change.attribute_values());
        let put = put.build().map_err(unwritable)?;
        self.actions.push((subject, TransactWriteItem::builder().put(put).build()));
        Ok(self)
    }

    /// Changes attributes of one item.
    pub(crate) fn update(
        &mut self,
        subject: Subject,
        table: Table,
        key: Key,
        change: Change<'_>,
    ) -> Result<&mut Self, StoreError> {
        let update = Update::builder()
            .table_name(self.database.table(table)?)
            .set_key(Some(key.into_item()))
            .update_expression(change.update)
            .set_condition_expression(change.condition.map(str::to_owned))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .set_expression_attribute_names(change.attribute_names())
            .set_expression_attribute_values(change.attribute_values());
        self.actions.push((
            subject,
            TransactWriteItem::builder().update(update.build().map_err(unwritable)?).build(),
        ));
        Ok(self)
    }

    /// Replaces the data of one item if nobody changed it since it was read as `versioned`.
    pub(crate) fn replace<T: Stored>(
        &mut self,
        subject: Subject,
        table: Table,
        key: Key,
        versioned: &Versioned<T>,
    ) -> Result<&mut Self, StoreError> {
        let change = Change {
            update: "SET #data = :data, #version = :next",
            condition: Some("#version = :read"),
            names: &[DATA, VERSION],
            values: vec![
                (":data", stored(&versioned.value)?),
                (":next", number(versioned.version + 1)),
                (":read", number(versioned.version)),
            ],
        };
        self.update(subject, table, key, change)
    }

    /// Changes nothing, but asks that a condition holds for one item. `change` has no update.
    pub(crate) fn check(
        &mut self,
        subject: Subject,
        table: Table,
        key: Key,
        change: Change<'_>,
    ) -> Result<&mut Self, StoreError> {
        let check = ConditionCheck::builder()
            .table_name(self.database.table(table)?)
            .set_key(Some(key.into_item()))
            .set_condition_expression(change.condition.map(str::to_owned))
            .set_expression_attribute_names(change.attribute_names())
            .set_expression_attribute_values(change.attribute_values());
        let check = check.build().map_err(unwritable)?;
        self.actions.push((subject, TransactWriteItem::builder().condition_check(check).build()));
        Ok(self)
    }

    /// Deletes one item if nobody changed it since it was read at `version`.
    pub(crate) fn delete(
        &mut self,
        subject: Subject,
        table: Table,
        key: Key,
        version: u64,
    ) -> Result<&mut Self, StoreError> {
        let delete = Delete::builder()
            .table_name(self.database.table(table)?)
            .set_key(Some(key.into_item()))
            .condition_expression("#version = :read")
            .expression_attribute_names("#version", VERSION)
            .expression_attribute_values(":read", number(version))
            .build()
            .map_err(unwritable)?;
        self.actions.push((subject, TransactWriteItem::builder().delete(delete).build()));
        Ok(self)
    }

    /// Deletes one item, whatever it holds.
    pub(crate) fn remove(&mut self, table: Table, key: Key) -> Result<&mut Self, StoreError> {
        let delete = Delete::builder()
            .table_name(self.database.table(table)?)
            .set_key(Some(key.into_item()))
            .build()
            .map_err(unwritable)?;
        self.actions.push((Subject::Unconditional, TransactWriteItem::builder().delete(delete).build()));
        Ok(self)
    }

    /// How many actions have been gathered; [`MAX_ACTIONS`] can be committed.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.actions.len()
    }

    /// Notes what the changes add to the shop's metrics, once they are made.
    pub(crate) fn measure(&mut self, readings: Vec<(Metric, Reading)>) {
        self.measured.push(readings);
    }

    /// Makes all changes, or none. A transaction that meets another one under way on the same items is tried again
    /// after a random, growing pause.
    pub async fn commit(&mut self) -> Result<(), CommitError> {
        let (subjects, actions): (Vec<_>, Vec<_>) = self.actions.drain(..).unzip();
        let measured = std::mem::take(&mut self.measured);
        if actions.len() > MAX_ACTIONS {
            return Err(StoreError::Unwritable(format!(
                "{} actions are too many for one transaction",
                actions.len()
            ))
            .into());
        }
        for conflict in 0..=MAX_CONFLICTS {
            let request =
                self.database.client.transact_write_items().set_transact_items(Some(actions.clone()));
            let Err(error) = request.send().await else {
                for readings in &measured {
                    telemetry::record(&Shop, readings);
                }
                return Ok(());
            };
            // A conflict comes first: what the other transaction does decides which conditions hold.
            if !is_conflict(&error) {
                let reasons = cancellation_reasons(&error);
                let refusals: Vec<_> = subjects.iter().zip(reasons).filter_map(refusal).collect();
                if refusals.is_empty() {
                    return Err(StoreError::sdk("TransactWriteItems")(error).into());
                }
                return Err(CommitError::Refused(refusals));
            }
            tracing::debug!(conflict, "transaction conflict");
            tokio::time::sleep(pause(conflict)).await;
        }
        Err(StoreError::Contended.into())
    }
}

/// An update of one item: its expression, its condition, the attributes it names as `#attribute` and its values.
pub(crate) struct Change<'a> {
    pub update: &'a str,
    pub condition: Option<&'a str>,
    pub names: &'a [&'a str],
    pub values: Vec<(&'static str, AttributeValue)>,
}

impl Change<'_> {
    /// Nothing where there are none: DynamoDB refuses an empty map.
    fn attribute_names(&self) -> Option<HashMap<String, String>> {
        let names = self.names.iter().map(|name| (format!("#{name}"), (*name).to_owned()));
        (!self.names.is_empty()).then(|| names.collect())
    }

    /// Nothing where there are none, as above.
    fn attribute_values(self) -> Option<Item> {
        let named = |(name, value): (&str, AttributeValue)| (name.to_owned(), value);
        (!self.values.is_empty()).then(|| self.values.into_iter().map(named).collect())
    }
}

/// Full jitter: anything up to a bound that doubles with each try.
pub(crate) fn pause(conflict: u32) -> Duration {
    let bound = Duration::from_millis(10).saturating_mul(1 << conflict.min(10)).min(MAX_PAUSE);
    bound.mul_f64(rand::random::<f64>())
}

fn cancellation_reasons(error: &SdkError<TransactWriteItemsError>) -> &[CancellationReason] {
    match error.as_service_error() {
        Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
            cancelled.cancellation_reasons()
        }
        _ => &[],
    }
}

fn refusal((subject, reason): (&Subject, &CancellationReason)) -> Option<Refusal> {
    let refused = reason.code() == Some("ConditionalCheckFailed");
    refused.then(|| Refusal { subject: subject.clone(), item: reason.item().cloned() })
}

fn is_conflict(error: &SdkError<TransactWriteItemsError>) -> bool {
    match error.as_service_error() {
        Some(TransactWriteItemsError::TransactionInProgressException(_)) => true,
        Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
            let contended = |reason: &CancellationReason| {
                matches!(
                    reason.code(),
                    Some("TransactionConflict" | "ThrottlingError" | "ProvisionedThroughputExceeded")
                )
            };
            cancelled.cancellation_reasons().iter().any(contended)
        }
        _ => false,
    }
}

#[allow(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn unwritable(error: aws_sdk_dynamodb::error::BuildError) -> StoreError {
    StoreError::Unwritable(error.to_string())
}
