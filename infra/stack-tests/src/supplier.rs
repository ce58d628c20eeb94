//! A supplier of a test's own, played by the simulator.

use domain::supplier::Window;
use domain::{Currency, Money, Offer, OrderId, Quantity, Sku, Supplier, SupplierId, Tally, TaskId};
use serde_json::{Value, json};
use store::audit::Actor;
use store::suppliers::{self, SupplierRecord};

use crate::shopper::{PlacedOrder, Shopper};
use crate::stack::{Stack, wait_for};

/// The adapter configuration for the simulator.
const CONFIGURATION: &str = include_str!("../../supplier-sim/http-json.json");

/// A supplier of a test's own.
pub struct TestSupplier {
    /// Its id.
    pub id: SupplierId,
    address: String,
    http: reqwest::Client,
}

impl TestSupplier {
    /// A new supplier that offers these SKUs and does its work at once. The lower the priority, the sooner it is asked.
    pub async fn new(stack: &Stack, priority: u32, skus: &[&Sku]) -> Self {
        Self::with_lead_time(stack, priority, skus, 3_600).await
    }

    /// A new supplier whose tasks are overdue after so many seconds.
    pub async fn with_lead_time(stack: &Stack, priority: u32, skus: &[&Sku], lead_time_seconds: u32) -> Self {
        let id = SupplierId::generate();
        let address = format!("{}/{id}", stack.outputs.supplier_sim.as_deref().unwrap());
        let mut configuration: Value = serde_json::from_str(CONFIGURATION).unwrap();
        configuration["baseUrl"] = address.clone().into();
        let supplier = Supplier::new(id, format!("Supplier {priority}"), priority);
        let (about, actor) = (suppliers::subject(&supplier), Actor::system("stack-tests"));
        let record = SupplierRecord { supplier, adapter: "http-json".into(), configuration, webhook: None };
        stack.database.create_supplier(&record, &actor).await.unwrap();
        let offers: Vec<_> = skus
            .iter()
            .map(|sku| Offer {
                supplier_id: id,
                sku: (*sku).clone(),
                code: format!("X-{sku}"),
                cost: Money::new(100, Currency::Gbp),
                minimum: Quantity::ONE,
                maximum: Quantity::parse(i64::from(Quantity::MAX)).unwrap(),
                lead_time_seconds,
                window: Window::default(),
            })
            .collect();
        stack.database.write_offers(&about, &offers, &actor, false).await.unwrap();
        let supplier = Self { id, http: Shopper::client(&address), address };
        supplier.turn(json!({ "workingAfterMs": 0, "completeAfterMs": 0 })).await;
        supplier
    }

    /// Changes the supplier as an operator would.
    pub async fn change(&self, stack: &Stack, change: impl FnOnce(&mut SupplierRecord)) {
        let stored = stack.database.supplier(self.id).await.unwrap().unwrap();
        let mut record = stored.value.clone();
        change(&mut record);
        stack.database.update_supplier(&stored, record, &Actor::system("stack-tests")).await.unwrap();
    }

    /// Changes what the supplier offers.
    pub async fn change_offer(&self, stack: &Stack, sku: &Sku, change: impl FnOnce(&mut Offer)) {
        let stored = stack.database.offer(self.id, sku).await.unwrap();
        let mut offer = stored.as_ref().unwrap().value.clone();
        change(&mut offer);
        let actor = Actor::system("stack-tests");
        stack.database.put_offer(&offer, stored.as_ref(), &actor).await.unwrap();
    }

    /// What is reserved and spent of this month's budget.
    pub async fn spending(&self, stack: &Stack) -> Tally {
        stack.database.budget_usage([self.id], jiff::Timestamp::now()).await.unwrap()[&self.id].month
    }

    /// When the supplier took its orders, oldest first.
    pub async fn taken_at(&self) -> Vec<jiff::Timestamp> {
        let memory = self.memory().await;
        let orders = memory["orders"].as_array().unwrap();
        let mut times: Vec<_> =
            orders.iter().map(|order| order["takenAt"].as_str().unwrap().parse().unwrap()).collect();
        times.sort();
        times
    }

    /// Turns knobs of the simulator.
    pub async fn turn(&self, knobs: Value) {
        let request = self.http.put(format!("{}/control", self.address)).json(&knobs);
        let response = request.send().await.unwrap();
        assert!(response.status().is_success(), "{knobs}: {}", response.text().await.unwrap());
    }

    /// All that the supplier remembers.
    pub async fn memory(&self) -> Value {
        self.http.get(format!("{}/memory", self.address)).send().await.unwrap().json().await.unwrap()
    }

    /// The orders that the supplier took, by reference, the cancelled ones left out.
    pub async fn taken(&self) -> Vec<TaskId> {
        let memory = self.memory().await;
        let orders = memory["orders"].as_array().unwrap();
        let kept = orders.iter().filter(|order| order["state"] != "cancelled");
        kept.map(|order| TaskId::parse(order["reference"].as_str().unwrap()).unwrap()).collect()
    }

    /// Fails if the supplier took any order twice.
    pub async fn assert_no_duplicates(&self) {
        assert_eq!(self.memory().await["duplicates"], json!([]));
    }

    /// Asks for an update of this supplier's tasks again and again, as the schedule does every minute, until the order is
    /// fulfilled. Tasks to which nothing happens are swept, as the other schedule does every five minutes.
    pub async fn fulfil(&self, stack: &Stack, shopper: &Shopper, order: &PlacedOrder, seconds: u64) -> Value {
        fulfil(stack, shopper, order, &[self], seconds).await
    }
}

/// As [`TestSupplier::fulfil`], with several suppliers.
pub async fn fulfil(
    stack: &Stack,
    shopper: &Shopper,
    order: &PlacedOrder,
    suppliers: &[&TestSupplier],
    seconds: u64,
) -> Value {
    let mut looks = 0_u32;
    wait_for(&format!("order {} is fulfilled", order.id), seconds, async || {
        let seen = shopper.look_at(order).await;
        if seen["status"] == "fulfilled" {
            return Some(seen);
        }
        if looks.is_multiple_of(8) {
            for supplier in suppliers {
                stack.send("SyncQueueUrl", json!({ "supplierId": supplier.id })).await;
            }
        }
        if looks % 20 == 19 {
            // It may be killed, by this test or another: the next one comes.
            let _ = stack.tick("SweepTasks").await;
        }
        looks += 1;
        None
    })
    .await
}

/// The tasks of an order, by id.
pub async fn tasks_of(stack: &Stack, order: OrderId) -> Vec<domain::Task> {
    let mut tasks = stack.database.tasks_of_order(order).await.unwrap();
    tasks.sort_by_key(domain::Task::id);
    tasks
}
