//! What must be true at the end, whatever went wrong on the way.

use std::collections::{BTreeMap, BTreeSet};

use domain::{OrderId, OrderStatus, SupplierId, TaskStatus};

use super::books::{OrderEntry, SupplierEntry, TaskEntry};
use super::sampler::Peak;

/// All orders that were placed: each is fulfilled, or needs a person for a reason; nothing is lost on the way, nothing sent
/// twice, nothing said twice.
#[must_use]
pub fn orders(placed: &BTreeSet<OrderId>, found: &[OrderEntry]) -> Vec<String> {
    let mut wrong = Vec::new();
    let known: BTreeSet<OrderId> = found.iter().map(|order| order.id).collect();
    wrong.extend(placed.difference(&known).map(|id| format!("{id} was placed and is not there")));
    for order in found {
        wrong.extend(order_faults(order).into_iter().map(|fault| format!("{}: {fault}", order.id)));
    }
    wrong
}

fn order_faults(order: &OrderEntry) -> Vec<String> {
    let mut wrong = Vec::new();
    match (order.status, &order.attention) {
        (OrderStatus::Fulfilled, _) => {}
        (OrderStatus::NeedsAttention, Some(reason)) if !reason.trim().is_empty() => {}
        (OrderStatus::NeedsAttention, _) => wrong.push("needs attention without a reason".into()),
        (status, _) => wrong.push(format!("is {status}")),
    }
    if order.open_tasks > 0 {
        wrong.push(format!("waits for {} tasks", order.open_tasks));
    }
    wrong.extend(order.repeated.iter().map(|event| format!("{event} happened more than once")));
    let delivered = order.delivered();
    for (sku, ordered) in &order.ordered {
        let sent = delivered.get(sku).copied().unwrap_or_default();
        let left = order.unassigned.get(sku).copied().unwrap_or_default();
        if sent + left != *ordered {
            wrong.push(format!("{ordered} × {sku} ordered, {sent} sent, {left} left for a person"));
        }
    }
    if order.status == OrderStatus::Fulfilled && !order.unassigned.is_empty() {
        wrong.push("is fulfilled with pieces left for a person".into());
    }
    for task in &order.tasks {
        if !task.status.is_final() {
            wrong.push(format!("task {} is {}", task.id, task.status));
        }
        if task.is_reserved {
            wrong.push(format!("money is still kept for task {}", task.id));
        }
    }
    wrong
}

/// A supplier: it has nothing twice, and what it has is what we know; what it charges is what its tasks cost and what its
/// budgets say was spent; nothing is reserved any more, and no limit was ever passed.
#[must_use]
pub fn supplier(supplier: &SupplierEntry, peak: Peak, orders: &[OrderEntry]) -> Vec<String> {
    let mut wrong = Vec::new();
    let tasks: BTreeMap<&str, &TaskEntry> =
        tasks_of(supplier.id, orders).map(|task| (task.id.as_str(), task)).collect();
    let memory = &supplier.memory;
    if !memory.duplicates.is_empty() {
        wrong.push(format!("has orders twice: {}", memory.duplicates.join(", ")));
    }
    let mut sent: BTreeMap<&str, u64> = BTreeMap::new();
    for order in memory.orders.iter().filter(|order| order.delivered() > 0) {
        *sent.entry(order.task()).or_default() += order.delivered();
    }
    for (task, pieces) in &sent {
        match tasks.get(task) {
            None => wrong.push(format!("sends {pieces} pieces for {task}, which no order has")),
            Some(known) if known.status != TaskStatus::Completed => {
                wrong.push(format!("sends {pieces} pieces for {task}, which is {}", known.status));
            }
            Some(known) if known.pieces() != *pieces => {
                wrong.push(format!("sends {pieces} pieces for {task}, of which we know {}", known.pieces()));
            }
            Some(_) => {}
        }
    }
    let unsent = tasks.values().filter(|task| task.pieces() > 0 && !sent.contains_key(task.id.as_str()));
    wrong.extend(unsent.map(|task| format!("does not send what task {} says that it does", task.id)));
    let cost: i64 = tasks.values().map(|task| task.cost).sum();
    let (charged, spent) = (memory.charged, supplier.tally.spent);
    if cost != charged || spent != charged {
        wrong.push(format!("charges {charged}, the tasks cost {cost}, the budgets say {spent}"));
    }
    if supplier.tally.reserved != 0 {
        wrong.push(format!("{} is still reserved", supplier.tally.reserved));
    }
    if peak.wrong > 0 {
        wrong.push(format!("a budget was above its limit in {} looks", peak.wrong));
    }
    wrong.into_iter().map(|fault| format!("{}: {fault}", supplier.name)).collect()
}

/// The tasks of a supplier.
pub fn tasks_of(supplier: SupplierId, orders: &[OrderEntry]) -> impl Iterator<Item = &TaskEntry> {
    orders.iter().flat_map(|order| &order.tasks).filter(move |task| task.supplier == supplier)
}

/// Queues that are not empty.
#[must_use]
pub fn queues(depths: &BTreeMap<String, u64>) -> Vec<String> {
    let left = depths.iter().filter(|(_, depth)| **depth > 0);
    left.map(|(queue, depth)| format!("{depth} messages are left in {queue}")).collect()
}

#[cfg(test)]
mod tests {
    use domain::{Sku, Tally};

    use super::*;
    use crate::chaos::machine::{Memory, SimulatedItem, SimulatedOrder};
    use crate::chaos::sampler::Limits;

    /// How something is spoilt, and what is found then.
    type Spoilt<T> = (fn(&mut T), &'static str);

    fn pieces(of: &[(&str, u64)]) -> BTreeMap<Sku, u64> {
        of.iter().map(|(sku, pieces)| (Sku::parse(sku).unwrap(), *pieces)).collect()
    }

    fn task(id: &str, supplier: SupplierId, delivered: &[(&str, u64)], cost: i64) -> TaskEntry {
        TaskEntry {
            id: id.into(),
            supplier,
            status: TaskStatus::Completed,
            delivered: pieces(delivered),
            cost,
            is_reserved: false,
        }
    }

    fn order(tasks: Vec<TaskEntry>) -> OrderEntry {
        OrderEntry {
            id: OrderId::generate(),
            status: OrderStatus::Fulfilled,
            attention: None,
            ordered: pieces(&[("A", 3), ("B", 1)]),
            unassigned: BTreeMap::new(),
            open_tasks: 0,
            tasks,
            repeated: BTreeSet::new(),
        }
    }

    fn good(supplier: SupplierId) -> OrderEntry {
        order(vec![task("tsk_1", supplier, &[("A", 3)], 300), task("tsk_2", supplier, &[("B", 1)], 50)])
    }

    fn taken(reference: &str, delivered: u64) -> SimulatedOrder {
        SimulatedOrder { reference: reference.into(), items: vec![SimulatedItem { delivered }] }
    }

    fn entry(id: SupplierId) -> SupplierEntry {
        let orders = vec![taken("tsk_1/1", 2), taken("tsk_1/2", 1), taken("tsk_2", 1), taken("tsk_3", 0)];
        SupplierEntry {
            id,
            name: "Northgate".into(),
            protocol: "panel",
            limits: Limits::default(),
            tally: Tally { reserved: 0, spent: 350 },
            memory: Memory { orders, charged: 350, ..Memory::default() },
        }
    }

    #[test]
    fn a_clean_run_has_no_faults() {
        let id = SupplierId::generate();
        let all = [good(id)];
        assert_eq!(orders(&BTreeSet::from([all[0].id]), &all), [""; 0]);
        assert_eq!(supplier(&entry(id), Peak::default(), &all), [""; 0]);
        assert_eq!(queues(&BTreeMap::from([("Sync".into(), 0)])), [""; 0]);
    }

    #[test]
    fn an_order_that_is_lost_stuck_short_or_doubled_is_a_fault() {
        let id = SupplierId::generate();
        let lost = OrderId::generate();
        assert_eq!(orders(&BTreeSet::from([lost]), &[]), [format!("{lost} was placed and is not there")]);
        let cases: [Spoilt<OrderEntry>; 8] = [
            (|order| order.status = OrderStatus::Paid, "is paid"),
            (|order| order.status = OrderStatus::NeedsAttention, "without a reason"),
            (|order| order.open_tasks = 1, "waits for 1 tasks"),
            (|order| order.tasks[0].delivered = pieces(&[("A", 2)]), "3 × A ordered, 2 sent, 0 left"),
            (|order| order.tasks.push(order.tasks[0].clone()), "3 × A ordered, 6 sent, 0 left"),
            (|order| order.tasks[1].status = TaskStatus::Overdue, "task tsk_2 is overdue"),
            (|order| order.tasks[1].is_reserved = true, "money is still kept for task tsk_2"),
            (|order| order.repeated = BTreeSet::from(["OrderPaid"]), "OrderPaid happened more than once"),
        ];
        for (spoil, fault) in cases {
            let mut spoilt = good(id);
            spoil(&mut spoilt);
            let found = orders(&BTreeSet::new(), &[spoilt]);
            assert!(found.iter().any(|found| found.contains(fault)), "{fault}: {found:?}");
        }
    }

    #[test]
    fn what_a_person_must_decide_is_no_fault_with_a_reason() {
        let id = SupplierId::generate();
        let mut stuck = order(vec![task("tsk_1", id, &[("A", 1)], 100)]);
        stuck.status = OrderStatus::NeedsAttention;
        stuck.attention = Some("Nobody has any.".into());
        stuck.unassigned = pieces(&[("A", 2), ("B", 1)]);
        assert_eq!(orders(&BTreeSet::new(), &[stuck]), [""; 0]);
    }

    #[test]
    fn what_a_supplier_has_otherwise_than_we_know_is_a_fault() {
        let id = SupplierId::generate();
        let cases: [Spoilt<SupplierEntry>; 7] = [
            (|entry| entry.memory.duplicates = vec!["tsk_1/1".into()], "has orders twice: tsk_1/1"),
            (
                |entry| entry.memory.orders.push(taken("tsk_9", 4)),
                "sends 4 pieces for tsk_9, which no order has",
            ),
            (
                |entry| entry.memory.orders.push(taken("tsk_2", 1)),
                "sends 2 pieces for tsk_2, of which we know 1",
            ),
            (|entry| entry.memory.orders.truncate(2), "does not send what task tsk_2 says"),
            (|entry| entry.memory.charged = 351, "charges 351, the tasks cost 350, the budgets say 350"),
            (|entry| entry.tally.spent = 349, "charges 350, the tasks cost 350, the budgets say 349"),
            (|entry| entry.tally.reserved = 1, "1 is still reserved"),
        ];
        for (spoil, fault) in cases {
            let mut spoilt = entry(id);
            spoil(&mut spoilt);
            let found = supplier(&spoilt, Peak::default(), &[good(id)]);
            assert!(found.iter().any(|found| found.contains(fault)), "{fault}: {found:?}");
        }
        let above = Peak { wrong: 2, ..Peak::default() };
        let found = supplier(&entry(id), above, &[good(id)]);
        assert_eq!(found, ["Northgate: a budget was above its limit in 2 looks"]);
        let mut cancelled = good(id);
        cancelled.tasks[1].status = TaskStatus::Cancelled;
        let found = supplier(&entry(id), Peak::default(), &[cancelled]);
        assert!(found[0].contains("sends 1 pieces for tsk_2, which is cancelled"), "{found:?}");
    }

    #[test]
    fn a_message_that_is_left_is_a_fault() {
        let depths = BTreeMap::from([("Sync".into(), 2), ("Planning".into(), 0)]);
        assert_eq!(queues(&depths), ["2 messages are left in Sync"]);
    }
}
