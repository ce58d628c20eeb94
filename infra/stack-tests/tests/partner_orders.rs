//! Orders that partners send: kept at once, placed once, turned away where there is too little, and theirs alone to see.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::collections::BTreeMap;

use domain::{MAX_LINES, OrderId, PartnerRef, PartnerReference, Sku, Stock};
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::partner::{new_key, order, reference};
use stack_tests::{Partner, Shopper, TestSupplier, wait_for};

#[tokio::test]
async fn a_thousand_orders_are_received_at_once_and_each_is_placed_once() {
    let partner = Partner::new().await;
    let product = partner.stack.product(1, 120).await;
    let sku = &product.skus[0];
    let orders: Vec<_> = (0..1_000).map(|n| order(&format!("M-{n:04}"), &[(sku, 1)])).collect();
    assert!(partner.outcomes(&orders).await.iter().all(|outcome| outcome == "received"));
    // The partner did not hear, and sends them again; one of them is not the same.
    let mut again = orders.clone();
    again[7]["lines"][0]["quantity"] = json!(2);
    again.push(order("M-1000", &[(sku, 1)]));
    let outcomes = partner.outcomes(&again[1..]).await;
    let count = |what: &str| outcomes.iter().filter(|outcome| *outcome == what).count();
    assert_eq!((count("known"), count("differs"), count("received")), (998, 1, 1));
    assert_eq!((outcomes[6].as_str(), outcomes[999].as_str()), ("differs", "received"));

    // There is enough for 120 of them.
    let listed = wait_for("all are placed or rejected", 280, async || {
        let listed = partner.listed(100).await;
        let waiting = listed.iter().filter(|order| order["status"] == "received").count();
        (listed.len() == 1_001 && waiting == 0).then_some(listed)
    })
    .await;
    let mut by_reference = BTreeMap::new();
    for listed in &listed {
        let reference = listed["reference"].as_str().unwrap();
        assert!(by_reference.insert(reference, listed["status"] == "rejected").is_none(), "{reference}");
    }
    assert_eq!(by_reference.values().filter(|rejected| !**rejected).count(), 120);
    assert_eq!(partner.stack.stock(&product, sku).await, Stock { available: 0, reserved: 0, sold: 120 });
    let rejected = listed.iter().find(|order| order["status"] == "rejected").unwrap();
    assert_eq!(rejected["reason"], json!(format!("there is too little in stock of {sku}")));
}

#[tokio::test]
async fn a_partner_s_order_goes_its_way_and_both_sides_see_it() {
    let partner = Partner::new().await;
    let product = partner.stack.product(2, 10).await;
    let (hook, nail) = (&product.skus[0], &product.skus[1]);
    let supplier = TestSupplier::new(&partner.stack, 1, &[hook, nail]).await;
    let reference = reference("A");
    let sent = order(&reference, &[(hook, 2), (nail, 1), (hook, 1)]);
    assert_eq!(partner.outcomes(std::slice::from_ref(&sent)).await, ["received"]);

    let done = partner.fulfilled(&reference, &supplier, 90).await;
    let lines: Vec<_> = done["lines"].as_array().unwrap().iter().collect();
    assert_eq!(lines.len(), 3);
    assert_eq!((&lines[0]["sku"], &lines[0]["quantity"]), (&json!(hook), &json!(2)));
    assert_eq!(lines[0]["unitPrice"], json!({ "amount": 250, "currency": "GBP" }));
    assert_eq!(done["totals"]["total"]["amount"], 1_000);
    let sent_pieces: u64 = done["shipments"].as_array().unwrap().iter().map(pieces).sum();
    assert_eq!(sent_pieces, 4, "{}", done["shipments"]);
    let hidden = done.to_string();
    for secret in ["Supplier 1", "ada@example.org", "Ada Lovelace", &supplier.id.to_string()] {
        assert!(!hidden.contains(secret), "{secret}");
    }
    assert_eq!(partner.stack.stock(&product, hook).await, Stock { available: 7, reserved: 0, sold: 3 });

    // The desk knows through whom it came, and how it is paid.
    let id = done["orderId"].as_str().unwrap();
    let seen = partner.admin.get(&format!("/console/fulfilment/orders/{id}")).await.expect(200);
    let known = json!({ "id": partner.id(), "name": "Calder & Sons", "reference": reference });
    assert_eq!((&seen["partner"], &seen["email"]), (&known, &json!("ada@example.org")));
    let stored = partner.stack.database.order(OrderId::parse(id).unwrap()).await.unwrap().unwrap().value;
    assert_eq!(stored.payment_provider(), domain::PaymentProvider::Account);

    // What is left of what was received does not say who it goes to.
    let partner_ref =
        PartnerRef { id: partner.id(), reference: PartnerReference::parse(&reference).unwrap() };
    let kept = partner.stack.database.intake(&partner_ref).await.unwrap().unwrap().value;
    assert!(!serde_json::to_string(&kept).unwrap().contains("Ada"));
    // And still the same order is known, another is not taken for it.
    assert_eq!(partner.outcomes(std::slice::from_ref(&sent)).await, ["known"]);
    let mut other = sent;
    other["shippingAddress"]["city"] = json!("Leeds");
    assert_eq!(partner.outcomes(&[other]).await, ["differs"]);
    assert_eq!(partner.look_at(&reference).await, done);
}

fn pieces(shipment: &Value) -> u64 {
    assert!(shipment.get("supplier").is_none());
    shipment["items"].as_array().unwrap().iter().map(|item| item["quantity"].as_u64().unwrap()).sum()
}

#[tokio::test]
async fn what_cannot_be_placed_is_rejected_with_the_reason_and_takes_nothing() {
    let partner = Partner::new().await;
    let product = partner.stack.product(2, 5).await;
    let (hook, nail) = (&product.skus[0], &product.skus[1]);
    let none_such = Sku::parse("NONE-SUCH-1").unwrap();
    let (short, unknown) = (reference("short"), reference("unknown"));
    let orders = [order(&short, &[(hook, 1), (nail, 6)]), order(&unknown, &[(hook, 1), (&none_such, 1)])];
    assert_eq!(partner.outcomes(&orders).await, ["received", "received"]);

    let rejected = partner.wait_until(&short, "rejected").await;
    assert_eq!(rejected["reason"], json!(format!("there is too little in stock of {nail}")));
    assert_eq!(rejected["shortages"], json!([{ "sku": nail, "requested": 6, "available": 5 }]));
    assert_eq!((&rejected["totals"], &rejected["shipments"]), (&Value::Null, &json!([])));
    assert_eq!(rejected["lines"][1], json!({ "sku": nail, "quantity": 6, "title": null, "unitPrice": null }));
    let rejected = partner.wait_until(&unknown, "rejected").await;
    assert_eq!(rejected["reason"], "the shop does not sell NONE-SUCH-1");
    for sku in [hook, nail] {
        let stock = partner.stack.stock(&product, sku).await;
        assert_eq!(stock, Stock { available: 5, reserved: 0, sold: 0 });
    }
    // It stays rejected: a reference names one order for good.
    assert_eq!(partner.outcomes(&orders).await, ["known", "known"]);
    let listed = partner.listed(1).await;
    assert_eq!(listed.len(), 2);
    assert!(listed.iter().all(|order| order["status"] == "rejected" && order["reason"].is_string()));
}

#[tokio::test]
async fn a_request_with_a_fault_keeps_nothing() {
    let partner = Partner::new().await;
    let product = partner.stack.product(1, 5).await;
    let good = reference("good");
    let mut bad = order(&reference("bad"), &[(&product.skus[0], 1)]);
    bad["lines"][0]["quantity"] = json!(0);
    let answer = partner.send(&[order(&good, &[(&product.skus[0], 1)]), bad.clone()]).await;
    assert_eq!(answer.pointers(), ["/orders/1/lines/0/quantity"]);
    answer.expect(422);
    bad["lines"][0]["quantity"] = json!("one");
    assert_eq!(partner.send(&[bad]).await.pointers(), ["/orders/0/lines/0/quantity"]);
    partner.program.get(&format!("/partner/orders/{good}")).await.expect(404);
    assert!(partner.listed(24).await.is_empty());
    partner.program.get("/partner/orders/not%20one").await.expect(400);
    partner.program.get("/partner/orders?cursor=nonsense").await.expect(400);
}

#[tokio::test]
async fn a_partner_s_orders_are_its_own_whichever_of_its_keys_it_shows() {
    let partner = Partner::new().await;
    let product = partner.stack.product(1, 5).await;
    let reference = reference("A");
    partner.outcomes(&[order(&reference, &[(&product.skus[0], 1)])]).await;
    partner.settled(&reference).await;
    let path = format!("/partner/orders/{reference}");

    // A new key of the same partner, and then the old one goes.
    let (id, scopes) = (&partner.key["id"], json!(["orders:write"]));
    let next = json!({ "name": "Calder, second key", "scopes": scopes, "replaces": id });
    let next = new_key(&partner.admin, next).await;
    assert_eq!(next["partnerId"], partner.key["partnerId"]);
    let revoke = format!("/console/partner-keys/{}", id.as_str().unwrap());
    assert_eq!(partner.admin.send(partner.admin.request(Method::DELETE, &revoke)).await.status, 204);
    partner.program.get(&path).await.expect(401);
    let program = Shopper::new(&partner.stack).with_token(next["key"].as_str().unwrap());
    assert_eq!(program.get(&path).await.expect(200)["reference"], json!(reference));
    let keys = partner.admin.get("/console/partner-keys").await.expect(200);
    let keys = keys["items"].as_array().unwrap().iter();
    assert_eq!(keys.filter(|key| key["partnerId"] == partner.key["partnerId"]).count(), 2);

    // Another partner has orders of the same names, and none of these; a key may lack the scope.
    let other = new_key(&partner.admin, json!({ "name": "Other", "scopes": scopes })).await;
    let other = Shopper::new(&partner.stack).with_token(other["key"].as_str().unwrap());
    other.get(&path).await.expect(404);
    assert_eq!(other.get("/partner/orders").await.expect(200)["items"], json!([]));
    let reads = new_key(&partner.admin, json!({ "name": "Reads", "scopes": ["catalog:read"] })).await;
    let reads = Shopper::new(&partner.stack).with_token(reads["key"].as_str().unwrap());
    for path in ["/partner/orders", &path] {
        reads.get(path).await.expect(403);
    }

    let unknown = json!({ "name": "X", "scopes": scopes, "replaces": "key_01JD0000000000000000000000" });
    let request = partner.admin.request(Method::POST, "/console/partner-keys").json(&unknown);
    let answer = partner.admin.send(request).await;
    assert_eq!(answer.pointers(), ["/replaces"]);
    answer.expect(422);
}

#[tokio::test]
async fn the_same_request_many_times_at_once_is_received_once() {
    let partner = Partner::new().await;
    let product = partner.stack.product(1, 200).await;
    let orders: Vec<_> = (0..150).map(|n| order(&format!("S-{n:03}"), &[(&product.skus[0], 1)])).collect();
    let told = join_all((0..5).map(|_| partner.outcomes(&orders))).await;
    for n in 0..orders.len() {
        let received = told.iter().filter(|outcomes| outcomes[n] == "received").count();
        assert_eq!(received, 1, "S-{n:03}");
        assert!(told.iter().all(|outcomes| outcomes[n] != "differs"));
    }
    wait_for("all are placed", 120, async || {
        let stock = partner.stack.stock(&product, &product.skus[0]).await;
        assert!(stock.sold <= 150, "some are placed twice");
        (stock == Stock { available: 50, reserved: 0, sold: 150 }).then_some(())
    })
    .await;
}

#[tokio::test]
async fn the_longest_order_is_placed_in_one_transaction() {
    let partner = Partner::new().await;
    let products = join_all((0..4).map(|_| partner.stack.product(MAX_LINES / 4, 2))).await;
    let lines: Vec<_> = products.iter().flat_map(|product| &product.skus).map(|sku| (sku, 1)).collect();
    assert_eq!(lines.len(), MAX_LINES);
    let reference = reference("long");
    assert_eq!(partner.outcomes(&[order(&reference, &lines)]).await, ["received"]);
    let placed = partner.settled(&reference).await;
    assert_eq!(placed["totals"]["total"]["amount"], 250 * 96, "{placed}");
    for product in &products {
        let stock = partner.stack.stock(product, &product.skus[0]).await;
        assert_eq!(stock, Stock { available: 1, reserved: 0, sold: 1 });
    }
}
