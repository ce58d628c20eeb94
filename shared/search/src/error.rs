//! What can go wrong.

use thiserror::Error;

/// Why an index could not be built, opened or asked.
#[derive(Debug, Error)]
pub enum SearchError {
    /// The engine failed.
    #[error("the search engine failed: {0}")]
    Engine(#[from] tantivy::TantivyError),
    /// The archive cannot be written or read.
    #[error("the archive cannot be read or written: {0}")]
    Archive(#[from] std::io::Error),
    /// What goes with the index cannot be written or read.
    #[error("what goes with the index cannot be read or written: {0}")]
    Manifest(#[from] serde_json::Error),
    /// The index is of another form than this program reads.
    #[error("the index has the format {found}, this program reads {}", crate::FORMAT)]
    Format {
        /// The form of the index.
        found: u32,
    },
    /// The archive is no index.
    #[error("the archive is no index: {0}")]
    Corrupt(&'static str),
}
