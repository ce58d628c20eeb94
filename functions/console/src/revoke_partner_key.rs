//! `DELETE /api/console/partner-keys/{id}`: a key is good no longer. A partner whose last one it was is told nothing more.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::{Group, PartnerKeyId};
use jiff::Timestamp;
use store::audit::{Actor, AuditEntry, AuditSubject};
use store::partner_keys::{PartnerKey, UsedPartnerKey};
use store::{CommitError, Database, StoreError, Versioned};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Person, Problem, guarded};

use crate::actor;

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(revoke_partner_key)))
}

#[utoipa::path(
    delete,
    path = "/api/console/partner-keys/{id}",
    tag = "partners",
    params(("id" = String, Path, description = "The key's id")),
    responses(
        (status = 204, description = "It is revoked, from now on or since before; with a partner's last key its callback is switched off"),
        (status = 400, description = "The id is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such key", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn revoke_partner_key(
    State(database): State<Database>,
    Path(id): Path<String>,
    person: Person,
) -> Result<StatusCode, Problem> {
    let id = PartnerKeyId::parse(&id).map_err(|error| Problem::bad_parameter("/path/id", error))?;
    let found = database.partner_key(id).await.map_err(Problem::internal)?;
    let before = found.ok_or_else(|| Problem::not_found("partner key"))?.key;
    let actor = actor(&person);
    if before.value.revoked_at.is_none() {
        revoke(&database, &before, &actor).await?;
    }
    silence(&database, &before.value, &actor).await.map_err(Problem::internal)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn revoke(database: &Database, before: &Versioned<PartnerKey>, actor: &Actor) -> Result<(), Problem> {
    let mut after = before.clone();
    after.value.revoked_at = Some(Timestamp::now());
    let subject = AuditSubject::new("partnerKey", before.value.id, before.value.name.as_str());
    let (from, to) = (Some(&before.value), Some(&after.value));
    let entry = AuditEntry::of(actor, "partnerKey.revoked", subject, from, to).map_err(Problem::internal)?;
    let mut transaction = database.transaction();
    transaction
        .update_partner_key(&after)
        .and_then(|transaction| transaction.audit(&entry))
        .map_err(Problem::internal)?;
    match transaction.commit().await {
        // Nothing but a revocation changes a key: somebody else was faster.
        Ok(()) | Err(CommitError::Refused(_)) => Ok(()),
        Err(error) => Err(Problem::internal(error)),
    }
}

/// Stops telling a partner of its orders that has no other key: it could not stop that itself, and may be gone.
async fn silence(database: &Database, revoked: &PartnerKey, actor: &Actor) -> Result<(), StoreError> {
    let partner = revoked.partner();
    let Some(used) = database.callback(partner).await? else { return Ok(()) };
    let keys = database.partner_keys().await?;
    if used.callback.value.paused_at.is_some() || has_another(&keys, revoked) {
        return Ok(());
    }
    let title = revoked.name.as_str();
    database.pause_callback(partner, title, &used.callback, actor, Timestamp::now()).await
}

/// Whether the partner whose key was revoked has another that is good.
fn has_another(keys: &[UsedPartnerKey], revoked: &PartnerKey) -> bool {
    let mut others = keys.iter().map(|used| &used.key.value).filter(|key| key.id != revoked.id);
    others.any(|key| key.partner() == revoked.partner() && key.revoked_at.is_none())
}

#[cfg(test)]
mod tests {
    use domain::{CustomerEmail, PartnerId, PartnerKeyName};

    use super::*;

    fn key(id: PartnerKeyId, first: PartnerKeyId, revoked_at: Option<Timestamp>) -> PartnerKey {
        PartnerKey {
            id,
            partner_id: (id != first).then(|| PartnerId::of_first_key(first)),
            name: PartnerKeyName::parse("Calder").unwrap(),
            scopes: [].into(),
            created_at: Timestamp::UNIX_EPOCH,
            created_by: CustomerEmail::parse("ada@example.org").unwrap(),
            revoked_at,
        }
    }

    #[test]
    fn a_partner_goes_on_with_a_key_that_replaced_the_revoked_one() {
        let [first, second, stranger] = [(); 3].map(|()| PartnerKeyId::generate());
        let used = |key| UsedPartnerKey { key: Versioned { value: key, version: 1 }, last_used_at: None };
        let revoked = key(first, first, None);
        let others = |second_revoked_at| {
            // The list may still have the key as it was.
            [key(first, first, None), key(second, first, second_revoked_at), key(stranger, stranger, None)]
                .map(used)
        };
        assert!(has_another(&others(None), &revoked));
        assert!(!has_another(&others(Some(Timestamp::UNIX_EPOCH)), &revoked));
        assert!(!has_another(&[used(key(stranger, stranger, None))], &revoked));
    }
}
