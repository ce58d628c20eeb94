//! Structured logs, metrics in the embedded metric format, and crash points for tests.

pub mod crash;
pub mod metrics;

pub use metrics::{Metric, count};

/// Sets up logging, once per process: JSON lines on standard output, with the fields of all spans around an event. The
/// level comes from `RUST_LOG`, `info` where that is not set.
pub fn init() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_env_filter(filter)
        // CloudWatch stamps each line itself.
        .without_time()
        .init();
}
