//! Webhooks: programs of the merchant's own, or of those it works with, that are told what happens in the shop.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::email::CustomerEmail;
use crate::event::{OrderEventType, TaskEventType};
use crate::ids::WebhookId;

/// The most characters of what people call a webhook.
pub const MAX_DESCRIPTION: usize = 200;
/// The most characters of why somebody paused one.
pub const MAX_NOTE: usize = 500;

/// Something that a webhook can be told of.
///
/// Of the bus's events that is all but two. That a supplier sent its part is told by the task, and need not be told by the
/// order too; an order that was turned away when a partner sent it is none, and the partner's own business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum WebhookEvent {
    /// Something happened to an order.
    Order(OrderEventType),
    /// A supplier's part of an order came to another status.
    Task(TaskEventType),
}

/// Text that names no event that a webhook can be told of.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("is no event that webhooks are told of")]
pub struct UnknownWebhookEvent;

/// A webhook that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WebhookError {
    /// Its description is too long, or more than a line.
    #[error("must be one line of at most {MAX_DESCRIPTION} characters")]
    Description,
    /// It would be told of nothing.
    #[error("must name at least one event")]
    NoEvents,
    /// Why it is paused is said in too many words.
    #[error("must be 1 to {MAX_NOTE} characters")]
    Note,
}

impl WebhookEvent {
    /// All of them, those of orders first.
    pub fn all() -> impl Iterator<Item = Self> {
        let orders = OrderEventType::ALL.into_iter().filter_map(Self::of_order);
        orders.chain(TaskEventType::ALL.into_iter().map(Self::Task))
    }

    /// What webhooks are told when this happens to an order, if anything.
    #[must_use]
    pub fn of_order(event: OrderEventType) -> Option<Self> {
        let told = !matches!(event, OrderEventType::TaskCompleted | OrderEventType::PartnerOrderRejected);
        told.then_some(Self::Order(event))
    }

    /// The name, which is that of the bus.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Order(event) => event.name(),
            Self::Task(event) => event.name(),
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Result<Self, UnknownWebhookEvent> {
        Self::all().find(|event| event.name() == name).ok_or(UnknownWebhookEvent)
    }
}

impl PartialOrd for WebhookEvent {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for WebhookEvent {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.name().cmp(other.name())
    }
}

impl fmt::Display for WebhookEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for WebhookEvent {
    type Err = UnknownWebhookEvent;

    fn from_str(name: &str) -> Result<Self, UnknownWebhookEvent> {
        Self::parse(name)
    }
}

impl TryFrom<String> for WebhookEvent {
    type Error = UnknownWebhookEvent;

    fn try_from(name: String) -> Result<Self, UnknownWebhookEvent> {
        Self::parse(&name)
    }
}

impl From<WebhookEvent> for String {
    fn from(event: WebhookEvent) -> Self {
        event.name().to_owned()
    }
}

/// Why a webhook is told nothing for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PauseReason {
    /// Somebody wanted it.
    ByHand,
    /// The program said that it is gone for good: 410.
    Gone,
    /// Nothing was taken for as long as something is tried.
    Dead,
}

/// That a webhook is told nothing for now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pause {
    /// Since when.
    pub at: Timestamp,
    /// Why.
    pub reason: PauseReason,
    /// What whoever paused it said.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<String>,
    /// Who paused it; nobody where the shop did.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<CustomerEmail>,
}

/// A program that is told what happens. What it is told is signed with is kept apart from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// Its address, which may hold more than everybody should read.
    pub url: String,
    /// The address's host.
    pub host: String,
    /// What people call it; may be empty.
    pub description: String,
    /// What it is told of; never nothing.
    pub events: BTreeSet<WebhookEvent>,
    /// Why it is told nothing for now, where that is so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pause: Option<Pause>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it.
    pub created_by: CustomerEmail,
    /// When something of it was last changed.
    pub changed_at: Timestamp,
    /// How long calls are signed with the former secret too.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub previous_secret_until: Option<Timestamp>,
}

impl Webhook {
    /// What people may call a webhook.
    pub fn parse_description(text: &str) -> Result<String, WebhookError> {
        let text = text.trim();
        let good = text.chars().count() <= MAX_DESCRIPTION && !text.chars().any(char::is_control);
        if good { Ok(text.to_owned()) } else { Err(WebhookError::Description) }
    }

    /// Why somebody may have paused one.
    pub fn parse_note(text: &str) -> Result<String, WebhookError> {
        let text = text.trim();
        let good = (1..=MAX_NOTE).contains(&text.chars().count());
        if good { Ok(text.to_owned()) } else { Err(WebhookError::Note) }
    }

    /// What people call it in lists: its description or, where it has none, its host.
    #[must_use]
    pub fn title(&self) -> &str {
        if self.description.is_empty() { &self.host } else { &self.description }
    }

    /// Whether it is to be told of this, now or once it runs again.
    #[must_use]
    pub fn wants(&self, event: WebhookEvent) -> bool {
        self.events.contains(&event)
    }

    /// Whether it is told anything for now.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.pause.is_none()
    }

    /// The same, told nothing from now on. One that is paused stays as it is: who paused it first had a reason.
    #[must_use]
    pub fn paused(&self, pause: Pause) -> Self {
        if !self.is_active() {
            return self.clone();
        }
        Self { changed_at: pause.at, pause: Some(pause), ..self.clone() }
    }

    /// The same, told from now on.
    #[must_use]
    pub fn resumed(&self, now: Timestamp) -> Self {
        if self.is_active() {
            return self.clone();
        }
        Self { changed_at: now, pause: None, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn webhook() -> Webhook {
        let now = at("2026-11-22T10:00:00Z");
        Webhook {
            id: WebhookId::generate(),
            url: "https://erp.example/hook".into(),
            host: "erp.example".into(),
            description: String::new(),
            events: BTreeSet::from([WebhookEvent::Order(OrderEventType::OrderPaid)]),
            pause: None,
            created_at: now,
            created_by: CustomerEmail::parse("ada@example.org").unwrap(),
            changed_at: now,
            previous_secret_until: None,
        }
    }

    #[test]
    fn each_event_has_a_name_of_its_own() {
        let names: BTreeSet<_> = WebhookEvent::all().map(WebhookEvent::name).collect();
        assert_eq!(names.len(), WebhookEvent::all().count());
        assert_eq!(names.len(), OrderEventType::ALL.len() - 2 + TaskEventType::ALL.len());
        for event in WebhookEvent::all() {
            let told = serde_json::to_value(event).unwrap();
            assert_eq!(told, event.name());
            assert_eq!(serde_json::from_value::<WebhookEvent>(told).unwrap(), event);
        }
        assert_eq!(WebhookEvent::parse("PartnerOrderRejected"), Err(UnknownWebhookEvent));
        assert_eq!(
            WebhookEvent::parse("TaskCompleted"),
            Ok(WebhookEvent::Task(TaskEventType::TaskCompleted)),
            "the task tells it, not the order"
        );
    }

    #[test]
    fn a_pause_keeps_its_first_reason() {
        let (one, two) = (at("2026-11-22T11:00:00Z"), at("2026-11-22T12:00:00Z"));
        let pause = |at, reason| Pause { at, reason, note: None, by: None };
        let paused = webhook().paused(pause(one, PauseReason::Gone));
        assert!(!paused.is_active() && paused.changed_at == one);
        assert_eq!(paused.paused(pause(two, PauseReason::ByHand)), paused);
        let resumed = paused.resumed(two);
        assert!(resumed.is_active() && resumed.changed_at == two);
        assert_eq!(resumed.resumed(one), resumed);
    }

    #[test]
    fn a_webhook_is_called_by_its_description_or_its_host() {
        let mut webhook = webhook();
        assert_eq!(webhook.title(), "erp.example");
        webhook.description = Webhook::parse_description(" The ERP ").unwrap();
        assert_eq!(webhook.title(), "The ERP");
        assert!(Webhook::parse_description(&"é".repeat(MAX_DESCRIPTION)).is_ok());
        for bad in ["a\nb", &"x".repeat(MAX_DESCRIPTION + 1)] {
            assert_eq!(Webhook::parse_description(bad), Err(WebhookError::Description), "{bad}");
        }
        assert!(Webhook::parse_note(&"é".repeat(MAX_NOTE)).is_ok());
        for bad in [" ", &"x".repeat(MAX_NOTE + 1)] {
            assert_eq!(Webhook::parse_note(bad), Err(WebhookError::Note), "{bad}");
        }
    }
}
