//! Bringing a payment that was begun to its end: what paying and expiring an order share.

use axum::http::StatusCode;
use domain::{Order, OrderEventType};
use jiff::Timestamp;
use payments::{Confirmation, Unanswered};
use store::orders::Reservation;
use store::{CommitError, Database, StoreError, Transaction, Versioned};
use thiserror::Error;
use web::{FieldProblem, Problem};

/// Why a payment could not be brought to its end this time.
#[derive(Debug, Error)]
pub enum SettlementError {
    /// The provider gave no answer.
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
    /// The tables could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The order does not allow it.
    #[error(transparent)]
    Order(#[from] domain::order::OrderError),
    /// Conditions did not hold.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

/// Asks the provider about the order's payment under way, if there is one, and writes down what came of it. It does not
/// matter who does this, nor how many do: the provider moves the money once, and one of them writes.
pub async fn settle(
    database: &Database,
    order: &mut Versioned<Order>,
    request_id: &str,
) -> Result<(), SettlementError> {
    let Some(payment) = order.value.payment_in_progress() else {
        return Ok(());
    };
    let confirmation = payments::gateway(payment.provider).confirm(payment).await?;
    let id = order.value.id();
    telemetry::crash::point("settle.after-confirm", id);
    let (event, result) = match confirmation {
        Confirmation::Captured => (OrderEventType::OrderPaid, order.value.capture_payment()),
        Confirmation::Declined { reason } => {
            (OrderEventType::PaymentDeclined, order.value.decline_payment(reason))
        }
    };
    result?;
    let mut transaction = database.transaction();
    if event == OrderEventType::OrderPaid {
        end_reservations(&mut transaction, &order.value, Reservation::Sell)?;
    }
    transaction
        .update_order(order)?
        .add_event(&order.value, event, Timestamp::now(), request_id)?
        .commit()
        .await?;
    order.version += 1;
    telemetry::crash::point("settle.after-write", id);
    tracing::info!(order_id = %id, event = event.name(), "payment settled");
    Ok(())
}

/// Ends the reservations of all of an order's stock.
pub fn end_reservations(
    transaction: &mut Transaction<'_>,
    order: &Order,
    how: Reservation,
) -> Result<(), StoreError> {
    let quantities = order.quantities().map_err(|error| StoreError::Unwritable(error.to_string()))?;
    for ((product_id, sku), pieces) in &quantities {
        transaction.end_reservation(*product_id, sku, *pieces, how)?;
    }
    Ok(())
}

/// The problem of an idempotency key that was used for another request.
#[must_use]
pub fn key_reused() -> Problem {
    let detail = "this Idempotency-Key was used for a request with other contents";
    let errors = vec![FieldProblem::new("/header/Idempotency-Key", "must be new for each new request")];
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "idempotency-key-reused",
        "The key was used before",
        detail,
    )
    .with_errors(errors)
}
