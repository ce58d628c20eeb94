//! Payments of orders.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{PaymentId, RefundId};
use crate::money::Money;

/// Who moves the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PaymentProvider {
    /// Play money for documented test numbers.
    Sandbox,
    /// Nobody, here: the shop and whoever has the account settle it between them. No buyer can choose it.
    Account,
}

impl PaymentProvider {
    /// All providers.
    pub const ALL: [Self; 2] = [Self::Sandbox, Self::Account];
    /// Those that buyers can choose.
    pub const FOR_BUYERS: [Self; 1] = [Self::Sandbox];

    /// The provider's name, as it stands in requests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sandbox => "sandbox",
            Self::Account => "account",
        }
    }

    /// The provider with this name, if buyers can choose it.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::FOR_BUYERS.into_iter().find(|provider| provider.name() == name)
    }
}

impl fmt::Display for PaymentProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where a payment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PaymentStatus {
    /// The provider was asked, or is about to be; money may have moved.
    Processing,
    /// The money is ours.
    Captured,
    /// The provider refused; no money moved.
    Declined,
}

impl PaymentStatus {
    /// The status' name, as it stands in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Processing => "processing",
            Self::Captured => "captured",
            Self::Declined => "declined",
        }
    }
}

/// Where a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RefundStatus {
    /// The provider was asked, or is about to be; money may have moved.
    Processing,
    /// The money is the customer's again.
    Refunded,
    /// The provider refused; no money moved.
    Declined,
}

impl RefundStatus {
    /// The status' name, as it stands in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Processing => "processing",
            Self::Refunded => "refunded",
            Self::Declined => "declined",
        }
    }
}

/// One attempt to pay back a payment or a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Refund {
    /// The refund's id, which the provider gets as its idempotency key.
    pub id: RefundId,
    /// The payment that is paid back.
    pub payment_id: PaymentId,
    /// How much.
    pub amount: Money,
    /// Where it stands.
    pub status: RefundStatus,
    /// Why the provider refused it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub decline_reason: Option<String>,
    /// How a person paid it back instead, in their words; none where the provider did.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub paid_outside: Option<String>,
    /// When it was begun.
    pub created_at: Timestamp,
}

/// One attempt to pay an order in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Payment {
    /// The payment's id, which the provider gets as its idempotency key.
    pub id: PaymentId,
    /// Who moves the money.
    pub provider: PaymentProvider,
    /// The provider's name for the means of payment; never a card number.
    pub reference: String,
    /// How much.
    pub amount: Money,
    /// Where it stands.
    pub status: PaymentStatus,
    /// Why it was declined.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub decline_reason: Option<String>,
    /// When it was begun.
    pub created_at: Timestamp,
}

impl Payment {
    /// The reference of payments [on account](PaymentProvider::Account).
    pub const ON_ACCOUNT: &str = "on account";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buyers_choose_what_moves_money() {
        for provider in PaymentProvider::ALL {
            let chosen = PaymentProvider::parse(provider.name());
            assert_eq!(chosen.is_some(), provider != PaymentProvider::Account);
            assert_eq!(serde_json::to_value(provider).unwrap(), provider.name());
        }
        assert_eq!(PaymentProvider::parse("cash"), None);
    }
}
