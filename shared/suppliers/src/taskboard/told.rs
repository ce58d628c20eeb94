//! What a board says of some tasks, put together.

use std::collections::BTreeMap;

use super::read::{self, Report, ReportState, Task};
use crate::{
    StatusReport, SupplierReference,
    keyed::{self, PlacedLine},
};

/// What a board says of some tasks.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The tasks, by id.
    pub tasks: BTreeMap<String, Task>,
    /// The reports on them, by id.
    pub reports: BTreeMap<String, Report>,
}

impl Told {
    /// How a task of ours stands. None if the board knows none of its lines.
    pub fn report(&self, reference: &SupplierReference, lines: &[PlacedLine]) -> Option<StatusReport> {
        let status = |line: &PlacedLine| {
            let reports: Vec<&Report> = self.reports_on(line).collect();
            (line.clone(), self.tasks.get(&line.id).map(|task| read::status(task, line, &reports)))
        };
        let (progress, delivered) = keyed::combined(&lines.iter().map(status).collect::<Vec<_>>())?;
        let reports = lines.iter().flat_map(|line| self.reports_on(line));
        let approved: Vec<&Report> = reports.filter(|report| report.state == ReportState::Approved).collect();
        Some(StatusReport {
            reference: reference.clone(),
            progress,
            delivered: Some(delivered),
            carrier: approved.iter().find_map(|report| report.carrier.clone()),
            tracking_number: approved.iter().find_map(|report| report.tracking_number.clone()),
            reason: None,
            cost: keyed::sum(approved.iter().map(|report| report.price)),
        })
    }

    /// Whether every piece has been sent, even if nobody has approved it yet.
    pub fn is_done(&self, lines: &[PlacedLine]) -> bool {
        lines.iter().all(|line| {
            let done = self.reports_on(line).filter(|report| report.state != ReportState::Working).count();
            u32::try_from(done).is_ok_and(|done| done >= line.quantity)
        })
    }

    fn reports_on<'a>(&'a self, line: &'a PlacedLine) -> impl Iterator<Item = &'a Report> {
        self.reports.values().filter(|report| report.task == line.id)
    }
}
