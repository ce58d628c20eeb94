//! Paying an order in full: what guests' and customers' routes share.

use axum::http::StatusCode;
use domain::order::OrderError;
use domain::{Order, OrderId, OrderStatus, Payment, PaymentId, PaymentProvider, PaymentStatus};
use jiff::Timestamp;
use payments::BuyerFields;
use serde::Deserialize;
use store::idempotency::IdempotencyKey;
use store::{CommitError, Database, Versioned};
use utoipa::ToSchema;
use web::{FieldProblem, Fields, Problem};

use crate::dto::OrderDto;
use crate::settlement::{self, SettlementError, settle};

/// How to pay. The amount is always the order's total.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PayOrder {
    /// Who shall move the money: the order's `paymentProvider`.
    #[schema(example = "sandbox")]
    provider: String,
    /// `sandbox`: one of its test numbers. 4242424242424242 pays, 4000000000000002 is declined, 4000000000009995 lacks
    /// funds, 4000000000005126 pays and takes no refund; any other is refused.
    #[schema(example = "4242424242424242")]
    card_number: Option<String>,
}

/// Pays an order that the caller may pay, and answers with how it stands then.
pub async fn pay(
    database: &Database,
    mut order: Versioned<Order>,
    body: PayOrder,
    client_key: &str,
    request_id: &str,
) -> Result<OrderDto, Problem> {
    let order_id = order.value.id();
    let reference = reference(&order.value, body).await?;
    let key = IdempotencyKey::new(format!("pay-order#{order_id}"), client_key, &reference);
    let key = key.map_err(Problem::internal)?;
    for _ in 0..crate::MAX_TRIES {
        let record = database.idempotency_record(&key).await.map_err(Problem::internal)?;
        if record.as_ref().is_some_and(|record| !key.matches(record)) {
            return Err(settlement::key_reused());
        }
        let ours = match record.and_then(|record| record.payment_id) {
            Some(payment_id) => {
                // The record may be newer than the order that we have read.
                order = reload(database, order_id).await?;
                Some(payment_id)
            }
            // An earlier payment that was left in the middle comes first: its money may have moved.
            None if order.value.payment_in_progress().is_some() => None,
            None => begin(database, &mut order, &reference, &key).await?,
        };
        telemetry::crash::point("pay-order.after-begin", order_id);
        match settle(database, &mut order, request_id).await {
            Ok(()) => {
                if let Some(payment_id) = ours {
                    return outcome(database, &order.value, payment_id).await;
                }
            }
            // Somebody else wrote in between: look again.
            Err(SettlementError::Commit(CommitError::Refused(_))) => {}
            Err(error) => return Err(Problem::internal(error)),
        }
        order = reload(database, order_id).await?;
    }
    Err(Problem::conflict("the order is being changed by others; try again").retry_after(1))
}

/// Begins a payment. Gives nothing where somebody else wrote in between.
async fn begin(
    database: &Database,
    order: &mut Versioned<Order>,
    reference: &str,
    key: &IdempotencyKey,
) -> Result<Option<PaymentId>, Problem> {
    let (payment_id, now) = (PaymentId::generate(), Timestamp::now());
    let mut changed = order.clone();
    let begun = changed.value.begin_payment(payment_id, reference.to_owned(), now);
    begun.map_err(|error| refusal(&order.value, &error))?;
    let mut transaction = database.transaction();
    let order_id = order.value.id();
    transaction.update_order(&changed).map_err(Problem::internal)?;
    transaction.record_idempotency(key, order_id, Some(payment_id), now).map_err(Problem::internal)?;
    match transaction.commit().await {
        Ok(()) => {
            *order = Versioned { version: changed.version + 1, ..changed };
            Ok(Some(payment_id))
        }
        Err(CommitError::Refused(_)) => Ok(None),
        Err(CommitError::Store(error)) => Err(Problem::internal(error)),
    }
}

async fn reload(database: &Database, id: OrderId) -> Result<Versioned<Order>, Problem> {
    let order = database.order(id).await.map_err(Problem::internal)?;
    order.ok_or_else(|| Problem::not_found("order"))
}

/// Answers with what came of a settled payment, the first time and whenever the request is repeated.
async fn outcome(database: &Database, order: &Order, payment_id: PaymentId) -> Result<OrderDto, Problem> {
    let captured = |payment: &Payment| payment.id == payment_id && payment.status == PaymentStatus::Captured;
    if !order.payment().is_some_and(captured) {
        let reason =
            order.payment().filter(|payment| payment.id == payment_id).and_then(|p| p.decline_reason.clone());
        let detail =
            reason.unwrap_or_else(|| "this payment was declined, and another was begun since".into());
        return Err(Problem::new(
            StatusCode::PAYMENT_REQUIRED,
            "payment-declined",
            "Payment declined",
            detail,
        ));
    }
    let page = database.order_page(order.id()).await.map_err(Problem::internal)?;
    OrderDto::of_page(page.ok_or_else(|| Problem::not_found("order"))?)
}

/// Why the order cannot be paid.
fn refusal(order: &Order, error: &OrderError) -> Problem {
    let (kind, title) = match (error, order.status()) {
        (OrderError::PaymentWindowClosed(_), _) | (_, OrderStatus::Expired) => {
            ("order-expired", "The order has expired")
        }
        _ => ("order-already-paid", "The order is paid"),
    };
    Problem::new(StatusCode::CONFLICT, kind, title, error.to_string())
}

/// The provider's reference for what the buyer sent.
async fn reference(order: &Order, body: PayOrder) -> Result<String, Problem> {
    let mut fields = Fields::default();
    let provider =
        PaymentProvider::parse(&body.provider).filter(|provider| *provider == order.payment_provider());
    let provider = provider.ok_or_else(|| format!("must be {}, as the order says", order.payment_provider()));
    let Some(provider) = fields.parsed("/provider", provider) else {
        return Err(fields.into_problem());
    };
    let buyer = BuyerFields::default().with("cardNumber", body.card_number);
    payments::gateway(provider).create(&buyer).await.map_err(|error| {
        Problem::invalid(vec![FieldProblem::new(format!("/{}", error.field), error.message)])
    })
}
