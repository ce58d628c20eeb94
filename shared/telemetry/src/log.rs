//! Lines of the log: one flat JSON object each.
//!
//! The fields of all spans around an event stand beside its own, the innermost last, and so do the function and the
//! trace that the work is part of. `{ $.orderId = "ord_…" }` finds an order's lines, whoever wrote them. Names are in camel case, as in the
//! API and in messages.

use std::fmt;

use jiff::Timestamp;
use serde_json::{Map, Value};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::fmt::format::{FormatEvent, FormatFields, Writer};
use tracing_subscriber::fmt::{FmtContext, FormattedFields};
use tracing_subscriber::registry::{LookupSpan, Scope};

use crate::process::Process;

/// The name under which a line says which trace it belongs to.
pub const TRACE_ID: &str = "traceId";

/// Writes an event as one line. Spans must be kept as JSON.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line;

impl<S, N> FormatEvent<S, N> for Line
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'w> FormatFields<'w> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let mut fields = Fields::default();
        for span in context.event_scope().into_iter().flat_map(Scope::from_root) {
            if let Some(kept) = span.extensions().get::<FormattedFields<N>>() {
                // A span without fields is kept as nothing at all.
                let kept: Map<String, Value> = serde_json::from_str(kept.fields.as_str()).unwrap_or_default();
                for (name, value) in kept {
                    fields.add(&name, value);
                }
            }
        }
        event.record(&mut fields);
        let metadata = event.metadata();
        fields.add("level", metadata.level().as_str().into());
        fields.add("timestamp", Timestamp::now().to_string().into());
        fields.add("target", metadata.target().into());
        fields.add("function", Process::this().function.into());
        if let Some(trace) = crate::trace::current() {
            fields.add(TRACE_ID, trace.to_string().into());
        }
        writeln!(writer, "{}", Value::Object(fields.0))
    }
}

/// The fields of one line.
#[derive(Debug, Default)]
struct Fields(Map<String, Value>);

impl Fields {
    fn add(&mut self, name: &str, value: Value) {
        self.0.insert(camel_case(name), value);
    }
}

impl Visit for Fields {
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.add(field.name(), value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.add(field.name(), value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.add(field.name(), value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.add(field.name(), value.into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.add(field.name(), value.into());
    }

    fn record_i128(&mut self, field: &Field, value: i128) {
        self.add(field.name(), i64::try_from(value).map_or_else(|_| value.to_string().into(), Value::from));
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        self.add(field.name(), u64::try_from(value).map_or_else(|_| value.to_string().into(), Value::from));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.add(field.name(), format!("{value:?}").into());
    }
}

fn camel_case(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let mut upper = false;
    for c in name.chars() {
        match c {
            '_' => upper = true,
            c if std::mem::take(&mut upper) => camel.push(c.to_ascii_uppercase()),
            c => camel.push(c),
        }
    }
    camel
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use domain::TraceId;
    use serde_json::json;
    use tracing::Instrument;
    use tracing_subscriber::fmt::format::JsonFields;

    use super::*;

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl Written {
        fn lines(&self) -> Vec<Value> {
            let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
            text.lines().map(|line| serde_json::from_str(line).unwrap()).map(without_time).collect()
        }
    }

    /// Takes the time off a line, which must tell one.
    fn without_time(mut line: Value) -> Value {
        let time = line.as_object_mut().unwrap().remove("timestamp").unwrap();
        assert!(time.as_str().unwrap().parse::<Timestamp>().is_ok(), "{time}");
        line
    }

    #[tokio::test]
    async fn a_line_is_flat_and_says_which_trace_it_belongs_to() {
        let written = Written::default();
        let writer = written.clone();
        let subscriber = tracing_subscriber::fmt()
            .fmt_fields(JsonFields::new())
            .event_format(Line)
            .with_writer(move || writer.clone())
            .finish();
        let _guard = tracing::subscriber::set_default(subscriber);
        let trace = TraceId::generate();
        let work = async {
            tracing::info!(order_id = %"ord_2", millis = 7_u128, again = false, "answered \"it\"");
        };
        let span = tracing::info_span!("request", request_id = "r-1", order_id = "ord_1");
        crate::trace::within(trace, work.instrument(span)).await;
        tracing::warn!("alone");
        let target = module_path!();
        let expected = json!({
            "level": "INFO", "target": target, "function": "unnamed", "message": "answered \"it\"", "traceId": trace,
            "requestId": "r-1", "orderId": "ord_2", "millis": 7, "again": false,
        });
        let alone = json!({ "level": "WARN", "target": target, "function": "unnamed", "message": "alone" });
        assert_eq!(written.lines(), [expected, alone]);
    }

    #[test]
    fn names_are_in_camel_case() {
        for (name, camel) in
            [("order_id", "orderId"), ("millis", "millis"), ("pause_seconds", "pauseSeconds")]
        {
            assert_eq!(camel_case(name), camel);
        }
    }
}
