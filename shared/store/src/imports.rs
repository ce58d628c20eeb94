//! Imports of products: what was asked for, how far it has come, and the report that is kept.

use domain::{ImportId, ImportMode};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::audit::Actor;
use crate::error::{StoreError, held};
use crate::index::Partition;
use crate::item::{self, Item, Versioned};
use crate::keys;
use crate::{Database, Table};

/// How long a report is kept.
pub const REPORTS_KEPT_FOR: SignedDuration = SignedDuration::from_hours(90 * 24);
/// The most faults that a report lists: with them it fits one item.
pub const MAX_FAULTS: usize = 500;
/// The most characters of what a fault says.
pub const MAX_MESSAGE: usize = 200;

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFault {
    /// Which row, as spreadsheets count them: the header is row 1.
    pub row: usize,
    /// Which column, where it is one.
    pub column: Option<String>,
    /// What is wrong.
    pub message: String,
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ImportStatus {
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
}

/// What an import counts. Rows are those of the file, all else is products.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportCounts {
    /// The rows of the file.
    pub rows: usize,
    /// The rows that are done with.
    pub processed: usize,
    /// Products that are new.
    pub created: usize,
    /// Products that were changed.
    pub updated: usize,
    /// Products that are as the file has them.
    pub unchanged: usize,
    /// Products that were not written.
    pub failed: usize,
}

/// An import of products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductImport {
    /// The import's id.
    pub id: ImportId,
    /// What the file is called where it comes from.
    pub file_name: String,
    /// What to do.
    pub mode: ImportMode,
    /// Who asked for it.
    pub by: Actor,
    /// When they did.
    pub created_at: Timestamp,
    /// How far it has come.
    pub status: ImportStatus,
    /// What was counted so far.
    pub counts: ImportCounts,
    /// The first row of the product that was written last: the next attempt goes on behind it.
    pub last_row: usize,
    /// What is wrong with the file, at most [`MAX_FAULTS`].
    pub faults: Vec<ImportFault>,
    /// How many faults there are.
    pub fault_count: usize,
    /// When the file had come.
    pub started_at: Option<Timestamp>,
    /// When the import had ended.
    pub finished_at: Option<Timestamp>,
}

impl ProductImport {
    /// An import whose file has not come.
    #[must_use]
    pub fn new(file_name: String, mode: ImportMode, by: Actor, now: Timestamp) -> Self {
        Self {
            id: ImportId::generate(),
            file_name,
            mode,
            by,
            created_at: now,
            status: ImportStatus::Waiting,
            counts: ImportCounts::default(),
            last_row: 0,
            faults: Vec::new(),
            fault_count: 0,
            started_at: None,
            finished_at: None,
        }
    }

    /// Whether it has come to its end.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.status, ImportStatus::Done | ImportStatus::Refused)
    }

    /// Adds to the report what is wrong with the file.
    pub fn blame(&mut self, faults: impl IntoIterator<Item = ImportFault>) {
        for fault in faults {
            self.fault_count += 1;
            if self.faults.len() < MAX_FAULTS {
                let message = fault.message.chars().take(MAX_MESSAGE).collect();
                self.faults.push(ImportFault { message, ..fault });
            }
        }
    }

    /// Ends it.
    pub fn end(&mut self, status: ImportStatus, now: Timestamp) {
        self.status = status;
        self.finished_at = Some(now);
    }
}

/// Whether a report was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It was.
    Yes,
    /// Another attempt is at the same import and has written since.
    Outdated,
}

impl Database {
    /// Writes down a new import.
    pub async fn create_import(&self, import: &ProductImport) -> Result<(), StoreError> {
        let item = import_item(&Versioned { value: import.clone(), version: 1 })?;
        let request = self.client.put_item().table_name(self.table(Table::Catalog)?).set_item(Some(item));
        request.send().await.map_err(StoreError::sdk("PutItem"))?;
        Ok(())
    }

    /// An import, as of now.
    pub async fn import(&self, id: ImportId) -> Result<Option<Versioned<ProductImport>>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Catalog)?)
            .set_key(Some(keys::import(id).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map(item::versioned).transpose()
    }

    /// Writes down how far an import has come, unless somebody else has since it was read.
    pub async fn save_import(&self, import: &mut Versioned<ProductImport>) -> Result<Saved, StoreError> {
        let next = Versioned { value: import.value.clone(), version: import.version + 1 };
        let written = self
            .client
            .put_item()
            .table_name(self.table(Table::Catalog)?)
            .set_item(Some(import_item(&next)?))
            .condition_expression("#version = :read")
            .expression_attribute_names("#version", item::VERSION)
            .expression_attribute_values(":read", item::number(import.version))
            .send()
            .await;
        if !held("PutItem", written)? {
            return Ok(Saved::Outdated);
        }
        *import = next;
        Ok(Saved::Yes)
    }

    /// A page of imports, the newest first, behind one of them, and whether there are more.
    pub async fn imports(
        &self,
        after: Option<ImportId>,
        limit: i32,
    ) -> Result<(Vec<ProductImport>, bool), StoreError> {
        let imports = Partition::of_first(Table::Catalog, keys::IMPORTS).backwards();
        self.page_of(&imports, after.map(|id| (keys::import(id), id)), limit, item::data).await
    }
}

fn import_item(import: &Versioned<ProductImport>) -> Result<Item, StoreError> {
    let more = [
        (item::VERSION, item::number(import.version)),
        (item::TTL, item::number((import.value.created_at + REPORTS_KEPT_FOR).as_second())),
        ("gsi1pk", item::text(keys::IMPORTS)),
        ("gsi1sk", item::text(import.value.id)),
    ];
    item::with_data(keys::import(import.value.id), &import.value, more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_lists_so_many_faults_and_counts_all() {
        let mut import = ProductImport::new(
            "products.csv".into(),
            ImportMode::GoodRows,
            Actor::system("test"),
            Timestamp::UNIX_EPOCH,
        );
        let fault = |row| ImportFault { row, column: None, message: "é".repeat(MAX_MESSAGE + 1) };
        import.blame((0..=MAX_FAULTS).map(fault));
        assert_eq!((import.faults.len(), import.fault_count), (MAX_FAULTS, MAX_FAULTS + 1));
        assert_eq!(import.faults[0].message.chars().count(), MAX_MESSAGE);
        assert!(serde_json::to_vec(&import).unwrap().len() < 400_000, "DynamoDB's limit of an item");
    }
}
