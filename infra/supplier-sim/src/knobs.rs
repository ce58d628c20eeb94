//! What a test can turn while the supplier runs.

use std::collections::BTreeSet;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{cost::MAX_UNIT_COST, fault::Fault};

/// The longest delay one can ask for; a longer one is a typing error rather than a wish.
pub const MAX_LATENCY_MS: u64 = 60_000;

/// The most that a supplier's clock can be wrong, in seconds.
pub const MAX_CLOCK_SKEW_SECONDS: i64 = 366 * 24 * 3_600;

/// The kinds of request a supplier answers, whatever the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Operation {
    /// Takes an order.
    Place,
    /// Looks for orders by reference.
    Find,
    /// Tells how orders stand.
    Status,
    /// Calls an order off.
    Cancel,
    /// Makes ready what an order needs: a folder or a draft of the task board.
    Prepare,
    /// Anything that is asked to see whether the supplier is there: a balance, a list of services, a token.
    Check,
}

impl Operation {
    /// Every kind of request.
    pub const ALL: [Self; 6] =
        [Self::Place, Self::Find, Self::Status, Self::Cancel, Self::Prepare, Self::Check];
}

/// How one supplier behaves. The defaults make a demo look alive: work starts after 5 s and ends after 20 s.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
// Each is a knob of its own; there is no state that they form together.
#[allow(clippy::struct_excessive_bools)]
pub struct Knobs {
    /// Every answer comes this much later, in milliseconds. The work itself is done at once.
    pub latency_ms: u64,
    /// The kinds of request whose answers come later.
    pub latency_on: BTreeSet<Operation>,
    /// New orders are refused.
    pub refuse: bool,
    /// The message that goes with a refusal.
    pub refuse_reason: String,
    /// This many requests (of the kinds in `fail_on`) fail before anything is done; counts down.
    pub fail_next: u32,
    /// The status of a failure, 400 to 599.
    pub fail_status: u16,
    /// The kinds of request that fail.
    pub fail_on: BTreeSet<Operation>,
    /// Sent as `Retry-After` with a failure, in seconds.
    pub retry_after_seconds: Option<u32>,
    /// This many orders are taken and their connections then closed without an answer; counts down.
    pub lose_responses: u32,
    /// When an order turns from `received` to `working`, in milliseconds after it was taken; null is never.
    pub working_after_ms: Option<u64>,
    /// When an order is done, in milliseconds after it was taken; null is never.
    pub complete_after_ms: Option<u64>,
    /// At most this many units of each line are delivered, the rest never; null is all. With 0 the order ends
    /// as `refused`.
    pub deliver_at_most: Option<u32>,
    /// A repeated idempotency key answers the first order. If false, it makes a second order.
    pub honours_idempotency: bool,
    /// What else goes wrong.
    pub faults: Vec<Fault>,
    /// The price of a unit of the orders that are taken from now on, in pence; null is what the shop expects.
    pub unit_cost: Option<u32>,
    /// Who may ask. Empty is everybody.
    pub credentials: BTreeSet<String>,
    /// Only who brings a token of `POST /{supplier}/oauth/token` may ask.
    pub requires_token: bool,
    /// How long a token is good, in milliseconds.
    pub token_lifetime_ms: u64,
    /// Only requests that this key signs are answered; see `docs/suppliers.md`.
    pub signed_with: Option<String>,
    /// How far ahead the supplier's clock is, in seconds. Shows in `Date` and in the time stamps of webhooks.
    pub clock_skew_seconds: i64,
    /// `Retry-After` is written as a date (of the supplier's clock) rather than in seconds.
    pub retry_after_as_date: bool,
    /// Where every change of an order is told.
    pub webhook: Option<Webhook>,
}

/// Where and how a supplier tells the shop of changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Webhook {
    /// An `http` address; the shop of a test is on this machine.
    pub url: String,
    /// The key of the signature. For Standard Webhooks, `whsec_` and Base64.
    pub secret: String,
    /// How messages are signed.
    #[serde(default)]
    pub scheme: WebhookScheme,
    /// Every message is sent this many times more.
    #[serde(default)]
    pub repeats: u8,
    /// Messages that are due together are sent newest first.
    #[serde(default)]
    pub reversed: bool,
}

/// How webhooks are signed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WebhookScheme {
    /// `webhook-id`, `webhook-timestamp` and `webhook-signature: v1,{base64}` (<https://www.standardwebhooks.com>).
    #[default]
    StandardWebhooks,
    /// `X-Signature: {hex}`, HMAC-SHA-256 of the body.
    Hmac,
}

impl Default for Knobs {
    fn default() -> Self {
        Self {
            latency_ms: 0,
            latency_on: Operation::ALL.into(),
            refuse: false,
            refuse_reason: "out of stock".to_owned(),
            fail_next: 0,
            fail_status: 503,
            fail_on: Operation::ALL.into(),
            retry_after_seconds: None,
            lose_responses: 0,
            working_after_ms: Some(5_000),
            complete_after_ms: Some(20_000),
            deliver_at_most: None,
            honours_idempotency: false,
            faults: Vec::new(),
            unit_cost: None,
            credentials: BTreeSet::new(),
            requires_token: false,
            token_lifetime_ms: 3_600_000,
            signed_with: None,
            clock_skew_seconds: 0,
            retry_after_as_date: false,
            webhook: None,
        }
    }
}

/// A patch that does not fit the knobs.
#[derive(Debug, thiserror::Error)]
pub enum KnobsError {
    /// Not an object, an unknown knob or a value of the wrong type.
    #[error("{0}")]
    Malformed(#[from] serde_json::Error),
    /// Not a JSON object.
    #[error("the knobs are a JSON object")]
    NotAnObject,
    /// The failure status is not an HTTP error.
    #[error("failStatus must be 400 to 599")]
    FailStatus,
    /// The delay is too long.
    #[error("latencyMs must be at most {MAX_LATENCY_MS}")]
    Latency,
    /// The share is none.
    #[error("percent must be at most 100")]
    Percent,
    /// The price is too high.
    #[error("unitCost must be at most {MAX_UNIT_COST}")]
    UnitCost,
    /// The clock is too wrong.
    #[error("clockSkewSeconds must be within {MAX_CLOCK_SKEW_SECONDS}")]
    ClockSkew,
    /// A webhook that cannot be sent.
    #[error("webhook.url must begin with http://, and a secret for Standard Webhooks with whsec_ and Base64")]
    Webhook,
}

impl Knobs {
    /// These knobs with those named in `patch` turned. Null is a value, not an omission.
    pub fn patched(&self, patch: Value) -> Result<Self, KnobsError> {
        let Value::Object(patch) = patch else {
            return Err(KnobsError::NotAnObject);
        };
        let mut all = serde_json::to_value(self)?;
        if let Value::Object(all) = &mut all {
            all.extend(patch);
        }
        let knobs: Self = serde_json::from_value(all)?;
        if !(400..=599).contains(&knobs.fail_status) {
            return Err(KnobsError::FailStatus);
        }
        if knobs.latency_ms > MAX_LATENCY_MS {
            return Err(KnobsError::Latency);
        }
        if knobs.faults.iter().any(|fault| fault.percent > 100) {
            return Err(KnobsError::Percent);
        }
        if knobs.unit_cost.is_some_and(|pence| pence > MAX_UNIT_COST) {
            return Err(KnobsError::UnitCost);
        }
        if knobs.clock_skew_seconds.unsigned_abs() > MAX_CLOCK_SKEW_SECONDS.unsigned_abs() {
            return Err(KnobsError::ClockSkew);
        }
        if knobs.webhook.as_ref().is_some_and(|webhook| !webhook.can_be_sent()) {
            return Err(KnobsError::Webhook);
        }
        Ok(knobs)
    }
}

impl Webhook {
    fn can_be_sent(&self) -> bool {
        self.url.starts_with("http://") && self.key().is_some()
    }

    /// The bytes that sign; none if the secret is no key.
    #[must_use]
    pub fn key(&self) -> Option<Vec<u8>> {
        match self.scheme {
            WebhookScheme::StandardWebhooks => STANDARD.decode(self.secret.strip_prefix("whsec_")?).ok(),
            WebhookScheme::Hmac => Some(self.secret.as_bytes().to_vec()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_patch_turns_only_what_it_names() {
        let knobs =
            Knobs::default().patched(json!({"completeAfterMs": null, "failOn": ["status"]})).expect("patch");
        let wanted =
            Knobs { complete_after_ms: None, fail_on: [Operation::Status].into(), ..Knobs::default() };
        assert_eq!(knobs, wanted);
    }

    #[test]
    fn bad_patches_are_refused() {
        let cases = [
            (json!({"latency": 5}), "unknown field `latency`"),
            (json!({"refuse": "yes"}), "invalid type"),
            (json!({"failOn": ["everything"]}), "unknown variant"),
            (json!({"failStatus": 200}), "400 to 599"),
            (json!({"failStatus": 600}), "400 to 599"),
            (json!({"latencyMs": MAX_LATENCY_MS + 1}), "at most 60000"),
            (json!([]), "JSON object"),
            (json!({"faults": [{"kind": "rain"}]}), "unknown variant"),
            (json!({"faults": [{"kind": "lost", "percent": 101}]}), "at most 100"),
            (json!({"unitCost": MAX_UNIT_COST + 1}), "unitCost"),
            (json!({"clockSkewSeconds": -MAX_CLOCK_SKEW_SECONDS - 1}), "clockSkewSeconds"),
            (json!({"webhook": {"url": "ftp://127.0.0.1", "secret": "whsec_AAAA"}}), "http://"),
            (json!({"webhook": {"url": "http://127.0.0.1", "secret": "AAAA"}}), "whsec_"),
        ];
        for (patch, expected) in cases {
            let error = Knobs::default().patched(patch.clone()).expect_err("refused").to_string();
            assert!(error.contains(expected), "{patch}: {error}");
        }
        assert!(Knobs::default().patched(json!({"latencyMs": MAX_LATENCY_MS})).is_ok());
    }
}
