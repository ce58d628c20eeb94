//! Remembering across restarts.

use reqwest::Method;
use serde_json::{Value, json};
use supplier_sim::Simulator;

use crate::rig::{Rig, order};

#[tokio::test]
async fn a_state_file_outlives_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("suppliers.jsonl");
    let first = Rig::with(Simulator::with_state(&file).unwrap()).await;
    first.place("tsk_forgotten", None).await;
    first.send(Method::DELETE, "north", None).await.unwrap();
    first.turn("north", json!({"loseResponses": 2, "completeAfterMs": null})).await;
    first.send(Method::POST, "north/orders", Some(order("tsk_1"))).await.unwrap_err();
    let before = first.get("north/memory").await["orders"].clone();
    drop(first);

    // As after a kill in the middle of a write.
    let mut text = std::fs::read_to_string(&file).unwrap();
    text.push_str(r#"{"supplier":"north","change":{"order":{"id":"#);
    std::fs::write(&file, text).unwrap();

    for _ in 0..2 {
        let again = Rig::with(Simulator::with_state(&file).unwrap()).await;
        assert_eq!(again.get("north/memory").await["orders"], before);
        assert_eq!(again.get("north/control").await["loseResponses"], 1);
        assert_eq!(again.get("north/control").await["completeAfterMs"], Value::Null);
    }
}

#[test]
fn a_damaged_state_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("suppliers.jsonl");
    std::fs::write(&file, "{}\n").unwrap();
    let error = Simulator::with_state(&file).unwrap_err().to_string();
    assert!(error.contains("line 1") && error.contains("suppliers.jsonl"), "{error}");
    let error = Simulator::with_state(folder.path()).unwrap_err().to_string();
    assert!(error.contains("cannot be read"), "{error}");
}
