//! The schemas of the notices: for the API's document, and as JSON Schemas that stand alone.

use domain::WebhookEvent;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, Paths, PathsBuilder};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{ContentBuilder, PathItem, Ref, RefOr, Required, ResponseBuilder};

use super::when;
use crate::notice::{OrderNotice, PingNotice, TaskNotice};

/// Where the document keeps its schemas.
const COMPONENTS: &str = "#/components/schemas/";
/// The dialect that the document's schemas are written in.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// All schemas of notices, by name.
#[must_use]
pub fn components() -> Vec<(String, RefOr<Schema>)> {
    let mut schemas = Vec::new();
    collect::<OrderNotice>(&mut schemas);
    collect::<TaskNotice>(&mut schemas);
    collect::<PingNotice>(&mut schemas);
    schemas
}

fn collect<T: ToSchema>(schemas: &mut Vec<(String, RefOr<Schema>)>) {
    schemas.push((T::name().into_owned(), T::schema()));
    T::schemas(schemas);
}

/// What the API's document says of the calls that the shop makes.
#[must_use]
pub fn webhooks() -> Paths {
    let told = WebhookEvent::all().fold(PathsBuilder::new(), |paths, event| {
        let notice = match event {
            WebhookEvent::Order(_) => OrderNotice::name(),
            WebhookEvent::Task(_) => TaskNotice::name(),
        };
        paths.path(event.name(), call(when(event), &notice))
    });
    told.path("Ping", call("Somebody tests whether a webhook answers.", &PingNotice::name())).build()
}

fn call(when: &str, notice: &str) -> PathItem {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(notice))).build();
    let body = RequestBodyBuilder::new().content("application/json", content).required(Some(Required::True));
    let taken = ResponseBuilder::new().description("Any status from 200 to 299: it was taken").build();
    let operation = OperationBuilder::new()
        .summary(Some(when))
        .tag("webhooks")
        .request_body(Some(body.build()))
        .response("2XX", taken);
    PathItem::new(HttpMethod::Post, operation)
}

/// The schema of a notice, with all that it refers to.
pub(super) fn standing_alone<T: ToSchema>() -> Result<Value, serde_json::Error> {
    let mut schemas = Vec::new();
    T::schemas(&mut schemas);
    let mut definitions = Map::new();
    for (name, schema) in schemas {
        definitions.insert(name, serde_json::to_value(schema)?);
    }
    let mut whole = Map::new();
    whole.insert("$schema".into(), DIALECT.into());
    whole.insert("title".into(), T::name().into());
    if let Value::Object(schema) = serde_json::to_value(T::schema())? {
        whole.extend(schema);
    }
    whole.insert("$defs".into(), definitions.into());
    let mut whole = Value::Object(whole);
    point_inside(&mut whole);
    // Whether a map keeps its order depends on how serde_json was built.
    whole.sort_all_objects();
    Ok(whole)
}

/// Has references lead to the definitions of the schema itself.
fn point_inside(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(reference)) = object.get_mut("$ref") {
                *reference = reference.replace(COMPONENTS, "#/$defs/");
            }
            for value in object.values_mut() {
                point_inside(value);
            }
        }
        Value::Array(values) => {
            for value in values {
                point_inside(value);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(object) => {
                found.extend(object.get("$ref").and_then(Value::as_str).map(str::to_owned));
                for value in object.values() {
                    references(value, found);
                }
            }
            Value::Array(values) => {
                for value in values {
                    references(value, found);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn a_schema_refers_to_nothing_outside() {
        for schema in [standing_alone::<OrderNotice>(), standing_alone::<TaskNotice>()] {
            let schema = schema.unwrap();
            let mut found = BTreeSet::new();
            references(&schema, &mut found);
            assert!(!found.is_empty());
            for reference in found {
                let name = reference.strip_prefix("#/$defs/").unwrap_or_else(|| panic!("{reference}"));
                assert!(schema["$defs"][name].is_object(), "{reference}");
            }
            assert!(schema["properties"]["type"].is_object(), "{schema}");
        }
    }

    #[test]
    fn the_document_names_each_event() {
        let webhooks = serde_json::to_value(webhooks()).unwrap();
        assert_eq!(webhooks.as_object().unwrap().len(), WebhookEvent::all().count() + 1);
        let body = &webhooks["OrderPaid"]["post"]["requestBody"]["content"]["application/json"];
        assert_eq!(body["schema"]["$ref"], "#/components/schemas/OrderNotice");
        assert!(components().iter().any(|(name, _)| name == "OrderNotice"));
    }
}
