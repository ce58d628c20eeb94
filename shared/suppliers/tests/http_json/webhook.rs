//! What a supplier's calls to us say.

use domain::Money;
use serde_json::{Value, json};
use suppliers::{StatusReport, SupplierError, TaskProgress};

use crate::connected;

const BASE: &str = "https://supplier.example";

fn read(body: &str) -> Result<Vec<StatusReport>, SupplierError> {
    let webhook = json!({
        "orders": "[data.order]",
        "order": {
            "id": "id", "state": "status", "trackingNumber": "parcel.number", "carrier": "parcel.by",
            "cost": {"amount": "charged", "unit": "major", "currency": "GBP"}
        }
    });
    connected(BASE, &[("/webhook", webhook)]).unwrap().read_webhook(body.as_bytes())
}

#[test]
fn a_message_is_read_as_the_configuration_says() {
    let order =
        json!({"id": 7, "status": "done", "charged": "4.20", "parcel": {"number": "T1", "by": "Post"}});
    let [report] = read(&json!({"data": {"order": order}}).to_string()).unwrap().try_into().unwrap();
    assert_eq!((report.reference.as_str(), report.progress), ("7", TaskProgress::Completed));
    assert_eq!(report.cost.map(Money::amount), Some(420));
    assert_eq!((report.tracking_number.as_deref(), report.carrier.as_deref()), (Some("T1"), Some("Post")));
    let unknown = read(r#"{"data": {"order": {"id": 7, "status": "lost at sea"}}}"#).unwrap();
    assert_eq!(unknown[0].progress, TaskProgress::Unknown("lost at sea".into()));
}

#[test]
fn a_message_about_something_else_says_nothing() {
    assert_eq!(read(r#"{"data": {"invoice": 1}}"#), Ok(vec![]));
}

#[test]
fn a_message_that_cannot_be_read_is_not_guessed() {
    for (body, field) in [
        ("", "webhook.body"),
        ("<html>", "webhook.body"),
        (r#"{"data": {"order": {"status": "done"}}}"#, "webhook.order.id"),
        (
            r#"{"data": {"order": {"id": 7, "status": "done", "parcel": {"by": []}}}}"#,
            "webhook.order.carrier",
        ),
    ] {
        let error = read(body).unwrap_err();
        assert!(matches!(&error, SupplierError::Protocol { path, .. } if path == field), "{body}: {error:?}");
    }
    let silent = connected(BASE, &[("/webhook", Value::Null)]).unwrap().read_webhook(b"{}").unwrap_err();
    assert!(matches!(silent, SupplierError::Unsupported { .. }), "{silent:?}");
}
