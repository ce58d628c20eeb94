//! Puts together what is shown of an order.

use std::collections::{BTreeMap, BTreeSet};

use domain::routing::{Candidate, Refusal, Rules, plan};
use domain::{CircuitView, Order, OrderId, OrderStatus, Quantity, Sku, Task};
use fulfilment::calling_off::sent;
use fulfilment::planning::{Situation, age};
use jiff::Timestamp;
use store::Database;
use web::Problem;

use super::order::{
    CancellationDto, DeskOrder, DeskOrderLine, LineCandidate, OrderAction, PartnerDto, UnassignedLine,
};
use crate::tasks::Suppliers;
use crate::tasks::task::TaskDetail;

/// An order as it is now.
pub(super) async fn view(database: &Database, id: OrderId) -> Result<DeskOrder, Problem> {
    let (page, suppliers, tasks) =
        tokio::try_join!(database.order_page(id), Suppliers::load(database), database.tasks_of_order(id))
            .map_err(Problem::internal)?;
    let page = page.ok_or_else(|| Problem::not_found("order"))?;
    let order = page.order.value;
    let tasks = up_to_date(database, &order, tasks).await?;
    let unassigned = unassigned(database, &order, &suppliers).await?;
    let partner = partner(database, &order).await?;
    let sent = sent(&page.shipments);
    let cancellable = order.status().may_become(OrderStatus::Cancelled);
    let refundable = cancellable.then(|| order.unsent_value(&sent)).transpose().map_err(Problem::internal)?;
    Ok(DeskOrder {
        id: id.to_string(),
        number: order.number(),
        status: order.status().name(),
        attention: order.attention().map(str::to_owned),
        created_at: order.created_at(),
        email: order.email().to_string(),
        partner,
        shipping_address: order.shipping_address().into(),
        total: order.totals().total.into(),
        lines: lines(&order, &sent),
        tasks: tasks.iter().map(|task| TaskDetail::of(task, &order, &suppliers)).collect(),
        unassigned,
        shipments: page.shipments.into_iter().map(Into::into).collect(),
        refundable: refundable.map(Into::into),
        cancellation: order.cancellation().map(|cancellation| CancellationDto {
            reason: cancellation.reason.clone(),
            at: cancellation.at,
            refund: cancellation.refund.as_ref().map(Into::into),
        }),
        actions: OrderAction::legal(&order),
    })
}

/// Through whom the order came. A partner is called what its first key is called.
async fn partner(database: &Database, order: &Order) -> Result<Option<PartnerDto>, Problem> {
    let Some(partner) = order.partner() else {
        return Ok(None);
    };
    let key = database.partner_key(partner.id.first_key()).await.map_err(Problem::internal)?;
    Ok(Some(PartnerDto {
        id: partner.id.to_string(),
        name: key.map(|key| key.key.value.name.to_string()),
        reference: partner.reference.to_string(),
    }))
}

/// The order's tasks, of which the index may not have the latest.
async fn up_to_date(database: &Database, order: &Order, indexed: Vec<Task>) -> Result<Vec<Task>, Problem> {
    let open: BTreeSet<_> = indexed.iter().filter(|task| !task.status().is_final()).map(Task::id).collect();
    let doubtful = open.union(order.open_tasks()).copied().collect();
    let mut tasks: BTreeMap<_, _> = indexed.into_iter().map(|task| (task.id(), task)).collect();
    for task in database.tasks(&doubtful).await.map_err(Problem::internal)? {
        tasks.insert(task.id(), task);
    }
    Ok(tasks.into_values().collect())
}

/// An order's lines. Pieces that were sent are counted to the lines of their SKU in their order.
fn lines(order: &Order, sent: &BTreeMap<Sku, Quantity>) -> Vec<DeskOrderLine> {
    let mut left: BTreeMap<&Sku, u32> = sent.iter().map(|(sku, pieces)| (sku, pieces.get())).collect();
    let line = |line: &domain::OrderLine| {
        let left = left.get_mut(&line.sku);
        let shipped = left.map_or(0, |left| {
            let of_line = (*left).min(line.quantity.get());
            *left -= of_line;
            of_line
        });
        DeskOrderLine {
            sku: line.sku.to_string(),
            quantity: line.quantity.get(),
            title: line.title.clone(),
            variant_title: line.variant_title.clone(),
            unit_price: line.unit_price.into(),
            shipped,
        }
    };
    order.lines().iter().map(line).collect()
}

/// What nobody sends, and who could.
async fn unassigned(
    database: &Database,
    order: &Order,
    suppliers: &Suppliers,
) -> Result<Vec<UnassignedLine>, Problem> {
    if order.unassigned().is_empty() {
        return Ok(Vec::new());
    }
    let now = Timestamp::now();
    let situation = Situation::load(database, order.unassigned().keys(), now).await;
    let situation = situation.map_err(Problem::internal)?;
    let products = order.lines().iter().map(|line| (&line.sku, line.product_id));
    let rules = Rules { age_seconds: age(order, now), ..situation.rules(products) };
    let candidates = situation.candidates();
    let line = |(sku, pieces): (&Sku, &Quantity)| {
        let offering = candidates.iter().filter(|candidate| candidate.offer.sku == *sku);
        let mut offering: Vec<_> = offering.collect();
        offering.sort_by_key(|candidate| (candidate.offer.cost.amount(), candidate.supplier.id));
        UnassignedLine {
            sku: sku.to_string(),
            quantity: pieces.get(),
            title: order.lines().iter().find(|line| line.sku == *sku).map(|line| line.title.clone()),
            candidates: offering.into_iter().map(|one| candidate(one, *pieces, &rules, suppliers)).collect(),
        }
    };
    Ok(order.unassigned().iter().map(line).collect())
}

fn candidate(one: &Candidate, pieces: Quantity, rules: &Rules, suppliers: &Suppliers) -> LineCandidate {
    LineCandidate {
        supplier_id: one.supplier.id.to_string(),
        supplier_name: suppliers.name(one.supplier.id),
        cost: one.offer.cost.into(),
        lead_time_seconds: one.offer.lead_time_seconds,
        minimum: one.offer.minimum.get(),
        maximum: one.offer.maximum.get(),
        refusal: refusal(one, pieces, rules).map(Into::into),
    }
}

/// Why a candidate would not be chosen for these pieces, if it were asked alone.
fn refusal(one: &Candidate, pieces: Quantity, rules: &Rules) -> Option<Refusal> {
    let lines = [(one.offer.sku.clone(), pieces)];
    let planned = plan(&lines, std::slice::from_ref(one), rules);
    match planned.unroutable.first() {
        Some(left) => left.refusals.first().map(|(_, refusal)| *refusal),
        // It would have to be waited for.
        None if one.circuit == CircuitView::Open => Some(Refusal::CircuitOpen),
        None if planned.assignments.iter().any(|task| task.starts_in_seconds > 0) => {
            Some(Refusal::WindowClosed)
        }
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use domain::supplier::Window;
    use domain::{Currency, Money, Offer, Supplier, SupplierId, SupplierStatus};

    use super::*;

    fn one() -> Candidate {
        let supplier = Supplier::new(SupplierId::generate(), "Calder".into(), 1);
        let offer = Offer {
            supplier_id: supplier.id,
            sku: Sku::parse("A").unwrap(),
            code: "x".into(),
            cost: Money::new(100, Currency::Gbp),
            minimum: Quantity::parse(2).unwrap(),
            maximum: Quantity::parse(10).unwrap(),
            lead_time_seconds: 60,
            window: Window::default(),
        };
        Candidate { supplier, offer, circuit: CircuitView::Closed, budget_left: None }
    }

    #[test]
    fn each_candidate_is_told_why_it_is_not_chosen() {
        let told =
            |one: &Candidate, pieces| refusal(one, Quantity::parse(pieces).unwrap(), &Rules::default());
        let good = one();
        assert_eq!(told(&good, 5), None);
        assert_eq!(told(&good, 1), Some(Refusal::BelowMinimum));
        assert_eq!(told(&good, 11), Some(Refusal::AboveMaximum));
        let failing = Candidate { circuit: CircuitView::Open, ..one() };
        assert_eq!(told(&failing, 5), Some(Refusal::CircuitOpen));
        let poor = Candidate { budget_left: Some(Money::new(400, Currency::Gbp)), ..one() };
        assert_eq!(told(&poor, 5), Some(Refusal::BudgetSpent));
        let mut paused = one();
        paused.supplier.status = SupplierStatus::Paused;
        assert_eq!(told(&paused, 5), Some(Refusal::Paused));
        let mut early = one();
        early.offer.window = Window::parse(3_600, None).unwrap();
        assert_eq!(told(&early, 5), Some(Refusal::WindowClosed));
    }
}
