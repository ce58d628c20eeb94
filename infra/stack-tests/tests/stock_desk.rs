//! Stock, adjusted by staff: what runs low, the history, and many at once.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::collections::BTreeMap;

use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::shopper::new_key;
use stack_tests::stack::TestProduct;
use stack_tests::{Answer, Shopper, SignedIn, Stack, wait_for};

/// What the audit trail tells of something, the newest first.
async fn told_of(admin: &SignedIn, subject: &str) -> Vec<Value> {
    let path = format!("/console/audit?subject={subject}&limit=100");
    admin.get(&path).await.expect(200)["items"].as_array().unwrap().clone()
}

async fn adjust(staff: &SignedIn, sku: &str, delta: i64, key: &str) -> Answer {
    let request = staff.request(Method::POST, &format!("/console/stock/{sku}/adjustments"));
    let body = json!({ "delta": delta, "reason": "counted", "note": "in a test" });
    staff.send(request.header("Idempotency-Key", key).json(&body)).await
}

#[tokio::test]
async fn stock_is_adjusted_once_for_a_key_and_never_below_nothing() {
    let stack = Stack::connect().await;
    let admin = stack.admin().await;
    let product = stack.product(1, 10).await;
    let sku = product.skus[0].as_str();
    // Twelve take one piece each, of which there are ten; each asks twice.
    let keys: Vec<_> = (0..12).map(|_| new_key()).collect();
    let answers = join_all(keys.iter().chain(&keys).map(|key| adjust(&admin, sku, -1, key))).await;
    // The keys of those who got a piece, by the adjustment that was made for them.
    let mut made: BTreeMap<String, &String> = BTreeMap::new();
    for (key, answer) in keys.iter().chain(&keys).zip(answers) {
        match answer.status.as_u16() {
            201 => {
                let id = answer.body["id"].as_str().unwrap().to_owned();
                assert_eq!(*made.entry(id).or_insert(key), key);
            }
            409 => assert_eq!(answer.pointers(), ["/delta"]),
            other => panic!("{other}: {}", answer.body),
        }
    }
    assert_eq!(made.len(), 10);
    let item = admin.get(&format!("/console/stock/{sku}")).await.expect(200);
    assert_eq!(
        (&item["available"], &item["productTitle"]),
        (&json!(0), &json!(format!("{}", title(&product))))
    );
    let history = admin.get(&format!("/console/stock/{sku}/history?limit=100")).await.expect(200);
    let history = history["items"].as_array().unwrap();
    assert_eq!(history.len(), 10);
    let left: Vec<_> = history.iter().map(|entry| entry["available"].as_u64().unwrap()).collect();
    assert_eq!(left.iter().min(), Some(&0));
    let told = told_of(&admin, &format!("stock:{sku}")).await;
    let from_to: Vec<_> = told.iter().map(|entry| entry["changes"].clone()).collect();
    let step = |n: u64| json!({ "path": "/available", "from": n, "to": n - 1 });
    for n in 1..=10 {
        let found = from_to.iter().filter(|changes| changes.as_array().unwrap().contains(&step(n)));
        assert_eq!(found.count(), 1, "from {n}: {from_to:?}");
    }
    let reused = admin.request(Method::POST, &format!("/console/stock/{sku}/adjustments"));
    let used = made.values().next().unwrap();
    let reused = reused.header("Idempotency-Key", *used).json(&json!({ "delta": 5, "reason": "received" }));
    admin.send(reused).await.expect(422);
}

fn title(product: &TestProduct) -> String {
    let mark = product.slug.as_str().trim_start_matches("test-").to_uppercase();
    format!("Test {mark}")
}

#[tokio::test]
async fn what_runs_low_is_listed_until_more_comes() {
    let stack = Stack::connect().await;
    let staff = stack.operator().await;
    let product = stack.product(1, 5).await;
    let sku = product.skus[0].as_str();
    let low = async |expected: bool| {
        wait_for(&format!("{sku} low: {expected}"), 30, async || {
            let listed = staff.get("/console/stock?low=true&limit=100").await.expect(200);
            let found = listed["items"].as_array().unwrap().iter().any(|item| item["sku"] == sku);
            (found == expected).then_some(())
        })
        .await;
    };
    let path = format!("/console/stock/{sku}/threshold");
    let set =
        staff.send(staff.request(Method::PUT, &path).json(&json!({ "threshold": 4 }))).await.expect(200);
    assert_eq!((&set["low"], &set["lowStockThreshold"]), (&json!(false), &json!(4)));
    adjust(&staff, sku, -1, &new_key()).await.expect(201);
    low(true).await;
    adjust(&staff, sku, 1, &new_key()).await.expect(201);
    low(false).await;
    // An order takes pieces, too.
    let _ = Shopper::new(&stack).order(&[(&product.skus[0], 2)]).await;
    low(true).await;
}
