//! The adapter in words.

use crate::{Description, Field, Input, keyed::describe};

/// What people are told about the adapter.
pub(crate) const DESCRIPTION: Description = Description {
    title: "Panel (key and action)",
    description: "For panels with one address, where a key says who asks and an action what: add, status, cancel, \
                  balance, services. An order there is one article, so each line of a task becomes an order.",
    fields: &FIELDS,
    credential: Some("The API key."),
};

const FIELDS: [Field; 10] = [
    describe::base_url("https://panel.example/api/v2"),
    describe::FORMAT,
    describe::key_parameter("The name under which the key is sent; `key` unless set.", "key"),
    Field::needed(
        "add",
        "Parameters of an order",
        Input::Json,
        "Texts with holes such as {reference}, {code}, {quantity}, {shipTo.name} or {shipTo.postalCode}. The \
         service is the offer's code and the quantity the line's, unless they are here.",
        r#"{"link": "https://shop.example/tasks/{reference}", "name": "{shipTo.name}"}"#,
    ),
    Field::optional(
        "find",
        "Looking an order up",
        Input::Json,
        "How to find the orders of a {task} after an answer was lost: action, parameters, and where in the answer \
         the orders, their reference, id, service and quantity are. Needed unless repeated orders are safe.",
        r#"{"action": "orders", "parameters": {"reference": "{task}"}, "orders": "orders", "reference": "reference", "id": "order", "service": "service", "quantity": "quantity"}"#,
    ),
    Field::switch(
        "placesIdempotently",
        "Repeated orders are safe",
        "Switch on only if the panel makes one order of a line that is added twice.",
    ),
    Field::optional(
        "states",
        "Further states",
        Input::Json,
        "What the panel's own states mean: accepted, inProgress, completed, rejected or cancelled. The usual ones \
         (Pending, In progress, Completed, Partial, Canceled …) are known.",
        r#"{"Shipped": "completed"}"#,
    ),
    describe::errors(
        "What a complaint means, by a part of its words: rejected, unavailable (try again later), misconfigured or \
         uncertain (the panel may have the order). What is not known is a refusal.",
    ),
    Field::optional(
        "currency",
        "Currency",
        Input::Text,
        "The currency that the panel charges in. Without it, charges are not read.",
        "GBP",
    ),
    describe::tracking_number(
        "Where it is in a status, as a JMESPath expression, if the panel tells it.",
        "tracking",
    ),
];
