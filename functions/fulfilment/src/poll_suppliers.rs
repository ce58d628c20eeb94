//! Schedule, every minute: asks for an update of each supplier that has open tasks.

use events::{Queue, SyncMessage, WorkError};
use store::Database;

/// Handles one tick.
pub async fn handle(database: &Database, sync: &Queue) -> Result<(), WorkError> {
    let suppliers = database.suppliers().await?;
    let active = suppliers.iter().map(async |record| {
        let id = record.supplier.id;
        Ok::<_, store::StoreError>(
            database.has_active_tasks(id).await?.then_some(SyncMessage { supplier_id: id }),
        )
    });
    let messages: Vec<_> = futures::future::try_join_all(active).await?.into_iter().flatten().collect();
    sync.send(&messages).await?;
    tracing::info!(suppliers = suppliers.len(), active = messages.len(), "suppliers polled");
    Ok(())
}
