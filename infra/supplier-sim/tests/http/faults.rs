//! Faults that strike requests.

use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::rig::{Rig, order};

#[tokio::test]
async fn what_fails_before_has_done_nothing() {
    let rig = Rig::start().await;
    for (kind, status) in [("tooMany", 429), ("unavailable", 503), ("broken", 500), ("expired", 401)] {
        rig.turn("north", json!({"faults": [{"kind": kind, "next": 1, "retryAfterSeconds": 7}]})).await;
        let response = rig.send(Method::POST, "north/orders", Some(order("tsk_1"))).await.unwrap();
        assert_eq!(response.status(), status, "{kind}");
        let wait = response.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(wait.as_deref(), (kind != "expired").then_some("7"), "{kind}");
    }
    let memory = rig.get("north/memory").await;
    assert_eq!(memory["orders"], json!([]));
    assert_eq!(
        memory["faults"]["struck"],
        json!({"tooMany": 1, "unavailable": 1, "broken": 1, "expired": 1})
    );
    assert_eq!(rig.get("north/control").await["faults"], json!([]));
}

#[tokio::test]
async fn a_redirect_leads_where_nobody_must_go() {
    let rig = Rig::start().await;
    rig.turn("north", json!({"faults": [{"kind": "redirect", "next": 1}]})).await;
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let response = client.post(rig.url("north/orders")).json(&order("tsk_1")).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::TEMPORARY_REDIRECT);
    assert!(response.headers()["location"].to_str().unwrap().starts_with("http://169.254.169.254/"));
}

#[tokio::test]
async fn what_fails_after_has_done_it() {
    let rig = Rig::start().await;
    for (index, kind) in ["brokenAfter", "lost", "garbage", "wrongType", "huge"].into_iter().enumerate() {
        let reference = format!("tsk_{index}");
        rig.turn("north", json!({"faults": [{"kind": kind, "on": ["place"], "next": 1}]})).await;
        let response = rig.send(Method::POST, "north/orders", Some(order(&reference))).await;
        match (kind, response) {
            ("lost", Err(error)) => assert!(!error.is_connect(), "{error}"),
            ("brokenAfter", Ok(response)) => assert_eq!(response.status(), 500),
            ("garbage" | "wrongType", Ok(response)) => {
                assert_eq!(response.status(), 200);
                let html = response.headers()["content-type"].to_str().unwrap().starts_with("text/html");
                assert_eq!(html, kind == "wrongType");
                assert!(response.json::<Value>().await.is_err());
            }
            ("huge", Ok(response)) => assert!(response.bytes().await.unwrap().len() > 1024 * 1024),
            (_, other) => panic!("{kind}: {other:?}"),
        }
        let memory = rig.get("north/memory").await;
        assert_eq!(memory["orders"][index]["reference"], reference, "{kind}");
    }
}

#[tokio::test]
async fn a_dripping_answer_begins_and_does_not_end() {
    let rig = Rig::start().await;
    rig.turn("north", json!({"faults": [{"kind": "drip", "next": 1}]})).await;
    let request = rig.client.post(rig.url("north/orders")).json(&order("tsk_1"));
    let mut response = request.timeout(Duration::from_millis(700)).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let mut bytes = 0;
    let error = loop {
        match response.chunk().await {
            Ok(chunk) => bytes += chunk.unwrap().len(),
            Err(error) => break error,
        }
    };
    assert!(error.is_timeout() && bytes > 0, "{bytes}: {error}");
}

#[tokio::test]
async fn lists_come_doubled() {
    let rig = Rig::start().await;
    let (_, placed) = rig.place("tsk_1", None).await;
    rig.turn("north", json!({"faults": [{"kind": "duplicate", "on": ["find"], "next": 1}]})).await;
    let found = rig.get("north/orders?reference=tsk_1").await;
    assert_eq!(found["orders"], json!([placed["order"], placed["order"]]));
    assert_eq!(rig.get("north/orders?reference=tsk_1").await["orders"], json!([placed["order"]]));
}

#[tokio::test]
async fn a_share_of_requests_fails() {
    let rig = Rig::start().await;
    rig.turn("north", json!({"faults": [{"kind": "broken", "on": ["find"], "percent": 100}]})).await;
    for _ in 0..3 {
        let response = rig.send(Method::GET, "north/orders?reference=tsk_1", None).await.unwrap();
        assert_eq!(response.status(), 500);
    }
    assert_eq!(rig.place("tsk_1", None).await.0, StatusCode::CREATED);
    rig.turn("north", json!({"faults": []})).await;
    assert_eq!(rig.get("north/orders?reference=tsk_1").await["orders"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_wrong_clock_shows_in_dates() {
    let rig = Rig::start().await;
    let knobs = json!({
        "clockSkewSeconds": -86_400, "retryAfterAsDate": true,
        "faults": [{"kind": "tooMany", "next": 1, "retryAfterSeconds": 60}]
    });
    rig.turn("north", knobs).await;
    let response = rig.send(Method::POST, "north/orders", Some(order("tsk_1"))).await.unwrap();
    let date = |name: &str| {
        let text = response.headers()[name].to_str().unwrap();
        jiff::fmt::rfc2822::parse(text).unwrap().timestamp()
    };
    assert_eq!(date("retry-after").duration_since(date("date")).as_secs(), 60);
    let behind = jiff::Timestamp::now().duration_since(date("date")).as_hours();
    assert!((23..=24).contains(&behind), "{behind} hours");
}

#[tokio::test]
async fn only_the_slow_kinds_of_request_are_slow() {
    let rig = Rig::start().await;
    rig.turn("north", json!({"latencyMs": 60_000, "latencyOn": ["status"]})).await;
    assert_eq!(rig.place("tsk_1", None).await.0, StatusCode::CREATED);
    let request = rig.client.post(rig.url("north/orders/status")).json(&json!({"ids": []}));
    assert!(request.timeout(Duration::from_millis(300)).send().await.unwrap_err().is_timeout());
}
