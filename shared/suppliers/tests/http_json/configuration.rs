//! A configuration is understood as a whole or refused with the name of the field.

use serde_json::{Value, json};
use suppliers::{AdapterKind, Egress, HttpClient, MAX_TIMEOUT, Secret, connect};

use crate::{config, connected};

const BASE: &str = "https://supplier.example";

#[test]
fn a_small_configuration_is_enough() {
    let supplier = connected(BASE, &[]).unwrap();
    assert!(!supplier.places_idempotently());
    let changes = [("/find", Value::Null), ("/cancel", Value::Null), ("/placesIdempotently", json!(true))];
    assert!(connected(BASE, &changes).unwrap().places_idempotently());
}

/// A field, a wrong value as JSON (null takes the field out), the path that is named, and a part of the reason.
const CASES: &[(&str, &str, &str, &str)] = &[
    ("/baseUrl", r#""http://supplier.example""#, "baseUrl", "must begin with https://"),
    ("/baseUrl", r#""https://169.254.169.254/""#, "baseUrl", "no public address"),
    ("/baseUrl", r#""https://user:pass@supplier.example""#, "baseUrl", "a user or a password"),
    ("/auth", r#"{"kind": "magic"}"#, "auth.kind", "unknown variant"),
    ("/auth", r#"{"kind": "query"}"#, "auth", "missing field `name`"),
    ("/auth", r#"{"kind": "header", "name": "bad name"}"#, "auth", "`bad name` is no header name"),
    ("/auth", r#"{"kind": "basic", "password": "x"}"#, "auth", "unknown field `password`"),
    (
        "/auth",
        r#"{"kind": "hmac", "header": "x-sig", "message": "{nonce}"}"#,
        "auth.message",
        "finds nothing",
    ),
    (
        "/auth",
        r#"{"kind": "oauth", "tokenUrl": "https://10.0.0.1/token", "clientId": "shop"}"#,
        "auth.tokenUrl",
        "no public address",
    ),
    ("/check", r#"{"request": {"method": "GET", "path": "/{who}"}}"#, "check.request.path", "finds nothing"),
    ("/baseURL", r#""x""#, "baseURL", "unknown field"),
    ("/timeoutMs", "0", "timeoutMs", "must be 1 to 20000"),
    ("/timeoutMs", "20001", "timeoutMs", "must be 1 to 20000"),
    ("/states/new", r#""finished""#, "states.new", "unknown variant"),
    ("/headers", r#"{"bad name": "x"}"#, "headers", "`bad name` is no header name"),
    ("/headers", r#"{"x-key": "{reference"}"#, "headers.x-key", "unbalanced `{`"),
    ("/place/request/method", r#""BREW""#, "place.request.method", "unknown variant"),
    ("/place/request/path", r#""orders""#, "place.request.path", "must begin with `/`"),
    ("/place/request/body", r#""{ref: }""#, "place.request.body", "column 7"),
    ("/place/request/body", r#""{a: items[].kode | [0]}""#, "place.request.body", "`/a`"),
    ("/place/request/body", r#""{a: {b: [shipTo.town]}}""#, "place.request.body", "`/a/b/0`"),
    ("/place/request/body", r#""length(items[0].quantity)""#, "place.request.body", "length"),
    ("/place/request/headers", r#"{"x-key": "{ref}"}"#, "place.request.headers.x-key", "finds nothing"),
    ("/place/answer/id", r#""order..id""#, "place.answer.id", "order..id"),
    ("/place/answer/id", "null", "place.answer", "missing field `id`"),
    ("/place/answer/price", r#""p""#, "place.answer.price", "unknown field"),
    ("/place/rejectedStatuses", "[200]", "place.rejectedStatuses", "200 is no HTTP error"),
    ("/place/rejectedStatuses", "[429]", "place.notTakenStatuses", "429 stands in rejectedStatuses"),
    ("/find/request/query", r#"{"q": "{id}"}"#, "find.request.query.q", "finds nothing"),
    ("/find", "null", "find", "placesIdempotently"),
    ("/statuses/maxIds", "0", "statuses.maxIds", "at least 1"),
    ("/statuses/request/body", r#""{ids: id}""#, "statuses.request.body", "`/ids`"),
    ("/statuses", "null", "", "missing field `statuses`"),
    ("/cancel/request/path", r#""/o/{reference}""#, "cancel.request.path", "finds nothing"),
    ("/cancel/absentStatuses", "[409]", "cancel.absentStatuses", "409 stands in tooLateStatuses"),
];

#[test]
fn a_wrong_field_is_named() {
    for (pointer, value, path, reason) in CASES {
        let parsed = serde_json::from_str(value).unwrap();
        let error = connected(BASE, &[(pointer, parsed)]).unwrap_err();
        let named = error.path == *path || path.is_empty();
        assert!(named && error.reason.contains(reason), "{pointer} = {value}: {error}");
    }
    let longest = u64::try_from(MAX_TIMEOUT.as_millis()).unwrap();
    assert!(connected(BASE, &[("/timeoutMs", json!(longest))]).is_ok());
    assert!(connected(BASE, &[("/timeoutMs", json!(longest + 1))]).is_err());
}

#[test]
fn only_hosts_that_the_shop_allows() {
    let http = HttpClient::new(Egress::parse("*.supplier.example").unwrap()).unwrap();
    let error = connect(AdapterKind::HttpJson, &config(BASE, &[]), None, &http).unwrap_err();
    assert!(error.path == "baseUrl" && error.reason.contains("none of the hosts"), "{error}");
    let allowed = config("https://api.supplier.example", &[]);
    assert!(connect(AdapterKind::HttpJson, &allowed, None, &http).is_ok());
}

#[test]
fn credentials_are_not_shown() {
    let http = HttpClient::new(Egress::parse("*").unwrap()).unwrap();
    let headers = config(BASE, &[("/headers", json!({"authorization": "Bearer s3cret"}))]);
    let supplier = connect(AdapterKind::HttpJson, &headers, Some(&Secret::new("s3cret")), &http).unwrap();
    let shown = format!("{supplier:?} {http:?}");
    assert!(shown.contains("supplier.example") && !shown.contains("s3cret"), "{shown}");
}
