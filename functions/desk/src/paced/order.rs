//! A paced order as staff see it.

use ::orders::dto::AddressDto;
use domain::PacedOrder;
use domain::pacing::{Instalment, PacedStatus, StatusChange};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Versioned;
use store::paced_orders::ReleasedInstalment;
use utoipa::ToSchema;
use web::MoneyDto;

use super::MAX_SHOWN;
use super::plan::PlanDto;

/// Where a paced order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PacedStatus)]
pub enum PacedStatusDto {
    /// Instalments are released when they are due.
    Running,
    /// None is, until somebody lets it go on.
    Paused,
    /// All were. Final.
    Finished,
    /// Somebody ended it before that. Final.
    Stopped,
}

impl From<PacedStatus> for PacedStatusDto {
    fn from(status: PacedStatus) -> Self {
        match status {
            PacedStatus::Running => Self::Running,
            PacedStatus::Paused => Self::Paused,
            PacedStatus::Finished => Self::Finished,
            PacedStatus::Stopped => Self::Stopped,
        }
    }
}

/// A row of the list of paced orders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PacedOrderRow {
    /// Its id.
    #[schema(example = "pcd_01JD0000000000000000000000")]
    id: String,
    /// What people call it.
    #[schema(example = "Nails for the site")]
    name: String,
    /// What is released.
    #[schema(example = "NAIL-50")]
    sku: String,
    /// What that is called; null where there is no such article any more.
    title: Option<String>,
    /// Where it stands.
    status: PacedStatusDto,
    /// How many pieces were released.
    released: u64,
    /// How many pieces there are in all; null where it has no end.
    quantity: Option<u64>,
    /// What was spent, at the prices of when it was released.
    spent: MoneyDto,
    /// When the next instalment is released; null while none is to be. In the past while it waits.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_at: Option<Timestamp>,
    /// When the last one is released; null where it has no end, or is over.
    #[schema(value_type = Option<String>, format = DateTime)]
    ends_at: Option<Timestamp>,
    /// Why the instalment that is due is not released: a sentence; null where none waits.
    waiting: Option<String>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// The number of its latest change.
    version: u64,
}

/// An instalment that was released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DoneInstalment {
    /// Which one, counted from 1.
    number: u32,
    /// When it was released.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// How many pieces.
    quantity: u32,
    /// The order that was placed.
    order_id: String,
    /// What people call that.
    #[schema(example = "7Q2M4-K9F3B")]
    order_number: String,
    /// What it cost.
    total: MoneyDto,
}

/// An instalment that is still to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComingInstalment {
    /// Which one, counted from 1.
    number: u32,
    /// When it is released.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// How many pieces.
    quantity: u32,
}

/// A paced order with what was released of it and what is to come.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PacedOrderDetail {
    /// What the list tells of it.
    #[serde(flatten)]
    row: PacedOrderRow,
    /// Where news of its orders go.
    email: String,
    /// Which customer's its orders are; null where they are a guest's.
    customer_id: Option<String>,
    /// Where its goods go.
    shipping_address: AddressDto,
    /// What was asked for.
    plan: PlanDto,
    /// By how many seconds pauses and delays have moved what is still to come.
    postponed_seconds: i64,
    /// Why the status is what it is, in the words of whoever made it so.
    status_note: Option<String>,
    /// Who made it so: an e-mail address; null where the shop itself did.
    changed_by: Option<String>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Timestamp,
    /// Who made the paced order: an e-mail address.
    created_by: String,
    /// The latest instalments that were released, at most 100.
    done: Vec<DoneInstalment>,
    /// The next instalments, at most 100; those of a paused one as if it went on now.
    to_come: Vec<ComingInstalment>,
    /// Whether there are more to come than are shown.
    more: bool,
}

impl PacedOrderRow {
    pub(super) fn of(order: &Versioned<PacedOrder>, title: Option<String>, now: Timestamp) -> Self {
        let value = &order.value;
        let left = outlook(value, now).left();
        Self {
            id: value.id().to_string(),
            name: value.name().to_owned(),
            sku: value.sku().to_string(),
            title,
            status: value.status().into(),
            released: value.pieces(),
            quantity: left.map(|left| value.pieces() + left.pieces),
            spent: value.spent().into(),
            next_at: value.due_at(),
            ends_at: left.filter(|_| !value.status().is_final()).and_then(|left| left.ends_at),
            waiting: value.waiting().map(|waiting| waiting.reason.clone()),
            created_at: value.created_at(),
            version: order.version,
        }
    }
}

impl PacedOrderDetail {
    pub(super) fn of(
        order: &Versioned<PacedOrder>,
        title: Option<String>,
        done: &[ReleasedInstalment],
        now: Timestamp,
    ) -> Self {
        let value = &order.value;
        let outlook = outlook(value, now);
        let StatusChange { by, at, note } = value.changed().clone();
        let shown = if value.status().is_final() { 0 } else { MAX_SHOWN };
        let coming = outlook.to_come(shown + 1);
        Self {
            row: PacedOrderRow::of(order, title, now),
            email: value.email().to_string(),
            customer_id: value.customer().map(ToString::to_string),
            shipping_address: value.shipping_address().into(),
            plan: PlanDto::of(value.plan()),
            postponed_seconds: outlook.postponed().as_secs(),
            status_note: note,
            changed_by: by,
            changed_at: at,
            created_by: value.created_by().to_owned(),
            done: done.iter().map(DoneInstalment::of).collect(),
            to_come: numbered(&coming, value.instalments()).take(shown).collect(),
            more: shown > 0 && coming.len() > shown,
        }
    }
}

/// The paced order as it would stand if it went on now.
fn outlook(order: &PacedOrder, now: Timestamp) -> PacedOrder {
    let mut outlook = order.clone();
    let change = StatusChange { by: None, at: now, note: None };
    // What is over stays as it is, and nothing more of it is shown.
    if outlook.set_status(PacedStatus::Running, change).is_ok() {
        outlook.catch_up(now);
    }
    outlook
}

fn numbered(coming: &[Instalment], released: u32) -> impl Iterator<Item = ComingInstalment> {
    let of = |(number, part): (u32, &Instalment)| ComingInstalment {
        number,
        at: part.at,
        quantity: part.quantity.get(),
    };
    (released + 1..).zip(coming).map(of)
}

impl DoneInstalment {
    fn of(done: &ReleasedInstalment) -> Self {
        Self {
            number: done.number,
            at: done.at,
            quantity: done.quantity.get(),
            order_id: done.order_id.to_string(),
            order_number: done.order_id.number(),
            total: done.total.into(),
        }
    }
}
