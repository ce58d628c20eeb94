//! Stock codes.

use std::sync::Arc;

use tantivy::{InvertedIndexReader, SegmentReader};

use crate::error::SearchError;
use crate::schema::Fields;

/// A beginning of fewer characters stands for no code.
pub(crate) const MIN_BEGINNING: usize = 3;
/// The most codes that a beginning stands for.
const MAX_CODES: usize = 64;

/// All stock codes of the index.
pub(crate) struct Codes(Arc<InvertedIndexReader>);

impl Codes {
    pub(crate) fn read(segment: &SegmentReader, fields: Fields) -> Result<Self, SearchError> {
        Ok(Self(segment.inverted_index(fields.codes)?))
    }

    /// Whether a product has this code.
    pub(crate) fn has(&self, code: &str) -> Result<bool, SearchError> {
        Ok(self.0.terms().get(code).map(|found| found.is_some())?)
    }

    /// The codes that begin so, where it is long enough to tell something.
    pub(crate) fn beginning_with(&self, beginning: &str) -> Result<Vec<String>, SearchError> {
        let mut found = Vec::new();
        if beginning.chars().count() < MIN_BEGINNING {
            return Ok(found);
        }
        let mut terms = self.0.terms().range().ge(beginning).into_stream()?;
        while found.len() < MAX_CODES && terms.advance() {
            match std::str::from_utf8(terms.key()) {
                Ok(code) if code.starts_with(beginning) => found.push(code.to_owned()),
                _ => break,
            }
        }
        Ok(found)
    }
}
