//! `POST /api/console/fulfilment/suppliers/{id}/test`: asks a supplier something harmless, and shows what was said.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use domain::Group;
use secrets::{SecretName, Secrets};
use serde::Serialize;
use store::Database;
use store::suppliers::SupplierRecord;
use suppliers::{AdapterKind, Exchange, HttpClient, Secret};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded};

use crate::shown::{HeaderDto, headers};
use crate::supplier::{self, path_supplier};

/// What the route needs.
#[derive(Debug, Clone)]
pub struct TestDesk {
    /// The tables.
    pub database: Database,
    /// The store of secrets.
    pub secrets: Arc<Secrets>,
    /// The way to suppliers.
    pub http: HttpClient,
}

/// A request that was made and its answer, every secret masked.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SupplierExchange)]
pub struct ExchangeDto {
    /// The method.
    #[schema(example = "GET")]
    method: String,
    /// The whole address.
    url: String,
    /// The headers that were set.
    request_headers: Vec<HeaderDto>,
    /// What was sent, if anything was.
    request_body: Option<String>,
    /// The answer's status; null where no answer came.
    status: Option<u16>,
    /// The answer's headers.
    response_headers: Vec<HeaderDto>,
    /// The answer, if one came that is not too long to be read.
    response_body: Option<String>,
    /// How long it took, in milliseconds.
    elapsed_ms: u64,
}

/// What came of a test.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ConnectionTest {
    /// Whether address and credential are right.
    ok: bool,
    /// What was found out, in words.
    detail: String,
    /// What was said, in its order.
    exchanges: Vec<ExchangeDto>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<TestDesk> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(test_supplier)))
}

#[utoipa::path(
    post,
    path = "/api/console/fulfilment/suppliers/{id}/test",
    tag = "fulfilment: suppliers",
    params(("id" = String, Path, description = "The supplier's id")),
    responses(
        (status = 200, description = "What came of it, good or bad. Nothing was ordered", body = ConnectionTest),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such supplier", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn test_supplier(
    State(desk): State<TestDesk>,
    Path(id): Path<String>,
) -> Result<Json<ConnectionTest>, Problem> {
    let id = path_supplier(&id)?;
    let stored = supplier::load(&desk.database, id).await?;
    let credential = desk.secrets.get(&SecretName::credential(id)).await.map_err(Problem::internal)?;
    Ok(Json(test(&stored.record.value, credential.as_ref(), &desk.http).await))
}

/// Tests a supplier as it is stored.
async fn test(record: &SupplierRecord, credential: Option<&Secret>, http: &HttpClient) -> ConnectionTest {
    let (http, recorder) = http.recording();
    let failed = |detail: String| ConnectionTest { ok: false, detail, exchanges: vec![] };
    let kind: AdapterKind = match record.adapter.parse() {
        Ok(kind) => kind,
        Err(error) => return failed(format!("{error}")),
    };
    let supplier = match suppliers::connect(kind, &record.configuration, credential, &http) {
        Ok(supplier) => supplier,
        Err(error) => return failed(error.to_string()),
    };
    let checked = supplier.check().await;
    let exchanges: Vec<_> = recorder.exchanges().into_iter().map(Into::into).collect();
    match checked {
        Ok(()) if exchanges.is_empty() => ConnectionTest {
            ok: true,
            detail: "There is nobody to call: people do the work.".into(),
            exchanges,
        },
        Ok(()) => ConnectionTest { ok: true, detail: "The supplier answers as it should.".into(), exchanges },
        Err(error) => ConnectionTest { ok: false, detail: error.to_string(), exchanges },
    }
}

impl From<Exchange> for ExchangeDto {
    fn from(exchange: Exchange) -> Self {
        Self {
            method: exchange.method,
            url: exchange.url,
            request_headers: headers(exchange.request_headers),
            request_body: exchange.request_body,
            status: exchange.status,
            response_headers: headers(exchange.response_headers),
            response_body: exchange.response_body,
            elapsed_ms: exchange.elapsed_ms,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{Supplier, SupplierId};
    use serde_json::json;
    use suppliers::Egress;

    use super::*;

    async fn tested(adapter: &str, configuration: serde_json::Value) -> ConnectionTest {
        let supplier = Supplier::new(SupplierId::generate(), "Calder".into(), 1);
        let record = SupplierRecord { supplier, adapter: adapter.into(), configuration, webhook: None };
        test(&record, None, &HttpClient::new(Egress::parse("*").unwrap()).unwrap()).await
    }

    #[tokio::test]
    async fn what_cannot_be_connected_is_told_and_nothing_is_sent() {
        let unknown = tested("fax", json!({})).await;
        assert!(!unknown.ok && unknown.detail.contains("fax"), "{unknown:?}");
        let broken = tested("http-json", json!({ "baseUrl": "https://calder.example" })).await;
        assert!(!broken.ok && broken.exchanges.is_empty(), "{broken:?}");
    }
}
