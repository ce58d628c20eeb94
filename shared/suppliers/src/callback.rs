//! Calls to programs that want to be told of something: signed by Standard Webhooks, and let out where calls to suppliers
//! are, with the same limits.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::{
    Method, Url,
    header::{CONTENT_TYPE, HeaderValue},
};
use thiserror::Error;

use crate::{
    HttpClient, Refused, Secret,
    exchange::{self, NoAnswer},
    webhook::{self, WebhookError},
};

/// The longest time that a call may take.
pub const MAX_CALL: Duration = Duration::from_secs(10);

/// The longest address, in characters.
pub const MAX_ADDRESS: usize = 2_000;

/// An address that cannot be called.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddressError {
    /// It has too many characters.
    #[error("must have at most {MAX_ADDRESS} characters")]
    TooLong,
    /// It is none.
    #[error("must be an address, such as https://partner.example/orders")]
    Address,
    /// It leads where we do not call.
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// Reads an address and checks whether it may be called. What its name leads to is checked when it is called.
pub fn address(http: &HttpClient, text: &str) -> Result<Url, AddressError> {
    if text.chars().count() > MAX_ADDRESS {
        return Err(AddressError::TooLong);
    }
    let url = Url::parse(text).map_err(|_| AddressError::Address)?;
    http.check(&url)?;
    Ok(url)
}

/// Something to tell.
#[derive(Debug, Clone)]
pub struct Message<'a> {
    /// Its name, the same whenever it is told again.
    pub id: &'a str,
    /// What is told: JSON.
    pub body: Vec<u8>,
    /// What it is signed with: several while one takes the place of another. At least one.
    pub secrets: &'a [Secret],
}

/// What came of telling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The program answered.
    Answered {
        /// With this HTTP status.
        status: u16,
        /// How long it wants to be left alone.
        retry_after: Option<Duration>,
    },
    /// No answer came, for the reason given.
    Silent(String),
    /// The address may not be called, for the reason given: nothing was sent.
    Forbidden(String),
}

/// Tells a program something, and waits for its answer for `patience`, [`MAX_CALL`] at most. Nobody follows where an
/// answer leads.
pub async fn tell(
    http: &HttpClient,
    address: &str,
    message: Message<'_>,
    now: Timestamp,
    patience: Duration,
) -> Result<Reply, WebhookError> {
    let url = match self::address(http, address) {
        Ok(url) => url,
        Err(error) => return Ok(Reply::Forbidden(error.to_string())),
    };
    let mut headers = webhook::sign_with_all(message.secrets, message.id, &message.body, now)?;
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let request = http.request(Method::POST, url).headers(headers).timeout(patience.min(MAX_CALL));
    let request = match request.body(message.body).build() {
        Ok(request) => request,
        Err(error) => return Ok(Reply::Forbidden(error.without_url().to_string())),
    };
    Ok(match exchange::exchange(http, request).await {
        Ok(received) => Reply::Answered {
            status: received.status,
            retry_after: exchange::retry_after(&received.headers, Timestamp::now()),
        },
        Err(NoAnswer::NotSent(reason) | NoAnswer::Lost(reason)) => Reply::Silent(reason),
        Err(NoAnswer::Forbidden(reason)) => Reply::Forbidden(reason),
    })
}
