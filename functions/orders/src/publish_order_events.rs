//! Orders stream: tells the rest of the shop what happened to orders.
//!
//! An event is an item of the table, written together with the change that it tells of. So it is told even if the writer
//! died right after; and it may be told twice.

use aws_config::SdkConfig;
use aws_lambda_events::event::dynamodb::{Event, EventRecord};
use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::error::DisplayErrorContext;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use events::message::SOURCE;
use events::{Outcome, Report};
use lambda_runtime::{Error, LambdaEvent};
use store::item::DATA;
use store::orders::OrderEvent;

/// The most events that the bus takes in one call.
const MAX_BATCH: usize = 10;

/// The bus.
#[derive(Debug, Clone)]
pub struct Bus {
    client: Client,
    name: String,
}

impl Bus {
    /// The bus that the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, cloud::SettingError> {
        Ok(Self { client: Client::new(config), name: cloud::setting("EVENT_BUS")? })
    }
}

/// Handles one batch of changes. Where one cannot be told, the whole batch comes again, by halves, until the one that
/// cannot be told is alone and goes to the stream's failure queue.
pub async fn handle(bus: &Bus, event: LambdaEvent<Event>) -> Result<Report, Error> {
    let events = event.payload.records.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    for batch in events.chunks(MAX_BATCH) {
        publish(bus, batch).await?;
    }
    for event in &events {
        telemetry::crash::point("publish-order-events.after-put", event.order_id);
    }
    let told: Vec<_> = events.iter().map(|event| event.event_type.name()).collect();
    Ok(Outcome::Done.saying(told.join(", ")))
}

async fn publish(bus: &Bus, events: &[OrderEvent]) -> Result<(), Error> {
    let mut entries = Vec::with_capacity(events.len());
    for event in events {
        let OrderEvent { order_id, event_type, request_id, .. } = event;
        tracing::info!(%order_id, request_id, event = event_type.name(), "telling");
        let entry = PutEventsRequestEntry::builder()
            .event_bus_name(&bus.name)
            .source(SOURCE)
            .detail_type(event.event_type.name())
            .resources(event.order_id.to_string())
            .detail(serde_json::to_string(event)?);
        entries.push(entry.build());
    }
    let answer = bus.client.put_events().set_entries(Some(entries)).send().await;
    let answer = answer.map_err(|error| format!("PutEvents: {}", DisplayErrorContext(error)))?;
    match answer.entries().iter().find_map(|entry| entry.error_code().zip(entry.error_message())) {
        None => Ok(()),
        Some((code, message)) => Err(format!("the bus did not take an event: {code}: {message}").into()),
    }
}

fn read(record: &EventRecord) -> Result<OrderEvent, Error> {
    let data = record.change.new_image.get(DATA).cloned().ok_or("the item has no data")?;
    Ok(serde_dynamo::from_attribute_value(data)?)
}
