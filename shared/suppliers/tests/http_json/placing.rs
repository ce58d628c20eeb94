//! Placing: whatever the answer, it is told whether the supplier may have the order.

use std::time::Duration;

use domain::money::{Currency, Money};
use serde_json::{Value, json};
use suppliers::{MAX_ANSWER_BYTES, MAX_REASON_CHARS, PlaceError, Placement, TaskProgress};
use wiremock::ResponseTemplate;

use crate::{answering, conformance::request, json_answer};

async fn place(answer: ResponseTemplate, changes: &[(&str, Value)]) -> Result<Placement, PlaceError> {
    let (_server, supplier) = answering(answer, changes).await;
    supplier.place(&request()).await
}

#[tokio::test]
async fn the_request_is_made_from_the_task() {
    let body = "{ref: reference, to: shipTo.postalCode, lines: items[].{c: code, s: sku, n: quantity, \
                pence: unitCost.amount, pounds: unitCost.decimal}, first: items[0].unitCost.currency}";
    let changes = [
        ("/headers", json!({"authorization": "Bearer s3cret", "x-shop": "all"})),
        ("/place/request/path", json!("/v2/orders/{items[0].code}")),
        ("/place/request/headers", json!({"x-shop": "one", "idempotency-key": "{reference}"})),
        ("/place/request/query", json!({"lines": "{length(items)}"})),
        ("/place/request/body", json!(body)),
    ];
    let (server, supplier) = answering(json_answer(201, json!({"id": 7})), &changes).await;
    let request = request();
    let placement = supplier.place(&request).await.unwrap();
    assert_eq!(placement.reference.as_str(), "7");

    let received = server.received_requests().await.unwrap();
    let [sent] = received.as_slice() else { panic!("{} requests", received.len()) };
    let reference = request.reference.to_string();
    assert_eq!((sent.method.as_str(), sent.url.path()), ("POST", "/v2/orders/H75"));
    assert_eq!(sent.url.query(), Some("lines=2"));
    assert_eq!(sent.headers["idempotency-key"], reference.as_str());
    assert_eq!(sent.headers["authorization"], "Bearer s3cret");
    assert_eq!(sent.headers["x-shop"], "one");
    let lines = json!([
        {"c": "H75", "s": "HINGE-75", "n": 3, "pence": 250, "pounds": "2.50"},
        {"c": "L1", "s": "LATCH", "n": 1, "pence": 250, "pounds": "2.50"}
    ]);
    let wanted = json!({"ref": reference, "to": "S1 1AA", "lines": lines, "first": "GBP"});
    assert_eq!(sent.body_json::<Value>().unwrap(), wanted);
}

#[tokio::test]
async fn a_status_tells_whether_the_order_was_taken() {
    #[derive(Debug, PartialEq)]
    enum Kind {
        Rejected,
        Unavailable,
        Uncertain,
        Misconfigured,
    }
    for (status, kind) in [
        (400, Kind::Rejected),
        (422, Kind::Rejected),
        (429, Kind::Unavailable),
        (401, Kind::Misconfigured),
        (403, Kind::Misconfigured),
        (404, Kind::Misconfigured),
        (405, Kind::Misconfigured),
        (301, Kind::Uncertain),
        (303, Kind::Uncertain),
        (408, Kind::Uncertain),
        (409, Kind::Uncertain),
        (500, Kind::Uncertain),
        (502, Kind::Uncertain),
        (503, Kind::Uncertain),
        (504, Kind::Uncertain),
    ] {
        let error = place(json_answer(status, json!({"error": "so there"})), &[]).await.unwrap_err();
        assert!(error.to_string().contains(&format!("HTTP {status}: so there")), "{error}");
        let found = match error {
            PlaceError::Rejected { .. } => Kind::Rejected,
            PlaceError::Unavailable { .. } => Kind::Unavailable,
            PlaceError::Uncertain { .. } => Kind::Uncertain,
            PlaceError::Misconfigured { .. } => Kind::Misconfigured,
        };
        assert_eq!(found, kind, "{status}");
    }
}

#[tokio::test]
async fn the_configuration_can_know_better() {
    let changes = [("/place/rejectedStatuses", json!([409])), ("/place/notTakenStatuses", json!([503]))];
    let refused = place(ResponseTemplate::new(409), &changes).await.unwrap_err();
    assert!(matches!(refused, PlaceError::Rejected { .. }), "{refused:?}");
    let answer = ResponseTemplate::new(503).insert_header("retry-after", "30");
    let retry_after = match place(answer, &changes).await {
        Err(PlaceError::Unavailable { retry_after, .. }) => retry_after,
        other => panic!("{other:?}"),
    };
    assert_eq!(retry_after, Some(Duration::from_secs(30)));
    let uncertain = place(ResponseTemplate::new(422), &changes).await.unwrap_err();
    assert!(matches!(uncertain, PlaceError::Uncertain { .. }), "{uncertain:?}");
}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_uncertain() {
    let huge = format!("{{\"id\": 1{}}}", " ".repeat(MAX_ANSWER_BYTES));
    for (answer, reason) in [
        (json_answer(200, json!({})), "place.answer.id"),
        (json_answer(200, json!({"id": ""})), "1 to 200 characters"),
        (json_answer(200, json!({"id": ["a"]})), "no text"),
        (ResponseTemplate::new(200).set_body_string("<html>"), "no JSON"),
        (ResponseTemplate::new(204), "no JSON"),
        (ResponseTemplate::new(200).set_body_string(huge), "longer than 1048576 bytes"),
    ] {
        let error = place(answer, &[]).await.unwrap_err();
        assert!(matches!(&error, PlaceError::Uncertain { reason: r } if r.contains(reason)), "{error:?}");
    }
    let most = format!("{{\"id\": 1{}}}", " ".repeat(MAX_ANSWER_BYTES - r#"{"id": 1}"#.len()));
    assert!(place(ResponseTemplate::new(200).set_body_string(most), &[]).await.is_ok());
}

#[tokio::test]
async fn a_refusal_in_a_success_is_a_refusal() {
    for body in [json!({"error": "no credit"}), json!({"id": 1, "state": "no", "error": "no credit"})] {
        let error = place(json_answer(200, body), &[]).await.unwrap_err();
        assert!(
            matches!(&error, PlaceError::Rejected { reason } if reason.contains("no credit")),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_suppliers_words_are_kept_short_and_clean() {
    let message = format!("a\nb\u{1b}[31m{}", "x".repeat(2 * MAX_REASON_CHARS));
    let error = place(json_answer(422, json!({ "error": message })), &[]).await.unwrap_err();
    let PlaceError::Rejected { reason } = error else { panic!("{error:?}") };
    let words = reason.strip_prefix("HTTP 422: ").unwrap();
    assert_eq!(words.chars().count(), MAX_REASON_CHARS);
    assert!(words.starts_with("ab[31mx"), "{words}");
}

#[tokio::test]
async fn costs_are_read_to_the_penny_and_never_hide_an_order() {
    let cost = |unit: &str| {
        [("/place/answer/cost", json!({"amount": "price.total", "unit": unit, "currency": "GBP"}))]
    };
    for (unit, total, pence) in [
        ("major", json!("18.99"), Some(1899)),
        ("major", json!(18.9), Some(1890)),
        ("minor", json!(1899), Some(1899)),
        ("minor", json!(18.99), None),
        ("major", json!("about 20"), None),
        ("major", json!(null), None),
    ] {
        let answer = json_answer(201, json!({"id": "a", "state": "new", "price": {"total": total}}));
        let placement = place(answer, &cost(unit)).await.unwrap();
        assert_eq!(placement.cost, pence.map(|pence| Money::new(pence, Currency::Gbp)), "{unit} {total}");
        assert_eq!(placement.progress, Some(TaskProgress::Accepted));
    }
}
