//! `GET /api/console/fulfilment/adapters`: the kinds of adapters, what their configuration holds, and ready ones.

use axum::Json;
use domain::Group;
use serde::Serialize;
use serde_json::{Map, Value};
use suppliers::{AdapterKind, Description, Field, Input, Preset, presets};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Problem, guarded};

/// A complete configuration of the adapter that is described by data: that of the simulated supplier.
const HTTP_JSON: &str = include_str!("../../../infra/supplier-sim/http-json.json");
/// What a preview of that adapter shows.
const OPERATIONS: [&str; 4] = ["place", "find", "statuses", "cancel"];

/// What can be put into a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum AdapterFieldKind {
    /// A line of text.
    Text,
    /// A whole number.
    Number,
    /// Yes or no.
    Flag,
    /// One of the choices.
    Choice,
    /// Any JSON.
    Json,
}

/// A setting of an adapter.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdapterField {
    /// Where it is in the configuration, with dots.
    #[schema(example = "place.request.path")]
    path: &'static str,
    /// Its name.
    title: &'static str,
    /// What it means.
    help: &'static str,
    /// What can be put in.
    kind: AdapterFieldKind,
    /// Whether the adapter does not work without it.
    required: bool,
    /// What there is to choose from.
    choices: &'static [&'static str],
    /// A value as it could be.
    example: Option<&'static str>,
}

/// A way to speak to suppliers.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Adapter {
    /// Its kind.
    #[schema(example = "http-json")]
    id: &'static str,
    /// Its name.
    title: &'static str,
    /// What it is for.
    description: &'static str,
    /// The settings that people look for first.
    fields: Vec<AdapterField>,
    /// A complete configuration to begin with.
    #[schema(value_type = Object)]
    example: Value,
    /// What a preview shows; nothing where the protocol is the adapter's own.
    operations: &'static [&'static str],
    /// What the credential is for; null where there is none.
    credential: Option<&'static str>,
    /// Whether the supplier is asked how its orders stand; otherwise people say so.
    is_polled: bool,
}

/// A ready configuration for a supplier that many use.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AdapterPreset)]
pub struct PresetDto {
    /// Its id.
    #[schema(example = "printful")]
    id: String,
    /// Its name.
    title: String,
    /// The kind of adapter.
    #[schema(example = "http-json")]
    adapter: &'static str,
    /// Where the supplier's API is documented.
    documentation: String,
    /// What must be known or changed before it works, a sentence each.
    notes: Vec<String>,
    /// The configuration.
    #[schema(value_type = Object)]
    configuration: Value,
}

/// All ways to speak to suppliers.
#[derive(Debug, Serialize, ToSchema)]
pub struct Adapters {
    /// The kinds.
    items: Vec<Adapter>,
    /// Ready configurations.
    presets: Vec<PresetDto>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(list_adapters)))
}

#[utoipa::path(
    get,
    path = "/api/console/fulfilment/adapters",
    tag = "fulfilment: suppliers",
    responses((status = 200, description = "All of them", body = Adapters))
)]
async fn list_adapters() -> Result<Json<Adapters>, Problem> {
    let items = AdapterKind::ALL.into_iter().map(adapter).collect::<Result<_, _>>();
    let preset = |Preset { id, title, documentation, notes, configuration }: Preset| PresetDto {
        id,
        title,
        adapter: AdapterKind::HttpJson.name(),
        documentation,
        notes,
        configuration,
    };
    let presets = presets().iter().cloned().map(preset).collect();
    Ok(Json(Adapters { items: items.map_err(Problem::internal)?, presets }))
}

fn adapter(kind: AdapterKind) -> Result<Adapter, serde_json::Error> {
    let Description { title, description, fields, credential } = *kind.describe();
    let is_data = kind == AdapterKind::HttpJson;
    Ok(Adapter {
        id: kind.name(),
        title,
        description,
        fields: fields.iter().map(field).collect(),
        example: if is_data { serde_json::from_str(HTTP_JSON)? } else { example(fields)? },
        operations: if is_data { &OPERATIONS } else { &[] },
        credential,
        is_polled: kind != AdapterKind::Manual,
    })
}

fn field(field: &Field) -> AdapterField {
    let kind = match field.input {
        Input::Text | Input::Url => AdapterFieldKind::Text,
        Input::Integer => AdapterFieldKind::Number,
        Input::Boolean => AdapterFieldKind::Flag,
        Input::Choice => AdapterFieldKind::Choice,
        Input::Json => AdapterFieldKind::Json,
    };
    AdapterField {
        path: field.path,
        title: field.title,
        help: field.help,
        kind,
        required: field.required,
        choices: field.choices,
        example: field.example,
    }
}

/// A configuration of the settings' examples.
fn example(fields: &[Field]) -> Result<Value, serde_json::Error> {
    let mut example = Value::Object(Map::new());
    for field in fields {
        let Some(text) = field.example else { continue };
        let value = match field.input {
            Input::Text | Input::Url | Input::Choice => Value::from(text),
            Input::Integer | Input::Boolean | Input::Json => serde_json::from_str(text)?,
        };
        let mut place = &mut example;
        for part in field.path.split('.') {
            place = &mut place[part];
        }
        *place = value;
    }
    Ok(example)
}

#[cfg(test)]
mod tests {
    use suppliers::{Egress, HttpClient, Secret, connect};

    use super::*;

    #[tokio::test]
    async fn every_adapter_takes_its_example_and_every_preset_is_one_of_its() {
        let Json(adapters) = list_adapters().await.unwrap();
        let http = HttpClient::new(Egress::parse("*, http://127.0.0.1:4590").unwrap()).unwrap();
        let credential = Secret::new("stand-in");
        assert_eq!(adapters.items.len(), AdapterKind::ALL.len());
        for adapter in &adapters.items {
            let kind = adapter.id.parse().unwrap();
            if let Err(error) = connect(kind, &adapter.example, Some(&credential), &http) {
                panic!("{}: {error}", adapter.id);
            }
        }
        assert!(adapters.presets.len() >= 3);
    }

    #[test]
    fn only_people_are_not_asked() {
        let polled: Vec<_> = AdapterKind::ALL
            .into_iter()
            .map(|kind| adapter(kind).unwrap())
            .filter(|adapter| !adapter.is_polled)
            .map(|adapter| adapter.id)
            .collect();
        assert_eq!(polled, ["manual"]);
    }
}
