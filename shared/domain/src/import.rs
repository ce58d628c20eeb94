//! Imports of products.

use serde::{Deserialize, Serialize};

/// What to do with a file of products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ImportMode {
    /// Only say what would be done.
    DryRun,
    /// Write all products of the file, or none where any row is bad.
    AllOrNothing,
    /// Write the products whose rows are all good.
    GoodRows,
}
