//! One route, served by one function.

use std::time::Instant;

use axum::Router;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use lambda_http::lambda_runtime::Context;
use tracing::Instrument;
use utoipa_axum::router::OpenApiRouter;

use crate::problem::Problem;

pub use lambda_http::Error;

/// The id of the request that began it all: it goes into every log line, event and message that comes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

impl<S: Send + Sync> FromRequestParts<S> for RequestId {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let context = parts.extensions.get::<Context>();
        Ok(Self(context.map(|context| context.request_id.clone()).unwrap_or_default()))
    }
}

/// Serves the function's route until the process ends.
pub async fn serve<S>(routes: OpenApiRouter<S>, state: S) -> Result<(), Error>
where
    S: Clone + Send + Sync + 'static,
{
    let (router, _) = routes.with_state(state).split_for_parts();
    lambda_http::run(finish(router)).await
}

/// The route as it is served: anything but it is a problem, and every answer is logged and carries its request's id.
pub fn finish(router: Router) -> Router {
    router
        .fallback(|| async { Problem::not_found("route") })
        .method_not_allowed_fallback(|| async {
            Problem::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "method-not-allowed",
                "Method not allowed",
                "not this method",
            )
        })
        .layer(middleware::from_fn(observe))
}

async fn observe(RequestId(request_id): RequestId, request: Request, next: Next) -> Response {
    let span =
        tracing::info_span!("request", request_id, method = %request.method(), path = request.uri().path());
    let begun = Instant::now();
    async move {
        let mut response = next.run(request).await;
        let millis = begun.elapsed().as_millis();
        tracing::info!(status = response.status().as_u16(), millis, "answered");
        if let Ok(value) = HeaderValue::from_str(&request_id) {
            response.headers_mut().insert("x-request-id", value);
        }
        let headers = response.headers_mut();
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
        response
    }
    .instrument(span)
    .await
}

/// An answer that caches may give to anybody for so many seconds.
pub fn cached(seconds: u32, answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    let value = format!("public, max-age={seconds}, stale-while-revalidate={}", seconds * 10);
    if let Ok(value) = HeaderValue::from_str(&value) {
        response.headers_mut().insert(header::CACHE_CONTROL, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    async fn answer(method: &str, path: &str) -> Response {
        let router = Router::new()
            .route("/api/secret", get(|| async { "mine" }))
            .route("/api/public", get(|| async { cached(60, "all's") }));
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        finish(router).oneshot(request).await.unwrap()
    }

    #[tokio::test]
    async fn answers_are_private_unless_they_say_otherwise() {
        assert_eq!(answer("GET", "/api/secret").await.headers()[header::CACHE_CONTROL], "no-store");
        let public = answer("GET", "/api/public").await;
        assert!(public.headers()[header::CACHE_CONTROL].to_str().unwrap().starts_with("public, max-age=60"));
    }

    #[tokio::test]
    async fn what_is_no_route_is_a_problem() {
        for (method, path, status) in [("GET", "/api/other", 404), ("POST", "/api/secret", 405)] {
            let response = answer(method, path).await;
            assert_eq!(response.status(), status);
            assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
        }
    }
}
