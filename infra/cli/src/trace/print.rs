//! A story for people: what it is about, and a table.

use std::fmt;

use jiff::Timestamp;

use super::{Step, Story, shown};

/// The columns' heads, but the last one's.
const HEADS: [&str; 4] = ["TIME (UTC)", "TRACE", "TASK", "WHERE"];

impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Order {} (number {}): {}", self.order, self.number, self.status)?;
        for (n, task) in self.tasks.iter().enumerate() {
            writeln!(f, "  task {}   {}  {}  with {}", n + 1, task.id, task.status, task.supplier_id)?;
        }
        for (n, trace) in self.traces.iter().enumerate() {
            writeln!(f, "  trace {}  {trace}", n + 1)?;
        }
        let rows: Vec<_> = self.steps.iter().map(|step| self.row(step)).collect();
        let width = |column: usize| {
            let cells = rows.iter().map(|row| row[column].chars().count());
            cells.chain([HEADS[column].len()]).max().unwrap_or_default()
        };
        let widths: [usize; 4] = std::array::from_fn(width);
        let line = |f: &mut fmt::Formatter<'_>, cells: [&str; 4], last: &str| -> fmt::Result {
            for (cell, width) in cells.iter().zip(widths) {
                write!(f, "{cell:width$}  ")?;
            }
            writeln!(f, "{last}")
        };
        writeln!(f)?;
        line(f, HEADS, "WHAT")?;
        let mut day = String::new();
        for (step, row) in self.steps.iter().zip(&rows) {
            let of = date(step.at);
            if of != day {
                writeln!(f, "{of}")?;
                day = of;
            }
            let trouble = if step.is_trouble() { step.level.as_deref().unwrap_or_default() } else { "" };
            let space = if trouble.is_empty() { "" } else { " " };
            line(f, row.each_ref().map(String::as_str), &format!("{trouble}{space}{}", step.what))?;
        }
        Ok(())
    }
}

impl Story {
    /// A step's cells, but what happened. Traces and tasks are known by their numbers in the head.
    fn row(&self, step: &Step) -> [String; 4] {
        let number = |place: Option<usize>| place.map(|n| (n + 1).to_string()).unwrap_or_default();
        let trace = step.trace_id.and_then(|trace| self.traces.iter().position(|known| *known == trace));
        let task = step.task_id.as_ref().and_then(|id| self.tasks.iter().position(|task| task.id == *id));
        let place = step.function.clone().unwrap_or_else(|| step.source.name().to_owned());
        [shown(step.at), number(trace), number(task), place]
    }
}

fn date(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use domain::{OrderId, TraceId};
    use serde_json::{Map, json};

    use super::super::{Source, TaskEntry};
    use super::*;

    fn step(at: &str, source: Source, function: Option<&str>, what: &str) -> Step {
        Step {
            at: at.parse().unwrap(),
            source,
            function: function.map(str::to_owned),
            level: Some("INFO".into()),
            trace_id: Some(trace()),
            task_id: None,
            what: what.into(),
            fields: Map::new(),
        }
    }

    fn trace() -> TraceId {
        TraceId::parse("5759e988bd862e3fe1be46a994272793").unwrap()
    }

    fn story() -> Story {
        let order = OrderId::parse("ord_01JD0000000000000000000000").unwrap();
        let mut late =
            step("2026-11-22T00:00:00.5Z", Source::Log, Some("dispatch-task"), "task is not placed");
        late.level = Some("WARN".into());
        late.task_id = Some("tsk_1".into());
        late.trace_id = None;
        let task = TaskEntry { id: "tsk_1".into(), supplier_id: "sup_1".into(), status: "planned" };
        Story {
            order,
            number: order.number(),
            status: "fulfilling",
            tasks: vec![task],
            traces: vec![trace()],
            steps: vec![
                step("2026-11-21T23:59:59.12Z", Source::Event, None, "OrderPaid"),
                step("2026-11-21T23:59:59.2Z", Source::Log, Some("pay-order"), "POST /x → 200 in 5 ms"),
                late,
            ],
        }
    }

    #[test]
    fn a_story_is_a_table_in_time_order() {
        let expected = "\
Order ord_01JD0000000000000000000000 (number 00000-00000): fulfilling
  task 1   tsk_1  planned  with sup_1
  trace 1  5759e988bd862e3fe1be46a994272793

TIME (UTC)    TRACE  TASK  WHERE          WHAT
2026-11-21
23:59:59.120  1            event          OrderPaid
23:59:59.200  1            pay-order      POST /x → 200 in 5 ms
2026-11-22
00:00:00.500         1     dispatch-task  WARN task is not placed
";
        assert_eq!(story().to_string(), expected);
    }

    #[test]
    fn a_story_for_programs_says_the_same() {
        let told = serde_json::to_value(story()).unwrap();
        assert_eq!(told["traces"], json!([trace()]));
        let first = json!({
            "at": "2026-11-21T23:59:59.12Z", "source": "event", "level": "INFO", "what": "OrderPaid",
            "traceId": trace(),
        });
        assert_eq!(told["steps"][0], first);
    }
}
