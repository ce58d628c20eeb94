//! ``ShipBob``: <https://developer.shipbob.com/api/orders/create-order>.

use domain::{
    ids::TaskId,
    money::{Currency, Money},
};
use serde_json::{Value, json};
use suppliers::{CancelOutcome, DeliveredItem, PlaceError, SupplierReference, TaskProgress};

use crate::{Service, changed, conformance::request};

const ORDER: &str = include_str!("answers/shipbob-order.json");

fn reference(id: &str) -> SupplierReference {
    SupplierReference::parse(id).unwrap()
}

#[tokio::test]
async fn an_order_is_placed() {
    let service = Service::answering("shipbob", 201, &changed(ORDER, &[("/id", json!(98_765))])).await;
    let request = request();
    let placed = service.supplier.place(&request).await.unwrap();
    assert_eq!(placed.reference, reference("98765"));
    assert_eq!(placed.progress, Some(TaskProgress::InProgress));
    let sent = service.request().await;
    assert_eq!((sent.method.as_str(), sent.url.path()), ("POST", "/2026-01/order"));
    assert_eq!(sent.headers["authorization"], "Bearer s3cret");
    assert_eq!(sent.headers["shipbob_channel_id"], "0");
    let wanted = json!({
        "reference_id": request.reference,
        "shipping_method": "Standard",
        "type": "DTC",
        "recipient": {
            "name": "Ada Smith",
            "address": {
                "address1": "1 Forge Lane", "address2": null, "city": "Sheffield", "state": null, "country": "GB",
                "zip_code": "S1 1AA"
            }
        },
        "products": [
            {"reference_id": "H75", "name": "HINGE-75", "quantity": 3},
            {"reference_id": "L1", "name": "LATCH", "quantity": 1}
        ]
    });
    assert_eq!(sent.body_json::<Value>().unwrap(), wanted);
}

#[tokio::test]
async fn a_repeated_reference_is_looked_up_and_a_bad_order_refused() {
    let complaint = json!({"ReferenceId": ["Cannot insert order with existing ReferenceId"]});
    let repeated = Service::answering("shipbob", 422, &complaint).await;
    let error = repeated.supplier.place(&request()).await.unwrap_err();
    assert!(
        matches!(&error, PlaceError::Uncertain { reason } if reason.contains("existing ReferenceId")),
        "{error:?}"
    );
    let bad = Service::answering("shipbob", 400, &json!({"": ["City is required"]})).await;
    let error = bad.supplier.place(&request()).await.unwrap_err();
    assert!(matches!(&error, PlaceError::Rejected { reason } if reason.contains("City")), "{error:?}");
}

#[tokio::test]
async fn an_order_is_found_by_our_reference() {
    let task = TaskId::generate();
    let order = changed(ORDER, &[("/reference_id", json!(task))]);
    let service = Service::answering("shipbob", 200, &json!([order])).await;
    let found = service.supplier.find_by_reference(&task).await.unwrap().unwrap();
    assert_eq!(found.reference, reference("0"));
    assert_eq!(service.request().await.url.query(), Some(format!("ReferenceIds={task}").as_str()));
    let empty = Service::answering("shipbob", 200, &json!([])).await;
    assert_eq!(empty.supplier.find_by_reference(&task).await, Ok(None));
}

#[tokio::test]
async fn many_orders_are_asked_for_at_once() {
    let pieces = "/shipments/0/products/0/inventory_items";
    let lots = json!([{"quantity": 2}, {"quantity": 1}]);
    let done = changed(
        ORDER,
        &[
            ("/id", json!(1)),
            ("/status", json!("Fulfilled")),
            (pieces, lots),
            ("/shipments/0/invoice_amount", json!(12.3)),
        ],
    );
    let waiting =
        changed(ORDER, &[("/id", json!(2)), ("/status", json!("Exception")), ("/shipments", json!([]))]);
    let service = Service::answering("shipbob", 200, &json!([done, waiting])).await;
    let reports = service.supplier.statuses(&[reference("1"), reference("2")]).await.unwrap();
    assert_eq!(service.request().await.url.query(), Some("IDs=1%2C2&Limit=50"));
    assert_eq!(reports[0].progress, TaskProgress::Completed);
    assert_eq!(reports[0].delivered, Some(vec![DeliveredItem { code: "TShirtBlueM".into(), quantity: 3 }]));
    assert_eq!(reports[0].carrier.as_deref(), Some("USPS"));
    assert_eq!(reports[0].tracking_number.as_deref(), Some("860C8CDC8F0B4FC7AB69AC86C20539EC"));
    assert_eq!(reports[0].cost, Some(Money::new(1_230, Currency::Usd)));
    assert_eq!(reports[1].progress, TaskProgress::InProgress);
    assert_eq!((&reports[1].tracking_number, &reports[1].cost), (&None, &None));
}

#[tokio::test]
async fn a_split_order_has_no_single_price_and_sends_what_has_left() {
    let shipment = changed(ORDER, &[]).pointer("/shipments/0").unwrap().clone();
    let mut second = shipment.clone();
    second["status"] = json!("Processing");
    let split = changed(ORDER, &[("/shipments", json!([shipment, second]))]);
    let service = Service::answering("shipbob", 200, &json!([split])).await;
    let reports = service.supplier.statuses(&[reference("0")]).await.unwrap();
    assert_eq!(reports[0].cost, None);
    assert_eq!(reports[0].delivered.as_ref().map(Vec::len), Some(1));
}

#[tokio::test]
async fn an_order_is_called_off() {
    let order = changed(ORDER, &[("/status", json!("Cancelled"))]);
    let answer = json!({
        "canceled_shipment_results": [{"action": "Cancel", "is_success": true, "reason": "string", "shipment_id": 0}],
        "order": order
    });
    let service = Service::answering("shipbob", 200, &answer).await;
    assert_eq!(service.supplier.cancel(&reference("7")).await, Ok(CancelOutcome::Cancelled));
    let sent = service.request().await;
    assert_eq!((sent.method.as_str(), sent.url.path()), ("POST", "/2026-01/order/7:cancel"));
    let late = Service::answering("shipbob", 422, &json!({})).await;
    assert_eq!(late.supplier.cancel(&reference("7")).await, Ok(CancelOutcome::TooLate));
}
