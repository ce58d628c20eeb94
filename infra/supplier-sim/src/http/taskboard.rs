//! The folder and task protocol of task boards: a task is a piece of work that is done as often as its limit says; each
//! time makes a report, which the shop approves.

use std::collections::BTreeMap;

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{At, Failure, answer::Caller, fields::Fields};
use crate::{
    board::Draft,
    cost::{major, pence},
    knobs::Operation,
    order::{Order, State, TakenItem, Taking},
    outcome::Refusal,
    supplier::Supplier,
};

/// The most tasks or reports of one answer; `offset` leads to more.
pub const MAX_PAGE: usize = 1_000;

/// What the board says that we have with it.
const BALANCE: &str = "100000.00";

/// Parameters that are not a task's own.
const OURS: [&str; 4] = ["api_key", "action", "name", "folder_id"];

/// The most reports, and so the highest limit, of a task. A report's number begins with its task's: task 23501 has
/// reports 235010000, 235010001 and so on.
const REPORTS_OF_A_TASK: u64 = 10_000;

type Work = fn(&Fields, &mut Supplier, Timestamp) -> Result<Value, Refusal>;

pub async fn act(at: At, caller: Caller, fields: Fields) -> Result<Response, Failure> {
    let caller = caller.also(fields.get("api_key"));
    let action = fields.get("action").map(String::as_str).unwrap_or_default();
    let (operation, work): (_, Work) = match action {
        "get_folders" => {
            (Operation::Prepare, |_, supplier, _| Ok(json!({ "folders": supplier.board().folders })))
        }
        "create_folder" => (Operation::Prepare, create_folder),
        "add_task" => (Operation::Prepare, add_task),
        "task_limit_add" => (Operation::Place, add_limit),
        "get_tasks" if fields.get("task_id").is_some() => (Operation::Status, tasks),
        "get_tasks" => (Operation::Find, tasks),
        "get_reports" => (Operation::Status, reports),
        "approve_report" => (Operation::Status, approve),
        "task_pause" => (Operation::Cancel, pause),
        "get_balance" => {
            (Operation::Check, |_, _, _| Ok(json!({ "balance": BALANCE, "blocked_money": "0.00" })))
        }
        _ => return Ok(error("unknown action")),
    };
    let show = |answer: Result<Value, Refusal>| match answer {
        Ok(mut answer) => {
            answer["success"] = true.into();
            Json(answer).into_response()
        }
        Err(Refusal::Refusing(reason)) => error(&reason),
        Err(Refusal::Unauthorized) => error("wrong api_key"),
        Err(Refusal::Unknown) => error("no such task"),
        Err(Refusal::Shipped) => error("the task is done"),
        Err(_) => error("failing as told"),
    };
    at.answer(caller, operation, |supplier, now| work(&fields, supplier, now), show).await
}

fn error(message: &str) -> Response {
    Json(json!({ "success": false, "errors": message })).into_response()
}

fn create_folder(fields: &Fields, supplier: &mut Supplier, _: Timestamp) -> Result<Value, Refusal> {
    let name = fields.text("name").map_err(Refusal::Refusing)?.to_owned();
    Ok(json!({ "folder_id": supplier.add_folder(name).id }))
}

fn add_task(fields: &Fields, supplier: &mut Supplier, _: Timestamp) -> Result<Value, Refusal> {
    let name = fields.text("name").map_err(Refusal::Refusing)?.to_owned();
    for needed in ["descr", "need_for_report", "price"] {
        fields.text(needed).map_err(Refusal::Refusing)?;
    }
    let folder = fields.number("folder_id").map_err(Refusal::Refusing)?;
    if !supplier.board().folders.iter().any(|known| known.id == folder) {
        return Err(Refusal::Refusing("no such folder".into()));
    }
    Ok(json!({ "task_id": supplier.add_draft(folder, name, fields.others(&OURS)).id }))
}

/// The first limit makes an order of a draft; this board adds none to an order.
fn add_limit(fields: &Fields, supplier: &mut Supplier, now: Timestamp) -> Result<Value, Refusal> {
    let id = fields.number("task_id").map_err(Refusal::Refusing)?;
    let limit: u32 = fields.number("add_to_limit").map_err(Refusal::Refusing)?;
    let draft = supplier.board().draft(id).cloned().ok_or(Refusal::Unknown)?;
    if limit == 0 {
        return Err(Refusal::Refusing("add_to_limit is less than 1".into()));
    }
    if u64::from(limit) > REPORTS_OF_A_TASK {
        return Err(Refusal::Refusing(format!("add_to_limit is more than {REPORTS_OF_A_TASK}")));
    }
    if !supplier.orders(now, |order| order.number == id).is_empty() {
        return Err(Refusal::Refusing("the task has a limit".into()));
    }
    // The shop's reference, then its article; a name without a space is both.
    let (reference, article) = draft.name.split_once(' ').unwrap_or((&draft.name, &draft.name));
    let taking = Taking {
        reference: reference.to_owned(),
        idempotency_key: None,
        traceparent: None,
        items: vec![TakenItem {
            code: article.to_owned(),
            quantity: limit,
            unit_cost: draft.parameters.get("price").and_then(|price| pence(price)),
        }],
        ship_to: None,
        parameters: draft.parameters,
    };
    supplier.place(taking, Some(id), now)?;
    Ok(json!({}))
}

fn tasks(fields: &Fields, supplier: &mut Supplier, now: Timestamp) -> Result<Value, Refusal> {
    let wanted =
        fields.get("task_id").map(|_| fields.numbers("task_id")).transpose().map_err(Refusal::Refusing)?;
    let folder: Option<u64> =
        fields.get("folder_id").map(|_| fields.number("folder_id")).transpose().map_err(Refusal::Refusing)?;
    let orders: BTreeMap<u64, Order> =
        supplier.orders(now, |_| true).into_iter().map(|order| (order.number, order)).collect();
    let drafts = supplier.board().drafts.iter().filter(|draft| {
        wanted.as_ref().is_none_or(|ids| ids.contains(&draft.id))
            && folder.is_none_or(|id| id == draft.folder_id)
    });
    let told = drafts.skip(offset(fields)).take(MAX_PAGE).map(|draft| told(draft, orders.get(&draft.id)));
    Ok(json!({ "tasks": told.collect::<Vec<_>>() }))
}

fn told(draft: &Draft, order: Option<&Order>) -> Value {
    let status = match order.map(|order| order.state) {
        None => 1,
        Some(State::Shipped) => 2,
        Some(State::PartiallyShipped | State::Cancelled) => 3,
        Some(State::Received | State::Working) => 4,
        Some(State::Refused) => 5,
    };
    json!({
        "id": draft.id,
        "name": draft.name,
        "folder_id": draft.folder_id,
        "status": status,
        "limit_total": order.map_or(0, Order::ordered),
        "price_rub": draft.parameters.get("price"),
    })
}

fn reports(fields: &Fields, supplier: &mut Supplier, now: Timestamp) -> Result<Value, Refusal> {
    let wanted = fields.numbers("task_id").map_err(Refusal::Refusing)?;
    let mut all = Vec::new();
    for order in supplier.orders(now, |order| wanted.contains(&order.number)) {
        let done = if order.state == State::Working { order.ordered() } else { order.delivered() };
        all.extend((0..done).map(|index| report(&order, index)));
    }
    let page: Vec<Value> = all.into_iter().skip(offset(fields)).take(MAX_PAGE).collect();
    Ok(json!({ "reports": page }))
}

fn report(order: &Order, index: u64) -> Value {
    let id = order.number * REPORTS_OF_A_TASK + index;
    let status = match order.state {
        State::Working => 1,
        _ if order.approved.contains(&id) => 6,
        _ => 2,
    };
    let message = order.tracking_number.as_ref().map(|number| json!({ "text": number }));
    json!({
        "id": id,
        "task_id": order.number,
        "worker_id": 7,
        "price_rub": major(order.unit_costs.first().copied().unwrap_or_default().into()),
        "status": status,
        "messages": message.into_iter().collect::<Vec<_>>(),
    })
}

fn approve(fields: &Fields, supplier: &mut Supplier, now: Timestamp) -> Result<Value, Refusal> {
    let id: u64 = fields.number("report_id").map_err(Refusal::Refusing)?;
    let (number, index) = (id / REPORTS_OF_A_TASK, id % REPORTS_OF_A_TASK);
    supplier.change(
        now,
        |order| order.number == number && index < order.delivered(),
        |order| {
            order.approved.insert(id);
        },
    )?;
    Ok(json!({}))
}

/// Nobody begins the task any more.
fn pause(fields: &Fields, supplier: &mut Supplier, now: Timestamp) -> Result<Value, Refusal> {
    let id: u64 = fields.number("task_id").map_err(Refusal::Refusing)?;
    supplier.cancel(now, |order| order.number == id)?;
    Ok(json!({}))
}

fn offset(fields: &Fields) -> usize {
    fields.number("offset").unwrap_or_default()
}
