//! `POST /api/console/partner-keys`: a new key for a partner, shown this once.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::{Group, PartnerId, PartnerKeyId, PartnerKeyName, PartnerScope};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::audit::{AuditEntry, AuditSubject};
use store::partner_keys::{PartnerKey as Stored, PresentedKey, UsedPartnerKey};
use store::{Database, Versioned};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, FieldProblem, Fields, Person, Problem, guarded};

use crate::actor;
use crate::partner_keys::PartnerKey;

/// The key to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreatePartnerKey {
    /// What to call it, such as the partner's name: up to 80 characters.
    #[schema(example = "Calder & Sons", max_length = 80)]
    name: String,
    /// What it lets its holder do: `catalog:read`, `orders:write`.
    #[schema(example = json!(["catalog:read"]), min_items = 1)]
    scopes: Vec<String>,
    /// The key that this one follows, which stays good until it is revoked: the new key is the same partner's. Without it,
    /// the key is a new partner's.
    #[schema(value_type = Option<String>, example = "key_01JD0000000000000000000000")]
    replaces: Option<String>,
}

/// A new key.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewPartnerKey {
    /// What will be known of it.
    #[serde(flatten)]
    known: PartnerKey,
    /// The key itself. Nobody can show it again.
    #[schema(example = "imk_01JD0000000000000000000000_…")]
    key: String,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(create_partner_key)))
}

#[utoipa::path(
    post,
    path = "/api/console/partner-keys",
    tag = "partners",
    request_body = CreatePartnerKey,
    responses(
        (status = 201, description = "The key, shown this once", body = NewPartnerKey),
        (status = 422, description = "Fields are wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn create_partner_key(
    State(database): State<Database>,
    person: Person,
    Body(body): Body<CreatePartnerKey>,
) -> Result<(StatusCode, Json<NewPartnerKey>), Problem> {
    let wanted = parse(&body)?;
    let partner_id = match wanted.replaces {
        Some(replaced) => Some(partner_of(&database, replaced).await?),
        None => None,
    };
    let Wanted { name, scopes, .. } = wanted;
    let presented = PresentedKey::generate();
    let key = Stored {
        id: presented.id(),
        partner_id,
        name,
        scopes,
        created_at: Timestamp::now(),
        created_by: person.email.clone(),
        revoked_at: None,
    };
    let subject = AuditSubject::new("partnerKey", key.id, key.name.as_str());
    let entry = AuditEntry::of(&actor(&person), "partnerKey.created", subject, None, Some(&key));
    let entry = entry.map_err(Problem::internal)?;
    let mut transaction = database.transaction();
    transaction
        .create_partner_key(&key, &presented)
        .and_then(|transaction| transaction.audit(&entry))
        .map_err(Problem::internal)?;
    transaction.commit().await.map_err(Problem::internal)?;
    let known = UsedPartnerKey { key: Versioned { value: key, version: 1 }, last_used_at: None }.into();
    Ok((StatusCode::CREATED, Json(NewPartnerKey { known, key: presented.reveal() })))
}

/// A key to make, all of it good.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    name: PartnerKeyName,
    scopes: BTreeSet<PartnerScope>,
    replaces: Option<PartnerKeyId>,
}

/// Whose the key is that the new one follows.
async fn partner_of(database: &Database, replaced: PartnerKeyId) -> Result<PartnerId, Problem> {
    let replaced = database.partner_key(replaced).await.map_err(Problem::internal)?;
    let unknown = || Problem::invalid(vec![FieldProblem::new("/replaces", "there is no such key")]);
    replaced.map(|replaced| replaced.key.value.partner()).ok_or_else(unknown)
}

fn parse(body: &CreatePartnerKey) -> Result<Wanted, Problem> {
    let mut fields = Fields::default();
    let name = fields.parsed("/name", PartnerKeyName::parse(&body.name));
    let mut scopes = BTreeSet::new();
    for (index, scope) in body.scopes.iter().enumerate() {
        scopes.extend(fields.parsed(&format!("/scopes/{index}"), PartnerScope::parse(scope)));
    }
    let some = if body.scopes.is_empty() { Err("must name at least one scope") } else { Ok(()) };
    let some = fields.parsed("/scopes", some);
    let replaces = body.replaces.as_deref().map(PartnerKeyId::parse).transpose();
    let replaces = fields.parsed("/replaces", replaces);
    match (name, some, replaces) {
        (Some(name), Some(()), Some(replaces)) if scopes.len() == distinct(&body.scopes) => {
            Ok(Wanted { name, scopes, replaces })
        }
        _ => Err(fields.into_problem()),
    }
}

fn distinct(scopes: &[String]) -> usize {
    scopes.iter().collect::<BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(name: &str, scopes: &[&str], replaces: Option<&str>) -> Result<Wanted, Problem> {
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        parse(&CreatePartnerKey { name: name.into(), scopes, replaces: replaces.map(Into::into) })
    }

    #[test]
    fn a_key_has_a_name_and_scopes_that_there_are() {
        let both = parsed("Calder", &["orders:write", "catalog:read", "catalog:read"], None).unwrap();
        assert_eq!((both.scopes, both.replaces), (BTreeSet::from(PartnerScope::ALL), None));
        let first = PartnerKeyId::generate();
        let next = parsed("Calder", &["orders:write"], Some(&first.to_string())).unwrap();
        assert_eq!(next.replaces, Some(first));
        for (name, scopes, replaces, pointer) in [
            ("", &["catalog:read"][..], None, "/name"),
            ("Calder", &[], None, "/scopes"),
            ("Calder", &["catalog:read", "catalog:write"], None, "/scopes/1"),
            ("Calder", &["catalog:read"], Some("prt_01JD0000000000000000000000"), "/replaces"),
        ] {
            let problem = serde_json::to_value(parsed(name, scopes, replaces).unwrap_err()).unwrap();
            assert_eq!(problem["errors"][0]["pointer"], pointer);
            assert_eq!(problem["errors"].as_array().unwrap().len(), 1);
        }
    }
}
