//! The parameters of the key and action protocols: a form or a flat JSON object.

use std::{collections::BTreeMap, str::FromStr};

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::header::CONTENT_TYPE,
};
use serde_json::Value;

use super::Failure;

/// Parameters by name.
pub(super) struct Fields(BTreeMap<String, String>);

impl Fields {
    pub fn get(&self, name: &str) -> Option<&String> {
        self.0.get(name)
    }

    /// A parameter that must be there and not empty.
    pub fn text(&self, name: &str) -> Result<&str, String> {
        match self.get(name).map(|text| text.trim()) {
            Some(text) if !text.is_empty() => Ok(text),
            _ => Err(format!("{name} is missing")),
        }
    }

    /// A parameter that must be a number.
    pub fn number<T: FromStr>(&self, name: &str) -> Result<T, String> {
        self.text(name)?.parse().map_err(|_| format!("{name} is no number"))
    }

    /// Numbers that commas separate.
    pub fn numbers(&self, name: &str) -> Result<Vec<u64>, String> {
        let numbers = self.text(name)?.split(',');
        numbers
            .map(|number| number.trim().parse().map_err(|_| format!("{name} is no list of numbers")))
            .collect()
    }

    /// All of them but those named.
    pub fn others(&self, known: &[&str]) -> BTreeMap<String, String> {
        let other = |(name, _): &(&String, &String)| !known.contains(&name.as_str());
        self.0.iter().filter(other).map(|(name, value)| (name.clone(), value.clone())).collect()
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let json = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("application/json"));
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| Failure { status: rejection.status(), message: rejection.body_text() })?;
        if json {
            return from_json(&bytes).map(Self).map_err(Failure::bad_request);
        }
        let pairs = form_urlencoded::parse(&bytes);
        Ok(Self(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect()))
    }
}

fn from_json(bytes: &[u8]) -> Result<BTreeMap<String, String>, String> {
    let fields: BTreeMap<String, Value> = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let text = |(name, value): (String, Value)| match value {
        Value::String(text) => Ok((name, text)),
        Value::Number(number) => Ok((name, number.to_string())),
        Value::Bool(flag) => Ok((name, flag.to_string())),
        _ => Err(format!("{name} is neither text nor a number")),
    };
    fields.into_iter().map(text).collect()
}
