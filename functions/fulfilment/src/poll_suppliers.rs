//! Schedule, every minute: asks for an update of each supplier that has tasks which are due for a question, or that failed
//! and may be tried again.

use domain::CircuitView;
use events::{Outcome, Queue, Report, SyncMessage, WorkError};
use jiff::Timestamp;
use store::{Database, StoreError};
use telemetry::metrics::SupplierMetric;

use crate::measured;

/// Handles one tick.
pub async fn handle(database: &Database, sync: &Queue) -> Result<Report, WorkError> {
    let now = Timestamp::now();
    let suppliers = database.suppliers().await?;
    let ids: Vec<_> = suppliers.iter().map(|record| record.value.supplier.id).collect();
    let circuits = database.circuits(ids.iter().copied()).await?;
    for id in &ids {
        if circuits.get(id).is_some_and(|circuit| circuit.view(now) != CircuitView::Closed) {
            measured::count(*id, SupplierMetric::CircuitsOpen);
        }
    }
    let wanted = ids.iter().map(async |id| {
        // Without tasks nobody would call a supplier that failed, and it would never be trusted again.
        let probe = circuits.get(id).is_some_and(|circuit| circuit.view(now) == CircuitView::HalfOpen);
        let wanted = probe || database.has_open_tasks(*id, Some(now)).await?;
        Ok::<_, StoreError>(wanted.then_some(SyncMessage { supplier_id: *id, turn: None }))
    });
    let messages: Vec<_> = futures::future::try_join_all(wanted).await?.into_iter().flatten().collect();
    sync.send(&messages).await?;
    tracing::info!(suppliers = suppliers.len(), asked = messages.len(), "suppliers polled");
    Ok(Outcome::Done.saying(format!("{} of {} suppliers to be asked", messages.len(), suppliers.len())))
}
