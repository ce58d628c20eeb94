//! The shop's API as the replay speaks to it: what is tried again, and what is not.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use cli::replay::shop::{CallError, Retries, Shop, idempotency_key};
use domain::{Quantity, Sku};
use serde_json::json;
use wiremock::matchers::{body_json, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// A few tries without long pauses.
const QUICK: Retries = Retries { attempts: 4, first_pause: Duration::from_millis(1) };

fn placed() -> serde_json::Value {
    json!({
        "order": {
            "id": "ord_1", "number": "A-1", "status": "pendingPayment",
            "totals": { "subtotal": { "amount": 510, "currency": "GBP" }, "shipping": { "amount": 0, "currency": "GBP" } },
        },
        "accessToken": "secret",
    })
}

#[tokio::test]
async fn an_order_is_placed_and_paid_as_the_contract_says() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/api/carts"))
        .and(body_json(json!({})))
        .respond_with(ResponseTemplate::new(201).set_body_json(json!({ "id": "crt_1", "items": [] })))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("PUT"))
        .and(path("/api/carts/crt_1/items/85123A"))
        .and(body_json(json!({ "quantity": 2 })))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({ "id": "crt_1" })))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .and(path("/api/orders"))
        .and(header("Idempotency-Key", "k1"))
        .respond_with(ResponseTemplate::new(201).set_body_json(placed()))
        .expect(1)
        .mount(&server)
        .await;
    let mut paid = placed()["order"].clone();
    paid["status"] = json!("paid");
    Mock::given(method("POST"))
        .and(path("/api/orders/ord_1/payments"))
        .and(header("Idempotency-Key", "k2"))
        .and(header("X-Order-Token", "secret"))
        .and(body_json(json!({ "provider": "sandbox", "cardNumber": "4242424242424242" })))
        .respond_with(ResponseTemplate::new(200).set_body_json(paid))
        .expect(1)
        .mount(&server)
        .await;

    let shop = Shop::new(&format!("{}/api/", server.uri()), QUICK).unwrap();
    let cart = shop.create_cart().await.unwrap();
    shop.put_item(&cart, &Sku::parse("85123A").unwrap(), Quantity::parse(2).unwrap()).await.unwrap();
    let placed = shop.place_order(&cart, "Invoice 536365", "k1").await.unwrap();
    assert_eq!(placed.order.totals.subtotal.amount, 510);
    assert_eq!(shop.pay(&placed, "k2").await.unwrap().status, "paid");
}

#[tokio::test]
async fn what_may_pass_is_tried_again_with_the_same_key() {
    let server = MockServer::start().await;
    for status in [429, 503] {
        Mock::given(method("POST"))
            .and(path("/orders"))
            .and(header("Idempotency-Key", "same"))
            .respond_with(ResponseTemplate::new(status).insert_header("Retry-After", "0"))
            .up_to_n_times(1)
            .expect(1)
            .mount(&server)
            .await;
    }
    let conflict = json!({ "type": "/problems/conflict", "title": "Changed at the same time", "status": 409, "detail": "again" });
    Mock::given(method("POST"))
        .and(path("/orders"))
        .and(header("Idempotency-Key", "same"))
        .respond_with(ResponseTemplate::new(409).set_body_json(conflict))
        .up_to_n_times(1)
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .and(path("/orders"))
        .and(header("Idempotency-Key", "same"))
        .respond_with(ResponseTemplate::new(201).set_body_json(placed()))
        .expect(1)
        .mount(&server)
        .await;
    let shop = Shop::new(&server.uri(), QUICK).unwrap();
    assert_eq!(shop.place_order("crt_1", "A", "same").await.unwrap().access_token, "secret");
}

#[tokio::test]
async fn a_refusal_is_final_and_keeps_the_shops_words() {
    let server = MockServer::start().await;
    let short = json!({
        "type": "/problems/insufficient-stock", "title": "Not enough in stock", "status": 409,
        "detail": "some articles are short",
        "errors": [{ "pointer": "/items/0", "detail": "only 3 of A1 are left", "sku": "A1", "available": 3 }],
    });
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(409).set_body_json(short))
        .expect(1)
        .mount(&server)
        .await;
    let shop = Shop::new(&server.uri(), QUICK).unwrap();
    let error = shop.place_order("crt_1", "A", "k").await.unwrap_err();
    let expected = "some articles are short; /items/0 only 3 of A1 are left";
    assert_eq!(error, CallError::Refused(expected.into()));
}

#[tokio::test]
async fn a_shop_that_stays_away_is_given_up() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(ResponseTemplate::new(503))
        .expect(u64::from(QUICK.attempts))
        .mount(&server)
        .await;
    let shop = Shop::new(&server.uri(), QUICK).unwrap();
    let CallError::Failed(reason) = shop.order("ord_1", "t").await.unwrap_err() else {
        panic!("not refused")
    };
    assert!(reason.starts_with("GET /orders/ord_1: 503"), "{reason}");
}

#[tokio::test]
async fn an_answer_of_another_form_is_a_failure() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(ResponseTemplate::new(200).set_body_string("<html>"))
        .expect(1)
        .mount(&server)
        .await;
    let shop = Shop::new(&server.uri(), QUICK).unwrap();
    assert!(matches!(shop.order("ord_1", "t").await, Err(CallError::Failed(_))));
}

#[test]
fn keys_differ_by_run_invoice_and_step() {
    let keys = [
        idempotency_key("r1", "536365", "order"),
        idempotency_key("r2", "536365", "order"),
        idempotency_key("r1", "536366", "order"),
        idempotency_key("r1", "536 365", "order"),
        idempotency_key("r1", "536365", "payment"),
    ];
    let distinct: std::collections::BTreeSet<_> = keys.iter().collect();
    assert_eq!(distinct.len(), keys.len());
    let odd = idempotency_key("r1", &"№ 1/7 ä".repeat(100), "order");
    assert!(odd.len() < 128 && odd.chars().all(|c| c.is_ascii_graphic()), "{odd}");
}
