//! Orders, as a shop sees them.

use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use supplier_sim::{MAX_BODY_BYTES, MAX_NAME_LENGTH, MAX_STATUS_IDS};

use crate::rig::{Rig, order};

#[tokio::test]
async fn an_order_is_taken_found_and_remembered() {
    let rig = Rig::start().await;
    let (status, body) = rig.place("tsk_1", Some("key-1")).await;
    assert_eq!(status, StatusCode::CREATED);
    let placed = &body["order"];
    assert!(placed["id"].as_str().unwrap().starts_with("so_"));
    assert_eq!((&placed["state"], &placed["reference"]), (&json!("received"), &json!("tsk_1")));

    let found = rig.get("north/orders?reference=tsk_1").await;
    assert_eq!(found["orders"], json!([placed]));
    assert_eq!(rig.get("north/orders?reference=tsk_2").await, json!({"orders": []}));
    assert_eq!(placed["cost"], json!({"amount": 200, "currency": "GBP"}));

    let memory = rig.get("north/memory").await;
    assert_eq!(memory["orders"][0]["idempotencyKey"], "key-1");
    assert_eq!(memory["orders"][0]["shipTo"]["postalCode"], "S1 1AA");
    assert_eq!(memory["requests"], json!({"place": 1, "find": 2}));
    assert_eq!(memory["duplicates"], json!([]));
}

#[tokio::test]
async fn suppliers_do_not_meet() {
    let rig = Rig::start().await;
    rig.place("tsk_1", None).await;
    assert_eq!(rig.get("south/memory").await["orders"], json!([]));
    rig.turn("south", json!({"refuse": true})).await;
    assert_eq!(rig.get("north/control").await["refuse"], json!(false));
}

#[tokio::test]
async fn orders_can_be_called_off_until_they_leave() {
    let rig = Rig::start().await;
    let cancel = async |id: &str| {
        let path = format!("north/orders/{id}/cancel");
        let response = rig.send(Method::POST, &path, None).await.unwrap();
        (response.status(), response.json::<Value>().await.unwrap())
    };
    let (_, placed) = rig.place("tsk_1", None).await;
    let id = placed["order"]["id"].as_str().unwrap();
    for _ in 0..2 {
        let (status, body) = cancel(id).await;
        assert_eq!((status, &body["order"]["state"]), (StatusCode::OK, &json!("cancelled")));
    }
    rig.turn("north", json!({"completeAfterMs": 0})).await;
    assert_eq!(rig.status(id).await["state"], "cancelled");
    let (_, shipped) = rig.place("tsk_2", None).await;
    assert_eq!(cancel(shipped["order"]["id"].as_str().unwrap()).await.0, StatusCode::CONFLICT);
    assert_eq!(cancel("so_nothing").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn many_statuses_come_at_once_up_to_the_limit() {
    let rig = Rig::start().await;
    let mut ids = BTreeSet::new();
    for reference in ["tsk_1", "tsk_2"] {
        ids.insert(rig.place(reference, None).await.1["order"]["id"].as_str().unwrap().to_owned());
    }
    let ask = async |ids: Vec<String>| {
        rig.send(Method::POST, "north/orders/status", Some(json!({ "ids": ids }))).await.unwrap()
    };
    let mut most: Vec<String> = ids.iter().cloned().collect();
    most.resize(MAX_STATUS_IDS, "so_unknown".to_owned());
    let body: Value = ask(most.clone()).await.json().await.unwrap();
    let answered = body["orders"].as_array().unwrap();
    assert_eq!(
        answered.iter().map(|order| order["id"].as_str().unwrap().to_owned()).collect::<BTreeSet<_>>(),
        ids
    );
    most.push("so_one_too_many".to_owned());
    assert_eq!(ask(most).await.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn nonsense_is_refused() {
    let rig = Rig::start().await;
    let mut no_items = order("tsk_1");
    no_items["items"] = json!([]);
    let mut nothing_of_it = order("tsk_1");
    nothing_of_it["items"][0]["quantity"] = json!(0);
    let mut unknown = order("tsk_1");
    unknown["price"] = json!(1);
    let huge = json!({"reference": "x".repeat(MAX_BODY_BYTES)});
    let name = "n".repeat(MAX_NAME_LENGTH + 1);
    let cases = [
        (Method::POST, "north/orders", no_items, 400, "items is empty"),
        (Method::POST, "north/orders", nothing_of_it, 400, "at least 1"),
        (Method::POST, "north/orders", unknown, 400, "unknown field `price`"),
        (Method::POST, "north/orders", order(" "), 400, "reference is empty"),
        (Method::POST, "north/orders", huge, 413, "length limit"),
        (Method::POST, "no%20rth/orders", order("tsk_1"), 400, "letters, digits"),
        (Method::POST, &format!("{name}/orders"), order("tsk_1"), 400, "letters, digits"),
        (Method::PUT, "north/control", json!({"reffuse": true}), 400, "unknown field `reffuse`"),
        (Method::PUT, "north/control", json!({"failStatus": 200}), 400, "400 to 599"),
    ];
    for (method, path, body, status, message) in cases {
        let response = rig.send(method, path, Some(body)).await.unwrap();
        assert_eq!(response.status(), status, "{path}: {message}");
        let body: Value = response.json().await.unwrap();
        assert!(body["error"]["message"].as_str().unwrap().contains(message), "{body}");
    }
    assert_eq!(rig.get("north/memory").await["orders"], json!([]));
}

#[tokio::test]
async fn a_reset_forgets_orders_counters_and_knobs() {
    let rig = Rig::start().await;
    rig.turn("north", json!({"honoursIdempotency": true})).await;
    rig.place("tsk_1", None).await;
    let reset = rig.send(Method::DELETE, "north", None).await.unwrap();
    assert_eq!(reset.status(), StatusCode::NO_CONTENT);
    assert_eq!(rig.get("north/control").await["honoursIdempotency"], json!(false));
    let forgotten = json!({
        "orders": [], "duplicates": [], "charged": 0, "requests": {}, "faults": {"failed": 0, "refused": 0, "lost": 0}
    });
    assert_eq!(rig.get("north/memory").await, forgotten);
}
