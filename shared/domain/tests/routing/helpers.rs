//! Candidates and what became of them.

use std::collections::BTreeMap;

use domain::circuit::CircuitView;
use domain::routing::{Candidate, Plan, Refusal, Rules, Strategy, Verdict, plan};
use domain::{Currency, Money, Offer, Quantity, Sku, Supplier, SupplierId, Window};

pub fn quantity(n: i64) -> Quantity {
    Quantity::parse(n).unwrap()
}

pub fn sku(text: &str) -> Sku {
    Sku::parse(text).unwrap()
}

pub fn pence(amount: i64) -> Money {
    Money::new(amount, Currency::Gbp)
}

/// A supplier of priority 1 that offers `A` at one penny each, in any number, within a minute.
pub fn supplier() -> Candidate {
    let id = SupplierId::generate();
    let offer = Offer {
        supplier_id: id,
        sku: sku("A"),
        code: "X-A".into(),
        cost: pence(1),
        minimum: Quantity::ONE,
        maximum: quantity(i64::from(Quantity::MAX)),
        lead_time_seconds: 60,
        window: Window::default(),
    };
    Candidate {
        supplier: Supplier::new(id, "Northgate".into(), 1),
        offer,
        circuit: CircuitView::Closed,
        budget_left: None,
    }
}

pub trait With: Sized {
    fn priority(self, priority: u32) -> Self;
    fn cost(self, cost: i64) -> Self;
    fn takes(self, minimum: i64, maximum: i64) -> Self;
    fn lead_time(self, seconds: u32) -> Self;
    fn window(self, from: i64, until: Option<i64>) -> Self;
    fn circuit(self, circuit: CircuitView) -> Self;
    fn budget(self, left: i64) -> Self;
    fn offering(self, sku: &str) -> Self;
}

impl With for Candidate {
    fn priority(mut self, priority: u32) -> Self {
        self.supplier.priority = priority;
        self
    }

    fn cost(mut self, cost: i64) -> Self {
        self.offer.cost = pence(cost);
        self
    }

    fn takes(mut self, minimum: i64, maximum: i64) -> Self {
        (self.offer.minimum, self.offer.maximum) = (quantity(minimum), quantity(maximum));
        self
    }

    fn lead_time(mut self, seconds: u32) -> Self {
        self.offer.lead_time_seconds = seconds;
        self
    }

    fn window(mut self, from: i64, until: Option<i64>) -> Self {
        self.offer.window = Window::parse(from, until).unwrap();
        self
    }

    fn circuit(mut self, circuit: CircuitView) -> Self {
        self.circuit = circuit;
        self
    }

    fn budget(mut self, left: i64) -> Self {
        self.budget_left = Some(pence(left));
        self
    }

    fn offering(mut self, text: &str) -> Self {
        self.offer.sku = sku(text);
        self
    }
}

pub fn by(strategy: Strategy) -> Rules {
    Rules { default: strategy, ..Rules::default() }
}

/// The plan for so many pieces of `A`.
pub fn plan_a(pieces: i64, candidates: &[&Candidate], rules: &Rules) -> Plan {
    let candidates: Vec<_> = candidates.iter().map(|candidate| (*candidate).clone()).collect();
    plan(&[(sku("A"), quantity(pieces))], &candidates, rules)
}

/// How many pieces each candidate sends, in the order of the candidates.
pub fn shares(plan: &Plan, candidates: &[&Candidate]) -> Vec<u32> {
    let mut sums: BTreeMap<SupplierId, u32> = BTreeMap::new();
    for assignment in &plan.assignments {
        let pieces: u32 = assignment.items.iter().map(|(_, pieces)| pieces.get()).sum();
        *sums.entry(assignment.supplier_id).or_default() += pieces;
    }
    candidates.iter().map(|candidate| sums.get(&candidate.supplier.id).copied().unwrap_or_default()).collect()
}

/// How many pieces of `A` each candidate sends, in the order of the candidates.
pub fn share_a(pieces: i64, candidates: &[&Candidate], rules: &Rules) -> Vec<u32> {
    shares(&plan_a(pieces, candidates, rules), candidates)
}

/// What the plan says of each candidate, in the order of the candidates.
pub fn verdicts(plan: &Plan, candidates: &[&Candidate]) -> Vec<Verdict> {
    let why = &plan.assignments[0].why[0];
    let verdict = |candidate: &&Candidate| {
        let mut found = why.considered.iter().filter(|seen| seen.supplier_id == candidate.supplier.id);
        found.next().unwrap().verdict
    };
    candidates.iter().map(verdict).collect()
}

/// Why each candidate cannot send what nobody sends, in the order of the candidates.
pub fn refusals(plan: &Plan, candidates: &[&Candidate]) -> Vec<Refusal> {
    let refusals: BTreeMap<_, _> = plan.unroutable[0].refusals.iter().copied().collect();
    candidates.iter().map(|candidate| refusals[&candidate.supplier.id]).collect()
}
