//! Runs of workers.

use domain::RunId;
use jiff::civil::Date;

use super::Key;

/// Partition of a worker's runs.
#[must_use]
pub fn runs_of(worker: &str) -> String {
    format!("RUNS#{worker}")
}

/// Partition of all runs that began on a day (UTC), in the first index.
#[must_use]
pub fn runs_on(day: Date) -> String {
    format!("RUNS#{day}")
}

/// Partition of the runs that began on a day (UTC) and failed, in the second index.
#[must_use]
pub fn failed_runs_on(day: Date) -> String {
    format!("FAILED#{day}")
}

/// Key of a run.
#[must_use]
pub fn run(worker: &str, id: RunId) -> Key {
    Key::new(runs_of(worker), id.to_string())
}
