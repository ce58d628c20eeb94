//! `POST /api/console/fulfilment/adapters/preview`: what a configuration makes of sample orders and answers. Nothing is
//! sent.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use domain::Group;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use suppliers::{AdapterKind, Fault, HttpClient, Preview, PreviewRequest, Samples};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, FieldProblem, Problem, guarded};

use crate::shown::{HeaderDto, headers};

/// Answers of a supplier to try a configuration on.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AdapterSamples)]
pub struct SamplesInput {
    /// To an order.
    #[serde(default)]
    place: Option<Value>,
    /// To a search by our reference.
    #[serde(default)]
    find: Option<Value>,
    /// To a question how orders stand.
    #[serde(default)]
    statuses: Option<Value>,
    /// To calling an order off.
    #[serde(default)]
    cancel: Option<Value>,
}

/// A configuration to look at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewAdapter {
    /// The kind of adapter.
    #[schema(example = "http-json")]
    adapter: String,
    /// The configuration, finished or not.
    #[schema(value_type = Object)]
    configuration: Value,
    /// Answers to try it on.
    #[serde(default)]
    samples: SamplesInput,
}

/// A request as it would be sent, without credentials.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AdapterRequest)]
pub struct RequestDto {
    /// The method.
    #[schema(example = "POST")]
    method: String,
    /// The whole address.
    url: String,
    /// The headers that are set.
    headers: Vec<HeaderDto>,
    /// The body, if there is one.
    body: Option<String>,
}

/// Something that is wrong, and where.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AdapterFault)]
pub struct FaultDto {
    /// The field of the configuration, with dots.
    #[schema(example = "place.request.body")]
    path: String,
    /// What is wrong with it.
    reason: String,
}

/// What a configuration would do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AdapterPreview)]
pub struct PreviewDto {
    /// The requests that it would send for a sample order, by operation: those that can be made.
    requests: BTreeMap<String, RequestDto>,
    /// What it reads in the sample answers, by operation.
    readings: BTreeMap<String, Value>,
    /// What is wrong with it.
    faults: Vec<FaultDto>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<HttpClient> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(preview_adapter)))
}

#[utoipa::path(
    post,
    path = "/api/console/fulfilment/adapters/preview",
    tag = "fulfilment: suppliers",
    request_body = PreviewAdapter,
    responses(
        (status = 200, description = "What it would do, and what is wrong with it", body = PreviewDto),
        (status = 422, description = "There is no such adapter", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn preview_adapter(
    State(http): State<HttpClient>,
    Body(body): Body<PreviewAdapter>,
) -> Result<Json<PreviewDto>, Problem> {
    let kind: AdapterKind = body
        .adapter
        .parse()
        .map_err(|error| Problem::invalid(vec![FieldProblem::new("/adapter", format!("{error}"))]))?;
    let SamplesInput { place, find, statuses, cancel } = body.samples;
    let samples = Samples {
        answer_place: place,
        answer_find: find,
        answer_statuses: statuses,
        answer_cancel: cancel,
        ..Samples::default()
    };
    Ok(Json(suppliers::preview(kind, &body.configuration, &samples, &http).into()))
}

impl From<Preview> for PreviewDto {
    fn from(preview: Preview) -> Self {
        let named = |(name, value): (&str, Value)| (name.to_owned(), value);
        let fault = |Fault { path, reason }: Fault| FaultDto { path, reason };
        Self {
            requests: preview.requests.into_iter().map(|(name, r)| (name.to_owned(), r.into())).collect(),
            readings: preview.readings.into_iter().map(named).collect(),
            faults: preview.faults.into_iter().map(fault).collect(),
        }
    }
}

impl From<PreviewRequest> for RequestDto {
    fn from(request: PreviewRequest) -> Self {
        // The alternate form of JSON is the one that people can read.
        let body = request.body.map(|body| format!("{body:#}"));
        Self { method: request.method, url: request.url, headers: headers(request.headers), body }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use suppliers::Egress;

    use super::*;

    async fn preview(configuration: Value) -> Value {
        let http = HttpClient::new(Egress::parse("*, http://127.0.0.1:4590").unwrap()).unwrap();
        let samples = SamplesInput {
            place: Some(json!({ "order": { "id": "so_1", "state": "received" } })),
            ..SamplesInput::default()
        };
        let body = PreviewAdapter { adapter: "http-json".into(), configuration, samples };
        let Json(preview) = preview_adapter(State(http), Body(body)).await.unwrap();
        serde_json::to_value(preview).unwrap()
    }

    #[tokio::test]
    async fn a_configuration_shows_what_it_would_send_and_read() {
        let simulator = include_str!("../../../infra/supplier-sim/http-json.json");
        let mut configuration: Value = serde_json::from_str(simulator).unwrap();
        let told = preview(configuration.clone()).await;
        assert_eq!(told["faults"], json!([]), "{told}");
        assert_eq!(told["requests"]["place"]["method"], "POST");
        assert!(told["requests"]["place"]["body"].as_str().unwrap().contains("\"reference\""), "{told}");
        assert!(told["readings"]["place"].to_string().contains("so_1"), "{told}");
        configuration["place"]["request"]["body"] = "{ref: ".into();
        let told = preview(configuration).await;
        assert_eq!(told["faults"][0]["path"], "place.request.body", "{told}");
    }

    #[tokio::test]
    async fn an_adapter_that_there_is_not_is_refused() {
        let http = HttpClient::new(Egress::parse("*").unwrap()).unwrap();
        let body = PreviewAdapter {
            adapter: "fax".into(),
            configuration: json!({}),
            samples: SamplesInput::default(),
        };
        assert_eq!(preview_adapter(State(http), Body(body)).await.unwrap_err().status().as_u16(), 422);
    }
}
