//! The configuration of a panel.

use std::collections::BTreeMap;

use domain::money::Currency;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    ConfigError, HttpClient, Secret,
    http_json::{BaseUrl, Expression, MaxIds, State, Statuses, Template, Timeout},
    keyed::{self, Endpoint, Format, Meaning, Meanings},
    settings,
};

/// What the usual complaints of panels mean.
const KNOWN_ERRORS: [(&str, Meaning); 13] = [
    ("api key", Meaning::Misconfigured),
    ("invalid key", Meaning::Misconfigured),
    ("unauthorized", Meaning::Misconfigured),
    ("incorrect service", Meaning::Misconfigured),
    ("incorrect request", Meaning::Misconfigured),
    ("not enough funds", Meaning::Unavailable),
    ("not_enough_funds", Meaning::Unavailable),
    ("insufficient balance", Meaning::Unavailable),
    ("too many requests", Meaning::Unavailable),
    ("try again", Meaning::Unavailable),
    ("maintenance", Meaning::Unavailable),
    ("active order with this link", Meaning::Uncertain),
    ("duplicate", Meaning::Uncertain),
];

/// What the usual states of panels mean.
const KNOWN_STATES: [(&str, State); 12] = [
    ("Pending", State::Accepted),
    ("Awaiting", State::Accepted),
    ("Processing", State::InProgress),
    ("In progress", State::InProgress),
    ("Completed", State::Completed),
    ("Partial", State::Completed),
    ("Fail", State::Rejected),
    ("Failed", State::Rejected),
    ("Error", State::Rejected),
    ("Refunded", State::Rejected),
    ("Canceled", State::Cancelled),
    ("Cancelled", State::Cancelled),
];

/// How to speak to one panel.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct PanelConfig {
    /// The address that takes all requests, such as `https://panel.example/api/v2`.
    base_url: BaseUrl,
    /// How parameters travel. Default: as a form.
    #[serde(default)]
    format: Format,
    /// The time for a whole exchange, in milliseconds; default 10,000.
    #[serde(default)]
    timeout_ms: Timeout,
    /// The parameter that carries the credential. Default `key`.
    #[serde(default = "key")]
    key_parameter: String,
    /// Whether the panel makes one order of a line that is added twice. Default false.
    #[serde(default)]
    pub places_idempotently: bool,
    /// The parameters of `add`, made from a line: `{reference, task, line, lines, sku, code, quantity, unitCost,
    /// shipTo}`. `service` is the code and `quantity` the quantity unless they are here. Empty ones are left out.
    pub add: BTreeMap<String, Template>,
    /// How to find the orders of a task; needed unless the panel places idempotently.
    #[serde(default)]
    pub find: Option<FindConfig>,
    /// What further states mean.
    #[serde(default)]
    states: BTreeMap<String, State>,
    /// What further complaints mean, by a part of their words.
    #[serde(default)]
    errors: BTreeMap<String, Meaning>,
    /// Statuses that mean: surely not taken, try again later. Default 429.
    #[serde(default = "Statuses::too_many_requests")]
    not_taken_statuses: Statuses,
    /// The most orders of one `status` request.
    #[serde(default)]
    pub max_ids: MaxIds,
    /// The currency of `charge`; without it, charges are not read.
    #[serde(default)]
    pub currency: Option<Currency>,
    /// Finds the carrier in a status.
    #[serde(default)]
    pub carrier: Option<Expression>,
    /// Finds the carrier's number in a status.
    #[serde(default)]
    pub tracking_number: Option<Expression>,
}

/// Finding the orders of a task.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct FindConfig {
    /// The action.
    pub action: String,
    /// Its parameters, made from `{task}`.
    pub parameters: BTreeMap<String, Template>,
    /// Finds the list of orders in the answer. Orders of other tasks are left out.
    pub orders: Expression,
    /// Finds our name for the line, `{reference}`, in an order.
    pub reference: Expression,
    /// Finds the panel's id of it.
    pub id: Expression,
    /// Finds the panel's code of the article.
    pub service: Expression,
    /// Finds the quantity.
    pub quantity: Expression,
}

fn key() -> String {
    "key".to_owned()
}

impl PanelConfig {
    /// Reads a configuration and tries it out on a sample.
    pub fn parse(config: &Value) -> Result<Self, ConfigError> {
        let config: Self = settings::read(config)?;
        if config.find.is_none() && !config.places_idempotently {
            let reason = "needed, because after a lost answer it tells whether the panel has the order; or set \
                          placesIdempotently if the panel makes one order of a repeated reference";
            return Err(ConfigError { path: "find".into(), reason: reason.into() });
        }
        keyed::check_reserved("add", &config.add, &[config.key_parameter.as_str(), "action"])?;
        keyed::check_key_parameter(&config.key_parameter)?;
        keyed::filled("add", &config.add, &keyed::sample_line())?;
        if let Some(find) = &config.find {
            keyed::filled("find.parameters", &find.parameters, &json!({ "task": "tsk_sample" }))?;
        }
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
            complaint: |answer| keyed::text(&answer["error"]),
            http,
        }
    }

    /// What a state means, however it is capitalised.
    pub fn state(&self, state: &str) -> Option<State> {
        let configured = self.states.iter().map(|(name, meaning)| (name.as_str(), *meaning));
        let mut all = configured.chain(KNOWN_STATES);
        all.find(|(name, _)| name.eq_ignore_ascii_case(state)).map(|(_, meaning)| meaning)
    }
}
