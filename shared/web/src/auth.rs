//! Who is signed in, and who may use a route.
//!
//! The API's JWT authorizer has checked the token (issuer, audience, expiry, signature) before a function runs; functions
//! take the claims from the request's context and never look at the header.

use std::collections::{BTreeSet, HashMap};
use std::convert::Infallible;

use axum::extract::{FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::{self, Next};
use axum::response::Response;
pub use domain::Group;
use domain::{CustomerEmail, CustomerId, PartnerScope};
use lambda_http::request::RequestContext;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{self, ContentBuilder, Ref, RefOr, ResponseBuilder};
use utoipa_axum::router::OpenApiRouter;

use crate::partner;
use crate::problem::Problem;

/// What the document calls the way to sign in.
pub const SIGN_IN: &str = "signIn";
/// What the document calls a partner's key.
pub const PARTNER_KEY: &str = "partnerKey";

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Whoever is signed in.
    SignedIn,
    /// Staff of this group, and admins.
    Staff(Group),
    /// Programs of partners whose key has this scope; where there is none, those with any key.
    Partner(Option<PartnerScope>),
}

impl Access {
    /// As the document says it, in the operation's `x-access`.
    fn name(self) -> String {
        match self {
            Self::SignedIn => "signed-in".into(),
            Self::Staff(group) => group.name().into(),
            Self::Partner(None) => "partner".into(),
            Self::Partner(Some(scope)) => format!("partner {}", scope.name()),
        }
    }

    /// What a caller did who is asked to say who they are.
    fn unknown(self) -> &'static str {
        match self {
            Self::SignedIn | Self::Staff(_) => "Not signed in",
            Self::Partner(_) => "No key, or one that is no good",
        }
    }

    /// Whom the route turns away.
    fn refused(self) -> &'static str {
        match self {
            Self::SignedIn => "Not for this person",
            Self::Staff(_) => "Not in the group",
            Self::Partner(_) => "The key lacks the scope",
        }
    }

    /// What a caller has to show for it, as the document calls it.
    fn scheme(self) -> &'static str {
        match self {
            Self::SignedIn | Self::Staff(_) => SIGN_IN,
            Self::Partner(_) => PARTNER_KEY,
        }
    }
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: CustomerId,
    /// Their address.
    pub email: CustomerEmail,
    /// Whether they have shown that the address is theirs.
    pub email_verified: bool,
    /// The groups of staff they belong to; none for customers.
    pub groups: BTreeSet<Group>,
}

impl Person {
    /// Whether this person may use a route.
    #[must_use]
    pub fn may(&self, access: Access) -> bool {
        match access {
            Access::SignedIn => true,
            Access::Staff(group) => self.groups.contains(&group) || self.groups.contains(&Group::Admin),
            Access::Partner(_) => false,
        }
    }

    fn of_claims(claims: &HashMap<String, String>) -> Option<Self> {
        let claim = |name: &str| claims.get(name).map(String::as_str);
        // The authorizer takes access tokens too, which say less about the person.
        if claim("token_use") != Some("id") {
            return None;
        }
        Some(Self {
            id: CustomerId::parse(claim("sub")?).ok()?,
            email: CustomerEmail::parse(claim("email")?).ok()?,
            email_verified: claim("email_verified") == Some("true"),
            groups: groups(claim("cognito:groups").unwrap_or_default()),
        })
    }
}

/// The authorizer writes a list as `[admin operator]`.
fn groups(claim: &str) -> BTreeSet<Group> {
    claim
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .filter_map(|name| Group::parse(name).ok())
        .collect()
}

impl<S: Send + Sync> FromRequestParts<S> for Person {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        if let Some(person) = parts.extensions.get::<Self>() {
            return Ok(person.clone());
        }
        let context = parts.extensions.get::<RequestContext>();
        let jwt = context.and_then(|context| context.authorizer()).and_then(|who| who.jwt.as_ref());
        jwt.and_then(|jwt| Self::of_claims(&jwt.claims)).ok_or_else(|| {
            Problem::new(
                StatusCode::UNAUTHORIZED,
                "sign-in-required",
                "Sign in first",
                "this needs a valid ID token of the shop's user directory, sent as `Authorization: Bearer …`",
            )
        })
    }
}

/// Lets only those in who may, and says so in the document. The one way to make a route that is not for everybody.
#[must_use]
pub fn guarded<S>(access: Access, mut routes: OpenApiRouter<S>) -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
{
    for operation in routes.get_openapi_mut().paths.paths.values_mut().flat_map(operations) {
        operation.extensions = Some(ExtensionsBuilder::new().add("x-access", access.name()).build());
        for (status, description) in [("401", access.unknown()), ("403", access.refused())] {
            operation.responses.responses.entry(status.into()).or_insert_with(|| problem(description));
        }
        operation.security = Some(vec![SecurityRequirement::new::<_, [&str; 0], &str>(access.scheme(), [])]);
    }
    if let Access::Partner(scope) = access {
        return routes
            .route_layer(middleware::from_fn(move |request, next| partner::guard(scope, request, next)));
    }
    let guard = move |person: Person, mut request: Request, next: Next| async move {
        if !person.may(access) {
            return Err(Problem::forbidden(format!("this is for staff of the group `{}`", access.name())));
        }
        request.extensions_mut().insert(person);
        Ok::<Response, Problem>(next.run(request).await)
    };
    routes.route_layer(middleware::from_fn(guard))
}

fn problem(description: &str) -> RefOr<openapi::Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(description).content("application/problem+json", content).into()
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch].into_iter().flatten()
}

/// Whoever is signed in, or nobody: for routes that everybody may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaybePerson(pub Option<Person>);

impl<S: Send + Sync> FromRequestParts<S> for MaybePerson {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        Ok(Self(Person::from_request_parts(parts, state).await.ok()))
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use tower::ServiceExt;
    use utoipa_axum::routes;

    use super::*;

    fn person(claim: &str) -> Person {
        let claims = [
            ("sub", "c6b4f2d0-0a1b-4c3d-8e9f-0123456789ab"),
            ("email", "ada@example.org"),
            ("email_verified", "true"),
            ("token_use", "id"),
            ("cognito:groups", claim),
        ];
        let claims = claims.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        Person::of_claims(&claims).unwrap()
    }

    #[utoipa::path(get, path = "/api/console/things", responses((status = 200)))]
    async fn things(person: Person) -> String {
        person.email.to_string()
    }

    async fn status(access: Access, person: Option<Person>) -> StatusCode {
        let (router, _) = guarded(access, OpenApiRouter::new().routes(routes!(things))).split_for_parts();
        let mut request = Request::get("/api/console/things").body(Body::empty()).unwrap();
        request.extensions_mut().extend(
            person
                .map(|person| {
                    let mut extensions = axum::http::Extensions::new();
                    extensions.insert(person);
                    extensions
                })
                .unwrap_or_default(),
        );
        router.oneshot(request).await.unwrap().status()
    }

    #[tokio::test]
    async fn a_route_lets_in_who_may() {
        let (admin, operator) = (Access::Staff(Group::Admin), Access::Staff(Group::Operator));
        for (access, nobody, customer, operators, admins) in [
            (Access::SignedIn, 401, 200, 200, 200),
            (operator, 401, 403, 200, 200),
            (admin, 401, 403, 403, 200),
        ] {
            assert_eq!(status(access, None).await, nobody);
            assert_eq!(status(access, Some(person(""))).await, customer);
            assert_eq!(status(access, Some(person("[operator]"))).await, operators);
            assert_eq!(status(access, Some(person("[admin]"))).await, admins);
        }
    }

    #[test]
    fn groups_are_whole_names() {
        assert_eq!(person("[admin operator]").groups, BTreeSet::from([Group::Admin, Group::Operator]));
        for none in ["", "[]", "[administrators]", "[not-admin]"] {
            assert!(person(none).groups.is_empty(), "{none}");
        }
    }

    #[test]
    fn the_document_says_who_may() {
        let routes: OpenApiRouter =
            guarded(Access::Staff(Group::Admin), OpenApiRouter::new().routes(routes!(things)));
        let document = serde_json::to_value(routes.into_openapi()).unwrap();
        let operation = &document["paths"]["/api/console/things"]["get"];
        assert_eq!(operation["x-access"], "admin");
        assert_eq!(operation["security"][0][SIGN_IN], serde_json::json!([]));
    }
}
