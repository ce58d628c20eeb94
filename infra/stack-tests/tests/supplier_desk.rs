//! The supplier desk: suppliers, secrets, offers and routing, as operators see them in the console.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use domain::{Sku, SupplierId};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use stack_tests::shopper::new_key;
use stack_tests::{Answer, Shopper, SignedIn, Stack, wait_for};
use store::offers::MAX_AT_ONCE;
use ulid::Ulid;

const DESK: &str = "/console/fulfilment";
const CONFIGURATION: &str = include_str!("../../supplier-sim/http-json.json");

/// A supplier that the simulator plays, as the console would send it.
fn input(stack: &Stack, name: &str) -> Value {
    let mut configuration: Value = serde_json::from_str(CONFIGURATION).unwrap();
    let simulator = stack.outputs.supplier_sim.as_deref().unwrap();
    configuration["baseUrl"] = format!("{simulator}/{}", Ulid::generate().to_string().to_lowercase()).into();
    json!({
        "name": name, "adapter": "http-json", "configuration": configuration, "priority": 5, "weight": 1,
        "budget": { "daily": null, "monthly": null }, "limits": { "perMinute": null, "concurrent": null },
        "webhook": null,
    })
}

async fn create(staff: &SignedIn, input: &Value, key: &str) -> Answer {
    let request = staff.request(Method::POST, &format!("{DESK}/suppliers")).header("Idempotency-Key", key);
    staff.send(request.json(input)).await
}

/// A new supplier: its id.
async fn supplier(staff: &SignedIn, input: &Value) -> String {
    create(staff, input, &new_key()).await.expect(201)["id"].as_str().unwrap().to_owned()
}

async fn put(staff: &SignedIn, path: &str, body: &Value) -> Answer {
    staff.send(staff.request(Method::PUT, &format!("{DESK}{path}")).json(body)).await
}

fn edit(staff: &SignedIn, path: &str, version: u64, body: &Value) -> RequestBuilder {
    let request = staff.request(Method::PUT, &format!("{DESK}{path}"));
    request.header("If-Match", format!("\"{version}\"")).json(body)
}

async fn import(staff: &SignedIn, supplier: &str, csv: &str, dry_run: bool) -> Value {
    let path = format!("{DESK}/suppliers/{supplier}/offer-imports?dryRun={dry_run}");
    let request = staff.request(Method::POST, &path).header("Content-Type", "text/csv");
    staff.send(request.body(csv.to_owned())).await.expect(200)
}

fn csv(rows: &[(&Sku, &str)]) -> String {
    let rows: Vec<_> = rows.iter().map(|(sku, cost)| format!("{sku},X-{sku},{cost},1,1000000,1h")).collect();
    format!("sku,code,cost,minimum,maximum,leadTime\n{}\n", rows.join("\n"))
}

/// What the audit trail tells of something, the newest first.
async fn told_of(admin: &SignedIn, subject: &str) -> Vec<Value> {
    let path = format!("/console/audit?subject={subject}&limit=100");
    admin.get(&path).await.expect(200)["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_supplier_that_is_added_in_the_console_fulfils_an_order() {
    let stack = Stack::connect().await;
    let (admin, shopper) = (stack.admin().await, Shopper::new(&stack));
    let product = stack.product(1, 10).await;
    let sku = &product.skus[0];
    let id = supplier(&admin, &input(&stack, "Added in the console")).await;

    let tested =
        admin.send(admin.request(Method::POST, &format!("{DESK}/suppliers/{id}/test"))).await.expect(200);
    assert_eq!(tested["ok"], true, "{tested}");
    assert_eq!(tested["exchanges"][0]["status"], 200, "{tested}");

    assert_eq!(import(&admin, &id, &csv(&[(sku, "1.20")]), false).await["created"], 1);
    let lines = json!({ "lines": [{ "sku": sku, "quantity": 3 }] });
    let simulate = async || {
        let request = admin.request(Method::POST, &format!("{DESK}/routing/simulations"));
        admin.send(request.json(&lines)).await.expect(200)
    };
    let paused = simulate().await;
    assert_eq!(paused["unroutable"][0]["refusals"][0]["refusal"], "paused", "{paused}");

    let started =
        put(&admin, &format!("/suppliers/{id}/status"), &json!({ "status": "active" })).await.expect(200);
    assert_eq!((&started["status"], &started["version"]), (&json!("active"), &json!(2)));
    let simulated = simulate().await;
    assert_eq!(simulated["assignments"][0]["supplierId"], id.as_str(), "{simulated}");
    assert_eq!(simulated["cost"], json!({ "amount": 360, "currency": "GBP" }));
    assert_eq!(simulated["assignments"][0]["why"][0]["considered"][0]["verdict"], "chosen");

    let order = shopper.buy(&[(sku, 3)]).await;
    let turn = format!("{}/control", tested_address(&tested));
    let http = reqwest::Client::new();
    let knobs = json!({ "workingAfterMs": 0, "completeAfterMs": 0 });
    assert!(http.put(turn).json(&knobs).send().await.unwrap().status().is_success());
    let fulfilled = wait_for("the order is fulfilled", 120, async || {
        stack.send("SyncQueueUrl", json!({ "supplierId": id })).await;
        let order = shopper.look_at(&order).await;
        (order["status"] == "fulfilled").then_some(order)
    })
    .await;
    assert_eq!(fulfilled["shipments"][0]["items"][0]["quantity"], 3);
    let health = admin.get(&format!("{DESK}/suppliers/{id}/health")).await.expect(200);
    assert_eq!((&health["hour"]["placed"], &health["hour"]["completed"]), (&json!(1), &json!(1)), "{health}");
    assert!(health["hour"]["calls"].as_i64().unwrap() >= 2, "{health}");
    let log: Vec<_> = health["log"].as_array().unwrap().iter().map(|entry| &entry["kind"]).collect();
    assert!(log.contains(&&json!("activated")), "{health}");
    let compared = admin.get(&format!("{DESK}/supplier-comparison?period=day")).await.expect(200);
    let own = compared["items"].as_array().unwrap().iter().find(|item| item["id"] == id.as_str()).unwrap();
    assert_eq!(own["health"]["completed"], 1);
}

/// The supplier's address at the simulator, from what a connection test shows.
fn tested_address(tested: &Value) -> String {
    let url = tested["exchanges"][0]["url"].as_str().unwrap();
    url.split_once("/orders").unwrap().0.to_owned()
}

#[tokio::test]
async fn an_edit_of_an_older_version_is_refused_with_what_there_is_now() {
    let stack = Stack::connect().await;
    let (admin, operator) = (stack.admin().await, stack.operator().await);
    let mut wanted = input(&stack, "First name");
    let key = new_key();
    let created = create(&admin, &wanted, &key).await.expect(201);
    assert_eq!((&created["status"], &created["version"]), (&json!("paused"), &json!(1)));
    assert_eq!(create(&admin, &wanted, &key).await.expect(201)["id"], created["id"]);
    create(&operator, &wanted, &new_key()).await.expect(403);

    let id = created["id"].as_str().unwrap();
    let path = format!("/suppliers/{id}");
    wanted["name"] = "Second name".into();
    let changed = admin.send(edit(&admin, &path, 1, &wanted)).await.expect(200);
    assert_eq!((&changed["name"], &changed["version"]), (&json!("Second name"), &json!(2)));
    wanted["name"] = "Third name".into();
    let refused = admin.send(edit(&admin, &path, 1, &wanted)).await.expect(412);
    assert_eq!(refused["current"]["name"], "Second name");
    put(&admin, &path, &wanted).await.expect(428);

    let told = told_of(&admin, &format!("supplier:{id}")).await;
    assert_eq!(told.len(), 2, "{told:?}");
    let change = json!([{ "path": "/supplier/name", "from": "First name", "to": "Second name" }]);
    assert_eq!(told[0]["changes"], change);
}

#[tokio::test]
async fn calls_go_nowhere_they_should_not() {
    let stack = Stack::connect().await;
    let admin = stack.admin().await;
    for address in [
        "https://169.254.169.254/latest",
        "https://10.0.0.1/",
        "https://[::1]/",
        "http://example.org",
        "http://127.0.0.1:22/x",
    ] {
        let mut bad = input(&stack, "Elsewhere");
        bad["configuration"]["baseUrl"] = address.into();
        let refused = create(&admin, &bad, &new_key()).await;
        assert_eq!(refused.status.as_u16(), 422, "{address}: {}", refused.body);
        assert_eq!(refused.pointers(), ["/configuration/baseUrl"], "{address}");
    }
    // A name is looked up when it is called.
    let mut hidden = input(&stack, "Hidden behind a name");
    hidden["configuration"]["baseUrl"] = "https://localhost.localdomain/api".into();
    let id = supplier(&admin, &hidden).await;
    let tested =
        admin.send(admin.request(Method::POST, &format!("{DESK}/suppliers/{id}/test"))).await.expect(200);
    assert_eq!(tested["ok"], false, "{tested}");
}

#[tokio::test]
async fn a_secret_is_used_and_never_told() {
    let stack = Stack::connect().await;
    let (admin, operator) = (stack.admin().await, stack.operator().await);
    let mut wanted = input(&stack, "Keeps a secret");
    wanted["configuration"]["auth"] = json!({ "kind": "header", "name": "X-Api-Key" });
    let id = supplier(&admin, &wanted).await;
    let path = format!("/suppliers/{id}/secrets/credential");
    let secret = format!("hush-{}", Ulid::generate());
    let body = json!({ "value": secret });
    put(&operator, &path, &body).await.expect(403);
    put(&admin, &path, &json!({ "value": "" })).await.expect(422);
    put(&admin, &format!("/suppliers/{id}/secrets/password"), &body).await.expect(400);
    let set = put(&admin, &path, &body).await.expect(200);
    assert!(set["updatedAt"].is_string());

    let seen = admin.get(&format!("{DESK}/suppliers/{id}")).await.expect(200);
    assert_eq!(seen["secrets"], json!({ "credential": set["updatedAt"], "webhook": null }));
    assert_eq!(seen["version"], 1, "a secret is no change of the supplier");
    let tested =
        admin.send(admin.request(Method::POST, &format!("{DESK}/suppliers/{id}/test"))).await.expect(200);
    assert_eq!(tested["ok"], true, "{tested}");
    let headers = tested["exchanges"][0]["requestHeaders"].as_array().unwrap();
    assert!(headers.iter().any(|header| header["name"].as_str().unwrap().eq_ignore_ascii_case("x-api-key")));
    let health = admin.get(&format!("{DESK}/suppliers/{id}/health")).await.expect(200);
    assert_eq!(health["log"][0]["kind"], "secretChanged");
    let told = told_of(&admin, &format!("supplier:{id}")).await;
    assert_eq!(told[0]["action"], "supplier.secretSet");
    let record = stack.database.stored_supplier(SupplierId::parse(&id).unwrap()).await.unwrap();
    for shown in [json!([seen, tested, health, told]).to_string(), format!("{record:?}")] {
        assert!(!shown.contains(&secret), "{shown}");
    }

    let request = admin.request(Method::DELETE, &format!("{DESK}{path}"));
    admin.send(request).await.expect(204);
    let seen = admin.get(&format!("{DESK}/suppliers/{id}")).await.expect(200);
    assert_eq!(seen["secrets"]["credential"], Value::Null);
}

#[tokio::test]
async fn offers_come_from_a_file_all_or_none_and_go_back_into_one() {
    let stack = Stack::connect().await;
    let (admin, operator) = (stack.admin().await, stack.operator().await);
    let product = stack.product(2, 1).await;
    let [first, second] = [&product.skus[0], &product.skus[1]];
    let id = supplier(&admin, &input(&stack, "Sends a file")).await;
    let unknown = Sku::parse("T-NO-SUCH-SKU").unwrap();

    let bad =
        import(&operator, &id, &csv(&[(first, "1.00"), (second, "1.005"), (&unknown, "2.00")]), false).await;
    assert_eq!((&bad["applied"], &bad["rows"]), (&json!(false), &json!(3)));
    let places: Vec<_> =
        bad["errors"].as_array().unwrap().iter().map(|e| (e["row"].clone(), e["column"].clone())).collect();
    assert_eq!(places, [(json!(3), json!("cost")), (json!(4), json!("sku"))]);
    let list = async || {
        let page = operator.get(&format!("{DESK}/offers?supplier={id}")).await.expect(200);
        page["items"].as_array().unwrap().clone()
    };
    assert_eq!(list().await, [] as [Value; 0]);

    let good = csv(&[(first, "1.00"), (second, "2.50")]);
    let looked = import(&operator, &id, &good, true).await;
    assert_eq!(
        (&looked["dryRun"], &looked["applied"], &looked["created"]),
        (&json!(true), &json!(false), &json!(2))
    );
    assert_eq!(list().await, [] as [Value; 0]);
    assert_eq!(import(&operator, &id, &good, false).await["applied"], true);
    assert_eq!(import(&operator, &id, &good, false).await["unchanged"], 2);
    let offers = list().await;
    assert_eq!(offers.iter().map(|offer| offer["version"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 1]);

    let path = format!("/suppliers/{id}/offers/{first}");
    let mut offer = json!({
        "code": "C-1", "cost": { "amount": 110, "currency": "GBP" }, "minimum": 1, "maximum": 9,
        "leadTimeSeconds": 60, "window": { "fromSeconds": 0, "untilSeconds": 3600 },
    });
    let changed = operator.send(edit(&operator, &path, 1, &offer)).await.expect(200);
    assert_eq!((&changed["version"], &changed["window"]["untilSeconds"]), (&json!(2), &json!(3600)));
    offer["code"] = "C-2".into();
    let refused = operator.send(edit(&operator, &path, 0, &offer)).await.expect(412);
    assert_eq!(refused["current"]["code"], "C-1");
    let of_sku = operator.get(&format!("{DESK}/offers?sku={first}")).await.expect(200);
    assert_eq!(of_sku["items"][0]["supplierName"], "Sends a file");

    let export = operator.request(Method::GET, &format!("{DESK}/suppliers/{id}/offers.csv"));
    let file = export.send().await.unwrap().text().await.unwrap();
    assert!(file.contains(&format!("{first},C-1,1.10,1,9,1m,0s,1h")), "{file}");
    assert_eq!(import(&operator, &id, &file, false).await["unchanged"], 2);

    operator.send(operator.request(Method::DELETE, &format!("{DESK}{path}"))).await.expect(204);
    operator.send(operator.request(Method::DELETE, &format!("{DESK}{path}"))).await.expect(404);
    assert_eq!(list().await.len(), 1);
    let told = told_of(&admin, &format!("supplier:{id}")).await;
    assert_eq!(told[0]["action"], "supplier.offersWritten", "{told:?}");
    operator.get(&format!("{DESK}/offers")).await.expect(400);
}

#[tokio::test]
async fn a_file_may_be_longer_than_what_is_written_at_once() {
    let stack = Stack::connect().await;
    let admin = stack.admin().await;
    let mut skus = Vec::new();
    for _ in 0..4 {
        skus.extend(stack.product(30, 1).await.skus);
    }
    assert!(skus.len() > MAX_AT_ONCE);
    let id = supplier(&admin, &input(&stack, "Sends a long file")).await;
    let rows: Vec<_> = skus.iter().map(|sku| (sku, "1.00")).collect();
    let written = import(&admin, &id, &csv(&rows), false).await;
    assert_eq!((&written["applied"], &written["created"]), (&json!(true), &json!(skus.len())));
    let page = admin.get(&format!("{DESK}/offers?supplier={id}&limit=100")).await.expect(200);
    let cursor = page["nextCursor"].as_str().unwrap();
    let rest = admin.get(&format!("{DESK}/offers?supplier={id}&limit=100&cursor={cursor}")).await.expect(200);
    let lengths = [&page, &rest].map(|page| page["items"].as_array().unwrap().len());
    assert_eq!(lengths, [100, skus.len() - 100]);
    let too_long = format!("{}{}", csv(&rows), "x,x,1,1,1,1h\n".repeat(2_000));
    let refused = import(&admin, &id, &too_long, false).await;
    assert_eq!((&refused["applied"], &refused["errors"][0]["row"]), (&json!(false), &json!(1)));
}

#[tokio::test]
async fn a_product_has_a_strategy_of_its_own() {
    let stack = Stack::connect().await;
    let admin = stack.admin().await;
    let product = stack.product(1, 10).await;
    let sku = &product.skus[0];
    let mut ids = Vec::new();
    // The dear one is asked first, the cheap one second.
    for (name, priority, cost) in [("Dear", 1, "9.00"), ("Cheap", 2, "1.00")] {
        let mut wanted = input(&stack, name);
        wanted["priority"] = priority.into();
        let id = supplier(&admin, &wanted).await;
        import(&admin, &id, &csv(&[(sku, cost)]), false).await;
        put(&admin, &format!("/suppliers/{id}/status"), &json!({ "status": "active" })).await.expect(200);
        ids.push(id);
    }
    let chosen = async || {
        let body = json!({ "lines": [{ "sku": sku, "quantity": 1 }] });
        let request = admin.request(Method::POST, &format!("{DESK}/routing/simulations")).json(&body);
        let simulated = admin.send(request).await.expect(200);
        simulated["assignments"][0]["supplierId"].as_str().unwrap().to_owned()
    };
    assert_eq!(chosen().await, ids[0]);
    let routing = admin.get(&format!("{DESK}/routing")).await.expect(200);
    let rule = |rule: &Value| json!({ "productId": rule["productId"], "strategy": rule["strategy"] });
    let before: Vec<_> = routing["products"].as_array().unwrap().iter().map(rule).collect();
    let version = routing["version"].as_u64().unwrap();
    let with = |more: Option<Value>| {
        let products: Vec<_> = before.iter().cloned().chain(more).collect();
        json!({ "default": routing["default"], "products": products })
    };
    let own = json!({ "productId": product.id, "strategy": "cheapest" });
    let put = edit(&admin, "/routing", version, &with(Some(own)));
    assert_eq!(admin.send(put).await.expect(200)["version"], version + 1);
    assert_eq!(chosen().await, ids[1]);
    admin.send(edit(&admin, "/routing", version, &with(None))).await.expect(412);
    admin.send(edit(&admin, "/routing", version + 1, &with(None))).await.expect(200);
    assert_eq!(chosen().await, ids[0]);
}
