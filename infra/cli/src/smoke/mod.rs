//! `smoke`: whether a deployed shop answers as it should. Nothing is bought and nothing stays behind but an empty cart.

mod checks;
mod report;
mod site;

use std::time::{Duration, Instant};

use reqwest::Url;
use thiserror::Error;

pub use checks::Check;
pub use report::{Outcome, Report};
pub use site::Fault;
use site::Site;

/// How often something is tried: a function's first answer, or a name that is not known everywhere, takes its time.
pub const ATTEMPTS: u32 = 3;
/// The pause between two tries.
pub const PAUSE: Duration = Duration::from_secs(2);

/// Why nothing was tried.
#[derive(Debug, Error)]
pub enum SmokeError {
    /// The address is none.
    #[error("{0:?} is not the address of a shop, such as https://shop.example.com")]
    Address(String),
    /// There is no client to ask with.
    #[error(transparent)]
    Client(#[from] reqwest::Error),
}

/// Tries out the shop at an address.
pub async fn smoke(address: &str, pause: Duration) -> Result<Report, SmokeError> {
    let url = Url::parse(address).ok().filter(|url| url.has_host() && url.scheme().starts_with("http"));
    let site = Site::new(url.ok_or_else(|| SmokeError::Address(address.into()))?)?;
    let mut outcomes = Vec::with_capacity(Check::ALL.len());
    for check in Check::ALL {
        let started = Instant::now();
        let mut attempt = 1;
        let told = loop {
            match check.run(&site).await {
                Err(_) if attempt < ATTEMPTS => {
                    attempt += 1;
                    tokio::time::sleep(pause).await;
                }
                told => break told,
            }
        };
        outcomes.push(Outcome {
            check,
            took: started.elapsed(),
            told: told.map_err(|fault| fault.to_string()),
        });
    }
    Ok(Report { outcomes })
}
