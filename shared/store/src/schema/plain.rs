//! What is stored and never changed its shape. What a module keeps to itself says so there.
//!
//! Whoever changes one of these so that items of before do not read any more moves it to `steps`.

use domain::{
    Brand, Cart, Circuit, PacedOrder, PacedOrderId, ProductId, Profile, Review, Synonyms, TaskId, Webhook,
};
use jiff::Timestamp;

use super::Stored;
use crate::audit::AuditEntry;
use crate::callbacks::{Callback, Delivery as CallbackDelivery};
use crate::catalog::{Adjustment, DeskEntry, ListingEntry};
use crate::former_suppliers::FormerSupplier;
use crate::health::HealthEntry;
use crate::idempotency::IdempotencyRecord;
use crate::images::{Orphans, Upload};
use crate::imports::ProductImport;
use crate::merchant_webhooks::{Attempt, Delivery};
use crate::orders::{OrderEvent, Shipment};
use crate::paced_orders::ReleasedInstalment;
use crate::partner_keys::PartnerKey;
use crate::partner_orders::Intake;
use crate::routing::Routing;
use crate::runs::Run;
use crate::staff::StaffMember;

macro_rules! never_changed {
    ($($kind:ty),* $(,)?) => { $(impl Stored for $kind {})* };
}

never_changed!(
    Adjustment,
    Attempt,
    AuditEntry,
    Brand,
    Callback,
    CallbackDelivery,
    Cart,
    Circuit,
    Delivery,
    DeskEntry,
    FormerSupplier,
    HealthEntry,
    IdempotencyRecord,
    Intake,
    ListingEntry,
    OrderEvent,
    Orphans,
    PacedOrder,
    PacedOrderId,
    PartnerKey,
    ProductId,
    ProductImport,
    Profile,
    ReleasedInstalment,
    Review,
    Routing,
    Run,
    Shipment,
    StaffMember,
    Synonyms,
    TaskId,
    Timestamp,
    Upload,
    Webhook,
);
