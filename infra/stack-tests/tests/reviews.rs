//! Reviews: buyers only, one for each product, and ratings that are exact at any moment.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::collections::BTreeMap;

use futures::future::join_all;
use futures::{StreamExt, stream};
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::shopper::{GOOD_CARD, new_key, order_body};
use stack_tests::stack::TestProduct;
use stack_tests::{Answer, Shopper, SignedIn, Stack, wait_for};

/// How many buyers write at once.
const CROWD: usize = 50;
/// How many of them come to the shop at once.
const ARRIVING: usize = 8;

async fn put(who: &Shopper, product: &TestProduct, rating: usize, body: &str) -> Answer {
    let review = json!({ "rating": rating, "title": "What I think", "body": body });
    who.send(who.request(Method::PUT, &format!("/me/reviews/{}", product.id)).json(&review)).await
}

async fn delete(who: &Shopper, product: &TestProduct) -> Answer {
    who.send(who.request(Method::DELETE, &format!("/me/reviews/{}", product.id))).await
}

async fn moderate(staff: &Shopper, id: &str, status: &str) -> Answer {
    let path = format!("/console/reviews/{id}");
    let read = staff.get(&path).await.expect(200);
    let tag = format!("\"{}\"", read["version"]);
    let request = staff.request(Method::PUT, &path).header("If-Match", tag);
    staff.send(request.json(&json!({ "status": status, "note": "a test" }))).await
}

async fn order(who: &SignedIn, product: &TestProduct) -> String {
    let mut body = order_body(&who.cart(&[(&product.skus[0], 1)]).await);
    body.as_object_mut().unwrap().remove("email");
    let request = who.request(Method::POST, "/me/orders").header("Idempotency-Key", new_key());
    let placed = who.send(request.json(&body)).await.expect(201);
    placed["order"]["id"].as_str().unwrap().to_owned()
}

async fn pay(who: &SignedIn, order: &str) {
    let request = who.request(Method::POST, &format!("/me/orders/{order}/payments"));
    let request = request.header("Idempotency-Key", new_key());
    who.send(request.json(&json!({ "provider": "sandbox", "cardNumber": GOOD_CARD }))).await.expect(200);
}

async fn buyer(stack: &Stack, product: &TestProduct) -> SignedIn {
    let who = stack.customer().await;
    let order = order(&who, product).await;
    pay(&who, &order).await;
    who
}

/// All that everybody sees, page by page, and the summary of the last page.
async fn shown(stack: &Stack, product: &TestProduct, sort: &str) -> (Vec<Value>, Value) {
    let shopper = Shopper::new(stack);
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/products/{}/reviews?limit=7&sort={sort}{cursor}", product.slug);
        let mut page = shopper.get(&path).await.expect(200);
        all.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return (all, page["summary"].take()),
        }
    }
}

/// Fails unless the counters say what the reviews that everybody sees come to.
async fn assert_exact(stack: &Stack, product: &TestProduct, count: usize) {
    let (reviews, summary) = shown(stack, product, "newest").await;
    assert_eq!(reviews.len(), count);
    let mut histogram = [0_u64; 5];
    for review in &reviews {
        histogram[usize::try_from(review["rating"].as_u64().unwrap()).unwrap() - 1] += 1;
    }
    assert_eq!(summary["histogram"], json!(histogram));
    assert_eq!(summary["count"], json!(count));
    let sum: u64 = histogram.iter().zip(1..).map(|(count, rating)| count * rating).sum();
    let average = summary["average"].as_f64().unwrap();
    let count = f64::from(u32::try_from(count).unwrap());
    let exact = f64::from(u32::try_from(sum).unwrap()) / count.max(1.0);
    assert!((average - exact).abs() < 0.0051, "{average} for {exact}");
}

#[tokio::test]
async fn fifty_reviews_at_once_leave_an_exact_average_and_so_do_their_changes() {
    let stack = Stack::connect().await;
    let product = stack.product(1, 99).await;
    let buyers: Vec<SignedIn> =
        stream::iter(0..CROWD).map(|_| buyer(&stack, &product)).buffer_unordered(ARRIVING).collect().await;
    // The index of orders by buyer lags a little.
    let rating = |n: usize| n % 5 + 1;
    let answers = join_all(buyers.iter().enumerate().map(async |(n, who)| {
        wait_for("the order is known", 20, async || {
            let answer = put(who, &product, rating(n), "").await;
            (answer.status != 403).then_some(answer)
        })
        .await
    }));
    let mut ids = BTreeMap::new();
    for (n, answer) in answers.await.into_iter().enumerate() {
        let review = answer.expect(201);
        assert_eq!((&review["status"], &review["verifiedPurchase"]), (&json!("published"), &json!(true)));
        ids.insert(n, review["id"].as_str().unwrap().to_owned());
    }
    assert_exact(&stack, &product, CROWD).await;
    let (_, summary) = shown(&stack, &product, "highest").await;
    assert_eq!(summary, json!({ "average": 3.0, "count": 50, "histogram": [10, 10, 10, 10, 10] }));

    // Now some change theirs, some take them back, and staff hide some, all at once.
    let staff = stack.operator().await;
    let changes = join_all((0..CROWD).map(async |n| match n % 5 {
        0 => put(&buyers[n], &product, 5, "On second thoughts").await.expect(200),
        1 => delete(&buyers[n], &product).await.expect(204),
        2 => moderate(&staff, &ids[&n], "hidden").await.expect(200),
        _ => Value::Null,
    }));
    changes.await;
    assert_exact(&stack, &product, 30).await;
    let (_, summary) = shown(&stack, &product, "lowest").await;
    assert_eq!(summary["histogram"], json!([0, 0, 0, 10, 20]));

    // The same review by two at once: one of them wins, and the counters follow.
    let again = join_all((0..4).map(|n| put(&buyers[3], &product, n + 1, "Again")));
    for answer in again.await {
        answer.expect(200);
    }
    let (first, second) = tokio::join!(delete(&buyers[4], &product), moderate(&staff, &ids[&4], "hidden"));
    first.expect(204);
    assert!([200, 404, 412].contains(&second.status.as_u16()), "{}", second.body);
    assert_exact(&stack, &product, 29).await;

    // The product's page and its listing say the same.
    let (_, summary) = shown(&stack, &product, "newest").await;
    let wanted = json!({ "average": summary["average"], "count": summary["count"] });
    let shopper = Shopper::new(&stack);
    assert_eq!(shopper.get(&format!("/products/{}", product.slug)).await.expect(200)["rating"], wanted);
}

#[tokio::test]
async fn reviews_are_for_buyers_who_paid() {
    let stack = Stack::connect().await;
    let product = stack.product(1, 9).await;
    let who = stack.customer().await;
    let look = async || who.get(&format!("/me/reviews/{}", product.id)).await.expect(200);
    let none = look().await;
    assert_eq!((&none["review"], &none["eligible"]), (&Value::Null, &json!(false)));
    assert!(none["reason"].as_str().unwrap().contains("bought"));
    assert_eq!(put(&who, &product, 5, "").await.expect(403)["type"], "/problems/not-bought");

    let order = order(&who, &product).await;
    assert_eq!(put(&who, &product, 5, "").await.expect(403)["type"], "/problems/not-bought");
    pay(&who, &order).await;
    wait_for("the order counts", 20, async || (look().await["eligible"] == true).then_some(())).await;

    let bad = put(&who, &product, 6, "").await;
    assert_eq!(bad.pointers(), ["/rating"]);
    put(&who, &product, 5, "Holds").await.expect(201);
    assert_eq!(put(&who, &product, 4, "Holds still").await.expect(200)["rating"], 4);
    assert_eq!(look().await["review"]["title"], "What I think");
    assert_eq!(who.get("/me/reviews").await.expect(200)["items"].as_array().unwrap().len(), 1);
    assert_exact(&stack, &product, 1).await;

    // Nobody else's.
    let other = stack.customer().await;
    let seen = other.get(&format!("/me/reviews/{}", product.id)).await.expect(200);
    assert_eq!(seen["review"], Value::Null);
    delete(&other, &product).await.expect(204);
    assert_exact(&stack, &product, 1).await;

    delete(&who, &product).await.expect(204);
    delete(&who, &product).await.expect(204);
    assert_exact(&stack, &product, 0).await;
}

#[tokio::test]
async fn what_waits_for_staff_is_seen_by_its_author_and_staff_alone() {
    let stack = Stack::connect().await;
    let product = stack.product(1, 9).await;
    let who = buyer(&stack, &product).await;
    let answer = wait_for("the order is known", 20, async || {
        let answer = put(&who, &product, 1, "Cheaper at www.example.org").await;
        (answer.status != 403).then_some(answer)
    });
    let review = answer.await.expect(201);
    assert_eq!(review["status"], "pending");
    let id = review["id"].as_str().unwrap().to_owned();
    assert_exact(&stack, &product, 0).await;
    assert_eq!(who.get("/me/reviews").await.expect(200)["items"][0]["status"], "pending");
    let other = stack.customer().await;
    other.get(&format!("/console/reviews/{id}")).await.expect(403);
    assert!(!other.get("/me/reviews").await.body.to_string().contains(&id));

    let staff = stack.operator().await;
    let pending = wait_for("it is listed", 20, async || {
        let page = staff.get("/console/reviews?status=pending&limit=100").await.expect(200);
        page["items"].as_array().unwrap().iter().find(|item| item["id"] == id).cloned()
    });
    assert_eq!(pending.await["body"], "Cheaper at www.example.org");
    let path = format!("/console/reviews/{id}");
    let publish = json!({ "status": "published" });
    let unread = staff.send(staff.request(Method::PUT, &path).json(&publish)).await;
    assert_eq!(unread.expect(428)["type"], "/problems/precondition-required");
    moderate(&staff, &id, "published").await.expect(200);
    assert_exact(&stack, &product, 1).await;
    let stale =
        staff.send(staff.request(Method::PUT, &path).header("If-Match", "\"1\"").json(&publish)).await;
    assert_eq!(stale.expect(412)["current"]["status"], "published");

    // What staff hid does not come back because its author writes anew.
    moderate(&staff, &id, "hidden").await.expect(200);
    assert_exact(&stack, &product, 0).await;
    assert_eq!(put(&who, &product, 5, "Nothing to see").await.expect(200)["status"], "pending");
    assert_exact(&stack, &product, 0).await;

    // The audit trail tells who decided what.
    let trail = stack.admin().await.get(&format!("/console/audit?subject=review:{id}")).await.expect(200);
    let told = trail["items"].as_array().unwrap();
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|entry| entry["action"] == "review.moderated"));
    assert!(told.iter().all(|entry| entry["actor"]["email"] == json!(staff.email)));
}

#[tokio::test]
async fn a_review_outlives_its_author_without_their_name() {
    let stack = Stack::connect().await;
    let product = stack.product(1, 9).await;
    let who = buyer(&stack, &product).await;
    who.send(who.request(Method::PATCH, "/me").json(&json!({ "name": "Ada Lovelace" }))).await.expect(200);
    let written = wait_for("the order is known", 20, async || {
        let answer = put(&who, &product, 4, "Fine").await;
        (answer.status == 201).then_some(answer.body)
    });
    written.await;
    assert_eq!(shown(&stack, &product, "newest").await.0[0]["author"], "Ada L.");
    for _ in 0..2 {
        stack.database.forget_reviews_of(&who.id).await.unwrap();
        let (reviews, _) = shown(&stack, &product, "newest").await;
        assert_eq!((&reviews[0]["author"], &reviews[0]["body"]), (&json!("A customer"), &json!("Fine")));
    }
    assert_exact(&stack, &product, 1).await;
    assert_eq!(who.get("/me/reviews").await.expect(200)["items"], json!([]));
}
