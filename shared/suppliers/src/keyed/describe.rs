//! The settings that adapters with one address have in common, in words.

use crate::{Field, Input};

/// The address.
pub(crate) const fn base_url(example: &'static str) -> Field {
    Field::needed("baseUrl", "Address", Input::Url, "The one address that takes all requests.", example)
}

/// How parameters travel.
pub(crate) const FORMAT: Field = Field {
    choices: &["form", "json"],
    ..Field::optional(
        "format",
        "Parameters travel as",
        Input::Choice,
        "A form (the usual way) or a JSON object.",
        "form",
    )
};

/// The parameter that carries the key; `example` is its usual name.
pub(crate) const fn key_parameter(help: &'static str, example: &'static str) -> Field {
    Field::optional("keyParameter", "Parameter for the key", Input::Text, help, example)
}

/// What complaints mean.
pub(crate) const fn errors(help: &'static str) -> Field {
    let example = r#"{"closed on Sundays": "unavailable"}"#;
    Field::optional("errors", "Further complaints", Input::Json, help, example)
}

/// Where the carrier's number is.
pub(crate) const fn tracking_number(help: &'static str, example: &'static str) -> Field {
    Field::optional("trackingNumber", "Tracking number", Input::Text, help, example)
}
