//! The routes of orders that somebody must look after.

pub mod assign_order;
pub mod cancel_order;
pub mod fulfil_by_hand;
pub mod get_desk_order;
pub mod list_attention;
pub mod order;
pub mod retry_order;
pub mod settle_refund;
mod view;

use axum::http::StatusCode;
use domain::order::OrderError;
use domain::{Order, OrderEventType, OrderId, Quantity, Sku, Task};
use jiff::Timestamp;
use serde_json::{Value, json};
use store::audit::{Actor, AuditEntry, AuditSubject};
use store::idempotency::IdempotencyKey;
use store::{CommitError, Database, StoreError, Transaction, Versioned};
use web::Problem;

/// The id in a path.
fn path_order(id: &str) -> Result<OrderId, Problem> {
    OrderId::parse(id).map_err(|error| Problem::bad_parameter("/path/id", error))
}

async fn load(database: &Database, id: OrderId) -> Result<Versioned<Order>, Problem> {
    let order = database.order(id).await.map_err(Problem::internal)?;
    order.ok_or_else(|| Problem::not_found("order"))
}

/// The pieces of an order that nobody sends.
fn unassigned(order: &Order) -> Vec<(Sku, Quantity)> {
    order.unassigned().iter().map(|(sku, pieces)| (sku.clone(), *pieces)).collect()
}

/// What somebody did to an order.
struct Deed<'a> {
    actor: &'a Actor,
    /// What was done, such as `order.cancelled`.
    action: &'a str,
    /// What the order's timeline tells of it.
    events: Vec<OrderEventType>,
    key: &'a IdempotencyKey,
    request_id: &'a str,
}

impl Deed<'_> {
    /// Writes a changed order with all that tells of the change and what `more` adds to it. False where somebody else
    /// changed the order since it was read.
    async fn write(
        &self,
        database: &Database,
        before: &Order,
        after: &Versioned<Order>,
        more: impl FnOnce(&mut Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<bool, Problem> {
        let (order, now) = (&after.value, Timestamp::now());
        let written = async {
            let mut transaction = database.transaction();
            transaction.update_order(after)?;
            for event in &self.events {
                transaction.add_event(order, *event, now, self.request_id)?;
            }
            transaction.record_idempotency(self.key, order.id(), None, now)?.audit(&entry(
                self.actor,
                self.action,
                before,
                order,
            )?)?;
            more(&mut transaction)?;
            transaction.commit().await
        };
        match written.await {
            Ok(()) => {
                let (order_id, action) = (order.id(), self.action);
                tracing::info!(%order_id, action, status = %order.status(), "order changed by hand");
                Ok(true)
            }
            Err(CommitError::Refused(_)) => Ok(false),
            Err(CommitError::Store(error)) => Err(Problem::internal(error)),
        }
    }
}

/// New tasks of an order, to be stored with it.
fn create_tasks(transaction: &mut Transaction<'_>, tasks: &[Task]) -> Result<(), StoreError> {
    for task in tasks {
        transaction.create_task(task)?;
    }
    Ok(())
}

/// What the audit trail tells of a change to an order.
fn entry(actor: &Actor, action: &str, before: &Order, after: &Order) -> Result<AuditEntry, StoreError> {
    let subject = AuditSubject::new("order", after.id(), after.number());
    AuditEntry::of(actor, action, subject, Some(&told(before)), Some(&told(after)))
}

/// What the audit trail tells of an order: nothing of whoever bought it, who may be forgotten.
fn told(order: &Order) -> Value {
    json!({
        "status": order.status(),
        "attention": order.attention(),
        "unassigned": order.unassigned(),
        "openTasks": order.open_tasks(),
        "cancellation": order.cancellation(),
    })
}

/// What somebody hears who wants of an order what it cannot do.
fn refused(error: &OrderError) -> Problem {
    Problem::new(StatusCode::CONFLICT, "illegal-transition", "The order cannot do that", error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_order_cannot_do_is_a_conflict() {
        let problem = refused(&OrderError::TasksOpen);
        assert_eq!(problem.status(), StatusCode::CONFLICT);
    }
}
