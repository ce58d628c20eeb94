//! ``EasyPost``: <https://docs.easypost.com/docs/shipments>.

use domain::{
    ids::TaskId,
    money::{Currency, Money},
};
use serde_json::{Value, json};
use suppliers::{CancelOutcome, PlaceError, SupplierReference, TaskProgress};

use crate::{Service, changed, conformance::request};

const SHIPMENT: &str = include_str!("answers/easypost-shipment.json");
const REFUND: &str = include_str!("answers/easypost-refund.json");

fn bought() -> SupplierReference {
    SupplierReference::parse("shp_c2aab812a68549cc99a710053da0b063").unwrap()
}

#[tokio::test]
async fn a_label_is_bought_with_the_order() {
    let service = Service::answering("easypost", 201, &changed(SHIPMENT, &[])).await;
    let request = request();
    let placed = service.supplier.place(&request).await.unwrap();
    assert_eq!(placed.reference, bought());
    assert_eq!(placed.cost, Some(Money::new(1_007, Currency::Usd)));
    assert_eq!(placed.progress, Some(TaskProgress::Accepted));
    let sent = service.request().await;
    assert_eq!((sent.method.as_str(), sent.url.path()), ("POST", "/v2/shipments"));
    // The key is the user's name, and there is no password: base64 of `s3cret:`.
    assert_eq!(sent.headers["authorization"], "Basic czNjcmV0Og==");
    let shipment = sent.body_json::<Value>().unwrap()["shipment"].clone();
    assert_eq!(shipment["reference"], json!(request.reference));
    let to = json!({
        "name": "Ada Smith", "street1": "1 Forge Lane", "street2": null, "city": "Sheffield", "state": null,
        "zip": "S1 1AA", "country": "GB"
    });
    assert_eq!(shipment["to_address"], to);
    assert_eq!(shipment["parcel"]["weight"], json!(65.9));
    assert_eq!(shipment["service"], "Priority");
}

#[tokio::test]
async fn a_label_is_found_by_our_reference() {
    let task = TaskId::generate();
    let service =
        Service::answering("easypost", 200, &changed(SHIPMENT, &[("/reference", json!(task))])).await;
    let found = service.supplier.find_by_reference(&task).await.unwrap().unwrap();
    assert_eq!(found.reference, bought());
    assert_eq!(service.request().await.url.path(), format!("/v2/shipments/{task}"));
    let error =
        json!({"error": {"code": "NOT_FOUND", "message": "The requested resource could not be found."}});
    let empty = Service::answering("easypost", 404, &error).await;
    assert_eq!(empty.supplier.find_by_reference(&task).await, Ok(None));
}

#[tokio::test]
async fn a_parcel_counts_when_the_carrier_has_it() {
    for (status, refund, progress) in [
        ("unknown", Value::Null, TaskProgress::Accepted),
        ("pre_transit", Value::Null, TaskProgress::InProgress),
        ("in_transit", Value::Null, TaskProgress::Completed),
        ("out_for_delivery", Value::Null, TaskProgress::Completed),
        ("delivered", Value::Null, TaskProgress::Completed),
        ("return_to_sender", Value::Null, TaskProgress::Rejected),
        ("failure", Value::Null, TaskProgress::Rejected),
        ("pre_transit", json!("submitted"), TaskProgress::InProgress),
        ("pre_transit", json!("refunded"), TaskProgress::Cancelled),
    ] {
        let shipment = changed(SHIPMENT, &[("/status", json!(status)), ("/refund_status", refund)]);
        let service = Service::answering("easypost", 200, &shipment).await;
        let reports = service.supplier.statuses(&[bought()]).await.unwrap();
        assert_eq!(reports[0].progress, progress, "{status}");
        assert_eq!(reports[0].tracking_number.as_deref(), Some("9405500106068145794057"));
        assert_eq!(reports[0].carrier.as_deref(), Some("USPS"));
    }
}

#[tokio::test]
async fn a_label_is_given_back() {
    let label = SupplierReference::parse("shp_9bdbc6ac0f3e4d9f87443f249d3c187b").unwrap();
    for (status, outcome) in [
        ("submitted", CancelOutcome::Requested),
        ("refunded", CancelOutcome::Cancelled),
        ("rejected", CancelOutcome::TooLate),
    ] {
        let refund = changed(REFUND, &[("/refund_status", json!(status))]);
        let service = Service::answering("easypost", 200, &refund).await;
        assert_eq!(service.supplier.cancel(&label).await, Ok(outcome), "{status}");
        let sent = service.request().await;
        assert_eq!(sent.url.path(), format!("/v2/shipments/{label}/refund"));
    }
}

#[tokio::test]
async fn an_empty_wallet_is_no_refusal() {
    let error =
        json!({"error": {"code": "PAYMENT_REQUIRED", "message": "Insufficient funds.", "errors": []}});
    let service = Service::answering("easypost", 402, &error).await;
    let unpaid = service.supplier.place(&request()).await.unwrap_err();
    assert!(
        matches!(&unpaid, PlaceError::Unavailable { reason, .. } if reason.contains("Insufficient funds")),
        "{unpaid:?}"
    );
}

#[tokio::test]
async fn a_trackers_event_is_a_report() {
    let service = Service::answering("easypost", 200, &json!({})).await;
    let tracker = changed(SHIPMENT, &[("/tracker/status", json!("in_transit"))])["tracker"].clone();
    let event = json!({"object": "Event", "description": "tracker.updated", "result": tracker});
    let reports = service.supplier.read_webhook(&serde_json::to_vec(&event).unwrap()).unwrap();
    assert_eq!(reports[0].reference, bought());
    assert_eq!(reports[0].progress, TaskProgress::Completed);
    let other = json!({"object": "Event", "description": "batch.created", "result": {"object": "Batch"}});
    assert_eq!(service.supplier.read_webhook(&serde_json::to_vec(&other).unwrap()), Ok(Vec::new()));
}
