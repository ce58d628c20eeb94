//! Who may ask.

use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::rig::{Rig, order};

async fn status(request: RequestBuilder) -> StatusCode {
    request.send().await.unwrap().status()
}

#[tokio::test]
async fn a_credential_may_come_in_many_ways() {
    let rig = Rig::start().await;
    rig.turn("north", json!({"credentials": ["s3cret", "n3xt"]})).await;
    let find = || rig.client.get(rig.url("north/orders?reference=tsk_1"));
    assert_eq!(status(find()).await, StatusCode::UNAUTHORIZED);
    assert_eq!(status(find().bearer_auth("wr0ng")).await, StatusCode::UNAUTHORIZED);
    for known in [
        find().bearer_auth("s3cret"),
        find().bearer_auth("n3xt"),
        find().header("x-api-key", "s3cret"),
        find().basic_auth("shop", Some("s3cret")),
        find().basic_auth("s3cret", None::<&str>),
        find().query(&[("api_key", "s3cret")]),
    ] {
        assert_eq!(status(known).await, StatusCode::OK);
    }
}

async fn token(rig: &Rig, secret: &str) -> (StatusCode, Value) {
    let form = "grant_type=client_credentials&client_id=shop&client_secret=";
    let request = rig.client.post(rig.url("north/oauth/token"));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let response = request.body(format!("{form}{secret}")).send().await.unwrap();
    (response.status(), response.json().await.unwrap())
}

#[tokio::test]
async fn tokens_are_given_to_who_knows_the_secret_and_end() {
    let rig = Rig::start().await;
    rig.turn("north", json!({"credentials": ["s3cret"], "requiresToken": true, "tokenLifetimeMs": 60_000}))
        .await;
    assert_eq!(token(&rig, "wr0ng").await.0, StatusCode::UNAUTHORIZED);
    let (given, answer) = token(&rig, "s3cret").await;
    assert_eq!((given, &answer["expires_in"]), (StatusCode::OK, &json!(60)));
    let find = || {
        let token = answer["access_token"].as_str().unwrap();
        rig.client.get(rig.url("north/orders?reference=tsk_1")).bearer_auth(token)
    };
    assert_eq!(status(find()).await, StatusCode::OK);
    // The secret itself opens nothing, and a token of another supplier neither.
    let secret = rig.client.get(rig.url("north/orders?reference=tsk_1")).bearer_auth("s3cret");
    assert_eq!(status(secret).await, StatusCode::UNAUTHORIZED);
    rig.turn("north", json!({"faults": [{"kind": "expired", "on": ["find"], "next": 1}]})).await;
    assert_eq!(status(find()).await, StatusCode::UNAUTHORIZED);
    assert_eq!(status(find()).await, StatusCode::UNAUTHORIZED);
    rig.turn("north", json!({"tokenLifetimeMs": 0})).await;
    let (_, short) = token(&rig, "s3cret").await;
    let late = rig.client.get(rig.url("north/orders?reference=tsk_1"));
    assert_eq!(
        status(late.bearer_auth(short["access_token"].as_str().unwrap())).await,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn the_place_that_gives_tokens_can_fail_too() {
    let rig = Rig::start().await;
    rig.turn("north", json!({"faults": [{"kind": "unavailable", "on": ["check"], "next": 1}]})).await;
    assert_eq!(token(&rig, "any").await.0, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(token(&rig, "any").await.0, StatusCode::OK);
}

#[tokio::test]
async fn unsigned_requests_and_old_ones_are_refused() {
    let rig = Rig::start().await;
    rig.turn("north", json!({"signedWith": "key"})).await;
    let response = rig.send(Method::POST, "north/orders", Some(order("tsk_1"))).await.unwrap();
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert!(response.headers().contains_key("date"));
    let find = |second: i64| {
        let signature = sign("key", &format!("{second}."));
        let request = rig.client.get(rig.url("north/orders?reference=tsk_1"));
        request.header("x-signature", signature).header("x-timestamp", second)
    };
    let now = jiff::Timestamp::now().as_second();
    assert_eq!(status(find(now)).await, StatusCode::OK);
    assert_eq!(status(find(now - 301)).await, StatusCode::UNAUTHORIZED);
    rig.turn("north", json!({"clockSkewSeconds": -301})).await;
    assert_eq!(status(find(now - 301)).await, StatusCode::OK);
    // Tests themselves sign nothing.
    assert_eq!(rig.get("north/memory").await["requests"]["find"], 2);
}

fn sign(key: &str, message: &str) -> String {
    use hmac::{Hmac, KeyInit, Mac};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(message.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}
