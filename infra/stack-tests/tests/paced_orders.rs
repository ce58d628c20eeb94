//! Paced orders: each instalment is an order, once, whatever dies, and who has left gets no more.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use domain::{Buyer, OrderId, OrderStatus, PacedOrderId, Stock};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::paced::{HOUR, PACED, PacedDesk, done};
use stack_tests::shopper::new_key;
use stack_tests::wait_for;

#[tokio::test]
async fn an_instalment_is_an_order_that_is_paid_and_goes_its_way() {
    let desk = PacedDesk::open(20).await;
    let (body, key) = (desk.body(7, 3, None), new_key());
    let created = desk.post(&body, &key).await.expect(201);
    let id = PacedOrderId::parse(created["id"].as_str().unwrap()).unwrap();
    assert_eq!((&created["status"], &created["quantity"]), (&json!("running"), &json!(7)));
    assert_eq!(created["createdBy"], json!(desk.operator.email));
    assert_eq!(created["shippingAddress"]["city"], "London");

    let seen = desk.released_until(id, "an instalment", |seen| done(seen) == 1).await;
    assert_eq!((&seen["released"], &seen["spent"]["amount"]), (&json!(3), &json!(750)));
    let coming: Vec<_> = seen["toCome"].as_array().unwrap().iter().map(|part| &part["quantity"]).collect();
    assert_eq!(coming, [2, 2]);
    assert_eq!(seen["toCome"][0]["number"], 2);
    let order = OrderId::parse(seen["done"][0]["orderId"].as_str().unwrap()).unwrap();
    let stored = desk.stack.database.order_page(order).await.unwrap().unwrap();
    assert_eq!((stored.order.value.buyer(), stored.order.value.email()), (&Buyer::Guest, &desk.email));
    assert_eq!(stored.access, None);
    assert_eq!(desk.stock().await, Stock { available: 17, reserved: 0, sold: 3 });
    let desk_order = wait_for("the order goes its way", 60, async || {
        let seen = desk.operator.get(&format!("/console/fulfilment/orders/{order}")).await.expect(200);
        // Nobody offers the article: that the order is planned shows that the event of its payment was told.
        (seen["status"] == "needsAttention").then_some(seen)
    });
    assert_eq!(desk_order.await["number"], seen["done"][0]["orderNumber"]);
    let _ = desk.stack.tick("ReleaseInstalments").await;
    assert_eq!(done(&desk.look(id).await), 1, "the next is not due");

    // The same request again makes no other; another with its key is refused.
    assert_eq!(desk.post(&body, &key).await.expect(201)["id"], created["id"]);
    let mut other = body.clone();
    other["name"] = json!("Screws");
    assert_eq!(desk.post(&other, &key).await.expect(422)["errors"][0]["pointer"], "/header/Idempotency-Key");
    let listed = wait_for("it is in the list", 20, async || {
        let page = desk.operator.get(&format!("{PACED}?status=running&limit=100")).await.expect(200);
        page["items"].as_array().unwrap().iter().find(|row| row["id"] == created["id"]).cloned()
    });
    assert_eq!(listed.await["released"], 3);
    let admin = desk.stack.admin().await;
    let told = admin.get(&format!("/console/audit?subject=pacedOrder:{id}")).await.expect(200);
    assert_eq!(told["items"][0]["action"], "pacedOrder.created");
    assert!(!told.to_string().contains(desk.email.as_str()), "the trail tells nothing of the buyer: {told}");
}

#[tokio::test]
async fn an_instalment_is_released_once_wherever_the_function_dies() {
    for point in ["release-instalments.before-write", "release-instalments.after-write"] {
        let desk = PacedDesk::open(10).await;
        let start = Timestamp::now() + SignedDuration::from_secs(2);
        let mut body = desk.body(4, 2, None);
        body["plan"]["start"] = json!(start);
        let id = desk.create(&body).await;
        desk.stack.kill_at(point, id);
        wait_for(&format!("death at {point}"), 60, async || {
            let _ = desk.stack.tick("ReleaseInstalments").await;
            desk.stack.was_killed_at(point, id).then_some(())
        })
        .await;
        let seen = desk.released_until(id, "an instalment", |seen| done(seen) == 1).await;
        join_all((0..4).map(|_| desk.stack.tick("ReleaseInstalments"))).await;
        assert_eq!(desk.look(id).await["done"], seen["done"], "{point}");
        assert_eq!(desk.stock().await, Stock { available: 8, reserved: 0, sold: 2 }, "{point}");
        let orders =
            wait_for("the order is listed", 20, async || Some(desk.orders().await).filter(|o| !o.is_empty()));
        assert_eq!(orders.await.len(), 1, "{point}");
    }
}

#[tokio::test]
async fn many_that_want_the_same_pieces_get_no_more_than_there_are() {
    let desk = PacedDesk::open(10).await;
    let body = desk.body(4, 2, None);
    let ids = join_all((0..8).map(|_| desk.create(&body))).await;
    wait_for("all pieces are sold", 60, async || {
        join_all((0..3).map(|_| desk.stack.tick("ReleaseInstalments"))).await;
        (desk.stock().await.available == 0).then_some(())
    })
    .await;
    assert_eq!(desk.stock().await, Stock { available: 0, reserved: 0, sold: 10 });
    let (mut released, mut waiting) = (0, 0);
    for id in ids {
        let seen =
            desk.released_until(id, "a turn", |seen| done(seen) == 1 || seen["waiting"].is_string()).await;
        released += done(&seen);
        waiting += usize::from(seen["waiting"] == "None of the 2 pieces is in stock.");
    }
    assert_eq!((released, waiting), (5, 3));
}

#[tokio::test]
async fn who_has_left_gets_nothing_more() {
    let desk = PacedDesk::open(20).await;
    let customer = desk.stack.customer().await;
    customer.get("/me").await.expect(200);
    let mut own = desk.body(4, 2, None);
    own["customerId"] = json!(customer.id);
    let mut as_guest = desk.body(4, 2, None);
    as_guest["email"] = json!(customer.email);
    as_guest["plan"]["start"] = json!(Timestamp::now() + HOUR / 2);
    let ids = [desk.create(&own).await, desk.create(&as_guest).await];
    let seen = desk.released_until(ids[0], "an instalment", |seen| done(seen) == 1).await;
    let order = OrderId::parse(seen["done"][0]["orderId"].as_str().unwrap()).unwrap();
    let placed = desk.stack.database.order(order).await.unwrap().unwrap().value;
    assert_eq!(placed.buyer(), &Buyer::Customer(customer.id.clone()));
    assert!(placed.status() != OrderStatus::PendingPayment);

    let export = customer.get("/me/export").await.expect(200);
    let mut exported: Vec<_> =
        export["pacedOrders"].as_array().unwrap().iter().map(|paced| paced["id"].to_string()).collect();
    let mut wanted = ids.map(|id| json!(id).to_string());
    exported.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(exported, wanted);
    assert!(!export["pacedOrders"].to_string().contains(desk.operator.email.as_str()), "no staff in it");

    let point = "delete-customer.after-paced-orders";
    desk.stack.kill_at(point, &customer.id);
    let leave = customer.request(Method::POST, "/me/deletion").json(&json!({ "email": customer.email }));
    customer.send(leave).await.expect(202);
    wait_for("both are stopped", 150, async || {
        let seen = join_all(ids.iter().map(|id| desk.look(*id))).await;
        seen.iter().all(|seen| seen["status"] == "stopped").then_some(())
    })
    .await;
    assert!(desk.stack.was_killed_at(point, &customer.id));
    for id in ids {
        let seen = desk.look(id).await;
        assert_eq!(
            (&seen["customerId"], &seen["statusNote"]),
            (&Value::Null, &json!("the customer has left"))
        );
        let text = seen.to_string();
        assert!(!text.contains(customer.email.as_str()) && !text.contains("Lovelace"), "{text}");
    }
    wait_for("the worker goes on after its death", 150, async || {
        desk.stack.directory().account(&customer.id).await.unwrap().is_none().then_some(())
    })
    .await;
}
