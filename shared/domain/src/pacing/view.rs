//! What others may read of a paced order.

use jiff::{SignedDuration, Timestamp};

use super::{Extent, Instalment, PacedOrder, PacedStatus, Plan, StatusChange, Waiting};
use crate::address::Address;
use crate::customer::CustomerId;
use crate::email::CustomerEmail;
use crate::ids::PacedOrderId;
use crate::money::Money;
use crate::order::Buyer;
use crate::sku::Sku;

impl PacedOrder {
    /// The next instalment, whatever the status.
    #[must_use]
    pub fn next(&self) -> Option<Instalment> {
        self.to_come(1).into_iter().next()
    }

    /// The first `limit` instalments that are still to come, whatever the status.
    #[must_use]
    pub fn to_come(&self, limit: usize) -> Vec<Instalment> {
        self.rest.instalments(self.place, self.instalments, limit)
    }

    /// All that is still to come, whatever the status; nothing where there is no end.
    #[must_use]
    pub fn left(&self) -> Option<Extent> {
        self.rest.extent(self.place, self.instalments)
    }

    /// When the next instalment is to be released; nothing while none is to be.
    #[must_use]
    pub fn due_at(&self) -> Option<Timestamp> {
        self.next().filter(|_| self.status == PacedStatus::Running).map(|next| next.at)
    }

    /// What is left of the budget, where there is one.
    #[must_use]
    pub fn budget_left(&self) -> Option<Money> {
        let budget = self.plan.budget()?;
        Some(Money::new(budget.amount() - self.spent.amount(), budget.currency()))
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> PacedOrderId {
        self.id
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Which customer buys; nothing where a guest does.
    #[must_use]
    pub fn customer(&self) -> Option<&CustomerId> {
        self.customer.as_ref()
    }

    /// Whose its orders are.
    #[must_use]
    pub fn buyer(&self) -> Buyer {
        self.customer.clone().map_or(Buyer::Guest, Buyer::Customer)
    }

    /// Where news of its orders go.
    #[must_use]
    pub fn email(&self) -> &CustomerEmail {
        &self.email
    }

    /// Where its goods go.
    #[must_use]
    pub fn shipping_address(&self) -> &Address {
        &self.shipping_address
    }

    /// What is released.
    #[must_use]
    pub fn sku(&self) -> &Sku {
        &self.sku
    }

    /// What was asked for.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Where it stands.
    #[must_use]
    pub fn status(&self) -> PacedStatus {
        self.status
    }

    /// Who made it stand there.
    #[must_use]
    pub fn changed(&self) -> &StatusChange {
        &self.changed
    }

    /// Why the instalment that is due is not released.
    #[must_use]
    pub fn waiting(&self) -> Option<&Waiting> {
        self.waiting.as_ref()
    }

    /// How many instalments were released.
    #[must_use]
    pub fn instalments(&self) -> u32 {
        self.instalments
    }

    /// How many pieces were released.
    #[must_use]
    pub fn pieces(&self) -> u64 {
        self.pieces
    }

    /// What they cost.
    #[must_use]
    pub fn spent(&self) -> Money {
        self.spent
    }

    /// By how much what was missed has moved the plan.
    #[must_use]
    pub fn postponed(&self) -> SignedDuration {
        self.postponed
    }

    /// When it was made.
    #[must_use]
    pub fn created_at(&self) -> Timestamp {
        self.created_at
    }

    /// Who made it.
    #[must_use]
    pub fn created_by(&self) -> &str {
        &self.created_by
    }
}
