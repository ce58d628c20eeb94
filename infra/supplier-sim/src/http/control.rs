//! What tests turn and look at.

use axum::{Json, http::StatusCode};
use jiff::Timestamp;
use serde_json::Value;

use super::{At, Body, Failure};
use crate::{knobs::Knobs, supplier::Memory};

pub async fn knobs(at: At) -> Result<Json<Knobs>, Failure> {
    at.with(|supplier| Json(supplier.knobs().clone()))
}

pub async fn turn(at: At, Body(patch): Body<Value>) -> Result<Json<Knobs>, Failure> {
    at.with(|supplier| {
        let knobs = supplier.knobs().patched(patch)?;
        supplier.turn(knobs.clone(), Timestamp::now());
        Ok(Json(knobs))
    })?
}

pub async fn memory(at: At) -> Result<Json<Memory>, Failure> {
    at.with(|supplier| Json(supplier.memory(Timestamp::now())))
}

pub async fn reset(at: At) -> Result<StatusCode, Failure> {
    at.with(|supplier| {
        supplier.reset();
        StatusCode::NO_CONTENT
    })
}
