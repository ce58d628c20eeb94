//! The key and action protocol.

use serde_json::{Value, json};

use crate::rig::Rig;

async fn act(rig: &Rig, body: &str) -> Value {
    let request = rig.client.post(rig.url("north/panel"));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let response = request.body(body.to_owned()).send().await.unwrap();
    assert_eq!(response.status(), 200);
    response.json().await.unwrap()
}

const ADD: &str = "action=add&service=1&link=https%3A%2F%2Fshop.example%2F1&quantity=3";

#[tokio::test]
async fn an_order_is_added_and_told() {
    let rig = Rig::start().await;
    rig.turn("north", json!({"unitCost": 125, "completeAfterMs": null, "workingAfterMs": null})).await;
    let added = act(&rig, ADD).await;
    let number = added["order"].as_u64().unwrap();
    let told = act(&rig, &format!("action=status&order={number}")).await;
    let wanted = json!({
        "charge": "3.75", "start_count": "0", "status": "Pending", "remains": "3", "currency": "GBP", "tracking": null,
        "carrier": null
    });
    assert_eq!(told, wanted);
    let many = act(&rig, &format!("action=status&orders={number},1")).await;
    assert_eq!(many, json!({number.to_string(): wanted, "1": {"error": "Incorrect order ID"}}));
    rig.turn("north", json!({"completeAfterMs": 0, "deliverAtMost": 2})).await;
    let partial = act(&rig, &format!("action=status&order={number}")).await;
    assert_eq!(
        (&partial["status"], &partial["remains"], &partial["charge"]),
        (&json!("Partial"), &json!("1"), &json!("2.50"))
    );
    let memory = rig.get("north/memory").await;
    assert_eq!(memory["orders"][0]["reference"], "https://shop.example/1");
    assert_eq!(memory["charged"], 250);
}

#[tokio::test]
async fn orders_are_found_by_the_task_of_their_lines() {
    let rig = Rig::start().await;
    for reference in ["tsk_1/1", "tsk_1/2", "tsk_11/1"] {
        act(&rig, &format!("{ADD}&reference={reference}")).await;
    }
    let found = act(&rig, "action=orders&reference=tsk_1").await;
    let references: Vec<&Value> =
        found["orders"].as_array().unwrap().iter().map(|order| &order["reference"]).collect();
    assert_eq!(references, ["tsk_1/1", "tsk_1/2"]);
    assert_eq!((&found["orders"][0]["service"], &found["orders"][0]["quantity"]), (&json!("1"), &json!(3)));
}

#[tokio::test]
async fn orders_are_called_off_until_they_leave() {
    let rig = Rig::start().await;
    let first = act(&rig, ADD).await["order"].as_u64().unwrap();
    let answer = act(&rig, &format!("action=cancel&orders={first},7")).await;
    let unknown = json!({"order": 7, "cancel": {"error": "Incorrect order ID"}});
    assert_eq!(answer, json!([{"order": first, "cancel": 1}, unknown]));
    assert_eq!(act(&rig, &format!("action=status&order={first}")).await["status"], "Canceled");
    rig.turn("north", json!({"completeAfterMs": 0})).await;
    let second = act(&rig, ADD).await["order"].as_u64().unwrap();
    let late = act(&rig, &format!("action=cancel&orders={second}")).await;
    assert_eq!(late, json!([{"order": second, "cancel": {"error": "Order cannot be canceled"}}]));
}

#[tokio::test]
async fn complaints_come_as_words() {
    let rig = Rig::start().await;
    for (body, complaint) in [
        ("action=dance", "Incorrect request"),
        ("action=add&service=1&quantity=3", "link is missing"),
        ("action=add&service=1&link=x&quantity=none", "quantity is no number"),
        ("action=add&service=1&link=x&quantity=0", "quantity is less than 1"),
        ("action=status&orders=a", "orders is no list of numbers"),
    ] {
        assert_eq!(act(&rig, body).await, json!({ "error": complaint }), "{body}");
    }
    rig.turn("north", json!({"refuse": true, "refuseReason": "no more hinges", "credentials": ["s3cret"]}))
        .await;
    assert_eq!(act(&rig, ADD).await, json!({"error": "Invalid API key"}));
    assert_eq!(act(&rig, &format!("key=s3cret&{ADD}")).await, json!({"error": "no more hinges"}));
    let json_body = json!({"key": "s3cret", "action": "balance"});
    let balance = rig.client.post(rig.url("north/panel")).json(&json_body).send().await.unwrap();
    assert_eq!(balance.json::<Value>().await.unwrap()["currency"], "GBP");
}
