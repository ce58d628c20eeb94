//! Somebody who buys: the public API from outside.

use domain::{OrderId, Sku, TraceId};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use ulid::Ulid;

use crate::stack::{Stack, wait_for};

/// The test number that pays.
pub const GOOD_CARD: &str = "4242424242424242";
/// The test number that is declined.
pub const DECLINED_CARD: &str = "4000000000000002";

/// Somebody who buys.
#[derive(Clone)]
pub struct Shopper {
    api: String,
    http: reqwest::Client,
    token: Option<String>,
    trace: Option<TraceId>,
}

/// An answer of the API.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The media type.
    pub content_type: String,
    /// The body, or null where it is no JSON.
    pub body: Value,
}

impl Answer {
    /// The body of an answer with the expected status.
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self.body
    }

    /// The pointers of a problem's bad fields.
    #[must_use]
    pub fn pointers(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        errors.iter().filter_map(|error| error["pointer"].as_str()).collect()
    }
}

/// An order that was placed.
#[derive(Debug, Clone)]
pub struct PlacedOrder {
    /// Its id.
    pub id: OrderId,
    /// What shows it.
    pub token: String,
    /// The order, as it was placed.
    pub order: Value,
}

impl Shopper {
    /// Somebody new.
    #[must_use]
    pub fn new(stack: &Stack) -> Self {
        Self {
            api: stack.outputs.api.clone(),
            http: Self::client(&stack.outputs.api),
            token: None,
            trace: None,
        }
    }

    /// An HTTP client for an address.
    pub(crate) fn client(address: &str) -> reqwest::Client {
        cli::connection::http_client(address).build().unwrap()
    }

    /// A request to a path below `/api`.
    #[must_use]
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self.http.request(method, format!("{}{path}", self.api));
        if let Some(trace) = self.trace {
            request = request.header("traceparent", format!("00-{trace}-00f067aa0ba902b7-01"));
        }
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// The same person, who uses the API at another address.
    #[must_use]
    pub fn at(&self, api: &str) -> Self {
        Self { api: api.to_owned(), ..self.clone() }
    }

    /// The same one, showing a token or a partner's key with each request.
    #[must_use]
    pub fn with_token(self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self }
    }

    /// The same one, whose requests are all part of a trace.
    #[must_use]
    pub fn in_trace(self, trace: TraceId) -> Self {
        Self { trace: Some(trace), ..self }
    }

    /// Sends a request.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let content_type =
            response.headers().get("content-type").map(|value| value.to_str().unwrap().to_owned());
        let status = response.status();
        let body = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or_default();
        Answer { status, content_type: content_type.unwrap_or_default(), body }
    }

    /// Reads something public.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// A new cart with these quantities.
    pub async fn cart(&self, items: &[(&Sku, i64)]) -> String {
        let cart = self.send(self.request(Method::POST, "/carts").json(&json!({}))).await.expect(201);
        let id = cart["id"].as_str().unwrap().to_owned();
        for (sku, quantity) in items {
            self.put_item(&id, sku, *quantity).await.expect(200);
        }
        id
    }

    /// Sets how many of a SKU are wanted.
    pub async fn put_item(&self, cart: &str, sku: &Sku, quantity: i64) -> Answer {
        let request = self.request(Method::PUT, &format!("/carts/{cart}/items/{sku}"));
        self.send(request.json(&json!({ "quantity": quantity }))).await
    }

    /// Places an order, under a key of the caller's choice.
    pub async fn place_as(&self, cart: &str, key: &str) -> Answer {
        let request = self.request(Method::POST, "/orders").header("Idempotency-Key", key);
        self.send(request.json(&order_body(cart))).await
    }

    /// Buys these quantities, as far as placing the order.
    pub async fn order(&self, items: &[(&Sku, i64)]) -> PlacedOrder {
        let cart = self.cart(items).await;
        PlacedOrder::read(self.place_as(&cart, &new_key()).await.expect(201))
    }

    /// Pays an order, under a key of the caller's choice.
    pub async fn pay_as(&self, order: &PlacedOrder, card: &str, key: &str) -> Answer {
        let request = self.request(Method::POST, &format!("/orders/{}/payments", order.id));
        let request = request.header("Idempotency-Key", key).header("X-Order-Token", &order.token);
        self.send(request.json(&json!({ "provider": "sandbox", "cardNumber": card }))).await
    }

    /// Buys and pays these quantities.
    pub async fn buy(&self, items: &[(&Sku, i64)]) -> PlacedOrder {
        let order = self.order(items).await;
        let paid = self.pay_as(&order, GOOD_CARD, &new_key()).await.expect(200);
        assert_eq!(paid["payment"]["status"], "captured");
        order
    }

    /// An order as it is.
    pub async fn look_at(&self, order: &PlacedOrder) -> Value {
        let request = self.request(Method::GET, &format!("/orders/{}", order.id));
        self.send(request.header("X-Order-Token", &order.token)).await.expect(200)
    }

    /// Waits until an order has come to a status.
    pub async fn wait_until(&self, order: &PlacedOrder, status: &str, seconds: u64) -> Value {
        wait_for(&format!("order {} is {status}", order.id), seconds, async || {
            let order = self.look_at(order).await;
            (order["status"] == status).then_some(order)
        })
        .await
    }
}

impl PlacedOrder {
    /// Reads the answer to a placed order.
    #[must_use]
    pub fn read(mut answer: Value) -> Self {
        let order = answer["order"].take();
        let id = OrderId::parse(order["id"].as_str().unwrap()).unwrap();
        Self { id, token: answer["accessToken"].as_str().unwrap().to_owned(), order }
    }
}

/// A new idempotency key.
#[must_use]
pub fn new_key() -> String {
    Ulid::generate().to_string()
}

/// Where the goods of tests go.
#[must_use]
pub fn address() -> Value {
    json!({
        "name": "Ada Lovelace",
        "line1": "12 St James's Square",
        "city": "London",
        "postalCode": "SW1Y 4JH",
        "country": "GB",
    })
}

/// A good order of a cart.
#[must_use]
pub fn order_body(cart: &str) -> Value {
    json!({
        "cartId": cart,
        "email": "ada@example.org",
        "shippingAddress": address(),
        "paymentProvider": "sandbox",
    })
}
