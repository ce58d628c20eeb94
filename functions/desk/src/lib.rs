//! The fulfilment desk's routes, one file each: suppliers, what they offer, how they are chosen and how they do, their
//! tasks, and orders that need somebody.

pub mod compare_suppliers;
pub mod create_supplier;
pub mod delete_offer;
pub mod delete_supplier;
pub mod delete_supplier_secret;
pub mod export_offers;
pub mod get_routing;
pub mod get_supplier;
pub mod get_supplier_health;
pub mod health;
pub mod health_log;
pub mod import_offers;
pub mod list_adapters;
pub mod list_offers;
pub mod list_suppliers;
pub mod offer;
pub mod offer_sheet;
mod once;
pub mod orders;
pub mod paced;
pub mod parcel;
pub mod preview_adapter;
pub mod put_offer;
pub mod put_routing;
pub mod put_supplier_secret;
pub mod reason;
pub mod receive_supplier_event;
pub mod routing;
pub mod set_supplier_status;
pub mod shown;
pub mod simulate_routing;
pub mod simulation;
pub mod supplier;
pub mod supplier_input;
pub mod supplier_secret;
pub mod tasks;
pub mod test_supplier;
pub mod update_supplier;
pub mod webhook_scheme;
pub mod why;
pub mod words;

use aws_config::SdkConfig;
use domain::Currency;
use store::Database;
use store::audit::{Actor, ActorKind};
use suppliers::{Egress, HOSTS_VARIABLE, HttpClient};
use web::Person;

/// What the routes share that tell of money.
#[derive(Debug, Clone)]
pub struct SupplierDesk {
    /// The tables.
    pub database: Database,
    /// What the shop trades in, and pays its suppliers in.
    pub currency: Currency,
}

impl SupplierDesk {
    /// The desk that the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, cloud::SettingError> {
        Ok(Self { database: Database::from_env(config), currency: cloud::setting("CURRENCY")? })
    }
}

/// The way to suppliers, which leads where the environment permits.
pub fn http_client() -> Result<HttpClient, web::Error> {
    let egress: Egress = cloud::setting(HOSTS_VARIABLE)?;
    Ok(HttpClient::new(egress)?)
}

/// Whoever is signed in, as the audit trail knows them.
#[must_use]
pub fn actor(person: &Person) -> Actor {
    Actor { kind: ActorKind::Staff, id: person.id.to_string(), email: Some(person.email.clone()) }
}
