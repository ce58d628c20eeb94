//! What tests share that need orders: those of this crate, of the store and of the stack.
#![allow(clippy::unwrap_used, reason = "these are the helpers of tests")]

use domain::order::NewOrder;
use domain::{
    Address, AddressInput, Buyer, Currency, CustomerEmail, Money, Order, OrderLine, PaymentProvider,
    ProductId, Quantity, Sku,
};
use jiff::{SignedDuration, Timestamp};

/// The time to pay in these tests.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(15);

/// A line of this many pieces at 2.50 each.
pub fn line(product_id: ProductId, sku: &str, quantity: i64) -> OrderLine {
    OrderLine {
        sku: Sku::parse(sku).unwrap(),
        product_id,
        title: "Gate hook".into(),
        variant_title: String::new(),
        unit_price: Money::new(250, Currency::Gbp),
        quantity: Quantity::parse(quantity).unwrap(),
    }
}

/// The order of a guest with this address.
pub fn order_of(email: &str, lines: Vec<OrderLine>, now: Timestamp) -> Order {
    let new = NewOrder {
        buyer: Buyer::Guest,
        email: CustomerEmail::parse(email).unwrap(),
        shipping_address: Address::parse(AddressInput {
            name: "Ada Lovelace".into(),
            line1: "12 St James's Square".into(),
            line2: None,
            city: "London".into(),
            region: None,
            postal_code: "SW1Y 4JH".into(),
            country: "GB".into(),
        })
        .unwrap(),
        lines,
        payment_provider: PaymentProvider::Sandbox,
        currency: Currency::Gbp,
        payment_window: WINDOW,
    };
    Order::place(new, now).unwrap()
}
