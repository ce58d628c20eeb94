//! What the stack has logged.

use jiff::Timestamp;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use serde_json::{Value, json};

use crate::{Shopper, Stack};

/// What is logged from some time on.
pub struct Logs {
    since: Timestamp,
    endpoint: String,
    groups: Vec<String>,
    http: reqwest::Client,
}

impl Logs {
    /// What functions and APIs log from now on.
    pub fn begin(stack: &Stack) -> Self {
        let endpoint = stack.outputs.endpoint.clone().expect("the local stack has an endpoint");
        let groups = stack.outputs.stack.iter().filter(|(name, _)| name.ends_with("LogGroup"));
        Self {
            since: Timestamp::now(),
            groups: groups.map(|(_, group)| group.clone()).collect(),
            http: Shopper::client(&endpoint),
            endpoint,
        }
    }

    /// The lines in which a text stands, each with its group.
    pub async fn lines_with(&self, text: &str) -> Vec<(String, String)> {
        let mut lines = Vec::new();
        for group in &self.groups {
            let events = self.events(group, text).await;
            let message = |event: &Value| event["message"].as_str().unwrap().to_owned();
            lines.extend(events.iter().map(|event| (group.clone(), message(event))));
        }
        lines
    }

    /// The lines of metrics in which a text stands.
    pub async fn metrics_with(&self, text: &str) -> Vec<Value> {
        let lines = self.lines_with(text).await;
        let parsed = lines.iter().filter_map(|(_, line)| serde_json::from_str::<Value>(line).ok());
        parsed.filter(|line| line["_aws"]["CloudWatchMetrics"].is_array()).collect()
    }

    async fn events(&self, group: &str, text: &str) -> Vec<Value> {
        let wanted = json!({
            "logGroupName": group, "filterPattern": format!("\"{text}\""),
            "startTime": self.since.as_millisecond(),
        });
        // The emulator asks who calls, and takes the answer as it is: no client is needed for a single call.
        let caller = "AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-2/logs/aws4_request, \
                      SignedHeaders=host, Signature=0";
        let request = self
            .http
            .post(&self.endpoint)
            .header(AUTHORIZATION, caller)
            .header(CONTENT_TYPE, "application/x-amz-json-1.1")
            .header("X-Amz-Target", "Logs_20140328.FilterLogEvents")
            .body(wanted.to_string());
        let answer = request.send().await.unwrap().error_for_status().unwrap();
        let mut answer: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        match answer["events"].take() {
            Value::Array(events) => events,
            other => panic!("{group}: no list of lines but {other}"),
        }
    }
}
