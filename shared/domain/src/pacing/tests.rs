//! What the plans and paced orders promise, whatever the numbers.

mod orders;
mod plans;
mod whatever;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::address::{Address, AddressInput};
use crate::email::CustomerEmail;
use crate::ids::PacedOrderId;
use crate::money::{Currency, Money};
use crate::quantity::Quantity;
use crate::sku::Sku;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn start() -> Timestamp {
    at("2026-03-01T00:00:00Z")
}

fn pieces(number: i64) -> Quantity {
    Quantity::parse(number).unwrap()
}

fn pounds(pounds: i64) -> Money {
    Money::new(pounds * 100, Currency::Gbp)
}

/// A pace with an hour between two instalments.
fn hourly(quantity: i64, instalments: u32, curve: Curve) -> PaceInput {
    let end = start() + HOUR * i32::try_from(instalments).unwrap();
    PaceInput { quantity: pieces(quantity), start: start(), end, instalments, curve, budget: None }
}

fn pace(quantity: i64, instalments: u32, curve: Curve) -> Pace {
    Pace::parse(hourly(quantity, instalments, curve)).unwrap()
}

fn monthly() -> SubscriptionInput {
    let every = Every { unit: EveryUnit::Months, count: 1 };
    SubscriptionInput {
        quantity: pieces(3),
        every,
        start: at("2026-01-31T09:00:00Z"),
        until: None,
        times: None,
    }
}

fn subscription(input: SubscriptionInput) -> Plan {
    Plan::Subscription(Subscription::parse(input).unwrap())
}

fn paced(plan: Plan) -> PacedOrder {
    let shipping_address = Address::parse(AddressInput {
        name: "Ada Lovelace".into(),
        line1: "12 St James's Square".into(),
        line2: None,
        city: "London".into(),
        region: None,
        postal_code: "SW1Y 4JH".into(),
        country: "GB".into(),
    });
    let new = NewPacedOrder {
        id: PacedOrderId::generate(),
        name: "Nails for the site".into(),
        customer: None,
        email: CustomerEmail::parse("ada@example.org").unwrap(),
        shipping_address: shipping_address.unwrap(),
        sku: Sku::parse("NAIL-50").unwrap(),
        plan,
        created_by: "grace@example.org".into(),
        currency: Currency::Gbp,
    };
    PacedOrder::new(new, start())
}

fn by(at: Timestamp) -> StatusChange {
    StatusChange { by: Some("grace@example.org".into()), at, note: None }
}

fn quantities(parts: &[Instalment]) -> Vec<u32> {
    parts.iter().map(|part| part.quantity.get()).collect()
}

fn times(parts: &[Instalment]) -> Vec<String> {
    parts.iter().map(|part| part.at.to_string()).collect()
}
