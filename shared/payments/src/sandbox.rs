//! The sandbox: play money for documented test numbers. Any other number is refused and never stored, so that no real card
//! can pass our functions.

use async_trait::async_trait;
use domain::Payment;

use crate::{BuyerError, BuyerFields, Confirmation, Gateway, Unanswered};

/// A test number, the reference it gives, and what becomes of it.
const CARDS: [(&str, &str, Option<&str>); 3] = [
    ("4242424242424242", "sandbox_success", None),
    ("4000000000000002", "sandbox_declined", Some("the card was declined")),
    ("4000000000009995", "sandbox_insufficient_funds", Some("the card has insufficient funds")),
];

/// The sandbox provider. It keeps no state: what becomes of a payment is told by its reference.
#[derive(Debug, Clone, Copy)]
pub struct Sandbox;

#[async_trait]
impl Gateway for Sandbox {
    async fn create(&self, buyer: &BuyerFields) -> Result<String, BuyerError> {
        let number = buyer.get("cardNumber").unwrap_or_default().replace(' ', "");
        let known = CARDS.iter().find(|(card, ..)| *card == number);
        known.map(|(_, reference, _)| (*reference).to_owned()).ok_or_else(|| BuyerError {
            field: "cardNumber",
            message: format!(
                "must be one of the sandbox's test numbers: {}",
                CARDS.map(|(card, ..)| card).join(", ")
            ),
        })
    }

    async fn confirm(&self, payment: &Payment) -> Result<Confirmation, Unanswered> {
        let known = CARDS.iter().find(|(_, reference, _)| *reference == payment.reference);
        let (.., decline) =
            known.ok_or_else(|| Unanswered(format!("no such reference: {}", payment.reference)))?;
        Ok(decline.map_or(Confirmation::Captured, |reason| Confirmation::Declined { reason: reason.into() }))
    }
}

#[cfg(test)]
mod tests {
    use domain::{Currency, Money, PaymentId, PaymentProvider, PaymentStatus};

    use super::*;

    async fn pay(number: &str) -> Confirmation {
        let reference =
            Sandbox.create(&BuyerFields::default().with("cardNumber", Some(number.into()))).await.unwrap();
        let payment = Payment {
            id: PaymentId::generate(),
            provider: PaymentProvider::Sandbox,
            reference,
            amount: Money::new(1, Currency::Gbp),
            status: PaymentStatus::Processing,
            decline_reason: None,
            created_at: jiff::Timestamp::UNIX_EPOCH,
        };
        Sandbox.confirm(&payment).await.unwrap()
    }

    #[tokio::test]
    async fn the_number_decides() {
        assert_eq!(pay("4242 4242 4242 4242").await, Confirmation::Captured);
        let reason = "the card was declined".to_owned();
        assert_eq!(pay("4000000000000002").await, Confirmation::Declined { reason });
    }

    #[tokio::test]
    async fn any_other_number_is_refused_and_not_repeated() {
        for number in [None, Some("5555555555554444"), Some(""), Some("4242")] {
            let buyer = BuyerFields::default().with("cardNumber", number.map(Into::into));
            let error = Sandbox.create(&buyer).await.unwrap_err();
            assert_eq!(error.field, "cardNumber");
            assert!(!error.to_string().contains("5555555555554444"));
        }
    }
}
