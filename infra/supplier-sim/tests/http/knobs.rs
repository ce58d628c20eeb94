//! What each knob does.

use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::rig::{Rig, order};

#[tokio::test]
async fn a_repeated_key_makes_a_duplicate_unless_it_is_honoured() {
    let rig = Rig::start().await;
    rig.place("tsk_1", Some("key-1")).await;
    rig.place("tsk_1", Some("key-1")).await;
    let memory = rig.get("north/memory").await;
    assert_eq!(memory["duplicates"], json!(["tsk_1"]));
    assert_eq!(memory["orders"].as_array().unwrap().len(), 2);

    rig.turn("north", json!({"honoursIdempotency": true})).await;
    let (_, first) = rig.place("tsk_2", Some("key-2")).await;
    let (status, again) = rig.place("tsk_2", Some("key-2")).await;
    assert_eq!((status, &again["order"]["id"]), (StatusCode::OK, &first["order"]["id"]));
    assert_eq!(rig.get("north/memory").await["duplicates"], json!(["tsk_1"]));
}

#[tokio::test]
async fn knobs_move_orders_and_never_back() {
    let rig = Rig::start().await;
    let (_, placed) = rig.place("tsk_1", None).await;
    let id = placed["order"]["id"].as_str().unwrap().to_owned();
    let state = async || rig.status(&id).await["state"].as_str().unwrap().to_owned();

    rig.turn("north", json!({"workingAfterMs": 0})).await;
    assert_eq!(state().await, "working");
    rig.turn("north", json!({"completeAfterMs": 0, "deliverAtMost": 1})).await;
    let partial = rig.status(&id).await;
    assert_eq!(partial["state"], "partiallyShipped");
    assert_eq!(partial["items"], json!([{"code": "HINGE", "quantity": 2, "delivered": 1}]));
    rig.turn("north", json!({"completeAfterMs": null, "workingAfterMs": null})).await;
    assert_eq!(state().await, "partiallyShipped");

    rig.turn("north", json!({"completeAfterMs": 0, "deliverAtMost": null})).await;
    let (_, whole) = rig.place("tsk_2", None).await;
    assert_eq!(whole["order"]["state"], "shipped");
    let number = whole["order"]["trackingNumber"].as_str().unwrap();
    assert!(number.starts_with("NG") && number.ends_with("GB") && number.len() == 13, "{number}");
}

#[tokio::test]
async fn an_order_is_done_when_its_time_has_come() {
    let rig = Rig::start().await;
    rig.turn("north", json!({"completeAfterMs": 60})).await;
    let (_, placed) = rig.place("tsk_1", None).await;
    assert_eq!(placed["order"]["state"], "received");
    let id = placed["order"]["id"].as_str().unwrap();
    let until = Instant::now() + Duration::from_secs(10);
    while rig.status(id).await["state"] != "shipped" {
        assert!(Instant::now() < until, "never shipped");
    }
}

#[tokio::test]
async fn refusals_say_why() {
    let rig = Rig::start().await;
    rig.turn("north", json!({"refuse": true, "refuseReason": "no more hinges"})).await;
    let (status, body) = rig.place("tsk_1", None).await;
    assert_eq!(
        (status, body),
        (StatusCode::UNPROCESSABLE_ENTITY, json!({"error": {"message": "no more hinges"}}))
    );
    let memory = rig.get("north/memory").await;
    assert_eq!((&memory["orders"], &memory["faults"]["refused"]), (&json!([]), &json!(1)));
}

#[tokio::test]
async fn failures_are_counted_down_and_do_nothing() {
    let rig = Rig::start().await;
    rig.turn("north", json!({"failNext": 2, "failOn": ["place"], "retryAfterSeconds": 7})).await;
    assert_eq!(rig.get("north/orders?reference=tsk_1").await, json!({"orders": []}));
    let response = rig.send(Method::POST, "north/orders", Some(order("tsk_1"))).await.unwrap();
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()["retry-after"], "7");
    rig.turn("north", json!({"failStatus": 500})).await;
    assert_eq!(rig.place("tsk_1", None).await.0, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(rig.place("tsk_1", None).await.0, StatusCode::CREATED);
    let memory = rig.get("north/memory").await;
    assert_eq!(memory["orders"].as_array().unwrap().len(), 1);
    assert_eq!((&memory["faults"]["failed"], &memory["requests"]["place"]), (&json!(2), &json!(3)));
}

#[tokio::test]
async fn a_lost_response_leaves_an_order_behind() {
    let rig = Rig::start().await;
    rig.turn("north", json!({"loseResponses": 1})).await;
    let lost = rig.send(Method::POST, "north/orders", Some(order("tsk_1"))).await.unwrap_err();
    assert!(!lost.is_connect() && !lost.is_status() && !lost.is_timeout(), "{lost:?}");
    let memory = rig.get("north/memory").await;
    assert_eq!(memory["orders"].as_array().unwrap().len(), 1);
    assert_eq!(memory["faults"]["lost"], 1);
    assert_eq!(rig.place("tsk_2", None).await.0, StatusCode::CREATED);
}

#[tokio::test]
async fn a_slow_answer_has_had_its_effect() {
    let rig = Rig::start().await;
    rig.turn("north", json!({"latencyMs": 60_000})).await;
    let body = serde_json::to_vec(&order("tsk_1")).unwrap();
    let slow = rig
        .client
        .post(rig.url("north/orders"))
        .header("content-type", "application/json")
        .body(body)
        .timeout(Duration::from_millis(500))
        .send()
        .await
        .unwrap_err();
    assert!(slow.is_timeout());
    assert_eq!(rig.get("north/memory").await["orders"][0]["reference"], "tsk_1");
}

#[tokio::test]
async fn a_price_is_the_suppliers_or_else_what_the_shop_expects() {
    let rig = Rig::start().await;
    let mut expecting = order("tsk_1");
    expecting["items"][0]["unitCost"] = json!(250);
    let cost = async |order: Value| {
        let response = rig.send(Method::POST, "north/orders", Some(order)).await.unwrap();
        response.json::<Value>().await.unwrap()["order"]["cost"]["amount"].clone()
    };
    assert_eq!(cost(expecting.clone()).await, json!(500));
    assert_eq!(cost(order("tsk_2")).await, json!(200));
    rig.turn("north", json!({"unitCost": 130})).await;
    assert_eq!(cost(expecting).await, json!(260));
    assert_eq!(rig.get("north/memory").await["charged"], json!(500 + 200 + 260));
}
