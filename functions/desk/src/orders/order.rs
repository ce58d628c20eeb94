//! An order as those who look after it see it.

use ::orders::dto::AddressDto;
use domain::payment::Refund;
use domain::{Order, OrderStatus};
use jiff::Timestamp;
use serde::Serialize;
use store::orders::Shipment;
use utoipa::ToSchema;
use web::MoneyDto;

use crate::tasks::task::TaskDetail;
use crate::words::RefusalDto;

/// Pieces of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Pieces {
    /// The SKU.
    #[schema(example = "HT-CLAW-16")]
    pub sku: String,
    /// How many.
    pub quantity: u32,
}

/// A line of an order, and how much of it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeskOrderLine {
    /// The SKU.
    pub sku: String,
    /// How many were bought.
    pub quantity: u32,
    /// The product's name.
    pub title: String,
    /// The variant's name; empty where the product has just one.
    pub variant_title: String,
    /// The price of one piece.
    pub unit_price: MoneyDto,
    /// How many were sent.
    pub shipped: u32,
}

/// Somebody who offers what nobody sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LineCandidate {
    /// The supplier's id.
    pub supplier_id: String,
    /// The supplier's name.
    pub supplier_name: String,
    /// What one piece costs.
    pub cost: MoneyDto,
    /// How many seconds the supplier needs from order to shipment.
    pub lead_time_seconds: u32,
    /// The fewest pieces in one task.
    pub minimum: u32,
    /// The most pieces in one task.
    pub maximum: u32,
    /// Why the desk does not choose it for all these pieces; null where it could.
    pub refusal: Option<RefusalDto>,
}

/// Pieces that nobody sends, and who could.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnassignedLine {
    /// The SKU.
    pub sku: String,
    /// How many pieces.
    pub quantity: u32,
    /// The product's name.
    pub title: Option<String>,
    /// Everybody who offers it, the cheapest first.
    pub candidates: Vec<LineCandidate>,
}

/// Goods on their way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeskShipment {
    /// The shipment's id.
    id: String,
    /// Who sent it.
    supplier: String,
    /// Who carries it.
    carrier: Option<String>,
    /// The carrier's number.
    tracking_number: Option<String>,
    /// What was sent.
    items: Vec<Pieces>,
    /// When the shop learned of it.
    #[schema(value_type = String, format = DateTime)]
    shipped_at: Timestamp,
}

impl From<Shipment> for DeskShipment {
    fn from(shipment: Shipment) -> Self {
        let pieces = |(sku, quantity): (domain::Sku, u32)| Pieces { sku: sku.to_string(), quantity };
        Self {
            id: shipment.task_id.to_string(),
            supplier: shipment.supplier,
            carrier: shipment.carrier,
            tracking_number: shipment.tracking_number,
            items: shipment.items.into_iter().map(pieces).collect(),
            shipped_at: shipment.shipped_at,
        }
    }
}

/// A refund, done or tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OrderRefund)]
pub struct RefundDto {
    /// How much.
    amount: MoneyDto,
    /// `processing`, `refunded` or `declined`.
    #[schema(value_type = String, example = "refunded")]
    status: &'static str,
    /// Why the provider would not.
    decline_reason: Option<String>,
    /// How a person paid it back instead; null where none did.
    paid_outside: Option<String>,
}

impl From<&Refund> for RefundDto {
    fn from(refund: &Refund) -> Self {
        Self {
            amount: refund.amount.into(),
            status: refund.status.name(),
            decline_reason: refund.decline_reason.clone(),
            paid_outside: refund.paid_outside.clone(),
        }
    }
}

/// How an order was called off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = OrderCancellation)]
pub struct CancellationDto {
    /// Why.
    pub reason: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// What is paid back; null while suppliers are still at the order.
    pub refund: Option<RefundDto>,
}

/// What may be done about an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum OrderAction {
    /// Look for suppliers again, or try the refund again that was declined.
    Retry,
    /// Say who sends what nobody sends.
    Assign,
    /// Say that somebody here has sent it.
    Ship,
    /// Call it off, and pay back what is not sent.
    Cancel,
    /// Say that a person paid back what the provider would not.
    SettleRefund,
}

impl OrderAction {
    /// What may be done about an order now.
    #[must_use]
    pub fn legal(order: &Order) -> Vec<Self> {
        let mut legal = Vec::new();
        if !order.unassigned().is_empty() {
            legal.extend([Self::Retry, Self::Assign, Self::Ship]);
        }
        if order.refund_declined() {
            legal.extend([Self::Retry, Self::SettleRefund]);
        }
        if order.status().may_become(OrderStatus::Cancelled) {
            legal.push(Self::Cancel);
        }
        legal
    }
}

/// The partner through whom an order came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = OrderPartner)]
pub struct PartnerDto {
    /// The partner's id.
    #[schema(example = "prt_01JD0000000000000000000000")]
    pub id: String,
    /// What the partner's first key is called; null where nothing is known of it.
    #[schema(example = "Calder & Sons")]
    pub name: Option<String>,
    /// What the partner calls the order.
    #[schema(example = "A-1001")]
    pub reference: String,
}

/// An order with all that somebody must know who decides what becomes of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeskOrder {
    /// The order's id.
    #[schema(example = "ord_01JD0000000000000000000000")]
    pub id: String,
    /// What people call it.
    #[schema(example = "7Q2M4-K9F3B")]
    pub number: String,
    /// Where it stands.
    #[schema(value_type = String, example = "needsAttention")]
    pub status: &'static str,
    /// Why a person must look at it, where one must.
    pub attention: Option<String>,
    /// When it was placed.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// Who bought.
    pub email: String,
    /// Through whom it came, where a partner sent it.
    pub partner: Option<PartnerDto>,
    /// Where it goes.
    pub shipping_address: AddressDto,
    /// What it cost the customer.
    pub total: MoneyDto,
    /// What was bought.
    pub lines: Vec<DeskOrderLine>,
    /// Its tasks, the oldest first, those that ended too.
    pub tasks: Vec<TaskDetail>,
    /// What nobody sends.
    pub unassigned: Vec<UnassignedLine>,
    /// What was sent.
    pub shipments: Vec<DeskShipment>,
    /// What a cancellation would pay back if it came before anything else is sent; null where it cannot be cancelled.
    pub refundable: Option<MoneyDto>,
    /// How it was called off, where it was.
    pub cancellation: Option<CancellationDto>,
    /// What may be done about it.
    pub actions: Vec<OrderAction>,
}
