//! Orders stream: tells the rest of the shop what happened to orders.
//!
//! An event is an item of the table, written together with the change that it tells of. So it is told even if the writer
//! died right after; and it may be told twice.

use aws_lambda_events::event::dynamodb::{Event, EventRecord};
use events::{Bus, Outcome, Report};
use lambda_runtime::{Error, LambdaEvent};
use store::item::DATA;
use store::orders::OrderEvent;

/// Handles one batch of changes. Where one cannot be told, the whole batch comes again, by halves, until the one that
/// cannot be told is alone and goes to the stream's failure queue.
pub async fn handle(bus: &Bus, event: LambdaEvent<Event>) -> Result<Report, Error> {
    let events = event.payload.records.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    bus.tell(&events).await?;
    for event in &events {
        telemetry::crash::point("publish-order-events.after-put", event.order_id);
    }
    let told: Vec<_> = events.iter().map(|event| event.event_type.name()).collect();
    Ok(Outcome::Done.saying(told.join(", ")))
}

fn read(record: &EventRecord) -> Result<OrderEvent, Error> {
    let data = record.change.new_image.get(DATA).cloned().ok_or("the item has no data")?;
    Ok(serde_dynamo::from_attribute_value(data)?)
}
