//! Webhooks of the merchant's, and what came of telling them.

use domain::{DeliveryId, WebhookId};

use super::Key;

/// Partition of all webhooks, in the first index.
pub const MERCHANT_WEBHOOKS: &str = "WEBHOOKS";

/// Partition of a webhook, of what it was told and of each try.
#[must_use]
pub fn webhook_partition(id: WebhookId) -> String {
    format!("WEBHOOK#{id}")
}

/// Key of a webhook.
#[must_use]
pub fn merchant_webhook(id: WebhookId) -> Key {
    Key::new(webhook_partition(id), "WEBHOOK")
}

/// Key of what came of telling a webhook of an event.
#[must_use]
pub fn webhook_delivery(webhook: WebhookId, delivery: DeliveryId) -> Key {
    Key::new(webhook_partition(webhook), webhook_delivery_sort(delivery))
}

/// Its sort key, which sorts by the time of the event.
#[must_use]
pub fn webhook_delivery_sort(delivery: DeliveryId) -> String {
    format!("DELIVERY#{delivery}")
}

/// Partition of a webhook's deliveries that stand like this, in the first index.
#[must_use]
pub fn webhook_deliveries(webhook: WebhookId, state: &str) -> String {
    format!("WEBHOOK#{webhook}#{state}")
}

/// What the sort keys of the tries of a delivery begin with.
#[must_use]
pub fn webhook_attempts(delivery: DeliveryId) -> String {
    format!("ATTEMPT#{delivery}#")
}

/// Key of a try.
#[must_use]
pub fn webhook_attempt(webhook: WebhookId, delivery: DeliveryId, number: u32) -> Key {
    Key::new(webhook_partition(webhook), format!("{}{number:06}", webhook_attempts(delivery)))
}
