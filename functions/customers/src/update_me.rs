//! `PATCH /api/me`: changes one's profile. What the body does not name stays as it is.

use axum::Json;
use axum::extract::State;
use domain::PersonName;
use serde::{Deserialize, Deserializer};
use store::Database;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Fields, Person, Problem, guarded};

use crate::account;
use crate::dto::MeDto;

/// What shall change.
#[derive(Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateMe {
    /// What you want to be called; `null` for nothing in particular.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 100)]
    #[allow(clippy::option_option, reason = "what is absent stays, what is null goes")]
    name: Option<Option<String>>,
    /// Whether you want to be written to about offers.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = bool, required = false)]
    marketing_consent: Option<bool>,
}

/// A value that was given, be it `null` where the type allows that; an absent one is `None` by default.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::SignedIn, OpenApiRouter::new().routes(routes!(update_me)))
}

#[utoipa::path(
    patch,
    path = "/api/me",
    tag = "me",
    request_body = UpdateMe,
    responses(
        (status = 200, description = "The changed profile", body = MeDto),
        (status = 403, description = "The account is closed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn update_me(
    State(database): State<Database>,
    person: Person,
    Body(UpdateMe { name, marketing_consent }): Body<UpdateMe>,
) -> Result<Json<MeDto>, Problem> {
    let mut fields = Fields::default();
    let name = name.map(|name| name.as_deref().map(PersonName::parse).transpose()).transpose();
    let Some(name) = fields.parsed("/name", name) else {
        return Err(fields.into_problem());
    };
    let (profile, ()) = account::change(&database, &person, |profile| {
        if let Some(name) = &name {
            profile.name.clone_from(name);
        }
        profile.marketing_consent = marketing_consent.unwrap_or(profile.marketing_consent);
        Ok(())
    })
    .await?;
    Ok(Json(profile.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Option<UpdateMe> {
        serde_json::from_str(body).ok()
    }

    #[test]
    fn what_is_absent_is_not_what_is_null() {
        assert_eq!(read("{}"), Some(UpdateMe { name: None, marketing_consent: None }));
        let nameless = UpdateMe { name: Some(None), marketing_consent: None };
        assert_eq!(read(r#"{"name": null}"#), Some(nameless));
        let consenting = UpdateMe { name: Some(Some("Ada".into())), marketing_consent: Some(true) };
        assert_eq!(read(r#"{"name": "Ada", "marketingConsent": true}"#), Some(consenting));
        for bad in [r#"{"marketingConsent": null}"#, r#"{"email": "ada@example.net"}"#] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
