//! What every payment provider must do, whatever its protocol: each promise of the API is a test that runs against all of
//! them.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use domain::{
    Currency, Money, Payment, PaymentId, PaymentProvider, PaymentStatus, Refund, RefundId, RefundStatus,
};
use jiff::Timestamp;
use payments::{BuyerFields, Confirmation, Gateway, Repayment, gateway};

/// What buyers send to a provider that they can choose, and what becomes of it.
struct Means {
    pays: BuyerFields,
    declined: BuyerFields,
    pays_and_keeps: BuyerFields,
    refused: Vec<BuyerFields>,
}

/// Nothing for a provider that buyers cannot choose.
fn means(provider: PaymentProvider) -> Option<Means> {
    let card = |number: &str| BuyerFields::default().with("cardNumber", Some(number.into()));
    match provider {
        PaymentProvider::Account => None,
        PaymentProvider::Sandbox => Some(Means {
            pays: card("4242 4242 4242 4242"),
            declined: card("4000000000000002"),
            pays_and_keeps: card("4000000000005126"),
            refused: vec![BuyerFields::default(), card("5555555555554444"), card(""), card("4242")],
        }),
    }
}

fn providers() -> impl Iterator<Item = (PaymentProvider, &'static dyn Gateway)> {
    PaymentProvider::ALL.into_iter().map(|provider| (provider, gateway(provider)))
}

fn for_buyers() -> impl Iterator<Item = (PaymentProvider, &'static dyn Gateway, Means)> {
    providers().filter_map(|(provider, gateway)| Some((provider, gateway, means(provider)?)))
}

async fn begun(provider: PaymentProvider, fields: &BuyerFields) -> Payment {
    payment(provider, gateway(provider).create(fields).await.unwrap())
}

fn payment(provider: PaymentProvider, reference: String) -> Payment {
    Payment {
        id: PaymentId::generate(),
        provider,
        reference,
        amount: Money::new(1_000, Currency::Gbp),
        status: PaymentStatus::Processing,
        decline_reason: None,
        created_at: Timestamp::UNIX_EPOCH,
    }
}

/// A payment under way that will be captured.
async fn good(provider: PaymentProvider) -> Payment {
    match means(provider) {
        Some(means) => begun(provider, &means.pays).await,
        None => payment(provider, Payment::ON_ACCOUNT.into()),
    }
}

async fn captured(provider: PaymentProvider, payment: Payment) -> Payment {
    assert_eq!(gateway(provider).confirm(&payment).await.unwrap(), Confirmation::Captured);
    Payment { status: PaymentStatus::Captured, ..payment }
}

fn refund(payment: &Payment, amount: Money) -> Refund {
    Refund {
        id: RefundId::generate(),
        payment_id: payment.id,
        amount,
        status: RefundStatus::Processing,
        decline_reason: None,
        paid_outside: None,
        created_at: Timestamp::UNIX_EPOCH,
    }
}

#[tokio::test]
async fn a_payment_that_is_confirmed_again_has_the_same_end() {
    for (provider, gateway) in providers() {
        let mut payments = vec![(good(provider).await, true)];
        if let Some(means) = means(provider) {
            payments.push((begun(provider, &means.declined).await, false));
        }
        for (payment, captured) in payments {
            let first = gateway.confirm(&payment).await.unwrap();
            assert_eq!(first == Confirmation::Captured, captured, "{provider}");
            assert_eq!(gateway.confirm(&payment).await.unwrap(), first, "{provider}");
        }
    }
}

#[tokio::test]
async fn what_is_no_means_of_payment_is_refused_and_not_repeated() {
    for (provider, gateway, means) in for_buyers() {
        for fields in &means.refused {
            let error = gateway.create(fields).await.unwrap_err();
            assert!(!error.field.is_empty(), "{provider}");
            assert!(!error.to_string().contains("5555555555554444"), "{provider}");
        }
    }
}

#[tokio::test]
async fn all_of_a_payment_or_a_part_of_it_is_paid_back_once() {
    for (provider, gateway) in providers() {
        for amount in [1, 400, 1_000] {
            let payment = captured(provider, good(provider).await).await;
            let refund = refund(&payment, Money::new(amount, Currency::Gbp));
            for _ in 0..2 {
                let answer = gateway.refund(&payment, &refund).await.unwrap();
                assert_eq!(answer, Repayment::Refunded, "{provider}");
            }
        }
    }
}

#[tokio::test]
async fn nothing_is_paid_back_that_was_not_paid() {
    for (provider, gateway) in providers() {
        let payment = captured(provider, good(provider).await).await;
        let unpaid = good(provider).await;
        let another = captured(provider, good(provider).await).await;
        let pounds = |amount| Money::new(amount, Currency::Gbp);
        for (payment, refund) in [
            (&payment, refund(&payment, pounds(1_001))),
            (&payment, refund(&payment, pounds(0))),
            (&payment, refund(&payment, Money::new(10, Currency::Usd))),
            (&payment, refund(&another, pounds(10))),
            (&unpaid, refund(&unpaid, pounds(10))),
        ] {
            let answer = gateway.refund(payment, &refund).await.unwrap();
            assert!(matches!(answer, Repayment::Declined { .. }), "{provider}: {refund:?}");
        }
    }
}

#[tokio::test]
async fn a_refund_that_is_declined_is_declined_again() {
    for (provider, gateway, means) in for_buyers() {
        let payment = captured(provider, begun(provider, &means.pays_and_keeps).await).await;
        let refund = refund(&payment, payment.amount);
        let first = gateway.refund(&payment, &refund).await.unwrap();
        assert!(matches!(&first, Repayment::Declined { reason } if !reason.is_empty()), "{provider}");
        assert_eq!(gateway.refund(&payment, &refund).await.unwrap(), first, "{provider}");
    }
}

#[tokio::test]
async fn buyers_pay_with_what_they_can_choose_alone() {
    for (provider, gateway) in providers() {
        let can_choose = PaymentProvider::FOR_BUYERS.contains(&provider);
        assert_eq!(means(provider).is_some(), can_choose, "{provider}");
        let card = BuyerFields::default().with("cardNumber", Some("4242424242424242".into()));
        assert!(can_choose || gateway.create(&card).await.is_err(), "{provider}");
    }
}
