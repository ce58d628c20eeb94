//! An order as the partner sees it who sent it.

use domain::{Order, OrderId, OrderStatus, PartnerRef, PartnerReference, Sku};
use jiff::Timestamp;
use orders::dto::{ShippedItemDto, TotalsDto};
use serde::Serialize;
use store::orders::{OrderPage, Shipment, Shortage};
use store::partner_orders::{Intake, IntakeState};
use store::{Database, StoreError};
use utoipa::ToSchema;
use web::MoneyDto;

/// The status of an order that waits to be placed.
pub const RECEIVED: &str = "received";
/// The status of an order that was turned away.
pub const REJECTED: &str = "rejected";

/// An order that a partner sent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartnerOrder {
    /// The partner's name for it.
    #[schema(value_type = String, example = "A-1001")]
    reference: PartnerReference,
    /// The shop's id of it.
    #[schema(value_type = String, example = "ord_01JD0000000000000000000000")]
    order_id: OrderId,
    /// What the shop's people call it.
    #[schema(example = "7Q2M4-K9F3B")]
    number: String,
    /// `received`, `rejected`, or how the order stands: `paid`, `fulfilling`, `fulfilled`, `needsAttention`, `cancelled`
    /// or `refunded`.
    #[schema(value_type = String, example = "fulfilling")]
    status: &'static str,
    /// Why it was rejected.
    reason: Option<String>,
    /// Of what there was too little, where it was rejected for that.
    shortages: Vec<PartnerShortage>,
    /// What was ordered.
    lines: Vec<PartnerOrderLine>,
    /// What it costs; null while it is not placed.
    totals: Option<TotalsDto>,
    /// What was sent.
    shipments: Vec<PartnerShipment>,
    /// What was credited of a cancelled order.
    refunded: Option<MoneyDto>,
    /// When it was received.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

/// A line of a partner's order.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartnerOrderLine {
    /// What.
    #[schema(value_type = String, example = "HT-CLAW-16")]
    sku: Sku,
    /// How many.
    quantity: u32,
    /// The product's name; null while the order is not placed.
    title: Option<String>,
    /// The price of one piece; null while the order is not placed.
    unit_price: Option<MoneyDto>,
}

/// Something of which there was too little.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerShortage {
    /// What.
    #[schema(value_type = String, example = "HT-CLAW-16")]
    sku: Sku,
    /// How many pieces the order wants.
    requested: u32,
    /// How many there were.
    available: u64,
}

/// Goods on their way.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartnerShipment {
    /// Who carries them.
    carrier: Option<String>,
    /// The carrier's number.
    tracking_number: Option<String>,
    /// What was sent.
    items: Vec<ShippedItemDto>,
    /// When the shop learned of it.
    #[schema(value_type = String, format = DateTime)]
    shipped_at: Timestamp,
}

impl From<Shortage> for PartnerShortage {
    fn from(Shortage { sku, requested, available }: Shortage) -> Self {
        Self { sku, requested, available }
    }
}

impl From<Shipment> for PartnerShipment {
    fn from(shipment: Shipment) -> Self {
        let item = |(sku, quantity)| ShippedItemDto { sku, quantity };
        Self {
            carrier: shipment.carrier,
            tracking_number: shipment.tracking_number,
            items: shipment.items.into_iter().map(item).collect(),
            shipped_at: shipment.shipped_at,
        }
    }
}

/// How an order stands that a partner sent; nothing where this partner sent none of this name.
pub async fn order_view(
    database: &Database,
    partner: &PartnerRef,
) -> Result<Option<PartnerOrder>, StoreError> {
    let Some(intake) = database.intake(partner).await? else {
        return Ok(None);
    };
    let intake = intake.value;
    if intake.state != IntakeState::Placed {
        return Ok(Some(PartnerOrder::unplaced(intake)));
    }
    let page = database.order_page(intake.order_id).await?.ok_or_else(|| StoreError::Corrupt {
        key: intake.order_id.to_string(),
        reason: "a partner's order was placed and is not there".into(),
    })?;
    Ok(Some(PartnerOrder::placed(intake, page)))
}

impl PartnerOrder {
    fn unplaced(intake: Intake) -> Self {
        let (status, reason, shortages) = match intake.state {
            IntakeState::Rejected { reason, shortages } => (REJECTED, Some(reason), shortages),
            IntakeState::Received(_) | IntakeState::Placed => (RECEIVED, None, Vec::new()),
        };
        let lines = intake.lines.into_iter().map(|(sku, quantity)| PartnerOrderLine {
            sku,
            quantity: quantity.get(),
            title: None,
            unit_price: None,
        });
        Self {
            reference: intake.partner.reference,
            order_id: intake.order_id,
            number: intake.order_id.number(),
            status,
            reason,
            shortages: shortages.into_iter().map(Into::into).collect(),
            lines: lines.collect(),
            totals: None,
            shipments: Vec::new(),
            refunded: None,
            created_at: intake.order_id.made_at(),
        }
    }

    fn placed(intake: Intake, page: OrderPage) -> Self {
        let order = page.order.value;
        let lines = order.lines().iter().map(|line| PartnerOrderLine {
            sku: line.sku.clone(),
            quantity: line.quantity.get(),
            title: Some(line.title.clone()),
            unit_price: Some(line.unit_price.into()),
        });
        Self {
            status: order.status().name(),
            reason: None,
            lines: lines.collect(),
            totals: Some((*order.totals()).into()),
            shipments: page.shipments.into_iter().map(Into::into).collect(),
            refunded: refunded(&order),
            ..Self::unplaced(intake)
        }
    }
}

/// What was paid back, once it was.
fn refunded(order: &Order) -> Option<MoneyDto> {
    let refund = order.cancellation().and_then(|cancellation| cancellation.refund.as_ref());
    refund.filter(|_| order.status() == OrderStatus::Refunded).map(|refund| refund.amount.into())
}
