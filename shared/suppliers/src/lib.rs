//! The supplier integration API and its adapters.
