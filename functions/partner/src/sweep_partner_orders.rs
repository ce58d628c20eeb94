//! Schedule: takes up the orders that partners sent and that wait for too long. The stream tells of an order so often and
//! so long, and then no more.

use events::{Report, WorkError};
use jiff::{SignedDuration, Timestamp};

use crate::place_partner_order::{Shop, settle_all};

/// How long an order waits before it is taken up again. The stream has told of it at least once by then.
pub const WAITS_FOR: SignedDuration = SignedDuration::from_mins(5);
/// The most orders that are taken up at one time; the next time goes on.
const AT_MOST: usize = 500;

/// Handles one tick.
pub async fn handle(shop: &Shop) -> Result<Report, WorkError> {
    let waiting = shop.database.waiting_partner_orders(Timestamp::now() - WAITS_FOR, AT_MOST).await?;
    settle_all(shop, waiting.into_iter().map(|intake| intake.partner).collect()).await
}
