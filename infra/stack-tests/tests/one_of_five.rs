//! One of five suppliers is down, and hardly anybody's order takes longer; it comes back, and gets work again.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::{CircuitView, Currency, Money, OrderEventType, OrderId, OrderStatus, Sku};
use futures::future::join_all;
use futures::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::json;
use stack_tests::supplier::tasks_of;
use stack_tests::{Shopper, SignedIn, Stack, TestSupplier, wait_for};
use store::health::HealthKind;

/// So many orders are for the five of whom one is down.
const ORDERS: usize = 100;
/// So many, at the same time, are for five who all work: they show what is usual.
const USUAL_ORDERS: usize = 50;
/// So many are bought at once.
const BUYERS: usize = 8;
/// How long a supplier takes for an order. To be tried again, and given to somebody else, takes an order some seconds, which
/// are nothing beside the hours that suppliers take; here they are not to be much beside this.
const WORK_MS: u64 = 15_000;

/// Five suppliers that offer the same five articles, each cheaper than the others for one of them.
struct Five {
    suppliers: Vec<TestSupplier>,
    skus: Vec<Sku>,
}

impl Five {
    async fn new(stack: &Stack, admin: &SignedIn) -> Self {
        let skus = stack.product(5, 1_000).await.skus;
        let all: Vec<_> = skus.iter().collect();
        let mut suppliers = Vec::new();
        for n in 0..skus.len() {
            let supplier = TestSupplier::new(stack, 1, &all).await;
            for (article, sku) in skus.iter().enumerate() {
                let dearer = i64::try_from((article + skus.len() - n) % skus.len()).unwrap();
                let cost = Money::new(100 + dearer, Currency::Gbp);
                supplier.change_offer(stack, sku, |offer| offer.cost = cost).await;
            }
            tells_of_its_own_accord(stack, admin, &supplier).await;
            suppliers.push(supplier);
        }
        Self { suppliers, skus }
    }
}

/// Makes a supplier take its time, and tell when it is done: the next question may be half a minute away.
async fn tells_of_its_own_accord(stack: &Stack, admin: &SignedIn, supplier: &TestSupplier) {
    let secret = format!("whsec_{}", STANDARD.encode([7; 32]));
    let path = format!("/console/fulfilment/suppliers/{}/secrets/webhook", supplier.id);
    admin.send(admin.request(Method::PUT, &path).json(&json!({ "value": secret }))).await.expect(200);
    supplier.change(stack, |record| record.webhook = Some(json!({ "kind": "standardWebhooks" }))).await;
    let url = format!("{}/webhooks/suppliers/{}", stack.outputs.api, supplier.id);
    supplier
        .turn(json!({
            "workingAfterMs": null, "completeAfterMs": WORK_MS, "webhook": { "url": url, "secret": secret },
        }))
        .await;
}

/// How long it took from the payment until all was sent; nothing where a person was called.
async fn took(stack: &Stack, order: OrderId) -> Option<SignedDuration> {
    let page = stack.database.order_page(order).await.unwrap().unwrap();
    let at = |wanted| page.events.iter().find(|event| event.event_type == wanted).map(|event| event.at);
    let paid = at(OrderEventType::OrderPaid).unwrap();
    at(OrderEventType::OrderFulfilled).map(|fulfilled| fulfilled.duration_since(paid))
}

/// Waits until nothing more happens to these orders by itself. Meanwhile suppliers are asked as the schedule does.
async fn settled(stack: &Stack, mut orders: Vec<OrderId>, seconds: u64) {
    let mut polled = Timestamp::now();
    wait_for("all orders are fulfilled, or a person's", seconds, async || {
        let look = |order: OrderId| async move {
            let status = stack.database.order(order).await.unwrap().unwrap().value.status();
            (!matches!(status, OrderStatus::Fulfilled | OrderStatus::NeedsAttention)).then_some(order)
        };
        let looks = stream::iter(std::mem::take(&mut orders)).map(look).buffer_unordered(BUYERS);
        orders = looks.filter_map(async |order| order).collect().await;
        if polled + SignedDuration::from_secs(10) < Timestamp::now() {
            stack.invoke("PollSuppliers").await;
            polled = Timestamp::now();
        }
        orders.is_empty().then_some(())
    })
    .await;
}

#[tokio::test]
async fn with_one_of_five_down_orders_take_no_longer_and_it_gets_work_again_by_itself() {
    let stack = Stack::connect().await;
    let (admin, shopper) = (stack.admin().await, Shopper::new(&stack));
    let (sound, lame) = tokio::join!(Five::new(&stack, &admin), Five::new(&stack, &admin));
    let down = &lame.suppliers[0];
    down.turn(json!({ "faults": [{ "kind": "unavailable", "percent": 100 }] })).await;

    // Both get their orders at the same time, so that whatever else slows the machine down slows both.
    let every = (ORDERS + USUAL_ORDERS) / USUAL_ORDERS;
    let bought = stream::iter(0..ORDERS + USUAL_ORDERS).map(|n| {
        let is_sound = n % every == 0;
        let five = if is_sound { &sound } else { &lame };
        let sku = &five.skus[n / every % five.skus.len()];
        let shopper = &shopper;
        async move { (is_sound, shopper.buy(&[(sku, 1)]).await.id) }
    });
    let bought: Vec<_> = bought.buffer_unordered(BUYERS).collect().await;

    let database = &stack.database;
    let circuit = async || database.circuit(down.id).await.unwrap().value.view(Timestamp::now());
    wait_for("the other four have all of its orders", 60, async || {
        let taken = join_all(lame.suppliers[1..].iter().map(TestSupplier::taken)).await;
        (taken.iter().map(Vec::len).sum::<usize>() == ORDERS).then_some(())
    })
    .await;
    assert!(down.taken().await.is_empty());
    assert_ne!(circuit().await, CircuitView::Closed);
    // It is there again, and nobody says so.
    down.turn(json!({ "faults": [] })).await;

    settled(&stack, bought.iter().map(|(_, order)| *order).collect(), 120).await;
    let (mut usual, mut slow) = (SignedDuration::ZERO, Vec::new());
    for (_, order) in bought.iter().filter(|(is_sound, _)| *is_sound) {
        usual = usual.max(took(&stack, *order).await.expect("all five work"));
    }
    // The slowest of them, and half as long again.
    let usual = usual * 3 / 2;
    for (_, order) in bought.iter().filter(|(is_sound, _)| !is_sound) {
        let took = took(&stack, *order).await;
        if took.is_none_or(|took| took > usual) {
            slow.push((*order, took));
        }
    }
    assert!(slow.len() * 100 <= ORDERS, "{} of {ORDERS} took longer than {usual}: {slow:?}", slow.len());
    for supplier in sound.suppliers.iter().chain(&lame.suppliers) {
        supplier.assert_no_duplicates().await;
    }

    let mut looks = 0_u32;
    wait_for("the supplier is trusted again", 150, async || {
        if looks.is_multiple_of(8) {
            stack.invoke("PollSuppliers").await;
        }
        looks += 1;
        (circuit().await == CircuitView::Closed).then_some(())
    })
    .await;
    let log = database.health_log(down.id, 100).await.unwrap();
    assert!(log.iter().any(|entry| entry.kind == HealthKind::CircuitClosed));
    let order = shopper.buy(&[(&lame.skus[0], 1)]).await;
    wait_for("it has work again", 60, async || (!down.taken().await.is_empty()).then_some(())).await;
    assert_eq!(down.taken().await, [tasks_of(&stack, order.id).await[0].id()]);
}
