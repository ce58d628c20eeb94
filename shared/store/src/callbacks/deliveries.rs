//! What came of telling partners of events.

use domain::{EventId, OrderEventType, OrderId, PartnerId, PartnerReference};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{CallbackFailure, LAST_FAILURE, LAST_SUCCESS};
use crate::error::{StoreError, held};
use crate::item;
use crate::keys;
use crate::{Database, Table};

/// How many of a partner's deliveries are shown.
pub const SHOWN_DELIVERIES: i32 = 50;
/// How long a delivery is remembered after it was tried last: longer than it is tried.
pub const DELIVERY_LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 7);

/// What has come of telling a partner of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DeliveryOutcome {
    /// The partner's program took it.
    Delivered,
    /// Not yet: it is tried again.
    Failed,
    /// It was tried for so long that it is not tried again.
    GaveUp,
    /// The partner's program said that it is gone for good, and is not called any more.
    SwitchedOff,
}

/// The telling of one event to a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    /// The event.
    pub id: EventId,
    /// What happened.
    #[serde(rename = "type")]
    pub event_type: OrderEventType,
    /// To which order.
    pub order_id: OrderId,
    /// The partner's name for the order.
    pub reference: PartnerReference,
    /// When it was tried last.
    pub tried_at: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// What has come of it.
    pub outcome: DeliveryOutcome,
    /// The HTTP status of the last answer, if one came.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<u16>,
    /// What was wrong with the last try.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub detail: Option<String>,
    /// How long the last try took, in milliseconds.
    pub took_ms: u64,
    /// When it is tried again.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_try_at: Option<Timestamp>,
}

impl Database {
    /// What has come of telling a partner of an event, if it was tried.
    pub async fn delivery(&self, partner: PartnerId, event: EventId) -> Result<Option<Delivery>, StoreError> {
        self.of_partner(keys::delivery(partner, event)).await?.as_ref().map(item::data).transpose()
    }

    /// The latest [`SHOWN_DELIVERIES`], those of the latest events first.
    pub async fn deliveries(&self, partner: PartnerId) -> Result<Vec<Delivery>, StoreError> {
        let answer = self
            .client
            .query()
            .table_name(self.table(Table::Console)?)
            .key_condition_expression("pk = :partner AND begins_with(sk, :deliveries)")
            .expression_attribute_values(":partner", item::text(keys::partner_partition(partner)))
            .expression_attribute_values(":deliveries", item::text(keys::DELIVERY_PREFIX))
            .scan_index_forward(false)
            .limit(SHOWN_DELIVERIES)
            .send()
            .await
            .map_err(StoreError::sdk("Query"))?;
        answer.items().iter().map(item::data).collect()
    }

    /// Writes down what came of a try, over what came of the one before, and how the callback did.
    pub async fn note_delivery(&self, partner: PartnerId, delivery: &Delivery) -> Result<(), StoreError> {
        let ttl = [(item::TTL, item::number((delivery.tried_at + DELIVERY_LIFETIME).as_second()))];
        let entry = item::with_data(keys::delivery(partner, delivery.id), delivery, ttl)?;
        let request = self.client.put_item().table_name(self.table(Table::Console)?).set_item(Some(entry));
        request.send().await.map_err(StoreError::sdk("PutItem"))?;
        let at = delivery.tried_at;
        let (name, value) = match delivery.outcome {
            DeliveryOutcome::Delivered => (LAST_SUCCESS, item::to_attribute(&at)?),
            DeliveryOutcome::Failed | DeliveryOutcome::GaveUp | DeliveryOutcome::SwitchedOff => {
                let reason = delivery.detail.clone().unwrap_or_default();
                (LAST_FAILURE, item::to_attribute(&CallbackFailure { at, reason })?)
            }
        };
        let sent = self
            .client
            .update_item()
            .table_name(self.table(Table::Console)?)
            .set_key(Some(keys::callback(partner).into_item()))
            .update_expression("SET #last = :last")
            // A callback that was deleted in the meantime does not come back.
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#last", name)
            .expression_attribute_values(":last", value)
            .send();
        held("UpdateItem", sent.await)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deliveries_of_later_events_come_later() {
        let partner = PartnerId::generate();
        let mut generator = ulid::Generator::new();
        let mut key = || keys::delivery(partner, EventId::from_ulid(generator.generate().unwrap()));
        let (one, other) = (key(), key());
        assert!(one.pk == other.pk && one.sk < other.sk && one.sk.starts_with(keys::DELIVERY_PREFIX));
    }
}
