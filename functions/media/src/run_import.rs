//! Uploads bucket: brings the shop in line with a file of products that a browser put there, and keeps the report.
//!
//! The bucket may tell of a file twice, and the function may die at any line. Products are written some at a time, and
//! after each time it is written down how far the import has come: the next attempt goes on there, and finds the
//! products that were written but not written down as the file has them already. Of two attempts at once one stops.

use aws_lambda_events::event::s3::S3Event;
use domain::{Currency, ImportId, ImportMode};
use jiff::Timestamp;
use lambda_runtime::{Error, LambdaEvent};
use product_csv::{Change, Importer, MAX_BYTES, Plan, Sheet, Step};
use store::catalog::Names;
use store::imports::{ImportFault, ImportStatus, ProductImport, Saved};
use store::{Database, Versioned};
use telemetry::crash;
use tracing::Instrument;

use crate::files::Uploads;

/// What the keys of imports begin with.
pub const IMPORTS: &str = "imports/";
/// How many products are written before it is written down how far the import has come.
const STEPS_A_SAVE: usize = 25;

/// What the function works with.
#[derive(Debug, Clone)]
pub struct Stockroom {
    /// Products and imports.
    pub database: Database,
    /// Where files come from.
    pub uploads: Uploads,
    /// The shop's currency.
    pub currency: Currency,
}

/// Handles what the bucket tells of.
pub async fn handle(stockroom: &Stockroom, event: LambdaEvent<S3Event>) -> Result<(), Error> {
    for record in event.payload.records {
        // Such keys have no characters that the event would have to encode.
        let key = record.s3.object.key.unwrap_or_default();
        let span = tracing::info_span!("import", key);
        stockroom.take(&key).instrument(span).await?;
    }
    Ok(())
}

impl Stockroom {
    async fn take(&self, key: &str) -> Result<(), Error> {
        let import = match key.strip_prefix(IMPORTS).and_then(|id| ImportId::parse(id).ok()) {
            Some(id) => self.database.import(id).await?,
            None => None,
        };
        let Some(mut import) = import.filter(|import| !import.value.is_over()) else {
            // Nobody asked to send it, or it is done with.
            self.uploads.remove(key).await?;
            tracing::info!("nothing to do");
            return Ok(());
        };
        let read = match self.uploads.read_up_to(key, MAX_BYTES).await? {
            Ok(bytes) => Sheet::read(&bytes),
            Err(bytes) => Err(too_long(bytes)),
        };
        let ended = match read {
            Ok(sheet) => self.run(&mut import, &sheet).await?,
            Err(fault) => {
                import.value.blame([fault]);
                import.value.end(ImportStatus::Refused, Timestamp::now());
                self.database.save_import(&mut import).await?
            }
        };
        if ended == Saved::Outdated {
            tracing::info!("another attempt is at it");
            return Ok(());
        }
        crash::point("import.after-end", import.value.id);
        self.uploads.remove(key).await?;
        let ProductImport { status, counts, .. } = import.value;
        tracing::info!(?status, ?counts, "import ended");
        Ok(())
    }

    /// Reads, compares and writes what was asked for.
    async fn run(&self, import: &mut Versioned<ProductImport>, sheet: &Sheet) -> Result<Saved, Error> {
        let is_first = import.value.status != ImportStatus::Applying;
        if is_first {
            import.value.status = ImportStatus::Reading;
            import.value.started_at = Some(Timestamp::now());
            import.value.counts.rows = sheet.rows;
            if self.database.save_import(import).await? == Saved::Outdated {
                return Ok(Saved::Outdated);
            }
        }
        let names = self.database.names().await?;
        let actor = import.value.by.clone();
        let importer = Importer { database: &self.database, actor: &actor, currency: self.currency };
        let plan = importer.plan(sheet, &names).await?;
        if is_first {
            import.value.blame(plan.faults.iter().cloned());
            import.value.counts.failed = plan.failed + sheet.left_out;
        }
        match import.value.mode {
            ImportMode::DryRun => {
                plan.steps.iter().for_each(|step| count(&mut import.value, step));
                import.value.end(ImportStatus::Done, Timestamp::now());
            }
            // Once it is being written, what comes up later is told like any other fault.
            ImportMode::AllOrNothing if is_first && !plan.faults.is_empty() => {
                import.value.end(ImportStatus::Refused, Timestamp::now());
            }
            ImportMode::AllOrNothing | ImportMode::GoodRows => {
                import.value.status = ImportStatus::Applying;
                return self.apply(import, &importer, &plan, &names).await;
            }
        }
        Ok(self.database.save_import(import).await?)
    }

    async fn apply(
        &self,
        import: &mut Versioned<ProductImport>,
        importer: &Importer<'_>,
        plan: &Plan,
        names: &Names,
    ) -> Result<Saved, Error> {
        let left: Vec<_> =
            plan.steps.iter().filter(|step| step.row > import.value.last_row).cloned().collect();
        for steps in left.chunks(STEPS_A_SAVE) {
            // Whoever saves first goes on; the other attempt stops before it writes anything.
            if self.database.save_import(import).await? == Saved::Outdated {
                return Ok(Saved::Outdated);
            }
            let faults = importer.write(steps, names).await?;
            crash::point("import.after-write", import.value.id);
            let failed = |step: &Step| faults.iter().any(|fault: &ImportFault| fault.row == step.row);
            for step in steps {
                if failed(step) {
                    import.value.counts.failed += 1;
                    import.value.counts.processed += step.rows;
                } else {
                    count(&mut import.value, step);
                }
                import.value.last_row = step.row;
            }
            import.value.blame(faults);
        }
        import.value.counts.processed = import.value.counts.rows;
        import.value.end(ImportStatus::Done, Timestamp::now());
        Ok(self.database.save_import(import).await?)
    }
}

fn count(import: &mut ProductImport, step: &Step) {
    let counts = &mut import.counts;
    counts.processed += step.rows;
    match step.change {
        Change::Created => counts.created += 1,
        Change::Updated(_) => counts.updated += 1,
        Change::Unchanged => counts.unchanged += 1,
    }
}

fn too_long(bytes: u64) -> ImportFault {
    let message = format!("the file has {bytes} bytes; at most {MAX_BYTES} are read");
    ImportFault { row: 1, column: None, message }
}
