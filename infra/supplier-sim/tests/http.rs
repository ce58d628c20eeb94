//! The simulator as its callers see it.
#![allow(clippy::unwrap_used, clippy::missing_panics_doc)]

mod rig;

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use reqwest::{Method, StatusCode};
use rig::{Rig, order};
use serde_json::{Value, json};
use supplier_sim::{MAX_BODY_BYTES, MAX_NAME_LENGTH, MAX_STATUS_IDS, Simulator};

#[tokio::test]
async fn an_order_is_taken_found_and_remembered() {
    let rig = Rig::start().await;
    let (status, body) = rig.place("tsk_1", Some("key-1")).await;
    assert_eq!(status, StatusCode::CREATED);
    let placed = &body["order"];
    assert!(placed["id"].as_str().unwrap().starts_with("so_"));
    assert_eq!(
        (&placed["state"], &placed["reference"]),
        (&json!("received"), &json!("tsk_1"))
    );

    let found = rig.get("north/orders?reference=tsk_1").await;
    assert_eq!(found["orders"], json!([placed]));
    assert_eq!(
        rig.get("north/orders?reference=tsk_2").await,
        json!({"orders": []})
    );

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
    assert_eq!(
        (status, &again["order"]["id"]),
        (StatusCode::OK, &first["order"]["id"])
    );
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
    rig.turn("north", json!({"completeAfterMs": 0, "deliverAtMost": 1}))
        .await;
    let partial = rig.status(&id).await;
    assert_eq!(partial["state"], "partiallyShipped");
    assert_eq!(
        partial["items"],
        json!([{"code": "HINGE", "quantity": 2, "delivered": 1}])
    );
    rig.turn("north", json!({"completeAfterMs": null, "workingAfterMs": null}))
        .await;
    assert_eq!(state().await, "partiallyShipped");

    rig.turn("north", json!({"completeAfterMs": 0, "deliverAtMost": null}))
        .await;
    let (_, whole) = rig.place("tsk_2", None).await;
    assert_eq!(whole["order"]["state"], "shipped");
    let number = whole["order"]["trackingNumber"].as_str().unwrap();
    assert!(
        number.starts_with("NG") && number.ends_with("GB") && number.len() == 13,
        "{number}"
    );
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
    rig.turn("north", json!({"refuse": true, "refuseReason": "no more hinges"}))
        .await;
    let (status, body) = rig.place("tsk_1", None).await;
    assert_eq!(
        (status, body),
        (
            StatusCode::UNPROCESSABLE_ENTITY,
            json!({"error": {"message": "no more hinges"}})
        )
    );
    let memory = rig.get("north/memory").await;
    assert_eq!(
        (&memory["orders"], &memory["faults"]["refused"]),
        (&json!([]), &json!(1))
    );
}

#[tokio::test]
async fn failures_are_counted_down_and_do_nothing() {
    let rig = Rig::start().await;
    rig.turn(
        "north",
        json!({"failNext": 2, "failOn": ["place"], "retryAfterSeconds": 7}),
    )
    .await;
    assert_eq!(
        rig.get("north/orders?reference=tsk_1").await,
        json!({"orders": []})
    );
    let response = rig
        .send(Method::POST, "north/orders", Some(order("tsk_1")))
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()["retry-after"], "7");
    rig.turn("north", json!({"failStatus": 500})).await;
    assert_eq!(
        rig.place("tsk_1", None).await.0,
        StatusCode::INTERNAL_SERVER_ERROR
    );
    assert_eq!(rig.place("tsk_1", None).await.0, StatusCode::CREATED);
    let memory = rig.get("north/memory").await;
    assert_eq!(memory["orders"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&memory["faults"]["failed"], &memory["requests"]["place"]),
        (&json!(2), &json!(3))
    );
}

#[tokio::test]
async fn a_lost_response_leaves_an_order_behind() {
    let rig = Rig::start().await;
    rig.turn("north", json!({"loseResponses": 1})).await;
    let lost = rig
        .send(Method::POST, "north/orders", Some(order("tsk_1")))
        .await
        .unwrap_err();
    assert!(
        !lost.is_connect() && !lost.is_status() && !lost.is_timeout(),
        "{lost:?}"
    );
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
        assert_eq!(
            (status, &body["order"]["state"]),
            (StatusCode::OK, &json!("cancelled"))
        );
    }
    rig.turn("north", json!({"completeAfterMs": 0})).await;
    assert_eq!(rig.status(id).await["state"], "cancelled");
    let (_, shipped) = rig.place("tsk_2", None).await;
    assert_eq!(
        cancel(shipped["order"]["id"].as_str().unwrap()).await.0,
        StatusCode::CONFLICT
    );
    assert_eq!(cancel("so_nothing").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn many_statuses_come_at_once_up_to_the_limit() {
    let rig = Rig::start().await;
    let mut ids = BTreeSet::new();
    for reference in ["tsk_1", "tsk_2"] {
        ids.insert(
            rig.place(reference, None).await.1["order"]["id"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
    }
    let ask = async |ids: Vec<String>| {
        rig.send(Method::POST, "north/orders/status", Some(json!({ "ids": ids })))
            .await
            .unwrap()
    };
    let mut most: Vec<String> = ids.iter().cloned().collect();
    most.resize(MAX_STATUS_IDS, "so_unknown".to_owned());
    let body: Value = ask(most.clone()).await.json().await.unwrap();
    let answered = body["orders"].as_array().unwrap();
    assert_eq!(
        answered
            .iter()
            .map(|order| order["id"].as_str().unwrap().to_owned())
            .collect::<BTreeSet<_>>(),
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
        (
            Method::POST,
            "north/orders",
            unknown,
            400,
            "unknown field `price`",
        ),
        (
            Method::POST,
            "north/orders",
            order(" "),
            400,
            "reference is empty",
        ),
        (Method::POST, "north/orders", huge, 413, "length limit"),
        (
            Method::POST,
            "no%20rth/orders",
            order("tsk_1"),
            400,
            "letters, digits",
        ),
        (
            Method::POST,
            &format!("{name}/orders"),
            order("tsk_1"),
            400,
            "letters, digits",
        ),
        (
            Method::PUT,
            "north/control",
            json!({"reffuse": true}),
            400,
            "unknown field `reffuse`",
        ),
        (
            Method::PUT,
            "north/control",
            json!({"failStatus": 200}),
            400,
            "400 to 599",
        ),
    ];
    for (method, path, body, status, message) in cases {
        let response = rig.send(method, path, Some(body)).await.unwrap();
        assert_eq!(response.status(), status, "{path}: {message}");
        let body: Value = response.json().await.unwrap();
        assert!(
            body["error"]["message"].as_str().unwrap().contains(message),
            "{body}"
        );
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
        "orders": [], "duplicates": [], "requests": {}, "faults": {"failed": 0, "refused": 0, "lost": 0}
    });
    assert_eq!(rig.get("north/memory").await, forgotten);
}

#[tokio::test]
async fn a_state_file_outlives_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("suppliers.jsonl");
    let first = Rig::with(Simulator::with_state(&file).unwrap()).await;
    first.place("tsk_forgotten", None).await;
    first.send(Method::DELETE, "north", None).await.unwrap();
    first
        .turn("north", json!({"loseResponses": 2, "completeAfterMs": null}))
        .await;
    first
        .send(Method::POST, "north/orders", Some(order("tsk_1")))
        .await
        .unwrap_err();
    let before = first.get("north/memory").await["orders"].clone();
    drop(first);

    // As after a kill in the middle of a write.
    let mut text = std::fs::read_to_string(&file).unwrap();
    text.push_str(r#"{"supplier":"north","change":{"order":{"id":"#);
    std::fs::write(&file, text).unwrap();

    for _ in 0..2 {
        let again = Rig::with(Simulator::with_state(&file).unwrap()).await;
        assert_eq!(again.get("north/memory").await["orders"], before);
        assert_eq!(again.get("north/control").await["loseResponses"], 1);
        assert_eq!(again.get("north/control").await["completeAfterMs"], Value::Null);
    }
}

#[test]
fn a_damaged_state_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("suppliers.jsonl");
    std::fs::write(&file, "{}\n").unwrap();
    let error = Simulator::with_state(&file).unwrap_err().to_string();
    assert!(
        error.contains("line 1") && error.contains("suppliers.jsonl"),
        "{error}"
    );
    let error = Simulator::with_state(folder.path()).unwrap_err().to_string();
    assert!(error.contains("cannot be read"), "{error}");
}
