//! Messages to the shop.

use std::time::{Duration, Instant};

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::mpsc};

use crate::rig::{Rig, order};

type Message = (HeaderMap, Value);

/// A shop that hears messages.
async fn shop() -> (String, mpsc::UnboundedReceiver<Message>) {
    let (heard, messages) = mpsc::unbounded_channel();
    let hear =
        async |State(heard): State<mpsc::UnboundedSender<Message>>, headers: HeaderMap, body: Bytes| {
            heard.send((headers, serde_json::from_slice(&body).unwrap())).unwrap();
        };
    let router = Router::new().route("/hook", post(hear)).with_state(heard);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, messages)
}

async fn next(messages: &mut mpsc::UnboundedReceiver<Message>) -> Message {
    tokio::time::timeout(Duration::from_secs(10), messages.recv()).await.unwrap().unwrap()
}

#[tokio::test]
async fn every_change_is_told_as_often_as_asked() {
    let rig = Rig::start().await;
    let (url, mut messages) = shop().await;
    // As the emulator calls the shop's addresses: whatever the system's resolver makes of the name, it is this machine.
    let url = url.replace("127.0.0.1", "shop.localhost");
    let webhook = json!({"url": url, "secret": "whsec_c2VjcmV0", "repeats": 1});
    rig.turn("north", json!({"workingAfterMs": null, "completeAfterMs": null, "webhook": webhook})).await;
    let (_, placed) = rig.place("tsk_1", None).await;
    let (first, second) = (next(&mut messages).await, next(&mut messages).await);
    assert_eq!(first.1["orders"], json!([placed["order"]]));
    assert_eq!((&first.1, &first.0["webhook-id"]), (&second.1, &second.0["webhook-id"]));
    assert!(first.0["webhook-signature"].to_str().unwrap().starts_with("v1,"));
    rig.turn("north", json!({"completeAfterMs": 0})).await;
    let (headers, done) = next(&mut messages).await;
    assert_eq!(done["orders"][0]["state"], "shipped");
    assert_ne!(headers["webhook-id"], first.0["webhook-id"]);
}

#[tokio::test]
async fn what_is_told_of_an_order_goes_on_with_its_trace() {
    let rig = Rig::start().await;
    let (url, mut messages) = shop().await;
    let webhook = json!({"url": url, "secret": "key", "scheme": "hmac"});
    rig.turn("north", json!({"completeAfterMs": 0, "webhook": webhook})).await;
    let parent = "00-5759e988bd862e3fe1be46a994272793-00f067aa0ba902b7-01";
    let request = rig.client.post(rig.url("north/orders")).json(&order("tsk_1"));
    request.header("traceparent", parent).send().await.unwrap().error_for_status().unwrap();
    assert_eq!(next(&mut messages).await.0["traceparent"], parent);
    assert_eq!(rig.get("north/memory").await["orders"][0]["traceparent"], parent);
    rig.place("tsk_2", None).await;
    assert_eq!(next(&mut messages).await.0.get("traceparent"), None);
}

#[tokio::test]
async fn an_older_message_may_come_late() {
    let rig = Rig::start().await;
    let (url, mut messages) = shop().await;
    let webhook = json!({"url": url, "secret": "key", "scheme": "hmac", "reversed": true});
    rig.turn("north", json!({"completeAfterMs": 0, "webhook": webhook})).await;
    rig.place("tsk_1", None).await;
    let states = [next(&mut messages).await, next(&mut messages).await];
    assert_eq!(states.each_ref().map(|(_, body)| body["orders"][0]["state"].clone()), ["shipped", "working"]);
    assert_eq!(states[0].0["x-signature"].len(), 64);
}

#[tokio::test]
async fn a_shop_that_does_not_hear_is_told_again() {
    let rig = Rig::start().await;
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let dead = format!("http://{}/hook", nobody.local_addr().unwrap());
    drop(nobody);
    let hook =
        |url: &str| json!({"completeAfterMs": 0, "webhook": {"url": url, "secret": "key", "scheme": "hmac"}});
    rig.turn("north", hook(&dead)).await;
    rig.place("tsk_1", None).await;
    let begun = Instant::now();
    let (url, mut messages) = shop().await;
    rig.turn("north", hook(&url)).await;
    assert_eq!(next(&mut messages).await.1["orders"][0]["reference"], "tsk_1");
    assert!(begun.elapsed() < Duration::from_secs(10));
}
