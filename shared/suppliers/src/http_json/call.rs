//! One call: made, shown who we are, sent, and once more where that may help.

use reqwest::Request;
use serde_json::Value;

use super::{HttpJson, Misfit, auth::AuthFault, config::RequestConfig, request};
use crate::{
    PlaceError, Secret, SupplierError,
    exchange::{self, Answer, NoAnswer},
};

/// Why a call has no answer.
pub(super) enum NoCall {
    /// The request cannot be made from the document.
    Misfit(Misfit),
    /// It cannot show who we are.
    Auth(AuthFault),
    /// It was not answered.
    NoAnswer(NoAnswer),
}

impl NoCall {
    pub fn placing(self) -> PlaceError {
        match self {
            Self::Misfit((field, reason)) => {
                PlaceError::Misconfigured { path: format!("place.request.{field}"), reason }
            }
            Self::Auth(AuthFault::Misconfigured(reason)) => {
                PlaceError::Misconfigured { path: "auth".into(), reason }
            }
            Self::Auth(AuthFault::Unavailable { retry_after, reason }) => {
                PlaceError::Unavailable { retry_after, reason }
            }
            Self::NoAnswer(error) => error.placing("baseUrl"),
        }
    }

    fn asking(self, operation: &str) -> SupplierError {
        match self {
            Self::Misfit((field, reason)) => {
                SupplierError::Misconfigured { path: format!("{operation}.request.{field}"), reason }
            }
            Self::Auth(AuthFault::Misconfigured(reason)) => {
                SupplierError::Misconfigured { path: "auth".into(), reason }
            }
            Self::Auth(AuthFault::Unavailable { retry_after, reason }) => {
                SupplierError::Unavailable { retry_after, reason }
            }
            Self::NoAnswer(error) => error.asking("baseUrl"),
        }
    }
}

impl HttpJson {
    /// Makes a request and sends it, and once more if the answer says that it does not know us and a new token or the
    /// right time may help: nobody has looked at the request then, so that this is safe for orders too.
    pub(super) async fn call(
        &self,
        operation: &'static str,
        request: &RequestConfig,
        document: &Value,
    ) -> Result<Answer, NoCall> {
        let prepared =
            request::prepare(&self.http, &self.config, request, document).map_err(NoCall::Misfit)?;
        let (url, spare) = (prepared.url().clone(), prepared.try_clone());
        let (answer, token) = self.send(operation, prepared).await?;
        match spare {
            Some(spare) if self.auth.learn(&self.http, &url, token.as_ref(), &answer).await => {
                Ok(self.send(operation, spare).await?.0)
            }
            _ => Ok(answer),
        }
    }

    async fn send(
        &self,
        operation: &'static str,
        mut request: Request,
    ) -> Result<(Answer, Option<Secret>), NoCall> {
        let token = self.auth.apply(&self.http, &mut request).await.map_err(NoCall::Auth)?;
        let answer = exchange::send(&self.http, operation, request).await.map_err(NoCall::NoAnswer)?;
        Ok((answer, token))
    }

    /// Asks a question that changes nothing, or that can be repeated.
    pub(super) async fn ask(
        &self,
        operation: &'static str,
        request: &RequestConfig,
        document: &Value,
    ) -> Result<Answer, SupplierError> {
        self.call(operation, request, document).await.map_err(|error| error.asking(operation))
    }
}
