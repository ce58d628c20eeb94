//! A partner of a test's own.

use domain::{OrderEventType, OrderId, PartnerId, Sku, Stock};
use reqwest::Method;
use serde_json::{Value, json};
use ulid::Ulid;

use crate::people::SignedIn;
use crate::shopper::{Answer, Shopper, address};
use crate::stack::{Stack, TestProduct, wait_for};
use crate::supplier::TestSupplier;

/// A partner with a key.
pub struct Partner {
    /// Where it is.
    pub stack: Stack,
    /// Who made the key.
    pub admin: SignedIn,
    /// The answer that the key came in.
    pub key: Value,
    /// The partner's program, which shows the key.
    pub program: Shopper,
}

impl Partner {
    /// A new partner, with a key for orders.
    pub async fn new() -> Self {
        let stack = Stack::connect().await;
        let admin = stack.admin().await;
        let key = new_key(&admin, json!({ "name": "Calder & Sons", "scopes": ["orders:write"] })).await;
        let program = Shopper::new(&stack).with_token(key["key"].as_str().unwrap());
        Self { stack, admin, key, program }
    }

    /// Its id.
    pub fn id(&self) -> PartnerId {
        PartnerId::parse(self.key["partnerId"].as_str().unwrap()).unwrap()
    }

    /// Sends orders.
    pub async fn send(&self, orders: &[Value]) -> Answer {
        let request = self.program.request(Method::POST, "/partner/orders");
        self.program.send(request.json(&json!({ "orders": orders }))).await
    }

    /// Sends orders and gives what is said of each.
    pub async fn outcomes(&self, orders: &[Value]) -> Vec<String> {
        let answer = self.send(orders).await.expect(202);
        let results = answer["results"].as_array().unwrap();
        assert_eq!(results.len(), orders.len());
        for (order, result) in orders.iter().zip(results) {
            assert_eq!(order["reference"], result["reference"], "they come in order");
        }
        results.iter().map(|result| result["outcome"].as_str().unwrap().to_owned()).collect()
    }

    /// An order as it is.
    pub async fn look_at(&self, reference: &str) -> Value {
        self.program.get(&format!("/partner/orders/{reference}")).await.expect(200)
    }

    /// Waits until an order has come to a status.
    pub async fn wait_until(&self, reference: &str, status: &str) -> Value {
        wait_for(&format!("{reference} is {status}"), 90, async || {
            let order = self.look_at(reference).await;
            (order["status"] == status).then_some(order)
        })
        .await
    }

    /// Waits until an order is placed or rejected.
    pub async fn settled(&self, reference: &str) -> Value {
        wait_for(&format!("{reference} is settled"), 90, async || {
            let order = self.look_at(reference).await;
            (order["status"] != "received").then_some(order)
        })
        .await
    }

    /// Waits until an order is fulfilled, and has its supplier asked for news again and again.
    pub async fn fulfilled(&self, reference: &str, supplier: &TestSupplier, seconds: u64) -> Value {
        let mut looks = 0_u32;
        wait_for(&format!("{reference} is fulfilled"), seconds, async || {
            let order = self.look_at(reference).await;
            if order["status"] == "fulfilled" {
                return Some(order);
            }
            if looks.is_multiple_of(8) {
                self.stack.send("SyncQueueUrl", json!({ "supplierId": supplier.id })).await;
            }
            looks += 1;
            None
        })
        .await
    }

    /// All orders in the list, page by page.
    pub async fn listed(&self, limit: usize) -> Vec<Value> {
        let (mut listed, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.program.get(&format!("/partner/orders?limit={limit}{cursor}")).await.expect(200);
            let items = page["items"].as_array().unwrap();
            assert!(items.len() <= limit);
            listed.extend(items.iter().cloned());
            let Some(next) = page["nextCursor"].as_str() else { return listed };
            cursor = format!("&cursor={next}");
        }
    }

    /// How often an event is in an order's timeline.
    pub async fn told(&self, order: &Value, event: OrderEventType) -> usize {
        let id = OrderId::parse(order["orderId"].as_str().unwrap()).unwrap();
        let page = self.stack.database.order_page(id).await.unwrap().unwrap();
        page.events.iter().filter(|told| told.event_type == event).count()
    }

    /// Checks that the partner's only order, of four pieces out of ten, was placed, and once.
    pub async fn placed_once(&self, product: &TestProduct, reference: &str) {
        let order = self.settled(reference).await;
        assert_ne!(order["status"], "rejected", "{order}");
        for event in [OrderEventType::OrderPlaced, OrderEventType::OrderPaid] {
            assert_eq!(self.told(&order, event).await, 1, "{event:?}");
        }
        let stock = self.stack.stock(product, &product.skus[0]).await;
        assert_eq!(stock, Stock { available: 6, reserved: 0, sold: 4 });
        wait_for("it is listed once", 10, async || (self.listed(24).await.len() == 1).then_some(())).await;
    }
}

/// Has a key made.
pub async fn new_key(admin: &SignedIn, body: Value) -> Value {
    admin.send(admin.request(Method::POST, "/console/partner-keys").json(&body)).await.expect(201)
}

/// A reference unlike any other: what dies by its name dies in one test alone.
pub fn reference(prefix: &str) -> String {
    format!("{prefix}-{}", Ulid::generate())
}

/// An order as a partner sends it.
pub fn order(reference: &str, lines: &[(&Sku, i64)]) -> Value {
    let line = |(sku, quantity): &(&Sku, i64)| json!({ "sku": sku, "quantity": quantity });
    json!({
        "reference": reference,
        "email": "ada@example.org",
        "shippingAddress": address(),
        "lines": lines.iter().map(line).collect::<Vec<_>>(),
    })
}
