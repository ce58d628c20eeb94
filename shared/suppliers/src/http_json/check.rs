//! What must fit together in a configuration, tried out on a sample before anything real is sent.

use serde_json::{Value, json};

use super::{
    config::{HttpJsonConfig, RequestConfig},
    documents,
    request::prepare,
};
use crate::{ConfigError, HttpClient, exchange::check_address};

/// The operations of a configuration, each with a sample of the document that its request is made from.
pub(super) fn samples(config: &HttpJsonConfig) -> Vec<(&'static str, &RequestConfig, Value)> {
    let mut all = vec![("place", &config.place.request, documents::sample_order())];
    if let Some(find) = &config.find {
        all.push(("find", &find.request, documents::find("tsk_sample")));
    }
    all.push(("statuses", &config.statuses.request, json!({"ids": ["sample"]})));
    if let Some(cancel) = &config.cancel {
        all.push(("cancel", &cancel.request, json!({"id": "sample"})));
    }
    if let Some(check) = &config.check {
        all.push(("check", &check.request, json!({})));
    }
    all
}

/// The first thing that is wrong with a configuration.
pub(super) fn check(config: &HttpJsonConfig, http: &HttpClient) -> Result<(), ConfigError> {
    match faults(config, http).into_iter().next() {
        Some(fault) => Err(fault),
        None => Ok(()),
    }
}

/// All that is wrong with a configuration.
pub(super) fn faults(config: &HttpJsonConfig, http: &HttpClient) -> Vec<ConfigError> {
    let mut faults: Vec<ConfigError> = Vec::new();
    faults.extend(check_address(http, "baseUrl", config.base_url.url()).err());
    faults.extend(fit_together(config).err());
    for (operation, request, sample) in samples(config) {
        faults.extend(tried_out(config, http, operation, request, &sample).err());
    }
    faults
}

fn fit_together(config: &HttpJsonConfig) -> Result<(), ConfigError> {
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
    Ok(())
}

fn tried_out(
    config: &HttpJsonConfig,
    http: &HttpClient,
    operation: &str,
    request: &RequestConfig,
    sample: &Value,
) -> Result<(), ConfigError> {
    try_out(config, http, request, sample)
        .map_err(|(field, reason)| ConfigError { path: format!("{operation}.request.{field}"), reason })
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
