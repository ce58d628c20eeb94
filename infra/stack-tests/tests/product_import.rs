//! Files of products: sent by an editor, compared with the shop, written, reported, and written out again.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::fmt::Write as _;

use domain::{ProductStatus, Slug};
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::{SignedIn, Stack, wait_for};
use ulid::Ulid;

struct Desk {
    stack: Stack,
    staff: SignedIn,
    category: Slug,
    /// Tells this test's products from all others.
    mark: String,
}

impl Desk {
    async fn open() -> Self {
        let stack = Stack::connect().await;
        let (staff, category) = (stack.operator().await, stack.product(1, 1).await.category);
        let mark = Ulid::generate().to_string().to_lowercase();
        Self { stack, staff, category, mark }
    }

    /// A file of these rows: name, SKU and price.
    fn file(&self, rows: &[(&str, &str, &str)]) -> String {
        let mut file = String::from("slug,title,status,categories,sku,price\n");
        for (name, sku, price) in rows {
            let Self { category, mark, .. } = self;
            writeln!(file, "{name}-{mark},{name} {mark},active,{category},{sku}-{mark},{price}").unwrap();
        }
        file
    }

    async fn send(&self, mode: &str, file: &str) -> String {
        let body = json!({ "fileName": "products.csv", "bytes": file.len(), "mode": mode });
        let asked = self.staff.request(Method::POST, "/console/product-imports").json(&body);
        let asked = self.staff.send(asked).await.expect(201);
        let request = reqwest::Client::new().put(asked["upload"]["url"].as_str().unwrap());
        let sent = request.header("content-type", "text/csv").body(file.to_owned()).send().await.unwrap();
        assert_eq!(sent.status(), 200);
        asked["id"].as_str().unwrap().to_owned()
    }

    async fn report(&self, id: &str) -> Value {
        wait_for("the import comes to an end", 90, async || {
            let import = self.staff.get(&format!("/console/product-imports/{id}")).await.expect(200);
            (import["status"] == "done" || import["status"] == "refused").then_some(import)
        })
        .await
    }

    async fn import(&self, mode: &str, file: &str) -> Value {
        let id = self.send(mode, file).await;
        self.report(&id).await
    }

    /// The status and price of a product, if it is there.
    async fn product(&self, name: &str) -> Option<(ProductStatus, i64)> {
        let slug = Slug::parse(&format!("{name}-{}", self.mark)).unwrap();
        let found = self.stack.database.product_by_slug(&slug).await.unwrap()?;
        Some((found.product.fields().status, found.product.price_from().amount()))
    }
}

fn counts(report: &Value) -> [u64; 4] {
    ["created", "updated", "unchanged", "failed"].map(|name| report[name].as_u64().unwrap())
}

#[tokio::test]
async fn a_dry_run_writes_nothing_and_good_rows_are_written_without_the_bad() {
    let desk = Desk::open().await;
    let file = desk.file(&[("hook", "H", "3.99"), ("nail", "N", "0.1.0"), ("pin", "P", "0.05")]);
    let dry = desk.import("dryRun", &file).await;
    assert_eq!((dry["status"].as_str(), counts(&dry)), (Some("done"), [2, 0, 0, 1]), "{dry}");
    let error = &dry["errors"][0];
    assert_eq!((error["row"].as_u64(), error["column"].as_str()), (Some(3), Some("price")), "{dry}");
    assert_eq!(desk.product("hook").await, None);

    let all = desk.import("allOrNothing", &file).await;
    assert_eq!((all["status"].as_str(), counts(&all)[0]), (Some("refused"), 0), "{all}");
    assert_eq!(desk.product("hook").await, None);

    let good = desk.import("goodRows", &file).await;
    assert_eq!((good["status"].as_str(), counts(&good)), (Some("done"), [2, 0, 0, 1]), "{good}");
    assert_eq!((good["rows"].as_u64(), good["processed"].as_u64()), (Some(3), Some(3)));
    assert_eq!(good["by"], desk.staff.email.as_str());
    assert_eq!(desk.product("hook").await, Some((ProductStatus::Active, 399)));
    assert_eq!(desk.product("nail").await, None);

    let again = desk.file(&[("hook", "H", "3.99"), ("pin", "P", "0.06")]);
    let again = desk.import("allOrNothing", &again).await;
    assert_eq!((again["status"].as_str(), counts(&again)), (Some("done"), [0, 1, 1, 0]), "{again}");
    assert_eq!(desk.product("pin").await, Some((ProductStatus::Active, 6)));
    let listed = desk.staff.get("/console/product-imports?limit=100").await.expect(200);
    assert!(listed["items"].as_array().unwrap().iter().any(|import| import["id"] == again["id"]));
}

#[tokio::test]
async fn an_import_that_dies_goes_on_where_it_was() {
    let desk = Desk::open().await;
    let names: Vec<_> = (0..60).map(|n| format!("part-{n}")).collect();
    let rows: Vec<_> = names.iter().map(|name| (name.as_str(), name.as_str(), "1.00")).collect();
    let file = desk.file(&rows);
    let body = json!({ "fileName": "products.csv", "bytes": file.len(), "mode": "allOrNothing" });
    let asked = desk.staff.request(Method::POST, "/console/product-imports").json(&body);
    let asked = desk.staff.send(asked).await.expect(201);
    let id = asked["id"].as_str().unwrap();
    desk.stack.kill_at("import.after-write", id);
    let request = reqwest::Client::new().put(asked["upload"]["url"].as_str().unwrap());
    request.header("content-type", "text/csv").body(file).send().await.unwrap();
    let report = desk.report(id).await;
    assert!(desk.stack.was_killed_at("import.after-write", id));
    assert_eq!(report["status"], "done", "{report}");
    let [created, updated, unchanged, failed] = counts(&report);
    // What was written, but not written down, is found as the file has it.
    assert_eq!((created + unchanged, updated, failed), (60, 0, 0), "{report}");
    assert!(unchanged <= 25, "{report}");
    for name in &names {
        assert_eq!(desk.product(name).await, Some((ProductStatus::Active, 100)), "{name}");
    }
}

#[tokio::test]
async fn what_is_no_file_of_products_is_refused_with_a_reason() {
    let desk = Desk::open().await;
    for (file, part) in
        [("sku,price\nA,1\n", "`slug` is missing"), ("slug,sku,price\n", "no rows"), ("\u{0}", "no column")]
    {
        let report = desk.import("goodRows", file).await;
        assert_eq!(report["status"], "refused", "{report}");
        assert!(report["errors"][0]["message"].as_str().unwrap().contains(part), "{report}");
    }
    for body in [
        json!({ "fileName": "products.csv", "bytes": 0, "mode": "dryRun" }),
        json!({ "fileName": "products.csv", "bytes": product_csv::MAX_BYTES + 1, "mode": "dryRun" }),
    ] {
        let asked = desk.staff.request(Method::POST, "/console/product-imports").json(&body);
        assert_eq!(desk.staff.send(asked).await.pointers(), ["/bytes"]);
    }
}

#[tokio::test]
async fn what_is_written_out_changes_nothing_when_it_comes_back() {
    let desk = Desk::open().await;
    desk.import("goodRows", &desk.file(&[("hook", "H", "3.99"), ("pin", "P", "0.05")])).await;
    let mut file = String::new();
    let mut cursor = String::new();
    loop {
        let url = format!("/console/product-export{cursor}");
        let answer = desk.staff.request(Method::GET, &url).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let next = answer.headers().get("x-next-cursor").map(|next| next.to_str().unwrap().to_owned());
        file.push_str(&answer.text().await.unwrap());
        let Some(next) = next else { break };
        cursor = format!("?cursor={next}");
    }
    let mine = file.lines().filter(|line| line.contains(&desk.mark));
    let mine = file.lines().take(1).chain(mine).collect::<Vec<_>>().join("\r\n");
    let report = desk.import("dryRun", &mine).await;
    assert_eq!(counts(&report), [0, 0, 2, 0], "{report}\n{mine}");
}
