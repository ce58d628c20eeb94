//! The event catalogue in the docs is that of the code.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

mod support;

#[test]
fn the_published_catalogue_is_the_code_s() {
    let published = support::read("docs/events.md");
    assert!(published == notify::catalogue::markdown().unwrap(), "run `make openapi`");
}
