//! Search without a server: the catalogue's stream asks for a new index, a worker builds it from the table and puts it
//! into a bucket, and the route answers from the copy that each of its processes holds in memory.

pub mod documents;
pub mod dto;
pub mod finder;
pub mod parameters;
pub mod rebuild_search_index;
pub mod request_search_rebuild;
pub mod search;
pub mod shelf;

/// For how many seconds caches may answer for a search. They may show an old answer ten times as long while they ask for
/// a new one; a change must be findable within a minute all the same.
pub const SEARCH_SECONDS: u32 = 2;
