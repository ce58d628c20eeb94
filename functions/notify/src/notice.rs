//! What webhooks are told: what happened, when, and how the order or the task stands.

use domain::{Order, SupplierId, Task, TaskId, WebhookEvent, WebhookId};
use events::WorkError;
use jiff::Timestamp;
use orders::dto::OrderDto;
use serde::Serialize;
use store::Database;
use store::merchant_webhooks::Happening;
use store::orders::OrderPage;
use utoipa::ToSchema;
use web::MoneyDto;

/// Something happened to an order.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderNotice {
    /// What happened.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "OrderPaid")]
    pub event: WebhookEvent,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub timestamp: Timestamp,
    /// The order, as it stands when this is told.
    pub data: OrderDto,
}

/// A supplier's part of an order came to another status.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskNotice {
    /// What happened.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "TaskCompleted")]
    pub event: WebhookEvent,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub timestamp: Timestamp,
    /// The task, as it stands when this is told.
    pub data: ToldTask,
}

/// Somebody tests whether the webhook answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct PingNotice {
    /// `Ping`.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "Ping")]
    pub event: &'static str,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub timestamp: Timestamp,
    /// Which webhook is tested.
    pub data: Pinged,
}

/// A webhook that is tested.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Pinged {
    /// The webhook's id.
    #[schema(value_type = String, example = "whk_01JD0000000000000000000000")]
    pub webhook_id: WebhookId,
}

/// A supplier's part of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ToldTask {
    /// The task's id.
    #[schema(value_type = String, example = "tsk_01JD0000000000000000000000")]
    id: TaskId,
    /// The order it is a part of.
    #[schema(example = "ord_01JD0000000000000000000000")]
    order_id: String,
    /// The number of the order that is read out on the phone.
    #[schema(example = "7Q2M4-K9F3B")]
    order_number: String,
    /// Who is to do it.
    supplier: ToldSupplier,
    /// `planned`, `submitting`, `submitted`, `inProgress`, `overdue`, `completed`, `rejected`, `cancelled` or `failed`.
    #[schema(value_type = String, example = "completed")]
    status: &'static str,
    /// What is to be sent.
    items: Vec<ToldTaskItem>,
    /// The supplier's name for it, once the supplier has it.
    #[schema(example = "S-20871")]
    supplier_reference: Option<String>,
    /// What the supplier charges for all of it, if it said so.
    cost: Option<MoneyDto>,
    /// Why it went wrong, where it did.
    reason: Option<String>,
    /// When it was planned.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When the supplier took it.
    #[schema(value_type = Option<String>, format = DateTime)]
    placed_at: Option<Timestamp>,
    /// When it ended, well or badly.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Timestamp>,
}

/// Who does a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ToldSupplier {
    /// The supplier's id.
    #[schema(value_type = String, example = "sup_01JD0000000000000000000000")]
    pub id: SupplierId,
    /// What it is called; null where nobody knows any more.
    #[schema(example = "Calder & Sons")]
    pub name: Option<String>,
}

/// One article of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ToldTaskItem {
    /// The SKU.
    #[schema(example = "HT-CLAW-16")]
    sku: String,
    /// How many pieces are to be sent.
    quantity: u32,
    /// How many pieces were sent.
    delivered: u32,
}

impl ToldTask {
    /// A task, as webhooks are told of it.
    #[must_use]
    pub fn of(task: &Task, supplier_name: Option<String>) -> Self {
        let item = |item: &domain::TaskItem| ToldTaskItem {
            sku: item.sku.to_string(),
            quantity: item.quantity.get(),
            delivered: item.delivered,
        };
        Self {
            id: task.id(),
            order_id: task.order_id().to_string(),
            order_number: task.order_id().number(),
            supplier: ToldSupplier { id: task.supplier_id(), name: supplier_name },
            status: task.status().name(),
            items: task.items().iter().map(item).collect(),
            supplier_reference: task.supplier_reference().map(str::to_owned),
            cost: task.cost().map(Into::into),
            reason: task.reason().map(str::to_owned),
            created_at: task.created_at(),
            placed_at: task.placed_at(),
            ended_at: task.ended_at(),
        }
    }
}

/// A notice as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// The JSON.
    pub body: Vec<u8>,
    /// What of it is nobody's business, should the program send it back.
    pub private: Vec<String>,
}

impl Composed {
    /// A test of a webhook.
    pub fn ping(webhook_id: WebhookId, now: Timestamp) -> Result<Self, serde_json::Error> {
        let notice = PingNotice { event: "Ping", timestamp: now, data: Pinged { webhook_id } };
        Ok(Self { body: serde_json::to_vec(&notice)?, private: Vec::new() })
    }

    fn of_order(happening: &Happening, page: OrderPage) -> Result<Self, WorkError> {
        let private = private(&page.order.value);
        let data = OrderDto::of_page(page).map_err(|problem| format!("{problem:?}"))?;
        let notice = OrderNotice { event: happening.event, timestamp: happening.at, data };
        Ok(Self { body: serde_json::to_vec(&notice)?, private })
    }

    fn of_task(happening: &Happening, task: &Task, supplier: Option<String>) -> Result<Self, WorkError> {
        let data = ToldTask::of(task, supplier);
        let notice = TaskNotice { event: happening.event, timestamp: happening.at, data };
        Ok(Self { body: serde_json::to_vec(&notice)?, private: Vec::new() })
    }
}

/// What a webhook is told of something that happened; nothing where what it happened to is not there any more.
pub async fn compose(database: &Database, happening: &Happening) -> Result<Option<Composed>, WorkError> {
    let Some(task_id) = happening.task_id else {
        let page = database.order_page(happening.order_id).await?;
        return page.map(|page| Composed::of_order(happening, page)).transpose();
    };
    let Some(task) = database.task(task_id).await? else { return Ok(None) };
    let supplier = supplier_name(database, task.value.supplier_id()).await?;
    Composed::of_task(happening, &task.value, supplier).map(Some)
}

async fn supplier_name(database: &Database, id: SupplierId) -> Result<Option<String>, WorkError> {
    if let Some(record) = database.supplier(id).await? {
        return Ok(Some(record.value.supplier.name));
    }
    Ok(database.former_supplier(id).await?.map(|former| former.name))
}

/// Who bought, and where they live.
fn private(order: &Order) -> Vec<String> {
    let address = order.shipping_address().fields();
    let always = [order.email().to_string(), address.name.clone(), address.line1.clone()];
    let sometimes = [address.line2.clone(), Some(address.postal_code.clone())];
    always.into_iter().chain(sometimes.into_iter().flatten()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::examples;

    #[test]
    fn who_bought_is_hidden_in_what_is_sent_back() {
        let (happening, page) = examples::order().unwrap();
        let composed = Composed::of_order(&happening, page).unwrap();
        let body = String::from_utf8(composed.body).unwrap();
        assert_eq!(composed.private.len(), 4);
        for text in &composed.private {
            assert!(body.contains(text.as_str()), "{text}");
        }
    }

    #[test]
    fn a_task_is_told_with_its_supplier() {
        let (happening, task) = examples::task().unwrap();
        let composed = Composed::of_task(&happening, &task, Some("Calder & Sons".into())).unwrap();
        let told: serde_json::Value = serde_json::from_slice(&composed.body).unwrap();
        assert_eq!(told["type"], "TaskCompleted");
        assert_eq!(told["timestamp"], serde_json::json!(happening.at));
        assert_eq!(told["data"]["supplier"]["name"], "Calder & Sons");
        assert_eq!(told["data"]["status"], "completed");
    }

    #[test]
    fn a_test_names_the_webhook() {
        let id = WebhookId::generate();
        let told: serde_json::Value =
            serde_json::from_slice(&Composed::ping(id, Timestamp::UNIX_EPOCH).unwrap().body).unwrap();
        let expected = serde_json::json!({
            "type": "Ping", "timestamp": "1970-01-01T00:00:00Z", "data": { "webhookId": id },
        });
        assert_eq!(told, expected);
    }
}
