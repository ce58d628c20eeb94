//! Work as X-Ray shows it: a part of the call's own segment, which names our trace.
//!
//! X-Ray gives each call of a function an id of its own where nothing in between hands one on: an HTTP API does not, and a
//! batch of messages comes of several traces. So each piece of work is a subsegment that carries our trace as an annotation,
//! and `annotation.trace = "…"` finds all calls that had a part in it.

use std::fmt::Display;
use std::net::UdpSocket;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value, json};

use crate::trace::{self, part};

/// The variable in which Lambda says where X-Ray's daemon listens, where the function is traced.
const DAEMON_VARIABLE: &str = "AWS_XRAY_DAEMON_ADDRESS";
/// What the daemon wants to read before each document.
const PREAMBLE: &str = "{\"format\":\"json\",\"version\":1}\n";

/// A piece of work that is under way.
#[derive(Debug)]
#[must_use = "work that is not ended is not shown"]
pub struct Work {
    name: &'static str,
    begun: SystemTime,
    annotations: Map<String, Value>,
}

impl Work {
    /// A piece of work that begins now. `name` says what kind of work it is.
    pub fn begin(name: &'static str) -> Self {
        Self { name, begun: SystemTime::now(), annotations: Map::new() }
    }

    /// The same, which is found by something that it is about.
    pub fn about(mut self, key: &'static str, id: Option<impl Display>) -> Self {
        self.annotations.extend(id.map(|id| (key.to_owned(), id.to_string().into())));
        self
    }

    /// Ends it, and shows it where this call is sampled. To be said within the trace that it belongs to.
    pub fn end(self, failed: bool) {
        let Ok(daemon) = std::env::var(DAEMON_VARIABLE) else {
            return;
        };
        let invocation = trace::invocation();
        if let Some(document) = self.about("trace", trace::current()).document(&invocation, failed) {
            // It goes to this machine, and nobody waits for it: what is lost is missed in a picture.
            let sent = UdpSocket::bind("0.0.0.0:0").and_then(|socket| {
                socket.send_to(format!("{PREAMBLE}{document}").as_bytes(), daemon.as_str())
            });
            if let Err(error) = sent {
                tracing::debug!(%error, "X-Ray's daemon does not hear");
            }
        }
    }

    /// What X-Ray is told; nothing where the call is not sampled.
    fn document(&self, invocation: &str, failed: bool) -> Option<Value> {
        let (root, parent) = (part(invocation, "Root")?, part(invocation, "Parent")?);
        let since = |time: SystemTime| time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
        (part(invocation, "Sampled") == Some("1")).then(|| {
            json!({
                "type": "subsegment",
                "name": self.name,
                "id": format!("{:016x}", rand::random_range(1..=u64::MAX)),
                "trace_id": root,
                "parent_id": parent,
                "start_time": since(self.begun),
                "end_time": since(SystemTime::now()),
                "fault": failed,
                "annotations": self.annotations,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLED: &str = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    #[test]
    fn work_is_shown_as_a_part_of_its_call_with_what_it_is_about() {
        let work = Work::begin("message").about("order", Some("ord_1")).about("task", None::<&str>);
        let told = work.document(SAMPLED, true).unwrap();
        assert_eq!(told["trace_id"], "1-5759e988-bd862e3fe1be46a994272793");
        assert_eq!(told["parent_id"], "53995c3f42cd8ad8");
        assert_eq!((&told["name"], &told["type"]), (&json!("message"), &json!("subsegment")));
        assert_eq!((&told["fault"], &told["annotations"]), (&json!(true), &json!({ "order": "ord_1" })));
        assert_eq!(told["id"].as_str().unwrap().len(), 16);
        let (begun, ended) = (told["start_time"].as_f64().unwrap(), told["end_time"].as_f64().unwrap());
        assert!(begun > 1_700_000_000.0 && begun <= ended, "{begun} {ended}");
    }

    #[test]
    fn what_is_not_sampled_is_not_shown() {
        for invocation in
            [&SAMPLED.replace("Sampled=1", "Sampled=0"), "", "Root=1-5759e988-bd862e3fe1be46a994272793"]
        {
            assert_eq!(Work::begin("request").document(invocation, false), None, "{invocation}");
        }
    }
}
