//! An import of products as the console sees it.

use domain::ImportMode;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::imports::{ImportStatus, ProductImport};
use utoipa::ToSchema;

/// When an import that began and has not ended is taken for dead: longer than all attempts may take together.
pub const STALLED_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// What to do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ImportMode)]
pub enum ModeDto {
    /// Only say what would be done.
    DryRun,
    /// Write all products of the file, or none where any row is bad.
    AllOrNothing,
    /// Write the products whose rows are all good.
    GoodRows,
}

impl From<ModeDto> for ImportMode {
    fn from(mode: ModeDto) -> Self {
        match mode {
            ModeDto::DryRun => Self::DryRun,
            ModeDto::AllOrNothing => Self::AllOrNothing,
            ModeDto::GoodRows => Self::GoodRows,
        }
    }
}

impl From<ImportMode> for ModeDto {
    fn from(mode: ImportMode) -> Self {
        match mode {
            ImportMode::DryRun => Self::DryRun,
            ImportMode::AllOrNothing => Self::AllOrNothing,
            ImportMode::GoodRows => Self::GoodRows,
        }
    }
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ImportStatus)]
pub enum ImportStatusDto {
    /// The file has not come.
    Waiting,
    /// The file is being compared with the shop.
    Reading,
    /// Products are being written.
    Applying,
    /// All is done that was asked for.
    Done,
    /// The file has faults, and nothing of it was written.
    Refused,
    /// It did not come to its end; the same file may be imported again.
    Failed,
}

impl ImportStatusDto {
    fn of(import: &ProductImport, now: Timestamp) -> Self {
        let stalled = import.started_at.is_some_and(|started| now > started + STALLED_AFTER);
        match import.status {
            ImportStatus::Waiting => Self::Waiting,
            ImportStatus::Reading | ImportStatus::Applying if stalled => Self::Failed,
            ImportStatus::Reading => Self::Reading,
            ImportStatus::Applying => Self::Applying,
            ImportStatus::Done => Self::Done,
            ImportStatus::Refused => Self::Refused,
        }
    }
}

/// What is wrong with a row.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowError {
    /// Which row, as spreadsheets count them: the header is row 1.
    row: usize,
    /// Which column, where it is one.
    #[schema(example = "price")]
    column: Option<String>,
    /// What is wrong, and what is allowed.
    message: String,
}

/// An import of products, and its report.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProductImport)]
pub struct ImportDto {
    /// The import's id.
    #[schema(example = "imp_01JD0000000000000000000000")]
    id: String,
    /// What the file is called where it comes from.
    file_name: String,
    /// What was asked for.
    mode: ModeDto,
    /// How far it has come.
    status: ImportStatusDto,
    /// The rows of the file; null until it was read.
    rows: Option<usize>,
    /// The rows that are done with.
    processed: usize,
    /// Products that are new; with a dry run, that would be.
    created: usize,
    /// Products that were changed, or would be.
    updated: usize,
    /// Products that are as the file has them.
    unchanged: usize,
    /// Products that were not written, or would not be.
    failed: usize,
    /// What is wrong with the file: the first 500 errors, by row.
    errors: Vec<RowError>,
    /// How many errors there are.
    error_count: usize,
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When the file had come.
    #[schema(value_type = Option<String>, format = DateTime)]
    started_at: Option<Timestamp>,
    /// When it had come to its end.
    #[schema(value_type = Option<String>, format = DateTime)]
    finished_at: Option<Timestamp>,
    /// Who asked for it.
    #[schema(example = "ada@example.org")]
    by: String,
}

impl ImportDto {
    /// An import as of now.
    #[must_use]
    pub fn of(import: ProductImport, now: Timestamp) -> Self {
        let status = ImportStatusDto::of(&import, now);
        let counts = import.counts;
        let error = |fault: store::imports::ImportFault| RowError {
            row: fault.row,
            column: fault.column,
            message: fault.message,
        };
        Self {
            id: import.id.to_string(),
            file_name: import.file_name,
            mode: import.mode.into(),
            status,
            rows: (counts.rows > 0).then_some(counts.rows),
            processed: counts.processed,
            created: counts.created,
            updated: counts.updated,
            unchanged: counts.unchanged,
            failed: counts.failed,
            errors: import.faults.into_iter().map(error).collect(),
            error_count: import.fault_count,
            created_at: import.created_at,
            started_at: import.started_at,
            finished_at: import.finished_at,
            by: import.by.email.map_or(import.by.id, |email| email.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use store::audit::Actor;

    use super::*;

    #[test]
    fn an_import_that_never_ends_has_failed() {
        let begun = Timestamp::UNIX_EPOCH;
        let mut import =
            ProductImport::new("products.csv".into(), ImportMode::DryRun, Actor::system("test"), begun);
        let late = begun + STALLED_AFTER + SignedDuration::from_secs(1);
        assert_eq!(ImportStatusDto::of(&import, late), ImportStatusDto::Waiting);
        import.started_at = Some(begun);
        import.status = ImportStatus::Applying;
        assert_eq!(ImportStatusDto::of(&import, begun + STALLED_AFTER), ImportStatusDto::Applying);
        assert_eq!(ImportStatusDto::of(&import, late), ImportStatusDto::Failed);
        import.end(ImportStatus::Done, late);
        assert_eq!(ImportStatusDto::of(&import, late), ImportStatusDto::Done);
    }
}
