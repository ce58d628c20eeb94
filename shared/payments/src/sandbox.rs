//! The sandbox: play money for documented test numbers. Any other number is refused and never stored, so that no real card
//! can pass our functions.

use async_trait::async_trait;
use domain::{Payment, Refund};

use crate::{BuyerError, BuyerFields, Confirmation, Gateway, Repayment, Unanswered, out_of_bounds};

/// A test number, and what becomes of payments with it.
struct Card {
    number: &'static str,
    reference: &'static str,
    /// Why it does not pay.
    declines: Option<&'static str>,
    /// Why nothing can be paid back to it.
    keeps: Option<&'static str>,
}

const CARDS: [Card; 4] = [
    Card { number: "4242424242424242", reference: "sandbox_success", declines: None, keeps: None },
    Card {
        number: "4000000000000002",
        reference: "sandbox_declined",
        declines: Some("the card was declined"),
        keeps: None,
    },
    Card {
        number: "4000000000009995",
        reference: "sandbox_insufficient_funds",
        declines: Some("the card has insufficient funds"),
        keeps: None,
    },
    Card {
        number: "4000000000005126",
        reference: "sandbox_no_refund",
        declines: None,
        keeps: Some("the card was closed"),
    },
];

fn card_of(payment: &Payment) -> Result<&'static Card, Unanswered> {
    let known = CARDS.iter().find(|card| card.reference == payment.reference);
    known.ok_or_else(|| Unanswered(format!("no such reference: {}", payment.reference)))
}

/// The sandbox provider. It keeps no state: what becomes of a payment is told by its reference.
#[derive(Debug, Clone, Copy)]
pub struct Sandbox;

#[async_trait]
impl Gateway for Sandbox {
    async fn create(&self, buyer: &BuyerFields) -> Result<String, BuyerError> {
        let number = buyer.get("cardNumber").unwrap_or_default().replace(' ', "");
        let known = CARDS.iter().find(|card| card.number == number);
        known.map(|card| card.reference.to_owned()).ok_or_else(|| BuyerError {
            field: "cardNumber",
            message: format!(
                "must be one of the sandbox's test numbers: {}",
                CARDS.each_ref().map(|card| card.number).join(", ")
            ),
        })
    }

    async fn confirm(&self, payment: &Payment) -> Result<Confirmation, Unanswered> {
        let declines = card_of(payment)?.declines;
        Ok(declines.map_or(Confirmation::Captured, |reason| Confirmation::Declined { reason: reason.into() }))
    }

    async fn refund(&self, payment: &Payment, refund: &Refund) -> Result<Repayment, Unanswered> {
        let card = card_of(payment)?;
        let declined = out_of_bounds(payment, refund).or(card.keeps);
        Ok(declined.map_or(Repayment::Refunded, |reason| Repayment::Declined { reason: reason.into() }))
    }
}
