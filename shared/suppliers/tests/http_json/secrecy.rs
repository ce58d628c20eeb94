//! Whatever a supplier answers, our secrets stay where they are: not in errors, reports, recordings or logs.

use std::{
    fmt::Write,
    io,
    sync::{Arc, Mutex},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::ids::TaskId;
use serde_json::{Value, json};
use suppliers::{AdapterKind, MASK, Secret, Supplier, SupplierReference, connect};
use tokio::net::TcpListener;
use tracing_subscriber::fmt::MakeWriter;
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers::any};

use crate::{client, config, conformance::request};

const SECRET: &str = "s3cret/k+y";

/// The texts that must appear nowhere: the secret as it is and as it travels, and a token.
fn hidden() -> [String; 4] {
    let form = "s3cret%2Fk%2By".to_owned();
    [SECRET.to_owned(), form, STANDARD.encode(format!("shop:{SECRET}")), "t0ken".to_owned()]
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Repeats all that it was sent in the fields that people read, or gives a token.
fn repeating(status: u16) -> impl Fn(&Request) -> ResponseTemplate {
    move |request: &Request| {
        let headers: Vec<_> = request
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))
            .collect();
        let all = format!("{} {headers:?} {SECRET}", request.url);
        if request.url.path() == "/token" {
            return ResponseTemplate::new(200).set_body_json(json!({"access_token": "t0ken", "note": all}));
        }
        let order = json!({"id": "a", "state": all, "why": all, "ref": all});
        ResponseTemplate::new(status)
            .insert_header("x-note", all.as_str())
            .set_body_json(json!({"error": all, "id": "a", "state": all, "orders": [order], "token": all}))
    }
}

async fn everything_said(supplier: &dyn Supplier) -> String {
    let reference = SupplierReference::parse("a").unwrap();
    let message = json!({"orders": [{"id": "a", "state": SECRET, "why": SECRET}]});
    format!(
        "{supplier:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        supplier.place(&request()).await,
        supplier.find_by_reference(&TaskId::generate()).await,
        supplier.statuses(std::slice::from_ref(&reference)).await,
        supplier.cancel(&reference).await,
        supplier.check().await,
        supplier.read_webhook(message.to_string().as_bytes()),
    )
}

#[tokio::test]
async fn secrets_stay_secret() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::TRACE);
    let subscriber = subscriber.with_writer(log.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let server = MockServer::start().await;
    let token_url = format!("{}/token", server.uri());
    let mut said = String::new();
    for auth in [
        json!({"kind": "header", "name": "x-shop", "prefix": "Key "}),
        json!({"kind": "query", "name": "k"}),
        json!({"kind": "basic", "username": "shop"}),
        json!({"kind": "hmac", "header": "x-sig", "message": "{body}"}),
        json!({"kind": "oauth", "tokenUrl": token_url, "clientId": "shop"}),
        json!({"kind": "oauth", "tokenUrl": token_url, "clientId": "shop", "clientIn": "body"}),
    ] {
        for status in [200, 401, 422, 500] {
            server.reset().await;
            Mock::given(any()).respond_with(repeating(status)).mount(&server).await;
            let changes: &[(&str, Value)] = &[
                ("/auth", auth.clone()),
                (
                    "/webhook",
                    json!({"orders": "orders", "order": {"id": "id", "state": "state", "reason": "why"}}),
                ),
                ("/cancel/state", json!("state")),
            ];
            let (http, recorder) = client(&server.uri()).recording();
            let config = config(&server.uri(), changes);
            let secret = Secret::new(SECRET);
            let supplier = connect(AdapterKind::HttpJson, &config, Some(&secret), &http).unwrap();
            said += &everything_said(&*supplier).await;
            let exchanges = recorder.exchanges();
            assert!(exchanges.len() >= 5, "{exchanges:?}");
            said += &serde_json::to_string(&exchanges).unwrap();
            write!(said, "{exchanges:?} {http:?} {secret:?}").unwrap();
        }
    }
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("supplier answered"), "nothing was logged");
    assert!(said.matches(MASK).count() > 100, "nothing was hidden");
    for secret in hidden() {
        // What the supplier repeats is shortened; a beginning of the secret would be one too many.
        assert!(!said.contains(&secret[..secret.len() - 1]), "{secret} in {said}");
        let line = logged.lines().find(|line| line.contains(&secret));
        assert_eq!(line, None, "{secret} was logged");
    }
}

#[tokio::test]
async fn what_is_recorded_is_what_passed() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200).insert_header("x-note", "n").set_body_json(json!({"orders": []}));
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let auth = [("/auth", json!({"kind": "header", "name": "x-key"}))];
    let (http, recorder) = client(&server.uri()).recording();
    let secret = Secret::new(SECRET);
    let supplier =
        connect(AdapterKind::HttpJson, &config(&server.uri(), &auth), Some(&secret), &http).unwrap();
    supplier.check().await.unwrap();
    supplier.statuses(&[SupplierReference::parse("a").unwrap()]).await.unwrap();
    let [looked, asked] = recorder.exchanges().try_into().unwrap();
    assert_eq!((looked.method.as_str(), looked.status), ("GET", Some(200)));
    assert!(looked.url.starts_with(&format!("{}/orders?ref=tsk_", server.uri())), "{}", looked.url);
    assert_eq!(looked.request_headers["x-key"], "…");
    assert_eq!((looked.request_body, looked.response_headers["x-note"].as_str()), (None, "n"));
    assert_eq!(looked.response_body.as_deref(), Some(r#"{"orders":[]}"#));
    assert_eq!(asked.request_body.as_deref(), Some(r#"{"ids":["a"]}"#));
}

#[tokio::test]
async fn a_call_without_an_answer_is_recorded_too() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let (http, recorder) = client(&base).recording();
    let supplier = connect(AdapterKind::HttpJson, &config(&base, &[]), None, &http).unwrap();
    supplier.check().await.unwrap_err();
    let [unanswered] = recorder.exchanges().try_into().unwrap();
    assert_eq!((unanswered.status, unanswered.response_body), (None, None));
}
