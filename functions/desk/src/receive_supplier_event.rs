//! `POST /api/webhooks/suppliers/{supplierId}`: takes what a supplier tells of its orders of its own accord.
//!
//! Nobody is signed in here: a supplier shows who it is by its signature. The answer is good only when all that the message
//! says is written down; a supplier that hears anything else sends it again, which does no harm.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use domain::SupplierId;
use fulfilment::desk::Desk;
use jiff::Timestamp;
use secrets::SecretName;
use store::suppliers::SupplierRecord;
use suppliers::webhook::{REMEMBERED, Scheme, WebhookError, verify};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{FieldProblem, Problem};

/// The most bytes that a message may have.
pub const MAX_BYTES: usize = 256 * 1024;

/// What begins the id of the request in the events that come of a message.
const SOURCE: &str = "webhook";

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Arc<Desk>> {
    OpenApiRouter::new().routes(routes!(receive_supplier_event))
}

#[utoipa::path(
    post,
    path = "/api/webhooks/suppliers/{supplierId}",
    tag = "webhooks",
    params(("supplierId" = String, Path, description = "The supplier's id")),
    request_body(
        description = "What the supplier's adapter reads as news of orders, signed as the supplier's settings say",
        content((serde_json::Value = "application/json"))
    ),
    responses(
        (status = 204, description = "It is written down, now or when it came before"),
        (status = 400, description = "The id is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "The signature is missing, wrong or too old", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such supplier, or one that is not to send messages", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "It is too long", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "It is not what this supplier's settings describe", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn receive_supplier_event(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<StatusCode, Problem> {
    let id = SupplierId::parse(&id).map_err(|error| Problem::bad_parameter("/path/supplierId", error))?;
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MAX_BYTES).await.map_err(|_| too_long())?;
    let scheme = match desk.database.supplier(id).await.map_err(Problem::internal)? {
        Some(record) => scheme(&record.value)?,
        None => None,
    };
    let scheme = scheme.ok_or_else(unknown)?;
    let secret = desk.secrets.get(&SecretName::webhook(id)).await.map_err(Problem::internal)?;
    let secret = secret.ok_or_else(unknown)?;
    let now = Timestamp::now();
    let message =
        verify(&scheme, &secret, &parts.headers, &body, now).map_err(|error| unverified(id, &error))?;
    if desk.database.took_message(id, message.as_str()).await.map_err(Problem::internal)? {
        tracing::info!(supplier_id = %id, %message, "the message was taken before");
        return Ok(StatusCode::NO_CONTENT);
    }
    let connection = desk.connect(id).await.map_err(Problem::internal)?;
    let reports = connection.api.read_webhook(&body).map_err(|error| {
        tracing::warn!(supplier_id = %id, %message, %error, "a signed message that says nothing we know");
        Problem::invalid(vec![FieldProblem::new("", error.to_string())])
    })?;
    let received = desk.receive(id, reports, SOURCE).await.map_err(Problem::internal)?;
    tracing::info!(supplier_id = %id, %message, taken = received.taken, unknown = received.unknown, "message taken");
    // An order that we do not know yet may be one that is just being placed: sent again, the message tells of it.
    if received.unknown == 0 {
        let remembered = desk.database.remember_message(id, message.as_str(), now, REMEMBERED).await;
        remembered.map_err(Problem::internal)?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// How a supplier signs, if it is to send messages at all.
fn scheme(record: &SupplierRecord) -> Result<Option<Scheme>, Problem> {
    let scheme = record.webhook.clone().map(serde_json::from_value).transpose();
    scheme.map_err(|error| {
        Problem::internal(format!("supplier {}: the webhook's scheme: {error}", record.supplier.id))
    })
}

fn unknown() -> Problem {
    Problem::not_found("supplier that is to send messages")
}

/// What a message hears that is not believed. Whoever sends it knows what they signed: the words give nothing away.
fn unverified(id: SupplierId, error: &WebhookError) -> Problem {
    tracing::warn!(supplier_id = %id, %error, "a message that is not believed");
    match error {
        WebhookError::Missing(_) | WebhookError::Time(_) | WebhookError::Stale | WebhookError::Signature => {
            Problem::new(StatusCode::UNAUTHORIZED, "bad-signature", "Not believed", error.to_string())
        }
        // These are our settings' faults, and no matter of the sender's.
        WebhookError::Secret | WebhookError::Scheme(_) => Problem::internal(error),
    }
}

fn too_long() -> Problem {
    let detail = format!("the body must have at most {MAX_BYTES} bytes");
    let errors = vec![FieldProblem::new("", detail.clone())];
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", "The body is too large", detail)
        .with_errors(errors)
}

#[cfg(test)]
mod tests {
    use domain::Supplier;
    use serde_json::json;

    use super::*;

    fn record(webhook: Option<serde_json::Value>) -> SupplierRecord {
        let supplier = Supplier::new(SupplierId::generate(), "Calder".into(), 1);
        SupplierRecord { supplier, adapter: "manual".into(), configuration: json!({}), webhook }
    }

    #[test]
    fn a_supplier_without_a_scheme_is_to_send_nothing() {
        assert_eq!(scheme(&record(None)).unwrap(), None);
        let standard = json!({ "kind": "standardWebhooks" });
        assert_eq!(scheme(&record(Some(standard))).unwrap(), Some(Scheme::StandardWebhooks));
        assert_eq!(scheme(&record(Some(json!({ "kind": "trust" })))).unwrap_err().status().as_u16(), 503);
    }

    #[test]
    fn the_sender_hears_of_its_own_faults_only() {
        let status = |error| unverified(SupplierId::generate(), &error).status().as_u16();
        for error in [
            WebhookError::Missing("webhook-id".into()),
            WebhookError::Time("webhook-timestamp".into()),
            WebhookError::Stale,
            WebhookError::Signature,
        ] {
            assert_eq!(status(error), 401);
        }
        assert_eq!(status(WebhookError::Secret), 503);
    }
}
