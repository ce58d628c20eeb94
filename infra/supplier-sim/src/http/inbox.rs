//! Where shops tell partners of things.

use axum::{
    Json,
    body::Bytes,
    http::{HeaderMap, HeaderValue, StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{At, Body, Failure};
use crate::inbox::{Letter, Planned};

/// What an inbox was sent.
#[derive(Debug, Serialize)]
pub struct Letters {
    letters: Vec<Letter>,
}

/// How to answer what comes next.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    answers: Vec<Planned>,
}

pub async fn take(at: At, headers: HeaderMap, body: Bytes) -> Result<Response, Failure> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    let body = String::from_utf8(body.into()).map_err(|_| Failure::bad_request("the body is no text"))?;
    let planned = at.with_inbox(|inbox| inbox.take(headers, body.clone(), Timestamp::now()));
    let Planned { status, location, echo, .. } = planned;
    let status = StatusCode::from_u16(status).map_err(|error| Failure::bad_request(error.to_string()))?;
    let mut response = if echo { (status, body).into_response() } else { status.into_response() };
    if let Some(location) = location {
        let location = HeaderValue::from_str(&location);
        let location = location.map_err(|error| Failure::bad_request(error.to_string()))?;
        response.headers_mut().insert(LOCATION, location);
    }
    Ok(response)
}

pub async fn letters(at: At) -> Json<Letters> {
    Json(Letters { letters: at.with_inbox(|inbox| inbox.letters()) })
}

pub async fn plan(at: At, Body(plan): Body<Plan>) -> StatusCode {
    at.with_inbox(|inbox| inbox.plan(plan.answers));
    StatusCode::NO_CONTENT
}
