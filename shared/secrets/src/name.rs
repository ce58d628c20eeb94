//! Where a secret lies.

use std::{fmt, str::FromStr};

use domain::{PartnerId, SupplierId, WebhookId};
use thiserror::Error;

/// What a supplier's secret is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SecretKind {
    /// `credential`: what we show the supplier.
    Credential,
    /// `webhook`: what the supplier's calls to us are signed with.
    Webhook,
}

/// A name that no secret has.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("a supplier has no secret of this name (known: credential, webhook)")]
pub struct UnknownSecret;

impl SecretKind {
    /// All secrets that a supplier can have.
    pub const ALL: [Self; 2] = [Self::Credential, Self::Webhook];

    /// The secret's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Credential => "credential",
            Self::Webhook => "webhook",
        }
    }
}

impl FromStr for SecretKind {
    type Err = UnknownSecret;

    fn from_str(name: &str) -> Result<Self, UnknownSecret> {
        Self::ALL.into_iter().find(|kind| kind.name() == name).ok_or(UnknownSecret)
    }
}

impl fmt::Display for SecretKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Which secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SecretName {
    /// A supplier's.
    Supplier(SupplierId, SecretKind),
    /// What our calls to a partner's program are signed with.
    PartnerCallback(PartnerId),
    /// What our calls to one of the merchant's own programs are signed with.
    MerchantWebhook(WebhookId),
}

impl SecretName {
    /// What a supplier is shown.
    #[must_use]
    pub fn credential(supplier_id: SupplierId) -> Self {
        Self::Supplier(supplier_id, SecretKind::Credential)
    }

    /// What a supplier's calls are signed with.
    #[must_use]
    pub fn webhook(supplier_id: SupplierId) -> Self {
        Self::Supplier(supplier_id, SecretKind::Webhook)
    }

    /// The parameter's name; the functions' rights are given by its beginning.
    pub(crate) fn parameter(&self, stage: &str) -> String {
        match self {
            Self::Supplier(id, kind) => format!("/ironmonger/{stage}/suppliers/{id}/{kind}"),
            Self::PartnerCallback(id) => format!("/ironmonger/{stage}/partners/{id}/callback"),
            Self::MerchantWebhook(id) => format!("/ironmonger/{stage}/webhooks/{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_a_place_of_its_own() {
        let id = SupplierId::generate();
        let webhook = SecretName::webhook(id);
        assert_eq!(webhook.parameter("local"), format!("/ironmonger/local/suppliers/{id}/webhook"));
        assert_ne!(webhook.parameter("local"), SecretName::credential(id).parameter("local"));
        let partner = PartnerId::generate();
        let callback = SecretName::PartnerCallback(partner);
        assert_eq!(callback.parameter("local"), format!("/ironmonger/local/partners/{partner}/callback"));
        let id = WebhookId::generate();
        let webhook = SecretName::MerchantWebhook(id);
        assert_eq!(webhook.parameter("local"), format!("/ironmonger/local/webhooks/{id}"));
        for kind in SecretKind::ALL {
            assert_eq!(kind.name().parse(), Ok(kind));
        }
        assert_eq!("password".parse::<SecretKind>(), Err(UnknownSecret));
    }
}
