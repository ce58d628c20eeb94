//! The configuration of the adapter: data that operators edit, parsed once into what the adapter works with.

use std::collections::BTreeMap;

use domain::money::Currency;
use serde::Deserialize;

use super::{
    auth::AuthConfig,
    expression::{Expression, Template},
    fields::{Headers, MaxIds, Statuses, Timeout},
    url::{BaseUrl, PathTemplate},
};
use crate::api::TaskProgress;

/// How to speak to one supplier.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HttpJsonConfig {
    /// What all paths are appended to.
    pub base_url: BaseUrl,
    /// The time for a whole exchange, in milliseconds; default 10,000.
    #[serde(default)]
    pub timeout_ms: Timeout,
    /// Whether the supplier makes one order of a reference that is placed twice. Default false.
    #[serde(default)]
    pub places_idempotently: bool,
    /// How every request shows who we are; without it, none does.
    #[serde(default)]
    pub auth: Option<AuthConfig>,
    /// Sent with every request; the operations' own headers come on top.
    #[serde(default)]
    pub headers: Headers,
    /// Finds the message in an answer that is an error.
    #[serde(default)]
    pub error_message: Option<Expression>,
    /// What the supplier's states mean.
    pub states: BTreeMap<String, State>,
    /// How to place an order.
    pub place: PlaceConfig,
    /// How to find an order by our reference; needed unless the supplier places idempotently.
    #[serde(default)]
    pub find: Option<FindConfig>,
    /// How to ask for the states of many orders.
    pub statuses: StatusesConfig,
    /// How to call an order off, if the supplier offers it.
    #[serde(default)]
    pub cancel: Option<CancelConfig>,
    /// A harmless request for the connection test; without it, an order that is not there is asked for.
    #[serde(default)]
    pub check: Option<CheckConfig>,
    /// What the supplier's calls to us say, if it makes any.
    #[serde(default)]
    pub webhook: Option<WebhookConfig>,
}

/// A request to make from a document of ours.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestConfig {
    /// The method.
    pub method: Method,
    /// The path, such as `/orders/{id}`; what fills a hole becomes part of one segment.
    pub path: PathTemplate,
    /// Headers.
    #[serde(default)]
    pub headers: Headers,
    /// Query parameters.
    #[serde(default)]
    pub query: BTreeMap<String, Template>,
    /// Makes the JSON body.
    #[serde(default)]
    pub body: Option<Expression>,
}

/// The methods that suppliers use.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// Placing an order.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlaceConfig {
    /// Made from `{reference, items: [{sku, code, quantity, unitCost: {amount, decimal, currency}}], shipTo: {name,
    /// line1, line2, city, region, postalCode, country}}`.
    pub request: RequestConfig,
    /// What the answer says.
    pub answer: OrderMapping,
    /// Statuses that mean: not taken, and never will be. Default 400 and 422.
    #[serde(default = "Statuses::refusals")]
    pub rejected_statuses: Statuses,
    /// Statuses that mean: surely not taken, try again later. Default 429 only, as a proxy's 503 can hide an order
    /// that was taken.
    #[serde(default = "Statuses::too_many_requests")]
    pub not_taken_statuses: Statuses,
}

/// Finding an order.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FindConfig {
    /// Made from `{reference}`.
    pub request: RequestConfig,
    /// Finds the list of orders in the answer. Orders with another reference than ours are left out.
    pub orders: Expression,
    /// Finds our reference in an order.
    pub reference: Expression,
    /// What an order says.
    pub order: OrderMapping,
    /// Statuses that mean: no such order. Default none, because a wrong path also gives 404, and who takes that for
    /// "not there" places the order twice.
    #[serde(default)]
    pub absent_statuses: Statuses,
}

/// Asking how orders stand.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StatusesConfig {
    /// Made from `{ids}`.
    pub request: RequestConfig,
    /// The most ids in one request; more are asked for in several requests.
    #[serde(default)]
    pub max_ids: MaxIds,
    /// Finds the list of orders in the answer.
    pub orders: Expression,
    /// What an order says.
    pub order: ReportMapping,
    /// Statuses that mean: none of these orders is there. Default none.
    #[serde(default)]
    pub absent_statuses: Statuses,
}

/// Trying the connection.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckConfig {
    /// Made from `{}`. Every success is one, whatever it says.
    pub request: RequestConfig,
}

/// Reading the supplier's calls to us.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WebhookConfig {
    /// Finds the list of orders in the message, such as `[order]`. Null is none: a message about something else.
    pub orders: Expression,
    /// What an order says.
    pub order: ReportMapping,
}

/// Calling an order off.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CancelConfig {
    /// Made from `{id}`.
    pub request: RequestConfig,
    /// Finds the state in the answer. Without it, every success means that the order is cancelled.
    #[serde(default)]
    pub state: Option<Expression>,
    /// Statuses that mean: already on its way. Default 409.
    #[serde(default = "Statuses::conflict")]
    pub too_late_statuses: Statuses,
    /// Statuses that mean: no such order. Default none.
    #[serde(default)]
    pub absent_statuses: Statuses,
}

/// Where an order's fields are in the supplier's document.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrderMapping {
    /// The supplier's name for the order.
    pub id: Expression,
    /// Its state.
    #[serde(default)]
    pub state: Option<Expression>,
    /// What we are charged for it.
    #[serde(default)]
    pub cost: Option<CostMapping>,
}

/// Where a status report's fields are in the supplier's document.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReportMapping {
    /// The supplier's name for the order.
    pub id: Expression,
    /// Its state.
    pub state: Expression,
    /// What was sent: must find `[{code, quantity}]` or nothing.
    #[serde(default)]
    pub delivered: Option<Expression>,
    /// Who carries it.
    #[serde(default)]
    pub carrier: Option<Expression>,
    /// The carrier's number.
    #[serde(default)]
    pub tracking_number: Option<Expression>,
    /// Why it was not done.
    #[serde(default)]
    pub reason: Option<Expression>,
    /// What we are charged for it.
    #[serde(default)]
    pub cost: Option<CostMapping>,
}

/// Where an amount of money is, and how the supplier writes it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CostMapping {
    /// Finds the number, which may be written as a string.
    pub amount: Expression,
    /// What one is.
    pub unit: MoneyUnit,
    /// In which currency the supplier charges.
    pub currency: Currency,
}

/// How a supplier writes amounts.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MoneyUnit {
    /// 1899 is 18.99.
    Minor,
    /// 18.99 is 18.99.
    Major,
}

/// What a supplier's state means to us.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum State {
    Accepted,
    InProgress,
    Completed,
    Rejected,
    Cancelled,
}

impl From<State> for TaskProgress {
    fn from(state: State) -> Self {
        match state {
            State::Accepted => Self::Accepted,
            State::InProgress => Self::InProgress,
            State::Completed => Self::Completed,
            State::Rejected => Self::Rejected,
            State::Cancelled => Self::Cancelled,
        }
    }
}
