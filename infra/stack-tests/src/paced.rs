//! A desk with paced orders of a test's own.

use domain::pacing::{Curve, NewPacedOrder, Pace, PaceInput, PacedOrder, Plan, StatusChange};
use domain::{Currency, CustomerEmail, Order, PacedOrderId, PacedStatus, Quantity, Sku, Stock};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};
use store::buyers::OrdersOf;

use crate::people::SignedIn;
use crate::shopper::{Answer, address, new_key};
use crate::stack::{Stack, TestProduct, wait_for};

/// Where paced orders are.
pub const PACED: &str = "/console/fulfilment/paced-orders";
/// The time between two instalments.
pub const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Somebody at the desk, and an article.
pub struct PacedDesk {
    /// Where they are.
    pub stack: Stack,
    /// Who makes paced orders.
    pub operator: SignedIn,
    /// What is released.
    pub product: TestProduct,
    /// Whom it goes to.
    pub email: CustomerEmail,
}

impl PacedDesk {
    /// An article of which there are so many pieces, at 2.50 each.
    pub async fn open(pieces: u64) -> Self {
        let stack = Stack::connect().await;
        let (operator, product) = (stack.operator().await, stack.product(1, pieces).await);
        Self { stack, operator, product, email: Stack::new_email() }
    }

    /// The article's SKU.
    pub fn sku(&self) -> &Sku {
        &self.product.skus[0]
    }

    /// How many pieces there are.
    pub async fn stock(&self) -> Stock {
        self.stack.stock(&self.product, self.sku()).await
    }

    /// A paced order of a pace that begins now, with an hour between two instalments.
    pub fn body(&self, quantity: i64, instalments: i32, budget: Option<i64>) -> Value {
        let start = Timestamp::now();
        let budget = budget.map(|amount| json!({ "amount": amount, "currency": "GBP" }));
        json!({
            "name": "Nails for the site",
            "email": self.email,
            "shippingAddress": address(),
            "sku": self.sku(),
            "plan": {
                "kind": "pace",
                "quantity": quantity,
                "start": start,
                "end": start + HOUR * instalments,
                "instalments": instalments,
                "curve": { "kind": "even" },
                "budget": budget,
            },
        })
    }

    /// Asks for a paced order, under a key of the caller's choice.
    pub async fn post(&self, body: &Value, key: &str) -> Answer {
        let request = self.operator.request(Method::POST, PACED).header("Idempotency-Key", key);
        self.operator.send(request.json(body)).await
    }

    /// Makes a paced order.
    pub async fn create(&self, body: &Value) -> PacedOrderId {
        let created = self.post(body, &new_key()).await.expect(201);
        PacedOrderId::parse(created["id"].as_str().unwrap()).unwrap()
    }

    /// A paced order as it is.
    pub async fn look(&self, id: PacedOrderId) -> Value {
        self.operator.get(&format!("{PACED}/{id}")).await.expect(200)
    }

    /// Lets a paced order run, pauses or stops it, as somebody who has seen this version.
    pub async fn set(&self, id: PacedOrderId, version: &Value, body: &Value) -> Answer {
        let request = self.operator.request(Method::PUT, &format!("{PACED}/{id}/status"));
        self.operator.send(request.header("If-Match", format!("\"{version}\"")).json(body)).await
    }

    /// Releases what is due as the schedule does, until something is so.
    pub async fn released_until(
        &self,
        id: PacedOrderId,
        what: &str,
        is_so: impl Fn(&Value) -> bool,
    ) -> Value {
        wait_for(&format!("{what} of {id}"), 60, async || {
            let _ = self.stack.tick("ReleaseInstalments").await;
            let seen = self.look(id).await;
            is_so(&seen).then_some(seen)
        })
        .await
    }

    /// The orders that came of all instalments to the desk's address.
    pub async fn orders(&self) -> Vec<Order> {
        let found = self.stack.database.orders_of(OrdersOf::Guest(&self.email), None, 100).await.unwrap();
        found.orders.into_iter().map(|order| order.value).collect()
    }

    /// Stores a paced order that began this long ago, of which nothing was released, and that stands like this.
    pub async fn old(&self, ago: SignedDuration, status: PacedStatus) -> PacedOrderId {
        let start = Timestamp::now() - ago;
        let input = PaceInput {
            quantity: Quantity::parse(8).unwrap(),
            start,
            end: start + HOUR * 4,
            instalments: 4,
            curve: Curve::Even,
            budget: None,
        };
        let new = NewPacedOrder {
            id: PacedOrderId::generate(),
            name: "Nails of old".into(),
            customer: None,
            email: self.email.clone(),
            shipping_address: serde_json::from_value(address()).unwrap(),
            sku: self.sku().clone(),
            plan: Plan::Pace(Pace::parse(input).unwrap()),
            created_by: "grace@example.org".into(),
            currency: Currency::Gbp,
        };
        let mut paced = PacedOrder::new(new, start);
        paced.set_status(status, StatusChange { by: None, at: start, note: None }).unwrap();
        let mut transaction = self.stack.database.transaction();
        transaction.create_paced_order(&paced).unwrap().commit().await.unwrap();
        paced.id()
    }
}

/// How many instalments were released, as the desk shows it.
pub fn done(seen: &Value) -> usize {
    seen["done"].as_array().unwrap().len()
}
