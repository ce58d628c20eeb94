//! What the property tests share.
#![allow(clippy::unwrap_used, reason = "these are the helpers of tests")]

use domain::order::NewOrder;
use domain::{
    Address, AddressInput, Currency, CustomerEmail, Money, Order, OrderLine, PaymentProvider, ProductId,
    Quantity, Sku,
};
use jiff::{SignedDuration, Timestamp};

/// The time to pay in these tests.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(15);

/// An order of these quantities at 2.50 each, placed at the Unix epoch.
pub fn order(lines: &[(&str, i64)]) -> Order {
    let line = |(sku, quantity): &(&str, i64)| OrderLine {
        sku: Sku::parse(sku).unwrap(),
        product_id: ProductId::parse("prd_00000000000000000000000000").unwrap(),
        title: "Gate hook".into(),
        variant_title: String::new(),
        unit_price: Money::new(250, Currency::Gbp),
        quantity: Quantity::parse(*quantity).unwrap(),
    };
    let new = NewOrder {
        email: CustomerEmail::parse("ada@example.org").unwrap(),
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
        lines: lines.iter().map(line).collect(),
        payment_provider: PaymentProvider::Sandbox,
        currency: Currency::Gbp,
        payment_window: WINDOW,
    };
    Order::place(new, Timestamp::UNIX_EPOCH).unwrap()
}
