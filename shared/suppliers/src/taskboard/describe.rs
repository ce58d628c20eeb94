//! The adapter in words.

use crate::{Description, Field, Input, keyed::describe};

/// What people are told about the adapter.
pub(crate) const DESCRIPTION: Description = Description {
    title: "Task board (folders and tasks)",
    description: "For boards on which people take tasks. Each line becomes a task in a folder of the day, its quantity the \
                  task's limit; each approved report counts as a piece that was sent.",
    fields: &FIELDS,
    credential: Some("The API key."),
};

const FIELDS: [Field; 9] = [
    describe::base_url("https://board.example/api"),
    describe::FORMAT,
    describe::key_parameter("The name under which the key is sent; `api_key` unless set.", "api_key"),
    Field::optional(
        "folder",
        "Folder",
        Input::Text,
        "What the folders' names begin with; the day follows.",
        "Ironmonger",
    ),
    Field::needed(
        "task",
        "Parameters of a task",
        Input::Json,
        "Texts with holes such as {code}, {sku}, {quantity}, {unitCost.decimal}, {shipTo.name} or {shipTo.postalCode}.",
        r#"{"descr": "Send one {sku} to {shipTo.name}, {shipTo.line1}, {shipTo.city} {shipTo.postalCode}", "need_for_report": "The tracking number", "price": "{unitCost.decimal}"}"#,
    ),
    Field::switch(
        "approve",
        "Approve reports as they come",
        "Otherwise somebody approves them at the board; only approved reports count. On unless switched off.",
    ),
    Field::optional(
        "price",
        "Price of a piece",
        Input::Json,
        "Where the price is in a report, as a JMESPath expression, and its currency.",
        r#"{"amount": "price_rub", "currency": "GBP"}"#,
    ),
    describe::tracking_number("Where it is in a report, as a JMESPath expression.", "messages[0].text"),
    describe::errors(
        "What a complaint means, by a part of its words: rejected, unavailable (try again later), misconfigured or \
         uncertain. What is not known is a refusal.",
    ),
];
