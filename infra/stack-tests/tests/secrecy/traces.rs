//! What the stack has written down: in its tables, its logs, and what the emulator prints.

use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;

use futures::stream::{self, StreamExt};
use stack_tests::Stack;
use stack_tests::logs::Logs;

/// What is written down from now on, and all that the tables hold.
pub struct Traces {
    tables: Vec<String>,
    logs: Logs,
    dynamodb: aws_sdk_dynamodb::Client,
    /// What the emulator prints, with the functions' own output, and how long it was.
    printed: (PathBuf, u64),
}

impl Traces {
    pub async fn begin(stack: &Stack) -> Self {
        let outputs = PathBuf::from(std::env::var("IRONMONGER_OUTPUTS").unwrap());
        let printed = outputs.parent().unwrap().join("logs/emulator.log");
        let length = std::fs::metadata(&printed).unwrap().len();
        let named = |suffix: &str| {
            let outputs = stack.outputs.stack.iter().filter(|(name, _)| name.ends_with(suffix));
            outputs.map(|(_, value)| value.clone()).collect::<Vec<_>>()
        };
        Self {
            tables: named("TableName"),
            logs: Logs::begin(stack),
            dynamodb: aws_sdk_dynamodb::Client::new(&cloud::config().await),
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
        let lines = self.logs.lines_with(text).await;
        lines.into_iter().map(|(group, line)| format!("{group}: {line}")).collect()
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
