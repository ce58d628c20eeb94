//! The payment provider API and its adapters.
