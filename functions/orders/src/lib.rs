//! The orders functions.
