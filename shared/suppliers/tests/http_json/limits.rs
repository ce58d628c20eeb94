//! Calls cannot be turned against us, and no supplier can keep us.

use std::{
    io::{Read, Write},
    time::{Duration, Instant},
};

use domain::ids::TaskId;
use serde_json::{Value, json};
use suppliers::{AdapterKind, Egress, HttpClient, MAX_TIMEOUT, PlaceError, SupplierError, connect};
use tokio::net::TcpListener;
use wiremock::ResponseTemplate;

use crate::{answering, config, conformance::request, connected, json_answer};

#[tokio::test]
async fn a_name_that_leads_to_this_machine_is_not_called() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let http = HttpClient::new(Egress::parse("*").unwrap()).unwrap();
    let supplier = connect(AdapterKind::HttpJson, &config(&base, &[]), None, &http).unwrap();
    let refused = supplier.place(&request()).await.unwrap_err();
    let PlaceError::Misconfigured { path, reason } = &refused else { panic!("{refused:?}") };
    assert_eq!(path, "baseUrl");
    assert!(reason.starts_with("localhost leads to ") && reason.ends_with("no public address"), "{reason}");
    let refused = supplier.find_by_reference(&TaskId::generate()).await.unwrap_err();
    assert!(
        matches!(&refused, SupplierError::Misconfigured { path, .. } if path == "baseUrl"),
        "{refused:?}"
    );
    let called = tokio::time::timeout(Duration::from_millis(100), listener.accept()).await;
    assert!(called.is_err(), "somebody called");
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let (elsewhere, _) = answering(json_answer(201, json!({"id": 1})), &[]).await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!("{}/orders", elsewhere.uri());
        let answer = ResponseTemplate::new(status).insert_header("location", location);
        let (_server, supplier) = answering(answer, &[]).await;
        let error = supplier.place(&request()).await.unwrap_err();
        assert!(matches!(error, PlaceError::Uncertain { .. }), "{error:?}");
        let error = supplier.find_by_reference(&TaskId::generate()).await.unwrap_err();
        assert!(matches!(error, SupplierError::Misconfigured { .. }), "{error:?}");
    }
    assert_eq!(elsewhere.received_requests().await.unwrap().len(), 0);
}

/// The address of a supplier that answers a byte at a time, for ever: the head of the answer if `head`, else its body.
fn dripping(head: bool) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            std::thread::spawn(move || {
                let _request = stream.read(&mut [0; 4096]).unwrap();
                let begin = if head { "HTTP/1.1 200 OK\r\nx-drip: " } else { "HTTP/1.1 200 OK\r\n\r\n" };
                let mut sent = stream.write_all(begin.as_bytes());
                while sent.is_ok() {
                    std::thread::sleep(Duration::from_millis(20));
                    sent = stream.write_all(b" ");
                }
            });
        }
    });
    base
}

#[tokio::test]
async fn a_dripping_answer_ends_in_time() {
    for head in [true, false] {
        let base = dripping(head);
        let supplier = connected(&base, &[("/timeoutMs", json!(300))]).unwrap();
        let begun = Instant::now();
        let error = supplier.place(&request()).await.unwrap_err();
        assert!(
            matches!(&error, PlaceError::Uncertain { reason } if reason.contains("timed out")),
            "{error:?}"
        );
        let error = supplier.find_by_reference(&TaskId::generate()).await.unwrap_err();
        assert!(matches!(error, SupplierError::Unavailable { .. }), "{error:?}");
        assert!(begun.elapsed() < MAX_TIMEOUT, "{:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn who_does_not_listen_has_no_order() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let error = connected(&base, &[]).unwrap().place(&request()).await.unwrap_err();
    assert!(matches!(error, PlaceError::Unavailable { retry_after: None, .. }), "{error:?}");
}

#[tokio::test]
async fn a_wrong_content_type_is_judged_by_what_it_holds() {
    let typed =
        |body: &str| ResponseTemplate::new(201).set_body_raw(body.to_owned(), "text/html; charset=utf-8");
    let (_server, supplier) = answering(typed(r#"{"id": "a"}"#), &[]).await;
    assert_eq!(supplier.place(&request()).await.unwrap().reference.as_str(), "a");
    let (_server, supplier) = answering(typed("<p>wait</p>"), &[("/errorMessage", Value::Null)]).await;
    let error = supplier.place(&request()).await.unwrap_err();
    let wanted = "the answer is no JSON (text/html; charset=utf-8)";
    assert!(matches!(&error, PlaceError::Uncertain { reason } if reason.starts_with(wanted)), "{error:?}");
}
