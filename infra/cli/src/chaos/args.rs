//! What can be asked of a chaos run.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::numbers::{concurrency, duration, positive};

/// `chaos`
#[derive(Debug, Clone, Args)]
pub struct ChaosArgs {
    /// The invoices
    pub file: PathBuf,

    /// How many invoices, from the first one on that can be ordered
    #[arg(long, value_name = "N", default_value = "1000", value_parser = positive)]
    pub orders: usize,

    /// How many orders are placed at a time
    #[arg(long, value_name = "C", default_value = "8", value_parser = concurrency)]
    pub concurrency: usize,

    /// About how often one of the stack's function processes is killed
    #[arg(long, value_name = "TIME", default_value = "1500ms", value_parser = duration)]
    pub kill_every: Duration,

    /// About how often a message is sent again
    #[arg(long, value_name = "TIME", default_value = "500ms", value_parser = duration)]
    pub double_every: Duration,

    /// Others use the stack: kill only what works on this run's orders, and leave rules and other messages alone
    #[arg(long)]
    pub shared: bool,

    /// When to stop waiting for the orders, such as `45m` or `1h 30m`
    #[arg(long, value_name = "TIME", default_value = "45m", value_parser = duration)]
    pub timeout: Duration,

    /// Where to write the whole report as JSON [default: chaos-report.json beside the outputs]
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}
