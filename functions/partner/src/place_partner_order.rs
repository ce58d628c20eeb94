//! Orders stream: places the orders that partners sent, each on account and in one transaction with the note that it was
//! placed. It may be told of an order twice, and die at any line: the order is placed once.

use aws_lambda_events::event::dynamodb::{Event, EventRecord};
use domain::{Buyer, Currency, Order, PartnerRef, Sku};
use events::{Outcome, Report, WorkError};
use futures::{StreamExt, stream};
use jiff::Timestamp;
use lambda_runtime::LambdaEvent;
use orders::on_account::{self, OnAccount, OnAccountError};
use store::item::DATA;
use store::orders::{Shortage, shortages};
use store::partner_orders::{Intake, IntakeState, Recipient};
use store::{CommitError, Database, Subject, Versioned};
use telemetry::{Metric, trace};

/// How many orders are placed at a time. They may want the same article, whose stock one order at a time can take from.
const AT_A_TIME: usize = 5;
/// How often an order is tried again that somebody else's write got ahead of.
const MAX_TRIES: u32 = 8;

/// What the functions need that place partners' orders.
#[derive(Debug, Clone)]
pub struct Shop {
    /// The tables.
    pub database: Database,
    /// The shop's currency.
    pub currency: Currency,
}

impl Shop {
    /// The shop that the environment describes.
    pub fn from_env(config: &aws_config::SdkConfig) -> Result<Self, cloud::SettingError> {
        Ok(Self { currency: cloud::setting("CURRENCY")?, database: Database::from_env(config) })
    }
}

/// What became of a received order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Settled {
    /// It was placed.
    Placed,
    /// It was turned away.
    Rejected,
    /// There was nothing left to do.
    Before,
}

/// Handles one batch of new received orders. Where one cannot be settled, the batch comes again, by halves, until that one
/// is alone and goes to the stream's failure queue; [`sweep_partner_orders`](crate::sweep_partner_orders) takes it up.
pub async fn handle(shop: &Shop, event: LambdaEvent<Event>) -> Result<Report, WorkError> {
    let partners = event.payload.records.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    for partner in &partners {
        telemetry::crash::point("place-partner-order.told", &partner.reference);
    }
    settle_all(shop, partners).await
}

/// Settles received orders, all that can be settled. The error is one of those that could not.
pub(crate) async fn settle_all(shop: &Shop, partners: Vec<PartnerRef>) -> Result<Report, WorkError> {
    let settled: Vec<_> = partners.into_iter().map(|partner| settle(shop, partner)).collect();
    let settled: Vec<_> = stream::iter(settled).buffer_unordered(AT_A_TIME).collect().await;
    let settled = settled.into_iter().collect::<Result<Vec<_>, _>>()?;
    let count = |what| settled.iter().filter(|settled| **settled == what).count();
    let (placed, rejected) = (count(Settled::Placed), count(Settled::Rejected));
    Ok(Outcome::Done.saying(format!("{placed} placed, {rejected} rejected")))
}

/// Settles a received order as part of the trace that it was received in.
async fn settle(shop: &Shop, partner: PartnerRef) -> Result<Settled, WorkError> {
    for _ in 0..MAX_TRIES {
        let Some(intake) = shop.database.intake(&partner).await? else {
            return Ok(Settled::Before);
        };
        let trace_id = intake.value.trace_id;
        if let Some(settled) = trace::within_any(trace_id, try_to_settle(shop, intake)).await? {
            return Ok(settled);
        }
    }
    Err(format!("order {} of {} is being changed by others", partner.reference, partner.id).into())
}

/// Settles a received order; nothing where somebody else's write got ahead.
async fn try_to_settle(shop: &Shop, intake: Versioned<Intake>) -> Result<Option<Settled>, WorkError> {
    let IntakeState::Received(recipient) = &intake.value.state else {
        return Ok(Some(Settled::Before));
    };
    let wanted = wanted(&intake.value, recipient.clone());
    match on_account::price(&shop.database, shop.currency, &wanted, Timestamp::now()).await {
        Ok(order) => place(shop, intake, &order).await,
        Err(OnAccountError::Store(error)) => Err(error.into()),
        Err(error @ (OnAccountError::UnknownSkus(_) | OnAccountError::Placement(_))) => {
            reject(shop, intake, error.to_string(), Vec::new()).await
        }
    }
}

fn wanted(intake: &Intake, recipient: Recipient) -> OnAccount {
    OnAccount {
        id: intake.order_id,
        buyer: Buyer::Partner(intake.partner.clone()),
        email: recipient.email,
        shipping_address: recipient.shipping_address,
        lines: intake.lines.clone(),
    }
}

/// Places the order, or turns it away where there is too little in stock. Gives nothing where somebody else settled it.
async fn place(
    shop: &Shop,
    mut intake: Versioned<Intake>,
    order: &Order,
) -> Result<Option<Settled>, WorkError> {
    let mut transaction = shop.database.transaction();
    on_account::write(&mut transaction, order, &intake.value.request_id)?;
    let received = std::mem::replace(&mut intake.value.state, IntakeState::Placed);
    transaction.settle_intake(&intake)?;
    let reference = intake.value.partner.reference.clone();
    telemetry::crash::point("place-partner-order.before-write", &reference);
    match transaction.commit().await {
        Ok(()) => {
            telemetry::crash::point("place-partner-order.after-write", &reference);
            let request_id = &intake.value.request_id;
            tracing::info!(order_id = %order.id(), request_id, "partner's order placed");
            Ok(Some(Settled::Placed))
        }
        Err(error) if error.refused(&Subject::Intake(reference.clone())) => Ok(None),
        Err(CommitError::Refused(refusals)) => {
            intake.value.state = received;
            let short = shortages(&refusals);
            telemetry::count(Metric::OrdersOutOfStock, 1);
            reject(shop, intake, too_little_of(&short), short).await
        }
        Err(CommitError::Store(error)) => Err(error.into()),
    }
}

/// Turns the order away. Gives nothing where somebody else settled it.
async fn reject(
    shop: &Shop,
    mut intake: Versioned<Intake>,
    reason: String,
    shortages: Vec<Shortage>,
) -> Result<Option<Settled>, WorkError> {
    let (order_id, request_id) = (intake.value.order_id, intake.value.request_id.clone());
    tracing::info!(%order_id, request_id, reason, "partner's order rejected");
    intake.value.state = IntakeState::Rejected { reason, shortages };
    let mut transaction = shop.database.transaction();
    transaction.settle_intake(&intake)?.reject_partner_order(
        order_id,
        &intake.value.partner,
        Timestamp::now(),
        &request_id,
    )?;
    match transaction.commit().await {
        Ok(()) => {
            telemetry::crash::point("place-partner-order.after-reject", &intake.value.partner.reference);
            Ok(Some(Settled::Rejected))
        }
        Err(CommitError::Refused(_)) => Ok(None),
        Err(CommitError::Store(error)) => Err(error.into()),
    }
}

/// Why an order is turned away for which there is too little in stock, in words for the partner.
fn too_little_of(short: &[Shortage]) -> String {
    let skus: Vec<_> = short.iter().map(|short| Sku::as_str(&short.sku)).collect();
    format!("there is too little in stock of {}", skus.join(", "))
}

fn read(record: &EventRecord) -> Result<PartnerRef, WorkError> {
    let data = record.change.new_image.get(DATA).cloned().ok_or("the item has no data")?;
    let intake: Intake = serde_dynamo::from_attribute_value(data)?;
    Ok(intake.partner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partner_is_told_of_what_there_is_too_little() {
        let short = |sku: &str| Shortage { sku: Sku::parse(sku).unwrap(), requested: 3, available: 1 };
        let reason = too_little_of(&[short("HOOK"), short("NAIL")]);
        assert_eq!(reason, "there is too little in stock of HOOK, NAIL");
    }
}
