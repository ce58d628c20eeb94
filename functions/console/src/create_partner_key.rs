//! `POST /api/console/partner-keys`: a new key for a partner, shown this once.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::{Group, PartnerKeyName, PartnerScope};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::audit::{AuditEntry, AuditSubject};
use store::partner_keys::{PartnerKey as Stored, PresentedKey, UsedPartnerKey};
use store::{Database, Versioned};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Fields, Person, Problem, guarded};

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
    let (name, scopes) = parse(&body)?;
    let presented = PresentedKey::generate();
    let key = Stored {
        id: presented.id(),
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

fn parse(body: &CreatePartnerKey) -> Result<(PartnerKeyName, BTreeSet<PartnerScope>), Problem> {
    let mut fields = Fields::default();
    let name = fields.parsed("/name", PartnerKeyName::parse(&body.name));
    let mut scopes = BTreeSet::new();
    for (index, scope) in body.scopes.iter().enumerate() {
        scopes.extend(fields.parsed(&format!("/scopes/{index}"), PartnerScope::parse(scope)));
    }
    let some = if body.scopes.is_empty() { Err("must name at least one scope") } else { Ok(()) };
    let some = fields.parsed("/scopes", some);
    match (name, some) {
        (Some(name), Some(())) if scopes.len() == distinct(&body.scopes) => Ok((name, scopes)),
        _ => Err(fields.into_problem()),
    }
}

fn distinct(scopes: &[String]) -> usize {
    scopes.iter().collect::<BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(name: &str, scopes: &[&str]) -> Result<BTreeSet<PartnerScope>, Problem> {
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        parse(&CreatePartnerKey { name: name.into(), scopes }).map(|(_, scopes)| scopes)
    }

    #[test]
    fn a_key_has_a_name_and_scopes_that_there_are() {
        let both = parsed("Calder", &["orders:write", "catalog:read", "catalog:read"]).unwrap();
        assert_eq!(both, BTreeSet::from(PartnerScope::ALL));
        for (name, scopes, pointer) in [
            ("", &["catalog:read"][..], "/name"),
            ("Calder", &[], "/scopes"),
            ("Calder", &["catalog:read", "catalog:write"], "/scopes/1"),
        ] {
            let problem = serde_json::to_value(parsed(name, scopes).unwrap_err()).unwrap();
            assert_eq!(problem["errors"][0]["pointer"], pointer);
            assert_eq!(problem["errors"].as_array().unwrap().len(), 1);
        }
    }
}
