//! `GET /api/console/operations/queues/{name}/messages`: what the messages say that somebody gave up on.

use std::collections::BTreeMap;

use aws_config::SdkConfig;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::Message;
use axum::Json;
use axum::extract::{Path, State};
use domain::Group;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Page, Problem, guarded};

use crate::known::{Known, KnownQueue};
use crate::letters::{Mailbox, receives, sent_at};

/// The most messages that are shown.
pub const MAX_SHOWN: usize = 50;
/// The most characters of a message that are shown.
pub const MAX_BODY: usize = 8_000;

/// What the route works with.
#[derive(Debug, Clone)]
pub struct Peeker {
    known: Known<KnownQueue>,
    client: Client,
}

impl Peeker {
    /// The queues that the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, cloud::SettingError> {
        Ok(Self { known: cloud::setting("QUEUES")?, client: Client::new(config) })
    }
}

/// A message that somebody gave up on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LetterDto {
    /// Its id in the queue.
    id: String,
    /// When it was sent first.
    #[schema(value_type = Option<String>, format = DateTime)]
    sent_at: Option<Timestamp>,
    /// How often it was received, looks at it counted.
    receives: u32,
    /// What it says; of a long one the beginning.
    body: String,
    /// Whether that is all of it.
    whole: bool,
    /// What was written on it: why a rule of the bus could not deliver it, for instance.
    attributes: BTreeMap<String, String>,
    /// The order it is about.
    order_id: Option<String>,
    /// The task it is about.
    task_id: Option<String>,
    /// The request that began it all.
    request_id: Option<String>,
}

impl From<Message> for LetterDto {
    fn from(message: Message) -> Self {
        let (sent_at, receives) = (sent_at(&message), receives(&message));
        let text = message.body.unwrap_or_default();
        let parsed: Value = serde_json::from_str(&text).unwrap_or_default();
        // An event of the bus says it in its detail.
        let about = |name: &str| {
            [&parsed, &parsed["detail"]].into_iter().find_map(|part| part[name].as_str()).map(str::to_owned)
        };
        let body: String = text.chars().take(MAX_BODY).collect();
        let attributes = message.message_attributes.unwrap_or_default();
        let text_of = |(name, value): (String, aws_sdk_sqs::types::MessageAttributeValue)| {
            value.string_value.map(|value| (name, value))
        };
        Self {
            id: message.message_id.unwrap_or_default(),
            sent_at,
            receives,
            whole: body.len() == text.len(),
            body,
            attributes: attributes.into_iter().filter_map(text_of).collect(),
            order_id: about("orderId"),
            task_id: about("taskId"),
            request_id: about("requestId"),
        }
    }
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Peeker> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(peek_queue)))
}

#[utoipa::path(
    get,
    path = "/api/console/operations/queues/{name}/messages",
    tag = "console: operations",
    params(("name" = String, Path, description = "The queue's name, such as `dispatch-dead-letters`")),
    responses(
        (status = 200, description = "At most fifty of them, the oldest first; they stay in the queue", body = Page<LetterDto>),
        (status = 404, description = "There is no such queue", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "A worker is at this queue, and looking would count as a try", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn peek_queue(
    State(peeker): State<Peeker>,
    Path(name): Path<String>,
) -> Result<Json<Page<LetterDto>>, Problem> {
    let mailbox = Mailbox::new(&peeker.client, peeker.known.letters(&name)?.url);
    let taken: Vec<_> = mailbox.take(MAX_SHOWN, |_| false).await?.into_values().collect();
    mailbox.give_back(&taken).await;
    let mut items: Vec<LetterDto> = taken.into_iter().map(Into::into).collect();
    items.sort_by(|a, b| (a.sent_at, &a.id).cmp(&(b.sent_at, &b.id)));
    items.truncate(MAX_SHOWN);
    Ok(Json(Page { items, next_cursor: None }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(body: &str) -> LetterDto {
        Message::builder().message_id("m-1").body(body).build().into()
    }

    #[test]
    fn a_letter_tells_what_it_is_about() {
        let dispatch = letter(r#"{"taskId": "tsk_1", "orderId": "ord_1", "requestId": "r-1"}"#);
        assert_eq!(
            (dispatch.task_id.as_deref(), dispatch.order_id.as_deref()),
            (Some("tsk_1"), Some("ord_1"))
        );
        let event =
            letter(r#"{"source": "ironmonger.orders", "detail": {"orderId": "ord_2", "requestId": "r-2"}}"#);
        assert_eq!((event.order_id.as_deref(), event.request_id.as_deref()), (Some("ord_2"), Some("r-2")));
        let nonsense = letter("nonsense");
        assert_eq!((nonsense.order_id, nonsense.body.as_str(), nonsense.whole), (None, "nonsense", true));
    }

    #[test]
    fn of_a_long_letter_the_beginning_is_shown() {
        assert!(letter(&"é".repeat(MAX_BODY)).whole);
        let long = letter(&"é".repeat(MAX_BODY + 1));
        assert_eq!((long.body.chars().count(), long.whole), (MAX_BODY, false));
    }
}
