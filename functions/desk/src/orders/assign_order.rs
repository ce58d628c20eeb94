//! `POST /api/console/fulfilment/orders/{id}/assignments`: says who sends what nobody sends.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use domain::routing::Assignment;
use domain::{Group, Offer, OrderEventType, OrderId, Quantity, Sku, SupplierId, Task};
use fulfilment::desk::Desk;
use fulfilment::planning::{self, Past};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Database;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, FieldProblem, IdempotencyKeyHeader, Person, Problem, RequestId, guarded};

use super::order::DeskOrder;
use super::view::view;
use super::{Deed, create_tasks, load, path_order, refused, unassigned};
use crate::parcel::{MAX_ITEMS, OrderPart};
use crate::{actor, once};

/// Who sends some pieces.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssignmentLine {
    /// The SKU.
    #[schema(example = "HT-CLAW-16")]
    sku: String,
    /// How many pieces.
    #[schema(example = 3)]
    quantity: i64,
    /// Who sends them: somebody who offers them.
    #[schema(example = "sup_01JD0000000000000000000000")]
    supplier_id: String,
}

/// Who sends what nobody sends.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentInput {
    /// 1 to 96 lines, each article once for each supplier.
    lines: Vec<AssignmentLine>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Arc<Desk>> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(assign_order)))
}

#[utoipa::path(
    post,
    path = "/api/console/fulfilment/orders/{id}/assignments",
    tag = "fulfilment: orders",
    params(
        ("id" = String, Path, description = "The order's id"),
        ("Idempotency-Key" = String, Header, description = "New for each assignment; the same again for a repeated request"),
    ),
    request_body = AssignmentInput,
    responses(
        (status = 200, description = "The order, as it is now", body = DeskOrder),
        (status = 400, description = "The id or the header is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such order", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It has no such pieces that nobody sends, or others are changing it", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong, or the key was used for another request", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn assign_order(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<String>,
    IdempotencyKeyHeader(key): IdempotencyKeyHeader,
    RequestId(request_id): RequestId,
    person: Person,
    Body(input): Body<AssignmentInput>,
) -> Result<Json<DeskOrder>, Problem> {
    let id = path_order(&id)?;
    let key = once::key("assign-order", id, &key, &input)?;
    let actor = actor(&person);
    for _ in 0..once::MAX_TRIES {
        let order = load(&desk.database, id).await?;
        if once::done(&desk.database, &key).await? {
            return Ok(Json(view(&desk.database, id).await?));
        }
        let wanted = input.parse(&unassigned(&order.value))?;
        let tasks = tasks(id, with_offers(&desk.database, wanted).await?);
        let pieces: Vec<_> =
            tasks.iter().flat_map(Task::items).map(|item| (item.sku.clone(), item.quantity)).collect();
        let mut after = order.clone();
        let taken = after.value.take_unassigned(&pieces, tasks.iter().map(Task::id));
        taken.map_err(|error| refused(&error))?;
        let events = vec![OrderEventType::OrderReassigned];
        let deed =
            Deed { actor: &actor, action: "order.assigned", events, key: &key, request_id: &request_id };
        let create = |transaction: &mut store::Transaction<'_>| create_tasks(transaction, &tasks);
        if deed.write(&desk.database, &order.value, &after, create).await? {
            desk.send(&tasks, &request_id).await.map_err(Problem::internal)?;
            return Ok(Json(view(&desk.database, id).await?));
        }
    }
    Err(once::contended())
}

/// Pieces that a supplier is to send, and where they stand in the request.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    index: usize,
    supplier: SupplierId,
    sku: Sku,
    pieces: Quantity,
}

impl AssignmentInput {
    /// What is wanted of these pieces.
    fn parse(&self, there: &[(Sku, Quantity)]) -> Result<Vec<Wanted>, Problem> {
        let mut errors = Vec::new();
        let mut note = |pointer: String, detail: String| errors.push(FieldProblem::new(pointer, detail));
        if !(1..=MAX_ITEMS).contains(&self.lines.len()) {
            note("/lines".into(), format!("must be 1 to {MAX_ITEMS}"));
        }
        let mut wanted: Vec<Wanted> = Vec::new();
        for (index, line) in self.lines.iter().enumerate().take(MAX_ITEMS) {
            let part = OrderPart { sku: line.sku.clone(), quantity: line.quantity }.parse(there);
            let supplier = SupplierId::parse(&line.supplier_id);
            match (part, supplier) {
                (Ok((sku, _)), Ok(supplier))
                    if wanted.iter().any(|other| other.sku == sku && other.supplier == supplier) =>
                {
                    note(format!("/lines/{index}/sku"), "this supplier has it already".into());
                }
                (Ok((sku, pieces)), Ok(supplier)) => wanted.push(Wanted { index, supplier, sku, pieces }),
                (part, supplier) => {
                    if let Err((field, detail)) = part {
                        note(format!("/lines/{index}/{field}"), detail);
                    }
                    if let Err(error) = supplier {
                        note(format!("/lines/{index}/supplierId"), error.to_string());
                    }
                }
            }
        }
        if errors.is_empty() { Ok(wanted) } else { Err(Problem::invalid(errors)) }
    }
}

/// The offers by which the suppliers send it. What the desk would leave out is a person's to decide; what the supplier
/// would not take, or is not told, is refused.
async fn with_offers(database: &Database, wanted: Vec<Wanted>) -> Result<Vec<(Offer, Quantity)>, Problem> {
    let (mut offers, mut errors) = (Vec::new(), Vec::new());
    for Wanted { index, supplier, sku, pieces } in wanted {
        let (record, offer) = tokio::try_join!(database.supplier(supplier), database.offer(supplier, &sku))
            .map_err(Problem::internal)?;
        let takes_tasks = record.is_some_and(|record| record.value.supplier.status.places_planned_tasks());
        match (takes_tasks, offer.map(|offer| offer.value)) {
            (false, _) => errors.push(FieldProblem::new(
                format!("/lines/{index}/supplierId"),
                "there is no such supplier, or it is paused",
            )),
            (true, None) => errors.push(FieldProblem::new(
                format!("/lines/{index}/supplierId"),
                format!("this supplier does not offer {sku}"),
            )),
            (true, Some(offer)) => match out_of_bounds(&offer, pieces) {
                Some(detail) => errors.push(FieldProblem::new(format!("/lines/{index}/quantity"), detail)),
                None => offers.push((offer, pieces)),
            },
        }
    }
    if errors.is_empty() { Ok(offers) } else { Err(Problem::invalid(errors)) }
}

/// Why a supplier would not send so many pieces.
fn out_of_bounds(offer: &Offer, pieces: Quantity) -> Option<String> {
    let fits = (offer.minimum..=offer.maximum).contains(&pieces);
    (!fits).then(|| format!("must be {} to {}, as the supplier's offer says", offer.minimum, offer.maximum))
}

/// A task for each supplier. Why it has it is a person's to know.
fn tasks(order: OrderId, offers: Vec<(Offer, Quantity)>) -> Vec<Task> {
    let mut items: BTreeMap<SupplierId, Vec<(Offer, Quantity)>> = BTreeMap::new();
    for (offer, pieces) in offers {
        items.entry(offer.supplier_id).or_default().push((offer, pieces));
    }
    let now = Timestamp::now();
    let assignment =
        |(supplier_id, items)| Assignment { supplier_id, items, why: vec![], starts_in_seconds: 0 };
    items
        .into_iter()
        .map(assignment)
        .map(|assignment| planning::task(order, assignment, &Past::default(), now))
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::supplier::Window;
    use domain::{Currency, Money};
    use serde_json::{Value, json};

    use super::*;

    fn sku(text: &str) -> Sku {
        Sku::parse(text).unwrap()
    }

    fn pieces(n: i64) -> Quantity {
        Quantity::parse(n).unwrap()
    }

    fn offer(supplier_id: SupplierId, text: &str) -> Offer {
        Offer {
            supplier_id,
            sku: sku(text),
            code: format!("x{text}"),
            cost: Money::new(100, Currency::Gbp),
            minimum: pieces(2),
            maximum: pieces(10),
            lead_time_seconds: 60,
            window: Window::default(),
        }
    }

    #[test]
    fn each_supplier_gets_one_task() {
        let (first, second) = (SupplierId::generate(), SupplierId::generate());
        let offers = vec![
            (offer(first, "A"), pieces(2)),
            (offer(second, "A"), pieces(3)),
            (offer(first, "B"), pieces(4)),
        ];
        let tasks = tasks(OrderId::generate(), offers);
        let mut told: Vec<_> = tasks.iter().map(|task| (task.supplier_id(), task.items().len())).collect();
        told.sort_by_key(|(_, items)| *items);
        assert_eq!(told, [(second, 1), (first, 2)]);
        assert!(tasks.iter().all(|task| task.why().is_empty() && task.replacements() == 0));
    }

    #[test]
    fn a_supplier_gets_no_fewer_and_no_more_than_it_takes() {
        let offer = offer(SupplierId::generate(), "A");
        for (n, fits) in [(1, false), (2, true), (10, true), (11, false)] {
            assert_eq!(out_of_bounds(&offer, pieces(n)).is_none(), fits, "{n}");
        }
    }

    #[test]
    fn the_bad_field_is_named() {
        let supplier = SupplierId::generate().to_string();
        let line = |sku: &str, n: i64| json!({ "sku": sku, "quantity": n, "supplierId": supplier });
        let there = [(sku("A"), pieces(5))];
        let parse = |lines: Value| {
            serde_json::from_value::<AssignmentInput>(json!({ "lines": lines })).unwrap().parse(&there)
        };
        assert_eq!(parse(json!([line("A", 5)])).unwrap().len(), 1);
        for (lines, pointer) in [
            (json!([]), "/lines"),
            (Value::Array(vec![line("A", 1); MAX_ITEMS + 1]), "/lines"),
            (json!([line("B", 1)]), "/lines/0/sku"),
            (json!([line("A", 6)]), "/lines/0/quantity"),
            (json!([line("A", 1), line("A", 1)]), "/lines/1/sku"),
            (json!([{ "sku": "A", "quantity": 1, "supplierId": "x" }]), "/lines/0/supplierId"),
        ] {
            let problem = serde_json::to_value(parse(lines).unwrap_err()).unwrap();
            assert_eq!(problem["errors"][0]["pointer"], pointer);
        }
    }
}
