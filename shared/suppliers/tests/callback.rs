//! What we tell programs of our own accord is signed, and is told only where it may be.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;
use suppliers::{
    Egress, HttpClient, Refused, Secret,
    callback::{AddressError, MAX_ADDRESS, Message, Reply, address, tell},
    webhook::{Scheme, WebhookError, verify},
};
use telemetry::{TraceId, trace};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::method};

const PATIENCE: Duration = Duration::from_secs(5);

async fn server(answer: ResponseTemplate) -> (MockServer, HttpClient) {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(answer).mount(&server).await;
    let http = HttpClient::new(Egress::parse(&format!("*, {}", server.uri())).unwrap()).unwrap();
    (server, http)
}

fn message(secrets: &[Secret]) -> Message<'_> {
    Message {
        id: "evt_1",
        body: json!({ "type": "OrderPaid" }).to_string().into_bytes(),
        secrets,
        private: &[],
    }
}

fn secrets() -> [Secret; 2] {
    ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_AfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"].map(Secret::new)
}

#[tokio::test]
async fn a_message_can_be_believed_with_either_secret() {
    let (server, http) = server(ResponseTemplate::new(204)).await;
    let (now, secrets) = (Timestamp::now(), secrets());
    let reply = tell(&http, &server.uri(), message(&secrets), now, PATIENCE).await.unwrap();
    assert_eq!(reply, Reply::Answered { status: 204, retry_after: None, words: String::new() });
    let received = server.received_requests().await.unwrap().pop().unwrap();
    assert_eq!(received.headers["content-type"], "application/json");
    assert_eq!(received.body, message(&secrets).body);
    for secret in &secrets {
        let id = verify(&Scheme::StandardWebhooks, secret, &received.headers, &received.body, now).unwrap();
        assert_eq!(id.as_str(), "evt_1");
    }
    let other = Secret::new("whsec_BfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    let refused = verify(&Scheme::StandardWebhooks, &other, &received.headers, &received.body, now);
    assert_eq!(refused, Err(WebhookError::Signature));
    let unsigned = tell(&http, &server.uri(), message(&[]), now, PATIENCE).await;
    assert_eq!(unsigned, Err(WebhookError::Secret));
}

#[tokio::test]
async fn a_call_says_which_trace_it_belongs_to() {
    let (server, http) = server(ResponseTemplate::new(204)).await;
    let (now, secrets, trace_id) = (Timestamp::now(), secrets(), TraceId::generate());
    let uri = server.uri();
    let call = || tell(&http, &uri, message(&secrets), now, PATIENCE);
    trace::within(trace_id, call()).await.unwrap();
    call().await.unwrap();
    let received = server.received_requests().await.unwrap();
    let parents = received.iter().map(|request| request.headers.get(trace::TRACEPARENT));
    let parents: Vec<_> = parents.map(|value| value.map(|value| value.to_str().unwrap())).collect();
    assert_eq!(parents[0].and_then(trace::read_traceparent), Some(trace_id));
    assert_eq!(parents[1], None);
}

#[tokio::test]
async fn whatever_is_answered_is_told_and_nobody_follows_it() {
    let (elsewhere, _) = server(ResponseTemplate::new(200)).await;
    let redirect = ResponseTemplate::new(307).insert_header("location", elsewhere.uri());
    let busy = ResponseTemplate::new(429).insert_header("retry-after", "7");
    for (answer, status, retry_after) in [
        (redirect, 307, None),
        (busy, 429, Some(Duration::from_secs(7))),
        (ResponseTemplate::new(500), 500, None),
    ] {
        let (server, http) = server(answer).await;
        let reply =
            tell(&http, &server.uri(), message(&secrets()), Timestamp::now(), PATIENCE).await.unwrap();
        assert_eq!(reply, Reply::Answered { status, retry_after, words: String::new() });
    }
    assert_eq!(elsewhere.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn who_does_not_answer_is_not_waited_for() {
    let (server, http) = server(ResponseTemplate::new(200).set_delay(PATIENCE)).await;
    let brief = Duration::from_millis(50);
    let reply = tell(&http, &server.uri(), message(&secrets()), Timestamp::now(), brief).await.unwrap();
    assert!(matches!(&reply, Reply::Silent(reason) if reason.contains("timed out")), "{reply:?}");
}

#[tokio::test]
async fn nobody_is_told_where_we_do_not_call() {
    let http = HttpClient::new(Egress::parse("*").unwrap()).unwrap();
    assert!(address(&http, "https://partner.example/orders?key=1").is_ok());
    let refused = |text: &str| address(&http, text).unwrap_err();
    assert_eq!(refused("http://partner.example/"), AddressError::Refused(Refused::Scheme));
    assert_eq!(refused("https://a:b@partner.example/"), AddressError::Refused(Refused::Credentials));
    for private in ["https://127.0.0.1/", "https://169.254.169.254/latest", "https://[::1]/"] {
        assert!(matches!(refused(private), AddressError::Refused(Refused::Private(_))), "{private}");
    }
    assert_eq!(refused("partner"), AddressError::Address);
    let long = format!("https://partner.example/{}", "x".repeat(MAX_ADDRESS));
    assert_eq!(refused(&long), AddressError::TooLong);
    // A name that leads to this machine is found out when it is called.
    for inside in ["https://localhost/", "http://127.0.0.1/"] {
        let reply = tell(&http, inside, message(&secrets()), Timestamp::now(), PATIENCE).await.unwrap();
        assert!(matches!(reply, Reply::Forbidden(_)), "{inside}: {reply:?}");
    }
}
