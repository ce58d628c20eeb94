//! Expiry queue: gives up on an order that nobody paid in time, and releases its stock.

use std::time::Duration;

use domain::order::OrderError;
use domain::{OrderEventType, OrderStatus};
use events::{BusMessage, Outcome, Report, WorkError};
use jiff::Timestamp;
use store::Database;
use store::orders::Reservation;

use crate::settlement::{end_reservations, settle};

/// The longest pause that SQS knows.
const MAX_PAUSE: Duration = Duration::from_hours(12);

/// Handles an order that was placed a while ago.
pub async fn handle(database: &Database, message: BusMessage) -> Result<Report, WorkError> {
    let order_id = message.detail.order_id;
    let Some(mut order) = database.order(order_id).await? else {
        return Err(format!("there is no order {order_id}").into());
    };
    // Whoever died while paying may have been charged: the provider knows.
    settle(database, &mut order, &message.detail.request_id).await?;
    if order.value.status() != OrderStatus::PendingPayment {
        return Ok(Outcome::Done.saying(format!("the order is {}", order.value.status())));
    }
    let now = Timestamp::now();
    match order.value.expire(now) {
        Ok(()) => {}
        Err(OrderError::PaymentWindowOpen(until)) => {
            let left = Duration::try_from(until.duration_since(now)).unwrap_or_default();
            return Ok(Outcome::Later((left + Duration::from_secs(1)).min(MAX_PAUSE)).into());
        }
        Err(error) => return Err(error.into()),
    }
    let mut transaction = database.transaction();
    end_reservations(&mut transaction, &order.value, Reservation::Release)?;
    transaction
        .update_order(&order)?
        .add_event(&order.value, OrderEventType::OrderExpired, now, &message.detail.request_id)?
        .commit()
        .await?;
    telemetry::crash::point("expire-order.after-write", order_id);
    tracing::info!("order expired");
    Ok(Outcome::Done.saying("the order expired"))
}
