//! The JSON protocol: orders with addresses and several lines.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, Query},
    http::{HeaderMap, HeaderValue, StatusCode, header::WWW_AUTHENTICATE},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{At, Body, Failure, MAX_STATUS_IDS, answer::Caller};
use crate::{
    knobs::Operation,
    order::{Order, ShipTo, TakenItem, Taking},
    outcome::{Placed, Refusal},
};

/// What a shop sends to order.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewOrder {
    reference: String,
    items: Vec<NewItem>,
    ship_to: ShipTo,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewItem {
    code: String,
    quantity: u32,
    #[serde(default)]
    unit_cost: Option<u32>,
}

impl From<NewItem> for TakenItem {
    fn from(item: NewItem) -> Self {
        Self { code: item.code, quantity: item.quantity, unit_cost: item.unit_cost }
    }
}

impl NewOrder {
    /// What is wrong with this order, if anything.
    fn fault(&self) -> Option<&'static str> {
        if self.reference.trim().is_empty() {
            Some("reference is empty")
        } else if self.items.is_empty() {
            Some("items is empty")
        } else if self.items.iter().any(|item| item.quantity == 0 || item.code.is_empty()) {
            Some("every item needs a code and a quantity of at least 1")
        } else {
            None
        }
    }

    fn taking(self, idempotency_key: Option<String>, traceparent: Option<String>) -> Taking {
        Taking {
            reference: self.reference,
            idempotency_key,
            traceparent,
            items: self.items.into_iter().map(TakenItem::from).collect(),
            ship_to: Some(self.ship_to),
            parameters: BTreeMap::new(),
        }
    }
}

pub async fn place(
    at: At,
    caller: Caller,
    headers: HeaderMap,
    Body(new): Body<NewOrder>,
) -> Result<Response, Failure> {
    if let Some(fault) = new.fault() {
        return Err(Failure::bad_request(fault));
    }
    let key = match headers.get("idempotency-key").map(HeaderValue::to_str) {
        Some(Ok(key)) => Some(key.to_owned()),
        Some(Err(_)) => return Err(Failure::bad_request("Idempotency-Key is not plain text")),
        None => None,
    };
    let trace = headers.get("traceparent").and_then(|value| value.to_str().ok()).map(str::to_owned);
    at.answer(
        caller,
        Operation::Place,
        |supplier, now| supplier.place(new.taking(key, trace), None, now),
        |placed| match placed {
            Ok(Placed::New(order)) => (StatusCode::CREATED, one(&order)).into_response(),
            Ok(Placed::Repeated(order)) => one(&order).into_response(),
            Err(refusal) => refused(&refusal),
        },
    )
    .await
}

#[derive(Deserialize)]
pub struct Lookup {
    reference: String,
}

pub async fn find(at: At, caller: Caller, Query(lookup): Query<Lookup>) -> Result<Response, Failure> {
    at.answer(
        caller,
        Operation::Find,
        |supplier, now| Ok(supplier.orders(now, |order| order.reference == lookup.reference)),
        many,
    )
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ids {
    ids: Vec<String>,
}

pub async fn statuses(at: At, caller: Caller, Body(Ids { ids }): Body<Ids>) -> Result<Response, Failure> {
    if ids.len() > MAX_STATUS_IDS {
        return Err(Failure::bad_request(format!("at most {MAX_STATUS_IDS} ids at once")));
    }
    at.answer(
        caller,
        Operation::Status,
        |supplier, now| Ok(supplier.orders(now, |order| ids.contains(&order.id))),
        many,
    )
    .await
}

pub async fn cancel(
    at: At,
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    at.answer(
        caller,
        Operation::Cancel,
        |supplier, now| supplier.cancel(now, |order| order.id == id),
        |cancelled| match cancelled {
            Ok(order) => one(&order).into_response(),
            Err(refusal) => refused(&refusal),
        },
    )
    .await
}

fn one(order: &Order) -> Json<Value> {
    Json(json!({ "order": order }))
}

fn many(found: Result<Vec<Order>, Refusal>) -> Response {
    match found {
        Ok(orders) => Json(json!({ "orders": orders })).into_response(),
        Err(refusal) => refused(&refusal),
    }
}

fn refused(refusal: &Refusal) -> Response {
    let (status, message) = match refusal {
        Refusal::Refusing(reason) => (StatusCode::UNPROCESSABLE_ENTITY, reason.as_str()),
        Refusal::Unknown => (StatusCode::NOT_FOUND, "no such order"),
        Refusal::Shipped => (StatusCode::CONFLICT, "the order is on its way"),
        Refusal::Unauthorized => {
            let message = Failure { status: StatusCode::UNAUTHORIZED, message: "who are you?".into() };
            return ([(WWW_AUTHENTICATE, "Bearer")], message).into_response();
        }
        Refusal::Failing { .. } | Refusal::Elsewhere | Refusal::Lost => {
            (StatusCode::INTERNAL_SERVER_ERROR, "failing as told")
        }
    };
    Failure { status, message: message.to_owned() }.into_response()
}
