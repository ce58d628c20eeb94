//! An index that can be asked.

use serde::{Deserialize, Serialize};
use tantivy::columnar::Column;
use tantivy::{ReloadPolicy, Searcher, SegmentReader};

use crate::analysis::Analyser;
use crate::codes::Codes;
use crate::document::{Brand, Category};
use crate::error::SearchError;
use crate::pack;
use crate::prices::Band;
use crate::schema::{self, Fields, column};
use crate::synonyms::Synonyms;
use crate::vocabulary::Vocabulary;

/// The form of the indexes that this program builds and reads. A change to the fields or the analysis is a new form.
pub const FORMAT: u32 = 1;

/// What goes with an index.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Manifest {
    pub format: u32,
    pub categories: Vec<Category>,
    pub brands: Vec<Brand>,
    pub bands: Vec<Band>,
    pub synonyms: Vec<Vec<String>>,
}

/// An index in memory.
pub struct Index {
    pub(crate) searcher: Searcher,
    pub(crate) fields: Fields,
    pub(crate) columns: Columns,
    pub(crate) codes: Codes,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) synonyms: Synonyms,
    pub(crate) analyser: Analyser,
    pub(crate) categories: Vec<Category>,
    pub(crate) brands: Vec<Brand>,
    pub(crate) bands: Vec<Band>,
}

/// What filters and sort orders read of a product.
pub(crate) struct Columns {
    pub price: Column<i64>,
    pub rating: Column<u64>,
    pub ratings: Column<u64>,
    pub in_stock: Column<bool>,
    pub created: Column<i64>,
    pub title_rank: Column<u64>,
    pub category: Column<u64>,
    pub brand: Column<u64>,
}

impl Index {
    /// Opens what [`build`](crate::build) made.
    pub fn open(archive: &[u8]) -> Result<Self, SearchError> {
        let (directory, manifest) = pack::unpack(archive)?;
        let manifest: Manifest = serde_json::from_slice(&manifest)?;
        if manifest.format != FORMAT {
            return Err(SearchError::Format { found: manifest.format });
        }
        let mut index = tantivy::Index::open(directory)?;
        index.set_tokenizers(Analyser::registered());
        let (schema, fields) = schema::schema();
        if index.schema() != schema {
            return Err(SearchError::Corrupt("its fields are other ones"));
        }
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let [segment] = searcher.segment_readers() else {
            return Err(SearchError::Corrupt("it has not exactly one segment"));
        };
        let analyser = Analyser::new();
        Ok(Self {
            columns: Columns::read(segment)?,
            codes: Codes::read(segment, fields)?,
            vocabulary: Vocabulary::read(segment, fields, &analyser)?,
            synonyms: Synonyms::new(&manifest.synonyms, &analyser),
            analyser,
            fields,
            searcher,
            categories: manifest.categories,
            brands: manifest.brands,
            bands: manifest.bands,
        })
    }

    /// How many products are in it.
    #[must_use]
    pub fn documents(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// The one segment that there is.
    pub(crate) fn segment(&self) -> &SegmentReader {
        self.searcher.segment_reader(0)
    }
}

impl Columns {
    fn read(segment: &SegmentReader) -> Result<Self, SearchError> {
        let columns = segment.fast_fields();
        Ok(Self {
            price: columns.i64(column::PRICE)?,
            rating: columns.u64(column::RATING)?,
            ratings: columns.u64(column::RATINGS)?,
            in_stock: columns.bool(column::IN_STOCK)?,
            created: columns.i64(column::CREATED)?,
            title_rank: columns.u64(column::TITLE_RANK)?,
            category: columns.u64(column::CATEGORY)?,
            brand: columns.u64(column::BRAND)?,
        })
    }
}
