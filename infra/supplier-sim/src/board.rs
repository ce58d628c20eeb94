//! What a task board keeps besides orders: folders, and tasks that nobody works on because they have no limit yet.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A folder for tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folder {
    /// The board's number of it.
    pub id: u64,
    /// The shop's name for it; two folders may have the same.
    pub name: String,
}

/// A task without a limit. It becomes an order when it gets one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// The board's number of it; the order keeps it.
    pub id: u64,
    /// The folder that it is in.
    pub folder_id: u64,
    /// The shop's name for it.
    pub name: String,
    /// What else the shop said.
    pub parameters: BTreeMap<String, String>,
}

/// Folders and drafts, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Board {
    /// Folders.
    pub folders: Vec<Folder>,
    /// Drafts, those that became orders included.
    pub drafts: Vec<Draft>,
}

impl Board {
    /// The draft of a number.
    #[must_use]
    pub fn draft(&self, id: u64) -> Option<&Draft> {
        self.drafts.iter().find(|draft| draft.id == id)
    }
}
