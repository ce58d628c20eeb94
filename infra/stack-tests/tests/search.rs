//! Finding products: what changes can be found within a minute, and shoppers find what they expect.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::path::Path;

use cli::import::{import, read};
use cli::progress::Progress;
use domain::product::ProductFields;
use domain::{Currency, Product, ProductId, ProductStatus};
use futures::future::join;
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::stack::TestProduct;
use stack_tests::{Shopper, SignedIn, Stack, wait_for};
use store::audit::Actor;

/// Within so many seconds a change can be found.
const FINDABLE: u64 = 60;

async fn find(shopper: &Shopper, query: &str) -> Value {
    shopper.get(&format!("/search?{query}")).await.expect(200)
}

fn ids(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect()
}

/// The first product found that passes, as soon as there is one.
async fn wait_until_found(shopper: &Shopper, query: &str, passes: impl Fn(&Value) -> bool) -> Value {
    wait_for(&format!("?{query} finds what it should"), FINDABLE, async || {
        let page = find(shopper, query).await;
        page["items"].as_array().unwrap().iter().find(|item| passes(item)).cloned()
    })
    .await
}

/// A word that no other product has: that of its title.
fn word(product: &TestProduct) -> String {
    product.slug.as_str().trim_start_matches("test-").to_owned()
}

/// Changes a product as the console would.
async fn edit(stack: &Stack, id: ProductId, change: impl Fn(&mut ProductFields)) {
    let stocked = stack.database.product(id).await.unwrap().unwrap();
    let mut fields: ProductFields = stocked.product.into();
    change(&mut fields);
    let tree = stack.database.categories().await.unwrap().tree;
    let product = Product::new(fields).unwrap();
    stack
        .database
        .update_product(stocked.version, &product, &tree, &Actor::system("stack-tests"))
        .await
        .unwrap();
}

#[tokio::test]
async fn what_changes_is_found_within_a_minute() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let product = stack.product(1, 2).await;
    let by_title = format!("q={}", word(&product));
    let id = json!(product.id);

    let found = wait_until_found(&shopper, &by_title, |item| item["id"] == id).await;
    assert_eq!(found["price"], json!({ "amount": 250, "currency": "GBP" }));
    assert_eq!((&found["inStock"], &found["slug"]), (&json!(true), &json!(product.slug)));
    assert_eq!(found["highlight"]["title"][1]["match"], true);
    // Another instance of the function may look for the newest index some seconds later.
    let page = wait_for("every instance has the product", FINDABLE, async || {
        let page = find(&shopper, &by_title).await;
        (page["total"] == 1).then_some(page)
    })
    .await;
    assert_eq!(page["nextCursor"], Value::Null);
    assert_eq!(page["facets"]["inStock"], json!({ "yes": 1, "no": 0 }));
    let category = json!([{ "slug": product.category, "title": format!("Tests {}", product.category), "parent": null, "count": 1 }]);
    assert_eq!(page["facets"]["categories"], category);
    let code = product.skus[0].as_str().to_lowercase();
    wait_until_found(&shopper, &format!("q={code}"), |item| item["id"] == id).await;
    assert_eq!(find(&shopper, &format!("{by_title}&maxPrice=249")).await["total"], 0);

    edit(&stack, product.id, |fields| {
        fields.title = format!("Renamed {}", word(&product).chars().rev().collect::<String>());
    })
    .await;
    let renamed = format!("q={}", word(&product).chars().rev().collect::<String>());
    wait_until_found(&shopper, &renamed, |item| item["id"] == id).await;

    shopper.order(&[(&product.skus[0], 2)]).await;
    wait_until_found(&shopper, &renamed, |item| item["id"] == id && item["inStock"] == false).await;

    edit(&stack, product.id, |fields| fields.status = ProductStatus::Archived).await;
    wait_for("the archived product is gone", FINDABLE, async || {
        let page = find(&shopper, &renamed).await;
        (!ids(&page).contains(&id.as_str().unwrap())).then_some(())
    })
    .await;
}

#[derive(serde::Deserialize)]
struct Expectation {
    kind: String,
    query: String,
    top: String,
}

#[derive(serde::Deserialize)]
struct Expectations {
    queries: Vec<Expectation>,
}

#[tokio::test]
async fn shoppers_find_what_they_expect() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cli/tests");
    let report = std::env::temp_dir().join(format!("search-{}.csv", ulid::Ulid::generate()));
    let tally =
        read(&tests.join("fixtures/search.csv"), &report, Currency::Gbp, Progress::choose(true)).unwrap();
    std::fs::remove_file(&report).unwrap();
    import(&tally, &stack.outputs, None, Currency::Gbp, Progress::choose(true)).await.unwrap();
    let table = std::fs::read_to_string(tests.join("search_queries.toml")).unwrap();
    let Expectations { queries } = toml::from_str(&table).unwrap();
    assert!(queries.len() >= 10);
    for Expectation { kind, query, top } in queries {
        let address = format!("/search?limit=6&q={}", query.replace(' ', "%20"));
        wait_for(&format!("{kind}: `{query}` finds {top} first"), FINDABLE, async || {
            let page = shopper.get(&address).await.expect(200);
            let slug = page["items"][0]["slug"].as_str()?.to_owned();
            slug.split('-').next_back().filter(|code| code.eq_ignore_ascii_case(&top)).map(drop)
        })
        .await;
    }
}

async fn put(operator: &SignedIn, groups: &Value, version: Option<u64>) -> stack_tests::Answer {
    let request = operator.request(Method::PUT, "/console/synonyms").json(&json!({ "groups": groups }));
    operator
        .send(match version {
            Some(version) => request.header("If-Match", format!("\"{version}\"")),
            None => request,
        })
        .await
}

#[tokio::test]
async fn staff_say_which_words_mean_the_same() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let operator = stack.operator().await;
    let product = stack.product(1, 1).await;
    let words = operator.get("/console/synonyms").await.expect(200);
    let version = words["version"].as_u64().unwrap();
    let mut groups = words["groups"].clone();
    // No word of any product, and not like one.
    let mine = format!("other {}", word(&product).chars().rev().collect::<String>());
    groups.as_array_mut().unwrap().push(json!([mine, word(&product)]));

    put(&operator, &groups, None).await.expect(428);
    let refused = put(&operator, &json!([["alone"]]), Some(version)).await;
    assert_eq!((refused.status.as_u16(), refused.pointers()), (422, vec!["/groups/0"]));
    let written = put(&operator, &groups, Some(version)).await.expect(200);
    assert_eq!(written, json!({ "groups": groups, "version": version + 1 }));
    let late = put(&operator, &json!([]), Some(version)).await;
    assert_eq!((late.status.as_u16(), &late.body["current"]), (412, &written));

    let query = format!("q={}", mine.replace(' ', "%20"));
    wait_until_found(&shopper, &query, |item| item["id"] == json!(product.id)).await;
    let admin = stack.admin().await;
    let audit = admin.get("/console/audit?subject=synonyms:all").await.expect(200);
    let told = &audit["items"][0];
    assert_eq!(
        (&told["action"], &told["actor"]["email"]),
        (&json!("synonyms.updated"), &json!(operator.email))
    );
}

#[tokio::test]
async fn two_builds_at_once_do_no_harm() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    let product = stack.product(1, 1).await;
    let message = json!({ "requestedAt": jiff::Timestamp::now() });
    join(stack.deliver("RebuildSearchIndex", &message), stack.deliver("RebuildSearchIndex", &message)).await;
    wait_until_found(&shopper, &format!("q={}", word(&product)), |item| item["id"] == json!(product.id))
        .await;
    stack.invoke("RequestSearchRebuild").await;
}

#[tokio::test]
async fn a_wrong_parameter_is_named() {
    let stack = Stack::connect().await;
    let shopper = Shopper::new(&stack);
    for (query, pointer) in [
        (format!("q={}", "x".repeat(201)), "/query/q"),
        (format!("brand={}", vec!["a"; 21].join(",")), "/query/brand"),
        ("sort=popularity".into(), "/query/sort"),
        ("minPrice=-1".into(), "/query/minPrice"),
        ("cursor=nonsense".into(), "/query/cursor"),
        ("page=2".into(), "/query"),
    ] {
        let answer = shopper.get(&format!("/search?{query}")).await;
        assert_eq!((answer.status.as_u16(), answer.pointers()), (400, vec![pointer]), "{query}");
    }
}
