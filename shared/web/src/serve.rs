//! One route, served by one function.

use std::time::Instant;

use axum::Router;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use lambda_http::lambda_runtime::Context;
use telemetry::{Call, TraceId, trace, xray};
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
    telemetry::call::ready();
    lambda_http::run(finish(router)).await
}

/// The route as it is served: anything but it is a problem, and every answer is logged, measured and carries the ids of
/// its request and of the trace that this belongs to.
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
    let call = Call::begin(&request_id);
    let trace_id = trace_of(request.headers());
    let shown = xray::Work::begin("request");
    let work = async move {
        let mut response = call.measure(next.run(request)).await;
        let (status, millis) = (response.status().as_u16(), begun.elapsed().as_millis());
        tracing::info!(status, millis, "answered");
        call.answered(status);
        shown.end(response.status().is_server_error());
        let headers = response.headers_mut();
        for (name, id) in [("x-request-id", request_id), (trace::ANSWER_HEADER, trace_id.to_string())] {
            if let Ok(value) = HeaderValue::from_str(&id) {
                headers.insert(name, value);
            }
        }
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
        response
    };
    trace::within(trace_id, work.instrument(span)).await
}

/// The trace that a request belongs to: the client's, or else the one that X-Ray keeps of this call.
fn trace_of(headers: &HeaderMap) -> TraceId {
    let value = |name| headers.get(name).and_then(|value| value.to_str().ok());
    value(trace::TRACEPARENT)
        .and_then(trace::read_traceparent)
        .or_else(|| value(trace::XRAY_HEADER).and_then(trace::read_xray_header))
        .unwrap_or_else(TraceId::generate)
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

    async fn traced(headers: &[(&str, &str)]) -> (String, String) {
        let router = Router::new().route("/", get(|| async { Problem::conflict("no").into_response() }));
        let request = Request::builder().uri("/");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let response = finish(router).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let header = response.headers()[trace::ANSWER_HEADER].to_str().unwrap().to_owned();
        let body = axum::body::to_bytes(response.into_body(), 1_000).await.unwrap();
        let problem: serde_json::Value = serde_json::from_slice(&body).unwrap();
        (header, problem["traceId"].as_str().unwrap().to_owned())
    }

    #[tokio::test]
    async fn an_answer_tells_the_trace_that_the_client_began_or_a_new_one() {
        let id = "5759e988bd862e3fe1be46a994272793";
        let parent = format!("00-{id}-00f067aa0ba902b7-01");
        let xray = "Root=1-67891233-abcdef012345678912345678;Parent=463ac35c9f6413ad;Sampled=1";
        for (headers, expected) in [
            (vec![("traceparent", parent.as_str()), (trace::XRAY_HEADER, xray)], Some(id)),
            (
                vec![("traceparent", "nonsense"), (trace::XRAY_HEADER, xray)],
                Some("67891233abcdef012345678912345678"),
            ),
            (vec![], None),
        ] {
            let (header, problem) = traced(&headers).await;
            assert_eq!(header, problem);
            assert!(TraceId::parse(&header).is_ok(), "{header}");
            assert_eq!(expected.unwrap_or(&header), header);
        }
        assert_ne!(traced(&[]).await, traced(&[]).await);
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
