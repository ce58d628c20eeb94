//! Paced orders as operators steer them: what cannot be released waits and says why, what was missed is not caught up at once.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use domain::{PacedOrderId, PacedStatus, Stock};
use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::paced::{HOUR, PACED, PacedDesk, done};
use stack_tests::shopper::new_key;

#[tokio::test]
async fn what_waits_for_stock_says_so_and_goes_on_when_there_is_some() {
    let desk = PacedDesk::open(1).await;
    let id = desk.create(&desk.body(4, 2, None)).await;
    let seen = desk.released_until(id, "the wait", |seen| seen["waiting"].is_string()).await;
    assert_eq!(seen["waiting"], "Only 1 of 2 pieces are in stock.");
    assert_eq!((done(&seen), &seen["status"]), (0, &json!("running")));
    assert_eq!(desk.stock().await, Stock { available: 1, reserved: 0, sold: 0 });
    let path = format!("/console/stock/{}/adjustments", desk.sku());
    let more = desk.operator.request(Method::POST, &path).header("Idempotency-Key", new_key());
    desk.operator.send(more.json(&json!({ "delta": 5, "reason": "received" }))).await.expect(201);
    let seen = desk.released_until(id, "the instalment", |seen| done(seen) == 1).await;
    assert_eq!((&seen["waiting"], desk.stock().await.available), (&Value::Null, 4));
}

#[tokio::test]
async fn no_instalment_costs_more_than_is_left_of_the_budget() {
    let desk = PacedDesk::open(20).await;
    let id = desk.create(&desk.body(4, 2, Some(499))).await;
    let seen = desk.released_until(id, "the wait", |seen| seen["waiting"].is_string()).await;
    assert_eq!(seen["waiting"], "The instalment costs 5.00 GBP, and only 4.99 GBP of the budget is left.");
    assert_eq!(desk.stock().await.sold, 0);
    let preview = json!({ "sku": desk.sku(), "plan": desk.body(6, 3, Some(1_000))["plan"] });
    let request = desk.operator.request(Method::POST, &format!("{PACED}/preview"));
    let preview = desk.operator.send(request.json(&preview)).await.expect(200);
    let affordable: Vec<_> =
        preview["items"].as_array().unwrap().iter().map(|part| &part["affordable"]).collect();
    assert_eq!(affordable, [true, true, false]);
    assert_eq!((&preview["total"]["amount"], &preview["available"]), (&json!(1_500), &json!(20)));
}

#[tokio::test]
async fn what_was_missed_is_not_released_at_once() {
    let desk = PacedDesk::open(20).await;
    // Three of four were due: one while the schedule stood still, one during a pause.
    let missed = desk.old(HOUR * 3 - HOUR / 2, PacedStatus::Running).await;
    let paused = desk.old(HOUR * 3 - HOUR / 2, PacedStatus::Paused).await;
    let seen = desk.released_until(missed, "an instalment", |seen| done(seen) == 1).await;
    assert_eq!(done(&desk.look(paused).await), 0, "a paused one releases nothing");
    let version = &desk.look(paused).await["version"];
    let running = desk.set(paused, version, &json!({ "status": "running", "note": "open again" })).await;
    let running = running.expect(200);
    assert_eq!(running["changedBy"], json!(desk.operator.email));
    assert_eq!(running["statusNote"], "open again");
    let resumed = desk.released_until(paused, "an instalment", |seen| done(seen) == 1).await;
    for seen in [seen, resumed] {
        let postponed = seen["postponedSeconds"].as_i64().unwrap();
        assert!((9_000..9_200).contains(&postponed), "moved by what was missed: {postponed}");
        let id = PacedOrderId::parse(seen["id"].as_str().unwrap()).unwrap();
        let _ = desk.stack.tick("ReleaseInstalments").await;
        let again = desk.look(id).await;
        assert_eq!((done(&again), again["toCome"].as_array().unwrap().len()), (1, 3));
        let next: Timestamp = again["nextAt"].as_str().unwrap().parse().unwrap();
        assert!(next > Timestamp::now() + HOUR - HOUR / 30, "an hour after the first: {next}");
    }
}

#[tokio::test]
async fn a_paced_order_is_paused_and_stopped_by_whoever_has_seen_it_as_it_is() {
    let desk = PacedDesk::open(20).await;
    let mut body = desk.body(4, 2, None);
    body["plan"]["start"] = json!(Timestamp::now() + HOUR / 2);
    let id = desk.create(&body).await;
    let path = format!("{PACED}/{id}/status");
    let unseen = desk.operator.request(Method::PUT, &path).json(&json!({ "status": "paused" }));
    desk.operator.send(unseen).await.expect(428);
    let paused = desk.set(id, &json!(1), &json!({ "status": "paused" })).await.expect(200);
    assert_eq!((&paused["status"], &paused["nextAt"]), (&json!("paused"), &Value::Null));
    let outdated = desk.set(id, &json!(1), &json!({ "status": "running" })).await.expect(412);
    assert_eq!(outdated["current"]["status"], "paused");
    let stopped =
        desk.set(id, &json!(2), &json!({ "status": "stopped", "note": "enough" })).await.expect(200);
    assert_eq!((&stopped["status"], &stopped["toCome"]), (&json!("stopped"), &json!([])));
    let over = desk.set(id, &json!(3), &json!({ "status": "running" })).await.expect(409);
    assert_eq!(over["type"], "/problems/illegal-transition");
    desk.set(id, &json!(3), &json!({ "status": "finished" })).await.expect(422);
    let admin = desk.stack.admin().await;
    let told = admin.get(&format!("/console/audit?subject=pacedOrder:{id}")).await.expect(200);
    let deeds: Vec<_> = told["items"].as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert_eq!(deeds, ["pacedOrder.stopped", "pacedOrder.paused", "pacedOrder.created"]);
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once() {
    let desk = PacedDesk::open(1).await;
    let mut bad = desk.body(4, 2, None);
    bad["name"] = json!(" ");
    bad["email"] = json!("nobody");
    bad["customerId"] = json!("c6b4f2d0-0a1b-4c3d-8e9f-0123456789ab");
    bad["shippingAddress"]["city"] = json!("");
    bad["sku"] = json!("NONE-OF-OURS");
    bad["plan"]["end"] = bad["plan"]["start"].clone();
    let refused = desk.post(&bad, &new_key()).await;
    assert_eq!(refused.status, 422);
    let mut pointers = refused.pointers();
    pointers.sort_unstable();
    assert_eq!(pointers, ["/customerId", "/email", "/name", "/plan/end", "/shippingAddress/city", "/sku"]);
    desk.operator.get(&format!("{PACED}/{}", PacedOrderId::generate())).await.expect(404);
    desk.operator.get(&format!("{PACED}?status=over")).await.expect(400);
}
