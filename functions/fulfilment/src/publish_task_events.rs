//! Fulfilment stream: tells the rest of the shop when a task comes to another status.
//!
//! The stream brings each change of a task; most do not change its status, and are passed over. An event's id is made of the
//! task and of the number of its change, so that one that is told twice has the same id again.

use aws_lambda_events::event::dynamodb::{Event, EventRecord};
use domain::{EventId, OrderId, SupplierId, TaskId, TaskStatus, TraceId};
use events::{Bus, Outcome, Report, TaskEvent};
use jiff::Timestamp;
use lambda_runtime::{Error, LambdaEvent};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_dynamo::{AttributeValue, Item};
use sha2::{Digest, Sha256};
use store::item::{DATA, VERSION};
use ulid::Ulid;

/// What is told of a task. There is more to it, which may change without this function.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    id: TaskId,
    order_id: OrderId,
    supplier_id: SupplierId,
    status: TaskStatus,
    #[serde(default)]
    trace_id: Option<TraceId>,
}

/// How a task stood before a change.
#[derive(Debug, Deserialize)]
struct Stood {
    status: TaskStatus,
}

/// Handles one batch of changes. Where one cannot be told, the whole batch comes again, by halves, until the one that
/// cannot be told is alone and goes to the stream's failure queue.
pub async fn handle(bus: &Bus, event: LambdaEvent<Event>) -> Result<Report, Error> {
    let read = event.payload.records.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let events: Vec<TaskEvent> = read.into_iter().flatten().collect();
    bus.tell(&events).await?;
    for event in &events {
        telemetry::crash::point("publish-task-events.after-put", event.order_id);
    }
    if events.is_empty() {
        return Ok(Outcome::Done.saying("no task came to another status"));
    }
    let told: Vec<_> = events.iter().map(|event| event.event_type.name()).collect();
    Ok(Outcome::Done.saying(told.join(", ")))
}

/// The event of a change, if the task came to another status by it.
fn read(record: &EventRecord) -> Result<Option<TaskEvent>, Error> {
    let change = &record.change;
    let Some(task) = data::<Told>(&change.new_image)? else { return Ok(None) };
    let before = data::<Stood>(&change.old_image)?.map(|stood| stood.status);
    if before == Some(task.status) {
        return Ok(None);
    }
    let millis = change.approximate_creation_date_time.timestamp_millis();
    let version = match change.new_image.get(VERSION) {
        Some(AttributeValue::N(version)) => version.parse()?,
        _ => return Err(format!("task {} has no version", task.id).into()),
    };
    Ok(Some(TaskEvent {
        id: event_id(task.id, version, millis),
        event_type: task.status.into(),
        task_id: task.id,
        order_id: task.order_id,
        supplier_id: task.supplier_id,
        at: Timestamp::from_millisecond(millis)?,
        request_id: None,
        trace_id: task.trace_id,
    }))
}

/// The aggregate in one of a change's images, if there is one.
fn data<T: DeserializeOwned>(image: &Item) -> Result<Option<T>, Error> {
    image.get(DATA).cloned().map(serde_dynamo::from_attribute_value).transpose().map_err(Error::from)
}

/// An id that sorts by the time of the change, and is the same whenever the change is read.
fn event_id(task: TaskId, version: u64, millis: i64) -> EventId {
    let digest: [u8; 32] = Sha256::digest(format!("{task}#{version}")).into();
    let random = digest.iter().take(10).fold(0, |bits: u128, byte| bits << 8 | u128::from(*byte));
    EventId::from_ulid(Ulid::from_parts(u64::try_from(millis).unwrap_or_default(), random))
}

#[cfg(test)]
mod tests {
    use domain::TaskEventType;
    use serde_json::{Value, json};

    use super::*;

    /// A change of a task as the stream brings it.
    fn record(task: TaskId, before: Option<&str>, after: Option<(&str, u64)>) -> EventRecord {
        let (order, supplier) = ("ord_01JD0000000000000000000000", "sup_01JD0000000000000000000000");
        let image = |status: &str, version: u64| {
            json!({
                "pk": { "S": format!("TASK#{task}") },
                "sk": { "S": "TASK" },
                "version": { "N": version.to_string() },
                "data": { "M": {
                    "id": { "S": task.to_string() },
                    "orderId": { "S": order },
                    "supplierId": { "S": supplier },
                    "status": { "S": status },
                    "attempts": { "N": "1" },
                } },
            })
        };
        let mut change = json!({
            "ApproximateCreationDateTime": 1_795_320_955,
            "Keys": {},
            "SequenceNumber": "1",
            "SizeBytes": 1,
        });
        let version = after.map_or(2, |(_, version)| version);
        change["OldImage"] = before.map_or(json!({}), |status| image(status, version - 1));
        change["NewImage"] = after.map_or(json!({}), |(status, version)| image(status, version));
        let record: Value = json!({
            "awsRegion": "eu-west-2",
            "eventID": "1",
            "eventName": "MODIFY",
            "eventVersion": "1.1",
            "dynamodb": change,
        });
        serde_json::from_value(record).unwrap()
    }

    #[test]
    fn a_change_of_status_is_told_and_no_other_is() {
        let task = TaskId::generate();
        let told = |before, after| read(&record(task, before, after)).unwrap();
        let planned = told(None, Some(("planned", 1))).unwrap();
        assert_eq!((planned.event_type, planned.task_id), (TaskEventType::TaskPlanned, task));
        assert_eq!(planned.at.as_second(), 1_795_320_955);
        let submitted = told(Some("submitting"), Some(("submitted", 3))).unwrap();
        assert_eq!(submitted.event_type, TaskEventType::TaskSubmitted);
        assert_eq!(told(Some("submitted"), Some(("submitted", 4))), None, "it was asked about");
        assert_eq!(told(Some("completed"), None), None, "it was deleted");
    }

    #[test]
    fn the_same_change_has_the_same_id_and_another_has_not() {
        let task = TaskId::generate();
        let id = |task, version| read(&record(task, None, Some(("planned", version)))).unwrap().unwrap().id;
        assert_eq!(id(task, 1), id(task, 1));
        assert_ne!(id(task, 1), id(task, 2));
        assert_ne!(id(task, 1), id(TaskId::generate(), 1));
        assert_eq!(id(task, 1).ulid().timestamp_ms(), 1_795_320_955_000);
    }

    #[test]
    fn a_task_that_cannot_be_read_is_an_error() {
        assert!(read(&record(TaskId::generate(), None, Some(("lost", 1)))).is_err());
    }
}
