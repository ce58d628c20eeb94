//! Messages of pages, as a WebSocket API gives them to a function.

use domain::OrderId;
use serde_json::{Value, json};

use crate::error::SampleError;
use crate::{REGION, ids};

/// A message of a page that is connected, or the end of its connection.
pub fn event(function: &str) -> Result<Value, SampleError> {
    let topics = [format!("order:{}", ids::id(OrderId::PREFIX))];
    let (route, message) = match function {
        "follow-topics" => {
            ("follow", json!({ "action": "follow", "ref": "1", "topics": topics, "orderToken": "sample" }))
        }
        "unfollow-topics" => ("unfollow", json!({ "action": "unfollow", "topics": topics })),
        "answer-message" => ("ping", json!({ "action": "ping" })),
        "forget-connection" => ("$disconnect", Value::Null),
        _ => return Err(SampleError::Unknown { function: function.to_owned(), caller: "socket" }),
    };
    let is_end = message.is_null();
    let mut event = json!({
        "requestContext": {
            "routeKey": route,
            "eventType": if is_end { "DISCONNECT" } else { "MESSAGE" },
            "messageDirection": "IN",
            "connectionId": "L0SM9cOFvHcCIhw=",
            "connectedAt": 1_795_355_990_000_u64,
            "requestTime": "22/Nov/2026:14:00:00 +0000",
            "requestTimeEpoch": 1_795_356_000_000_u64,
            "requestId": ids::MESSAGE,
            "extendedRequestId": "sample",
            "apiId": "local",
            "domainName": format!("local.execute-api.{REGION}.amazonaws.com"),
            "stage": "local",
            "identity": { "sourceIp": "127.0.0.1" },
        },
        "isBase64Encoded": false,
    });
    if !is_end {
        event["requestContext"]["messageId"] = json!("L0SM9cOFvHcCIhw1=");
        event["body"] = Value::String(message.to_string());
    }
    Ok(event)
}
