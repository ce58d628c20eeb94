//! On account: no money moves here. What an order costs is put on the account of whoever sent it, what is paid back is a
//! credit on it, and the shop and they settle it between them.

use async_trait::async_trait;
use domain::{Payment, Refund};

use crate::{BuyerError, BuyerFields, Confirmation, Gateway, Repayment, Unanswered, out_of_bounds};

/// Payments on account. Nothing can go wrong with them but that somebody asks for more back than was paid.
#[derive(Debug, Clone, Copy)]
pub struct Account;

#[async_trait]
impl Gateway for Account {
    async fn create(&self, _: &BuyerFields) -> Result<String, BuyerError> {
        Err(BuyerError { field: "provider", message: "takes no payments of buyers".into() })
    }

    async fn confirm(&self, _: &Payment) -> Result<Confirmation, Unanswered> {
        Ok(Confirmation::Captured)
    }

    async fn refund(&self, payment: &Payment, refund: &Refund) -> Result<Repayment, Unanswered> {
        let declined = out_of_bounds(payment, refund);
        Ok(declined.map_or(Repayment::Refunded, |reason| Repayment::Declined { reason: reason.into() }))
    }
}
