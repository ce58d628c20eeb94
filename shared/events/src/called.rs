//! Functions that are called by a schedule, a table's stream, a bucket, or by hand.

use aws_config::SdkConfig;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::runs::RunCause;
use telemetry::{Call, TraceId, trace, xray};
use tracing::Instrument;

use crate::report::Report;
use crate::run_log::{Begun, RunLog};
use crate::worker::WorkError;

/// What a scheduled function is called with by somebody who would not wait for the schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunNow {
    /// The request that asked for it: the run is found by it.
    pub run_now: String,
    /// The trace that the request belongs to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trace_id: Option<TraceId>,
}

/// Does a schedule's work, as long as the process lives. `worker` is the binary's name.
pub async fn scheduled<R, F>(config: &SdkConfig, worker: &str, handle: F) -> Result<(), Error>
where
    R: Into<Report>,
    F: AsyncFn() -> Result<R, WorkError>,
{
    called(config, worker, async |_: LambdaEvent<Value>| handle().await).await
}

/// Handles the calls of streams, buckets and schedules, as long as the process lives. `worker` is the binary's name. An
/// error is the call's: whoever called sees to it that it comes again.
pub async fn called<P, R, F>(config: &SdkConfig, worker: &str, handle: F) -> Result<(), Error>
where
    P: DeserializeOwned,
    R: Into<Report>,
    F: AsyncFn(LambdaEvent<P>) -> Result<R, WorkError>,
{
    let (log, handle) = (&RunLog::from_env(config, worker), &handle);
    let call = async |event: LambdaEvent<Value>| {
        let LambdaEvent { payload, context } = event;
        let (measured, shown) = (Call::begin(&context.request_id), xray::Work::begin("call"));
        let begun = begun(&payload, &context.request_id);
        let trace_id = trace_of(&payload, context.xray_trace_id.as_deref());
        let span = tracing::info_span!("call", request_id = begun.request_id);
        let call = async {
            let work = async {
                let result = match serde_json::from_value(payload) {
                    // On the heap: the compiler looks only so deep into what awaits what.
                    Ok(payload) => Box::pin(handle(LambdaEvent { payload, context })).await.map(Into::into),
                    Err(error) => Err(format!("no call that this function knows: {error}").into()),
                };
                log.write(begun, &result).await;
                result.map(|_: Report| ())
            };
            let result = measured.measure(work).await;
            measured.ended(result.is_err());
            shown.end(result.is_err());
            result
        };
        trace::within(trace_id, call.instrument(span)).await
    };
    telemetry::call::ready();
    lambda_runtime::run(service_fn(call)).await
}

/// The trace that a call belongs to: that of the request which asked for it, or else the one that X-Ray keeps of it.
fn trace_of(payload: &Value, xray: Option<&str>) -> TraceId {
    RunNow::deserialize(payload)
        .ok()
        .and_then(|by_hand| by_hand.trace_id)
        .or_else(|| xray.and_then(trace::read_xray_header))
        .unwrap_or_else(TraceId::generate)
}

/// Who called, as far as the call tells.
fn begun(payload: &Value, request_id: &str) -> Begun {
    let by_hand = RunNow::deserialize(payload).ok();
    let cause = match (&by_hand, payload.get("Records")) {
        (Some(_), _) => RunCause::Hand,
        (None, Some(_)) => RunCause::Change,
        (None, None) => RunCause::Schedule,
    };
    let request_id = by_hand.map_or_else(|| request_id.to_owned(), |by_hand| by_hand.run_now);
    Begun { request_id: Some(request_id), ..Begun::now(cause) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_call_tells_who_called() {
        let told = |payload: Value| {
            let begun = begun(&payload, "r-lambda");
            (begun.cause, begun.request_id.unwrap())
        };
        assert_eq!(told(json!({ "Records": [] })), (RunCause::Change, "r-lambda".into()));
        assert_eq!(told(json!({ "source": "aws.scheduler" })), (RunCause::Schedule, "r-lambda".into()));
        let by_hand = serde_json::to_value(RunNow { run_now: "r-1".into(), trace_id: None }).unwrap();
        assert_eq!(told(by_hand), (RunCause::Hand, "r-1".into()));
    }

    #[test]
    fn a_call_belongs_to_the_trace_of_who_asked_for_it() {
        let (asked, xray) = (TraceId::generate(), TraceId::generate());
        let header = trace::xray_header_of(xray);
        let by_hand = json!({ "runNow": "r-1", "traceId": asked });
        assert_eq!(trace_of(&by_hand, Some(&header)), asked);
        assert_eq!(trace_of(&json!({ "runNow": "r-1" }), Some(&header)), xray);
        assert_eq!(trace_of(&json!({ "Records": [] }), Some(&header)), xray);
        assert_ne!(trace_of(&json!({}), None), trace_of(&json!({}), None));
    }
}
