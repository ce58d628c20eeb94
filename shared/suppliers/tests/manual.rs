//! The `manual` adapter: nothing is called, and the task's id is the reference.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "conformance/mod.rs"]
#[allow(dead_code, unused_imports, unused_macros)]
mod conformance;

use serde_json::json;
use suppliers::{AdapterKind, CancelOutcome, Egress, HttpClient, TaskProgress, connect};

use conformance::request;

#[tokio::test]
async fn a_task_waits_under_its_own_id_until_people_say_so() {
    // A client that may call nobody but a host that is not there: nothing is called.
    let http = HttpClient::new(Egress::parse("http://127.0.0.1:1").unwrap()).unwrap();
    let supplier = connect(AdapterKind::Manual, &json!({"instructions": "Shelf 4."}), None, &http).unwrap();
    assert!(!supplier.is_polled());
    supplier.check().await.unwrap();

    let request = request();
    assert!(supplier.places_idempotently());
    for _ in 0..2 {
        let placed = supplier.place(&request).await.unwrap();
        assert_eq!(placed.reference.as_str(), request.reference.to_string());
        assert_eq!((placed.cost, placed.progress), (None, Some(TaskProgress::Accepted)));
        let found = supplier.find_by_reference(&request.reference).await.unwrap().unwrap();
        assert_eq!(found.reference, placed.reference);
        assert_eq!(supplier.statuses(std::slice::from_ref(&placed.reference)).await, Ok(Vec::new()));
        assert_eq!(supplier.cancel(&placed.reference).await, Ok(CancelOutcome::Cancelled));
    }
    assert!(supplier.read_webhook(b"{}").is_err());
}
