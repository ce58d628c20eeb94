//! The adapter in words.

use crate::{Description, Field, Input};

/// What people are told about the adapter.
pub(crate) const DESCRIPTION: Description = Description {
    title: "Panel (key and action)",
    description: "For panels with one address, where a key says who asks and an action what: add, status, cancel, \
                  balance, services. An order there is one article, so each line of a task becomes an order.",
    fields: &FIELDS,
    credential: Some("The API key."),
};

const FIELDS: [Field; 10] = [
    Field {
        path: "baseUrl",
        title: "Address",
        input: Input::Url,
        required: true,
        help: "The one address that takes all requests.",
        example: Some("https://panel.example/api/v2"),
        choices: &[],
    },
    Field {
        path: "format",
        title: "Parameters travel as",
        input: Input::Choice,
        required: false,
        help: "A form (the usual way) or a JSON object.",
        example: Some("form"),
        choices: &["form", "json"],
    },
    Field {
        path: "keyParameter",
        title: "Parameter for the key",
        input: Input::Text,
        required: false,
        help: "The name under which the key is sent; `key` unless set.",
        example: Some("key"),
        choices: &[],
    },
    Field {
        path: "add",
        title: "Parameters of an order",
        input: Input::Json,
        required: true,
        help: "Texts with holes such as {reference}, {code}, {quantity}, {shipTo.name} or {shipTo.postalCode}. The \
               service is the offer's code and the quantity the line's, unless they are here.",
        example: Some(r#"{"link": "https://shop.example/tasks/{reference}", "name": "{shipTo.name}"}"#),
        choices: &[],
    },
    Field {
        path: "find",
        title: "Looking an order up",
        input: Input::Json,
        required: false,
        help: "How to find the orders of a {task} after an answer was lost: action, parameters, and where in the answer \
               the orders, their reference, id, service and quantity are. Needed unless repeated orders are safe.",
        example: Some(
            r#"{"action": "orders", "parameters": {"reference": "{task}"}, "orders": "orders", "reference": "reference", "id": "order", "service": "service", "quantity": "quantity"}"#,
        ),
        choices: &[],
    },
    Field {
        path: "placesIdempotently",
        title: "Repeated orders are safe",
        input: Input::Boolean,
        required: false,
        help: "Switch on only if the panel makes one order of a line that is added twice.",
        example: None,
        choices: &[],
    },
    Field {
        path: "states",
        title: "Further states",
        input: Input::Json,
        required: false,
        help: "What the panel's own states mean: accepted, inProgress, completed, rejected or cancelled. The usual ones \
               (Pending, In progress, Completed, Partial, Canceled …) are known.",
        example: Some(r#"{"Shipped": "completed"}"#),
        choices: &[],
    },
    Field {
        path: "errors",
        title: "Further complaints",
        input: Input::Json,
        required: false,
        help: "What a complaint means, by a part of its words: rejected, unavailable (try again later), misconfigured or \
               uncertain (the panel may have the order). What is not known is a refusal.",
        example: Some(r#"{"closed on Sundays": "unavailable"}"#),
        choices: &[],
    },
    Field {
        path: "currency",
        title: "Currency",
        input: Input::Text,
        required: false,
        help: "The currency that the panel charges in. Without it, charges are not read.",
        example: Some("GBP"),
        choices: &[],
    },
    Field {
        path: "trackingNumber",
        title: "Tracking number",
        input: Input::Text,
        required: false,
        help: "Where it is in a status, as a JMESPath expression, if the panel tells it.",
        example: Some("tracking"),
        choices: &[],
    },
];
