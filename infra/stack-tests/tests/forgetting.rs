//! What the shop holds on a customer: they can have all of it, and have it forgotten.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

#[path = "../../../shared/domain/tests/support/mod.rs"]
mod support;

use aws_sdk_lambda::primitives::Blob;
use customers::claim_orders::MAX_CLAIMED;
use customers::export_me::{MAX_AUDIT_ENTRIES, MAX_ORDERS};
use domain::{AuditId, Buyer, CustomerId, Order, OrderId, OrderStatus, ProductId};
use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::shopper::{address, new_key, order_body};
use stack_tests::stack::TestProduct;
use stack_tests::{Answer, PlacedOrder, SignedIn, Stack, wait_for};
use store::audit::{Actor, ActorKind, AuditEntry, AuditSubject};
use store::customers::Account;
use store::transaction::MAX_ACTIONS;

/// Somebody with all that a customer can have.
struct Ada {
    stack: Stack,
    customer: SignedIn,
    product: TestProduct,
    own: OrderId,
    guests: PlacedOrder,
}

impl Ada {
    async fn new() -> Self {
        let stack = Stack::connect().await;
        let product = stack.product(1, 99).await;
        let customer = stack.customer().await;
        let address = address();
        let create = customer.request(Method::POST, "/me/addresses").json(&address);
        customer.send(create).await.expect(201);
        let name =
            customer.request(Method::PATCH, "/me").json(&json!({ "name": "Ada", "marketingConsent": true }));
        customer.send(name).await.expect(200);

        let order = async |path: &str, email: Option<&str>| {
            let mut body = order_body(&customer.cart(&[(&product.skus[0], 1)]).await);
            match email {
                Some(email) => body["email"] = email.into(),
                None => drop(body.as_object_mut().unwrap().remove("email")),
            }
            let request = customer.request(Method::POST, path).header("Idempotency-Key", new_key());
            customer.send(request.json(&body)).await.expect(201)
        };
        let own = order("/me/orders", None).await;
        let own = OrderId::parse(own["order"]["id"].as_str().unwrap()).unwrap();
        let guests = PlacedOrder::read(order("/orders", Some(customer.email.as_str())).await);
        let cart = customer.cart(&[(&product.skus[0], 5)]).await;
        customer
            .send(customer.request(Method::PUT, "/me/cart").json(&json!({ "cartId": cart })))
            .await
            .expect(200);
        Self { stack, customer, product, own, guests }
    }

    async fn ask_to_be_forgotten(&self) -> Answer {
        let request = self.customer.request(Method::POST, "/me/deletion");
        self.customer.send(request.json(&json!({ "email": self.customer.email }))).await
    }

    /// Gives the message to the worker before its queue does, and says whether the worker survived.
    async fn work(&self) -> bool {
        let body = json!({ "customerId": self.customer.id, "requestId": "test" }).to_string();
        let record = json!({ "messageId": "m", "receiptHandle": "none", "body": body, "attributes": {},
            "messageAttributes": {}, "eventSource": "aws:sqs" });
        let payload = Blob::new(json!({ "Records": [record] }).to_string());
        let worker = self.stack.lambda.invoke().function_name(self.stack.function("DeleteCustomer"));
        let answer = worker.payload(payload).send().await.unwrap();
        if answer.function_error().is_some() {
            return false;
        }
        let result: Value = serde_json::from_slice(answer.payload().unwrap().as_ref()).unwrap();
        assert_eq!(result["batchItemFailures"], json!([]));
        true
    }

    async fn order(&self, id: OrderId) -> Order {
        self.stack.database.order(id).await.unwrap().unwrap().value
    }

    /// Lets an order expire as if its time were over.
    async fn expire(&self, id: OrderId) {
        let mut order = self.stack.database.order(id).await.unwrap().unwrap();
        let late = order.value.pay_before();
        if order.value.expire(late).is_err() {
            assert_eq!(order.value.status(), OrderStatus::Expired);
            return;
        }
        let written = self.stack.database.transaction().update_order(&order).unwrap().commit().await;
        // The expiry queue's worker may have been first.
        assert!(written.is_ok() || self.order(id).await.status() == OrderStatus::Expired);
    }

    async fn assert_forgotten(&self) {
        let database = &self.stack.database;
        for id in [self.own, self.guests.id] {
            let order = self.order(id).await;
            assert_eq!(order.buyer(), &Buyer::Forgotten);
            let page = serde_json::to_string(&order).unwrap();
            for personal in
                [self.customer.email.as_str(), "Ada", "James", "London", "SW1Y", self.customer.id.as_str()]
            {
                assert!(!page.contains(personal), "{personal} is in {page}");
            }
            assert_eq!(order.shipping_address().fields().country, "GB");
            assert_eq!(order.totals().total.amount(), 250, "the books are complete");
        }
        assert_eq!(database.account(&self.customer.id).await.unwrap(), Some(Account::Closed));
        assert_eq!(database.cart_id_of(&self.customer.id).await.unwrap(), None);
        assert_eq!(self.stack.directory().account(&self.customer.id).await.unwrap(), None);
        let token = self.customer.request(Method::GET, &format!("/orders/{}", self.guests.id));
        self.customer.send(token.header("X-Order-Token", &self.guests.token)).await.expect(404);
        // The token is good for a while yet, and opens nothing.
        for path in ["/me", "/me/addresses", "/me/export"] {
            assert_eq!(self.customer.get(path).await.expect(403)["type"], "/problems/account-closed");
        }
    }
}

#[tokio::test]
async fn an_export_holds_all_of_it() {
    let ada = Ada::new().await;
    let (document, disposition) = wait_for("both orders are in the export", 10, async || {
        let answer = ada.customer.request(Method::GET, "/me/export").send().await.unwrap();
        let disposition = answer.headers()["content-disposition"].to_str().unwrap().to_owned();
        let document: Value = answer.json().await.unwrap();
        (document["orders"].as_array().unwrap().len() == 2).then_some((document, disposition))
    })
    .await;
    assert!(disposition.starts_with("attachment; filename=\"ironmonger-"), "{disposition}");
    assert_eq!(document["profile"]["email"], ada.customer.email.as_str());
    assert_eq!(document["addresses"][0]["city"], "London");
    let ids: Vec<_> =
        document["orders"].as_array().unwrap().iter().map(|order| order["id"].clone()).collect();
    assert_eq!(ids, [json!(ada.own), json!(ada.guests.id)]);
    assert_eq!(document["orders"][0]["timeline"][0]["type"], "OrderPlaced");
    assert_eq!(document["orders"][0]["shipments"], json!([]));
    assert_eq!(document["cart"]["lines"][0]["sku"], json!(ada.product.skus[0]));
    assert_eq!(document["audit"][0]["action"], "customer.consentChanged");
    assert_eq!(document["audit"][0]["actor"], json!({ "kind": "customer", "id": ada.customer.id }));
    assert_eq!(document.get("nextCursor"), None);
    // Nobody else's is in another's.
    let other = ada.stack.customer().await.get("/me/export").await.expect(200);
    assert_eq!((&other["orders"], &other["cart"], &other["audit"]), (&json!([]), &json!(null), &json!([])));
}

#[tokio::test]
async fn what_is_too_much_for_one_answer_comes_in_several() {
    let stack = Stack::connect().await;
    let ada = stack.customer().await;
    let hook = support::line(ProductId::generate(), "HOOK", 1);
    let placed = |_| support::order_of(ada.email.as_str(), vec![hook.clone()], Timestamp::now());
    let orders: Vec<Order> = (0..MAX_CLAIMED + 5).map(placed).collect();
    for some in orders.chunks(MAX_ACTIONS) {
        let mut transaction = stack.database.transaction();
        for order in some {
            transaction.create_order(order, None).unwrap();
        }
        transaction.commit().await.unwrap();
    }
    let actor = Actor { kind: ActorKind::Customer, id: ada.id.to_string(), email: None };
    let subject = AuditSubject::new("customer", &ada.id, "A customer");
    let entry = AuditEntry::of::<Value>(&actor, "test", subject, None, None).unwrap();
    let entries: Vec<_> =
        (0..=MAX_AUDIT_ENTRIES).map(|_| AuditEntry { id: AuditId::generate(), ..entry.clone() }).collect();
    for some in entries.chunks(MAX_ACTIONS) {
        let mut transaction = stack.database.transaction();
        for entry in some {
            transaction.audit(entry).unwrap();
        }
        transaction.commit().await.unwrap();
    }

    let claim =
        async || ada.send(ada.request(Method::POST, "/me/order-claims").json(&json!({}))).await.expect(200);
    assert_eq!(claim().await, json!({ "claimed": MAX_CLAIMED, "more": true }));
    // The five oldest are still a guest's; they are in the export all the same.
    let (mut seen, mut path) = (Vec::new(), "/me/export".to_owned());
    loop {
        let part = ada.get(&path).await.expect(200);
        let some = part["orders"].as_array().unwrap();
        assert!(some.len() <= usize::try_from(MAX_ORDERS).unwrap());
        assert_eq!(part["audit"].as_array().unwrap().len(), usize::try_from(MAX_AUDIT_ENTRIES).unwrap());
        seen.extend(some.iter().map(|order| order["id"].as_str().unwrap().to_owned()));
        match part["nextCursor"].as_str() {
            Some(cursor) => path = format!("/me/export?cursor={cursor}"),
            None => break,
        }
    }
    let mut all: Vec<_> = orders.iter().map(|order| order.id().to_string()).collect();
    all.sort();
    seen.reverse();
    assert_eq!(seen, all, "each once");
    assert_eq!(claim().await, json!({ "claimed": 5, "more": false }));
}

/// Where a function dies, and with what in hand.
type Point = fn(&Ada) -> (&'static str, String);

#[tokio::test]
async fn forgetting_is_killed_at_each_step_and_goes_on() {
    let points: [Point; 8] = [
        |ada| ("delete-customer.after-paced-orders", ada.customer.id.to_string()),
        |ada| ("delete-customer.before-order", ada.own.to_string()),
        |ada| ("delete-customer.before-order", ada.guests.id.to_string()),
        |ada| ("delete-customer.after-orders", ada.customer.id.to_string()),
        |ada| ("delete-customer.after-reviews", ada.customer.id.to_string()),
        |ada| ("delete-customer.after-cart", ada.customer.id.to_string()),
        |ada| ("delete-customer.after-profile", ada.customer.id.to_string()),
        |ada| ("delete-customer.after-login", ada.customer.id.to_string()),
    ];
    let kill = async |point: &fn(&Ada) -> (&'static str, String)| {
        let ada = Ada::new().await;
        for id in [ada.own, ada.guests.id] {
            ada.expire(id).await;
        }
        ada.ask_to_be_forgotten().await.expect(202);
        let (point, subject) = point(&ada);
        ada.stack.kill_at(point, &subject);
        assert!(!ada.work().await, "{point}: nobody came by");
        assert!(ada.work().await, "{point}");
        ada.assert_forgotten().await;
        assert!(ada.work().await, "{point}: a message that comes twice does no harm");
    };
    futures::future::join_all(points.iter().map(kill)).await;
}

#[tokio::test]
async fn the_queue_forgets_whoever_asked() {
    let ada = Ada::new().await;
    for id in [ada.own, ada.guests.id] {
        ada.expire(id).await;
    }
    ada.ask_to_be_forgotten().await.expect(202);
    // While it waits, the account is closed; asking again does no harm.
    assert_eq!(ada.customer.get("/me").await.expect(403)["type"], "/problems/account-closed");
    let place = ada
        .customer
        .request(Method::PUT, "/me/cart")
        .json(&json!({ "cartId": "crt_01JD0000000000000000000000" }));
    ada.customer.send(place).await.expect(403);
    ada.ask_to_be_forgotten().await.expect(202);
    wait_for("the login is gone", 150, async || {
        ada.stack.directory().account(&ada.customer.id).await.unwrap().is_none().then_some(())
    })
    .await;
    ada.assert_forgotten().await;
    assert_eq!(ada.ask_to_be_forgotten().await.expect(403)["type"], "/problems/account-closed");
}

#[tokio::test]
async fn an_order_under_way_keeps_its_address_until_it_is_final() {
    let ada = Ada::new().await;
    ada.expire(ada.guests.id).await;
    ada.ask_to_be_forgotten().await.expect(202);
    assert!(ada.work().await);
    let order = ada.order(ada.own).await;
    assert_eq!((order.buyer(), order.email()), (&Buyer::Leaving, &ada.customer.email));
    ada.customer.get(&format!("/me/orders/{}", ada.own)).await.expect(404);
    ada.expire(ada.own).await;
    ada.assert_forgotten().await;
}

#[tokio::test]
async fn who_was_not_told_is_not_forgotten() {
    let ada = Ada::new().await;
    ada.stack.kill_at("delete-me.after-send", &ada.customer.id);
    let killed = ada.ask_to_be_forgotten().await;
    assert!(killed.status.is_server_error(), "{}", killed.body);
    assert!(ada.work().await);
    ada.customer.get("/me").await.expect(200);
    assert_eq!(ada.order(ada.own).await.buyer(), &Buyer::Customer(ada.customer.id.clone()));
    ada.stack.kill_at("delete-me.after-write", &ada.customer.id);
    assert!(ada.ask_to_be_forgotten().await.status.is_server_error());
    assert_eq!(ada.customer.get("/me").await.status, 403);
    ada.ask_to_be_forgotten().await.expect(202);
}

#[tokio::test]
async fn one_s_own_address_confirms_and_staff_stay() {
    let stack = Stack::connect().await;
    let (ada, admin) = (stack.customer().await, stack.admin().await);
    let ask = async |who: &SignedIn, email: &str| {
        who.send(who.request(Method::POST, "/me/deletion").json(&json!({ "email": email }))).await
    };
    assert_eq!(ask(&ada, admin.email.as_str()).await.pointers(), ["/email"]);
    assert_eq!(ask(&admin, admin.email.as_str()).await.expect(409)["type"], "/problems/staff-account");
    let unmarked: CustomerId = ada.id.clone();
    assert!(!matches!(stack.database.account(&unmarked).await.unwrap(), Some(Account::Closed)));
    ada.get("/me").await.expect(200);
}
