//! The process that a function runs in: what it is, and how it began.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::metrics::Service;

static THIS: OnceLock<Process> = OnceLock::new();

/// What a process is, and how it began.
#[derive(Debug)]
pub(crate) struct Process {
    /// The deployment.
    pub stage: String,
    /// The crate that the function is of; nothing for what is no function.
    pub service: Option<Service>,
    /// The function's binary.
    pub function: &'static str,
    /// Whether CloudWatch shall make metrics of its lines: a series of them costs something for as long as it is told of.
    pub metered: bool,
    started: Instant,
    ready: OnceLock<Duration>,
    fresh: AtomicBool,
}

impl Process {
    /// `setting` tells what a variable of the environment says.
    fn new(package: &str, function: &'static str, setting: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            stage: setting("STAGE").unwrap_or_else(|| "local".into()),
            service: Service::of_crate(package),
            function,
            metered: setting("METRICS").is_none_or(|metrics| metrics != "false"),
            started: Instant::now(),
            ready: OnceLock::new(),
            fresh: AtomicBool::new(true),
        }
    }

    /// Notes that the process begins.
    pub fn begin(package: &str, function: &'static str) -> &'static Self {
        THIS.get_or_init(|| Self::new(package, function, |name| std::env::var(name).ok()))
    }

    /// This process; a nameless one where nobody noted its beginning, as in tests.
    pub fn this() -> &'static Self {
        Self::begin("", "unnamed")
    }

    /// Notes that the process can take its first call, and how long that took.
    pub fn note_ready(&self) {
        self.ready.get_or_init(|| self.started.elapsed());
    }

    /// How long the process took until it could take calls: told to the first call, and to no other.
    pub fn first_call(&self) -> Option<Duration> {
        let first = self.fresh.swap(false, Ordering::Relaxed);
        first.then(|| self.ready.get().copied().unwrap_or_default())
    }
}

#[cfg(test)]
impl Process {
    /// A process of its own for a test: all tests share the real one.
    pub fn unshared(package: &str, function: &'static str) -> &'static Self {
        Box::leak(Box::new(Self::new(package, function, |_| None)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_call_began_a_process() {
        let process = Process::new("orders", "place-order", |_| None);
        process.note_ready();
        let init = *process.ready.get().unwrap();
        process.note_ready();
        assert_eq!((process.first_call(), process.first_call()), (Some(init), None));
        assert_eq!((process.service, process.stage.as_str()), (Some(Service::Orders), "local"));
    }

    #[test]
    fn metrics_are_made_unless_the_environment_says_otherwise() {
        let metered = |metrics: Option<&str>| {
            let setting = |name: &str| metrics.filter(|_| name == "METRICS").map(str::to_owned);
            Process::new("orders", "place-order", setting).metered
        };
        assert!(metered(None) && metered(Some("true")) && !metered(Some("false")));
    }
}
