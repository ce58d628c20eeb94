//! What the routes about partners' keys share.

use domain::{CustomerEmail, PartnerId, PartnerKeyId, PartnerKeyName, PartnerScope};
use jiff::Timestamp;
use serde::Serialize;
use store::partner_keys::UsedPartnerKey;
use utoipa::ToSchema;

/// What is known of a partner's key. The key itself is not.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartnerKey {
    /// The key's id.
    #[schema(value_type = String, example = "key_01JD0000000000000000000000")]
    id: PartnerKeyId,
    /// Whose it is. A partner that gets a new key is still the same partner.
    #[schema(value_type = String, example = "prt_01JD0000000000000000000000")]
    partner_id: PartnerId,
    /// What staff call it.
    #[schema(value_type = String, example = "Calder & Sons")]
    name: PartnerKeyName,
    /// What it lets its holder do.
    #[schema(value_type = Vec<String>, example = json!(["catalog:read"]))]
    scopes: Vec<PartnerScope>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// Who made it.
    #[schema(value_type = String)]
    created_by: CustomerEmail,
    /// When it was used last, give or take a minute.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_used_at: Option<Timestamp>,
    /// When it was revoked.
    #[schema(value_type = Option<String>, format = DateTime)]
    revoked_at: Option<Timestamp>,
}

impl From<UsedPartnerKey> for PartnerKey {
    fn from(UsedPartnerKey { key, last_used_at }: UsedPartnerKey) -> Self {
        let key = key.value;
        Self {
            id: key.id,
            partner_id: key.partner(),
            name: key.name,
            scopes: key.scopes.into_iter().collect(),
            created_at: key.created_at,
            created_by: key.created_by,
            last_used_at,
            revoked_at: key.revoked_at,
        }
    }
}
