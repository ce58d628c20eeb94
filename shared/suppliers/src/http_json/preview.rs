//! A configuration tried out on samples.

use serde_json::Value;

use super::{
    HttpJson, Misfit,
    auth::{Auth, AuthFault},
    check,
    config::{HttpJsonConfig, RequestConfig},
    read,
    request::prepare,
};
use crate::{
    HttpClient, Secret, Supplier,
    preview::{self, Fault, Preview, PreviewRequest, Samples},
    recorder, settings,
};

/// What a configuration would send and read.
pub(crate) fn preview(config: &Value, samples: &Samples, stand_in: &Secret, http: &HttpClient) -> Preview {
    let http = http.for_supplier(Some(stand_in));
    let mut parsed = match settings::read::<HttpJsonConfig>(config) {
        Ok(parsed) => parsed,
        Err(fault) => return Preview { faults: vec![fault.into()], ..Preview::default() },
    };
    let auth = Auth::new(parsed.auth.take(), None);
    let mut preview = Preview::default();
    preview.faults.extend(check::faults(&parsed, &http).into_iter().map(Fault::from));
    preview.faults.extend(auth.check(&http).err().map(Fault::from));
    for (operation, request, sample) in check::samples(&parsed) {
        // What is wrong with a request is among the faults already.
        let Ok(mut made) = prepare(&http, &parsed, request, &sample) else { continue };
        match auth.sketch(&http, stand_in, &mut made) {
            Ok(()) => {
                preview.requests.insert(operation, shown(&http, &made, request, &sample));
            }
            Err(AuthFault::Misconfigured(reason) | AuthFault::Unavailable { reason, .. }) => {
                preview.faults.push(Fault { path: "auth".into(), reason });
            }
        }
    }
    read_samples(HttpJson { config: parsed, auth, http }, samples, &mut preview);
    preview.faults.dedup();
    preview
}

fn shown(
    http: &HttpClient,
    made: &reqwest::Request,
    request: &RequestConfig,
    sample: &Value,
) -> PreviewRequest {
    PreviewRequest {
        method: made.method().to_string(),
        url: http.masks().hide(&recorder::address(made.url())),
        headers: recorder::headers(made.headers()),
        body: request.body.as_ref().and_then(|body| body.search(sample).ok()),
    }
}

fn read_samples(supplier: HttpJson, samples: &Samples, preview: &mut Preview) {
    let config = &supplier.config;
    let mut note = |operation, reading: Result<Value, (String, String)>| match reading {
        Ok(reading) => {
            preview.readings.insert(operation, reading);
        }
        Err((path, reason)) => preview.faults.push(Fault { path, reason }),
    };
    let below = |path: &'static str| move |(field, reason): Misfit| (format!("{path}.{field}"), reason);
    if let Some(answer) = &samples.answer_place {
        let placement = read::placement(config, &config.place.answer, answer);
        note(
            "place",
            placement.map(|placement| preview::placement(&placement)).map_err(below("place.answer")),
        );
    }
    if let (Some(answer), Some(find)) = (&samples.answer_find, &config.find) {
        let orders = read::list(&find.orders, answer).map_err(|reason| ("find.orders".to_owned(), reason));
        let found = orders.and_then(|orders| {
            let order = |order: &Value| {
                let placement = read::placement(config, &find.order, order).map_err(below("find.order"))?;
                let reference = read::text(&find.reference, order)
                    .map_err(|reason| ("find.reference".to_owned(), reason))?;
                let mut shown = preview::placement(&placement);
                shown["reference"] = reference.into();
                Ok(shown)
            };
            orders.iter().map(order).collect()
        });
        note("find", found);
    }
    if let Some(answer) = &samples.answer_statuses {
        note("statuses", statuses(config, answer));
    }
    if let (Some(answer), Some(cancel)) = (&samples.answer_cancel, &config.cancel) {
        let state =
            cancel.state.as_ref().map(|state| preview::progress(&read::progress(config, state, answer)));
        note("cancel", Ok(serde_json::json!({ "state": state })));
    }
    if let Some(message) = &samples.webhook {
        let reports = supplier.read_webhook(message.to_string().as_bytes());
        let reports = reports.map(|reports| reports.iter().map(preview::report).collect());
        note("webhook", reports.map_err(|error| ("webhook".to_owned(), error.to_string())));
    }
}

fn statuses(config: &HttpJsonConfig, answer: &Value) -> Result<Value, (String, String)> {
    let orders = read::list(&config.statuses.orders, answer)
        .map_err(|reason| ("statuses.orders".to_owned(), reason))?;
    let report = |order: &Value| {
        let report = read::report(config, &config.statuses.order, order);
        report
            .map(|report| preview::report(&report))
            .map_err(|(field, reason)| (format!("statuses.order.{field}"), reason))
    };
    orders.iter().map(report).collect()
}
