//! Tasks as those who look after them see them.

use domain::budget::Reservation;
use domain::task::{Attempt, NEVER_DUE, TaskItem};
use domain::{Order, Task};
use jiff::Timestamp;
use serde::Serialize;
use store::tasks::next_look;
use utoipa::ToSchema;
use web::MoneyDto;

use super::{Suppliers, may_be_ended};
use crate::why::WhyDto;

/// One article of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TaskItem)]
pub struct TaskItemDto {
    /// Our SKU.
    #[schema(example = "HT-CLAW-16")]
    sku: String,
    /// What the order calls it; null in lists.
    title: Option<String>,
    /// How many pieces are to be sent.
    quantity: u32,
    /// The supplier's own code for it.
    code: String,
    /// What one piece costs, as the offer says.
    unit_cost: MoneyDto,
    /// How many pieces were sent.
    delivered: u32,
}

/// A task in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Task)]
pub struct TaskRow {
    /// The task's id.
    #[schema(example = "tsk_01JD0000000000000000000000")]
    id: String,
    /// The order it is a part of.
    #[schema(example = "ord_01JD0000000000000000000000")]
    order_id: String,
    /// What people call the order.
    order_number: String,
    /// Who is to do it.
    #[schema(example = "sup_01JD0000000000000000000000")]
    supplier_id: String,
    /// The supplier's name.
    supplier_name: String,
    /// `planned`, `submitting`, `submitted`, `inProgress`, `overdue`, `completed`, `rejected`, `cancelled` or `failed`.
    #[schema(value_type = String, example = "submitted")]
    status: &'static str,
    /// What is to be sent.
    items: Vec<TaskItemDto>,
    /// How often it was tried to place it.
    attempts: u32,
    /// Why it went wrong, where it did.
    reason: Option<String>,
    /// When it was planned.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When the desk looks at it again; null where it does not.
    #[schema(value_type = Option<String>, format = DateTime)]
    attention_at: Option<Timestamp>,
}

/// Something that happened to a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = TaskAttempt)]
pub struct AttemptDto {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// `postponed`, `notPlaced`, `inDoubt`, `placed`, `rejected`, `overdue`, `completed`, `cancelled` or `failed`.
    #[schema(value_type = String, example = "placed")]
    outcome: &'static str,
    /// Why, where there is a reason.
    reason: Option<String>,
}

/// What may be done about a task by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum TaskAction {
    /// Say what was sent.
    Complete,
    /// Say that it cannot be done.
    Refuse,
}

/// A task with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TaskDetail {
    /// As it is listed.
    #[serde(flatten)]
    row: TaskRow,
    /// The supplier's name for it, once the supplier has it.
    supplier_reference: Option<String>,
    /// Whether the supplier may have it although nobody knows.
    in_doubt: bool,
    /// How many seconds the supplier needs from order to shipment.
    lead_time_seconds: u32,
    /// Before when the supplier is not called to place it.
    #[schema(value_type = Option<String>, format = DateTime)]
    not_before: Option<Timestamp>,
    /// When the supplier is asked about it.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_poll_at: Option<Timestamp>,
    /// The supplier's word for where it stands, while that has no meaning here.
    unknown_state: Option<String>,
    /// What is kept for it of the supplier's budget.
    reserved: Option<MoneyDto>,
    /// What the supplier charges for all of it, if it said so.
    cost: Option<MoneyDto>,
    /// Why this supplier has it, for each article; empty where a person chose it.
    why: Vec<WhyDto>,
    /// What happened to it, the oldest first; the last twenty entries.
    history: Vec<AttemptDto>,
    /// What may be done by hand.
    actions: Vec<TaskAction>,
}

impl TaskRow {
    /// A task of an order, as it is listed.
    pub(crate) fn of(task: &Task, order: Option<&Order>, suppliers: &Suppliers) -> Self {
        let title = |item: &TaskItem| {
            let line = order?.lines().iter().find(|line| line.sku == item.sku)?;
            Some(line.title.clone())
        };
        let item = |item: &TaskItem| TaskItemDto {
            sku: item.sku.to_string(),
            title: title(item),
            quantity: item.quantity.get(),
            code: item.code.clone(),
            unit_cost: item.unit_cost.into(),
            delivered: item.delivered,
        };
        let never_due = task.placed_at().is_some_and(|at| at + NEVER_DUE == task.attention_at());
        let looked_after = !task.status().is_final() && !never_due;
        Self {
            id: task.id().to_string(),
            order_id: task.order_id().to_string(),
            order_number: task.order_id().number(),
            supplier_id: task.supplier_id().to_string(),
            supplier_name: suppliers.name(task.supplier_id()),
            status: task.status().name(),
            items: task.items().iter().map(item).collect(),
            attempts: task.attempts(),
            reason: task.reason().map(str::to_owned),
            created_at: task.created_at(),
            attention_at: looked_after.then(|| next_look(task)),
        }
    }
}

impl TaskDetail {
    /// A task of an order.
    pub(crate) fn of(task: &Task, order: &Order, suppliers: &Suppliers) -> Self {
        let attempt = |attempt: &Attempt| AttemptDto {
            at: attempt.at,
            outcome: attempt.outcome.name(),
            reason: attempt.reason.clone(),
        };
        let may = may_be_ended(task, suppliers.is_by_hand(task.supplier_id()));
        let name = |supplier| suppliers.name(supplier);
        Self {
            row: TaskRow::of(task, Some(order), suppliers),
            supplier_reference: task.supplier_reference().map(str::to_owned),
            in_doubt: task.in_doubt(),
            lead_time_seconds: task.lead_time_seconds(),
            not_before: task.not_before(),
            next_poll_at: task.next_poll_at(),
            unknown_state: task.unknown_state().map(str::to_owned),
            reserved: task.reserved().map(|Reservation { amount, .. }| amount.into()),
            cost: task.cost().map(Into::into),
            why: task.why().iter().map(|why| WhyDto::of(why, &name)).collect(),
            history: task.history().iter().map(attempt).collect(),
            actions: if may { vec![TaskAction::Complete, TaskAction::Refuse] } else { vec![] },
        }
    }
}
