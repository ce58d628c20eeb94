//! What keeps the shop's data safe, on the deployed stack: run by `make test-stack`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

mod support;

use std::collections::HashMap;
use std::path::Path;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use cli::connection::Connection;
use cli::outputs::Outputs;
use domain::{Buyer, OrderId};
use store::{Database, Table};
use support::{ironmonger, outputs};

const OLDER_ORDER: &str = include_str!("../../../shared/store/src/schema/older/order.1.json");
/// More than a run reads at once, so that some of them are behind the first page.
const MANY: usize = 250;

/// The orders' table, with what one puts there by hand.
struct Orders {
    client: Client,
    name: String,
    database: Database,
}

impl Orders {
    async fn open() -> Self {
        let outputs = Outputs::read(Path::new(&outputs())).unwrap();
        let connection = Connection::new(&outputs).await;
        Self {
            client: Client::new(connection.sdk()),
            name: outputs.stack("OrdersTableName").unwrap().to_owned(),
            database: connection.database(&outputs).unwrap(),
        }
    }

    /// Stores orders as the first release did.
    async fn store_older(&self, orders: &[OrderId]) {
        for orders in orders.chunks(25) {
            let puts = orders.iter().map(|order| {
                let put = PutRequest::builder().set_item(Some(older(*order))).build().unwrap();
                WriteRequest::builder().put_request(put).build()
            });
            let batch = self.client.batch_write_item().request_items(&self.name, puts.collect());
            let left = batch.send().await.unwrap().unprocessed_items.unwrap_or_default();
            assert!(left.is_empty(), "{left:?}");
        }
    }

    /// Whether an order is stored in a shape of its own number.
    async fn is_upgraded(&self, order: OrderId) -> bool {
        let get = self.client.get_item().table_name(&self.name).consistent_read(true);
        let found = get.set_key(Some(key(order))).send().await.unwrap().item.unwrap();
        found["data"].as_m().unwrap().contains_key("_schema")
    }
}

fn key(order: OrderId) -> HashMap<String, AttributeValue> {
    let text = |text: String| AttributeValue::S(text);
    HashMap::from([("pk".into(), text(format!("ORDER#{order}"))), ("sk".into(), text("ORDER".into()))])
}

fn older(order: OrderId) -> HashMap<String, AttributeValue> {
    let mut data: serde_json::Value = serde_json::from_str(OLDER_ORDER).unwrap();
    data["id"] = order.to_string().into();
    let mut item = key(order);
    item.insert("data".into(), serde_dynamo::to_attribute_value(data).unwrap());
    item.insert("version".into(), AttributeValue::N("1".into()));
    item
}

#[tokio::test]
async fn older_orders_are_read_and_upgraded_and_a_run_that_was_broken_off_goes_on() {
    let table = Orders::open().await;
    let orders: Vec<_> = (0..MANY).map(|_| OrderId::generate()).collect();
    table.store_older(&orders).await;
    let read = table.database.order(orders[0]).await.unwrap().unwrap();
    assert_eq!(read.value.buyer(), &Buyer::Guest, "it is read as it is");

    // A run that comes as far as one of them, and is broken off there.
    let mut place = None;
    let done = loop {
        let page = table.database.upgrade_page(Table::Orders, place.as_ref(), false).await.unwrap();
        place = page.next;
        table.database.keep_upgrade_bookmark(Table::Orders, place.as_ref()).await.unwrap();
        if page.older.contains_key("orders") {
            let mut done = None;
            for order in &orders {
                if table.is_upgraded(*order).await {
                    done = Some(*order);
                    break;
                }
            }
            break done.expect("none but these are older");
        }
    };
    assert!(place.is_some(), "there are more than one run reads at once");

    // What is behind it already is not looked at again by the run that goes on, but by the next one.
    table.store_older(&[done]).await;
    let told = ironmonger(&["upgrade-items"]);
    assert!(told.contains("orders of Orders are in today's shape now"), "{told}");
    assert!(!table.is_upgraded(done).await);
    for order in orders.iter().filter(|order| **order != done) {
        assert!(table.is_upgraded(*order).await, "{order}");
    }
    let dry = ironmonger(&["upgrade-items", "--dry-run"]);
    assert!(dry.contains("1  orders of Orders would be brought to today's shape"), "{dry}");
    assert!(!table.is_upgraded(done).await);
    ironmonger(&["upgrade-items"]);
    assert!(table.is_upgraded(done).await);
    let upgraded = table.database.order(done).await.unwrap().unwrap();
    assert_eq!((upgraded.value.buyer(), upgraded.version), (&Buyer::Guest, 1));
}

#[test]
fn every_table_comes_back() {
    let told = ironmonger(&["restore-drill"]);
    assert!(told.contains("Every table came back."), "{told}");
}
