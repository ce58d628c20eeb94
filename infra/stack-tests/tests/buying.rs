//! From the shelf to the doorstep, through the public API.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::collections::BTreeSet;

use domain::{MAX_LINES, Stock};
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::shopper::{DECLINED_CARD, GOOD_CARD, new_key, order_body};
use stack_tests::stack::event;
use stack_tests::supplier::{fulfil, tasks_of};
use stack_tests::{PlacedOrder, Shopper, Stack, TestSupplier, wait_for};

fn types(order: &Value) -> Vec<&str> {
    order["timeline"].as_array().unwrap().iter().map(|entry| entry["type"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_order_goes_to_two_suppliers_and_is_fulfilled() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let product = stack.product(2, 10).await;
    let [first, second] = [&product.skus[0], &product.skus[1]];
    let northgate = TestSupplier::new(&stack, 1, &[first]).await;
    let calder = TestSupplier::new(&stack, 2, &[second]).await;

    let order = shopper.buy(&[(first, 3), (second, 1)]).await;
    let done = fulfil(&stack, &shopper, &order, &[&northgate, &calder], 60).await;

    assert_eq!(done["totals"]["total"], json!({ "amount": 1_000, "currency": "GBP" }));
    let shipped: BTreeSet<_> =
        done["shipments"].as_array().unwrap().iter().map(|s| s["items"].to_string()).collect();
    let expected = [json!([{ "sku": first, "quantity": 3 }]), json!([{ "sku": second, "quantity": 1 }])];
    assert_eq!(shipped, expected.iter().map(Value::to_string).collect());
    assert!(done["shipments"][0]["trackingNumber"].is_string());
    let happened = types(&done);
    assert_eq!(happened[..3], ["OrderPlaced", "OrderPaid", "OrderPlanned"]);
    assert_eq!(happened.last(), Some(&"OrderFulfilled"));
    assert_eq!(stack.stock(&product, first).await, Stock { available: 7, reserved: 0, sold: 3 });
    assert_eq!((northgate.taken().await.len(), calder.taken().await.len()), (1, 1));
    assert_eq!(tasks_of(&stack, order.id).await.len(), 2);
}

#[tokio::test]
async fn the_schedule_alone_brings_an_order_to_its_end() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let product = stack.product(1, 1).await;
    let _supplier = TestSupplier::new(&stack, 1, &[&product.skus[0]]).await;
    let order = shopper.buy(&[(&product.skus[0], 1)]).await;
    shopper.wait_until(&order, "fulfilled", 180).await;
}

#[tokio::test]
async fn of_two_hundred_buyers_at_once_ten_get_the_last_ten() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let product = stack.product(1, 10).await;
    let sku = &product.skus[0];
    let one = [(sku, 1)];
    let carts = join_all((0..200).map(|_| shopper.cart(&one))).await;
    let keys: Vec<_> = carts.iter().map(|_| new_key()).collect();
    let answers = join_all(carts.iter().zip(&keys).map(|(cart, key)| shopper.place_as(cart, key))).await;
    let (placed, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 201);
    assert_eq!((placed.len(), refused.len()), (10, 190));
    for answer in refused {
        assert_eq!(answer.status, 409);
        assert_eq!(answer.body["type"], "/problems/insufficient-stock");
        assert_eq!(answer.pointers(), [format!("/items/{sku}")]);
        assert_eq!(answer.body["errors"][0]["sku"], json!(sku));
        assert_eq!(answer.body["errors"][0]["available"], 0);
    }
    assert_eq!(stack.stock(&product, sku).await, Stock { available: 0, reserved: 10, sold: 0 });
    let orders: BTreeSet<_> = placed.into_iter().map(|answer| PlacedOrder::read(answer.body).id).collect();
    assert_eq!(orders.len(), 10);
}

#[tokio::test]
async fn one_key_twenty_times_is_one_order_and_twenty_equal_answers() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let product = stack.product(1, 100).await;
    let cart = shopper.cart(&[(&product.skus[0], 2)]).await;
    let key = new_key();
    let answers = join_all((0..20).map(|_| shopper.place_as(&cart, &key))).await;
    for answer in &answers {
        assert_eq!(answer, &answers[0]);
        assert_eq!(answer.status, 201, "{}", answer.body);
    }
    assert_eq!(stack.stock(&product, &product.skus[0]).await.reserved, 2);

    let mut other = order_body(&cart);
    other["email"] = "grace@example.org".into();
    let request = shopper.request(Method::POST, "/orders").header("Idempotency-Key", &key).json(&other);
    let answer = shopper.send(request).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.pointers(), ["/header/Idempotency-Key"]);
    shopper.get(&format!("/carts/{cart}")).await.expect(404);
}

#[tokio::test]
async fn an_order_is_charged_once_however_often_it_is_paid() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let product = stack.product(1, 5).await;
    let order = shopper.order(&[(&product.skus[0], 5)]).await;
    let key = new_key();
    let same = join_all((0..10).map(|_| shopper.pay_as(&order, GOOD_CARD, &key))).await;
    for answer in same {
        assert_eq!(answer.expect(200)["payment"]["status"], "captured");
    }
    let other = shopper.pay_as(&order, GOOD_CARD, &new_key()).await;
    assert_eq!(other.expect(409)["type"], "/problems/order-already-paid");
    let reused = shopper.pay_as(&order, DECLINED_CARD, &key).await;
    assert_eq!(reused.expect(422)["type"], "/problems/idempotency-key-reused");
    assert_eq!(stack.stock(&product, &product.skus[0]).await, Stock { available: 0, reserved: 0, sold: 5 });
    let seen = shopper.look_at(&order).await;
    assert_eq!(types(&seen).iter().filter(|kind| **kind == "OrderPaid").count(), 1);
}

#[tokio::test]
async fn a_declined_payment_can_be_followed_by_another() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let product = stack.product(1, 1).await;
    let order = shopper.order(&[(&product.skus[0], 1)]).await;
    let key = new_key();
    for _ in 0..2 {
        let declined = shopper.pay_as(&order, DECLINED_CARD, &key).await.expect(402);
        assert_eq!(declined["type"], "/problems/payment-declined");
        assert_eq!(declined["detail"], "the card was declined");
    }
    assert_eq!(shopper.look_at(&order).await["status"], "pendingPayment");
    let real = shopper.pay_as(&order, "5555555555554444", &new_key()).await;
    assert_eq!(real.pointers(), ["/cardNumber"]);
    assert!(!real.body.to_string().contains("5555555555554444"), "a card number is never repeated");
    let paid = shopper.pay_as(&order, GOOD_CARD, &new_key()).await.expect(200);
    assert!(["paid", "needsAttention"].contains(&paid["status"].as_str().unwrap()), "{}", paid["status"]);
    assert_eq!(
        shopper.pay_as(&order, DECLINED_CARD, &key).await.expect(402)["type"],
        "/problems/payment-declined"
    );
}

#[tokio::test]
async fn an_unpaid_order_expires_and_its_stock_comes_back() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let product = stack.product(1, 4).await;
    let sku = &product.skus[0];
    let order = shopper.order(&[(sku, 3)]).await;
    assert_eq!(stack.stock(&product, sku).await, Stock { available: 1, reserved: 3, sold: 0 });
    let expired = shopper.wait_until(&order, "expired", 150).await;
    assert_eq!(types(&expired), ["OrderPlaced", "OrderExpired"]);
    assert_eq!(stack.stock(&product, sku).await, Stock { available: 4, reserved: 0, sold: 0 });
    stack.deliver("ExpireOrder", &event("OrderPlaced", order.id)).await;
    let refused = shopper.pay_as(&order, GOOD_CARD, &new_key()).await.expect(409);
    assert_eq!(refused["type"], "/problems/order-expired");
    assert_eq!(stack.stock(&product, sku).await, Stock { available: 4, reserved: 0, sold: 0 });
}

#[tokio::test]
async fn an_order_is_shown_only_with_its_token() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let product = stack.product(1, 2).await;
    let [order, other] =
        [shopper.order(&[(&product.skus[0], 1)]).await, shopper.order(&[(&product.skus[0], 1)]).await];
    let look = async |token: Option<&str>| {
        let request = shopper.request(Method::GET, &format!("/orders/{}", order.id));
        shopper
            .send(token.into_iter().fold(request, |request, token| request.header("X-Order-Token", token)))
            .await
    };
    assert_eq!(look(Some(&order.token)).await.expect(200)["id"], json!(order.id));
    assert_eq!(look(None).await.pointers(), ["/header/X-Order-Token"]);
    look(None).await.expect(401);
    look(Some(&other.token)).await.expect(404);
    look(Some("")).await.expect(404);
    let stolen = PlacedOrder { token: other.token.clone(), ..order.clone() };
    shopper.pay_as(&stolen, GOOD_CARD, &new_key()).await.expect(404);
    assert_eq!(look(Some(&order.token)).await.body["status"], "pendingPayment");
}

#[tokio::test]
async fn a_cart_keeps_what_is_put_into_it() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let product = stack.product(2, 3).await;
    let [first, second] = [&product.skus[0], &product.skus[1]];
    let cart = shopper.cart(&[(first, 1), (second, 2), (first, 5)]).await;
    let seen = shopper.get(&format!("/carts/{cart}")).await.expect(200);
    assert_eq!(seen["subtotal"]["amount"], 7 * 250);
    assert_eq!(seen["items"][0]["quantity"], 5);
    assert_eq!(seen["items"][0]["available"], 3, "more may be wanted than there is: the buyer is told");
    let request = shopper.request(Method::DELETE, &format!("/carts/{cart}/items/{first}"));
    let seen = shopper.send(request).await.expect(200);
    assert_eq!(seen["items"].as_array().unwrap().len(), 1);
    let short = shopper.place_as(&shopper.cart(&[(first, 4), (second, 3)]).await, &new_key()).await;
    assert_eq!(short.pointers(), [format!("/items/{first}")]);
    assert_eq!(short.expect(409)["errors"][0]["available"], 3);
}

#[tokio::test]
async fn changes_of_one_cart_at_once_are_all_kept() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let product = stack.product(4, 1).await;
    let cart = shopper.cart(&[]).await;
    let answers = join_all(product.skus.iter().map(|sku| shopper.put_item(&cart, sku, 1))).await;
    for answer in answers {
        answer.expect(200);
    }
    let seen = shopper.get(&format!("/carts/{cart}")).await.expect(200);
    assert_eq!(seen["items"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn an_order_holds_as_many_articles_as_a_transaction_and_no_more() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let mut skus = Vec::new();
    for _ in 0..4 {
        skus.extend(stack.product(25, 1).await.skus);
    }
    let cart = shopper.cart(&skus[..MAX_LINES].iter().map(|sku| (sku, 1)).collect::<Vec<_>>()).await;
    let full = shopper.put_item(&cart, &skus[MAX_LINES], 1).await;
    assert_eq!(full.pointers(), ["/items"]);
    assert_eq!(full.expect(409)["type"], "/problems/cart-full");
    let order = PlacedOrder::read(shopper.place_as(&cart, &new_key()).await.expect(201));
    let paid = shopper.pay_as(&order, GOOD_CARD, &new_key()).await.expect(200);
    assert_eq!(paid["totals"]["total"]["amount"], 250 * i64::try_from(MAX_LINES).unwrap());
}

#[tokio::test]
async fn a_listing_follows_the_stock() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let product = stack.product_in(&stack.category().await, 1, 1).await;
    let path = format!("/products?category={}", product.category);
    let listed = async |in_stock: bool, seconds| {
        wait_for(&format!("inStock is {in_stock}"), seconds, async || {
            let items = shopper.get(&path).await.expect(200)["items"].take();
            (items[0]["inStock"] == in_stock).then_some(items)
        })
        .await
    };
    assert_eq!(listed(true, 30).await[0]["slug"], json!(product.slug));
    let counted = wait_for("the category is counted", 30, async || {
        let categories = shopper.get("/categories").await.expect(200);
        let categories = categories["items"].as_array().unwrap().clone();
        categories.into_iter().find(|category| category["slug"] == json!(product.category))
    });
    assert_eq!(counted.await["productCount"], 1);
    let _ = shopper.order(&[(&product.skus[0], 1)]).await;
    listed(false, 30).await;
    let page = shopper.get(&format!("/products/{}", product.slug)).await.expect(200);
    assert_eq!(page["variants"][0]["available"], 0);
    assert_eq!(page, shopper.get(&format!("/products/{}", product.id)).await.expect(200));
    // The order expires, and the piece is there again.
    listed(true, 150).await;
}
