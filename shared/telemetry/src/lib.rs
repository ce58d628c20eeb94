//! Structured logs, the trace that they belong to, metrics in the embedded metric format, and crash points for tests.

pub mod call;
pub mod crash;
pub mod log;
pub mod metrics;
mod process;
pub mod trace;
pub mod xray;

pub use call::Call;
pub use domain::TraceId;
pub use metrics::{Metric, count, record};

/// Begins a function's process: sets up logging, and notes what the process is. To be said first in `main`.
#[macro_export]
macro_rules! init {
    () => {
        $crate::start(env!("CARGO_PKG_NAME"), env!("CARGO_BIN_NAME"))
    };
}

/// What [`init!`] does. `package` is the crate, `function` the binary. Logs are lines of JSON on standard output, as [`log`]
/// tells; the level comes from `RUST_LOG`, `info` where that is not set.
pub fn start(package: &str, function: &'static str) {
    process::Process::begin(package, function);
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .fmt_fields(tracing_subscriber::fmt::format::JsonFields::new())
        .event_format(log::Line)
        .with_env_filter(filter)
        .init();
}
