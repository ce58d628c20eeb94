//! What a configuration would send, and what it would read in answers, while somebody writes it. Nothing is sent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    AdapterKind, ConfigError, HttpClient, Placement, Secret, StatusReport, TaskProgress, connect, http_json,
};

/// Answers of a supplier to try a configuration on.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Samples {
    /// To an order.
    #[serde(default)]
    pub answer_place: Option<Value>,
    /// To a search by our reference.
    #[serde(default)]
    pub answer_find: Option<Value>,
    /// To a question how orders stand.
    #[serde(default)]
    pub answer_statuses: Option<Value>,
    /// To calling an order off.
    #[serde(default)]
    pub answer_cancel: Option<Value>,
    /// A call of the supplier's to us.
    #[serde(default)]
    pub webhook: Option<Value>,
}

/// What a configuration would do.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// The requests that it would send for a sample order, by operation.
    pub requests: BTreeMap<&'static str, PreviewRequest>,
    /// What it reads in the sample answers, by operation.
    pub readings: BTreeMap<&'static str, Value>,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
}

/// A request as it would be sent, without credentials.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PreviewRequest {
    /// The method.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// The headers that we set.
    pub headers: BTreeMap<String, String>,
    /// The JSON body, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
}

/// Something that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// The field, as a path such as `place.request.body`.
    pub path: String,
    /// What is wrong with it.
    pub reason: String,
}

impl From<ConfigError> for Fault {
    fn from(error: ConfigError) -> Self {
        Self { path: error.path, reason: error.reason }
    }
}

/// What a configuration would do. Requests and readings are there for `http-json` only; the other adapters have
/// protocols of their own, of which there is nothing to write.
#[must_use]
pub fn preview(kind: AdapterKind, config: &Value, samples: &Samples, http: &HttpClient) -> Preview {
    // Something must stand where the credential will.
    let stand_in = Secret::new("stand-in-for-the-credential");
    match kind {
        AdapterKind::HttpJson => http_json::preview(config, samples, &stand_in, http),
        other => {
            let faults = connect(other, config, Some(&stand_in), http).err().map(Fault::from);
            Preview { faults: faults.into_iter().collect(), ..Preview::default() }
        }
    }
}

/// A placement as the preview shows it.
pub(crate) fn placement(placement: &Placement) -> Value {
    serde_json::json!({
        "id": placement.reference,
        "state": placement.progress.as_ref().map(progress),
        "cost": placement.cost,
    })
}

/// A report as the preview shows it.
pub(crate) fn report(report: &StatusReport) -> Value {
    let delivered = report.delivered.as_ref().map(|lines| {
        let line =
            |line: &crate::DeliveredItem| serde_json::json!({"code": line.code, "quantity": line.quantity});
        lines.iter().map(line).collect::<Vec<_>>()
    });
    serde_json::json!({
        "id": report.reference,
        "state": progress(&report.progress),
        "delivered": delivered,
        "carrier": report.carrier,
        "trackingNumber": report.tracking_number,
        "reason": report.reason,
        "cost": report.cost,
    })
}

/// A state as the preview shows it.
pub(crate) fn progress(progress: &TaskProgress) -> String {
    match progress {
        TaskProgress::Accepted => "accepted".into(),
        TaskProgress::InProgress => "inProgress".into(),
        TaskProgress::Completed => "completed".into(),
        TaskProgress::Rejected => "rejected".into(),
        TaskProgress::Cancelled => "cancelled".into(),
        TaskProgress::Unknown(word) => format!("unknown: {word}"),
    }
}
