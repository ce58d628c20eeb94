//! The shop's public API, as far as buying needs it.

use domain::{Quantity, Sku};
use reqwest::Method;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;

use super::call::{Call, Caller};
pub use super::call::{CallError, Retries};

/// The sandbox's card that is always charged.
const CARD: &str = "4242424242424242";

/// An order as the API shows it, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct OrderView {
    /// The order's id.
    pub id: String,
    /// The number a customer is told.
    pub number: String,
    /// Where it stands.
    pub status: String,
    /// What it costs.
    pub totals: TotalsView,
}

/// What an order costs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TotalsView {
    /// All lines.
    pub subtotal: AmountView,
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AmountView {
    /// Minor units.
    pub amount: i64,
}

/// A placed order and the token to see and pay it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Placed {
    /// The order.
    pub order: OrderView,
    /// The guest's token.
    pub access_token: String,
}

#[derive(Deserialize)]
struct CartView {
    id: String,
}

/// The shop.
#[derive(Debug, Clone)]
pub struct Shop(Caller);

impl Shop {
    /// The shop whose API is at `api`.
    pub fn new(api: &str, retries: Retries) -> Result<Self, reqwest::Error> {
        Caller::new(api, retries).map(Self)
    }

    /// A new cart's id.
    pub async fn create_cart(&self) -> Result<String, CallError> {
        let cart: CartView = self.0.call(Call::new(Method::POST, "/carts".into()).body(json!({}))).await?;
        Ok(cart.id)
    }

    /// Puts so many pieces of a SKU in a cart.
    pub async fn put_item(&self, cart: &str, sku: &Sku, quantity: Quantity) -> Result<(), CallError> {
        let path = format!("/carts/{cart}/items/{sku}");
        let call = Call::new(Method::PUT, path).body(json!({ "quantity": quantity }));
        self.0.call::<IgnoredAny>(call).await.map(|_| ())
    }

    /// Places the order for a cart.
    pub async fn place_order(&self, cart: &str, customer: &str, key: &str) -> Result<Placed, CallError> {
        let body = json!({
            "cartId": cart,
            "email": "replay@example.com",
            "shippingAddress": {
                "name": customer,
                "line1": "1 Replay Yard",
                "city": "Sheffield",
                "postalCode": "S1 2AB",
                "country": "GB",
            },
            "paymentProvider": "sandbox",
        });
        let mut call = Call::new(Method::POST, "/orders".into()).body(body);
        call.key = Some(key);
        self.0.call(call).await
    }

    /// Pays an order.
    pub async fn pay(&self, placed: &Placed, key: &str) -> Result<OrderView, CallError> {
        let path = format!("/orders/{}/payments", placed.order.id);
        let mut call =
            Call::new(Method::POST, path).body(json!({ "provider": "sandbox", "cardNumber": CARD }));
        call.key = Some(key);
        call.token = Some(&placed.access_token);
        self.0.call(call).await
    }

    /// An order as it stands now.
    pub async fn order(&self, id: &str, token: &str) -> Result<OrderView, CallError> {
        let mut call = Call::new(Method::GET, format!("/orders/{id}"));
        call.token = Some(token);
        self.0.call(call).await
    }
}

/// A key that is the same for one step of one invoice in one run, whatever characters the invoice's number has.
#[must_use]
pub fn idempotency_key(run: &str, invoice: &str, step: &str) -> String {
    let plain: String = invoice.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    format!("{run}-{plain}-{}-{step}", crate::identity::mark(invoice))
}

/// The order statuses that never change again by themselves.
#[must_use]
pub fn is_final(status: &str) -> bool {
    matches!(status, "fulfilled" | "expired" | "needsAttention" | "cancelled" | "refunded")
}
