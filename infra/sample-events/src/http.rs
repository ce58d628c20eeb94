//! Requests, as an HTTP API gives them to a function.

use domain::{ProductId, SupplierId};
use serde_json::{Map, Value, json};

use crate::error::SampleError;
use crate::{ACCOUNT, AT, REGION, ids, schema};

const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];

/// A request for a function's route. Its operation is called as its binary.
pub fn event(document: &Value, function: &str) -> Result<Value, SampleError> {
    let wanted = function.replace('-', "_");
    let paths = document["paths"].as_object().into_iter().flatten();
    let mut operations = paths.flat_map(|(path, item)| METHODS.map(|method| (path, method, &item[method])));
    let (path, method, operation) = operations
        .find(|(_, _, operation)| operation["operationId"] == wanted.as_str())
        .ok_or_else(|| SampleError::Unknown { function: function.to_owned(), caller: "http" })?;
    Ok(request(document, function, path, &method.to_uppercase(), operation))
}

fn request(document: &Value, function: &str, path: &str, method: &str, operation: &Value) -> Value {
    let named = in_path(path);
    let raw_path = named.iter().fold(path.to_owned(), |path, (name, value)| {
        path.replace(&format!("{{{name}}}"), value.as_str().unwrap_or_default())
    });
    let mut query = query(document, operation);
    let told = told(function);
    query.extend(object(&told["query"]));
    let raw_query: Vec<_> =
        query.iter().map(|(name, value)| format!("{name}={}", value.as_str().unwrap_or_default())).collect();
    let (content_type, body) = body(document, operation, &told["body"]);
    let mut headers = headers(operation, content_type);
    headers.extend(object(&told["headers"]));
    let route = format!("{method} {path}");
    let mut event = json!({
        "version": "2.0",
        "routeKey": route,
        "rawPath": raw_path,
        "rawQueryString": raw_query.join("&"),
        "headers": headers,
        "queryStringParameters": query,
        "pathParameters": named,
        "requestContext": {
            "accountId": ACCOUNT,
            "apiId": "local",
            "domainName": format!("local.execute-api.{REGION}.amazonaws.com"),
            "domainPrefix": "local",
            "http": {
                "method": method,
                "path": raw_path,
                "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1",
                "userAgent": "sample",
            },
            "requestId": ids::MESSAGE,
            "routeKey": route,
            "stage": "$default",
            "time": "22/Nov/2026:14:00:00 +0000",
            "timeEpoch": 1_795_356_000_000_u64,
        },
        "isBase64Encoded": false,
    });
    if let Some(authorizer) = authorizer(operation) {
        event["requestContext"]["authorizer"] = authorizer;
    }
    if let Some(body) = body {
        event["body"] = Value::String(body);
    }
    event
}

/// What stands in the place of a path's parameters.
fn in_path(path: &str) -> Map<String, Value> {
    let segments: Vec<_> = path.split('/').collect();
    let parameter = |pair: &[&str]| {
        let name = pair[1].strip_prefix('{')?.strip_suffix('}')?;
        Some((name.to_owned(), json!(ids::in_path(pair[0], name).unwrap_or_else(|| "text".into()))))
    };
    segments.windows(2).filter_map(parameter).collect()
}

/// The parameters of this kind that must be there.
fn required<'a>(operation: &'a Value, kind: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let required = parameters.filter(move |one| one["in"] == kind && one["required"] == true);
    required.filter_map(|one| Some((one["name"].as_str()?, one)))
}

fn query(document: &Value, operation: &Value) -> Map<String, Value> {
    let value =
        |one: &Value| one.get("example").cloned().unwrap_or_else(|| schema::value(document, &one["schema"]));
    required(operation, "query").map(|(name, one)| (name.to_owned(), value(one))).collect()
}

fn headers(operation: &Value, content_type: Option<&str>) -> Map<String, Value> {
    let value = |name: &str| match name {
        "If-Match" => "\"1\"".to_owned(),
        "Idempotency-Key" => ids::MESSAGE.to_owned(),
        _ => "text".to_owned(),
    };
    let mut headers: Map<_, _> =
        required(operation, "header").map(|(name, _)| (name.to_lowercase(), json!(value(name)))).collect();
    if let Some(content_type) = content_type {
        headers.insert("content-type".into(), json!(content_type));
    }
    if access(operation).starts_with("partner") {
        // Well formed, and nobody's.
        headers.insert("authorization".into(), json!(format!("Bearer imk_{}_{}", ids::ULID, "A".repeat(43))));
    }
    headers
}

fn access(operation: &Value) -> &str {
    operation["x-access"].as_str().unwrap_or_default()
}

/// Who is signed in, where the route wants to know: what the API's authorizer says of a token.
fn authorizer(operation: &Value) -> Option<Value> {
    let groups = match access(operation) {
        "signed-in" => None,
        group @ ("operator" | "admin") => Some(format!("[{group}]")),
        _ => return None,
    };
    let mut claims = json!({
        "sub": ids::PERSON,
        "email": "ada@example.org",
        "email_verified": "true",
        "token_use": "id",
    });
    if let Some(groups) = groups {
        claims["cognito:groups"] = json!(groups);
    }
    Some(json!({ "jwt": { "claims": claims, "scopes": null } }))
}

/// A body's type and text, with what is told instead of the schema's value.
fn body<'a>(document: &Value, operation: &'a Value, told: &Value) -> (Option<&'a str>, Option<String>) {
    let Some((content_type, content)) =
        operation["requestBody"]["content"].as_object().and_then(|content| content.iter().next())
    else {
        return (None, None);
    };
    let value = match (schema::value(document, &content["schema"]), told) {
        (made, Value::Null) => made,
        (Value::Object(made), Value::Object(told)) => {
            Value::Object(made.into_iter().chain(told.clone()).collect())
        }
        (_, told) => told.clone(),
    };
    let text = match value {
        Value::String(text) if content_type != "application/json" => text,
        value => value.to_string(),
    };
    (Some(content_type), Some(text))
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

/// What the document does not tell of a function's request: rules that no schema has words for.
fn told(function: &str) -> Value {
    let product = ids::id(ProductId::PREFIX);
    match function {
        "bulk-edit-products" => json!({ "body": { "ids": [product] } }),
        "create-supplier" | "update-supplier" => {
            json!({ "body": { "adapter": "manual", "configuration": {} } })
        }
        "discard-messages" => json!({ "query": { "id": "5fea7756-0ea4-451a-a703-a558b933e274" } }),
        "import-offers" => json!({ "body": format!(
            "sku,code,cost,minimum,maximum,leadTime\n{},CS/HT-CLAW-16,7.20,1,1000,2d\n", ids::SKU
        ) }),
        "list-offers" => json!({ "query": { "supplier": ids::id(SupplierId::PREFIX) } }),
        "put-routing" => {
            json!({ "body": { "products": [{ "productId": product, "strategy": "fastest" }] } })
        }
        "receive-supplier-event" => json!({
            "headers": { "webhook-id": "msg_1", "webhook-timestamp": "1795356000", "webhook-signature": "v1,c2FtcGxl" },
            "body": { "type": "order.updated", "timestamp": AT, "data": { "reference": "tsk_01JD0000000000000000000000" } },
        }),
        _ => Value::Null,
    }
}
