//! A value of a schema of the document: its examples where it has some, else the least that fits.

use serde_json::{Map, Value, json};

use crate::AT;

/// A value of `schema`. Of an object's properties it has those that must be there and those with an example.
pub fn value(document: &Value, schema: &Value) -> Value {
    if let Some(pointer) = schema["$ref"].as_str() {
        return value(document, referred(document, pointer));
    }
    for given in ["example", "default"] {
        if let Some(given) = schema.get(given) {
            return given.clone();
        }
    }
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    for one in ["oneOf", "anyOf"] {
        let choices = schema[one].as_array().into_iter().flatten();
        if let Some(chosen) = choices.into_iter().find(|choice| choice["type"] != "null") {
            return value(document, chosen);
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let merged = parts.iter().map(|part| value(document, part)).filter_map(|part| match part {
            Value::Object(members) => Some(members),
            _ => None,
        });
        return Value::Object(merged.flatten().collect());
    }
    match kind(schema) {
        "object" => Value::Object(members(document, schema)),
        "array" => json!([value(document, &schema["items"])]),
        "string" if schema["format"] == "date-time" => json!(AT),
        "string" => json!("text"),
        "integer" | "number" => json!(schema["minimum"].as_i64().unwrap_or(1).max(1)),
        "boolean" => json!(true),
        _ => Value::Null,
    }
}

fn referred<'a>(document: &'a Value, pointer: &str) -> &'a Value {
    document.pointer(pointer.trim_start_matches('#')).unwrap_or(&Value::Null)
}

/// A schema's type; of several the one that is not null.
fn kind(schema: &Value) -> &str {
    match &schema["type"] {
        Value::Array(kinds) => {
            kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or_default()
        }
        Value::String(kind) => kind,
        _ if schema.get("properties").is_some() => "object",
        _ => "",
    }
}

fn members(document: &Value, schema: &Value) -> Map<String, Value> {
    let required: Vec<_> = schema["required"].as_array().into_iter().flatten().collect();
    let is_told = |name: &str, property: &Value| {
        required.iter().any(|required| *required == name) || property.get("example").is_some()
    };
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties
        .filter(|(name, property)| is_told(name, property))
        .map(|(name, property)| (name.clone(), value(document, property)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(schema: &Value) -> Value {
        let line = json!({
            "type": "object",
            "required": ["quantity"],
            "properties": { "quantity": { "type": "integer", "minimum": 3 }, "note": { "type": "string" } },
        });
        value(&json!({ "components": { "schemas": { "Line": line } } }), schema)
    }

    #[test]
    fn examples_come_first_and_what_is_optional_stays_away() {
        let schema = json!({
            "type": "object",
            "required": ["sku", "lines", "status", "at", "strategy"],
            "properties": {
                "sku": { "type": "string", "example": "HT-CLAW-16" },
                "lines": { "type": "array", "items": { "$ref": "#/components/schemas/Line" } },
                "status": { "type": "string", "enum": ["active", "paused"] },
                "at": { "type": "string", "format": "date-time" },
                "strategy": { "oneOf": [{ "type": "null" }, { "type": "boolean" }] },
                "carrier": { "type": ["string", "null"], "example": "Royal Mail" },
                "note": { "type": ["string", "null"] },
            },
        });
        let wanted = json!({
            "sku": "HT-CLAW-16",
            "lines": [{ "quantity": 3 }],
            "status": "active",
            "at": AT,
            "strategy": true,
            "carrier": "Royal Mail",
        });
        assert_eq!(made(&schema), wanted);
    }

    #[test]
    fn parts_are_put_together() {
        let part =
            json!({ "type": "object", "required": ["kind"], "properties": { "kind": { "enum": ["even"] } } });
        let schema = json!({ "allOf": [{ "$ref": "#/components/schemas/Line" }, part] });
        assert_eq!(made(&schema), json!({ "quantity": 3, "kind": "even" }));
        assert_eq!(made(&json!({ "type": ["null", "integer"] })), json!(1));
    }
}
