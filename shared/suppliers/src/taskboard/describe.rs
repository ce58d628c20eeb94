//! The adapter in words.

use crate::{Description, Field, Input};

/// What people are told about the adapter.
pub(crate) const DESCRIPTION: Description = Description {
    title: "Task board (folders and tasks)",
    description: "For boards on which people take tasks. Each line becomes a task in a folder of the day, its quantity the \
                  task's limit; each approved report counts as a piece that was sent.",
    fields: &FIELDS,
    credential: Some("The API key."),
};

const FIELDS: [Field; 9] = [
    Field {
        path: "baseUrl",
        title: "Address",
        input: Input::Url,
        required: true,
        help: "The one address that takes all requests.",
        example: Some("https://board.example/api"),
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
        help: "The name under which the key is sent; `api_key` unless set.",
        example: Some("api_key"),
        choices: &[],
    },
    Field {
        path: "folder",
        title: "Folder",
        input: Input::Text,
        required: false,
        help: "What the folders' names begin with; the day follows.",
        example: Some("Ironmonger"),
        choices: &[],
    },
    Field {
        path: "task",
        title: "Parameters of a task",
        input: Input::Json,
        required: true,
        help: "Texts with holes such as {code}, {sku}, {quantity}, {unitCost.decimal}, {shipTo.name} or {shipTo.postalCode}.",
        example: Some(
            r#"{"descr": "Send one {sku} to {shipTo.name}, {shipTo.line1}, {shipTo.city} {shipTo.postalCode}", "need_for_report": "The tracking number", "price": "{unitCost.decimal}"}"#,
        ),
        choices: &[],
    },
    Field {
        path: "approve",
        title: "Approve reports as they come",
        input: Input::Boolean,
        required: false,
        help: "Otherwise somebody approves them at the board; only approved reports count. On unless switched off.",
        example: None,
        choices: &[],
    },
    Field {
        path: "price",
        title: "Price of a piece",
        input: Input::Json,
        required: false,
        help: "Where the price is in a report, as a JMESPath expression, and its currency.",
        example: Some(r#"{"amount": "price_rub", "currency": "GBP"}"#),
        choices: &[],
    },
    Field {
        path: "trackingNumber",
        title: "Tracking number",
        input: Input::Text,
        required: false,
        help: "Where it is in a report, as a JMESPath expression.",
        example: Some("messages[0].text"),
        choices: &[],
    },
    Field {
        path: "errors",
        title: "Further complaints",
        input: Input::Json,
        required: false,
        help: "What a complaint means, by a part of its words: rejected, unavailable (try again later), misconfigured or \
               uncertain. What is not known is a refusal.",
        example: Some(r#"{"closed on Sundays": "unavailable"}"#),
        choices: &[],
    },
];
