//! From a supplier's JSON to our types.

use domain::money::Money;
use serde_json::Value;

use super::{
    config::{CostMapping, HttpJsonConfig, MoneyUnit, OrderMapping, ReportMapping},
    exchange::Misfit,
    expression::Expression,
};
use crate::api::{DeliveredItem, Placement, StatusReport, SupplierReference, TaskProgress};

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
    let cost = mapping.cost.as_ref().and_then(|cost| {
        self::cost(cost, order).unwrap_or_else(|reason| {
            tracing::warn!(%reference, reason, "the supplier's cost cannot be read");
            None
        })
    });
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
        reference,
        progress,
        delivered,
        carrier: optional("carrier", &mapping.carrier)?,
        tracking_number: optional("trackingNumber", &mapping.tracking_number)?,
        reason: optional("reason", &mapping.reason)?,
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
        match pieces(&line["quantity"]) {
            Some(quantity) => Ok(DeliveredItem { code, quantity }),
            None => Err(format!("the quantity of {code} is no whole number")),
        }
    };
    lines.iter().map(line).collect::<Result<_, _>>().map(Some)
}

fn pieces(number: &Value) -> Option<u32> {
    match number {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => {
            let whole = number.to_string();
            whole.strip_suffix(".0").unwrap_or(&whole).parse().ok()
        }
        _ => None,
    }
}

fn cost(mapping: &CostMapping, order: &Value) -> Result<Option<Money>, String> {
    let Some(text) = text(&mapping.amount, order)? else {
        return Ok(None);
    };
    let decimals = match mapping.unit {
        MoneyUnit::Minor => 0,
        MoneyUnit::Major => mapping.currency.decimals() as usize,
    };
    match minor_units(&text, decimals) {
        Some(amount) => Ok(Some(Money::new(amount, mapping.currency))),
        None => Err(format!("`{text}` is no amount with at most {decimals} decimals")),
    }
}

/// The minor units of an amount that is not negative, from its digits.
fn minor_units(text: &str, decimals: usize) -> Option<i64> {
    let (major, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(major) || !all_digits(fraction) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > decimals {
        return None;
    }
    format!("{major}{fraction:0<decimals$}").parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn amounts_are_read_to_the_penny() {
        for (text, decimals, amount) in [
            ("18.99", 2, Some(1899)),
            ("18.9", 2, Some(1890)),
            ("18", 2, Some(1800)),
            ("18.990", 2, Some(1899)),
            ("0.07", 2, Some(7)),
            ("1899", 0, Some(1899)),
            ("1899.0", 0, Some(1899)),
            ("92233720368547758.07", 2, Some(i64::MAX)),
            ("92233720368547758.08", 2, None),
            ("18.999", 2, None),
            ("18.5", 0, None),
            ("-1", 2, None),
            ("+1", 2, None),
            ("1e3", 2, None),
            ("1,50", 2, None),
            (".5", 2, None),
            ("5.", 2, None),
            ("", 2, None),
        ] {
            assert_eq!(minor_units(text, decimals), amount, "{text}");
        }
    }

    #[test]
    fn pieces_are_whole_numbers_however_they_are_written() {
        for (value, pieces_wanted) in [
            (json!(3), Some(3)),
            (json!(3.0), Some(3)),
            (json!("3"), Some(3)),
            (json!(3.5), None),
            (json!(-1), None),
            (json!("many"), None),
            (json!(null), None),
            (json!(5_000_000_000_u64), None),
        ] {
            assert_eq!(pieces(&value), pieces_wanted, "{value}");
        }
    }
}
