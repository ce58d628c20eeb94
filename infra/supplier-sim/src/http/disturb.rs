//! Answers that went wrong after the work was done.

use std::{convert::Infallible, time::Duration};

use axum::{
    Json,
    body::{Body, to_bytes},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{Html, IntoResponse, Response},
};
use futures::stream;
use serde_json::Value;

use super::answer::failing;
use crate::fault::FaultKind;

/// Marks a response that must not be sent: the connection closes instead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ConnectionLost;

/// The time between two bytes of an answer that drips.
const DRIP: Duration = Duration::from_millis(100);

/// How much longer a huge answer is, in bytes.
const HUGE_BYTES: usize = 2 * 1024 * 1024;

/// The most of an answer of ours that is read to be changed, in bytes.
const OWN_ANSWER_BYTES: usize = 64 * 1024 * 1024;

/// A response as a fault leaves it.
pub(super) async fn disturb(response: Response, fault: FaultKind) -> Response {
    match fault {
        FaultKind::BrokenAfter => failing(500),
        FaultKind::Lost => {
            let mut response = response;
            response.extensions_mut().insert(ConnectionLost);
            response
        }
        FaultKind::Garbage => json_bytes(b"{\"order\": {\"id\": \"so_\xff\xfe\x00".to_vec()),
        FaultKind::WrongType => {
            Html("<!doctype html><title>Please wait</title><p>We will be back soon.").into_response()
        }
        FaultKind::Drip => dripping(),
        FaultKind::Huge => {
            let (parts, body) = response.into_parts();
            let mut bytes = to_bytes(body, OWN_ANSWER_BYTES).await.unwrap_or_default().to_vec();
            bytes.resize(bytes.len() + HUGE_BYTES, b' ');
            (parts.status, json_bytes(bytes)).into_response()
        }
        FaultKind::Duplicate => {
            let (parts, body) = response.into_parts();
            let bytes = to_bytes(body, OWN_ANSWER_BYTES).await.unwrap_or_default();
            match serde_json::from_slice(&bytes) {
                Ok(answer) => (parts.status, Json(doubled(answer))).into_response(),
                Err(_) => (parts.status, json_bytes(bytes.to_vec())).into_response(),
            }
        }
        FaultKind::TooMany
        | FaultKind::Unavailable
        | FaultKind::Broken
        | FaultKind::Expired
        | FaultKind::Redirect => response,
    }
}

fn json_bytes(bytes: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, "application/json")], bytes).into_response()
}

/// White space that may begin a JSON document, for ever.
fn dripping() -> Response {
    let drops = stream::unfold((), |()| async {
        tokio::time::sleep(DRIP).await;
        Some((Ok::<_, Infallible>(" "), ()))
    });
    (StatusCode::OK, [(CONTENT_TYPE, "application/json")], Body::from_stream(drops)).into_response()
}

/// The document with every element of its lists twice: a list itself, or the lists in its fields.
fn doubled(document: Value) -> Value {
    let twice = |list: Vec<Value>| list.into_iter().flat_map(|element| [element.clone(), element]).collect();
    match document {
        Value::Array(list) => Value::Array(twice(list)),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| match value {
                Value::Array(list) => (name, Value::Array(twice(list))),
                other => (name, other),
            })
            .collect(),
        other => other,
    }
}
