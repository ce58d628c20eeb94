//! Where an order would go, as staff see it.

use domain::routing::{Assignment, Plan, Unroutable};
use domain::{Currency, Money, MoneyError, Offer, Quantity, SupplierId};
use serde::Serialize;
use utoipa::ToSchema;
use web::MoneyDto;

use crate::why::WhyDto;
use crate::words::RefusalDto;

/// What a supplier would send of a SKU.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SimulatedItem {
    /// The SKU.
    sku: String,
    /// The supplier's code for it.
    code: String,
    /// How many pieces.
    quantity: u32,
    /// What one piece would cost.
    unit_cost: MoneyDto,
    /// What all of them would cost.
    cost: MoneyDto,
}

/// What one supplier would send.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SimulatedTask {
    /// Who.
    supplier_id: String,
    /// What it is called.
    supplier_name: String,
    /// In how many seconds it would be asked.
    starts_in_seconds: u32,
    /// How many seconds it would need from then.
    lead_time_seconds: u32,
    /// What it would cost.
    cost: MoneyDto,
    /// What it would send.
    items: Vec<SimulatedItem>,
    /// Why it, for each SKU.
    why: Vec<WhyDto>,
}

/// Why a supplier cannot send something.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SimulatedRefusal {
    /// Who.
    supplier_id: String,
    /// What it is called.
    supplier_name: String,
    /// Why not.
    refusal: RefusalDto,
}

/// What nobody can send.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SimulatedRest {
    /// The SKU.
    sku: String,
    /// How many pieces.
    quantity: u32,
    /// Why each supplier that offers it cannot; nobody offers it where this is empty.
    refusals: Vec<SimulatedRefusal>,
}

/// Where an order would go.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RoutingSimulation {
    /// One for each task.
    assignments: Vec<SimulatedTask>,
    /// What nobody can send.
    unroutable: Vec<SimulatedRest>,
    /// What all of it would cost.
    cost: MoneyDto,
}

/// What a plan means, with the suppliers' names.
pub(crate) fn of(
    plan: Plan,
    currency: Currency,
    name: &impl Fn(SupplierId) -> String,
) -> Result<RoutingSimulation, MoneyError> {
    let mut total = Money::zero(currency);
    let mut assignments = Vec::new();
    for assignment in plan.assignments {
        let (task, cost) = task(assignment, currency, name)?;
        total = total.plus(cost)?;
        assignments.push(task);
    }
    let rest = |rest: Unroutable| SimulatedRest {
        sku: rest.sku.to_string(),
        quantity: rest.quantity.get(),
        refusals: rest
            .refusals
            .into_iter()
            .map(|(id, refusal)| SimulatedRefusal {
                supplier_id: id.to_string(),
                supplier_name: name(id),
                refusal: refusal.into(),
            })
            .collect(),
    };
    let unroutable = plan.unroutable.into_iter().map(rest).collect();
    Ok(RoutingSimulation { assignments, unroutable, cost: total.into() })
}

fn task(
    assignment: Assignment,
    currency: Currency,
    name: &impl Fn(SupplierId) -> String,
) -> Result<(SimulatedTask, Money), MoneyError> {
    let mut total = Money::zero(currency);
    let mut items = Vec::new();
    for (offer, quantity) in &assignment.items {
        let cost = offer.cost.times(*quantity)?;
        total = total.plus(cost)?;
        items.push(item(offer, *quantity, cost));
    }
    let lead_time = assignment.items.iter().map(|(offer, _)| offer.lead_time_seconds).max();
    let task = SimulatedTask {
        supplier_id: assignment.supplier_id.to_string(),
        supplier_name: name(assignment.supplier_id),
        starts_in_seconds: assignment.starts_in_seconds,
        lead_time_seconds: lead_time.unwrap_or_default(),
        cost: total.into(),
        items,
        why: assignment.why.iter().map(|why| WhyDto::of(why, name)).collect(),
    };
    Ok((task, total))
}

fn item(offer: &Offer, quantity: Quantity, cost: Money) -> SimulatedItem {
    SimulatedItem {
        sku: offer.sku.to_string(),
        code: offer.code.clone(),
        quantity: quantity.get(),
        unit_cost: offer.cost.into(),
        cost: cost.into(),
    }
}

#[cfg(test)]
mod tests {
    use domain::circuit::CircuitView;
    use domain::routing::{Candidate, Rules, plan};
    use domain::supplier::{SupplierStatus, Window};
    use domain::{Sku, Supplier};
    use serde_json::json;

    use super::*;

    #[test]
    fn a_plan_is_told_with_names_costs_and_reasons() {
        let sku = Sku::parse("A").unwrap();
        let candidate = |priority, status| {
            let mut supplier =
                Supplier::new(SupplierId::generate(), format!("Supplier {priority}"), priority);
            supplier.status = status;
            let offer = Offer {
                supplier_id: supplier.id,
                sku: sku.clone(),
                code: "x".into(),
                cost: Money::new(250, Currency::Gbp),
                minimum: Quantity::ONE,
                maximum: Quantity::parse(10).unwrap(),
                lead_time_seconds: 60,
                window: Window::default(),
            };
            Candidate { supplier, offer, circuit: CircuitView::Closed, budget_left: None }
        };
        let candidates = [candidate(1, SupplierStatus::Paused), candidate(2, SupplierStatus::Active)];
        let name = |id| candidates.iter().find(|c| c.supplier.id == id).unwrap().supplier.name.clone();
        let simulate = |pieces| {
            let lines = [(sku.clone(), Quantity::parse(pieces).unwrap())];
            let plan = plan(&lines, &candidates, &Rules::default());
            serde_json::to_value(of(plan, Currency::Gbp, &name).unwrap()).unwrap()
        };
        let told = simulate(3);
        assert_eq!(told["cost"]["amount"], 750);
        let task = &told["assignments"][0];
        assert_eq!((&task["supplierName"], &task["leadTimeSeconds"]), (&json!("Supplier 2"), &json!(60)));
        assert_eq!(task["items"][0]["unitCost"]["amount"], 250);
        let considered = task["why"][0]["considered"].as_array().unwrap();
        let paused = considered.iter().find(|c| c["supplierName"] == "Supplier 1").unwrap();
        assert_eq!((&paused["verdict"], &paused["refusal"]), (&json!("refused"), &json!("paused")));
        let told = simulate(11);
        assert_eq!(told["assignments"], json!([]));
        assert_eq!(told["unroutable"][0]["refusals"].as_array().unwrap().len(), 2);
    }
}
