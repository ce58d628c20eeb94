//! Bad input gets a clear answer: a problem that names the field.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::shopper::{new_key, order_body};
use stack_tests::{Answer, Shopper, Stack};

fn assert_problem(answer: &Answer, status: u16, pointer: &str) {
    assert_eq!(answer.status.as_u16(), status, "{pointer}: {}", answer.body);
    assert_eq!(answer.content_type, "application/problem+json", "{pointer}");
    assert_eq!(answer.body["status"], status);
    assert!(answer.pointers().contains(&pointer), "{pointer}: {}", answer.body);
}

#[tokio::test]
async fn bad_parameters_are_named() {
    let shopper = Shopper::new(&Stack::connect().await);
    for (path, pointer) in [
        ("/products?cursor=nonsense", "/query/cursor"),
        ("/products?cursor=bm9uc2Vuc2U", "/query/cursor"),
        ("/products?limit=0", "/query/limit"),
        ("/products?limit=101", "/query/limit"),
        ("/products?limit=many", "/query/limit"),
        ("/products?category=No%20Slug", "/query/category"),
        ("/products?colour=red", "/query"),
        ("/products/No%20Slug", "/path/idOrSlug"),
        ("/carts/nonsense", "/path/id"),
        ("/carts/crt_123", "/path/id"),
        ("/orders/nonsense", "/path/id"),
    ] {
        assert_problem(&shopper.get(path).await, 400, pointer);
    }
    shopper.get("/products/no-such-product").await.expect(404);
    shopper.get("/carts/crt_01JD0000000000000000000000").await.expect(404);
}

#[tokio::test]
async fn bad_cart_items_are_named_and_nothing_is_stored() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let product = stack.product(1, 5).await;
    let cart = shopper.cart(&[]).await;
    let path = format!("/carts/{cart}/items/{}", product.skus[0]);
    for (body, pointer) in [
        (json!({ "quantity": 0 }), "/quantity"),
        (json!({ "quantity": -1 }), "/quantity"),
        (json!({ "quantity": 1_000_001 }), "/quantity"),
        (json!({ "quantity": 1.5 }), "/quantity"),
        (json!({ "quantity": "1" }), "/quantity"),
        (json!({}), "/quantity"),
        (json!({ "quantity": 1, "price": 1 }), "/price"),
        (json!({ "quantity": 1, "unitPrice": { "amount": 1, "currency": "GBP" } }), "/unitPrice"),
    ] {
        let answer = shopper.send(shopper.request(Method::PUT, &path).json(&body)).await;
        assert_problem(&answer, 422, pointer);
    }
    let sent = |content_type: &str, body: String| {
        shopper.request(Method::PUT, &path).header("Content-Type", content_type).body(body)
    };
    let wrong_type = shopper.send(sent("text/plain", r#"{"quantity":1}"#.into())).await;
    assert_problem(&wrong_type, 415, "/header/Content-Type");
    let huge = format!(r#"{{"quantity":1{}}}"#, " ".repeat(100_000));
    assert_problem(&shopper.send(sent("application/json", huge)).await, 413, "");
    assert_problem(&shopper.send(sent("application/json", "{".into())).await, 400, "");
    let bad_sku =
        shopper.request(Method::PUT, &format!("/carts/{cart}/items/A%20B")).json(&json!({ "quantity": 1 }));
    assert_problem(&shopper.send(bad_sku).await, 400, "/path/sku");
    let no_sku =
        shopper.request(Method::PUT, &format!("/carts/{cart}/items/NONE")).json(&json!({ "quantity": 1 }));
    shopper.send(no_sku).await.expect(404);
    let seen = shopper.get(&format!("/carts/{cart}")).await.expect(200);
    assert_eq!(seen["items"], json!([]));
}

#[tokio::test]
async fn bad_orders_are_named_and_the_cart_stays() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let product = stack.product(1, 5).await;
    let cart = shopper.cart(&[(&product.skus[0], 1)]).await;
    let place = async |body: Value| {
        let request = shopper.request(Method::POST, "/orders").header("Idempotency-Key", new_key());
        shopper.send(request.json(&body)).await
    };
    let with = |pointer: &str, value: Value| {
        let mut body = order_body(&cart);
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    for (pointer, value) in [
        ("/cartId", json!("nonsense")),
        ("/email", json!("nonsense")),
        ("/shippingAddress/name", json!("")),
        ("/shippingAddress/city", json!("x".repeat(101))),
        ("/shippingAddress/postalCode", json!("1".repeat(17))),
        ("/shippingAddress/country", json!("XX")),
        ("/paymentProvider", json!("gold")),
    ] {
        assert_problem(&place(with(pointer, value)).await, 422, pointer);
    }
    for (field, value) in
        [("price", json!(1)), ("total", json!(1)), ("totals", json!({ "total": 1 })), ("x", json!(1))]
    {
        let mut body = order_body(&cart);
        body[field] = value;
        assert_problem(&place(body).await, 422, &format!("/{field}"));
    }
    let mut many = order_body(&cart);
    many["email"] = json!("nonsense");
    many["shippingAddress"]["city"] = json!(" ");
    let answer = place(many).await;
    assert_eq!(answer.pointers(), ["/email", "/shippingAddress/city"], "all at once");
    let empty = shopper.cart(&[]).await;
    assert_problem(&place(order_body(&empty)).await, 422, "/cartId");
    let request = shopper.request(Method::POST, "/orders").json(&order_body(&cart));
    assert_problem(&shopper.send(request).await, 400, "/header/Idempotency-Key");
    shopper.get(&format!("/carts/{cart}")).await.expect(200);
    assert_eq!(stack.stock(&product, &product.skus[0]).await.reserved, 0);
}
