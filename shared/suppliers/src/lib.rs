//! The supplier integration API and its adapters.
//!
//! [`Supplier`] is what the fulfilment desk speaks to; [`connect`] makes one from an adapter's kind and its
//! configuration, which is data. The errors say the one thing that decides what to do next: whether the supplier may
//! have the order. See `docs/suppliers.md` for how to add a supplier or an adapter.

mod api;
mod error;
mod http;
pub mod http_json;
mod registry;

pub use api::{
    CancelOutcome, DeliveredItem, Placement, PlacementItem, PlacementRequest, StatusReport, Supplier,
    SupplierReference, SupplierReferenceError, TaskProgress,
};
pub use error::{ConfigError, PlaceError, SupplierError};
pub use http::{CONNECT_TIMEOUT, HttpClient, HttpClientError};
pub use registry::{AdapterKind, UnknownAdapter, connect};
