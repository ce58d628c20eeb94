//! An operator at the console with an article of a test's own, and somebody who buys it.

use domain::{Sku, Stock, TaskStatus};
use reqwest::Method;
use serde_json::{Value, json};

use crate::people::SignedIn;
use crate::shopper::{Answer, PlacedOrder, Shopper, new_key};
use crate::stack::{Stack, TestProduct, wait_for};
use crate::supplier::{TestSupplier, tasks_of};

/// Where the desk's routes begin.
pub const DESK: &str = "/console/fulfilment";

/// An operator, a customer and an article.
pub struct OrderDesk {
    /// Where they are.
    pub stack: Stack,
    /// Who decides.
    pub operator: SignedIn,
    /// Who buys.
    pub shopper: Shopper,
    /// What is bought.
    pub product: TestProduct,
}

impl OrderDesk {
    /// An article of which there are ten, and that nobody offers.
    pub async fn open() -> Self {
        let stack = Stack::connect().await;
        let (operator, shopper) = (stack.operator().await, Shopper::new(&stack));
        let product = stack.product(1, 10).await;
        Self { stack, operator, shopper, product }
    }

    /// The article.
    pub fn sku(&self) -> &Sku {
        &self.product.skus[0]
    }

    /// How many there are of it.
    pub async fn stock(&self) -> Stock {
        self.stack.stock(&self.product, self.sku()).await
    }

    /// A supplier of the article.
    pub async fn supplier(&self, priority: u32) -> TestSupplier {
        TestSupplier::new(&self.stack, priority, &[self.sku()]).await
    }

    /// People who send the article.
    pub async fn people(&self) -> TestSupplier {
        let people = self.supplier(1).await;
        people
            .change(&self.stack, |record| {
                record.adapter = "manual".into();
                record.configuration = json!({});
            })
            .await;
        people
    }

    /// An order of so many pieces that was paid with a card.
    pub async fn order(&self, pieces: i64, card: &str) -> PlacedOrder {
        let order = self.shopper.order(&[(self.sku(), pieces)]).await;
        self.shopper.pay_as(&order, card, &new_key()).await.expect(200);
        order
    }

    /// The same, which nobody sends.
    pub async fn stuck(&self, pieces: i64, card: &str) -> PlacedOrder {
        let order = self.order(pieces, card).await;
        self.shopper.wait_until(&order, "needsAttention", 60).await;
        order
    }

    /// The order as the console shows it.
    pub async fn look(&self, order: &PlacedOrder) -> Value {
        self.operator.get(&format!("{DESK}/orders/{}", order.id)).await.expect(200)
    }

    /// Does something to an order.
    pub async fn act(&self, order: &PlacedOrder, deed: &str, body: &Value, key: &str) -> Answer {
        self.post(&format!("{DESK}/orders/{}/{deed}", order.id), body, key).await
    }

    /// Asks for something that must not happen twice.
    pub async fn post(&self, path: &str, body: &Value, key: &str) -> Answer {
        let request = self.operator.request(Method::POST, path).header("Idempotency-Key", key);
        self.operator.send(request.json(body)).await
    }

    /// The order's one open task, once it stands like this.
    pub async fn task(&self, order: &PlacedOrder, status: TaskStatus) -> domain::Task {
        wait_for(&format!("a task is {status}"), 60, async || {
            tasks_of(&self.stack, order.id).await.into_iter().find(|task| task.status() == status)
        })
        .await
    }

    /// Goes on with cancelled orders as the schedule does, until the order stands like this.
    pub async fn swept_until(&self, order: &PlacedOrder, status: &str) -> Value {
        wait_for(&format!("order {} is {status}", order.id), 120, async || {
            let _ = self.stack.tick("SweepTasks").await;
            let seen = self.shopper.look_at(order).await;
            (seen["status"] == status).then_some(seen)
        })
        .await
    }

    /// What the audit trail tells of something, the newest first.
    pub async fn deeds(&self, subject: &str) -> Vec<String> {
        let admin = self.stack.admin().await;
        let told = admin.get(&format!("/console/audit?subject={subject}&limit=100")).await.expect(200);
        let items = told["items"].as_array().unwrap();
        items.iter().map(|entry| entry["action"].as_str().unwrap().to_owned()).collect()
    }

    /// Whether the order is among those that need somebody.
    pub async fn needs_somebody(&self, order: &PlacedOrder) -> bool {
        let mut cursor = String::new();
        loop {
            let page = self.operator.get(&format!("{DESK}/attention?limit=100{cursor}")).await.expect(200);
            let items = page["items"].as_array().unwrap();
            if items.iter().any(|row| row["id"] == order.id.to_string()) {
                return true;
            }
            let Some(next) = page["nextCursor"].as_str() else { return false };
            cursor = format!("&cursor={next}");
        }
    }
}

/// How often something happened to an order.
pub fn times(order: &Value, event: &str) -> usize {
    order["timeline"].as_array().unwrap().iter().filter(|entry| entry["type"] == event).count()
}
