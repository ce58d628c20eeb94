//! The supplier integration API and its adapters.
//!
//! [`Supplier`] is what the fulfilment desk speaks to; [`connect`] makes one from an adapter's kind, its configuration,
//! which is data, and its credential, which is not. The errors say the one thing that decides what to do next: whether
//! the supplier may have the order. See `docs/suppliers.md` for how to add a supplier or an adapter.

mod amount;
mod api;
pub mod callback;
mod describe;
mod discreet;
mod egress;
mod error;
mod exchange;
mod http;
pub mod http_json;
mod keyed;
mod manual;
mod mask;
mod panel;
mod presets;
mod preview;
mod public;
mod recorder;
mod registry;
mod resolver;
mod secret;
mod settings;
mod signature;
mod taskboard;
mod tokens;
pub mod webhook;

pub use api::{
    CancelOutcome, DeliveredItem, Placement, PlacementItem, PlacementRequest, StatusReport, Supplier,
    SupplierReference, SupplierReferenceError, TaskProgress,
};
pub use describe::{Description, Field, Input};
pub use egress::{Egress, EgressError, HOSTS_VARIABLE, Refused};
pub use error::{ConfigError, PlaceError, SupplierError};
pub use exchange::{MAX_ANSWER_BYTES, MAX_REASON_CHARS, MAX_RETRY_AFTER, MAX_TIMEOUT};
pub use http::{CONNECT_TIMEOUT, HttpClient, HttpClientError};
pub use mask::MASK;
pub use presets::{Preset, presets};
pub use preview::{Fault, Preview, PreviewRequest, Samples, preview};
pub use recorder::{Exchange, MAX_EXCHANGES, MAX_SHOWN_CHARS, Recorder};
pub use registry::{AdapterKind, UnknownAdapter, connect};
pub use secret::Secret;
