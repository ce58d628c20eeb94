//! Webhooks as those see them who look after them.

use std::collections::BTreeSet;

use domain::webhook::{Pause, PauseReason, WebhookError};
use domain::{Webhook, WebhookEvent, WebhookId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::merchant_webhooks::UsedWebhook;
use suppliers::HttpClient;
use suppliers::callback::address;
use utoipa::ToSchema;
use web::{Fields, Person, Problem};

/// A webhook, and how it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Webhook)]
pub struct WebhookDto {
    /// The webhook's id.
    #[schema(value_type = String, example = "whk_01JD0000000000000000000000")]
    id: WebhookId,
    /// Where it is told.
    #[schema(example = "https://erp.example/ironmonger")]
    url: String,
    /// The address's host.
    #[schema(example = "erp.example")]
    host: String,
    /// What people call it; may be empty.
    #[schema(example = "The ERP")]
    description: String,
    /// What it is told of, by name.
    #[schema(value_type = Vec<String>, example = json!(["OrderPaid", "TaskCompleted"]))]
    types: BTreeSet<WebhookEvent>,
    /// `active`, or `paused`: it is told nothing for now.
    #[schema(value_type = String, example = "active")]
    status: &'static str,
    /// Why it is paused; null where it is not.
    pause: Option<WebhookPause>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// Who made it.
    #[schema(example = "ada@example.org")]
    created_by: String,
    /// When something of it was last changed.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Timestamp,
    /// How long calls are signed with the former secret too.
    #[schema(value_type = Option<String>, format = DateTime)]
    previous_secret_until: Option<Timestamp>,
    /// When it last took something, to the minute.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_success_at: Option<Timestamp>,
    /// When it last did not take something.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_failure_at: Option<Timestamp>,
    /// Why not.
    #[schema(example = "answered 503")]
    last_failure: Option<String>,
    /// Since when it has taken nothing of what it was told; null where it took the last thing. After three days of that it
    /// is paused.
    #[schema(value_type = Option<String>, format = DateTime)]
    failing_since: Option<Timestamp>,
    /// The number of its latest change, which is its `ETag` too.
    version: u64,
}

/// Why a webhook is told nothing for now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WebhookPause {
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// `byHand`: somebody wanted it; `gone`: the address answered 410; `dead`: nothing was taken for three days.
    #[schema(value_type = String, example = "byHand")]
    reason: PauseReason,
    /// What whoever paused it said.
    note: Option<String>,
    /// Who paused it; null where the shop did.
    #[schema(example = "ada@example.org")]
    by: Option<String>,
}

impl From<Pause> for WebhookPause {
    fn from(Pause { at, reason, note, by }: Pause) -> Self {
        Self { at, reason, note, by: by.map(|by| by.to_string()) }
    }
}

impl From<UsedWebhook> for WebhookDto {
    fn from(used: UsedWebhook) -> Self {
        let UsedWebhook { webhook, last_success_at, last_failure, failing_since } = used;
        let (last_failure_at, last_failure) =
            last_failure.map(|failure| (failure.at, failure.reason)).unzip();
        let (version, webhook) = (webhook.version, webhook.value);
        Self {
            id: webhook.id,
            status: if webhook.is_active() { "active" } else { "paused" },
            url: webhook.url,
            host: webhook.host,
            description: webhook.description,
            types: webhook.events,
            pause: webhook.pause.map(Into::into),
            created_at: webhook.created_at,
            created_by: webhook.created_by.to_string(),
            changed_at: webhook.changed_at,
            previous_secret_until: webhook.previous_secret_until,
            last_success_at,
            last_failure_at,
            last_failure,
            failing_since,
            version,
        }
    }
}

/// A webhook to be made, or as it is to be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookInput {
    /// An address with https, of at most 2,000 characters.
    #[schema(example = "https://erp.example/ironmonger", max_length = 2000)]
    url: String,
    /// What to call it: one line of at most 200 characters.
    #[serde(default)]
    #[schema(example = "The ERP", max_length = 200)]
    description: String,
    /// What to tell it of: names of the event catalogue, at least one.
    #[schema(example = json!(["OrderPaid", "TaskCompleted"]), min_items = 1)]
    types: Vec<String>,
}

/// What a webhook is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    url: String,
    host: String,
    description: String,
    events: BTreeSet<WebhookEvent>,
}

impl WebhookInput {
    /// Reads the fields. Where the address's name leads is checked when it is called.
    pub fn parse(&self, http: &HttpClient) -> Result<Wanted, Problem> {
        let mut fields = Fields::default();
        let url = fields.parsed("/url", address(http, &self.url));
        let description = fields.parsed("/description", Webhook::parse_description(&self.description));
        let mut events = BTreeSet::new();
        for (index, name) in self.types.iter().enumerate() {
            events.extend(fields.parsed(&format!("/types/{index}"), WebhookEvent::parse(name)));
        }
        let some = if self.types.is_empty() { Err(WebhookError::NoEvents) } else { Ok(()) };
        let some = fields.parsed("/types", some);
        match (url, description, some) {
            (Some(url), Some(description), Some(())) if fields.noted() == 0 => Ok(Wanted {
                host: url.host_str().unwrap_or_default().to_owned(),
                url: url.into(),
                description,
                events,
            }),
            _ => Err(fields.into_problem()),
        }
    }
}

impl Wanted {
    /// A new webhook that is as wanted.
    #[must_use]
    pub fn made(self, id: WebhookId, person: &Person, now: Timestamp) -> Webhook {
        let Self { url, host, description, events } = self;
        Webhook {
            id,
            url,
            host,
            description,
            events,
            pause: None,
            created_at: now,
            created_by: person.email.clone(),
            changed_at: now,
            previous_secret_until: None,
        }
    }

    /// Whether a webhook is as wanted.
    #[must_use]
    pub fn is(&self, webhook: &Webhook) -> bool {
        self.url == webhook.url && self.description == webhook.description && self.events == webhook.events
    }

    /// The webhook, changed to what is wanted.
    #[must_use]
    pub fn applied(self, webhook: &Webhook, now: Timestamp) -> Webhook {
        let Self { url, host, description, events } = self;
        Webhook { url, host, description, events, changed_at: now, ..webhook.clone() }
    }
}

#[cfg(test)]
mod tests {
    use suppliers::Egress;

    use super::*;

    fn parsed(url: &str, description: &str, types: &[&str]) -> Result<Wanted, Problem> {
        let http = HttpClient::new(Egress::parse("*").unwrap()).unwrap();
        let types = types.iter().map(|name| (*name).to_owned()).collect();
        WebhookInput { url: url.into(), description: description.into(), types }.parse(&http)
    }

    #[test]
    fn a_webhook_has_an_address_and_events_that_there_are() {
        let wanted =
            parsed("https://erp.example/a", "", &["TaskCompleted", "OrderPaid", "OrderPaid"]).unwrap();
        assert_eq!((wanted.host.as_str(), wanted.events.len()), ("erp.example", 2));
        for (url, description, types, pointer) in [
            ("http://erp.example/", "", &["OrderPaid"][..], "/url"),
            ("https://10.0.0.1/", "", &["OrderPaid"], "/url"),
            ("https://erp.example/", "two\nlines", &["OrderPaid"], "/description"),
            ("https://erp.example/", "", &[], "/types"),
            ("https://erp.example/", "", &["OrderPaid", "OrderLost"], "/types/1"),
        ] {
            let problem = serde_json::to_value(parsed(url, description, types).unwrap_err()).unwrap();
            assert_eq!(problem["errors"].as_array().unwrap().len(), 1, "{problem}");
            assert_eq!(problem["errors"][0]["pointer"], pointer);
        }
    }

    #[test]
    fn a_change_leaves_what_it_does_not_name() {
        let (one, two) = (Timestamp::UNIX_EPOCH, "2026-11-22T10:00:00Z".parse().unwrap());
        let person = Person {
            id: domain::CustomerId::parse("c6b4f2d0-0a1b-4c3d-8e9f-0123456789ab").unwrap(),
            email: domain::CustomerEmail::parse("ada@example.org").unwrap(),
            email_verified: true,
            groups: BTreeSet::new(),
        };
        let first = parsed("https://erp.example/a", "", &["OrderPaid"]).unwrap();
        let made = first.clone().made(WebhookId::generate(), &person, one);
        assert!(first.is(&made));
        let paused = made.paused(Pause { at: one, reason: PauseReason::ByHand, note: None, by: None });
        let other = parsed("https://erp.example/b", "The ERP", &["OrderPaid"]).unwrap();
        let changed = other.clone().applied(&paused, two);
        assert!(other.is(&changed) && !first.is(&changed));
        assert_eq!((changed.created_at, changed.changed_at, changed.is_active()), (one, two, false));
    }
}
