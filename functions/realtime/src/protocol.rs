//! What pages and the shop say to each other over a connection: texts of JSON.

use std::collections::BTreeSet;

use domain::{EventId, OrderId, TaskId, Topic};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::followers::MAX_TOPICS;

/// The most bytes of a message: room for a token and as many topics as may be followed.
pub const MAX_MESSAGE: usize = 16 * 1024;
/// The most characters of the name that a page gives its message.
pub const MAX_REF: usize = 64;

/// What a page asks for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "action", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Request {
    /// To hear of these topics. Either token says who asks.
    Follow {
        /// The page's name for this message, which the answer carries.
        r#ref: Option<String>,
        /// What to follow.
        topics: BTreeSet<Topic>,
        /// An ID token of the shop's user directory.
        token: Option<String>,
        /// The token of a guest's order.
        order_token: Option<String>,
    },
    /// To hear of these topics no more.
    Unfollow {
        /// The page's name for this message, which the answer carries.
        r#ref: Option<String>,
        /// What not to follow any more.
        topics: BTreeSet<Topic>,
    },
    /// Whether the other side is there.
    Ping,
}

/// What a request is called that some function knows.
const ACTIONS: [&str; 3] = ["follow", "unfollow", "ping"];

/// Why a request was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Reason {
    /// It is no request.
    BadMessage,
    /// It asks for something that there is not.
    UnknownAction,
    /// It has more than [`MAX_MESSAGE`] bytes.
    TooLong,
    /// The connection would follow more than [`MAX_TOPICS`] topics.
    TooManyTopics,
    /// Too many follow that order already.
    TooManyFollowers,
    /// The token is no ID token of the shop's user directory.
    BadToken,
    /// The token was good once.
    ExpiredToken,
    /// A topic is not for whoever asks, or there is no such order: which of them is not said.
    NotAllowed,
}

/// A request that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub reason: Reason,
    /// The same in words, for whoever makes the page.
    pub detail: String,
}

impl Refusal {
    /// A refusal.
    #[must_use]
    pub fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }
}

/// What the shop says to a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Frame {
    /// The page hears of these topics from now on.
    Following {
        /// The page's name for its request.
        r#ref: Option<String>,
        /// The topics that it asked for.
        topics: BTreeSet<Topic>,
        /// Up to when, unless it asks again.
        expires_at: Timestamp,
    },
    /// The page hears of these topics no more.
    Unfollowed {
        /// The page's name for its request.
        r#ref: Option<String>,
        /// The topics that it named.
        topics: BTreeSet<Topic>,
    },
    /// Nothing came of the request.
    Refused {
        /// The page's name for its request.
        r#ref: Option<String>,
        /// Why.
        reason: Reason,
        /// The same in words.
        detail: String,
    },
    /// The other side is there.
    Pong,
    /// Something happened. It says what it happened to and not how that stands: the page asks the API, which knows what
    /// the page may see.
    Event {
        /// The event's id: the same if it is told twice.
        id: EventId,
        /// The first of the topics.
        topic: Topic,
        /// All topics of this event that the page follows.
        topics: Vec<Topic>,
        /// What happened.
        event: String,
        /// The order that it happened to.
        order_id: Option<OrderId>,
        /// The task that it happened to.
        task_id: Option<TaskId>,
        /// When.
        at: Timestamp,
        /// How the queues stand, where that is what is told.
        #[serde(skip_serializing_if = "Option::is_none")]
        queues: Option<Value>,
    },
}

/// A request with the name that the page gave it, which is known even if the rest cannot be read.
pub type Parsed = (Option<String>, Result<Request, Refusal>);

/// Reads what a page sent.
pub fn parse(text: &str) -> Parsed {
    if text.len() > MAX_MESSAGE {
        let detail = format!("a message may have {MAX_MESSAGE} bytes");
        return (None, Err(Refusal::new(Reason::TooLong, detail)));
    }
    let bad = |detail: String| Refusal::new(Reason::BadMessage, detail);
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => return (None, Err(bad(format!("this is no JSON: {error}")))),
    };
    let name = match value.get("ref") {
        None | Some(Value::Null) => None,
        Some(Value::String(name)) if name.chars().count() <= MAX_REF => Some(name.clone()),
        Some(_) => return (None, Err(bad(format!("`ref` is a text of up to {MAX_REF} characters")))),
    };
    let request = match value.get("action").and_then(Value::as_str) {
        Some(action) if ACTIONS.contains(&action) => {
            serde_json::from_value(value).map_err(|error| bad(error.to_string())).and_then(check)
        }
        _ => {
            let detail = format!("`action` is one of {}", ACTIONS.join(", "));
            Err(Refusal::new(Reason::UnknownAction, detail))
        }
    };
    (name, request)
}

/// What the form alone does not say.
fn check(request: Request) -> Result<Request, Refusal> {
    let bad = |detail| Err(Refusal::new(Reason::BadMessage, detail));
    match &request {
        Request::Follow { topics, .. } | Request::Unfollow { topics, .. } if topics.is_empty() => {
            bad("`topics` names at least one topic")
        }
        Request::Follow { topics, .. } | Request::Unfollow { topics, .. } if topics.len() > MAX_TOPICS => {
            let detail = format!("a connection may follow {MAX_TOPICS} topics");
            Err(Refusal::new(Reason::TooManyTopics, detail))
        }
        Request::Follow { token: Some(_), order_token: Some(_), .. } => {
            bad("either `token` or `orderToken` says who asks")
        }
        _ => Ok(request),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(message: &Value) -> (Option<String>, Reason) {
        let (name, request) = parse(&message.to_string());
        (name, request.unwrap_err().reason)
    }

    #[test]
    fn requests_are_read() {
        let id = OrderId::generate();
        let message =
            json!({ "action": "follow", "ref": "1", "topics": [format!("order:{id}")], "orderToken": "t" });
        let follow = Request::Follow {
            r#ref: Some("1".into()),
            topics: BTreeSet::from([Topic::Order(id)]),
            token: None,
            order_token: Some("t".into()),
        };
        assert_eq!(parse(&message.to_string()), (Some("1".into()), Ok(follow)));
        let message = json!({ "action": "unfollow", "topics": ["orders", "tasks", "orders"] });
        let topics = BTreeSet::from([Topic::Orders, Topic::Tasks]);
        assert_eq!(parse(&message.to_string()), (None, Ok(Request::Unfollow { r#ref: None, topics })));
        assert_eq!(parse(r#"{"action":"ping"}"#), (None, Ok(Request::Ping)));
    }

    #[test]
    fn what_is_no_request_is_refused_with_a_reason_and_under_its_name() {
        let name = || Some("7".to_owned());
        for bad in [
            json!({ "ref": "7", "action": "follow" }),
            json!({ "ref": "7", "action": "follow", "topics": [] }),
            json!({ "ref": "7", "action": "follow", "topics": ["other"] }),
            json!({ "ref": "7", "action": "follow", "topics": ["orders"], "more": 1 }),
            json!({ "ref": "7", "action": "follow", "topics": ["orders"], "token": "a", "orderToken": "b" }),
            json!({ "ref": "7", "action": "unfollow", "topics": [] }),
        ] {
            assert_eq!(refused(&bad), (name(), Reason::BadMessage), "{bad}");
        }
        for unknown in [
            json!({ "ref": "7" }),
            json!({ "ref": "7", "action": "shout" }),
            json!({ "ref": "7", "action": 1 }),
        ] {
            assert_eq!(refused(&unknown), (name(), Reason::UnknownAction), "{unknown}");
        }
        assert_eq!(refused(&json!({ "ref": 7, "action": "ping" })), (None, Reason::BadMessage));
        assert_eq!(
            refused(&json!({ "ref": "r".repeat(MAX_REF + 1), "action": "ping" })).1,
            Reason::BadMessage
        );
        assert_eq!(refused(&json!([])).1, Reason::UnknownAction);
        for text in ["", "{", "hello"] {
            assert_eq!(parse(text).1.unwrap_err().reason, Reason::BadMessage, "{text}");
        }
    }

    #[test]
    fn a_message_has_bounds() {
        let topics = |n| (0..n).map(|_| format!("order:{}", OrderId::generate())).collect::<Vec<_>>();
        let follow = |n| json!({ "action": "follow", "topics": topics(n) }).to_string();
        assert!(parse(&follow(MAX_TOPICS)).1.is_ok());
        assert_eq!(parse(&follow(MAX_TOPICS + 1)).1.unwrap_err().reason, Reason::TooManyTopics);
        let padded = |length: usize| format!("{}{}", r#"{"action":"ping"}"#, " ".repeat(length - 17));
        assert!(parse(&padded(MAX_MESSAGE)).1.is_ok());
        assert_eq!(parse(&padded(MAX_MESSAGE + 1)).1.unwrap_err().reason, Reason::TooLong);
    }

    #[test]
    fn frames_are_as_pages_expect_them() {
        let (id, order) = (EventId::generate(), OrderId::generate());
        let event = Frame::Event {
            id,
            topic: Topic::Orders,
            topics: vec![Topic::Orders, Topic::Attention],
            event: "OrderPaid".into(),
            order_id: Some(order),
            task_id: None,
            at: Timestamp::UNIX_EPOCH,
            queues: None,
        };
        let wanted = json!({
            "type": "event", "id": id, "topic": "orders", "topics": ["orders", "attention"], "event": "OrderPaid",
            "orderId": order, "taskId": null, "at": "1970-01-01T00:00:00Z",
        });
        assert_eq!(serde_json::to_value(event).unwrap(), wanted);
        let detail = String::new();
        let refused = Frame::Refused { r#ref: Some("1".into()), reason: Reason::TooManyTopics, detail };
        let wanted = json!({ "type": "refused", "ref": "1", "reason": "tooManyTopics", "detail": "" });
        assert_eq!(serde_json::to_value(refused).unwrap(), wanted);
        let topics = BTreeSet::from([Topic::Queues]);
        let following = Frame::Following { r#ref: None, topics, expires_at: Timestamp::UNIX_EPOCH };
        let wanted = json!({ "type": "following", "ref": null, "topics": ["queues"], "expiresAt": "1970-01-01T00:00:00Z" });
        assert_eq!(serde_json::to_value(following).unwrap(), wanted);
        assert_eq!(serde_json::to_value(Frame::Pong).unwrap(), json!({ "type": "pong" }));
    }
}
