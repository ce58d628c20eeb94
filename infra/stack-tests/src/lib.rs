//! End-to-end tests on the deployed local stack: they live in `tests/`, this library holds what they share.
