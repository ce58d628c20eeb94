//! What belongs to whoever is signed in: profile, address book, orders, and the orders they placed as a guest.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use aws_sdk_cognitoidentityprovider::types::AttributeType;
use domain::{AddressBook, Order, OrderId, OrderStatus};
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::people::PASSWORD;
use stack_tests::shopper::{GOOD_CARD, new_key, order_body};
use stack_tests::{Answer, PlacedOrder, Shopper, SignedIn, Stack, TestSupplier, wait_for};

async fn send(who: &Shopper, method: Method, path: &str, body: Value) -> Answer {
    who.send(who.request(method, path).json(&body)).await
}

fn address(city: &str) -> Value {
    json!({ "name": "Ada Lovelace", "line1": "1 High Street", "city": city, "postalCode": "LS1 1AA", "country": "GB" })
}

/// A customer's order as the API takes it: the guest's without the address of the person.
fn my_order(cart: &str) -> Value {
    let mut body = order_body(cart);
    body.as_object_mut().unwrap().remove("email");
    body
}

async fn place(who: &Shopper, body: &Value, key: &str) -> Answer {
    let request = who.request(Method::POST, "/me/orders").header("Idempotency-Key", key);
    who.send(request.json(body)).await
}

async fn place_as_guest(guest: &Shopper, cart: &str, email: &str) -> PlacedOrder {
    let mut body = order_body(cart);
    body["email"] = email.into();
    let request = guest.request(Method::POST, "/orders").header("Idempotency-Key", new_key());
    PlacedOrder::read(guest.send(request.json(&body)).await.expect(201))
}

async fn claim(who: &Shopper) -> Answer {
    send(who, Method::POST, "/me/order-claims", json!({})).await
}

async fn order_of(stack: &Stack, id: OrderId) -> Order {
    stack.database.order(id).await.unwrap().unwrap().value
}

/// The ids of all orders of a customer, read by pages.
async fn my_orders(who: &Shopper) -> Vec<String> {
    let (mut ids, mut path) = (Vec::new(), "/me/orders?limit=2".to_owned());
    loop {
        let page = who.get(&path).await.expect(200);
        let items = page["items"].as_array().unwrap();
        ids.extend(items.iter().map(|order| order["id"].as_str().unwrap().to_owned()));
        match page["nextCursor"].as_str() {
            Some(cursor) => path = format!("/me/orders?limit=2&cursor={cursor}"),
            None => return ids,
        }
    }
}

/// The index of orders by buyer lags by moments.
async fn wait_for_orders(who: &Shopper, count: usize) -> Vec<String> {
    wait_for(&format!("{count} orders are listed"), 10, async || {
        let ids = my_orders(who).await;
        (ids.len() == count).then_some(ids)
    })
    .await
}

#[tokio::test]
async fn a_profile_is_there_from_the_first_request() {
    let stack = Stack::connect().await;
    let ada = stack.customer().await;
    let me = ada.get("/me").await.expect(200);
    assert_eq!((me["id"].as_str(), me["email"].as_str()), (Some(ada.id.as_str()), Some(ada.email.as_str())));
    assert_eq!(
        (&me["emailVerified"], &me["name"], &me["marketingConsent"]),
        (&json!(true), &json!(null), &json!(false))
    );
    let changed =
        send(&ada, Method::PATCH, "/me", json!({ "name": " Ada ", "marketingConsent": true })).await;
    assert_eq!(changed.expect(200)["name"], "Ada");
    let again = send(&ada, Method::PATCH, "/me", json!({ "name": null })).await.expect(200);
    assert_eq!((&again["name"], &again["marketingConsent"]), (&json!(null), &json!(true)));
    let bad = send(&ada, Method::PATCH, "/me", json!({ "name": "" })).await;
    assert_eq!(bad.pointers(), ["/name"]);
    assert_eq!(Shopper::new(&stack).get("/me").await.status, 401);
}

#[tokio::test]
async fn an_address_book_has_a_default_and_an_end() {
    let stack = Stack::connect().await;
    let (ada, bob) = (stack.customer().await, stack.customer().await);
    let first = send(&ada, Method::POST, "/me/addresses", address("Leeds")).await.expect(201);
    assert_eq!(first["isDefault"], true);
    let path = format!("/me/addresses/{}", first["id"].as_str().unwrap());
    for n in 1..AddressBook::MAX_ENTRIES {
        let mut address = address(&format!("Town {n}"));
        address["isDefault"] = (n == 7).into();
        send(&ada, Method::POST, "/me/addresses", address).await.expect(201);
    }
    let full = send(&ada, Method::POST, "/me/addresses", address("York")).await.expect(409);
    assert_eq!(full["type"], "/problems/address-book-full");
    let list = ada.get("/me/addresses").await.expect(200);
    let default: Vec<_> =
        list["items"].as_array().unwrap().iter().filter(|one| one["isDefault"] == true).collect();
    assert_eq!((default.len(), default[0]["city"].as_str()), (1, Some("Town 7")));

    assert_eq!(send(&ada, Method::PUT, &path, address("Hull")).await.expect(200)["city"], "Hull");
    let bad = send(&ada, Method::PUT, &path, address("")).await;
    assert_eq!((bad.status.as_u16(), bad.pointers()), (422, vec!["/city"]));
    send(&bob, Method::PUT, &path, address("Hull")).await.expect(404);
    send(&bob, Method::DELETE, &path, Value::Null).await.expect(404);
    assert_eq!(bob.get("/me/addresses").await.expect(200)["items"], json!([]));
    assert_eq!(ada.get("/me/addresses").await.body["items"][0]["city"], "Hull", "it is not Bob's to delete");
    send(&ada, Method::DELETE, &path, Value::Null).await.expect(204);
    send(&ada, Method::DELETE, &path, Value::Null).await.expect(404);
    assert_eq!(
        ada.get("/me/addresses").await.body["items"].as_array().unwrap().len(),
        AddressBook::MAX_ENTRIES - 1
    );
}

#[tokio::test]
async fn an_order_is_its_customer_s_alone() {
    let stack = Stack::connect().await;
    let product = stack.product(1, 9).await;
    let (ada, bob, guest) = (stack.customer().await, stack.customer().await, Shopper::new(&stack));
    let (body, key) = (my_order(&ada.cart(&[(&product.skus[0], 3)]).await), new_key());
    let placed = place(&ada, &body, &key).await.expect(201);
    assert_eq!(place(&ada, &body, &key).await.expect(201), placed, "a repeated request places nothing");
    assert_eq!(placed.get("accessToken"), None);
    let order = &placed["order"];
    assert_eq!(order["email"], ada.email.as_str());
    let path = format!("/orders/{}", order["id"].as_str().unwrap());
    let mine = format!("/me{path}");

    assert_eq!(ada.get(&mine).await.expect(200)["number"], order["number"]);
    assert_eq!(bob.get(&mine).await.expect(404)["type"], "/problems/not-found");
    guest.get(&mine).await.expect(401);
    for token in ["", "hash", "x"] {
        guest.send(guest.request(Method::GET, &path).header("X-Order-Token", token)).await.expect(404);
    }
    // Bob's key is his own, though it is Ada's.
    place(&bob, &body, &key).await.expect(404);

    let pay = async |who: &SignedIn| {
        let request = who.request(Method::POST, &format!("{mine}/payments")).header("Idempotency-Key", "pay");
        who.send(request.json(&json!({ "provider": "sandbox", "cardNumber": GOOD_CARD }))).await
    };
    pay(&bob).await.expect(404);
    assert_eq!(pay(&ada).await.expect(200)["status"], "paid");
    wait_for_orders(&ada, 1).await;
    let listed = &ada.get("/me/orders").await.body["items"][0];
    assert_eq!((listed["itemCount"].as_u64(), listed["total"]["amount"].as_u64()), (Some(3), Some(750)));
    assert_eq!(listed["title"], order["items"][0]["title"]);
    assert_eq!(my_orders(&bob).await, [""; 0]);
}

#[tokio::test]
async fn placing_and_claiming_need_a_verified_address() {
    let stack = Stack::connect().await;
    let product = stack.product(1, 9).await;
    let email = Stack::new_email();
    let attribute = |name, value| AttributeType::builder().name(name).value(value).build().unwrap();
    let pool = stack.output("UserPoolId");
    let create = stack.cognito.admin_create_user().user_pool_id(pool).username(email.as_str());
    let create = create.user_attributes(attribute("email", email.as_str()));
    create.user_attributes(attribute("email_verified", "false")).send().await.unwrap();
    let id = stack.directory().account_of(&email).await.unwrap().unwrap().id;
    stack.directory().set_password(&id, PASSWORD, true).await.unwrap();
    let ada = stack.sign_in(id, email).await;
    assert_eq!(ada.get("/me").await.expect(200)["emailVerified"], false);
    let body = my_order(&ada.cart(&[(&product.skus[0], 1)]).await);
    for refused in [place(&ada, &body, &new_key()).await, claim(&ada).await] {
        assert_eq!(refused.expect(403)["type"], "/problems/email-not-verified");
    }
}

#[tokio::test]
async fn orders_of_a_guest_are_claimed_once() {
    let stack = Stack::connect().await;
    let product = stack.product(1, 99).await;
    let (guest, ada, bob) = (Shopper::new(&stack), stack.customer().await, stack.customer().await);
    let mut orders = Vec::new();
    for n in 0..5 {
        let cart = guest.cart(&[(&product.skus[0], 1)]).await;
        // Whoever shouts their address is the same one.
        let email = if n == 0 { ada.email.as_str().to_uppercase() } else { ada.email.to_string() };
        orders.push(place_as_guest(&guest, &cart, &email).await);
    }
    assert_eq!(claim(&bob).await.expect(200)["claimed"], 0);
    guest.look_at(&orders[0]).await;

    stack.kill_at("claim-orders.before-write", orders[2].id);
    let killed = claim(&ada).await;
    assert!(killed.status.is_server_error(), "{}", killed.body);
    let claimed = async || claim(&ada).await.expect(200)["claimed"].as_u64().unwrap();
    let (one, two, three) = futures::join!(claimed(), claimed(), claimed());
    // The one that was killed had claimed the two newest.
    assert_eq!(one + two + three, 3, "{one} {two} {three}");
    assert_eq!(claimed().await, 0);

    let mut listed = wait_for_orders(&ada, 5).await;
    listed.reverse();
    assert_eq!(
        listed,
        orders.iter().map(|order| order.id.to_string()).collect::<Vec<_>>(),
        "the newest first"
    );
    for order in &orders {
        let look = guest.request(Method::GET, &format!("/orders/{}", order.id));
        guest.send(look.header("X-Order-Token", &order.token)).await.expect(404);
        ada.get(&format!("/me/orders/{}", order.id)).await.expect(200);
        bob.get(&format!("/me/orders/{}", order.id)).await.expect(404);
    }
}

#[tokio::test]
async fn an_order_is_claimed_while_it_is_being_fulfilled() {
    let stack = Stack::connect().await;
    let product = stack.product(1, 99).await;
    let supplier = TestSupplier::new(&stack, 1, &[&product.skus[0]]).await;
    let (guest, ada) = (Shopper::new(&stack), stack.customer().await);
    let mut orders = Vec::new();
    for _ in 0..4 {
        let cart = guest.cart(&[(&product.skus[0], 1)]).await;
        orders.push(place_as_guest(&guest, &cart, ada.email.as_str()).await);
    }
    let pay = async |order: &PlacedOrder| guest.pay_as(order, GOOD_CARD, &new_key()).await;
    let paying = futures::future::join_all(orders.iter().map(pay));
    let claiming = async {
        let mut claimed = 0;
        while claimed < orders.len() as u64 {
            let answer = claim(&ada).await;
            claimed += if answer.status == 409 { 0 } else { answer.expect(200)["claimed"].as_u64().unwrap() };
        }
        claimed
    };
    let (paid, claimed) = futures::join!(paying, claiming);
    assert_eq!(claimed, 4);
    for (order, paid) in orders.iter().zip(paid) {
        // Its token may have been gone before it was paid.
        if paid.status == 404 {
            let request = ada.request(Method::POST, &format!("/me/orders/{}/payments", order.id));
            let request = request.header("Idempotency-Key", new_key());
            ada.send(request.json(&json!({ "provider": "sandbox", "cardNumber": GOOD_CARD })))
                .await
                .expect(200);
        } else {
            paid.expect(200);
        }
    }
    for order in &orders {
        wait_for(&format!("{} is fulfilled", order.id), 120, async || {
            stack.send("SyncQueueUrl", json!({ "supplierId": supplier.id })).await;
            (order_of(&stack, order.id).await.status() == OrderStatus::Fulfilled).then_some(())
        })
        .await;
        assert!(order_of(&stack, order.id).await.is_of(&ada.id));
    }
    supplier.assert_no_duplicates().await;
}
