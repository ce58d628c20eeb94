//! What `smoke` finds, in a shop that a test plays.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::time::Duration;

use cli::smoke::{Check, Report, SmokeError, smoke};
use serde_json::{Value, json};
use wiremock::matchers::{method, path, path_regex};
use wiremock::{Mock, MockServer, ResponseTemplate};

const PAGE: &str = r#"<link rel="stylesheet" href="/assets/a.css"><div id="root"></div><script src="/assets/a.js"></script>"#;
const POLICY: &str = "default-src 'none'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// An answer with the headers that every answer of the site has.
fn answer(status: u16, policy: &str) -> ResponseTemplate {
    ResponseTemplate::new(status)
        .insert_header("content-security-policy", policy)
        .insert_header("x-content-type-options", "nosniff")
        .insert_header("x-frame-options", "DENY")
        .insert_header("referrer-policy", "strict-origin-when-cross-origin")
        .insert_header("cross-origin-opener-policy", "same-origin")
        .insert_header("permissions-policy", "camera=()")
        .insert_header("cache-control", "no-cache")
}

fn json(status: u16, body: Value) -> ResponseTemplate {
    answer(status, POLICY).set_body_json(body)
}

fn file(content: &str, media_type: &str, policy: &str) -> ResponseTemplate {
    answer(200, policy).set_body_raw(content, media_type)
}

/// A shop that is well, with one product that can be bought.
async fn shop() -> MockServer {
    let shop = MockServer::start().await;
    let problem = |status| answer(status, POLICY).set_body_raw("{}", "application/problem+json");
    let cart = |items: Value| json(200, json!({ "id": "crt_1", "items": items }));
    let told = json!({ "userPoolId": "p", "stage": "staging", "realtimeUrl": null });
    let product =
        json!({ "images": [{ "url": "/media/a.webp" }], "variants": [{ "sku": "HOOK", "available": 3 }] });
    let immutable = |content, media_type| {
        file(content, media_type, POLICY)
            .insert_header("cache-control", "public, max-age=31536000, immutable")
    };
    for (verb, wanted, answer) in [
        ("GET", "^/(cart|console/)?$", file(PAGE, "text/html", POLICY)),
        ("GET", "^/assets/a.js$", immutable("1", "text/javascript")),
        ("GET", "^/assets/a.css$", immutable("a{}", "text/css")),
        ("GET", "^/docs/$", file("docs", "text/html", POLICY)),
        ("GET", "^/docs/openapi.json$", json(200, json!({ "paths": { "/api/carts": {} } }))),
        ("GET", "^/config.json$", json(200, told)),
        ("GET", "^/api/categories$", json(200, json!({ "items": [] }))),
        ("GET", "^/api/products$", json(200, json!({ "items": [{ "slug": "hook", "inStock": true }] }))),
        ("GET", "^/api/products/hook$", json(200, product)),
        ("GET", "^/media/a.webp$", file("", "image/webp", POLICY)),
        ("GET", "^/api/search$", json(200, json!({ "items": [] }))),
        ("GET", "^/api/products/no-such-thing$", problem(404)),
        ("GET", "^/api/(orders|me|console|partner)", problem(401)),
        ("POST", "^/api/carts$", json(201, json!({ "id": "crt_1" }))),
        ("PUT", "^/api/carts/crt_1/items/HOOK$", cart(json!([{ "sku": "HOOK" }]))),
        ("GET", "^/api/carts/crt_1$", cart(json!([{ "sku": "HOOK" }]))),
        ("DELETE", "^/api/carts/crt_1/items/HOOK$", cart(json!([]))),
    ] {
        Mock::given(method(verb)).and(path_regex(wanted)).respond_with(answer).mount(&shop).await;
    }
    shop
}

/// Plays something else than what a shop that is well answers.
async fn instead(shop: &MockServer, verb: &str, wanted: &str, answer: ResponseTemplate) {
    Mock::given(method(verb)).and(path(wanted)).respond_with(answer).with_priority(1).mount(shop).await;
}

async fn tried(shop: &MockServer) -> Report {
    smoke(&shop.uri(), Duration::ZERO).await.unwrap()
}

fn wrong(report: &Report) -> Vec<Check> {
    report.outcomes.iter().filter(|outcome| outcome.told.is_err()).map(|outcome| outcome.check).collect()
}

#[tokio::test]
async fn a_shop_that_is_well_passes() {
    let report = tried(&shop().await).await;
    assert!(report.is_good(), "{report}");
    assert_eq!(report.outcomes.len(), Check::ALL.len());
}

#[tokio::test]
async fn whatever_is_wrong_is_told_and_nothing_else() {
    let loose = "default-src 'self'; script-src 'self' 'unsafe-inline'";
    let other_page = PAGE.replace("a.js", "b.js");
    for (verb, path, answer, found) in [
        ("GET", "/cart", file(&other_page, "text/html", POLICY), Check::Shop),
        ("GET", "/assets/a.css", answer(404, POLICY), Check::Files),
        ("GET", "/assets/a.js", file("1", "text/javascript", POLICY), Check::Files),
        (
            "GET",
            "/console/",
            file(PAGE, "text/html", POLICY).insert_header("cache-control", "max-age=60"),
            Check::Console,
        ),
        ("GET", "/docs/openapi.json", json(200, json!({ "paths": {} })), Check::Docs),
        ("GET", "/config.json", json(200, json!({ "stage": "staging" })), Check::Configuration),
        ("GET", "/media/a.webp", answer(403, POLICY), Check::Catalogue),
        ("GET", "/api/search", json(502, json!({})), Check::Search),
        ("GET", "/api/products/no-such-thing", file("", "text/html", POLICY), Check::Refusals),
        ("POST", "/api/carts", json(500, json!({})), Check::Cart),
        ("DELETE", "/api/carts/crt_1/items/HOOK", json(200, json!({ "items": ["HOOK"] })), Check::Cart),
        ("GET", "/api/console/staff", json(200, json!({ "items": [] })), Check::Doors),
    ] {
        let shop = shop().await;
        instead(&shop, verb, path, answer).await;
        let report = tried(&shop).await;
        assert!(wrong(&report).contains(&found), "{path}:\n{report}");
        assert!(wrong(&report).len() <= 2, "{path}:\n{report}");
    }
    let shop = shop().await;
    instead(&shop, "GET", "/api/categories", file(r#"{"items":[]}"#, "application/json", loose)).await;
    let report = tried(&shop).await;
    assert_eq!(wrong(&report), [Check::Headers], "{report}");
    assert!(report.to_string().contains("content-security-policy"), "{report}");
}

#[tokio::test]
async fn what_passes_by_itself_is_not_told() {
    let shop = shop().await;
    let failing = Mock::given(method("POST")).and(path("/api/carts")).respond_with(json(503, json!({})));
    failing.up_to_n_times(2).with_priority(1).mount(&shop).await;
    let report = tried(&shop).await;
    assert!(report.is_good(), "{report}");
}

#[tokio::test]
async fn a_connection_for_news_has_to_open_where_there_is_one() {
    let shop = shop().await;
    let address = shop.uri().replace("http", "ws") + "/live";
    let told = json!({ "userPoolId": "p", "stage": "staging", "realtimeUrl": address });
    instead(&shop, "GET", "/config.json", json(200, told)).await;
    let report = tried(&shop).await;
    assert_eq!(wrong(&report), [Check::Socket], "{report}");
}

#[tokio::test]
async fn only_an_address_is_tried() {
    for text in ["", "shop", "ftp://shop.example.com"] {
        assert!(matches!(smoke(text, Duration::ZERO).await, Err(SmokeError::Address(_))), "{text}");
    }
}
