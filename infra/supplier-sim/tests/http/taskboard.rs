//! The folder and task protocol.

use serde_json::{Value, json};
use supplier_sim::Simulator;

use crate::rig::Rig;

async fn act(rig: &Rig, body: Value) -> Value {
    let response = rig.client.post(rig.url("north/taskboard")).json(&body).send().await.unwrap();
    assert_eq!(response.status(), 200);
    response.json().await.unwrap()
}

/// A folder and a draft in it.
async fn draft(rig: &Rig, name: &str) -> (u64, u64) {
    let folder =
        act(rig, json!({"action": "create_folder", "name": "today"})).await["folder_id"].as_u64().unwrap();
    let task = json!({
        "action": "add_task", "name": name, "folder_id": folder, "descr": "d", "need_for_report": "n", "price": "1.25"
    });
    (folder, act(rig, task).await["task_id"].as_u64().unwrap())
}

#[tokio::test]
async fn a_draft_becomes_an_order_with_its_limit() {
    let rig = Rig::start().await;
    let (folder, task) = draft(&rig, "tsk_1/1 H75").await;
    assert_eq!(rig.get("north/memory").await["orders"], json!([]));
    let asked = json!({"action": "get_tasks", "folder_id": folder});
    let wanted = json!({
        "id": task, "name": "tsk_1/1 H75", "folder_id": folder, "status": 1, "limit_total": 0, "price_rub": "1.25"
    });
    assert_eq!(act(&rig, asked.clone()).await, json!({"success": true, "tasks": [wanted]}));
    let limit = json!({"action": "task_limit_add", "task_id": task, "add_to_limit": 3});
    assert_eq!(act(&rig, limit.clone()).await, json!({"success": true}));
    assert_eq!(act(&rig, limit).await["errors"], "the task has a limit");
    let order = rig.get("north/memory").await["orders"][0].clone();
    assert_eq!((&order["reference"], &order["number"]), (&json!("tsk_1/1"), &json!(task)));
    assert_eq!(order["items"], json!([{"code": "H75", "quantity": 3, "delivered": 0}]));
    assert_eq!(act(&rig, asked).await["tasks"][0]["limit_total"], 3);
}

#[tokio::test]
async fn reports_wait_for_approval() {
    let rig = Rig::start().await;
    let (_, task) = draft(&rig, "tsk_1/1 H75").await;
    act(&rig, json!({"action": "task_limit_add", "task_id": task, "add_to_limit": 3})).await;
    let reports = async || {
        let answer = act(&rig, json!({"action": "get_reports", "task_id": task})).await;
        let states =
            answer["reports"].as_array().unwrap().iter().map(|report| report["status"].as_u64().unwrap());
        (states.collect::<Vec<_>>(), answer["reports"][0]["id"].clone())
    };
    assert_eq!(reports().await.0, Vec::<u64>::new());
    rig.turn("north", json!({"workingAfterMs": 0})).await;
    assert_eq!(reports().await.0, [1, 1, 1]);
    rig.turn("north", json!({"completeAfterMs": 0, "deliverAtMost": 2})).await;
    let (states, first) = reports().await;
    assert_eq!(states, [2, 2]);
    for _ in 0..2 {
        assert_eq!(act(&rig, json!({"action": "approve_report", "report_id": first})).await["success"], true);
    }
    assert_eq!(reports().await.0, [6, 2]);
    let unknown = act(&rig, json!({"action": "approve_report", "report_id": 7})).await;
    assert_eq!((&unknown["success"], &unknown["errors"]), (&json!(false), &json!("no such task")));
}

#[tokio::test]
async fn what_is_wrong_is_said() {
    let rig = Rig::start().await;
    let (folder, task) = draft(&rig, "tsk_1/1 H75").await;
    for (body, complaint) in [
        (json!({"action": "dance"}), "unknown action"),
        (json!({"action": "create_folder"}), "name is missing"),
        (json!({"action": "add_task", "name": "x", "folder_id": folder}), "descr is missing"),
        (json!({"action": "task_limit_add", "task_id": 7, "add_to_limit": 1}), "no such task"),
        (
            json!({"action": "task_limit_add", "task_id": task, "add_to_limit": 0}),
            "add_to_limit is less than 1",
        ),
        (
            json!({"action": "task_limit_add", "task_id": task, "add_to_limit": 10_001}),
            "add_to_limit is more than 10000",
        ),
        (json!({"action": "task_pause", "task_id": task}), "no such task"),
    ] {
        assert_eq!(act(&rig, body.clone()).await["errors"], complaint, "{body}");
    }
    rig.turn("north", json!({"credentials": ["s3cret"]})).await;
    assert_eq!(act(&rig, json!({"action": "get_folders"})).await["errors"], "wrong api_key");
    let known = act(&rig, json!({"action": "get_folders", "api_key": "s3cret"})).await;
    assert_eq!(known["folders"], json!([{"id": folder, "name": "today"}]));
}

#[tokio::test]
async fn folders_and_drafts_outlive_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("suppliers.jsonl");
    let first = Rig::with(Simulator::with_state(&file).unwrap()).await;
    let (_, task) = draft(&first, "tsk_1/1 H75").await;
    drop(first);
    let again = Rig::with(Simulator::with_state(&file).unwrap()).await;
    let tasks = act(&again, json!({"action": "get_tasks"})).await;
    assert_eq!(tasks["tasks"].as_array().map(Vec::len), Some(1));
    let (_, other) = draft(&again, "tsk_2/1 H75").await;
    assert!(other > task);
}
