//! Lists of the orders that partners send: a partner's own, and those that wait to be placed. One that is placed is listed
//! as an order, any other as what was received.

use domain::{Order, OrderId, PartnerId, PartnerRef, PartnerReference};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::index::Partition;
use crate::item::{self, Item};
use crate::keys::{self, Key};
use crate::partner_orders::Intake;
use crate::{Database, Table};

/// One of a partner's orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartnerEntry {
    /// One that is not placed.
    Intake(Box<Intake>),
    /// One that is.
    Order(Box<Order>),
}

/// Where a list of a partner's orders goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PartnerPosition {
    order_id: OrderId,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    unplaced: Option<PartnerReference>,
}

/// Some of a partner's orders, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerList {
    /// The orders.
    pub entries: Vec<PartnerEntry>,
    /// Where the next page begins, if there are more.
    pub next: Option<PartnerPosition>,
}

impl Database {
    /// Up to `limit` orders that partners sent before `before` and that are neither placed nor turned away, the oldest
    /// first; one that was placed within the last second may be among them.
    pub async fn waiting_partner_orders(
        &self,
        before: Timestamp,
        limit: usize,
    ) -> Result<Vec<Intake>, StoreError> {
        let waiting = Partition::of_second(Table::Orders, keys::RECEIVED);
        let mut waiting = self.first_of(&waiting, Some(limit), item::data::<Intake>).await?;
        waiting.retain(|intake| intake.order_id.made_at() < before);
        Ok(waiting)
    }

    /// A partner's orders behind `after`, the newest first, those that are not placed too; one that was written within the
    /// last second may be missing.
    pub async fn partner_orders(
        &self,
        partner: PartnerId,
        after: Option<PartnerPosition>,
        limit: i32,
    ) -> Result<PartnerList, StoreError> {
        let partition = Partition::of_first(Table::Orders, keys::partner_partition(partner)).backwards();
        let after = after.map(|position| place(partner, position));
        let (entries, more) = self.page_of(&partition, after, limit, entry).await?;
        let next = entries.last().filter(|_| more).map(position);
        Ok(PartnerList { entries, next })
    }
}

fn entry(item: &Item) -> Result<PartnerEntry, StoreError> {
    if item::sort_key(item).starts_with(keys::INTAKE_PREFIX) {
        item::data(item).map(|intake| PartnerEntry::Intake(Box::new(intake)))
    } else {
        item::data(item).map(|order| PartnerEntry::Order(Box::new(order)))
    }
}

fn position(entry: &PartnerEntry) -> PartnerPosition {
    match entry {
        PartnerEntry::Intake(intake) => {
            PartnerPosition { order_id: intake.order_id, unplaced: Some(intake.partner.reference.clone()) }
        }
        PartnerEntry::Order(order) => PartnerPosition { order_id: order.id(), unplaced: None },
    }
}

/// The key of the item at a position, and where it stands in the list.
fn place(partner: PartnerId, position: PartnerPosition) -> (Key, OrderId) {
    let PartnerPosition { order_id, unplaced } = position;
    let key = match unplaced {
        Some(reference) => keys::intake(&PartnerRef { id: partner, reference }),
        None => keys::order(order_id),
    };
    (key, order_id)
}
