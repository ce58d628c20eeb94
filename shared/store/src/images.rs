//! Pictures on their way into the shop, and those that may have to go.
//!
//! Whatever may leave files behind is written down before the files are: an upload when it is asked for, a product's
//! picture when an edit drops it. A sweep looks at what was written down a day ago and removes what no product shows.

use domain::product::Image;
use domain::{ImageId, ProductId, UploadId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::audit::Actor;
use crate::error::StoreError;
use crate::item::{self, Versioned};
use crate::keys::{self, Key};
use crate::transaction::{CommitError, Subject, Transaction};
use crate::{Database, Table};

/// How long an upload's outcome can be looked up.
pub const UPLOAD_KEPT_FOR: SignedDuration = SignedDuration::from_hours(24);
/// For how long after it was asked for a file is still taken: shorter than [`ORPHANS_AFTER`], so that no file is taken
/// whose picture is being swept away.
pub const UPLOAD_TAKEN_FOR: SignedDuration = SignedDuration::from_hours(12);
/// How long after it was dropped a picture's files are removed.
pub const ORPHANS_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// What has come of an upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "camelCase")]
pub enum UploadState {
    /// The file has not come, or is being looked at.
    Waiting,
    /// The product has the picture.
    Ready {
        /// The picture.
        image: Image,
    },
    /// The file was not taken.
    Refused {
        /// Why, in a sentence for whoever sent it.
        reason: String,
    },
}

/// A file that somebody wants to be a product's picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Upload {
    /// The upload's id.
    pub id: UploadId,
    /// The id that the picture will have.
    pub image_id: ImageId,
    /// Whose picture.
    pub product_id: ProductId,
    /// What it shows.
    pub alt: String,
    /// What the file is called where it comes from.
    pub file_name: String,
    /// Who sends it.
    pub by: Actor,
    /// When they asked to.
    pub created_at: Timestamp,
    /// What has come of it.
    pub state: UploadState,
}

impl Upload {
    /// Whether the file comes too late to be taken.
    #[must_use]
    pub fn is_late(&self, now: Timestamp) -> bool {
        now > self.created_at + UPLOAD_TAKEN_FOR
    }
}

/// Pictures that may have no product any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Orphans {
    /// Whose pictures they were, or were to be.
    pub product_id: ProductId,
    /// Which.
    pub images: Vec<ImageId>,
}

/// Pictures to look at, and where they are written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrphansDue {
    /// The pictures.
    pub orphans: Orphans,
    key: Key,
}

impl Database {
    /// Writes down that somebody is about to send a file.
    pub async fn create_upload(&self, upload: &Upload) -> Result<(), StoreError> {
        let mut transaction = self.transaction();
        let more = [
            (item::VERSION, item::number(1)),
            (item::TTL, item::number((upload.created_at + UPLOAD_KEPT_FOR).as_second())),
        ];
        let item = item::with_data(keys::upload(upload.id), upload, more)?;
        transaction.put(Subject::Unconditional, Table::Catalog, item, None)?;
        transaction.orphan_images(upload.product_id, [upload.image_id], upload.created_at)?;
        match transaction.commit().await {
            Ok(()) => Ok(()),
            Err(CommitError::Store(error)) => Err(error),
            Err(refused @ CommitError::Refused(_)) => Err(StoreError::Unwritable(refused.to_string())),
        }
    }

    /// An upload, as of now.
    pub async fn upload(&self, id: UploadId) -> Result<Option<Versioned<Upload>>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Catalog)?)
            .set_key(Some(keys::upload(id).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map(item::versioned).transpose()
    }

    /// Writes down that a file was not taken, and why; not where the upload has come to an end already.
    pub async fn refuse_upload(&self, upload: &Versioned<Upload>, reason: String) -> Result<(), StoreError> {
        let mut transaction = self.transaction();
        transaction.end_upload(upload, UploadState::Refused { reason })?;
        match transaction.commit().await {
            Ok(()) | Err(CommitError::Refused(_)) => Ok(()),
            Err(CommitError::Store(error)) => Err(error),
        }
    }

    /// What was written down before `before`, at most `limit` entries, the oldest first.
    pub async fn orphans_due(&self, before: Timestamp, limit: i32) -> Result<Vec<OrphansDue>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(self.table(Table::Catalog)?)
            .key_condition_expression("pk = :orphans AND sk < :before")
            .expression_attribute_values(":orphans", item::text(keys::ORPHANS))
            .expression_attribute_values(":before", item::text(keys::sortable_time(before)))
            .limit(limit);
        let answer = query.send().await.map_err(StoreError::sdk("Query"))?;
        let due = |item: &item::Item| {
            let key = Key { pk: keys::ORPHANS.into(), sk: item::sort_key(item).into() };
            Ok(OrphansDue { orphans: item::data(item)?, key })
        };
        answer.items().iter().map(due).collect()
    }

    /// Strikes out what has been looked at.
    pub async fn forget_orphans(&self, due: &OrphansDue) -> Result<(), StoreError> {
        let request = self
            .client
            .delete_item()
            .table_name(self.table(Table::Catalog)?)
            .set_key(Some(due.key.clone().into_item()));
        request.send().await.map_err(StoreError::sdk("DeleteItem"))?;
        Ok(())
    }
}

impl Transaction<'_> {
    /// Writes down that these pictures' files may have to go: one action, or none where there are no pictures.
    pub fn orphan_images(
        &mut self,
        product_id: ProductId,
        images: impl IntoIterator<Item = ImageId>,
        now: Timestamp,
    ) -> Result<&mut Self, StoreError> {
        let orphans = Orphans { product_id, images: images.into_iter().collect() };
        if orphans.images.is_empty() {
            return Ok(self);
        }
        let item = item::with_data(keys::orphans(now, self.next_event_id()), &orphans, [])?;
        self.put(Subject::Unconditional, Table::Catalog, item, None)
    }

    /// Writes down what has come of an upload, if nothing has yet.
    pub fn end_upload(
        &mut self,
        upload: &Versioned<Upload>,
        state: UploadState,
    ) -> Result<&mut Self, StoreError> {
        let ended = Versioned { value: Upload { state, ..upload.value.clone() }, version: upload.version };
        self.replace(Subject::Upload, Table::Catalog, keys::upload(upload.value.id), &ended)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_is_taken_whose_picture_may_be_swept_away() {
        assert!(UPLOAD_TAKEN_FOR < ORPHANS_AFTER);
        let created_at = Timestamp::UNIX_EPOCH;
        let upload = Upload {
            id: UploadId::generate(),
            image_id: ImageId::generate(),
            product_id: ProductId::generate(),
            alt: "A hook".into(),
            file_name: "hook.png".into(),
            by: Actor::system("test"),
            created_at,
            state: UploadState::Waiting,
        };
        assert!(!upload.is_late(created_at + UPLOAD_TAKEN_FOR));
        assert!(upload.is_late(created_at + ORPHANS_AFTER));
    }

    #[test]
    fn a_state_reads_back() {
        for state in [
            UploadState::Waiting,
            UploadState::Ready { image: Image::plain("/media/images/x/1.webp", "A hook") },
            UploadState::Refused { reason: "It is empty.".into() },
        ] {
            let stored: serde_json::Value = serde_json::to_value(&state).unwrap();
            assert_eq!(serde_json::from_value::<UploadState>(stored).unwrap(), state);
        }
    }
}
