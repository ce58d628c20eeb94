//! Partners' programs: they show a key of theirs with each request. No authorizer stands before these routes, the
//! functions look the key up themselves.

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use axum::{Extension, RequestExt};
use domain::{Partner, PartnerScope};
use jiff::Timestamp;
use store::Database;
use store::partner_keys::PresentedKey;
use utoipa_axum::router::OpenApiRouter;

use crate::problem::Problem;

/// The partner whose program is calling, for handlers of routes that are guarded by
/// [`Access::Partner`](crate::Access::Partner).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller(pub Partner);

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or_else(key_required)
    }
}

/// Tells guarded routes where keys are looked up. Without it, no key is good.
#[must_use]
pub fn with_keys<S: Clone + Send + Sync + 'static>(
    database: &Database,
    routes: OpenApiRouter<S>,
) -> OpenApiRouter<S> {
    routes.layer(Extension(database.clone()))
}

pub(crate) async fn guard(
    scope: Option<PartnerScope>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let presented = presented(request.headers()).ok_or_else(key_required)?;
    let Extension(database) =
        request.extract_parts::<Extension<Database>>().await.map_err(Problem::internal)?;
    let partner = database.partner_of(&presented, Timestamp::now()).await.map_err(Problem::internal)?;
    let partner = permitted(partner, scope)?;
    tracing::info!(partner = %partner.partner_id, partner_key = %partner.id, "partner");
    request.extensions_mut().insert(Caller(partner));
    Ok(next.run(request).await)
}

fn presented(headers: &HeaderMap) -> Option<PresentedKey> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = value.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("Bearer") { PresentedKey::parse(key.trim()) } else { None }
}

fn permitted(partner: Option<Partner>, scope: Option<PartnerScope>) -> Result<Partner, Problem> {
    let partner = partner.ok_or_else(key_required)?;
    match scope {
        Some(scope) if !partner.scopes.contains(&scope) => {
            Err(Problem::forbidden(format!("this key lacks the scope `{}`", scope.name())))
        }
        _ => Ok(partner),
    }
}

/// The same words whatever is wrong with a key: none, no key at all, unknown, a wrong secret, revoked.
fn key_required() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "partner-key-required",
        "A partner's key is required",
        "this needs a valid partner's key, sent as `Authorization: Bearer imk_…`",
    )
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::HeaderValue;
    use domain::{PartnerId, PartnerKeyId, PartnerKeyName};
    use tower::ServiceExt;
    use utoipa_axum::routes;

    use super::*;
    use crate::auth::{Access, guarded};

    #[utoipa::path(get, path = "/api/partner/things", responses((status = 200)))]
    async fn things(Caller(partner): Caller) -> String {
        partner.name.to_string()
    }

    fn routes() -> OpenApiRouter {
        guarded(
            Access::Partner(Some(PartnerScope::CatalogRead)),
            OpenApiRouter::new().routes(routes!(things)),
        )
    }

    #[test]
    fn a_key_is_read_from_the_authorization_header() {
        let key = PresentedKey::generate();
        let read = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, HeaderValue::from_str(value).unwrap());
            presented(&headers)
        };
        assert_eq!(read(&format!("Bearer {}", key.reveal())), Some(key.clone()));
        assert_eq!(read(&format!("bearer  {}", key.reveal())), Some(key.clone()));
        for bad in
            [key.reveal(), format!("Basic {}", key.reveal()), "Bearer".into(), "Bearer eyJhbGciOi".into()]
        {
            assert_eq!(read(&bad), None, "{bad}");
        }
    }

    #[test]
    fn a_key_does_what_its_scopes_say() {
        let id = PartnerKeyId::generate();
        let partner = Partner {
            id,
            partner_id: PartnerId::of_first_key(id),
            name: PartnerKeyName::parse("Calder").unwrap(),
            scopes: [PartnerScope::CatalogRead].into(),
        };
        let status =
            |partner: Option<&Partner>, scope| permitted(partner.cloned(), scope).err().map(|p| p.status());
        assert_eq!(status(Some(&partner), None), None);
        assert_eq!(status(Some(&partner), Some(PartnerScope::CatalogRead)), None);
        assert_eq!(status(Some(&partner), Some(PartnerScope::OrdersWrite)), Some(StatusCode::FORBIDDEN));
        assert_eq!(status(None, None), Some(StatusCode::UNAUTHORIZED));
    }

    #[tokio::test]
    async fn a_route_without_a_key_or_a_place_to_look_it_up_lets_nobody_in() {
        let (router, document) = routes().split_for_parts();
        for (header, status) in
            [(None, 401), (Some(format!("Bearer {}", PresentedKey::generate().reveal())), 503)]
        {
            let mut request = Request::get("/api/partner/things");
            if let Some(header) = header {
                request = request.header(header::AUTHORIZATION, header);
            }
            let answer = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(answer.status(), status);
        }
        let document = serde_json::to_value(document).unwrap();
        let operation = &document["paths"]["/api/partner/things"]["get"];
        assert_eq!(operation["x-access"], "partner catalog:read");
        assert_eq!(operation["security"][0][crate::auth::PARTNER_KEY], serde_json::json!([]));
    }
}
