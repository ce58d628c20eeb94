//! Where the shop runs: addresses and table names, as whoever deployed it wrote them down.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

/// Where the local runner writes the file.
pub const DEFAULT_FILE: &str = ".local/outputs.json";

/// Why there is nothing to work on.
#[derive(Debug, Error)]
pub enum OutputsError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}. Is the shop up (`make up`)? Another file is named with --outputs", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// What went wrong.
        source: std::io::Error,
    },
    /// The file is not what it should be.
    #[error("{}: {source}", path.display())]
    Form {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// There is no such function.
    #[error("{} names no function `{name}`", path.display())]
    NoFunction {
        /// Which file.
        path: PathBuf,
        /// What was looked for.
        name: &'static str,
    },
    /// The stack says nothing about something.
    #[error("{} names no stack output `{name}`", path.display())]
    Missing {
        /// Which file.
        path: PathBuf,
        /// What was looked for.
        name: &'static str,
    },
}

/// The file's content, as far as it is of use here.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outputs {
    /// The address of the API, ending in `/api`.
    pub api: String,
    /// The AWS region.
    pub region: Option<String>,
    /// The address of the local emulator; nothing on AWS.
    pub endpoint: Option<String>,
    /// The address of the supplier simulator; nothing where there is none.
    pub supplier_sim: Option<String>,
    /// The folder in which a test asks a function to die; nothing on AWS.
    pub crash_dir: Option<PathBuf>,
    /// The stack's outputs.
    #[serde(default)]
    pub stack: BTreeMap<String, String>,
    /// What the templates' functions are called, by their names there; the local runner writes it.
    #[serde(default)]
    pub functions: BTreeMap<String, String>,
    #[serde(skip)]
    path: PathBuf,
}

impl Outputs {
    /// Reads the file.
    pub fn read(path: &Path) -> Result<Self, OutputsError> {
        let text = std::fs::read_to_string(path);
        let text = text.map_err(|source| OutputsError::Read { path: path.into(), source })?;
        let parsed: Result<Self, _> = serde_json::from_str(&text);
        let outputs = parsed.map_err(|source| OutputsError::Form { path: path.into(), source })?;
        Ok(Self { path: path.into(), ..outputs })
    }

    /// One output of the stack.
    pub fn stack(&self, name: &'static str) -> Result<&str, OutputsError> {
        let value = self.stack.get(name).map(String::as_str);
        value.ok_or_else(|| OutputsError::Missing { path: self.path.clone(), name })
    }

    /// The stack's queues whose outputs' names end like this, by the rest of the names.
    pub fn queues(&self, ending: &str) -> impl Iterator<Item = (&str, &str)> {
        self.stack.iter().filter_map(move |(name, url)| Some((name.strip_suffix(ending)?, url.as_str())))
    }

    /// The address of the site, whose API it is.
    #[must_use]
    pub fn site(&self) -> &str {
        self.api.strip_suffix("/api").unwrap_or(&self.api)
    }

    /// What a function is called.
    pub fn function(&self, name: &'static str) -> Result<&str, OutputsError> {
        let called = self.functions.get(name).map(String::as_str);
        called.ok_or_else(|| OutputsError::NoFunction { path: self.path.clone(), name })
    }

    /// A file beside this one, for reports.
    #[must_use]
    pub fn beside(&self, name: &str) -> PathBuf {
        self.path.with_file_name(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Outputs, OutputsError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outputs.json");
        std::fs::write(&path, text).unwrap();
        Outputs::read(&path)
    }

    #[test]
    fn what_the_runner_writes_is_read_and_more_may_be_in_it() {
        let outputs = read(
            r#"{"site": "http://x", "api": "http://x/api", "docs": "http://x/docs", "region": "eu-west-2",
                "endpoint": "http://127.0.0.1:4566", "supplierSim": "http://127.0.0.1:4600",
                "stack": {"CatalogTableName": "t", "SyncQueueUrl": "http://q"}, "functions": {"PlanOrder": "f"}}"#,
        )
        .unwrap();
        assert_eq!((outputs.site(), outputs.function("PlanOrder").unwrap()), ("http://x", "f"));
        let missing = outputs.function("PlanOrders").unwrap_err().to_string();
        assert!(missing.contains("outputs.json names no function `PlanOrders`"), "{missing}");
        assert_eq!(outputs.stack("CatalogTableName").unwrap(), "t");
        assert_eq!(outputs.queues("QueueUrl").collect::<Vec<_>>(), [("Sync", "http://q")]);
        assert_eq!(outputs.supplier_sim.as_deref(), Some("http://127.0.0.1:4600"));
        let missing = outputs.stack("OrdersTableName").unwrap_err().to_string();
        assert!(missing.contains("outputs.json names no stack output `OrdersTableName`"), "{missing}");
        assert_eq!(outputs.beside("report.csv").file_name().unwrap(), "report.csv");
    }

    #[test]
    fn a_missing_file_says_what_to_do() {
        let error = Outputs::read(Path::new("/nonexistent/outputs.json")).unwrap_err().to_string();
        assert!(error.contains("make up") && error.contains("--outputs"), "{error}");
        assert!(matches!(read("{}"), Err(OutputsError::Form { .. })));
    }
}
