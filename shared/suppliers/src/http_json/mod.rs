//! `http-json`: any JSON API over HTTP, described by data, so that a new supplier needs no code.

mod check;
mod config;
mod documents;
mod exchange;
mod expression;
mod fields;
mod read;
mod url;

use std::fmt;

use async_trait::async_trait;
use domain::ids::TaskId;
use reqwest::Request;
use serde_json::Value;

use self::exchange::{Answer, Misfit, NoAnswer};
pub use self::{
    config::{
        CancelConfig, CostMapping, FindConfig, HttpJsonConfig, Method, MoneyUnit, OrderMapping, PlaceConfig,
        ReportMapping, RequestConfig, State, StatusesConfig,
    },
    exchange::{MAX_ANSWER_BYTES, MAX_REASON_CHARS, MAX_RETRY_AFTER},
    expression::{Expression, Template},
    fields::{DEFAULT_MAX_IDS, DEFAULT_TIMEOUT, Headers, MAX_TIMEOUT, MaxIds, Statuses, Timeout},
    url::{BaseUrl, PathTemplate},
};
use crate::{
    CancelOutcome, ConfigError, HttpClient, PlaceError, Placement, PlacementRequest, StatusReport, Supplier,
    SupplierError, SupplierReference, TaskProgress,
};

/// Answers to an order that mean that nobody looked at it: the address or the credentials are wrong.
const NOT_UNDERSTOOD: [u16; 7] = [401, 403, 404, 405, 406, 410, 415];

/// Answers to a question that may be another one later; every other 4xx stays as it is until somebody changes the
/// configuration.
const PASSING: [u16; 4] = [408, 409, 425, 429];

/// A supplier with a JSON API.
pub struct HttpJson {
    config: HttpJsonConfig,
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
    pub fn new(config: &Value, http: HttpClient) -> Result<Self, ConfigError> {
        let config: HttpJsonConfig = serde_path_to_error::deserialize(config).map_err(|error| {
            ConfigError { path: error.path().to_string(), reason: error.into_inner().to_string() }
        })?;
        check::check(&config, &http)?;
        Ok(Self { config, http })
    }

    /// Asks a question that changes nothing, or that can be repeated.
    async fn ask(
        &self,
        operation: &'static str,
        request: &RequestConfig,
        document: &Value,
    ) -> Result<Answer, SupplierError> {
        let request = self.prepare(request, document).map_err(|(field, reason)| {
            SupplierError::Misconfigured { path: format!("{operation}.request.{field}"), reason }
        })?;
        exchange::send(&self.http, operation, request).await.map_err(|error| {
            let (NoAnswer::NotSent(reason) | NoAnswer::Lost(reason)) = error;
            SupplierError::Unavailable { retry_after: None, reason }
        })
    }

    fn prepare(&self, request: &RequestConfig, document: &Value) -> Result<Request, Misfit> {
        exchange::prepare(&self.http, &self.config, request, document)
    }

    /// The JSON of a successful answer to a question.
    fn body<'a>(&self, operation: &str, answer: &'a Answer) -> Result<&'a Value, SupplierError> {
        if answer.is_success() {
            let misfit = |reason: &String| protocol(operation, ("answer".into(), reason.clone()));
            return answer.body.as_ref().map_err(misfit);
        }
        let reason = answer.reason(&self.config);
        if answer.status < 500 && !PASSING.contains(&answer.status) {
            return Err(SupplierError::Misconfigured { path: format!("{operation}.request"), reason });
        }
        Err(SupplierError::Unavailable { retry_after: answer.retry_after, reason })
    }

    fn placed(&self, answer: &Answer) -> Result<Placement, PlaceError> {
        let place = &self.config.place;
        let reason = || answer.reason(&self.config);
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
                Err(PlaceError::Rejected { reason: answer.reason(&self.config) })
            }
            Ok(placement) => Ok(placement),
            // Some suppliers answer 200 with a message instead of an order.
            Err((field, reason)) => Err(match answer.message(&self.config) {
                Some(message) => PlaceError::Rejected { reason: message },
                None => PlaceError::Uncertain { reason: format!("place.answer.{field}: {reason}") },
            }),
        }
    }

    async fn report(&self, references: &[SupplierReference]) -> Result<Vec<StatusReport>, SupplierError> {
        let statuses = &self.config.statuses;
        let answer = self.ask("statuses", &statuses.request, &documents::statuses(references)).await?;
        let body = self.body("statuses", &answer)?;
        let orders = read::list(&statuses.orders, body)
            .map_err(|reason| protocol("statuses", ("orders".into(), reason)))?;
        let mut reports = Vec::new();
        for order in &orders {
            let report = read::report(&self.config, &statuses.order, order)
                .map_err(|(field, reason)| protocol("statuses.order", (field, reason)))?;
            if references.contains(&report.reference) {
                reports.push(report);
            }
        }
        Ok(reports)
    }
}

#[async_trait]
impl Supplier for HttpJson {
    fn places_idempotently(&self) -> bool {
        self.config.places_idempotently
    }

    async fn place(&self, request: &PlacementRequest) -> Result<Placement, PlaceError> {
        let document = documents::place(request);
        let request = self.prepare(&self.config.place.request, &document).map_err(|(field, reason)| {
            PlaceError::Misconfigured { path: format!("place.request.{field}"), reason }
        })?;
        match exchange::send(&self.http, "place", request).await {
            Ok(answer) => self.placed(&answer),
            Err(NoAnswer::NotSent(reason)) => Err(PlaceError::Unavailable { retry_after: None, reason }),
            Err(NoAnswer::Lost(reason)) => Err(PlaceError::Uncertain { reason }),
        }
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
}

fn protocol(operation: &str, (field, reason): Misfit) -> SupplierError {
    SupplierError::Protocol { path: format!("{operation}.{field}"), reason }
}
