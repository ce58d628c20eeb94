//! The configuration of a task board.

use std::collections::BTreeMap;

use domain::{ids::TaskId, money::Currency};
use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    ConfigError, HttpClient, Secret,
    http_json::{BaseUrl, Expression, MaxIds, Statuses, Template, Timeout},
    keyed::{self, Endpoint, Format, Meaning, Meanings},
    settings,
};

/// What the usual complaints of boards mean.
const KNOWN_ERRORS: [(&str, Meaning); 6] = [
    ("api_key", Meaning::Misconfigured),
    ("api key", Meaning::Misconfigured),
    ("unknown action", Meaning::Misconfigured),
    ("not enough", Meaning::Unavailable),
    ("too many requests", Meaning::Unavailable),
    ("try again", Meaning::Unavailable),
];

/// How to speak to one board.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct TaskboardConfig {
    /// The address that takes all requests.
    base_url: BaseUrl,
    /// How parameters travel. Default: as a form.
    #[serde(default)]
    format: Format,
    /// The time for a whole exchange, in milliseconds; default 10,000.
    #[serde(default)]
    timeout_ms: Timeout,
    /// The parameter that carries the credential. Default `api_key`.
    #[serde(default = "api_key")]
    key_parameter: String,
    /// What our folders' names begin with; the day of the order follows, so that no folder grows for ever. Default
    /// `Ironmonger`.
    #[serde(default = "folder")]
    folder: String,
    /// The parameters of `add_task` besides name and folder, made from a line: `{reference, task, line, lines, sku, code,
    /// quantity, unitCost, shipTo}`. Empty ones are left out.
    pub task: BTreeMap<String, Template>,
    /// Whether reports are approved as they come. Otherwise people do it at the board. Default true.
    #[serde(default = "yes")]
    pub approve: bool,
    /// What further complaints mean, by a part of their words.
    #[serde(default)]
    errors: BTreeMap<String, Meaning>,
    /// Statuses that mean: surely not taken, try again later. Default 429.
    #[serde(default = "Statuses::too_many_requests")]
    not_taken_statuses: Statuses,
    /// The most tasks that one question is about.
    #[serde(default)]
    pub max_ids: MaxIds,
    /// Where the price of a piece is, and in which currency.
    #[serde(default)]
    pub price: Option<PriceConfig>,
    /// Finds the carrier in a report.
    #[serde(default)]
    pub carrier: Option<Expression>,
    /// Finds the carrier's number in a report.
    #[serde(default)]
    pub tracking_number: Option<Expression>,
}

/// What is charged for a report that was approved.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PriceConfig {
    /// Finds the amount in a report, in major units.
    pub amount: Expression,
    /// Its currency.
    pub currency: Currency,
}

fn api_key() -> String {
    "api_key".to_owned()
}

fn folder() -> String {
    "Ironmonger".to_owned()
}

fn yes() -> bool {
    true
}

impl TaskboardConfig {
    /// Reads a configuration and tries it out on a sample.
    pub fn parse(config: &Value) -> Result<Self, ConfigError> {
        let config: Self = settings::read(config)?;
        let reserved = ["action", "name", "folder_id", config.key_parameter.as_str()];
        keyed::check_reserved("task", &config.task, &reserved)?;
        keyed::check_key_parameter(&config.key_parameter)?;
        if config.folder.trim().is_empty() {
            return Err(ConfigError { path: "folder".into(), reason: "is empty".into() });
        }
        keyed::filled("task", &config.task, &keyed::sample_line())?;
        Ok(config)
    }

    /// The address and how to speak to it.
    pub fn endpoint(&self, credential: Option<&Secret>, http: HttpClient) -> Endpoint {
        Endpoint {
            address: self.base_url.clone(),
            format: self.format,
            timeout: self.timeout_ms,
            key_parameter: self.key_parameter.clone(),
            key: credential.cloned(),
            not_taken: self.not_taken_statuses.clone(),
            meanings: Meanings::new(&KNOWN_ERRORS, self.errors.clone()),
            complaint: super::read::complaint,
            http,
        }
    }

    /// The folder of a task: the day is that of the task's id, so that whoever looks for it later looks there.
    pub fn folder_of(&self, task: TaskId) -> String {
        let millis = i64::try_from(task.ulid().timestamp_ms()).unwrap_or_default();
        let day = Timestamp::from_millisecond(millis).unwrap_or_default().to_zoned(TimeZone::UTC).date();
        format!("{} {day}", self.folder)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_task_has_a_folder_of_its_day() {
        let config =
            TaskboardConfig::parse(&json!({"baseUrl": "https://board.example/api", "task": {}})).unwrap();
        // 2016-07-30T23:54:10.259Z, the example of the ULID specification.
        let task = TaskId::parse("tsk_01ARYZ6S41TSV4RRFFQ69G5FAV").unwrap();
        assert_eq!(config.folder_of(task), "Ironmonger 2016-07-30");
    }

    #[test]
    fn a_wrong_field_is_named() {
        for (field, value, path) in [
            ("task", json!({"name": "x"}), "task.name"),
            ("task", json!({"api_key": "x"}), "task.api_key"),
            ("task", json!({"descr": "{town}"}), "task.descr"),
            ("task", json!({"descr": "{code"}), "task.descr"),
            ("folder", json!(" "), "folder"),
            ("keyParameter", json!(""), "keyParameter"),
            ("price", json!({"amount": "price"}), "price"),
            ("format", json!("xml"), "format"),
        ] {
            let mut config = json!({"baseUrl": "https://board.example/api", "task": {}});
            config[field] = value;
            assert_eq!(TaskboardConfig::parse(&config).unwrap_err().path, path, "{config}");
        }
    }
}
