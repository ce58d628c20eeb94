//! Partners' keys: shown once, scoped, revoked at once. And what the console knows about customers and changes.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::{Shopper, SignedIn, Stack};
use store::partner_keys::{LAST_USED_EVERY, PresentedKey};
use ulid::Ulid;

async fn create(admin: &SignedIn, name: &str) -> Value {
    let body = json!({ "name": name, "scopes": ["catalog:read"] });
    admin.send(admin.request(Method::POST, "/console/partner-keys").json(&body)).await.expect(201)
}

async fn listed(admin: &SignedIn, id: &Value) -> Value {
    let keys = admin.get("/console/partner-keys").await.expect(200);
    keys["items"].as_array().unwrap().iter().find(|key| key["id"] == *id).unwrap().clone()
}

/// How somebody without a good key is refused; the trace is of this one request.
async fn refusal(partner: &Shopper) -> Value {
    let mut refusal = partner.get("/partner/key").await.expect(401);
    assert!(refusal["traceId"].take().is_string(), "{refusal}");
    refusal
}

#[tokio::test]
async fn a_key_is_shown_once_and_good_until_it_is_revoked() {
    let stack = Stack::connect().await;
    let admin = stack.admin().await;
    let created = create(&admin, "Calder & Sons").await;
    let (id, key) = (&created["id"], created["key"].as_str().unwrap());
    let fresh = listed(&admin, id).await;
    assert_eq!((&fresh["lastUsedAt"], &fresh["revokedAt"]), (&Value::Null, &Value::Null));
    assert_eq!(fresh["createdBy"], json!(admin.email));
    assert_eq!(fresh["key"], Value::Null);

    let partner = Shopper::new(&stack).with_token(key);
    let seen = partner.get("/partner/key").await.expect(200);
    assert_eq!(seen, json!({ "id": id, "name": "Calder & Sons", "scopes": ["catalog:read"] }));
    assert!(listed(&admin, id).await["lastUsedAt"].is_string());

    // Whatever is wrong with a key, the answer is the same.
    let nobody = Shopper::new(&stack);
    let none = refusal(&nobody).await;
    let other_secret = format!("{key}x");
    for bad in [&PresentedKey::generate().reveal(), &other_secret, "nonsense", &admin.tokens.id] {
        assert_eq!(refusal(&nobody.clone().with_token(bad)).await, none, "{bad}");
    }

    let path = format!("/console/partner-keys/{}", id.as_str().unwrap());
    assert_eq!(admin.send(admin.request(Method::DELETE, &path)).await.status, 204);
    assert_eq!(refusal(&partner).await, none);
    let revoked = listed(&admin, id).await;
    assert!(revoked["revokedAt"].is_string());
    assert_eq!(admin.send(admin.request(Method::DELETE, &path)).await.status, 204, "again does no harm");
    assert_eq!(listed(&admin, id).await, revoked);
    let unknown = admin.request(Method::DELETE, "/console/partner-keys/key_01JD0000000000000000000000");
    admin.send(unknown).await.expect(404);

    let told =
        admin.get(&format!("/console/audit?subject=partnerKey:{}", id.as_str().unwrap())).await.expect(200);
    let actions: Vec<_> = told["items"].as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert_eq!(actions, ["partnerKey.revoked", "partnerKey.created"]);
    // The secret may have underscores of its own.
    let secret = key.splitn(3, '_').nth(2).unwrap();
    assert!(!told.to_string().contains(secret), "the trail keeps no secrets");
}

#[tokio::test]
async fn the_last_use_is_written_down_at_most_once_a_minute() {
    let stack = Stack::connect().await;
    let admin = stack.admin().await;
    let created = create(&admin, "Often").await;
    let key = PresentedKey::parse(created["key"].as_str().unwrap()).unwrap();
    let used_at = async || stack.database.partner_key(key.id()).await.unwrap().unwrap().last_used_at.unwrap();
    let first = Timestamp::from_second(Timestamp::now().as_second()).unwrap();
    let just_before = first + LAST_USED_EVERY - SignedDuration::from_secs(1);
    for (use_at, noted) in
        [(first, first), (just_before, first), (first + LAST_USED_EVERY, first + LAST_USED_EVERY)]
    {
        stack.database.partner_of(&key, use_at).await.unwrap().unwrap();
        assert_eq!(used_at().await, noted);
    }
}

#[tokio::test]
async fn the_audit_trail_is_read_page_by_page() {
    let stack = Stack::connect().await;
    let admin = stack.admin().await;
    let mut made = Vec::new();
    for n in 1..=5 {
        made.push(create(&admin, &format!("Paged {n}")).await["id"].clone());
    }
    made.reverse();
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = admin.get(&format!("/console/audit?actor={}&limit=2{cursor}", admin.id)).await.expect(200);
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 2);
        seen.extend(items.iter().map(|entry| entry["subject"]["id"].clone()));
        let Some(next) = page["nextCursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen, made);

    // All of them, by month: no entry comes twice, and the newest ones are among the first.
    let (mut ids, mut latest, mut cursor) = (BTreeSet::new(), Vec::new(), String::new());
    for _ in 0..3 {
        let page = admin.get(&format!("/console/audit?limit=100{cursor}")).await.expect(200);
        for entry in page["items"].as_array().unwrap() {
            assert!(ids.insert(entry["id"].to_string()), "{entry}");
            latest.push(entry["subject"]["id"].clone());
        }
        let Some(next) = page["nextCursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert!(made.iter().all(|id| latest.contains(id)), "{latest:?}");
    for bad in ["subject=staff", "actor=", "cursor=nonsense", "limit=0", "month=2026-11"] {
        admin.get(&format!("/console/audit?{bad}")).await.expect(400);
    }
}

#[tokio::test]
async fn staff_find_a_customer_with_addresses_and_orders() {
    let stack = Stack::connect().await;
    let (operator, customer) = (stack.operator().await, stack.customer().await);
    customer.get("/me").await.expect(200);
    let address = json!({
        "name": "Ada Lovelace", "line1": "12 St James's Square", "city": "London", "postalCode": "SW1Y 4JH", "country": "GB"
    });
    customer.send(customer.request(Method::POST, "/me/addresses").json(&address)).await.expect(201);
    let product = stack.product(1, 3).await;
    let cart = customer.cart(&[(&product.skus[0], 2)]).await;
    let body = json!({ "cartId": cart, "shippingAddress": address, "paymentProvider": "sandbox" });
    let request =
        customer.request(Method::POST, "/me/orders").header("Idempotency-Key", Ulid::generate().to_string());
    customer.send(request.json(&body)).await.expect(201);

    let prefix = customer.email.as_str().split('@').next().unwrap().to_uppercase();
    let found = operator.get(&format!("/console/customers?email={prefix}")).await.expect(200);
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    assert_eq!(found["items"][0]["id"], json!(customer.id));
    let seen = operator.get(&format!("/console/customers/{}", customer.id)).await.expect(200);
    assert_eq!(seen["addresses"][0]["city"], "London");
    assert_eq!((&seen["addresses"][0]["isDefault"], &seen["emailVerified"]), (&json!(true), &json!(true)));
    assert_eq!(
        (&seen["orders"][0]["itemCount"], &seen["orders"][0]["total"]["amount"]),
        (&json!(1), &json!(500))
    );
    operator.get("/console/customers/c6b4f2d0-0a1b-4c3d-8e9f-0123456789ab").await.expect(404);
    operator.get("/console/customers/nonsense").await.expect(400);
}
