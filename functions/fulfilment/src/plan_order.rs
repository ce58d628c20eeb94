//! Planning queue: splits a paid order into tasks.

use domain::{OrderEventType, OrderStatus};
use events::{BusMessage, Outcome, Report, WorkError};
use jiff::Timestamp;
use store::CommitError;

use crate::attention::why_nobody;
use crate::desk::{Desk, DeskError};
use crate::planning::{Past, tasks_for};

/// Handles an order that was paid.
pub async fn handle(desk: &Desk, message: BusMessage) -> Result<Report, WorkError> {
    let (order_id, request_id) = (message.detail.order_id, message.detail.request_id);
    let mut order = desk.order(order_id).await?;
    if order.value.status() != OrderStatus::Paid {
        desk.send_planned(&order.value, &request_id).await?;
        return Ok(Outcome::Done.saying("it is planned already"));
    }
    let now = Timestamp::now();
    let quantities = order.value.quantities()?;
    let lines: Vec<_> = quantities.into_iter().map(|((_, sku), pieces)| (sku, pieces)).collect();
    let planned = Box::pin(tasks_for(&desk.database, &order.value, &lines, &Past::default(), now)).await?;
    let mut transaction = desk.database.transaction();
    if !planned.tasks.is_empty() {
        order.value.start_fulfilment(planned.tasks.iter().map(domain::Task::id))?;
        transaction.add_event(&order.value, OrderEventType::OrderPlanned, now, &request_id)?;
    }
    let needs_attention = !planned.unroutable.is_empty();
    if needs_attention {
        let reason = why_nobody(&planned.unroutable, &planned.situation, &[]);
        order.value.leave_unassigned(&planned.left(), reason)?;
        transaction.add_event(&order.value, OrderEventType::OrderNeedsAttention, now, &request_id)?;
    }
    for task in &planned.tasks {
        transaction.create_task(task)?;
    }
    match transaction.update_order(&order)?.commit().await {
        Ok(()) => {}
        Err(CommitError::Refused(_)) => return Err(DeskError::Contended(order_id.to_string()).into()),
        Err(CommitError::Store(error)) => return Err(error.into()),
    }
    telemetry::crash::point("plan-order.after-write", order_id);
    let (tasks, unroutable) = (planned.tasks.len(), planned.unroutable.len());
    tracing::info!(tasks, unroutable, "order planned");
    desk.send(&planned.tasks, &request_id).await?;
    Ok(Outcome::Done.saying(format!("{tasks} tasks; {unroutable} articles that nobody can send")))
}
