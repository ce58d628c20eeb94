//! The cart functions.
