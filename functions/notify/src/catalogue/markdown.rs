//! The event catalogue as a page of the docs.

use std::fmt::Write;

use domain::{WebhookEvent, WebhookId};
use jiff::Timestamp;
use orders::dto::OrderDto;
use serde::Serialize;
use utoipa::ToSchema;

use super::examples::{self, SUPPLIER};
use super::schemas::standing_alone;
use super::when;
use crate::notice::{OrderNotice, PingNotice, Pinged, TaskNotice, ToldTask};

/// Why the page cannot be written.
type Error = Box<dyn std::error::Error + Send + Sync>;

const HEAD: &str = "# Event catalogue

What the shop's webhooks can be told of: made from the code by `make openapi`, do not edit it here. How webhooks are set
up, signed and repeated says [webhooks.md](webhooks.md).

Each call is a `POST` with a JSON body of three members: `type` is the event's name, `timestamp` says when it happened
(RFC 3339, UTC), and `data` is what it happened to, as that stands when the call is made. Members may be added to `data`
at any time; a receiver ignores those that it does not know.

Money is `{ \"amount\": 1899, \"currency\": \"GBP\" }`: integer minor units of the currency.
";

/// The page.
pub fn markdown() -> Result<String, Error> {
    let mut page = String::from(HEAD);
    let (happening, order) = examples::order()?;
    let data = OrderDto::of_page(order).map_err(|problem| format!("{problem:?}"))?;
    let notice = OrderNotice { event: happening.event, timestamp: happening.at, data };
    let is_order = |event: &WebhookEvent| matches!(event, WebhookEvent::Order(_));
    section(&mut page, "Events of orders", "`data` is the order.", WebhookEvent::all().filter(is_order))?;
    shape(&mut page, &notice)?;

    let (happening, task) = examples::task()?;
    let data = ToldTask::of(&task, Some(SUPPLIER.into()));
    let notice = TaskNotice { event: happening.event, timestamp: happening.at, data };
    let is_task = |event: &WebhookEvent| matches!(event, WebhookEvent::Task(_));
    let about = "A task is the part of an order that one supplier does. `data` is the task.";
    section(&mut page, "Events of tasks", about, WebhookEvent::all().filter(is_task))?;
    shape(&mut page, &notice)?;

    let timestamp: Timestamp = "2026-11-22T10:00:00Z".parse()?;
    let webhook_id = WebhookId::parse("whk_01KAQ8S0H0C2E4G6J8M0P2R4T6")?;
    let notice = PingNotice { event: "Ping", timestamp, data: Pinged { webhook_id } };
    let about = "`Ping` is sent when somebody tests a webhook in the console. Nothing has happened; it wants to be taken like \
                 any other call. Nobody subscribes to it.";
    write!(page, "\n## Ping\n\n{about}\n")?;
    example(&mut page, &notice)?;
    Ok(page)
}

fn section(
    page: &mut String,
    title: &str,
    about: &str,
    events: impl Iterator<Item = WebhookEvent>,
) -> Result<(), Error> {
    write!(page, "\n## {title}\n\n{about}\n\n| `type` | When |\n|---|---|\n")?;
    for event in events {
        writeln!(page, "| `{event}` | {} |", when(event))?;
    }
    Ok(())
}

fn shape<T: Serialize + ToSchema>(page: &mut String, notice: &T) -> Result<(), Error> {
    example(page, notice)?;
    let schema = serde_json::to_string_pretty(&standing_alone::<T>()?)?;
    write!(page, "\n<details>\n<summary>JSON Schema</summary>\n\n```json\n{schema}\n```\n\n</details>\n")?;
    Ok(())
}

fn example<T: Serialize>(page: &mut String, notice: &T) -> Result<(), Error> {
    write!(page, "\nFor example:\n\n```json\n{}\n```\n", serde_json::to_string_pretty(notice)?)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_tells_of_each_event_and_shows_how() {
        let page = markdown().unwrap();
        for event in WebhookEvent::all() {
            assert_eq!(page.matches(&format!("| `{event}` |")).count(), 1, "{event}");
        }
        for shown in ["\"type\": \"OrderFulfilled\"", "\"type\": \"TaskCompleted\"", "\"$defs\""] {
            assert!(page.contains(shown), "{shown}");
        }
        assert!(page.ends_with("```\n"));
    }
}
