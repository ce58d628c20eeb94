//! Work on one task among others: its log lines, and what comes of it, belong to the task's own trace.

use domain::Task;
use tracing::Instrument;

/// Does some work on a task as part of its trace. The lines that are logged meanwhile name the task and its order.
pub fn for_task<F: Future>(task: &Task, work: F) -> impl Future<Output = F::Output> + use<F> {
    let span = tracing::info_span!("task", task_id = %task.id(), order_id = %task.order_id());
    telemetry::trace::within_any(task.trace_id(), work.instrument(span))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use telemetry::{TraceId, trace};

    use super::*;
    use crate::fixtures::six_pieces;

    #[tokio::test]
    async fn a_task_that_was_planned_in_a_trace_stays_in_it() {
        let (own, others) = (TraceId::generate(), TraceId::generate());
        let task = six_pieces(Timestamp::UNIX_EPOCH);
        let current = |task: Task| {
            trace::within(others, async move { for_task(&task, async { trace::current() }).await })
        };
        assert_eq!(current(task.clone()).await, Some(others), "a task of a former version has no trace");
        assert_eq!(current(task.with_trace(Some(own))).await, Some(own));
    }
}
