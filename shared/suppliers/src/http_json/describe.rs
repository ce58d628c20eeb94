//! The adapter in words.

use crate::describe::{Description, Field, Input};

pub(crate) const DESCRIPTION: Description = Description {
    title: "JSON over HTTP",
    description: "For any supplier with a JSON API: requests are made from templates, and answers are read with JMESPath \
                  expressions. Start from a preset, put in the supplier's address and credential, and try it out.",
    fields: &FIELDS,
    credential: Some("the key, password or client secret that `auth` sends or signs with"),
};

const FIELDS: [Field; 13] = [
    Field::needed(
        "baseUrl",
        "Base URL",
        Input::Url,
        "What all paths are appended to.",
        "https://api.supplier.example/v1",
    ),
    Field::optional(
        "auth",
        "Authentication",
        Input::Json,
        "How requests show who we are: header, query, basic, hmac or oauth. The credential itself is kept apart.",
        r#"{"kind": "header", "name": "Authorization", "prefix": "Bearer "}"#,
    ),
    Field::optional(
        "timeoutMs",
        "Timeout in milliseconds",
        Input::Integer,
        "1 to 20000; 10000 unless set.",
        "5000",
    ),
    Field::optional(
        "placesIdempotently",
        "Repeated orders are one",
        Input::Boolean,
        "Whether the supplier makes one order of a reference that is placed twice. If not, `find` is needed.",
        "true",
    ),
    Field::optional(
        "errorMessage",
        "Error message",
        Input::Text,
        "JMESPath: finds the supplier's words in an error.",
        "error.message",
    ),
    Field::needed(
        "states",
        "States",
        Input::Json,
        "The supplier's states, each with ours: accepted, inProgress, completed, rejected or cancelled.",
        r#"{"shipped": "completed"}"#,
    ),
    Field::needed("place.request", "Place: request", Input::Json, PLACE_HELP, PLACE_EXAMPLE),
    Field::needed(
        "place.answer",
        "Place: answer",
        Input::Json,
        "JMESPath for the supplier's `id` of the order, and for its `state` and `cost` if it tells them.",
        r#"{"id": "order.id", "state": "order.state"}"#,
    ),
    Field::optional(
        "find",
        "Find by our reference",
        Input::Json,
        "A request made from {reference}; `orders` finds the list, `reference` ours in each of them.",
        r#"{"request": {"method": "GET", "path": "/orders", "query": {"reference": "{reference}"}}, "orders": "orders", "reference": "reference", "order": {"id": "id"}}"#,
    ),
    Field::needed(
        "statuses",
        "Statuses",
        Input::Json,
        "A request made from {ids}, `maxIds` at once; `orders` finds the list, `order` says where its fields are.",
        r#"{"request": {"method": "POST", "path": "/orders/status", "body": "{ids: ids}"}, "orders": "orders", "order": {"id": "id", "state": "state"}}"#,
    ),
    Field::optional(
        "cancel",
        "Cancel",
        Input::Json,
        "A request made from {id}; leave it out where the supplier cannot.",
        r#"{"request": {"method": "POST", "path": "/orders/{id}/cancel"}}"#,
    ),
    Field::optional(
        "check",
        "Connection test",
        Input::Json,
        "A harmless request for the connection test; without it, an order that is not there is asked for.",
        r#"{"request": {"method": "GET", "path": "/account"}}"#,
    ),
    Field::optional(
        "webhook",
        "Webhook",
        Input::Json,
        "What the supplier's calls to us say: `orders` finds the list, `order` says where its fields are.",
        r#"{"orders": "[order]", "order": {"id": "id", "state": "state"}}"#,
    ),
];

const PLACE_HELP: &str = "Made from {reference, items: [{sku, code, quantity, unitCost: {amount, decimal, currency}}], \
                          shipTo: {name, line1, line2, city, region, postalCode, country}}.";

const PLACE_EXAMPLE: &str = r#"{"method": "POST", "path": "/orders", "body": "{ref: reference, lines: items[].{code: code, count: quantity}}"}"#;
