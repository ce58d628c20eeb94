//! A task whose lines are orders of their own: what came of placing them, where they were found, and asking about them.

use std::ops::ControlFlow;

use domain::ids::TaskId;

use super::{
    Parameters,
    lines::{PlacedLine, placed_lines, reference_of},
};
use crate::{PlaceError, Placement, SupplierError, SupplierReference, TaskProgress};

/// What came of a task's lines so far, while they are placed one after the other.
#[derive(Debug, Default)]
pub(crate) struct Placing {
    taken: Vec<PlacedLine>,
    refused: Option<PlaceError>,
}

impl Placing {
    /// Notes what came of a line. A break where the next lines would meet the same; an error where nobody knows whether
    /// the supplier has this one.
    pub fn note(&mut self, line: Result<PlacedLine, PlaceError>) -> Result<ControlFlow<()>, PlaceError> {
        match line {
            Ok(placed) => self.taken.push(placed),
            Err(doubt @ PlaceError::Uncertain { .. }) => return Err(doubt),
            Err(refusal @ PlaceError::Rejected { .. }) => self.refused = Some(refusal),
            Err(obstacle) => {
                self.refused = Some(obstacle);
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The task as the supplier has it: of several lines a part is enough. `too_long` says that no reference can name them.
    pub fn placed(self, task: TaskId, too_long: &str) -> Result<Placement, PlaceError> {
        match self.refused {
            Some(refusal) if self.taken.is_empty() => return Err(refusal),
            // The supplier has a part of the task. The rest will be reported as not sent and given to others.
            Some(refusal) => tracing::warn!(%task, %refusal, "placed in part"),
            None => {}
        }
        let reference =
            reference_of(&self.taken).map_err(|()| PlaceError::Uncertain { reason: too_long.to_owned() })?;
        Ok(Placement { reference, cost: None, progress: Some(TaskProgress::Accepted) })
    }
}

/// A task whose lines were found at the supplier; none if there are no lines. `path` is where the ids are, `too_long` as in
/// [`Placing::placed`].
pub(crate) fn found(
    lines: &[PlacedLine],
    path: &str,
    too_long: &str,
) -> Result<Option<Placement>, SupplierError> {
    if lines.is_empty() {
        return Ok(None);
    }
    let reference = reference_of(lines)
        .map_err(|()| SupplierError::Protocol { path: path.to_owned(), reason: too_long.to_owned() })?;
    Ok(Some(Placement { reference, cost: None, progress: None }))
}

/// The tasks that are asked about, each with its lines. What is no reference of ours is left out.
pub(crate) fn asked(references: &[SupplierReference]) -> Vec<(&SupplierReference, Vec<PlacedLine>)> {
    references.iter().filter_map(|reference| Some((reference, placed_lines(reference)?))).collect()
}

/// The lines of all these tasks.
pub(crate) fn lines_of_all(tasks: &[(&SupplierReference, Vec<PlacedLine>)]) -> Vec<PlacedLine> {
    tasks.iter().flat_map(|(_, lines)| lines.clone()).collect()
}

/// One parameter that names lines by their ids there.
pub(crate) fn ids(parameter: &str, lines: &[PlacedLine]) -> Parameters {
    let ids: Vec<&str> = lines.iter().map(|line| line.id.as_str()).collect();
    Parameters::from([(parameter.to_owned(), ids.join(","))])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str) -> PlacedLine {
        PlacedLine::new(id, 1, "H75").unwrap()
    }

    fn refusal() -> PlaceError {
        PlaceError::Rejected { reason: "out of latches".into() }
    }

    #[test]
    fn a_part_of_a_task_is_enough() {
        let mut placing = Placing::default();
        assert_eq!(placing.note(Err(refusal())), Ok(ControlFlow::Continue(())));
        assert_eq!(placing.note(Ok(line("7"))), Ok(ControlFlow::Continue(())));
        let placed = placing.placed(TaskId::generate(), "too long").unwrap();
        assert_eq!(placed.reference.as_str(), "7:1:H75");
    }

    #[test]
    fn what_stops_one_line_stops_the_next() {
        let busy = PlaceError::Unavailable { retry_after: None, reason: "busy".into() };
        let mut placing = Placing::default();
        assert_eq!(placing.note(Err(busy.clone())), Ok(ControlFlow::Break(())));
        assert_eq!(placing.placed(TaskId::generate(), "too long"), Err(busy));
        let doubt = PlaceError::Uncertain { reason: "lost".into() };
        assert_eq!(Placing::default().note(Err(doubt.clone())), Err(doubt));
        let mut placing = Placing::default();
        assert_eq!(placing.note(Err(refusal())), Ok(ControlFlow::Continue(())));
        assert_eq!(placing.placed(TaskId::generate(), "too long"), Err(refusal()));
    }

    #[test]
    fn lines_that_no_reference_can_name_are_said_to_be() {
        let many = vec![line("7"); SupplierReference::MAX_LENGTH];
        let misfit = SupplierError::Protocol { path: "find.id".into(), reason: "too long".into() };
        assert_eq!(found(&many, "find.id", "too long"), Err(misfit));
        assert_eq!(found(&[], "find.id", "too long"), Ok(None));
    }

    #[test]
    fn of_foreign_references_nothing_is_asked() {
        let ours = SupplierReference::parse("7:1:H75,8:1:H75").unwrap();
        let foreign = SupplierReference::parse("so_1").unwrap();
        let references = [foreign, ours.clone()];
        let tasks = asked(&references);
        assert_eq!(tasks, [(&ours, vec![line("7"), line("8")])]);
        assert_eq!(ids("orders", &lines_of_all(&tasks)), Parameters::from([("orders".into(), "7,8".into())]));
    }
}
