//! What all AWS clients share: one configuration and one HTTP client per process, and settings from the environment.

use std::str::FromStr;
use std::time::Duration;

use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, SdkConfig};
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use thiserror::Error;

/// How long one attempt of one call may take before it is tried again.
pub const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(5);

/// The configuration of all clients: region, credentials and endpoint from the environment, TLS by rustls with ring,
/// which has no entropy to gather at the first handshake.
pub async fn config() -> SdkConfig {
    let http =
        aws_smithy_http_client::Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
    aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .timeout_config(TimeoutConfig::builder().operation_attempt_timeout(ATTEMPT_TIMEOUT).build())
        .load()
        .await
}

/// A setting that the function cannot start without.
#[derive(Debug, Error)]
pub enum SettingError {
    /// The variable is not set.
    #[error("the environment variable {0} is not set")]
    Missing(&'static str),
    /// The variable's value cannot be read.
    #[error("the environment variable {name} is wrong: {reason}")]
    Invalid {
        /// The variable.
        name: &'static str,
        /// What was wrong with it.
        reason: String,
    },
}

/// Reads a setting from the environment.
pub fn setting<T>(name: &'static str) -> Result<T, SettingError>
where
    T: FromStr,
    T::Err: std::fmt::Display,
{
    let text = std::env::var(name).map_err(|_| SettingError::Missing(name))?;
    text.parse().map_err(|reason: T::Err| SettingError::Invalid { name, reason: reason.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_that_is_missing_or_wrong_is_named() {
        let missing = setting::<u32>("IRONMONGER_TEST_UNSET").unwrap_err();
        assert!(missing.to_string().contains("IRONMONGER_TEST_UNSET"));
        let wrong = setting::<u32>("PATH").unwrap_err();
        assert!(matches!(wrong, SettingError::Invalid { name: "PATH", .. }));
    }
}
