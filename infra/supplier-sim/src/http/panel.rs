//! The key and action protocol of panels: one address, the action a parameter, one article an order.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{At, Failure, MAX_STATUS_IDS, answer::Caller, fields::Fields};
use crate::{
    cost::{CURRENCY, DEFAULT_UNIT_COST, major},
    knobs::Operation,
    order::{Order, State, TakenItem, Taking},
    outcome::{Placed, Refusal},
    supplier::Supplier,
};

/// What the supplier says that we have with it.
const BALANCE: &str = "100000.00";

/// The articles that the supplier lists; it takes others too.
const SERVICES: [(&str, &str); 3] =
    [("1", "Hinge, 75 mm"), ("2", "Gate latch"), ("3", "Wall anchor, box of 50")];

/// Parameters that are not an order's own.
const OURS: [&str; 8] =
    ["key", "action", "service", "link", "quantity", "reference", "idempotency_key", "unit_cost"];

type Work = fn(&Fields, &mut Supplier, Timestamp) -> Result<Value, Refusal>;

pub async fn act(at: At, caller: Caller, fields: Fields) -> Result<Response, Failure> {
    let caller = caller.also(fields.get("key"));
    let action = fields.get("action").map(String::as_str).unwrap_or_default();
    let (operation, work): (_, Work) = match action {
        "add" => (Operation::Place, add),
        "status" => (Operation::Status, |fields, supplier, now| Ok(status(fields, supplier, now))),
        "orders" => (Operation::Find, |fields, supplier, now| Ok(orders(fields, supplier, now))),
        "cancel" => (Operation::Cancel, |fields, supplier, now| Ok(cancel(fields, supplier, now))),
        "balance" => (Operation::Check, |_, _, _| Ok(json!({ "balance": BALANCE, "currency": CURRENCY }))),
        "services" => (Operation::Check, |_, supplier, _| Ok(services(supplier))),
        _ => return Ok(error("Incorrect request")),
    };
    let show = |answer: Result<Value, Refusal>| match answer {
        Ok(answer) => Json(answer).into_response(),
        Err(Refusal::Refusing(reason)) => error(&reason),
        Err(Refusal::Unauthorized) => error("Invalid API key"),
        Err(_) => error("failing as told"),
    };
    at.answer(caller, operation, |supplier, now| work(&fields, supplier, now), show).await
}

fn error(message: &str) -> Response {
    Json(json!({ "error": message })).into_response()
}

/// Says what is wrong with a request, as an answer.
fn or_error(answer: Result<Value, String>) -> Value {
    answer.unwrap_or_else(|message| json!({ "error": message }))
}

fn add(fields: &Fields, supplier: &mut Supplier, now: Timestamp) -> Result<Value, Refusal> {
    let taking = match taking(fields) {
        Ok(taking) => taking,
        Err(message) => return Ok(json!({ "error": message })),
    };
    let (Placed::New(order) | Placed::Repeated(order)) = supplier.place(taking, None, now)?;
    Ok(json!({ "order": order.number }))
}

fn taking(fields: &Fields) -> Result<Taking, String> {
    let link = fields.text("link")?;
    let quantity = fields.number("quantity")?;
    if quantity == 0 {
        return Err("quantity is less than 1".into());
    }
    Ok(Taking {
        reference: fields.get("reference").map_or(link, String::as_str).to_owned(),
        idempotency_key: fields.get("idempotency_key").cloned(),
        traceparent: None,
        items: vec![TakenItem {
            code: fields.text("service")?.to_owned(),
            quantity,
            unit_cost: fields.number("unit_cost").ok(),
        }],
        ship_to: None,
        parameters: fields.others(&OURS),
    })
}

fn status(fields: &Fields, supplier: &Supplier, now: Timestamp) -> Value {
    let ask = |number| supplier.orders(now, |order| order.number == number).first().map(told);
    let unknown = || json!({ "error": "Incorrect order ID" });
    if let Ok(number) = fields.number("order") {
        return ask(number).unwrap_or_else(unknown);
    }
    or_error(numbers(fields).map(|numbers| {
        let all = numbers.into_iter().map(|number| (number.to_string(), ask(number).unwrap_or_else(unknown)));
        Value::Object(all.collect::<Map<_, _>>())
    }))
}

fn numbers(fields: &Fields) -> Result<Vec<u64>, String> {
    let numbers = fields.numbers("orders")?;
    if numbers.len() > MAX_STATUS_IDS {
        return Err(format!("at most {MAX_STATUS_IDS} orders at once"));
    }
    Ok(numbers)
}

/// The orders of a reference, those with a line number behind it included.
fn orders(fields: &Fields, supplier: &Supplier, now: Timestamp) -> Value {
    or_error(fields.text("reference").map(|reference| {
        let found = supplier.orders(now, |order| {
            order
                .reference
                .strip_prefix(reference)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        let listed = found.iter().map(|order| {
            let mut listed = told(order);
            listed["order"] = order.number.into();
            listed["reference"] = order.reference.as_str().into();
            listed["service"] = order.items[0].code.as_str().into();
            listed["quantity"] = order.ordered().into();
            listed
        });
        json!({ "orders": listed.collect::<Vec<_>>() })
    }))
}

fn told(order: &Order) -> Value {
    let status = match order.state {
        State::Received => "Pending",
        State::Working => "In progress",
        State::Shipped => "Completed",
        State::PartiallyShipped => "Partial",
        State::Refused => "Fail",
        State::Cancelled => "Canceled",
    };
    json!({
        "charge": major(order.cost.amount),
        "start_count": "0",
        "status": status,
        "remains": (order.ordered() - order.delivered()).to_string(),
        "currency": order.cost.currency,
        "tracking": order.tracking_number,
        "carrier": order.carrier,
    })
}

fn cancel(fields: &Fields, supplier: &mut Supplier, now: Timestamp) -> Value {
    let mut cancel = |number: u64| {
        let outcome = match supplier.cancel(now, |order| order.number == number) {
            Ok(_) => json!(1),
            Err(Refusal::Unknown) => json!({ "error": "Incorrect order ID" }),
            Err(_) => json!({ "error": "Order cannot be canceled" }),
        };
        json!({ "order": number, "cancel": outcome })
    };
    or_error(numbers(fields).map(|numbers| numbers.into_iter().map(&mut cancel).collect()))
}

fn services(supplier: &Supplier) -> Value {
    let rate = major(u64::from(supplier.knobs().unit_cost.unwrap_or(DEFAULT_UNIT_COST)) * 1_000);
    let service = |(id, name): &(&str, &str)| {
        json!({
            "service": id, "name": name, "type": "Default", "category": "Ironmongery", "rate": rate, "min": "1",
            "max": "10000", "refill": false, "cancel": true
        })
    };
    SERVICES.iter().map(service).collect()
}
