//! Who sends what: the routing rule applied to suppliers, offers, circuits and budgets as of now.

use std::collections::{BTreeMap, BTreeSet};

use domain::routing::{Assignment, Candidate, Rules, Unroutable, plan, seed_of};
use domain::task::NewTask;
use domain::{
    Budget, Circuit, CircuitView, Money, Offer, Order, OrderId, ProductId, Quantity, Sku, SupplierId, Task,
    TaskItem,
};
use futures::{StreamExt, TryStreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use store::budget::BudgetUsage;
use store::routing::Routing;
use store::suppliers::SupplierRecord;
use store::{Database, StoreError};

use crate::DISPATCH_PATIENCE;

/// How many SKUs' offers are read at once.
const PARALLEL_READS: usize = 16;

/// All that decides where goods come from.
#[derive(Debug, Clone)]
pub struct Situation {
    suppliers: BTreeMap<SupplierId, SupplierRecord>,
    offers: Vec<Offer>,
    circuits: BTreeMap<SupplierId, Circuit>,
    usage: BTreeMap<SupplierId, BudgetUsage>,
    routing: Routing,
    now: Timestamp,
}

impl Situation {
    /// How things stand for these SKUs.
    pub async fn load(
        database: &Database,
        skus: impl IntoIterator<Item = &Sku>,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let skus: BTreeSet<_> = skus.into_iter().collect();
        // Gathered first: as a lazy iterator, the reads could not be awaited in a handler of a route.
        let reads: Vec<_> = skus.into_iter().map(|sku| database.offers_of(sku)).collect();
        let offers = stream::iter(reads).buffer_unordered(PARALLEL_READS).try_collect::<Vec<_>>();
        let (suppliers, offers, routing) =
            futures::future::try_join3(database.suppliers(), offers, database.routing()).await?;
        let suppliers: BTreeMap<_, _> =
            suppliers.into_iter().map(|record| (record.value.supplier.id, record.value)).collect();
        let mut offers: Vec<_> = offers.into_iter().flatten().collect();
        offers.retain(|offer| suppliers.contains_key(&offer.supplier_id));
        let asked: BTreeSet<_> = offers.iter().map(|offer| offer.supplier_id).collect();
        let (circuits, usage) = futures::future::try_join(
            database.circuits(asked.iter().copied()),
            database.budget_usage(asked.iter().copied(), now),
        )
        .await?;
        Ok(Self { suppliers, offers, circuits, usage, routing: routing.value, now })
    }

    /// Everybody who offers any of the SKUs.
    #[must_use]
    pub fn candidates(&self) -> Vec<Candidate> {
        let candidate = |offer: &Offer| {
            let supplier = self.suppliers.get(&offer.supplier_id)?.supplier.clone();
            let circuit = self.circuit(supplier.id);
            let budget_left = self.budget_left(supplier.id, supplier.budget);
            Some(Candidate { supplier, offer: offer.clone(), circuit, budget_left })
        };
        self.offers.iter().filter_map(candidate).collect()
    }

    /// Whether a supplier is called at present.
    #[must_use]
    pub fn circuit(&self, supplier: SupplierId) -> CircuitView {
        self.circuits.get(&supplier).copied().unwrap_or_default().view(self.now)
    }

    fn budget_left(&self, supplier: SupplierId, budget: Budget) -> Option<Money> {
        let usage = self.usage.get(&supplier).copied().unwrap_or_default();
        budget.left(usage.day, usage.month)
    }

    /// The rules for SKUs of these products. Nobody is excluded, the order was paid just now, and lots are drawn with 0.
    #[must_use]
    pub fn rules<'a>(&self, products: impl IntoIterator<Item = (&'a Sku, ProductId)>) -> Rules {
        let strategy = |(sku, product): (&Sku, ProductId)| {
            self.routing.products.get(&product).map(|strategy| (sku.clone(), *strategy))
        };
        Rules {
            default: self.routing.default,
            by_sku: products.into_iter().filter_map(strategy).collect(),
            ..Rules::default()
        }
    }

    /// A supplier's name.
    #[must_use]
    pub fn name(&self, supplier: SupplierId) -> String {
        let record = self.suppliers.get(&supplier);
        record.map_or_else(|| supplier.to_string(), |record| record.supplier.name.clone())
    }
}

/// What happened before to the pieces that are planned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// Who had them and did not send them.
    pub tried: Vec<SupplierId>,
    /// How often they were given to somebody else already.
    pub replacements: u32,
}

impl Past {
    /// What a task leaves to its successors.
    #[must_use]
    pub fn of(task: &Task) -> Self {
        Self { tried: task.tried().collect(), replacements: task.replacements() + 1 }
    }
}

/// New tasks, and what nobody can send.
#[derive(Debug, Clone)]
pub struct Tasks {
    /// The tasks, not yet stored.
    pub tasks: Vec<Task>,
    /// What nobody can send.
    pub unroutable: Vec<Unroutable>,
    /// What they were made from.
    pub situation: Situation,
}

impl Tasks {
    /// The pieces that nobody can send.
    #[must_use]
    pub fn left(&self) -> Vec<(Sku, Quantity)> {
        self.unroutable.iter().map(|left| (left.sku.clone(), left.quantity)).collect()
    }

    /// Whether all of it can be sent, and nobody has to be waited for.
    #[must_use]
    pub fn can_begin(&self, now: Timestamp) -> bool {
        let at_once = |task: &Task| {
            task.not_before().is_none_or(|at| at <= now)
                && self.situation.circuit(task.supplier_id()) == CircuitView::Closed
        };
        self.unroutable.is_empty() && self.tasks.iter().all(at_once)
    }
}

/// Plans tasks for `lines` (each SKU once) of an order, leaving out the suppliers that were tried.
pub async fn tasks_for(
    database: &Database,
    order: &Order,
    lines: &[(Sku, Quantity)],
    past: &Past,
    now: Timestamp,
) -> Result<Tasks, StoreError> {
    let situation = Situation::load(database, lines.iter().map(|(sku, _)| sku), now).await?;
    let products = order.lines().iter().map(|line| (&line.sku, line.product_id));
    let rules = Rules {
        excluded: past.tried.iter().copied().collect(),
        age_seconds: age(order, now),
        seed: seed_of(order.id()),
        ..situation.rules(products)
    };
    let plan = plan(lines, &situation.candidates(), &rules);
    let tasks =
        plan.assignments.into_iter().map(|assignment| task(order.id(), assignment, past, now)).collect();
    Ok(Tasks { tasks, unroutable: plan.unroutable, situation })
}

/// How many seconds ago an order was paid; none where it is not paid.
#[must_use]
pub fn age(order: &Order, now: Timestamp) -> u32 {
    let paid = order.paid_at().map_or(SignedDuration::ZERO, |paid_at| now.duration_since(paid_at));
    u32::try_from(paid.as_secs().max(0)).unwrap_or(u32::MAX)
}

/// The task of an assignment.
#[must_use]
pub fn task(order_id: OrderId, assignment: Assignment, past: &Past, now: Timestamp) -> Task {
    let lead_time_seconds =
        assignment.items.iter().map(|(offer, _)| offer.lead_time_seconds).max().unwrap_or_default();
    let item = |(offer, quantity): (Offer, Quantity)| TaskItem {
        sku: offer.sku,
        code: offer.code,
        quantity,
        unit_cost: offer.cost,
        delivered: 0,
    };
    let starts_in = SignedDuration::from_secs(i64::from(assignment.starts_in_seconds));
    let not_before = (!starts_in.is_zero()).then(|| now + starts_in);
    let new = NewTask {
        order_id,
        supplier_id: assignment.supplier_id,
        items: assignment.items.into_iter().map(item).collect(),
        tried: past.tried.clone(),
        replacements: past.replacements,
        why: assignment.why,
        lead_time_seconds,
        not_before,
        attention_at: not_before.unwrap_or(now) + DISPATCH_PATIENCE,
    };
    Task::plan(new, now).with_trace(telemetry::trace::current())
}
