//! A plan, whom its goods go to, and how far it has come.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Instalment, PacedOrderError, PacedStatus, Plan, StatusChange, Waiting};
use crate::address::Address;
use crate::customer::CustomerId;
use crate::email::CustomerEmail;
use crate::ids::PacedOrderId;
use crate::money::{Currency, Money};
use crate::sku::Sku;

/// What a new paced order is made of.
#[derive(Debug, Clone)]
pub struct NewPacedOrder {
    /// Its id.
    pub id: PacedOrderId,
    /// What people call it.
    pub name: String,
    /// Which customer buys; nothing where a guest with the e-mail address does.
    pub customer: Option<CustomerId>,
    /// Where news of the orders go.
    pub email: CustomerEmail,
    /// Where the goods go.
    pub shipping_address: Address,
    /// What is released.
    pub sku: Sku,
    /// When, and how much.
    pub plan: Plan,
    /// Who made it: a person's address.
    pub created_by: String,
    /// The shop's currency.
    pub currency: Currency,
}

/// Text that is no name of a paced order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("must be one line of 1 to {max} characters", max = PacedOrder::MAX_NAME)]
pub struct PacedNameError;

/// A paced order. It changes only through its methods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PacedOrder {
    pub(super) id: PacedOrderId,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) customer: Option<CustomerId>,
    pub(super) email: CustomerEmail,
    pub(super) shipping_address: Address,
    pub(super) sku: Sku,
    pub(super) plan: Plan,
    /// The plan as it was moved by what was missed, and the place in it of the next instalment.
    pub(super) rest: Plan,
    pub(super) place: u32,
    pub(super) status: PacedStatus,
    pub(super) changed: StatusChange,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) waiting: Option<Waiting>,
    pub(super) instalments: u32,
    pub(super) pieces: u64,
    pub(super) spent: Money,
    pub(super) postponed: SignedDuration,
    pub(super) created_at: Timestamp,
    pub(super) created_by: String,
}

impl PacedOrder {
    /// The most characters of a name.
    pub const MAX_NAME: usize = 100;

    /// Checks a name that came from outside, and takes the blanks around it off.
    pub fn parse_name(text: &str) -> Result<String, PacedNameError> {
        crate::address::line(text, Self::MAX_NAME).ok().flatten().ok_or(PacedNameError)
    }

    /// A paced order of which nothing is released yet.
    #[must_use]
    pub fn new(new: NewPacedOrder, now: Timestamp) -> Self {
        Self {
            id: new.id,
            name: new.name,
            customer: new.customer,
            email: new.email,
            shipping_address: new.shipping_address,
            sku: new.sku,
            rest: new.plan.clone(),
            plan: new.plan,
            place: 0,
            status: PacedStatus::Running,
            changed: StatusChange { by: Some(new.created_by.clone()), at: now, note: None },
            waiting: None,
            instalments: 0,
            pieces: 0,
            spent: Money::zero(new.currency),
            postponed: SignedDuration::ZERO,
            created_at: now,
            created_by: new.created_by,
        }
    }

    /// Gives up what was missed by `now`, so that only one instalment is due. Where one of a pace is late by half the time to
    /// the next or more, it and all behind it move to now; of the dates of a subscription that have passed, the latest is
    /// kept.
    pub fn catch_up(&mut self, now: Timestamp) {
        match &self.rest {
            Plan::Pace(pace) => {
                let due = self.to_come(2);
                let [next, after] = due.as_slice() else { return };
                let late = now.duration_since(next.at);
                if late * 2 < after.at.duration_since(next.at) {
                    return;
                }
                if let Some(moved) = pace.moved(next.place, now) {
                    self.rest = Plan::Pace(moved);
                    self.place = 0;
                    self.postponed += late;
                }
            }
            Plan::Subscription(subscription) => {
                while subscription.date(self.place + 1).is_some_and(|date| date <= now) {
                    self.place += 1;
                }
            }
        }
    }

    /// Writes down that the instalment that is due was released, and what it cost.
    pub fn release(&mut self, cost: Money, now: Timestamp) -> Result<Instalment, PacedOrderError> {
        let due = self.due_at().filter(|due| *due <= now).and_then(|_| self.next());
        let instalment = due.ok_or(PacedOrderError::NotDue)?;
        let spent = self.spent.plus(cost)?;
        if let Some(left) = self.budget_left().filter(|left| left.amount() < cost.amount()) {
            return Err(PacedOrderError::OverBudget { cost, left });
        }
        self.spent = spent;
        self.instalments += 1;
        self.pieces += u64::from(instalment.quantity.get());
        self.place = instalment.place + 1;
        self.waiting = None;
        self.finish_if_done(now);
        Ok(instalment)
    }

    /// Writes down why the instalment that is due cannot be released, and says whether that is news.
    pub fn wait(&mut self, reason: String, now: Timestamp) -> bool {
        let news = self.waiting.as_ref().is_none_or(|waiting| waiting.reason != reason);
        if news {
            self.waiting = Some(Waiting { reason, since: now });
        }
        news
    }

    /// Lets it run, pauses or stops it, and says whether that changed it. Dates of a subscription that passed during a pause
    /// are left out.
    pub fn set_status(&mut self, status: PacedStatus, change: StatusChange) -> Result<bool, PacedOrderError> {
        if status == self.status {
            return Ok(false);
        }
        if self.status.is_final() {
            return Err(PacedOrderError::Over { from: self.status, to: status });
        }
        if status == PacedStatus::Finished {
            return Err(PacedOrderError::Unfinished);
        }
        let now = change.at;
        self.status = status;
        self.changed = change;
        self.waiting = None;
        if status == PacedStatus::Running {
            self.leave_out_dates(now);
            self.finish_if_done(now);
        }
        Ok(true)
    }

    /// Takes the person out of it, and says whether that changed it. One that is not over is stopped.
    pub fn forget_buyer(&mut self, change: StatusChange) -> bool {
        let forgotten = CustomerEmail::forgotten();
        if self.email == forgotten {
            return false;
        }
        self.email = forgotten;
        self.customer = None;
        self.shipping_address = self.shipping_address.without_person();
        if !self.status.is_final() {
            self.status = PacedStatus::Stopped;
            self.changed = change;
            self.waiting = None;
        }
        true
    }

    /// Moves on to the first date that has not passed.
    fn leave_out_dates(&mut self, now: Timestamp) {
        let Plan::Subscription(subscription) = &self.rest else { return };
        while subscription.date(self.place).is_some_and(|date| date < now) {
            self.place += 1;
        }
    }

    fn finish_if_done(&mut self, now: Timestamp) {
        if self.next().is_none() {
            self.status = PacedStatus::Finished;
            self.changed = StatusChange { by: None, at: now, note: None };
        }
    }
}
