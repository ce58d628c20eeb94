//! Webhooks: programs of the merchant's own are told what happens in the shop. The console's routes, one file each, and what
//! finds out whom to tell, and tells them.

pub mod catalogue;
pub mod create_webhook;
pub mod delete_webhook;
pub mod deliver_webhook;
pub mod delivery;
pub mod desk;
pub mod fan_out_event;
pub mod get_webhook;
pub mod get_webhook_delivery;
pub mod judgement;
pub mod list_webhook_deliveries;
pub mod list_webhook_event_types;
pub mod list_webhooks;
pub mod message;
pub mod notice;
pub mod recover_webhook_deliveries;
pub mod renew_webhook_secret;
pub mod replay_webhook_delivery;
pub mod set_webhook_status;
pub mod test_webhook;
pub mod update_webhook;
pub mod webhook;

use store::audit::{Actor, ActorKind};
use web::Person;

/// Whoever is signed in, as the audit trail knows them.
#[must_use]
pub fn actor(person: &Person) -> Actor {
    Actor { kind: ActorKind::Staff, id: person.id.to_string(), email: Some(person.email.clone()) }
}
