//! Identifiers: a prefix that tells the kind, and a ULID (<https://github.com/ulid/spec>), which sorts by creation time.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use ulid::Ulid;

/// Text that is no identifier of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("is no {kind} id: expected `{prefix}` and 26 characters of a ULID")]
pub struct IdError {
    kind: &'static str,
    prefix: &'static str,
}

macro_rules! id {
    ($name:ident, $kind:literal, $prefix:literal) => {
        #[doc = concat!("The id of one ", $kind, ": `", $prefix, "` and a ULID.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Ulid);

        impl $name {
            /// What every id of this kind begins with.
            pub const PREFIX: &'static str = $prefix;

            /// A new id, unlike any other.
            #[must_use]
            pub fn generate() -> Self {
                Self(Ulid::generate())
            }

            /// The id with this ULID.
            #[must_use]
            pub fn from_ulid(ulid: Ulid) -> Self {
                Self(ulid)
            }

            /// Reads an id in its one canonical form: the prefix, then the ULID in upper case.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                let error = IdError { kind: $kind, prefix: $prefix };
                let encoded = text.strip_prefix($prefix).ok_or(error.clone())?;
                let ulid = Ulid::from_string(encoded).map_err(|_| error.clone())?;
                if ulid.to_string() == encoded { Ok(Self(ulid)) } else { Err(error) }
            }

            /// The ULID without its prefix.
            #[must_use]
            pub fn ulid(self) -> Ulid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}{}", $prefix, self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;

            fn try_from(text: String) -> Result<Self, IdError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }
    };
}

id!(ProductId, "product", "prd_");
id!(CartId, "cart", "crt_");
id!(OrderId, "order", "ord_");
id!(EventId, "event", "evt_");
id!(PaymentId, "payment", "pay_");
id!(SupplierId, "supplier", "sup_");
id!(TaskId, "task", "tsk_");
id!(AuditId, "audit entry", "aud_");
id!(ImageId, "image", "img_");
id!(AdjustmentId, "stock adjustment", "adj_");
id!(ImportId, "import", "imp_");
id!(PartnerKeyId, "partner key", "key_");
id!(PartnerId, "partner", "prt_");
id!(AddressId, "address", "adr_");
id!(ReviewId, "review", "rev_");
id!(UploadId, "upload", "upl_");
id!(RunId, "run", "run_");
id!(RefundId, "refund", "rfd_");
id!(PacedOrderId, "paced order", "pcd_");
id!(WebhookId, "webhook", "whk_");
id!(DeliveryId, "delivery", "dlv_");

impl PartnerId {
    /// The partner whose first key this is: both have the same ULID.
    #[must_use]
    pub fn of_first_key(key: PartnerKeyId) -> Self {
        Self(key.0)
    }

    /// The partner's first key.
    #[must_use]
    pub fn first_key(self) -> PartnerKeyId {
        PartnerKeyId(self.0)
    }
}

impl OrderId {
    /// The number a customer reads out on the phone: the last ten characters of the id (50 random bits), in two groups.
    #[must_use]
    pub fn number(self) -> String {
        let ulid = self.0.to_string();
        format!("{}-{}", &ulid[16..21], &ulid[21..])
    }

    /// When the id was made, to the millisecond.
    #[must_use]
    pub fn made_at(self) -> Timestamp {
        let millisecond = i64::try_from(self.0.timestamp_ms()).unwrap_or(i64::MAX);
        Timestamp::from_millisecond(millisecond).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_writes() {
        let id = OrderId::generate();
        assert_eq!(OrderId::parse(&id.to_string()), Ok(id));
        assert_eq!(serde_json::from_str::<OrderId>(&serde_json::to_string(&id).unwrap()).unwrap(), id);
    }

    #[test]
    fn an_id_tells_when_it_was_made() {
        let before = Timestamp::now().as_millisecond();
        let made = OrderId::generate().made_at().as_millisecond();
        assert!((before..=Timestamp::now().as_millisecond()).contains(&made));
        let last = OrderId::parse("ord_7ZZZZZZZZZZZZZZZZZZZZZZZZZ").unwrap();
        assert_eq!(last.made_at(), Timestamp::MAX);
    }

    #[test]
    fn a_partner_is_known_by_its_first_key() {
        let key = PartnerKeyId::generate();
        let partner = PartnerId::of_first_key(key);
        assert_eq!((partner.first_key(), partner.ulid()), (key, key.ulid()));
        assert!(partner.to_string().starts_with("prt_"));
    }

    #[test]
    fn anything_but_the_canonical_form_is_refused() {
        let id = OrderId::generate().to_string();
        for bad in ["", "ord_", "ord_123", &id.to_lowercase(), &id.replace("ord_", "crt_"), &format!("{id} ")]
        {
            let error = OrderId::parse(bad).unwrap_err();
            assert!(error.to_string().contains("`ord_`"), "{bad}: {error}");
        }
    }
}
