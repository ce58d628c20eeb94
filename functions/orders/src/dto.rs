//! The order as the API shows it.

use domain::payment::Refund;
use domain::{
    Address, CustomerEmail, Order, OrderEventType, OrderId, PaymentProvider, ProductId, Sku, TaskId, Totals,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::orders::{OrderEvent, OrderPage, Shipment};
use utoipa::ToSchema;
use web::{MoneyDto, Problem};

/// An order.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Order)]
pub struct OrderDto {
    /// The order's id.
    #[schema(value_type = String, example = "ord_01JD0000000000000000000000")]
    id: OrderId,
    /// The number to read out on the phone.
    #[schema(example = "7Q2M4-K9F3B")]
    number: String,
    /// `pendingPayment`, `paid`, `fulfilling`, `fulfilled`, `expired`, `needsAttention`, `cancelled` or
    /// `refunded`.
    #[schema(value_type = String, example = "paid")]
    status: &'static str,
    /// Who bought.
    #[schema(value_type = String, example = "ada@example.org")]
    email: CustomerEmail,
    /// What was bought.
    items: Vec<OrderItemDto>,
    /// What it costs.
    totals: TotalsDto,
    /// Where it goes.
    shipping_address: AddressDto,
    /// Who was chosen to move the money: `sandbox`, or `account` for an order that is settled outside of the shop.
    #[schema(value_type = String, example = "sandbox")]
    payment_provider: PaymentProvider,
    /// The latest payment.
    payment: Option<PaymentDto>,
    /// What is paid back; null where nothing is, or where it is not known yet how much.
    refund: Option<RefundDto>,
    /// What was sent.
    shipments: Vec<ShipmentDto>,
    /// What happened, oldest first.
    timeline: Vec<TimelineEntryDto>,
    /// When it was placed.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When the time to pay is over.
    #[schema(value_type = String, format = DateTime)]
    pay_before: Timestamp,
}

/// One line of an order.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OrderItem)]
pub struct OrderItemDto {
    /// What was bought.
    #[schema(value_type = String)]
    sku: Sku,
    /// The product it is a variant of.
    #[schema(value_type = String)]
    product_id: ProductId,
    /// The product's name.
    title: String,
    /// The variant's name; empty where the product has just one.
    variant_title: String,
    /// The price of one piece.
    unit_price: MoneyDto,
    /// How many.
    quantity: u32,
    /// The price of the whole line.
    line_total: MoneyDto,
}

/// What an order costs: `total` is `subtotal + shipping + tax - discount`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Totals)]
pub struct TotalsDto {
    /// All lines.
    subtotal: MoneyDto,
    /// Delivery.
    shipping: MoneyDto,
    /// Taxes on top of the prices.
    tax: MoneyDto,
    /// What promotions take off.
    discount: MoneyDto,
    /// What the customer pays.
    total: MoneyDto,
}

impl From<Totals> for TotalsDto {
    fn from(totals: Totals) -> Self {
        Self {
            subtotal: totals.subtotal.into(),
            shipping: totals.shipping.into(),
            tax: totals.tax.into(),
            discount: totals.discount.into(),
            total: totals.total.into(),
        }
    }
}

/// A postal address.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = Address)]
pub struct AddressDto {
    /// The recipient's name.
    #[schema(max_length = 100, example = "Ada Lovelace")]
    pub name: String,
    /// Street and number.
    #[schema(max_length = 100, example = "12 St James's Square")]
    pub line1: String,
    /// More of the street address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub line2: Option<String>,
    /// City or post town.
    #[schema(max_length = 100, example = "London")]
    pub city: String,
    /// County, state or province.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub region: Option<String>,
    /// Postal code.
    #[schema(max_length = 16, example = "SW1Y 4JH")]
    pub postal_code: String,
    /// Alpha-2 code of ISO 3166-1.
    #[schema(min_length = 2, max_length = 2, example = "GB")]
    pub country: String,
}

impl From<AddressDto> for domain::AddressInput {
    fn from(address: AddressDto) -> Self {
        let AddressDto { name, line1, line2, city, region, postal_code, country } = address;
        Self { name, line1, line2, city, region, postal_code, country }
    }
}

impl From<&Address> for AddressDto {
    fn from(address: &Address) -> Self {
        let domain::AddressInput { name, line1, line2, city, region, postal_code, country } =
            address.fields().clone();
        Self { name, line1, line2, city, region, postal_code, country }
    }
}

/// A payment.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Payment)]
pub struct PaymentDto {
    /// Who moves the money.
    #[schema(value_type = String)]
    provider: PaymentProvider,
    /// `processing`, `captured` or `declined`.
    #[schema(value_type = String, example = "captured")]
    status: &'static str,
    /// How much.
    amount: MoneyDto,
    /// Why it was declined.
    #[serde(skip_serializing_if = "Option::is_none")]
    decline_reason: Option<String>,
}

/// Money that goes back to whoever paid.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Refund)]
pub struct RefundDto {
    /// How much.
    amount: MoneyDto,
    /// `processing`, `refunded`, or `declined`: it cannot go back the way it came, and somebody sees to it.
    #[schema(value_type = String, example = "refunded")]
    status: &'static str,
}

impl From<&Refund> for RefundDto {
    fn from(refund: &Refund) -> Self {
        Self { amount: refund.amount.into(), status: refund.status.name() }
    }
}

/// Goods on their way.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Shipment)]
pub struct ShipmentDto {
    /// The shipment's id.
    #[schema(value_type = String)]
    id: TaskId,
    /// Who sent it.
    supplier: String,
    /// Who carries it.
    #[serde(skip_serializing_if = "Option::is_none")]
    carrier: Option<String>,
    /// The carrier's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    tracking_number: Option<String>,
    /// What was sent.
    items: Vec<ShippedItemDto>,
    /// When the shop learned of it.
    #[schema(value_type = String, format = DateTime)]
    shipped_at: Timestamp,
}

/// What was sent of a SKU.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ShippedItem)]
pub struct ShippedItemDto {
    /// What.
    #[schema(value_type = String)]
    pub sku: Sku,
    /// How many.
    pub quantity: u32,
}

impl From<Shipment> for ShipmentDto {
    fn from(shipment: Shipment) -> Self {
        Self {
            id: shipment.task_id,
            supplier: shipment.supplier,
            carrier: shipment.carrier,
            tracking_number: shipment.tracking_number,
            items: shipment
                .items
                .into_iter()
                .map(|(sku, quantity)| ShippedItemDto { sku, quantity })
                .collect(),
            shipped_at: shipment.shipped_at,
        }
    }
}

/// Something that happened to an order.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TimelineEntry)]
pub struct TimelineEntryDto {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// What, such as `OrderPaid`.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "OrderPaid")]
    event_type: OrderEventType,
}

impl OrderDto {
    /// An order as its page shows it.
    pub fn of_page(page: OrderPage) -> Result<Self, Problem> {
        Self::new(&page.order.value, page.events, page.shipments)
    }

    /// An order with its timeline and shipments.
    pub fn new(order: &Order, events: Vec<OrderEvent>, shipments: Vec<Shipment>) -> Result<Self, Problem> {
        let item = |line: &domain::OrderLine| {
            Ok(OrderItemDto {
                sku: line.sku.clone(),
                product_id: line.product_id,
                title: line.title.clone(),
                variant_title: line.variant_title.clone(),
                unit_price: line.unit_price.into(),
                quantity: line.quantity.get(),
                line_total: line.total().map_err(Problem::internal)?.into(),
            })
        };
        let entry = |event: OrderEvent| TimelineEntryDto { at: event.at, event_type: event.event_type };
        Ok(Self {
            id: order.id(),
            number: order.number(),
            status: order.status().name(),
            email: order.email().clone(),
            items: order.lines().iter().map(item).collect::<Result<_, Problem>>()?,
            totals: (*order.totals()).into(),
            shipping_address: order.shipping_address().into(),
            payment_provider: order.payment_provider(),
            payment: order.payment().map(|payment| PaymentDto {
                provider: payment.provider,
                status: payment.status.name(),
                amount: payment.amount.into(),
                decline_reason: payment.decline_reason.clone(),
            }),
            refund: order
                .cancellation()
                .and_then(|cancellation| cancellation.refund.as_ref())
                .map(Into::into),
            shipments: shipments.into_iter().map(Into::into).collect(),
            timeline: events.into_iter().map(entry).collect(),
            created_at: order.created_at(),
            pay_before: order.pay_before(),
        })
    }
}
