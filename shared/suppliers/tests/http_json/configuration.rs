//! A configuration is understood as a whole or refused with the name of the field.

use serde_json::{Value, json};
use suppliers::http_json::MAX_TIMEOUT;

use crate::connected;

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
    ("/baseUrl", r#""http://supplier.example""#, "baseUrl", "https://"),
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
fn credentials_are_not_shown() {
    let supplier = connected(BASE, &[("/headers", json!({"authorization": "Bearer s3cret"}))]).unwrap();
    let shown = format!("{supplier:?}");
    assert!(shown.contains("supplier.example") && !shown.contains("s3cret"), "{shown}");
}
