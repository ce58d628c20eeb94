//! The last look at what an adapter tells, so that no adapter can forget it: each order once, and no credentials.

use std::collections::BTreeSet;

use async_trait::async_trait;
use domain::ids::TaskId;

use crate::{
    CancelOutcome, PlaceError, Placement, PlacementRequest, StatusReport, Supplier, SupplierError,
    SupplierReference, TaskProgress, mask::Masks,
};

/// A supplier that tells of each order once, and whose words hold no credential: suppliers like to repeat a wrong key in their answer.
#[derive(Debug)]
pub(crate) struct Discreet<S> {
    supplier: S,
    masks: Masks,
}

impl<S: Supplier> Discreet<S> {
    pub fn new(supplier: S, masks: Masks) -> Self {
        Self { supplier, masks }
    }

    fn hide(&self, text: String) -> String {
        self.masks.hide(&text)
    }

    fn progress(&self, progress: TaskProgress) -> TaskProgress {
        match progress {
            TaskProgress::Unknown(words) => TaskProgress::Unknown(self.hide(words)),
            known => known,
        }
    }

    fn placement(&self, placement: Placement) -> Placement {
        let progress = placement.progress.map(|progress| self.progress(progress));
        Placement { progress, ..placement }
    }

    fn reports(&self, reports: Vec<StatusReport>) -> Vec<StatusReport> {
        let report = |report: StatusReport| StatusReport {
            progress: self.progress(report.progress),
            reason: report.reason.map(|reason| self.hide(reason)),
            ..report
        };
        reports.into_iter().map(report).collect()
    }

    fn error(&self, error: SupplierError) -> SupplierError {
        match error {
            SupplierError::Unavailable { retry_after, reason } => {
                SupplierError::Unavailable { retry_after, reason: self.hide(reason) }
            }
            SupplierError::Misconfigured { path, reason } => {
                SupplierError::Misconfigured { path, reason: self.hide(reason) }
            }
            SupplierError::Protocol { path, reason } => {
                SupplierError::Protocol { path, reason: self.hide(reason) }
            }
            SupplierError::Unsupported { operation } => SupplierError::Unsupported { operation },
        }
    }

    fn place_error(&self, error: PlaceError) -> PlaceError {
        match error {
            PlaceError::Rejected { reason } => PlaceError::Rejected { reason: self.hide(reason) },
            PlaceError::Unavailable { retry_after, reason } => {
                PlaceError::Unavailable { retry_after, reason: self.hide(reason) }
            }
            PlaceError::Uncertain { reason } => PlaceError::Uncertain { reason: self.hide(reason) },
            PlaceError::Misconfigured { path, reason } => {
                PlaceError::Misconfigured { path, reason: self.hide(reason) }
            }
        }
    }
}

#[async_trait]
impl<S: Supplier> Supplier for Discreet<S> {
    fn places_idempotently(&self) -> bool {
        self.supplier.places_idempotently()
    }

    fn is_polled(&self) -> bool {
        self.supplier.is_polled()
    }

    async fn place(&self, request: &PlacementRequest) -> Result<Placement, PlaceError> {
        let placed = self.supplier.place(request).await;
        placed.map(|placement| self.placement(placement)).map_err(|error| self.place_error(error))
    }

    async fn find_by_reference(&self, reference: &TaskId) -> Result<Option<Placement>, SupplierError> {
        let found = self.supplier.find_by_reference(reference).await;
        found.map(|found| found.map(|placement| self.placement(placement))).map_err(|error| self.error(error))
    }

    async fn statuses(&self, references: &[SupplierReference]) -> Result<Vec<StatusReport>, SupplierError> {
        let mut reports = self.supplier.statuses(references).await.map_err(|error| self.error(error))?;
        // Some suppliers list an order twice, or others than those that were asked for.
        let mut asked: BTreeSet<_> = references.iter().collect();
        reports.retain(|report| asked.remove(&report.reference));
        Ok(self.reports(reports))
    }

    async fn cancel(&self, reference: &SupplierReference) -> Result<CancelOutcome, SupplierError> {
        self.supplier.cancel(reference).await.map_err(|error| self.error(error))
    }

    async fn check(&self) -> Result<(), SupplierError> {
        self.supplier.check().await.map_err(|error| self.error(error))
    }

    fn read_webhook(&self, body: &[u8]) -> Result<Vec<StatusReport>, SupplierError> {
        let reports = self.supplier.read_webhook(body);
        reports.map(|reports| self.reports(reports)).map_err(|error| self.error(error))
    }
}
