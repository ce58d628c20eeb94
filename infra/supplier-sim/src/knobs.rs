//! What a test can turn while the supplier runs.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The longest delay one can ask for; a longer one is a typing error rather than a wish.
pub const MAX_LATENCY_MS: u64 = 60_000;

/// The kinds of request a supplier answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Operation {
    /// `POST /{supplier}/orders`
    Place,
    /// `GET /{supplier}/orders?reference=`
    Find,
    /// `POST /{supplier}/orders/status`
    Status,
    /// `POST /{supplier}/orders/{id}/cancel`
    Cancel,
}

impl Operation {
    /// Every kind of request.
    pub const ALL: [Self; 4] = [Self::Place, Self::Find, Self::Status, Self::Cancel];
}

/// How one supplier behaves. The defaults make a demo look alive: work starts after 5 s and ends after 20 s.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Knobs {
    /// Every answer comes this much later, in milliseconds. The work itself is done at once.
    pub latency_ms: u64,
    /// New orders are refused with 422.
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
}

impl Default for Knobs {
    fn default() -> Self {
        Self {
            latency_ms: 0,
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
        Ok(knobs)
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
        ];
        for (patch, expected) in cases {
            let error = Knobs::default().patched(patch.clone()).expect_err("refused").to_string();
            assert!(error.contains(expected), "{patch}: {error}");
        }
        assert!(Knobs::default().patched(json!({"latencyMs": MAX_LATENCY_MS})).is_ok());
    }
}
