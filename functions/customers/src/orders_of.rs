//! Changing all orders of somebody, each by itself: what claiming and forgetting share.

use domain::{Order, OrderId};
use store::buyers::OrdersOf;
use store::{CommitError, Database, StoreError, Versioned};
use thiserror::Error;

/// How many orders are read at once.
const PAGE: i32 = 100;

/// Why the orders could not all be changed this time. Some may be.
#[derive(Debug, Error)]
pub enum OrdersError {
    /// The tables could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Others wrote the same order all the time.
    #[error("{0} is being changed by others")]
    Contended(OrderId),
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changed {
    /// How many orders were changed.
    pub orders: u32,
    /// Whether there are orders left, because this was as many as may be looked at in one go.
    pub more: bool,
}

/// Applies `change`, which says whether it changed anything, to each of somebody's orders, the newest first, looking at
/// `most` of them. It can be done again after it died in the middle: each order is written with the version it was read at,
/// whatever else happens to it.
pub async fn change_each(
    database: &Database,
    whose: OrdersOf<'_>,
    most: u32,
    change: impl Fn(&mut Order) -> bool,
) -> Result<Changed, OrdersError> {
    let (mut changed, mut looked_at, mut after) = (Changed::default(), 0, None);
    loop {
        let list = database.orders_of(whose, after, PAGE).await?;
        for order in list.orders {
            if looked_at == most {
                return Ok(Changed { more: true, ..changed });
            }
            looked_at += 1;
            changed.orders += u32::from(change_one(database, order, &change).await?);
        }
        after = list.next;
        if after.is_none() {
            return Ok(changed);
        }
    }
}

/// Changes one order, as the index has it or, where that is no longer so, as it is.
async fn change_one(
    database: &Database,
    listed: Versioned<Order>,
    change: impl Fn(&mut Order) -> bool,
) -> Result<bool, OrdersError> {
    let id = listed.value.id();
    let mut order = listed;
    for _ in 0..crate::MAX_TRIES {
        if !change(&mut order.value) {
            return Ok(false);
        }
        match database.transaction().update_order(&order)?.commit().await {
            Ok(()) => return Ok(true),
            Err(CommitError::Refused(_)) => {}
            Err(CommitError::Store(error)) => return Err(error.into()),
        }
        match database.order(id).await? {
            Some(current) => order = current,
            None => return Ok(false),
        }
    }
    Err(OrdersError::Contended(id))
}
