//! JSON bodies.

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use crate::problem::{FieldProblem, Problem};

/// The most bytes that a request's body may have, where its route does not say otherwise.
pub const MAX_BYTES: usize = 64 * 1024;

/// A JSON body of at most `MAX` bytes. Anything else is refused with a problem that names the field.
#[derive(Debug, Clone, Copy)]
pub struct Body<T, const MAX: usize = MAX_BYTES>(pub T);

impl<S, T, const MAX: usize> FromRequest<S> for Body<T, MAX>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            let detail = "the body must be JSON, sent as application/json";
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported-media-type",
                "Not JSON",
                detail,
            )
            .with_errors(vec![FieldProblem::new("/header/Content-Type", "must be application/json")]));
        }
        let bytes = to_bytes(request.into_body(), MAX).await.map_err(|_| {
            let detail = format!("the body must have at most {MAX} bytes");
            let errors = vec![FieldProblem::new("", detail.clone())];
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", "The body is too large", detail)
                .with_errors(errors)
        })?;
        parse(&bytes).map(Self)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let pointer = pointer(error.path());
        field_problem(pointer, error.inner())
    })?;
    json.end().map_err(|error| field_problem(String::new(), &error))?;
    Ok(value)
}

fn field_problem(mut pointer: String, error: &serde_json::Error) -> Problem {
    let message = error.to_string();
    if error.is_data() {
        // Serde blames the object for a field that is unknown or missing; we name the field.
        let field = ["unknown field `", "missing field `", "duplicate field `"]
            .iter()
            .find_map(|start| message.strip_prefix(start).and_then(|rest| rest.split_once('`')));
        if let Some((field, _)) = field
            && !pointer.ends_with(&format!("/{field}"))
        {
            pointer = format!("{pointer}/{field}");
        }
        return Problem::invalid(vec![FieldProblem::new(pointer, message)]);
    }
    let errors = vec![FieldProblem::new("", message.clone())];
    Problem::new(StatusCode::BAD_REQUEST, "malformed-json", "The body is no JSON", message)
        .with_errors(errors)
}

fn pointer(path: &Path) -> String {
    let segment = |segment: &Segment| match segment {
        Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        Segment::Seq { index } => format!("/{index}"),
        Segment::Enum { .. } | Segment::Unknown => String::new(),
    };
    path.iter().map(segment).collect()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Order {
        #[serde(rename = "quantity")]
        _quantity: i64,
        #[serde(rename = "lines", default)]
        _lines: Vec<Line>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Line {
        #[serde(rename = "sku")]
        _sku: String,
    }

    async fn answer(content_type: &str, body: impl Into<axum::body::Body>) -> Problem {
        let request =
            Request::builder().header(header::CONTENT_TYPE, content_type).body(body.into()).unwrap();
        Body::<Order>::from_request(request, &()).await.unwrap_err()
    }

    fn pointer_of(problem: &Problem) -> String {
        serde_json::to_value(problem).unwrap()["errors"][0]["pointer"].as_str().unwrap().to_owned()
    }

    #[tokio::test]
    async fn the_bad_field_is_named() {
        for (body, pointer) in [
            (r#"{"quantity": 1, "price": 2}"#, "/price"),
            (r#"{"quantity": "1"}"#, "/quantity"),
            (r#"{"quantity": 1.5}"#, "/quantity"),
            (r#"{"quantity": 99999999999999999999}"#, "/quantity"),
            ("{}", "/quantity"),
            (r#"{"quantity": 1, "quantity": 2}"#, "/quantity"),
            (r#"{"quantity": 1, "lines": [{"sku": "A"}, {"sku": 3}]}"#, "/lines/1/sku"),
            (r#"{"quantity": 1, "lines": [{"sku": "A", "unitPrice": 1}]}"#, "/lines/0/unitPrice"),
        ] {
            let problem = answer("application/json", body).await;
            assert_eq!(problem.status(), StatusCode::UNPROCESSABLE_ENTITY, "{body}");
            assert_eq!(pointer_of(&problem), pointer, "{body}");
        }
    }

    #[tokio::test]
    async fn what_is_no_json_is_refused() {
        for body in ["", "{", "nonsense", r#"{"quantity": 1} trailing"#] {
            assert_eq!(answer("application/json", body).await.status(), StatusCode::BAD_REQUEST, "{body}");
        }
        let form = answer("text/plain", r#"{"quantity": 1}"#).await;
        assert_eq!(form.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(pointer_of(&form), "/header/Content-Type");
    }

    #[tokio::test]
    async fn a_body_has_a_limit() {
        let body =
            |bytes: usize| format!(r#"{{"quantity": 1{}}}"#, " ".repeat(bytes - r#"{"quantity": 1}"#.len()));
        let request = |bytes: usize| {
            let request = Request::builder().header(header::CONTENT_TYPE, "application/json; charset=utf-8");
            request.body(body(bytes).into()).unwrap()
        };
        assert!(Body::<Order>::from_request(request(MAX_BYTES), &()).await.is_ok());
        assert!(Body::<Order, 100>::from_request(request(100), &()).await.is_ok());
        assert!(Body::<Order, 100>::from_request(request(101), &()).await.is_err());
        let problem = answer("application/json", body(MAX_BYTES + 1)).await;
        assert_eq!(problem.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
}
