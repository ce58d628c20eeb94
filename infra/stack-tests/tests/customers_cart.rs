//! A guest's cart is taken over at sign-in: no line is lost or counted twice.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::collections::BTreeMap;

use domain::{Cart, CartId, CartLine, MAX_LINES, ProductId, Quantity, Sku};
use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::{Answer, Shopper, SignedIn, Stack};

async fn merge(who: &SignedIn, cart: &str) -> Answer {
    who.send(who.request(Method::PUT, "/me/cart").json(&json!({ "cartId": cart }))).await
}

fn quantities(cart: &Value) -> BTreeMap<String, u64> {
    let items = cart["items"].as_array().unwrap().iter();
    items.map(|item| (item["sku"].as_str().unwrap().to_owned(), item["quantity"].as_u64().unwrap())).collect()
}

fn expected(lines: &[(&Sku, u64)]) -> BTreeMap<String, u64> {
    lines.iter().map(|(sku, quantity)| (sku.to_string(), *quantity)).collect()
}

#[tokio::test]
async fn what_a_guest_put_in_is_found_after_signing_in() {
    let stack = Stack::connect().await;
    let product = stack.product(3, 99).await;
    let [a, b, c] = [&product.skus[0], &product.skus[1], &product.skus[2]];
    let (guest, ada) = (Shopper::new(&stack), stack.customer().await);
    ada.get("/me/cart").await.expect(404);
    let first = guest.cart(&[(a, 2), (b, 1)]).await;
    let mine = merge(&ada, &first).await.expect(200);
    assert_eq!((quantities(&mine), &mine["leftOut"]), (expected(&[(a, 2), (b, 1)]), &json!([])));
    let id = mine["id"].as_str().unwrap();
    assert_ne!(id, first, "whoever knows the guest's cart must not know the customer's");
    guest.get(&format!("/carts/{first}")).await.expect(404);

    // The same again, and with their own cart.
    for cart in [first.as_str(), id] {
        assert_eq!(merge(&ada, cart).await.expect(200)["items"], mine["items"]);
    }
    // On another device.
    let second = guest.cart(&[(b, 4), (c, 5)]).await;
    let mine = merge(&ada, &second).await.expect(200);
    assert_eq!((quantities(&mine), mine["id"].as_str()), (expected(&[(a, 2), (b, 5), (c, 5)]), Some(id)));
    assert_eq!(quantities(&ada.get("/me/cart").await.expect(200)), quantities(&mine));
    guest.put_item(id, c, 1).await.expect(200);

    let bob = stack.customer().await;
    merge(&bob, &second).await.expect(404);
    assert_eq!(merge(&bob, "crt_1").await.pointers(), ["/cartId"]);
}

#[tokio::test]
async fn what_finds_no_room_is_told_and_kept() {
    let stack = Stack::connect().await;
    let product = stack.product(2, 99).await;
    let [a, b] = [&product.skus[0], &product.skus[1]];
    let ada = stack.customer().await;
    // Most of it has gone off sale since; it takes up room all the same.
    let mut mine = Cart::new(Timestamp::now());
    for n in 0..MAX_LINES - 1 {
        let (sku, product_id) = (Sku::parse(&format!("GONE-{n}")).unwrap(), ProductId::generate());
        mine.set(CartLine { sku, product_id, quantity: Quantity::ONE }, Timestamp::now()).unwrap();
    }
    let mine = stack.database.create_cart(mine).await.unwrap().value.id.to_string();
    let id = merge(&ada, &mine).await.expect(200)["id"].as_str().unwrap().to_owned();
    let guests = ada.cart(&[(a, 2), (b, 7)]).await;
    for _ in 0..2 {
        let merged = merge(&ada, &guests).await.expect(200);
        assert_eq!(quantities(&merged), expected(&[(a, 2)]));
        assert_eq!(merged["leftOut"], json!([{ "sku": b, "quantity": 7 }]));
    }
    assert_eq!(quantities(&ada.get(&format!("/carts/{guests}")).await.expect(200)), expected(&[(b, 7)]));
    // As soon as there is room, it fits.
    ada.send(ada.request(Method::DELETE, &format!("/carts/{id}/items/GONE-0"))).await.expect(200);
    assert_eq!(quantities(&merge(&ada, &guests).await.expect(200)), expected(&[(a, 2), (b, 7)]));
}

#[tokio::test]
async fn merging_is_killed_anywhere_and_done_again() {
    let stack = Stack::connect().await;
    let product = stack.product(2, 99).await;
    let [a, b] = [&product.skus[0], &product.skus[1]];
    let ada = stack.customer().await;
    let mut pieces = 0;
    for point in ["merge-cart.before-write", "merge-cart.after-write"] {
        let guests = ada.cart(&[(a, 1), (b, 1)]).await;
        stack.kill_at(point, CartId::parse(&guests).unwrap());
        let killed = merge(&ada, &guests).await;
        assert!(killed.status.is_server_error(), "{point}: {}", killed.body);
        pieces += 1;
        assert_eq!(
            quantities(&merge(&ada, &guests).await.expect(200)),
            expected(&[(a, pieces), (b, pieces)])
        );
    }
}

#[tokio::test]
async fn carts_merged_at_the_same_time_lose_nothing() {
    let stack = Stack::connect().await;
    let product = stack.product(4, 99).await;
    let ada = stack.customer().await;
    let mut carts = Vec::new();
    for sku in &product.skus {
        carts.push(ada.cart(&[(sku, 3), (&product.skus[0], 1)]).await);
    }
    let merges = carts.iter().map(async |cart| merge(&ada, cart).await);
    for answer in futures::future::join_all(merges).await {
        // Too many at once are told to come again.
        assert!([200, 409].contains(&answer.status.as_u16()), "{}", answer.body);
    }
    for cart in &carts {
        merge(&ada, cart).await.expect(200);
    }
    let mine = quantities(&ada.get("/me/cart").await.expect(200));
    // The first cart's one SKU was set twice, the last time to 1.
    let skus = &product.skus;
    assert_eq!(mine, expected(&[(&skus[0], 4), (&skus[1], 3), (&skus[2], 3), (&skus[3], 3)]));
}
