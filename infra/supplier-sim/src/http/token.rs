//! OAuth 2.0 tokens for client credentials (RFC 6749, section 4.4). The client secret is one of the supplier's
//! credentials.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde_json::json;

use super::{
    At, Failure,
    answer::{Caller, failing},
    fields::Fields,
};
use crate::{knobs::Operation, outcome::Refusal};

/// What came of asking for a token.
enum Issued {
    Token { token: String, lifetime_ms: u64 },
    Unknown,
    Failing(u16),
}

pub async fn issue(at: At, caller: Caller, fields: Fields) -> Result<Response, Failure> {
    let caller = caller.also(fields.get("client_secret"));
    let refused = |status: StatusCode, error: &str| (status, Json(json!({ "error": error }))).into_response();
    if fields.get("grant_type").is_none_or(|grant| grant != "client_credentials") {
        return Ok(refused(StatusCode::BAD_REQUEST, "unsupported_grant_type"));
    }
    // Not the usual way of answering: who asks for a token has none yet.
    let issued = at.with(|supplier| {
        if let Err(Refusal::Failing { status, .. }) = supplier.begin(Operation::Check) {
            return Issued::Failing(status);
        }
        if !caller.is_known(supplier) {
            return Issued::Unknown;
        }
        let lifetime_ms = supplier.knobs().token_lifetime_ms;
        Issued::Token { token: supplier.tokens().issue(Timestamp::now(), lifetime_ms), lifetime_ms }
    })?;
    Ok(match issued {
        Issued::Token { token, lifetime_ms } => {
            let expires_in = lifetime_ms.div_ceil(1_000);
            Json(json!({ "access_token": token, "token_type": "Bearer", "expires_in": expires_in }))
                .into_response()
        }
        Issued::Unknown => refused(StatusCode::UNAUTHORIZED, "invalid_client"),
        Issued::Failing(status) => failing(status),
    })
}
