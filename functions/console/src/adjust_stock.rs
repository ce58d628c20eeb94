//! `POST /api/console/stock/{sku}/adjustments`: adds pieces to a SKU's stock or takes some.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::{Group, Sku};
use serde::{Deserialize, Serialize};
use store::Database;
use store::catalog::{Adjust, AdjustError, MAX_DELTA};
use store::idempotency::IdempotencyKey;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, FieldProblem, Fields, IdempotencyKeyHeader, Person, Problem, guarded};

use crate::actor;
use crate::stock::{self, ReasonDto, StockAdjustment, path_sku};

/// The most characters of a note.
pub const MAX_NOTE: usize = 500;

/// An adjustment to be made.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdjustStock {
    /// By how many pieces: up to 1,000,000 more or fewer, not 0.
    #[schema(example = -2)]
    delta: i64,
    /// Why.
    reason: ReasonDto,
    /// What else there is to say: up to 500 characters.
    note: Option<String>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(adjust_stock)))
}

#[utoipa::path(
    post,
    path = "/api/console/stock/{sku}/adjustments",
    tag = "console: stock",
    params(
        ("sku" = String, Path, description = "The SKU"),
        ("Idempotency-Key" = String, Header, description = "New for each adjustment; the same again for a repeated request"),
    ),
    request_body = AdjustStock,
    responses(
        (status = 201, description = "The adjustment; a repeated request gets the same one", body = StockAdjustment),
        (status = 400, description = "The SKU or a header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such SKU", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "There would be less than nothing", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong, or the key was used for another request", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn adjust_stock(
    State(database): State<Database>,
    Path(sku): Path<String>,
    IdempotencyKeyHeader(client_key): IdempotencyKeyHeader,
    person: Person,
    Body(body): Body<AdjustStock>,
) -> Result<(StatusCode, Json<StockAdjustment>), Problem> {
    let sku = path_sku(&sku)?;
    let key = IdempotencyKey::new("adjust-stock", &client_key, &(&sku, &body)).map_err(Problem::internal)?;
    let (delta, note) = parse(&body)?;
    let (product, _) = stock::load(&database, &sku).await?;
    let adjust = Adjust { product, sku, delta, reason: body.reason.into(), note };
    match database.adjust_stock(&adjust, &key, &actor(&person)).await {
        Ok(adjustment) => Ok((StatusCode::CREATED, Json(adjustment.into()))),
        Err(error) => Err(refused(&adjust.sku, error)),
    }
}

fn parse(body: &AdjustStock) -> Result<(i64, Option<String>), Problem> {
    let mut fields = Fields::default();
    let delta = if (1..=MAX_DELTA).contains(&body.delta.unsigned_abs()) {
        Ok(body.delta)
    } else {
        Err(format!("must be a whole number up to {MAX_DELTA}, above or below 0"))
    };
    let delta = fields.parsed("/delta", delta);
    let note = body.note.as_deref().map(str::trim).filter(|note| !note.is_empty()).map(str::to_owned);
    let note = match note {
        Some(note) if note.chars().count() > MAX_NOTE => {
            Err(format!("must have at most {MAX_NOTE} characters"))
        }
        note => Ok(note),
    };
    let note = fields.parsed("/note", note);
    match (delta, note) {
        (Some(delta), Some(note)) => Ok((delta, note)),
        _ => Err(fields.into_problem()),
    }
}

fn refused(sku: &Sku, error: AdjustError) -> Problem {
    match error {
        AdjustError::Unknown => Problem::not_found("SKU"),
        AdjustError::Range { available } => {
            let detail = format!("of {sku} {error}");
            let field = FieldProblem {
                sku: Some(sku.to_string()),
                available: Some(available),
                ..FieldProblem::new("/delta", error.to_string())
            };
            Problem::new(StatusCode::CONFLICT, "insufficient-stock", "Too little in stock", detail)
                .with_errors(vec![field])
        }
        AdjustError::KeyReused => {
            let detail = "this Idempotency-Key was used for a request with other contents";
            let field = FieldProblem::new("/header/Idempotency-Key", "must be new for each new request");
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Problem::new(status, "idempotency-key-reused", "The key was used before", detail)
                .with_errors(vec![field])
        }
        AdjustError::Store(error) => Problem::internal(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_adjustment_has_limits() {
        let limit = i64::try_from(MAX_DELTA).unwrap();
        let adjust = |delta, note: usize| {
            let note = Some("x".repeat(note));
            parse(&AdjustStock { delta, reason: ReasonDto::Counted, note }).is_ok()
        };
        assert!(adjust(limit, MAX_NOTE) && adjust(-limit, 0));
        assert!(!adjust(0, 1) && !adjust(limit + 1, 1) && !adjust(-limit - 1, 1) && !adjust(i64::MIN, 1));
        assert!(!adjust(1, MAX_NOTE + 1));
    }
}
