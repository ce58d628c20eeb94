//! What must fit together in a configuration, tried out on a sample before anything real is sent.

use serde_json::{Value, json};

use super::{
    config::{HttpJsonConfig, RequestConfig},
    documents,
    exchange::prepare,
};
use crate::{ConfigError, HttpClient};

/// The first thing that is wrong with a configuration.
pub(super) fn check(config: &HttpJsonConfig, http: &HttpClient) -> Result<(), ConfigError> {
    let wrong = |path: &str, reason: String| Err(ConfigError { path: path.to_owned(), reason });
    if config.find.is_none() && !config.places_idempotently {
        let reason = "needed, because after a lost answer it tells whether the supplier has the order; or set \
                      placesIdempotently if the supplier makes one order of a repeated reference";
        return wrong("find", reason.to_owned());
    }
    if let Some(status) = config.place.rejected_statuses.shared_with(&config.place.not_taken_statuses) {
        return wrong("place.notTakenStatuses", format!("{status} stands in rejectedStatuses too"));
    }
    if let Some(cancel) = &config.cancel
        && let Some(status) = cancel.too_late_statuses.shared_with(&cancel.absent_statuses)
    {
        return wrong("cancel.absentStatuses", format!("{status} stands in tooLateStatuses too"));
    }
    let try_out = |operation: &str, request: &RequestConfig, document: &Value| {
        try_out(config, http, request, document)
            .map_err(|(field, reason)| ConfigError { path: format!("{operation}.request.{field}"), reason })
    };
    try_out("place", &config.place.request, &documents::sample_order())?;
    if let Some(find) = &config.find {
        try_out("find", &find.request, &documents::find("tsk_sample"))?;
    }
    try_out("statuses", &config.statuses.request, &json!({"ids": ["sample"]}))?;
    if let Some(cancel) = &config.cancel {
        try_out("cancel", &cancel.request, &json!({"id": "sample"}))?;
    }
    Ok(())
}

fn try_out(
    config: &HttpJsonConfig,
    http: &HttpClient,
    request: &RequestConfig,
    sample: &Value,
) -> Result<(), (String, String)> {
    // Sent to nobody: what counts is that it can be made.
    let _unsent = prepare(http, config, request, sample)?;
    let Some(body) = &request.body else { return Ok(()) };
    let body = body.search(sample).map_err(|reason| ("body".to_owned(), reason))?;
    match null_in(&body) {
        // Every field of the sample is filled, so this is a misspelt name.
        Some(pointer) => Err(("body".to_owned(), format!("nothing found for `{pointer}`"))),
        None => Ok(()),
    }
}

fn null_in(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .find_map(|(index, value)| null_in(value).map(|rest| format!("/{index}{rest}"))),
        Value::Object(fields) => {
            fields.iter().find_map(|(name, value)| null_in(value).map(|rest| format!("/{name}{rest}")))
        }
        _ => None,
    }
}
