//! The catalogue, run by staff: two editors, addresses that change, SKUs and categories, and what buyers see of it.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use domain::Slug;
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::shopper::{new_key, order_body};
use stack_tests::stack::TestProduct;
use stack_tests::{Answer, Shopper, SignedIn, Stack, wait_for};
use ulid::Ulid;

async fn get(staff: &SignedIn, id: &str) -> Value {
    staff.get(&format!("/console/products/{id}")).await.expect(200)
}

async fn put(staff: &SignedIn, path: &str, version: &Value, body: &Value) -> Answer {
    let request = staff.request(Method::PUT, path).header("If-Match", format!("\"{version}\""));
    staff.send(request.json(body)).await
}

async fn post(staff: &SignedIn, path: &str, body: &Value) -> Answer {
    staff.send(staff.request(Method::POST, path).json(body)).await
}

async fn edit(staff: &SignedIn, product: &Value, change: impl Fn(&mut Value)) -> Answer {
    let mut input = input_of(product);
    change(&mut input);
    let id = product["id"].as_str().unwrap();
    put(staff, &format!("/console/products/{id}"), &product["version"], &input).await
}

/// What an editor would send who changes nothing.
fn input_of(product: &Value) -> Value {
    let slugs = |list: &Value| -> Vec<Value> {
        list.as_array().unwrap().iter().map(|entry| entry["slug"].clone()).collect()
    };
    let mut input = product.clone();
    let fields = input.as_object_mut().unwrap();
    for name in ["id", "version", "createdAt", "updatedAt"] {
        fields.remove(name).unwrap();
    }
    input["brand"] = product["brand"]["slug"].clone();
    input["categories"] = json!(slugs(&product["categories"]));
    for variant in input["variants"].as_array_mut().unwrap() {
        variant.as_object_mut().unwrap().remove("stock").unwrap();
    }
    for image in input["images"].as_array_mut().unwrap() {
        *image = json!({ "id": image["id"], "alt": image["alt"] });
    }
    input
}

/// What the audit trail tells of something, the newest first.
async fn told_of(admin: &SignedIn, subject: &str) -> Vec<Value> {
    let path = format!("/console/audit?subject={subject}");
    admin.get(&path).await.expect(200)["items"].as_array().unwrap().clone()
}

fn new_product(category: &Slug, sku: &str) -> Value {
    json!({
        "title": format!("Desk test {sku}"), "description": "For a test.", "brand": null,
        "categories": [category], "status": "draft",
        "variants": [{ "sku": sku, "price": { "amount": 995, "currency": "GBP" } }],
    })
}

fn mark(prefix: &str) -> String {
    format!("{prefix}-{}", Ulid::generate())
}

#[tokio::test]
async fn of_two_editors_the_second_sees_what_the_first_did() {
    let stack = Stack::connect().await;
    let (first, second) = (stack.admin().await, stack.operator().await);
    let TestProduct { id, .. } = stack.product(1, 3).await;
    let id = id.to_string();
    let read = get(&first, &id).await;
    let saved = edit(&first, &read, |input| input["title"] = json!("Renamed by the first")).await.expect(200);
    assert_eq!(saved["version"], json!(read["version"].as_u64().unwrap() + 1));
    let late = edit(&second, &read, |input| input["description"] = json!("By the second")).await;
    assert_eq!(late.body["current"]["title"], "Renamed by the first");
    assert_eq!(late.body["current"], get(&second, &id).await);
    late.expect(412);
    let blind = second.request(Method::PUT, &format!("/console/products/{id}")).json(&input_of(&read));
    second.send(blind).await.expect(428);
    let entries = told_of(&first, &format!("product:{id}")).await;
    let title = json!({ "path": "/title", "from": read["title"], "to": "Renamed by the first" });
    assert_eq!((&entries[0]["action"], &entries[0]["changes"]), (&json!("product.updated"), &json!([title])));
    assert_eq!(entries[0]["actor"]["email"], json!(first.email));
    assert_eq!(entries[1]["action"], "product.created");
}

#[tokio::test]
async fn an_old_address_leads_to_the_new_one_and_can_be_taken_back() {
    let stack = Stack::connect().await;
    let (staff, shopper) = (stack.operator().await, Shopper::new(&stack));
    let product = stack.product(1, 1).await;
    let id = product.id.to_string();
    let (old, new) = (product.slug.to_string(), Slug::from_title(&mark("moved")).unwrap().to_string());
    let moved = edit(&staff, &get(&staff, &id).await, |input| input["slug"] = json!(new)).await.expect(200);
    // The client follows the redirect.
    assert_eq!(shopper.get(&format!("/products/{old}")).await.expect(200)["slug"], json!(new));
    let other = stack.product(1, 1).await;
    let taken = get(&staff, &other.id.to_string()).await;
    let taken = edit(&staff, &taken, |input| input["slug"] = json!(old)).await;
    assert_eq!(taken.pointers(), ["/slug"], "an old address stays its product's own");
    taken.expect(422);
    edit(&staff, &moved, |input| input["slug"] = json!(old)).await.expect(200);
    assert_eq!(shopper.get(&format!("/products/{new}")).await.expect(200)["slug"], json!(old));
}

#[tokio::test]
async fn a_sku_is_given_once_however_many_ask() {
    let stack = Stack::connect().await;
    let staff = stack.operator().await;
    let category = stack.product(1, 0).await.category;
    let sku = mark("ONCE");
    let answers = join_all((0..8).map(|n| {
        let (staff, mut body) = (staff.clone(), new_product(&category, &sku));
        body["title"] = json!(format!("Contender {n} for {sku}"));
        async move { post(&staff, "/console/products", &body).await }
    }))
    .await;
    let created: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
    assert_eq!(created.len(), 1, "{answers:?}");
    let winner = created[0].body["id"].as_str().unwrap().to_owned();
    for refused in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!((refused.status.as_u16(), refused.pointers()), (422, vec!["/variants/0/sku"]));
        assert!(refused.body["errors"][0]["detail"].as_str().unwrap().contains(&winner), "{}", refused.body);
    }
}

#[tokio::test]
async fn variants_come_and_go_with_their_stock() {
    let stack = Stack::connect().await;
    let staff = stack.operator().await;
    let product = stack.product(2, 0).await;
    let id = product.id.to_string();
    let two = get(&staff, &id).await;
    let without = |input: &mut Value| {
        input["variants"].as_array_mut().unwrap().truncate(1);
        input["options"][0]["values"] = json!(["1"]);
    };
    let one = edit(&staff, &two, without).await.expect(200);
    staff.get(&format!("/console/stock/{}", product.skus[1])).await.expect(404);
    let both = edit(&staff, &one, |input| *input = input_of(&two)).await.expect(200);
    assert_eq!(both["variants"], two["variants"], "a SKU that goes stays its product's own");
    let adjustments = format!("/console/stock/{}/adjustments", product.skus[1]);
    let adjust = staff.request(Method::POST, &adjustments).header("Idempotency-Key", new_key());
    staff.send(adjust.json(&json!({ "delta": 4, "reason": "received" }))).await.expect(201);
    let held = edit(&staff, &both, without).await;
    assert_eq!(held.pointers(), ["/variants"]);
    held.expect(422);
}

#[tokio::test]
async fn what_is_archived_cannot_be_bought_even_from_a_cart() {
    let stack = Stack::connect().await;
    let (staff, shopper) = (stack.operator().await, Shopper::new(&stack));
    let product = stack.product(1, 5).await;
    let gone = mark("GONE");
    let ids = json!([product.id, "prd_01JD0000000000000000000000"]);
    let cart = shopper.cart(&[(&product.skus[0], 1)]).await;
    let change = json!({ "ids": ids, "change": { "kind": "status", "status": "archived" } });
    let results = post(&staff, "/console/products/bulk", &change).await.expect(200);
    assert_eq!((&results["results"][0]["ok"], &results["results"][1]["ok"]), (&json!(true), &json!(false)));
    shopper.get(&format!("/products/{}", product.slug)).await.expect(404);
    shopper.get(&format!("/products/{}", product.id)).await.expect(404);
    assert_eq!(shopper.get(&format!("/carts/{cart}")).await.expect(200)["items"][0]["available"], 0);
    let order = shopper.request(Method::POST, "/orders").header("Idempotency-Key", &gone);
    let refused = shopper.send(order.json(&order_body(&cart))).await;
    assert_eq!(refused.expect(409)["errors"][0]["sku"], json!(product.skus[0]));
    let other = shopper.cart(&[]).await;
    shopper.put_item(&other, &product.skus[0], 1).await.expect(404);
}

#[tokio::test]
async fn prices_and_categories_change_in_bulk() {
    let stack = Stack::connect().await;
    let staff = stack.operator().await;
    let (one, two) = (stack.product(1, 1).await, stack.product(2, 1).await);
    let category = stack.category().await;
    let bulk = async |change: Value| {
        let body = json!({ "ids": [one.id, two.id], "change": change });
        let results = post(&staff, "/console/products/bulk", &body).await.expect(200);
        results["results"].as_array().unwrap().iter().map(|result| result["ok"] == true).collect::<Vec<_>>()
    };
    assert_eq!(bulk(json!({ "kind": "price", "percent": 10 })).await, [true, true]);
    let seen = get(&staff, &two.id.to_string()).await;
    assert_eq!(
        (&seen["variants"][0]["price"]["amount"], &seen["variants"][1]["price"]["amount"]),
        (&json!(275), &json!(275))
    );
    assert_eq!(bulk(json!({ "kind": "price", "amount": -300 })).await, [false, false], "below nothing");
    assert_eq!(
        bulk(json!({ "kind": "categories", "add": [category], "remove": [one.category] })).await,
        [true, true]
    );
    let listed = staff.get(&format!("/console/products?category={category}")).await.expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    assert_eq!(
        bulk(json!({ "kind": "categories", "remove": [category] })).await,
        [false, false],
        "none left"
    );
}

#[tokio::test]
async fn products_follow_when_a_category_moves_or_is_renamed() {
    let stack = Stack::connect().await;
    let (admin, shopper) = (stack.admin().await, Shopper::new(&stack));
    let (parent, child) = (stack.category().await, stack.category().await);
    let product = stack.product_in(&child, 1, 1).await;
    let listed = async |category: &Slug, expected: usize| {
        wait_for(&format!("{category} lists {expected}"), 30, async || {
            let items = shopper.get(&format!("/products?category={category}")).await.expect(200);
            (items["items"].as_array().unwrap().len() == expected).then_some(())
        })
        .await;
    };
    let read = async |slug: &Slug| {
        let all = admin.get("/console/categories").await.expect(200);
        all["items"].as_array().unwrap().iter().find(|c| c["slug"] == json!(slug)).unwrap().clone()
    };
    let change = async |slug: &Slug, parent: Option<&Slug>, title: &str| {
        let body = json!({ "title": title, "parent": parent, "position": 0, "description": null });
        put(&admin, &format!("/console/categories/{slug}"), &read(slug).await["version"], &body).await
    };
    listed(&child, 1).await;
    change(&child, Some(&parent), "Moved and renamed").await.expect(200);
    listed(&parent, 1).await;
    wait_for("the name is the new one", 30, async || {
        let seen = shopper.get(&format!("/products/{}", product.slug)).await.expect(200);
        (seen["categories"][0]["title"] == "Moved and renamed").then_some(())
    })
    .await;
    wait_for("both are counted", 30, async || (read(&parent).await["productCount"] == 1).then_some(())).await;
    let cycle = change(&parent, Some(&child), "Parent").await;
    assert_eq!(cycle.pointers(), ["/parent"]);
    cycle.expect(422);
    let delete = async |slug: &Slug| {
        admin.send(admin.request(Method::DELETE, &format!("/console/categories/{slug}"))).await
    };
    delete(&parent).await.expect(409);
    delete(&child).await.expect(409);
    let stale = json!({ "title": "Late", "parent": null, "position": 0, "description": null });
    let late = put(&admin, &format!("/console/categories/{child}"), &json!(1), &stale).await;
    assert_eq!(late.body["current"]["title"], "Moved and renamed");
    late.expect(412);
    change(&child, None, "Out again").await.expect(200);
    listed(&parent, 0).await;
    delete(&parent).await.expect(204);
    let told = told_of(&admin, &format!("category:{child}")).await;
    let moved = json!({ "path": "/parent", "from": null, "to": parent });
    assert!(told[1]["changes"].as_array().unwrap().contains(&moved), "{told:?}");
}

#[tokio::test]
async fn a_brand_is_renamed_on_its_products_and_kept_while_it_has_some() {
    let stack = Stack::connect().await;
    let (staff, shopper) = (stack.operator().await, Shopper::new(&stack));
    let product = stack.product(1, 1).await;
    let id = product.id.to_string();
    let name = mark("Brand");
    let brand = post(&staff, "/console/brands", &json!({ "title": name })).await.expect(201);
    let path = format!("/console/brands/{}", brand["slug"].as_str().unwrap());
    edit(&staff, &get(&staff, &id).await, |input| input["brand"] = brand["slug"].clone()).await.expect(200);
    put(&staff, &path, &json!(1), &json!({ "title": "Renamed" })).await.expect(200);
    let late = put(&staff, &path, &json!(1), &json!({ "title": "Late" })).await;
    assert_eq!(late.body["current"]["title"], "Renamed");
    late.expect(412);
    wait_for("the product shows the new name", 30, async || {
        let seen = shopper.get(&format!("/products/{id}")).await.expect(200);
        (seen["brand"]["title"] == "Renamed").then_some(())
    })
    .await;
    let delete = async || staff.send(staff.request(Method::DELETE, &path)).await;
    delete().await.expect(409);
    let read = get(&staff, &id).await;
    edit(&staff, &read, |input| input["brand"] = Value::Null).await.expect(200);
    delete().await.expect(204);
    let unknown = edit(&staff, &get(&staff, &id).await, |input| input["brand"] = brand["slug"].clone()).await;
    assert_eq!(unknown.pointers(), ["/brand"]);
}

#[tokio::test]
async fn the_console_finds_drafts_that_the_shop_does_not_show() {
    let stack = Stack::connect().await;
    let (staff, shopper) = (stack.operator().await, Shopper::new(&stack));
    let category = stack.product(1, 0).await.category;
    let sku = mark("DRAFT");
    let draft = post(&staff, "/console/products", &new_product(&category, &sku)).await.expect(201);
    let id = draft["id"].as_str().unwrap();
    shopper.get(&format!("/products/{id}")).await.expect(404);
    for query in [
        format!("q={sku}"),
        format!("q=desk%20test%20{sku}"),
        format!("q={}", draft["slug"].as_str().unwrap()),
    ] {
        let found = staff.get(&format!("/console/products?status=draft&{query}")).await.expect(200);
        let ids: Vec<_> = found["items"].as_array().unwrap().iter().map(|item| &item["id"]).collect();
        assert_eq!(ids, [id], "{query}");
        let none = staff.get(&format!("/console/products?status=active&{query}")).await.expect(200);
        assert_eq!(none["items"], json!([]), "{query}");
    }
    edit(&staff, &draft, |input| input["status"] = json!("active")).await.expect(200);
    assert_eq!(shopper.get(&format!("/products/{id}")).await.expect(200)["rating"], Value::Null);
}
