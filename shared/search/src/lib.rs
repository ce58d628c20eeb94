//! The search index: documents in, bytes out ([`build`]); bytes and a query in, an answer out ([`Index`]).
//!
//! Nothing here reads a clock, a network or a disk. The bytes are one archive of an index of a single segment, with what
//! the answers need besides: the tree of categories, the brands, the price bands and the synonyms.

mod analysis;
mod answer;
mod build;
mod codes;
mod document;
mod error;
mod facets;
mod highlight;
mod index;
mod pack;
mod plan;
mod prices;
mod query;
mod request;
mod schema;
mod suggest;
mod synonyms;
mod vocabulary;

pub use answer::{Answer, Hit};
pub use build::build;
pub use document::{Brand, Catalogue, Category, Document, Rating};
pub use error::SearchError;
pub use facets::{CategoryCount, Facets, RatingCount, StockCounts, ValueCount};
pub use highlight::Part;
pub use index::{FORMAT, Index};
pub use prices::{Band, BandCount};
pub use query::MAX_WORDS;
pub use request::{Filters, Place, Request, Sort};
