//! What the stack has written down: in its tables, its logs, and what the emulator prints.

use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;

use futures::stream::{self, StreamExt};
use jiff::Timestamp;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use serde_json::{Value, json};
use stack_tests::Stack;

/// What is written down from now on, and all that the tables hold.
pub struct Traces {
    since: Timestamp,
    tables: Vec<String>,
    log_groups: Vec<String>,
    endpoint: String,
    dynamodb: aws_sdk_dynamodb::Client,
    http: reqwest::Client,
    /// What the emulator prints, with the functions' own output, and how long it was.
    printed: (PathBuf, u64),
}

impl Traces {
    pub async fn begin(stack: &Stack) -> Self {
        let endpoint = stack.outputs.endpoint.clone().unwrap();
        let outputs = PathBuf::from(std::env::var("IRONMONGER_OUTPUTS").unwrap());
        let printed = outputs.parent().unwrap().join("logs/emulator.log");
        let length = std::fs::metadata(&printed).unwrap().len();
        let named = |suffix: &str| {
            let outputs = stack.outputs.stack.iter().filter(|(name, _)| name.ends_with(suffix));
            outputs.map(|(_, value)| value.clone()).collect::<Vec<_>>()
        };
        Self {
            since: Timestamp::now(),
            tables: named("TableName"),
            log_groups: named("LogGroup"),
            dynamodb: aws_sdk_dynamodb::Client::new(&cloud::config().await),
            http: cli::connection::http_client(&endpoint).build().unwrap(),
            endpoint,
            printed: (printed, length),
        }
    }

    /// Where any of these texts stands.
    pub async fn of(&self, texts: &[String]) -> Vec<String> {
        let tables = stream::iter(&self.tables).then(|table| self.in_table(table, texts));
        let logs = stream::iter(texts).then(|text| self.in_logs(text));
        let mut found = tables.chain(logs).concat().await;
        found.extend(self.in_print(texts));
        found
    }

    async fn in_table(&self, table: &str, texts: &[String]) -> Vec<String> {
        let items = self.dynamodb.scan().table_name(table).into_paginator().items().send();
        let items: Vec<_> = items.collect::<Result<_, _>>().await.unwrap();
        let holds = |item: &String| texts.iter().any(|text| item.contains(text));
        let items = items.iter().map(|item| format!("{item:?}")).filter(holds);
        items.map(|item| format!("{table}: {item}")).collect()
    }

    /// What the functions and the APIs logged.
    pub async fn in_logs(&self, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        for group in &self.log_groups {
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
            let answer: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
            let events = answer["events"].as_array().unwrap();
            found.extend(events.iter().map(|event| format!("{group}: {}", event["message"])));
        }
        found
    }

    fn in_print(&self, texts: &[String]) -> Vec<String> {
        let (path, from) = &self.printed;
        let mut file = std::fs::File::open(path).unwrap();
        file.seek(SeekFrom::Start(*from)).unwrap();
        let mut printed = Vec::new();
        file.read_to_end(&mut printed).unwrap();
        let printed = String::from_utf8_lossy(&printed);
        let lines = printed.lines().filter(|line| texts.iter().any(|text| line.contains(text)));
        lines.map(|line| format!("{}: {line}", path.display())).collect()
    }
}
