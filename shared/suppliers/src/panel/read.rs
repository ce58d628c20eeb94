//! From a panel's answers to our types.

use std::collections::BTreeMap;

use domain::{
    ids::TaskId,
    money::{Currency, Money},
};
use serde_json::Value;

use super::config::{FindConfig, PanelConfig};
use crate::{
    StatusReport, SupplierError, SupplierReference, TaskProgress, amount,
    http_json::{Expression, State},
    keyed::{self, Line, LineStatus, PlacedLine},
};

/// What a panel says of one of its orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PanelStatus {
    /// How it stands.
    pub status: LineStatus,
    /// What is charged for it.
    pub charge: Option<Money>,
    /// Who carries it.
    pub carrier: Option<String>,
    /// The carrier's number.
    pub tracking_number: Option<String>,
}

/// The order that the panel made of a line.
pub(super) fn taken(answer: &Value, line: &Line) -> Result<PlacedLine, String> {
    let id = keyed::text(&answer["order"]).ok_or("add: the answer has no order")?;
    PlacedLine::new(&id, line.quantity, &line.code).map_err(|reason| format!("add: {reason}"))
}

/// What the panel says of orders, by id. Those that it does not know are absent.
pub(super) fn statuses(
    config: &PanelConfig,
    answer: &Value,
    lines: &[PlacedLine],
) -> Result<BTreeMap<String, PanelStatus>, SupplierError> {
    if !answer.is_object() {
        let reason = "the answer is no object with the orders' ids as names".to_owned();
        return Err(SupplierError::Protocol { path: "status".into(), reason });
    }
    // Of one order alone some panels speak without its id.
    let alone = |line: &PlacedLine| lines.len() == 1 && answer.get(&line.id).is_none();
    let told = lines.iter().filter_map(|line| {
        let told = if alone(line) { answer } else { answer.get(&line.id)? };
        if told.get("status").is_none() && keyed::text(&told["error"]).is_some() {
            return None;
        }
        Some((line.id.clone(), status(config, told, line)))
    });
    Ok(told.collect())
}

fn status(config: &PanelConfig, told: &Value, line: &PlacedLine) -> PanelStatus {
    let remains = amount::pieces(&told["remains"]).map(|remains| remains.min(line.quantity));
    let word = keyed::text(&told["status"]);
    let state = word.as_deref().and_then(|word| config.state(word));
    let (progress, delivered) = match (state, remains) {
        (None, _) => (TaskProgress::Unknown(word.unwrap_or_else(|| "no status found".into())), 0),
        (Some(State::Completed), Some(remains)) => (TaskProgress::Completed, line.quantity - remains),
        // All of it, unless the panel's word is that it was not all.
        (Some(State::Completed), None) => match word {
            Some(word) if word.eq_ignore_ascii_case("partial") => {
                (TaskProgress::Unknown("Partial, without what remains".into()), 0)
            }
            _ => (TaskProgress::Completed, line.quantity),
        },
        // What is called off in the middle was sent in part.
        (Some(State::Cancelled), Some(remains)) => (TaskProgress::Cancelled, line.quantity - remains),
        (Some(state), _) => (state.into(), 0),
    };
    let find = |expression: &Option<Expression>| {
        expression.as_ref().and_then(|expression| keyed::text(&expression.search(told).ok()?))
    };
    PanelStatus {
        status: LineStatus { progress, delivered },
        charge: config.currency.and_then(|currency| charge(told, currency)),
        carrier: find(&config.carrier),
        tracking_number: find(&config.tracking_number),
    }
}

/// What is charged; none if it cannot be read or is in another currency.
fn charge(told: &Value, currency: Currency) -> Option<Money> {
    if keyed::text(&told["currency"]).is_some_and(|theirs| theirs != currency.code()) {
        return None;
    }
    keyed::charged(&told["charge"], currency)
}

/// What is charged for all of them, if it is known of each.
fn total(told: &[&PanelStatus]) -> Option<Money> {
    keyed::sum(told.iter().map(|told| told.charge))
}

/// How a task stands, from what the panel says of its lines. None if it knows none of them.
pub(super) fn report(
    reference: &SupplierReference,
    lines: &[PlacedLine],
    told: &BTreeMap<String, PanelStatus>,
) -> Option<StatusReport> {
    let statuses: Vec<_> =
        lines.iter().map(|line| (line.clone(), told.get(&line.id).map(|told| told.status.clone()))).collect();
    let (progress, delivered) = keyed::combined(&statuses)?;
    let told: Vec<&PanelStatus> = lines.iter().filter_map(|line| told.get(&line.id)).collect();
    Some(StatusReport {
        reference: reference.clone(),
        progress,
        delivered: Some(delivered),
        carrier: told.iter().find_map(|told| told.carrier.clone()),
        tracking_number: told.iter().find_map(|told| told.tracking_number.clone()),
        reason: None,
        cost: total(&told),
    })
}

/// Whether the panel says of any order that it will be cancelled.
pub(super) fn agreed_to_cancel(answer: &Value) -> bool {
    let agreed = |entry: &Value| {
        let cancel = &entry["cancel"];
        keyed::text(cancel).is_some_and(|word| word != "0") || cancel.as_bool() == Some(true)
    };
    answer.as_array().is_some_and(|entries| entries.iter().any(agreed))
}

/// The orders of a task, in the order of its lines. Of several for one line, one that will still bring something.
pub(super) fn found(
    config: &PanelConfig,
    find: &FindConfig,
    answer: &Value,
    task: &TaskId,
) -> Result<Vec<PlacedLine>, SupplierError> {
    let protocol =
        |field: &str, reason: String| SupplierError::Protocol { path: format!("find.{field}"), reason };
    let listed = find.orders.search(answer).map_err(|reason| protocol("orders", reason))?;
    let orders = listed.as_array().ok_or_else(|| protocol("orders", "found no list".into()))?;
    let mut lines = BTreeMap::<usize, (bool, PlacedLine)>::new();
    for order in orders {
        let search = |field: &str, expression: &Expression| {
            expression.search(order).map_err(|reason| protocol(field, reason))
        };
        let Some(name) = keyed::text(&search("reference", &find.reference)?) else { continue };
        let Some(line) = keyed::split(&name, task) else { continue };
        let missing = |field: &str| protocol(field, "nothing found".into());
        let id = keyed::text(&search("id", &find.id)?).ok_or_else(|| missing("id"))?;
        let code = keyed::text(&search("service", &find.service)?).ok_or_else(|| missing("service"))?;
        let quantity =
            amount::pieces(&search("quantity", &find.quantity)?).ok_or_else(|| missing("quantity"))?;
        let placed = PlacedLine::new(&id, quantity, &code).map_err(|reason| protocol("id", reason))?;
        let progress = status(config, order, &placed).status.progress;
        let dead = matches!(progress, TaskProgress::Cancelled | TaskProgress::Rejected);
        match lines.get(&line) {
            Some((known_dead, _)) if dead || !known_dead => {}
            _ => {
                lines.insert(line, (dead, placed));
            }
        }
    }
    Ok(lines.into_values().map(|(_, placed)| placed).collect())
}
