//! Every way to show who we are.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::Sha512;
use suppliers::{AdapterKind, ConfigError, HttpClient, PlaceError, Secret, Supplier, SupplierError, connect};
use wiremock::{
    Mock, MockServer, Request, ResponseTemplate,
    matchers::{method, path},
};

use crate::{client, config, conformance::request, json_answer};

const SECRET: &str = "s3cret/+ä \"";

struct Rig {
    server: MockServer,
    http: HttpClient,
    auth: Value,
}

impl Rig {
    async fn new(auth: Value) -> Self {
        let server = MockServer::start().await;
        let http = client(&server.uri());
        Self { server, http, auth }
    }

    fn try_connect(&self, secret: Option<&str>) -> Result<Arc<dyn Supplier>, ConfigError> {
        let config = config(&self.server.uri(), &[("/auth", self.auth.clone())]);
        connect(AdapterKind::HttpJson, &config, secret.map(Secret::new).as_ref(), &self.http)
    }

    fn connect(&self, secret: &str) -> Arc<dyn Supplier> {
        self.try_connect(Some(secret)).unwrap()
    }

    async fn accepting(self) -> Self {
        let taken = json_answer(201, json!({"id": "a"}));
        Mock::given(method("POST")).and(path("/orders")).respond_with(taken).mount(&self.server).await;
        self
    }

    async fn requests(&self, to: &str) -> Vec<Request> {
        let all = self.server.received_requests().await.unwrap();
        all.into_iter().filter(|request| request.url.path() == to).collect()
    }
}

/// The one request that placing makes.
async fn placed(auth: Value, secret: &str) -> Request {
    let rig = Rig::new(auth).await.accepting().await;
    rig.connect(secret).place(&request()).await.unwrap();
    rig.requests("/orders").await.remove(0)
}

#[tokio::test]
async fn headers_parameters_and_passwords() {
    let sent = placed(json!({"kind": "header", "name": "X-Api-Key"}), "s3cret").await;
    assert_eq!(sent.headers["x-api-key"], "s3cret");
    let sent = placed(json!({"kind": "header", "name": "Authorization", "prefix": "Token "}), "s3cret").await;
    assert_eq!(sent.headers["authorization"], "Token s3cret");
    let sent = placed(json!({"kind": "query", "name": "api_key"}), SECRET).await;
    assert_eq!(sent.url.query_pairs().next().unwrap(), ("api_key".into(), SECRET.into()));
    let sent = placed(json!({"kind": "basic", "username": "shop"}), SECRET).await;
    let pair = format!("Basic {}", STANDARD.encode(format!("shop:{SECRET}")));
    assert_eq!(sent.headers["authorization"], pair.as_str());
    let sent = placed(json!({"kind": "basic"}), "key").await;
    assert_eq!(sent.headers["authorization"], format!("Basic {}", STANDARD.encode("key:")).as_str());
}

#[tokio::test]
async fn a_signature_is_that_of_the_message() {
    let auth = json!({
        "kind": "hmac", "header": "X-Signature", "algorithm": "sha512", "encoding": "base64", "prefix": "v1=",
        "message": "{timestamp}.{method}.{path}.{query}.{body}", "timestampHeader": "X-Time",
        "timestampUnit": "milliseconds"
    });
    let sent = placed(auth, SECRET).await;
    let time = sent.headers["x-time"].to_str().unwrap();
    let age = Timestamp::now().duration_since(Timestamp::from_millisecond(time.parse().unwrap()).unwrap());
    assert!(age.abs() < SignedDuration::from_secs(60), "{age}");
    let mut mac = Hmac::<Sha512>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(format!("{time}.POST./orders..").as_bytes());
    mac.update(&sent.body);
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    assert_eq!(sent.headers["x-signature"], format!("v1={signature}").as_str());
}

#[tokio::test]
async fn without_a_credential_nothing_is_sent() {
    for auth in [
        json!({"kind": "header", "name": "x-key"}),
        json!({"kind": "query", "name": "key"}),
        json!({"kind": "basic"}),
        json!({"kind": "hmac", "header": "x-sig", "message": "{body}"}),
        json!({"kind": "oauth", "tokenUrl": "https://supplier.example/token", "clientId": "shop"}),
    ] {
        let rig = Rig::new(auth.clone()).await.accepting().await;
        for secret in [None, Some("")] {
            let supplier = rig.try_connect(secret).unwrap();
            let error = supplier.place(&request()).await.unwrap_err();
            let PlaceError::Misconfigured { path, reason } = error else { panic!("{auth}: {error:?}") };
            assert_eq!((path.as_str(), reason.as_str()), ("auth", "the supplier's credential is not set"));
            let error = supplier.check().await.unwrap_err();
            assert!(matches!(error, SupplierError::Misconfigured { .. }), "{error:?}");
        }
        assert_eq!(rig.server.received_requests().await.unwrap().len(), 0);
    }
    let rig = Rig::new(json!({"kind": "header", "name": "x-key"})).await.accepting().await;
    let error = rig.connect("two\nlines").place(&request()).await.unwrap_err();
    assert!(matches!(&error, PlaceError::Misconfigured { path, .. } if path == "auth"), "{error:?}");
    assert!(!error.to_string().contains("lines"), "{error}");
}

fn instant(text: &str) -> Timestamp {
    Timestamp::from_second(text.parse().unwrap()).unwrap()
}

/// Signs with a timestamp, for a supplier whose clock is ahead and who wants to see its own time.
async fn with_a_clock(ahead: SignedDuration) -> Rig {
    let rig = Rig::new(json!({
        "kind": "hmac", "header": "x-sig", "message": "{timestamp}{body}", "timestampHeader": "x-time"
    }))
    .await;
    let answer = move |request: &Request| {
        let clock = Timestamp::now() + ahead;
        let theirs = instant(request.headers["x-time"].to_str().unwrap());
        let date = clock.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let in_time = clock.duration_since(theirs).abs() < SignedDuration::from_mins(5);
        let answer = if in_time && !ahead.is_zero() {
            json_answer(201, json!({"id": "a"}))
        } else {
            ResponseTemplate::new(401)
        };
        answer.insert_header("date", date)
    };
    Mock::given(path("/orders")).respond_with(answer).mount(&rig.server).await;
    rig
}

#[tokio::test]
async fn a_supplier_with_a_wrong_clock_gets_its_own_time() {
    for hours in [3, -3] {
        let rig = with_a_clock(SignedDuration::from_hours(hours)).await;
        rig.connect("key").place(&request()).await.unwrap();
        assert_eq!(rig.requests("/orders").await.len(), 2);
        // The time is remembered for the next adapter.
        rig.connect("key").place(&request()).await.unwrap();
        assert_eq!(rig.requests("/orders").await.len(), 3);
    }
}

#[tokio::test]
async fn a_refusal_that_is_not_the_clocks_is_one() {
    // The clock is right, so that the key is wrong; and a clock of another year is no clock.
    for ahead in [SignedDuration::ZERO, SignedDuration::from_hours(24 * 366)] {
        let rig = with_a_clock(ahead).await;
        let error = rig.connect("key").place(&request()).await.unwrap_err();
        assert!(matches!(error, PlaceError::Misconfigured { .. }), "{error:?}");
        assert_eq!(rig.requests("/orders").await.len(), 1);
    }
}

async fn oauth(more: Value) -> Rig {
    let mut rig = Rig::new(Value::Null).await;
    let mut auth =
        json!({"kind": "oauth", "tokenUrl": format!("{}/token", rig.server.uri()), "clientId": "shop"});
    auth.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    rig.auth = auth;
    rig
}

/// Tokens `t1`, `t2` … that live for so many seconds.
async fn giving_tokens(rig: &Rig, seconds: Value) {
    let given = Mutex::new(0);
    let answer = move |_: &Request| {
        let mut given = given.lock().unwrap();
        *given += 1;
        json_answer(200, json!({"access_token": format!("t{given}"), "expires_in": seconds}))
            .set_delay(Duration::from_millis(50))
    };
    Mock::given(path("/token")).respond_with(answer).mount(&rig.server).await;
}

#[tokio::test]
async fn a_token_is_fetched_once_for_all() {
    let rig = oauth(json!({"scope": "orders", "parameters": {"audience": "api"}})).await.accepting().await;
    giving_tokens(&rig, json!(3600)).await;
    let suppliers: Vec<_> = (0..8).map(|_| rig.connect("a b")).collect();
    let request = request();
    let placing = suppliers.iter().map(|supplier| supplier.place(&request));
    for placed in futures::future::join_all(placing).await {
        placed.unwrap();
    }
    let [asked] = rig.requests("/token").await.try_into().unwrap();
    let form = "grant_type=client_credentials&scope=orders&audience=api";
    assert_eq!(String::from_utf8(asked.body).unwrap(), form);
    assert_eq!(asked.headers["authorization"], format!("Basic {}", STANDARD.encode("shop:a b")).as_str());
    let orders = rig.requests("/orders").await;
    assert!(orders.len() == 8 && orders.iter().all(|order| order.headers["authorization"] == "Bearer t1"));
    // A rotated secret asks for a token of its own.
    rig.connect("rotated").place(&request).await.unwrap();
    assert_eq!(rig.requests("/orders").await[8].headers["authorization"], "Bearer t2");
}

#[tokio::test]
async fn name_and_secret_can_stand_in_the_form() {
    let rig = oauth(json!({"clientIn": "body"})).await.accepting().await;
    giving_tokens(&rig, json!("3600")).await;
    rig.connect("a&b").place(&request()).await.unwrap();
    let [asked] = rig.requests("/token").await.try_into().unwrap();
    let form = "grant_type=client_credentials&client_id=shop&client_secret=a%26b";
    assert_eq!(String::from_utf8(asked.body).unwrap(), form);
    assert!(!asked.headers.contains_key("authorization"));
}

#[tokio::test]
async fn a_token_that_has_ended_is_not_used() {
    let rig = oauth(json!({})).await.accepting().await;
    giving_tokens(&rig, json!(0)).await;
    for token in ["Bearer t1", "Bearer t2"] {
        rig.connect("key").place(&request()).await.unwrap();
        assert_eq!(rig.requests("/orders").await.last().unwrap().headers["authorization"], token);
    }
}

#[tokio::test]
async fn a_token_that_is_refused_is_replaced_once() {
    let rig = oauth(json!({})).await;
    giving_tokens(&rig, json!(3600)).await;
    let answer = |request: &Request| {
        if request.headers["authorization"] == "Bearer t2" {
            json_answer(201, json!({"id": "a"}))
        } else {
            ResponseTemplate::new(401)
        }
    };
    Mock::given(path("/orders")).respond_with(answer).mount(&rig.server).await;
    let supplier = rig.connect("key");
    let request = request();
    assert_eq!(supplier.place(&request).await.unwrap().reference.as_str(), "a");
    let orders = rig.requests("/orders").await;
    assert_eq!(orders.len(), 2);
    assert_eq!(orders[0].body, orders[1].body);

    let stubborn = oauth(json!({})).await;
    giving_tokens(&stubborn, json!(3600)).await;
    Mock::given(path("/orders")).respond_with(ResponseTemplate::new(401)).mount(&stubborn.server).await;
    let error = stubborn.connect("key").place(&request).await.unwrap_err();
    assert!(matches!(error, PlaceError::Misconfigured { .. }), "{error:?}");
    assert_eq!(stubborn.requests("/orders").await.len(), 2);
}

#[tokio::test]
async fn without_a_token_nothing_is_placed() {
    let description = json!({"error": "invalid_client", "error_description": "unknown shop, key s3cret"});
    for (answer, lasting, reason) in [
        (json_answer(401, description), true, "no token: HTTP 401: unknown shop, key …"),
        (json_answer(400, json!({"error": "invalid_scope"})), true, "no token: HTTP 400: invalid_scope"),
        (ResponseTemplate::new(302).insert_header("location", "/"), true, "no token: HTTP 302"),
        (ResponseTemplate::new(503).insert_header("retry-after", "9"), false, "no token: HTTP 503"),
        (ResponseTemplate::new(429).insert_header("retry-after", "9"), false, "no token: HTTP 429"),
        (json_answer(200, json!({"token": "s3cret"})), false, "no token: the answer has no access_token"),
        (ResponseTemplate::new(200).set_body_string("<html>"), false, "no token: the answer is no JSON"),
    ] {
        let rig = oauth(json!({})).await.accepting().await;
        Mock::given(path("/token")).respond_with(answer).mount(&rig.server).await;
        let error = rig.connect("s3cret").place(&request()).await.unwrap_err();
        let said = match &error {
            PlaceError::Misconfigured { path, reason } if lasting => {
                assert_eq!(path, "auth");
                reason
            }
            PlaceError::Unavailable { retry_after, reason } if !lasting => {
                let asked = reason.contains("HTTP").then_some(Duration::from_secs(9));
                assert_eq!(*retry_after, asked);
                reason
            }
            _ => panic!("{error:?}"),
        };
        assert!(said.starts_with(reason), "{said}");
        assert_eq!(rig.requests("/orders").await.len(), 0);
    }
}
