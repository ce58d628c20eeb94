//! The catalog functions.
