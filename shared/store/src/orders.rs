//! Orders, their timelines and shipments.

use aws_sdk_dynamodb::types::{Get, TransactGetItem};
use domain::{
    Buyer, Cart, CartId, EventId, Order, OrderEventType, OrderId, PartnerRef, Sku, TaskId, TraceId,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::attention;
use crate::buyers;
use crate::catalog::read_stock;
use crate::error::StoreError;
use crate::idempotency::{IdempotencyKey, IdempotencyRecord};
use crate::item::{self, Versioned};
use crate::keys;
use crate::measured;
use crate::order_access::read_access;
use crate::transaction::{Change, Refusal, Subject, Transaction};
use crate::{Database, Table};

/// What lets somebody who is not signed in see an order: the hash of a token that only they have, and the salt that the
/// token was made with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessRecord {
    /// Random text.
    pub salt: String,
    /// SHA-256 of the token, in base 64.
    pub token_hash: String,
}

/// An entry of an order's timeline, and the event that is told to the rest of the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderEvent {
    /// The event's id.
    pub id: EventId,
    /// What happened.
    #[serde(rename = "type")]
    pub event_type: OrderEventType,
    /// To which order.
    pub order_id: OrderId,
    /// When.
    pub at: Timestamp,
    /// The request that began it all, for the logs.
    pub request_id: String,
    /// The trace that the event belongs to; events of former versions have none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trace_id: Option<TraceId>,
    /// The partner whose order it is, and the partner's name for it; nothing where somebody else bought.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub partner: Option<PartnerRef>,
}

/// Goods on their way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shipment {
    /// The task that the goods were sent for.
    pub task_id: TaskId,
    /// Who sent them.
    pub supplier: String,
    /// Who carries them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub carrier: Option<String>,
    /// The carrier's number.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub tracking_number: Option<String>,
    /// What was sent.
    pub items: Vec<(Sku, u32)>,
    /// When we learned of it.
    pub shipped_at: Timestamp,
}

/// All that an order's page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderPage {
    /// The order.
    pub order: Versioned<Order>,
    /// What lets a guest see it; nothing where it is not a guest's.
    pub access: Option<AccessRecord>,
    /// What happened to it, oldest first.
    pub events: Vec<OrderEvent>,
    /// What was sent.
    pub shipments: Vec<Shipment>,
}

/// What becomes of an order's reserved stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reservation {
    /// It was paid for.
    Sell,
    /// It is free again.
    Release,
}

/// How many pieces of a SKU there are for an order that wants more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortage {
    /// What there is too little of.
    pub sku: Sku,
    /// How many pieces the order wants.
    pub requested: u32,
    /// How many there are.
    pub available: u64,
}

/// The stock that an order was refused for.
#[must_use]
pub fn shortages(refusals: &[Refusal]) -> Vec<Shortage> {
    let shortage = |refusal: &Refusal| match &refusal.subject {
        Subject::Stock(sku, quantity) => {
            let available =
                refusal.item.as_ref().and_then(|item| read_stock(item).ok()).unwrap_or_default().available;
            Some(Shortage { sku: sku.clone(), requested: quantity.get(), available })
        }
        _ => None,
    };
    refusals.iter().filter_map(shortage).collect()
}

impl Database {
    /// An order with its timeline and shipments.
    pub async fn order_page(&self, id: OrderId) -> Result<Option<OrderPage>, StoreError> {
        let mut items = self
            .client
            .query()
            .table_name(self.table(Table::Orders)?)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", item::text(keys::order_partition(id)))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        let (mut order, mut events, mut shipments) = (None, Vec::new(), Vec::new());
        while let Some(item) = items.next().await {
            let item = item.map_err(StoreError::sdk("Query"))?;
            let sk = item::sort_key(&item);
            if sk.starts_with(keys::EVENT_PREFIX) {
                events.push(item::data(&item)?);
            } else if sk.starts_with(keys::SHIPMENT_PREFIX) {
                shipments.push(item::data(&item)?);
            } else {
                order = Some((item::versioned(&item)?, read_access(&item)?));
            }
        }
        Ok(order.map(|(order, access)| OrderPage { order, access, events, shipments }))
    }

    /// An order alone.
    pub async fn order(&self, id: OrderId) -> Result<Option<Versioned<Order>>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Orders)?)
            .set_key(Some(keys::order(id).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map(item::versioned).transpose()
    }

    /// A cart, and what an idempotency key was used for, both as of the same moment: a cart that is gone because the key
    /// was used is never taken for one that never was.
    pub async fn cart_to_order(
        &self,
        cart: CartId,
        key: &IdempotencyKey,
    ) -> Result<(Option<Versioned<Cart>>, Option<IdempotencyRecord>), StoreError> {
        let get = |key: keys::Key| {
            let get =
                Get::builder().table_name(self.table(Table::Orders)?).set_key(Some(key.into_item())).build();
            let get = get.map_err(|error| StoreError::Unwritable(error.to_string()))?;
            Ok::<_, StoreError>(TransactGetItem::builder().get(get).build())
        };
        let gets = [get(keys::cart(cart))?, get(key.key())?];
        let answer = self.client.transact_get_items().set_transact_items(Some(gets.to_vec())).send().await;
        let answer = answer.map_err(StoreError::sdk("TransactGetItems"))?;
        let item = |at: usize| answer.responses().get(at).and_then(|response| response.item());
        Ok((item(0).map(item::versioned).transpose()?, item(1).map(item::data).transpose()?))
    }
}

impl Transaction<'_> {
    /// Stores a new order, and what lets a guest see it.
    pub fn create_order(
        &mut self,
        order: &Order,
        access: Option<&AccessRecord>,
    ) -> Result<&mut Self, StoreError> {
        let mut item = item::with_data(keys::order(order.id()), order, [(item::VERSION, item::number(1))])?;
        if let Some(access) = access {
            item.insert("access".into(), item::to_attribute(access)?);
        }
        if let Some(buyer) = buyers::partition(order) {
            item.insert("gsi1pk".into(), item::text(buyer));
            item.insert("gsi1sk".into(), item::text(order.id()));
        }
        self.put(Subject::Order, Table::Orders, item, Some("attribute_not_exists(pk)"))
    }

    /// Stores a changed order, if nobody else changed it since it was read. Who is not its guest any more cannot see it
    /// with the guest's token. While a person must look at it, or it is called off and not refunded, it stands in the second
    /// index.
    pub fn update_order(&mut self, order: &Versioned<Order>) -> Result<&mut Self, StoreError> {
        let value = &order.value;
        let (mut set, mut remove) = (vec!["#data = :data", "#version = :next"], Vec::new());
        let mut names = vec![item::DATA, item::VERSION];
        let mut values = vec![
            (":data", item::stored(value)?),
            (":next", item::number(order.version + 1)),
            (":read", item::number(order.version)),
        ];
        if !matches!(value.buyer(), Buyer::Guest) {
            names.push("access");
            remove.push("#access");
        }
        match buyers::partition(value) {
            Some(buyer) => {
                set.extend(["gsi1pk = :pk", "gsi1sk = :sk"]);
                values.push((":pk", item::text(buyer)));
                values.push((":sk", item::text(value.id())));
            }
            None => remove.extend(["gsi1pk", "gsi1sk"]),
        }
        match attention::partition(value) {
            Some(list) => {
                set.extend(["gsi2pk = :list", "gsi2sk = :id"]);
                values.push((":list", item::text(list)));
                values.push((":id", item::text(value.id())));
            }
            None => remove.extend(["gsi2pk", "gsi2sk"]),
        }
        let mut update = format!("SET {}", set.join(", "));
        if !remove.is_empty() {
            update = format!("{update} REMOVE {}", remove.join(", "));
        }
        let change = Change { update: &update, condition: Some("#version = :read"), names: &names, values };
        self.update(Subject::Order, Table::Orders, keys::order(value.id()), change)
    }

    /// Adds an event to an order's timeline, as part of the current trace. The table's stream carries it to the bus.
    pub fn add_event(
        &mut self,
        order: &Order,
        event_type: OrderEventType,
        at: Timestamp,
        request_id: &str,
    ) -> Result<&mut Self, StoreError> {
        self.measure(measured::readings(order, event_type, at));
        self.tell(order.id(), order.partner().cloned(), event_type, at, request_id)
    }

    /// Tells that an order which a partner sent was turned away: there is no order, only the id that it would have had.
    pub fn reject_partner_order(
        &mut self,
        order_id: OrderId,
        partner: &PartnerRef,
        at: Timestamp,
        request_id: &str,
    ) -> Result<&mut Self, StoreError> {
        let event = OrderEventType::PartnerOrderRejected;
        self.tell(order_id, Some(partner.clone()), event, at, request_id)
    }

    fn tell(
        &mut self,
        order_id: OrderId,
        partner: Option<PartnerRef>,
        event_type: OrderEventType,
        at: Timestamp,
        request_id: &str,
    ) -> Result<&mut Self, StoreError> {
        let id = self.next_event_id();
        let (request_id, trace_id) = (request_id.to_owned(), telemetry::trace::current());
        let event = OrderEvent { id, event_type, order_id, at, request_id, trace_id, partner };
        let item = item::with_data(keys::event(order_id, event.id), &event, [])?;
        self.put(Subject::Unconditional, Table::Orders, item, None)
    }

    /// Adds what a supplier sent.
    pub fn add_shipment(&mut self, order_id: OrderId, shipment: &Shipment) -> Result<&mut Self, StoreError> {
        let item = item::with_data(keys::shipment(order_id, shipment.task_id), shipment, [])?;
        self.put(Subject::Unconditional, Table::Orders, item, None)
    }
}
