//! A partner whose program listens: it is played by an inbox of the simulator.

use std::ops::Deref;

use domain::{EventId, OrderEventType, OrderId, PartnerRef, PartnerReference, Sku};
use jiff::Timestamp;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};
use store::orders::OrderEvent;
use suppliers::Secret;
use suppliers::webhook::{Scheme, WebhookError, verify};

use crate::partner::{Partner, order, reference};
use crate::shopper::{Answer, Shopper};
use crate::stack::wait_for;

/// A partner and its program.
pub struct Listener {
    /// Where the program hears.
    pub inbox: String,
    http: reqwest::Client,
    partner: Partner,
}

/// Something that the program was told.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub body: String,
    /// The status that was answered.
    pub answered: u64,
}

impl Deref for Listener {
    type Target = Partner;

    fn deref(&self) -> &Partner {
        &self.partner
    }
}

impl Listener {
    /// A new partner, which is told of nothing yet.
    pub async fn new() -> Self {
        let partner = Partner::new().await;
        let simulator = partner.stack.outputs.supplier_sim.clone().unwrap();
        let inbox = format!("{simulator}/{}/inbox", partner.id());
        Self { inbox, http: Shopper::client(&simulator), partner }
    }

    /// Sets the inbox as the callback, and gives what calls are signed with.
    pub async fn listen(&self) -> Secret {
        let set = self.set_callback(&self.inbox).await.expect(200);
        Secret::new(set["secret"].as_str().unwrap())
    }

    /// Sets the callback.
    pub async fn set_callback(&self, url: &str) -> Answer {
        let request = self.program.request(Method::PUT, "/partner/callback").json(&json!({ "url": url }));
        self.program.send(request).await
    }

    /// The callback as the partner sees it.
    pub async fn callback(&self) -> Value {
        self.program.get("/partner/callback").await.expect(200)
    }

    /// Has the program called, and gives what is said of it.
    pub async fn test(&self) -> Value {
        let request = self.program.request(Method::POST, "/partner/callback/test");
        self.program.send(request).await.expect(200)
    }

    /// Plans how the program answers what comes next.
    pub async fn plan(&self, answers: Value) {
        let request = self.http.put(&self.inbox).json(&json!({ "answers": answers }));
        request.send().await.unwrap().error_for_status().unwrap();
    }

    /// What the program was told, the oldest first.
    pub async fn letters(&self) -> Vec<Letter> {
        let kept: Value = self.http.get(&self.inbox).send().await.unwrap().json().await.unwrap();
        kept["letters"].as_array().unwrap().iter().map(Letter::read).collect()
    }

    /// Waits until the program was told this, and gives all letters that say so.
    pub async fn told(&self, kind: &str, seconds: u64) -> Vec<Letter> {
        wait_for(&format!("{} is told of {kind}", self.id()), seconds, async || {
            let letters: Vec<_> =
                self.letters().await.into_iter().filter(|letter| letter.json()["type"] == kind).collect();
            (!letters.is_empty()).then_some(letters)
        })
        .await
    }

    /// Sends an order, and gives what the partner calls it.
    pub async fn order(&self, sku: &Sku, quantity: i64) -> String {
        let reference = reference("C");
        assert_eq!(self.outcomes(&[order(&reference, &[(sku, quantity)])]).await, ["received"]);
        reference
    }

    /// An event of an order, and the message that the bus would put into the queue.
    #[must_use]
    pub fn event(&self, event_type: OrderEventType, order: &Value) -> (OrderEvent, Value) {
        let reference = PartnerReference::parse(order["reference"].as_str().unwrap()).unwrap();
        let event = OrderEvent {
            id: EventId::generate(),
            event_type,
            order_id: OrderId::parse(order["orderId"].as_str().unwrap()).unwrap(),
            at: Timestamp::now(),
            request_id: "test".into(),
            trace_id: None,
            partner: Some(PartnerRef { id: self.id(), reference }),
        };
        let source = events::message::SOURCE;
        let message = json!({ "detail-type": event_type.name(), "source": source, "detail": event });
        (event, message)
    }

    /// What has come of telling an event, once it has come to this.
    pub async fn delivery(&self, event: impl ToString, outcome: &str, seconds: u64) -> Value {
        let event = event.to_string();
        wait_for(&format!("{event} is {outcome}"), seconds, async || {
            let deliveries = self.program.get("/partner/callback/deliveries").await.expect(200);
            let mut items = deliveries["items"].as_array().unwrap().iter();
            items.find(|item| item["id"] == event.as_str() && item["outcome"] == outcome).cloned()
        })
        .await
    }
}

impl Letter {
    pub(crate) fn read(letter: &Value) -> Self {
        let header = |(name, value): (&String, &Value)| {
            let name: HeaderName = name.parse().unwrap();
            (name, HeaderValue::from_str(value.as_str().unwrap()).unwrap())
        };
        Self {
            headers: letter["headers"].as_object().unwrap().iter().map(header).collect(),
            body: letter["body"].as_str().unwrap().to_owned(),
            answered: letter["answered"].as_u64().unwrap(),
        }
    }

    /// The body.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// The letter's name, if it is signed with this secret.
    pub fn verify(&self, secret: &Secret) -> Result<String, WebhookError> {
        let body = self.body.as_bytes();
        let id = verify(&Scheme::StandardWebhooks, secret, &self.headers, body, Timestamp::now())?;
        Ok(id.as_str().to_owned())
    }
}
