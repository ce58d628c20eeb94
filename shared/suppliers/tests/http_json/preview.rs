//! A configuration tried out while somebody writes it.

use serde_json::{Value, json};
use suppliers::{AdapterKind, Preview, Samples, preview};

use crate::{client, config};

const BASE: &str = "https://supplier.example";

fn previewed(changes: &[(&str, Value)], samples: Value) -> Preview {
    let samples = serde_json::from_value(samples).unwrap();
    preview(AdapterKind::HttpJson, &config(BASE, changes), &samples, &client(BASE))
}

#[test]
fn requests_are_shown_without_a_credential() {
    let auth = json!({"kind": "query", "name": "k"});
    let seen = previewed(&[("/auth", auth), ("/headers", json!({"x-shop": "me"}))], json!({}));
    assert_eq!(seen.faults, []);
    let place = &seen.requests["place"];
    assert_eq!((place.method.as_str(), place.url.as_str()), ("POST", "https://supplier.example/orders?k=…"));
    assert_eq!(place.headers["x-shop"], "me");
    assert_eq!(place.body, Some(json!({"ref": "tsk_sample"})));
    assert_eq!(seen.requests.keys().copied().collect::<Vec<_>>(), ["cancel", "find", "place", "statuses"]);
    let oauth = json!({"kind": "oauth", "tokenUrl": "https://supplier.example/token", "clientId": "shop"});
    assert_eq!(previewed(&[("/auth", oauth)], json!({})).requests["place"].headers["authorization"], "…");
}

#[test]
fn sample_answers_are_read() {
    let cost = json!({"amount": "price", "unit": "major", "currency": "GBP"});
    let seen = previewed(
        &[("/place/answer/cost", cost)],
        json!({
            "answerPlace": {"id": 1, "state": "new", "price": "2.50"},
            "answerFind": {"orders": [{"id": 1, "ref": "tsk_sample", "state": "busy"}]},
            "answerStatuses": {"orders": [{"id": 1, "state": "done", "lines": [{"code": "x", "quantity": 2}]}]},
            "answerCancel": {}
        }),
    );
    assert_eq!(seen.faults, []);
    let placed = json!({"id": "1", "state": "accepted", "cost": {"amount": 250, "currency": "GBP"}});
    assert_eq!(seen.readings["place"], placed);
    let found = json!([{"id": "1", "state": "inProgress", "cost": null, "reference": "tsk_sample"}]);
    assert_eq!(seen.readings["find"], found);
    assert_eq!(seen.readings["statuses"][0]["state"], "completed");
    assert_eq!(seen.readings["statuses"][0]["delivered"], json!([{"code": "x", "quantity": 2}]));
    assert_eq!(seen.readings["cancel"], json!({"state": null}));
}

#[test]
fn all_faults_are_shown_at_once() {
    let seen = previewed(
        &[
            ("/baseUrl", json!("http://supplier.example")),
            ("/place/request/body", json!("{ref: refrence}")),
            ("/cancel/request/path", json!("/orders/{ID}")),
        ],
        json!({"answerPlace": {}, "answerStatuses": {"orders": 1}}),
    );
    let paths: Vec<_> = seen.faults.iter().map(|fault| fault.path.as_str()).collect();
    let wanted =
        ["baseUrl", "place.request.body", "cancel.request.path", "place.answer.id", "statuses.orders"];
    assert_eq!(paths, wanted);
    assert!(seen.requests.contains_key("statuses") && !seen.requests.contains_key("cancel"));

    let broken = previewed(&[("/place/answer/id", json!("a..b"))], json!({}));
    assert_eq!(broken.faults.len(), 1);
    assert_eq!(broken.faults[0].path, "place.answer.id");
    assert!(broken.requests.is_empty() && broken.readings.is_empty());
}

#[test]
fn other_adapters_show_their_faults() {
    let seen = preview(AdapterKind::Panel, &json!({}), &Samples::default(), &client(BASE));
    assert!(!seen.faults.is_empty() && seen.requests.is_empty());
}
