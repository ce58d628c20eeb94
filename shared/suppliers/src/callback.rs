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
    mask::Masks,
    webhook::{self, WebhookError},
};

/// The longest time that a call may take.
pub const MAX_CALL: Duration = Duration::from_secs(10);

/// How much of an answer is kept, in characters.
pub const MAX_WORDS: usize = 2 * 1024;

/// How much of an answer is looked at, in bytes: what is hidden in it makes it shorter.
const LOOKED_AT: usize = 4 * MAX_WORDS;

/// The shortest text that is hidden in an answer; shorter ones stand in any text.
const MIN_PRIVATE: usize = 4;

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
    /// What is not to be seen in what is kept of the answer, beside the secrets; texts of a few characters are not looked
    /// for.
    pub private: &'a [String],
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
        /// What it said: the first [`MAX_WORDS`] characters, without secrets and whatever else was to be hidden.
        words: String,
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
    let masks = masks(&message);
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
            words: words(&masks, received.body.as_deref().unwrap_or_default()),
        },
        Err(NoAnswer::NotSent(reason) | NoAnswer::Lost(reason)) => Reply::Silent(reason),
        Err(NoAnswer::Forbidden(reason)) => Reply::Forbidden(reason),
    })
}

/// What is hidden in an answer: what it is signed with, with and without what tells its kind, and what the caller says.
fn masks(message: &Message<'_>) -> Masks {
    let masks = Masks::default();
    for secret in message.secrets {
        masks.add(secret);
        if let Some((_, key)) = secret.expose().split_once('_') {
            masks.add(&Secret::new(key));
        }
    }
    for text in message.private.iter().filter(|text| text.chars().count() >= MIN_PRIVATE) {
        masks.add(&Secret::new(text.as_str()));
    }
    masks
}

/// The beginning of an answer, as people may read it.
fn words(masks: &Masks, answer: &[u8]) -> String {
    let looked_at = &answer[..answer.len().min(LOOKED_AT)];
    let hidden = masks.hide(&String::from_utf8_lossy(looked_at));
    let is_text = |c: &char| matches!(c, '\n' | '\t') || !c.is_control();
    hidden.chars().filter(is_text).take(MAX_WORDS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_private_is_not_kept_of_an_answer() {
        let secrets = [Secret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")];
        let private = ["ada@example.org".to_owned(), "GB".to_owned()];
        let message = Message { id: "evt_1", body: Vec::new(), secrets: &secrets, private: &private };
        let masks = masks(&message);
        let echo = b"{\"to\":\"ada@example.org\",\"key\":\"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"}\0 GB\n";
        assert_eq!(words(&masks, echo), "{\"to\":\"…\",\"key\":\"…\"} GB\n");
        let long = "é".repeat(MAX_WORDS + 1);
        assert_eq!(words(&masks, long.as_bytes()).chars().count(), MAX_WORDS);
        assert_eq!(words(&masks, &[0xff; 3]).chars().count(), 3);
    }
}
