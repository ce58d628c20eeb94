//! Changes of tables, as their streams tell of them.

use domain::{
    Address, AddressInput, CustomerEmail, OrderEventType, PartnerId, PartnerRef, PartnerReference, ProductId,
    Quantity, Sku, Task, TaskId,
};
use serde::Serialize;
use serde_dynamo::AttributeValue;
use serde_json::{Value, json};
use store::item::DATA;
use store::keys::{self, Key};
use store::partner_orders::{Intake, Recipient};

use crate::error::SampleError;
use crate::queue::{known, order_event};
use crate::{ACCOUNT, AT, REGION, ids};

/// A change of one item.
pub fn event(function: &str) -> Result<Value, SampleError> {
    let change = match function {
        "publish-order-events" => {
            let event = order_event(OrderEventType::OrderPaid)?;
            inserted("Orders", &keys::event(event.order_id, event.id), &event)?
        }
        "place-partner-order" => {
            let intake = intake()?;
            let key = keys::intake(&intake.partner);
            let mut data = serde_json::to_value(&intake)?;
            // Made anew each time; the file shall not change.
            data["orderId"] = json!(ids::id(domain::OrderId::PREFIX));
            inserted("Orders", &key, &data)?
        }
        "publish-task-events" => {
            let task = task()?;
            let was = json!({ "status": "submitted" });
            let key = keys::task(known(TaskId::parse(&ids::id(TaskId::PREFIX)), "a task's id")?);
            changed("Fulfilment", &key, &was, &task)?
        }
        "refresh-listings" | "request-search-rebuild" => {
            let id = known(ProductId::parse(&ids::id(ProductId::PREFIX)), "a product's id")?;
            inserted("Catalog", &keys::product(id), &json!({ "id": id, "title": "Claw hammer" }))?
        }
        _ => return Err(SampleError::Unknown { function: function.to_owned(), caller: "stream" }),
    };
    Ok(json!({ "Records": [change] }))
}

fn inserted(table: &str, key: &Key, data: &impl Serialize) -> Result<Value, SampleError> {
    let mut record = record(table, key, "INSERT");
    record["dynamodb"]["NewImage"] = image(key, data)?;
    Ok(record)
}

fn changed(table: &str, key: &Key, was: &Value, data: &impl Serialize) -> Result<Value, SampleError> {
    let mut record = record(table, key, "MODIFY");
    let mut before = serde_json::to_value(data)?;
    for (name, value) in was.as_object().into_iter().flatten() {
        before[name] = value.clone();
    }
    record["dynamodb"]["OldImage"] = image(key, &before)?;
    record["dynamodb"]["NewImage"] = image(key, data)?;
    Ok(record)
}

fn record(table: &str, key: &Key, event_name: &str) -> Value {
    json!({
        "eventID": ids::MESSAGE,
        "eventName": event_name,
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": REGION,
        "dynamodb": {
            "ApproximateCreationDateTime": 1_795_356_000,
            "Keys": keys_of(key),
            "SequenceNumber": "1",
            "SizeBytes": 512,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
        "eventSourceARN":
            format!("arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/ironmonger-local-{table}/stream/2026-11-22T00:00:00.000"),
    })
}

fn keys_of(key: &Key) -> Value {
    json!({ "pk": { "S": key.pk }, "sk": { "S": key.sk } })
}

fn image(key: &Key, data: &impl Serialize) -> Result<Value, SampleError> {
    let data: AttributeValue =
        serde_dynamo::to_attribute_value(data).map_err(|error| SampleError::Item(error.to_string()))?;
    let mut image = keys_of(key);
    image["version"] = json!({ "N": "2" });
    image[DATA] = serde_json::to_value(data)?;
    Ok(image)
}

fn intake() -> Result<Intake, SampleError> {
    let id = known(PartnerId::parse(&ids::id(PartnerId::PREFIX)), "a partner's id")?;
    let reference = known(PartnerReference::parse("A-1001"), "a reference")?;
    let address = AddressInput {
        name: "Ada Lovelace".into(),
        line1: "12 St James's Square".into(),
        line2: None,
        city: "London".into(),
        region: None,
        postal_code: "SW1Y 4JH".into(),
        country: "GB".into(),
    };
    let recipient = Recipient {
        email: known(CustomerEmail::parse("ada@example.org"), "an address")?,
        shipping_address: known(Address::parse(address), "an address")?,
    };
    let lines = vec![(known(Sku::parse(ids::SKU), "a SKU")?, known(Quantity::parse(3), "a quantity")?)];
    Intake::new(PartnerRef { id, reference }, recipient, lines, ids::MESSAGE)
        .map_err(|error| SampleError::Item(error.to_string()))
}

/// A task that its supplier has begun with.
fn task() -> Result<Task, SampleError> {
    Ok(serde_json::from_value(json!({
        "id": ids::id(TaskId::PREFIX),
        "orderId": ids::id(domain::OrderId::PREFIX),
        "supplierId": ids::id(domain::SupplierId::PREFIX),
        "items": [{
            "sku": ids::SKU,
            "code": "CS/HT-CLAW-16",
            "quantity": 3,
            "unitCost": { "amount": 720, "currency": "GBP" },
            "delivered": 0,
        }],
        "tried": [],
        "replacements": 0,
        "why": [],
        "status": "inProgress",
        "attempts": 1,
        "inDoubt": false,
        "leadTimeSeconds": 172_800,
        "supplierReference": "4711",
        "history": [],
        "createdAt": AT,
        "placedAt": AT,
        "attentionAt": "2026-11-25T14:00:00Z",
        "traceId": ids::TRACE,
    }))?)
}

#[cfg(test)]
mod tests {
    use store::orders::OrderEvent;

    use super::*;

    fn data(function: &str, image: &str) -> AttributeValue {
        let event = event(function).unwrap();
        serde_json::from_value(event["Records"][0]["dynamodb"][image][DATA].clone()).unwrap()
    }

    #[test]
    fn images_are_read_as_what_they_are() {
        let told: OrderEvent =
            serde_dynamo::from_attribute_value(data("publish-order-events", "NewImage")).unwrap();
        assert_eq!(told.event_type, OrderEventType::OrderPaid);
        let sent: Intake =
            serde_dynamo::from_attribute_value(data("place-partner-order", "NewImage")).unwrap();
        assert_eq!(sent.partner.reference.to_string(), "A-1001");
        let was: Task = serde_dynamo::from_attribute_value(data("publish-task-events", "OldImage")).unwrap();
        let is: Task = serde_dynamo::from_attribute_value(data("publish-task-events", "NewImage")).unwrap();
        assert_ne!(was.status(), is.status());
    }
}
