//! Partners: their keys, what they send, and how they are told.

use domain::{EventId, PartnerId, PartnerKeyId, PartnerRef};

use super::Key;

/// Partition of a partner: in the orders' table what was received through them, in the index of orders the orders that came
/// of it, in the console's table where they want to be told.
#[must_use]
pub fn partner_partition(id: PartnerId) -> String {
    format!("PARTNER#{id}")
}

/// What the sort keys of received orders begin with.
pub const INTAKE_PREFIX: &str = "INTAKE#";

/// Partition of the received orders that wait to be placed, in the second index.
pub const RECEIVED: &str = "RECEIVED";

/// Key of an order that a partner sent, as it was received.
#[must_use]
pub fn intake(partner: &PartnerRef) -> Key {
    Key::new(partner_partition(partner.id), format!("{INTAKE_PREFIX}{}", partner.reference))
}

/// Key of a partner's key.
#[must_use]
pub fn partner_key(id: PartnerKeyId) -> Key {
    Key::new(format!("PARTNERKEY#{id}"), "KEY")
}

/// Key of a partner's callback.
#[must_use]
pub fn callback(partner: PartnerId) -> Key {
    Key::new(partner_partition(partner), "CALLBACK")
}

/// What the sort keys of calls to a partner begin with.
pub const DELIVERY_PREFIX: &str = "DELIVERY#";

/// Key of what came of telling a partner of an event.
#[must_use]
pub fn delivery(partner: PartnerId, event: EventId) -> Key {
    Key::new(partner_partition(partner), format!("{DELIVERY_PREFIX}{event}"))
}

/// Partition of all partner keys, in the first index.
pub const PARTNER_KEYS: &str = "PARTNERKEYS";
