//! From a supplier's JSON to our types.

use domain::money::Money;
use serde_json::Value;

use super::{
    Misfit,
    config::{CostMapping, HttpJsonConfig, MoneyUnit, OrderMapping, ReportMapping},
    expression::Expression,
};
use crate::{
    amount,
    api::{DeliveredItem, Placement, StatusReport, SupplierReference, TaskProgress},
};

/// The list that an expression finds.
pub(super) fn list(expression: &Expression, document: &Value) -> Result<Vec<Value>, String> {
    match expression.search(document)? {
        Value::Array(list) => Ok(list),
        Value::Null => Err("nothing found".into()),
        _ => Err("found something that is no list".into()),
    }
}

/// The text or number that an expression finds, as text.
pub(super) fn text(expression: &Expression, document: &Value) -> Result<Option<String>, String> {
    match expression.search(document)? {
        Value::String(text) => Ok(Some(text)),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Null => Ok(None),
        _ => Err("found something that is no text".into()),
    }
}

/// The supplier's name for an order.
pub(super) fn id(expression: &Expression, order: &Value) -> Result<SupplierReference, String> {
    let id = text(expression, order)?.ok_or("nothing found")?;
    SupplierReference::parse(&id).map_err(|error| error.to_string())
}

/// What the supplier's state means.
pub(super) fn progress(config: &HttpJsonConfig, expression: &Expression, order: &Value) -> TaskProgress {
    match text(expression, order) {
        Ok(Some(state)) => match config.states.get(&state) {
            Some(known) => (*known).into(),
            None => TaskProgress::Unknown(state),
        },
        Ok(None) => TaskProgress::Unknown("no state found".into()),
        Err(reason) => TaskProgress::Unknown(reason),
    }
}

/// An order that the supplier has. Only its id must be there: an unreadable price must not hide an order.
pub(super) fn placement(
    config: &HttpJsonConfig,
    mapping: &OrderMapping,
    order: &Value,
) -> Result<Placement, Misfit> {
    let reference = id(&mapping.id, order).map_err(|reason| ("id".to_owned(), reason))?;
    let cost = readable_cost(mapping.cost.as_ref(), &reference, order);
    let progress = mapping.state.as_ref().map(|state| progress(config, state, order));
    Ok(Placement { reference, cost, progress })
}

/// How an order stands.
pub(super) fn report(
    config: &HttpJsonConfig,
    mapping: &ReportMapping,
    order: &Value,
) -> Result<StatusReport, Misfit> {
    let reference = id(&mapping.id, order).map_err(|reason| ("id".to_owned(), reason))?;
    let optional = |name: &str, expression: &Option<Expression>| match expression {
        Some(expression) => text(expression, order).map_err(|reason| (name.to_owned(), reason)),
        None => Ok(None),
    };
    let (progress, delivered) = match &mapping.delivered {
        None => (progress(config, &mapping.state, order), None),
        Some(expression) => match delivered(expression, order) {
            Ok(delivered) => (progress(config, &mapping.state, order), delivered),
            // Nobody can say what was sent, so this order is for an operator; the others go on.
            Err(reason) => (TaskProgress::Unknown(format!("delivered items: {reason}")), None),
        },
    };
    Ok(StatusReport {
        progress,
        delivered,
        carrier: optional("carrier", &mapping.carrier)?,
        tracking_number: optional("trackingNumber", &mapping.tracking_number)?,
        reason: optional("reason", &mapping.reason)?,
        cost: readable_cost(mapping.cost.as_ref(), &reference, order),
        reference,
    })
}

/// What is charged for an order, as far as it can be read.
fn readable_cost(
    mapping: Option<&CostMapping>,
    reference: &SupplierReference,
    order: &Value,
) -> Option<Money> {
    cost(mapping?, order).unwrap_or_else(|reason| {
        tracing::warn!(%reference, reason, "the supplier's cost cannot be read");
        None
    })
}

fn delivered(expression: &Expression, order: &Value) -> Result<Option<Vec<DeliveredItem>>, String> {
    let lines = match expression.search(order)? {
        Value::Null => return Ok(None),
        Value::Array(lines) => lines,
        _ => return Err("found something that is no list".into()),
    };
    let line = |line: &Value| {
        let code = match &line["code"] {
            Value::String(code) => code.clone(),
            Value::Number(code) => code.to_string(),
            _ => return Err("a line has no code".to_owned()),
        };
        match amount::pieces(&line["quantity"]) {
            Some(quantity) => Ok(DeliveredItem { code, quantity }),
            None => Err(format!("the quantity of {code} is no whole number")),
        }
    };
    lines.iter().map(line).collect::<Result<_, _>>().map(Some)
}

fn cost(mapping: &CostMapping, order: &Value) -> Result<Option<Money>, String> {
    let Some(text) = text(&mapping.amount, order)? else {
        return Ok(None);
    };
    let decimals = match mapping.unit {
        MoneyUnit::Minor => 0,
        MoneyUnit::Major => mapping.currency.decimals(),
    };
    match amount::minor_units(&text, decimals) {
        Some(amount) => Ok(Some(Money::new(amount, mapping.currency))),
        // Without the text, which is the supplier's and would go into our log.
        None => Err(format!("found something that is no amount with at most {decimals} decimals")),
    }
}
