//! The role matrix: every route of the API's document, called by everybody, answers as the table in `roles.toml` says.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::collections::{BTreeMap, BTreeSet};

use domain::CartId;
use futures::{StreamExt, stream};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use stack_tests::shopper::{new_key, order_body};
use stack_tests::stack::TestProduct;
use stack_tests::{Shopper, SignedIn, Stack};

/// How many routes are called at a time.
const AT_A_TIME: usize = 4;
/// Stands for things that are not there.
const NONE_SUCH: &str = "none-such";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// What each of the six hears, by method and path.
    routes: BTreeMap<String, [String; 6]>,
    bodies: BTreeMap<String, String>,
}

struct Route {
    name: String,
    method: Method,
    path: String,
    headers: Vec<String>,
    has_body: bool,
}

struct Cast {
    nobody: Shopper,
    customer: SignedIn,
    another: SignedIn,
    operator: SignedIn,
    admin: SignedIn,
    partner: Shopper,
    product: TestProduct,
    cart: String,
    order: String,
}

fn table() -> Table {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/roles.toml")).unwrap();
    toml::from_str(&text).unwrap()
}

fn routes() -> Vec<Route> {
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let document: Value = serde_json::from_str(&std::fs::read_to_string(document).unwrap()).unwrap();
    let mut routes = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let method = method.to_uppercase();
            let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
            let headers = parameters.iter().filter(|parameter| parameter["in"] == "header");
            routes.push(Route {
                name: format!("{method} {path}"),
                method: method.parse().unwrap(),
                path: path.clone(),
                headers: headers.map(|header| header["name"].as_str().unwrap().to_owned()).collect(),
                has_body: operation["requestBody"].is_object(),
            });
        }
    }
    routes
}

impl Cast {
    async fn assemble() -> Self {
        let stack = Stack::connect().await;
        let nobody = Shopper::new(&stack);
        let product = stack.product(1, 10).await;
        let (customer, another) = (stack.customer().await, stack.customer().await);
        let (operator, admin) = (stack.operator().await, stack.admin().await);
        let key = json!({ "name": "Role matrix", "scopes": ["catalog:read", "orders:write"] });
        let key =
            admin.send(admin.request(Method::POST, "/console/partner-keys").json(&key)).await.expect(201);
        let partner = Shopper::new(&stack).with_token(key["key"].as_str().unwrap());
        let cart = customer.cart(&[(&product.skus[0], 1)]).await;
        let order = my_order(&customer, &product).await;
        Self { nobody, customer, another, operator, admin, partner, product, cart, order }
    }

    /// What a path's parameters stand for. Things of a customer's are the first customer's, new where a call may end them.
    async fn path(&self, route: &Route) -> String {
        let mut path = route.path.strip_prefix("/api").unwrap().to_owned();
        let id = if path.starts_with("/carts/") {
            self.cart.clone()
        } else if path.starts_with("/orders/") || path.starts_with("/me/orders/") {
            self.order.clone()
        } else if path.starts_with("/me/addresses/") {
            my_address(&self.customer).await
        } else {
            NONE_SUCH.to_owned()
        };
        for (parameter, value) in [
            ("{id}", id.as_str()),
            ("{idOrSlug}", self.product.slug.as_str()),
            ("{productId}", &self.product.id.to_string()),
            ("{sku}", self.product.skus[0].as_str()),
            ("{slug}", NONE_SUCH),
            ("{name}", NONE_SUCH),
            ("{supplierId}", NONE_SUCH),
            ("{reference}", NONE_SUCH),
            ("{deliveryId}", NONE_SUCH),
        ] {
            path = path.replace(parameter, value);
        }
        assert!(!path.contains('{'), "{}: what do its parameters stand for?", route.name);
        path
    }

    /// Calls a route as each of the six, the owner of things last. Gives the statuses in the table's order.
    async fn call(&self, route: &Route, body: Option<&String>) -> [u16; 6] {
        let path = self.path(route).await;
        let mut statuses = [0; 6];
        let callers: [(usize, &Shopper); 6] = [
            (0, &self.nobody),
            (2, &self.another),
            (3, &self.operator),
            (4, &self.admin),
            (5, &self.partner),
            (1, &self.customer),
        ];
        for (index, caller) in callers {
            let mut request = caller.request(route.method.clone(), &path);
            for header in &route.headers {
                let value = match header.as_str() {
                    "Idempotency-Key" => new_key(),
                    "If-Match" => "\"1\"".into(),
                    _ => NONE_SUCH.into(),
                };
                request = request.header(header, value);
            }
            if route.has_body {
                let body = body.cloned().unwrap_or_else(|| "{}".into());
                request = request.header("Content-Type", "application/json").body(body);
            }
            statuses[index] = caller.send(request).await.status.as_u16();
        }
        statuses
    }
}

async fn my_order(customer: &SignedIn, product: &TestProduct) -> String {
    let cart = customer.cart(&[(&product.skus[0], 1)]).await;
    let mut body = order_body(&cart);
    body.as_object_mut().unwrap().remove("email");
    let request = customer.request(Method::POST, "/me/orders").header("Idempotency-Key", new_key());
    let placed = customer.send(request.json(&body)).await.expect(201);
    let order = if placed["order"].is_object() { &placed["order"] } else { &placed };
    order["id"].as_str().unwrap().to_owned()
}

async fn my_address(customer: &SignedIn) -> String {
    let address = order_body(&CartId::generate().to_string())["shippingAddress"].clone();
    let request = customer.request(Method::POST, "/me/addresses").json(&address);
    customer.send(request).await.expect(201)["id"].as_str().unwrap().to_owned()
}

fn fits(expected: &str, status: u16) -> bool {
    match expected {
        "allowed" => !matches!(status, 401 | 403),
        exact => status.to_string() == exact,
    }
}

#[tokio::test]
async fn every_route_answers_everybody_as_the_table_says() {
    let (table, routes) = (table(), routes());
    let known: BTreeSet<_> = table.routes.keys().collect();
    let served: BTreeSet<_> = routes.iter().map(|route| &route.name).collect();
    let only_one: Vec<_> = known.symmetric_difference(&served).collect();
    assert!(only_one.is_empty(), "only the table or only the document has {only_one:?}");
    let strays: Vec<_> = table.bodies.keys().filter(|route| !known.contains(route)).collect();
    assert!(strays.is_empty(), "no routes: {strays:?}");

    let cast = Cast::assemble().await;
    let wrong: Vec<String> = stream::iter(&routes)
        .map(async |route| {
            let row = &table.routes[&route.name];
            let statuses = cast.call(route, table.bodies.get(&route.name)).await;
            let as_told = row.iter().zip(statuses).all(|(expected, status)| fits(expected, status));
            // What is hidden from another customer is there for the one whose it is.
            let is_there = row[2] != "404" || row[1] == "404" || statuses[1] != 404;
            (!as_told || !is_there).then(|| format!("{}: {row:?}, but {statuses:?}", route.name))
        })
        .buffer_unordered(AT_A_TIME)
        .filter_map(async |wrong| wrong)
        .collect()
        .await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn only_id_tokens_of_the_shop_are_good() {
    let stack = Stack::connect().await;
    let admin = stack.admin().await;
    admin.get("/console/staff").await.expect(200);
    // The directory's own token, which the authorizer lets in, says too little about its bearer.
    let nobody = Shopper::new(&stack);
    nobody.clone().with_token(&admin.tokens.access).get("/console/staff").await.expect(401);
    let (head, signature) = admin.tokens.id.rsplit_once('.').unwrap();
    let forged = format!("{head}.{}", signature.chars().rev().collect::<String>());
    nobody.clone().with_token(&forged).get("/console/staff").await.expect(401);
    nobody.with_token("nonsense").get("/console/staff").await.expect(401);
}
