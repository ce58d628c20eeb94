//! How often a supplier may be called: turns, given out by one conditional write each.
//!
//! This is the generic cell rate algorithm without a burst: an attribute holds when the next call may be made, and whoever
//! takes a turn moves it on by the call's share of a minute. A turn may lie ahead, up to a horizon: so each caller learns
//! its own time to come back, and those that wait need not fight for it.
//!
//! Placing and asking stand in two lines, so that a crowd of tasks that wait to be placed does not keep us from learning
//! what became of the others. Together they make no more calls than the supplier allows.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{ReturnValue, ReturnValuesOnConditionCheckFailure};
use domain::SupplierId;
use jiff::{SignedDuration, Timestamp};

use crate::error::StoreError;
use crate::item::{self, Item};
use crate::keys;
use crate::transaction::pause;
use crate::{Database, Table};

/// How often a turn is tried to be taken that others got ahead of.
const MAX_TRIES: u32 = 12;
/// The attribute that holds until when the supplier asked to be left alone, in milliseconds since 1970.
const REST: &str = "rest";

/// What a call is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Placing tasks: three of four calls.
    Placing,
    /// Everything else: one of four.
    Asking,
}

impl Line {
    /// The attribute that holds when the next call may be made, in milliseconds since 1970.
    fn attribute(self) -> &'static str {
        match self {
            Self::Placing => "placing",
            Self::Asking => "asking",
        }
    }

    /// The milliseconds between two calls, rounded up.
    fn share(self, per_minute: u32) -> i64 {
        // A minute, divided by the line's part of the calls.
        let millis = match self {
            Self::Placing => 60_000 * 4 / 3,
            Self::Asking => 60_000 * 4,
        };
        let per_minute = i64::from(per_minute.max(1));
        (millis + per_minute - 1) / per_minute
    }
}

/// What came of asking for a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The call may be made at this time, which may be now, and by nobody else then.
    At(Timestamp),
    /// So many wait already that the caller should ask again, at this time at the earliest.
    Crowded(Timestamp),
    /// The supplier asked to be left alone until then.
    Rest(Timestamp),
}

impl Database {
    /// Takes a turn to call a supplier that bears `per_minute` calls in a minute (any number, where there is no limit), at
    /// most `horizon` ahead.
    pub async fn take_turn(
        &self,
        supplier: SupplierId,
        line: Line,
        per_minute: Option<u32>,
        horizon: SignedDuration,
        now: Timestamp,
    ) -> Result<Turn, StoreError> {
        // A supplier without a limit of ours may still have asked for a rest.
        let Some(share) = per_minute.map(|per_minute| line.share(per_minute)) else {
            return Ok(self
                .rests_until(supplier)
                .await?
                .filter(|rest| *rest > now)
                .map_or(Turn::At(now), Turn::Rest));
        };
        let (now_millis, latest) = (now.as_millisecond(), (now + horizon).as_millisecond());
        for conflict in 0..MAX_TRIES {
            // The usual case first: nobody waits.
            let free = Move {
                attribute: line.attribute(),
                update: "#next = :then",
                condition: "(attribute_not_exists(#next) OR #next <= :now) AND (attribute_not_exists(#rest) OR #rest <= :now)",
                values: &[(":now", now_millis), (":then", now_millis.saturating_add(share))],
            };
            let Err(found) = self.move_on(supplier, &free).await? else { return Ok(Turn::At(now)) };
            let (next, rest) = (read(&found, line.attribute())?, read(&found, REST)?);
            if rest > now_millis {
                return Ok(Turn::Rest(timestamp(rest)));
            }
            if next > latest {
                return Ok(Turn::Crowded(timestamp(now_millis.saturating_add(next - latest))));
            }
            let queued = Move {
                attribute: line.attribute(),
                update: "#next = #next + :share",
                condition: "#next > :now AND #next <= :latest AND (attribute_not_exists(#rest) OR #rest <= :now)",
                values: &[(":now", now_millis), (":latest", latest), (":share", share)],
            };
            if let Ok(before) = self.move_on(supplier, &queued).await? {
                return Ok(Turn::At(timestamp(read(&before, line.attribute())?)));
            }
            tokio::time::sleep(pause(conflict)).await;
        }
        Err(StoreError::Contended)
    }

    /// Leaves the supplier alone until then, because it asked for that.
    pub async fn rest(&self, supplier: SupplierId, until: Timestamp) -> Result<(), StoreError> {
        let later = Move {
            attribute: REST,
            update: "#rest = :until",
            condition: "attribute_not_exists(#rest) OR #rest < :until",
            values: &[(":until", until.as_millisecond())],
        };
        // Where the condition fails, a later time stands there already.
        self.move_on(supplier, &later).await.map(|_| ())
    }

    /// Until when the supplier asked to be left alone, if it ever did.
    pub async fn rests_until(&self, supplier: SupplierId) -> Result<Option<Timestamp>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Fulfilment)?)
            .set_key(Some(keys::rate(supplier).into_item()));
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        let rest = found.item.filter(|item| item.contains_key(REST)).map(|item| read(&item, REST));
        Ok(rest.transpose()?.map(timestamp))
    }

    /// Writes where a condition holds. Gives the item before, or, where the condition does not hold, the item as it is.
    async fn move_on(&self, supplier: SupplierId, step: &Move<'_>) -> Result<Result<Item, Item>, StoreError> {
        let mut request = self
            .client
            .update_item()
            .table_name(self.table(Table::Fulfilment)?)
            .set_key(Some(keys::rate(supplier).into_item()))
            .update_expression(format!("SET {}", step.update))
            .condition_expression(step.condition)
            .expression_attribute_names("#rest", REST)
            .return_values(ReturnValue::AllOld)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        if step.attribute != REST {
            request = request.expression_attribute_names("#next", step.attribute);
        }
        for (name, value) in step.values {
            request = request.expression_attribute_values(*name, item::number(value));
        }
        match request.send().await {
            Ok(answer) => Ok(Ok(answer.attributes.unwrap_or_default())),
            Err(error) => match refused(&error) {
                Some(item) => Ok(Err(item)),
                None => Err(StoreError::sdk("UpdateItem")(error)),
            },
        }
    }
}

/// A conditional write of a time.
struct Move<'a> {
    attribute: &'a str,
    update: &'a str,
    condition: &'a str,
    values: &'a [(&'a str, i64)],
}

/// The item that a condition was refused on; an empty one where there is none, or where it was not asked for.
pub(crate) fn refused(error: &SdkError<UpdateItemError>) -> Option<Item> {
    match error.as_service_error() {
        Some(UpdateItemError::ConditionalCheckFailedException(failed)) => {
            Some(failed.item().cloned().unwrap_or_default())
        }
        _ => None,
    }
}

/// A time in milliseconds; 1970 where there is none.
fn read(item: &Item, attribute: &str) -> Result<i64, StoreError> {
    if item.contains_key(attribute) { item::read_signed(item, attribute) } else { Ok(0) }
}

fn timestamp(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lines_together_make_no_more_calls_than_allowed() {
        for per_minute in 1..=6_000_u32 {
            // An hour is long enough for the slower line to have its turns also at one call in a minute.
            let calls: i64 =
                [Line::Placing, Line::Asking].map(|line| 3_600_000 / line.share(per_minute)).iter().sum();
            assert!(calls <= i64::from(per_minute) * 60, "{per_minute}: {calls}");
        }
    }
}
