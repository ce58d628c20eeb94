//! Printful: <https://developers.printful.com/docs/#tag/Orders-API>.

use domain::{
    ids::TaskId,
    money::{Currency, Money},
};
use serde_json::{Value, json};
use suppliers::{CancelOutcome, PlaceError, SupplierReference, TaskProgress};

use crate::{Service, changed, conformance::request};

const ORDER: &str = include_str!("answers/printful-order.json");
const ERROR: &str = include_str!("answers/printful-error.json");

fn thirteen() -> SupplierReference {
    SupplierReference::parse("13").unwrap()
}

#[tokio::test]
async fn an_order_is_placed_and_confirmed() {
    let service = Service::answering("printful", 200, &changed(ORDER, &[])).await;
    let request = request();
    let placed = service.supplier.place(&request).await.unwrap();
    assert_eq!(placed.reference, thirteen());
    assert_eq!(placed.cost, Some(Money::new(1_500, Currency::Usd)));
    assert_eq!(placed.progress, Some(TaskProgress::Accepted));
    let sent = service.request().await;
    assert_eq!(
        (sent.method.as_str(), sent.url.path(), sent.url.query()),
        ("POST", "/orders", Some("confirm=1"))
    );
    assert_eq!(sent.headers["authorization"], "Bearer s3cret");
    let wanted = json!({
        "external_id": request.reference,
        "shipping": "STANDARD",
        "recipient": {
            "name": "Ada Smith", "address1": "1 Forge Lane", "address2": null, "city": "Sheffield", "state_code": null,
            "country_code": "GB", "zip": "S1 1AA"
        },
        "items": [
            {"external_variant_id": "H75", "quantity": 3}, {"external_variant_id": "L1", "quantity": 1}
        ]
    });
    assert_eq!(sent.body_json::<Value>().unwrap(), wanted);
}

#[tokio::test]
async fn an_order_is_found_by_our_reference() {
    let task = TaskId::generate();
    let service =
        Service::answering("printful", 200, &changed(ORDER, &[("/result/external_id", json!(task))])).await;
    let found = service.supplier.find_by_reference(&task).await.unwrap().unwrap();
    assert_eq!(found.reference, thirteen());
    assert_eq!(service.request().await.url.path(), format!("/orders/@{task}"));
    let empty = Service::answering("printful", 404, &changed(ERROR, &[])).await;
    assert_eq!(empty.supplier.find_by_reference(&task).await, Ok(None));
}

#[tokio::test]
async fn states_are_those_of_the_documentation() {
    for (status, progress) in [
        ("draft", TaskProgress::Accepted),
        ("pending", TaskProgress::Accepted),
        ("inprocess", TaskProgress::InProgress),
        ("onhold", TaskProgress::InProgress),
        ("partial", TaskProgress::InProgress),
        ("fulfilled", TaskProgress::Completed),
        ("failed", TaskProgress::Rejected),
        ("canceled", TaskProgress::Cancelled),
        ("archived", TaskProgress::Unknown("archived".into())),
    ] {
        let service =
            Service::answering("printful", 200, &changed(ORDER, &[("/result/status", json!(status))])).await;
        let reports = service.supplier.statuses(&[thirteen()]).await.unwrap();
        assert_eq!(reports[0].progress, progress);
        assert_eq!(reports[0].carrier.as_deref(), Some("FEDEX"));
        assert_eq!(reports[0].tracking_number.as_deref(), Some("0"));
        assert_eq!(service.request().await.url.path(), "/orders/13");
    }
}

#[tokio::test]
async fn an_order_without_shipments_has_no_number() {
    let waiting = changed(ORDER, &[("/result/shipments", json!([]))]);
    let service = Service::answering("printful", 200, &waiting).await;
    let reports = service.supplier.statuses(&[thirteen()]).await.unwrap();
    assert_eq!((&reports[0].carrier, &reports[0].tracking_number), (&None, &None));
}

#[tokio::test]
async fn a_complaint_may_be_about_a_repeated_reference() {
    let service = Service::answering("printful", 400, &changed(ERROR, &[])).await;
    let error = service.supplier.place(&request()).await.unwrap_err();
    let said = matches!(&error, PlaceError::Uncertain { reason } if reason.contains("State code is missing"));
    assert!(said, "{error:?}");
}

#[tokio::test]
async fn an_order_is_called_off() {
    let cancelled = changed(ORDER, &[("/result/status", json!("canceled"))]);
    let service = Service::answering("printful", 200, &cancelled).await;
    assert_eq!(service.supplier.cancel(&thirteen()).await, Ok(CancelOutcome::Cancelled));
    let sent = service.request().await;
    assert_eq!((sent.method.as_str(), sent.url.path()), ("DELETE", "/orders/13"));
    let late = Service::answering("printful", 400, &changed(ERROR, &[])).await;
    assert_eq!(late.supplier.cancel(&thirteen()).await, Ok(CancelOutcome::TooLate));
}

#[tokio::test]
async fn the_connection_test_lists_orders() {
    let service = Service::answering("printful", 200, &json!({"code": 200, "result": []})).await;
    service.supplier.check().await.unwrap();
    assert_eq!(service.request().await.url.query(), Some("limit=1"));
}
