//! `http-json`: any JSON API over HTTP, described by data, so that a new supplier needs no code.

mod auth;
mod call;
mod check;
mod config;
mod describe;
pub(crate) mod documents;
mod expression;
mod fields;
mod oauth;
mod preview;
mod read;
mod request;
mod url;

use std::fmt;

use async_trait::async_trait;
use domain::ids::TaskId;
use serde_json::{Value, json};

use self::{auth::Auth, call::NoCall};
pub use self::{
    auth::{AuthConfig, HmacConfig, MAX_SKEW, MIN_SKEW},
    config::{
        CancelConfig, CheckConfig, CostMapping, FindConfig, HttpJsonConfig, Method, MoneyUnit, OrderMapping,
        PlaceConfig, ReportMapping, RequestConfig, State, StatusesConfig, WebhookConfig,
    },
    expression::{Expression, Template},
    fields::{DEFAULT_MAX_IDS, DEFAULT_TIMEOUT, HeaderField, Headers, MaxIds, Statuses, TimeUnit, Timeout},
    oauth::{ClientIn, DEFAULT_TOKEN_LIFE, MAX_TOKEN_LIFE, OauthConfig, TOKEN_MARGIN},
    url::{BaseUrl, PathTemplate},
};
pub(crate) use self::{describe::DESCRIPTION, preview::preview};
use crate::{
    CancelOutcome, ConfigError, HttpClient, PlaceError, Placement, PlacementRequest, Secret, StatusReport,
    Supplier, SupplierError, SupplierReference, TaskProgress, exchange::Answer, settings,
};

/// A field of the configuration that does not work out, and why.
type Misfit = (String, String);

/// Answers to an order that mean that nobody looked at it: the address or the credentials are wrong.
const NOT_UNDERSTOOD: [u16; 7] = [401, 403, 404, 405, 406, 410, 415];

/// Answers to a question that may be another one later; every other 4xx stays as it is until somebody changes the
/// configuration.
const PASSING: [u16; 4] = [408, 409, 425, 429];

/// A supplier with a JSON API.
pub struct HttpJson {
    config: HttpJsonConfig,
    auth: Auth,
    http: HttpClient,
}

impl fmt::Debug for HttpJson {
    /// The address only: headers can hold credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpJson").field("base_url", &self.config.base_url.as_str()).finish_non_exhaustive()
    }
}

impl HttpJson {
    /// A supplier as `config` describes it.
    pub fn new(config: &Value, credential: Option<&Secret>, http: HttpClient) -> Result<Self, ConfigError> {
        let mut config: HttpJsonConfig = settings::read(config)?;
        let auth = Auth::new(config.auth.take(), credential);
        check::check(&config, &http)?;
        auth.check(&http)?;
        Ok(Self { config, auth, http })
    }

    /// The JSON of a successful answer to a question.
    fn body<'a>(&self, operation: &str, answer: &'a Answer) -> Result<&'a Value, SupplierError> {
        if answer.is_success() {
            let misfit = |reason: &String| protocol(operation, ("answer".into(), reason.clone()));
            return answer.body.as_ref().map_err(misfit);
        }
        let reason = self.reason(answer);
        if answer.status < 500 && !PASSING.contains(&answer.status) {
            return Err(SupplierError::Misconfigured { path: format!("{operation}.request"), reason });
        }
        Err(SupplierError::Unavailable { retry_after: answer.retry_after, reason })
    }

    /// The status and the supplier's own words, if there are any.
    fn reason(&self, answer: &Answer) -> String {
        match self.message(answer) {
            Some(message) => format!("HTTP {}: {message}", answer.status),
            None => format!("HTTP {}", answer.status),
        }
    }

    /// The supplier's own words.
    fn message(&self, answer: &Answer) -> Option<String> {
        let found = self.config.error_message.as_ref()?.search(answer.body.as_ref().ok()?).ok()?;
        match found {
            Value::Null => None,
            Value::String(text) => Some(answer.words(&text)),
            other => Some(answer.words(&other.to_string())),
        }
    }

    fn placed(&self, answer: &Answer) -> Result<Placement, PlaceError> {
        let place = &self.config.place;
        let reason = || self.reason(answer);
        if answer.is_success() {
            return self.taken(answer);
        }
        Err(match answer.status {
            status if place.rejected_statuses.contains(status) => PlaceError::Rejected { reason: reason() },
            status if place.not_taken_statuses.contains(status) => {
                PlaceError::Unavailable { retry_after: answer.retry_after, reason: reason() }
            }
            status if NOT_UNDERSTOOD.contains(&status) => {
                PlaceError::Misconfigured { path: "place.request".into(), reason: reason() }
            }
            _ => PlaceError::Uncertain { reason: reason() },
        })
    }

    fn taken(&self, answer: &Answer) -> Result<Placement, PlaceError> {
        let body = answer.body.as_ref().map_err(|reason| PlaceError::Uncertain { reason: reason.clone() })?;
        match read::placement(&self.config, &self.config.place.answer, body) {
            Ok(Placement { progress: Some(TaskProgress::Rejected), .. }) => {
                Err(PlaceError::Rejected { reason: self.reason(answer) })
            }
            Ok(placement) => Ok(placement),
            // Some suppliers answer 200 with a message instead of an order.
            Err((field, reason)) => Err(match self.message(answer) {
                Some(message) => PlaceError::Rejected { reason: message },
                None => PlaceError::Uncertain { reason: format!("place.answer.{field}: {reason}") },
            }),
        }
    }

    async fn report(&self, references: &[SupplierReference]) -> Result<Vec<StatusReport>, SupplierError> {
        let statuses = &self.config.statuses;
        let answer = self.ask("statuses", &statuses.request, &documents::statuses(references)).await?;
        if statuses.absent_statuses.contains(answer.status) {
            return Ok(Vec::new());
        }
        let body = self.body("statuses", &answer)?;
        let orders = read::list(&statuses.orders, body)
            .map_err(|reason| protocol("statuses", ("orders".into(), reason)))?;
        let report = |order| {
            read::report(&self.config, &statuses.order, order)
                .map_err(|(field, reason)| protocol("statuses.order", (field, reason)))
        };
        orders.iter().map(report).collect()
    }
}

#[async_trait]
impl Supplier for HttpJson {
    fn places_idempotently(&self) -> bool {
        self.config.places_idempotently
    }

    async fn place(&self, request: &PlacementRequest) -> Result<Placement, PlaceError> {
        let document = documents::place(request);
        let answer = self.call("place", &self.config.place.request, &document).await;
        self.placed(&answer.map_err(NoCall::placing)?)
    }

    async fn find_by_reference(&self, reference: &TaskId) -> Result<Option<Placement>, SupplierError> {
        let Some(find) = &self.config.find else {
            return Err(SupplierError::Unsupported { operation: "find an order by our reference" });
        };
        let reference = reference.to_string();
        let answer = self.ask("find", &find.request, &documents::find(&reference)).await?;
        if find.absent_statuses.contains(answer.status) {
            return Ok(None);
        }
        let body = self.body("find", &answer)?;
        let orders =
            read::list(&find.orders, body).map_err(|reason| protocol("find", ("orders".into(), reason)))?;
        let mut found = Vec::new();
        for order in &orders {
            let theirs = read::text(&find.reference, order)
                .map_err(|reason| protocol("find", ("reference".into(), reason)))?;
            if theirs.as_deref() == Some(reference.as_str()) {
                let placement = read::placement(&self.config, &find.order, order)
                    .map_err(|(field, reason)| protocol("find.order", (field, reason)))?;
                found.push(placement);
            }
        }
        // Of several, one that will still bring something comes first.
        let dead = |placement: &Placement| {
            matches!(placement.progress, Some(TaskProgress::Cancelled | TaskProgress::Rejected))
        };
        found.sort_by_key(dead);
        Ok(found.into_iter().next())
    }

    async fn statuses(&self, references: &[SupplierReference]) -> Result<Vec<StatusReport>, SupplierError> {
        let mut reports = Vec::new();
        for some in references.chunks(self.config.statuses.max_ids.0) {
            reports.extend(self.report(some).await?);
        }
        Ok(reports)
    }

    async fn cancel(&self, reference: &SupplierReference) -> Result<CancelOutcome, SupplierError> {
        let Some(cancel) = &self.config.cancel else {
            return Err(SupplierError::Unsupported { operation: "cancel an order" });
        };
        let answer = self.ask("cancel", &cancel.request, &documents::cancel(reference)).await?;
        if cancel.too_late_statuses.contains(answer.status) {
            return Ok(CancelOutcome::TooLate);
        }
        if cancel.absent_statuses.contains(answer.status) {
            return Ok(CancelOutcome::NotFound);
        }
        let Some(state) = &cancel.state else {
            // Without a state to read, a success needs no body.
            return if answer.is_success() {
                Ok(CancelOutcome::Cancelled)
            } else {
                self.body("cancel", &answer).map(|_| CancelOutcome::Cancelled)
            };
        };
        match read::progress(&self.config, state, self.body("cancel", &answer)?) {
            TaskProgress::Cancelled | TaskProgress::Rejected => Ok(CancelOutcome::Cancelled),
            TaskProgress::Accepted | TaskProgress::InProgress => Ok(CancelOutcome::Requested),
            TaskProgress::Completed => Ok(CancelOutcome::TooLate),
            TaskProgress::Unknown(state) => Err(protocol("cancel", ("state".into(), state))),
        }
    }

    async fn check(&self) -> Result<(), SupplierError> {
        if let Some(check) = &self.config.check {
            let answer = self.ask("check", &check.request, &json!({})).await?;
            return if answer.is_success() { Ok(()) } else { self.body("check", &answer).map(|_| ()) };
        }
        let nobodys = TaskId::generate();
        if self.config.find.is_some() {
            return self.find_by_reference(&nobodys).await.map(|_| ());
        }
        let reference = SupplierReference::parse(&nobodys.to_string());
        let reference = reference.map_err(|error| protocol("statuses", ("ids".into(), error.to_string())))?;
        self.report(&[reference]).await.map(|_| ())
    }

    fn read_webhook(&self, body: &[u8]) -> Result<Vec<StatusReport>, SupplierError> {
        let Some(webhook) = &self.config.webhook else {
            return Err(SupplierError::Unsupported { operation: "tell us by a webhook" });
        };
        let misfit = |field: &str, reason: String| protocol("webhook", (field.to_owned(), reason));
        let message = serde_json::from_slice(body).map_err(|error| misfit("body", error.to_string()))?;
        let orders = match webhook.orders.search(&message).map_err(|reason| misfit("orders", reason))? {
            Value::Array(orders) => orders,
            Value::Null => return Ok(Vec::new()),
            _ => return Err(misfit("orders", "found something that is no list".into())),
        };
        let report = |order| {
            read::report(&self.config, &webhook.order, order)
                .map_err(|(field, reason)| protocol("webhook.order", (field, reason)))
        };
        // `[order]` finds a list with null in it where there is no order.
        orders.iter().filter(|order| !order.is_null()).map(report).collect()
    }
}

fn protocol(operation: &str, (field, reason): Misfit) -> SupplierError {
    SupplierError::Protocol { path: format!("{operation}.{field}"), reason }
}
