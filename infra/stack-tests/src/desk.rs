//! A desk with two suppliers of a test's own.

use domain::Sku;
use serde_json::Value;
use store::health::HealthKind;

use crate::shopper::{PlacedOrder, Shopper};
use crate::stack::{Stack, wait_for};
use crate::supplier::{TestSupplier, fulfil};

/// Two suppliers and a customer.
pub struct Desk {
    /// Where they are.
    pub stack: Stack,
    /// Who buys.
    pub shopper: Shopper,
    /// What both suppliers offer, and there is enough of.
    pub sku: Sku,
    /// Who is asked first.
    pub first: TestSupplier,
    /// Who is asked then.
    pub second: TestSupplier,
}

impl Desk {
    /// Two suppliers that can send an article of which there is enough; the first is asked first.
    pub async fn open() -> Self {
        let stack = Stack::connect().await;
        let shopper = Shopper::new(&stack);
        let product = stack.product(1, 1_000).await;
        let sku = product.skus[0].clone();
        let first = TestSupplier::new(&stack, 1, &[&sku]).await;
        let second = TestSupplier::new(&stack, 2, &[&sku]).await;
        Self { stack, shopper, sku, first, second }
    }

    /// Buys and pays so many pieces.
    pub async fn buy(&self, pieces: i64) -> PlacedOrder {
        self.shopper.buy(&[(&self.sku, pieces)]).await
    }

    /// Asks the suppliers for news until the order is fulfilled.
    pub async fn fulfilled(&self, order: &PlacedOrder, seconds: u64) -> Value {
        fulfil(&self.stack, &self.shopper, order, &[&self.first, &self.second], seconds).await
    }

    /// Asks the suppliers for news as both schedules do, until something is so.
    pub async fn until(&self, what: &str, seconds: u64, mut is_so: impl AsyncFnMut() -> bool) {
        let mut looks = 0_u32;
        wait_for(what, seconds, async || {
            if is_so().await {
                return Some(());
            }
            if looks.is_multiple_of(8) {
                self.stack.invoke("PollSuppliers").await;
            }
            if looks % 20 == 19 {
                let _ = self.stack.tick("SweepTasks").await;
            }
            looks += 1;
            None
        })
        .await;
    }

    /// Whether a supplier's log tells of such a thing.
    pub async fn logged(&self, supplier: &TestSupplier, kind: HealthKind) -> bool {
        let log = self.stack.database.health_log(supplier.id, 100).await.unwrap();
        log.iter().any(|entry| entry.kind == kind)
    }
}
