//! Paging by opaque cursors.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::Problem;

/// How many items a page has where the client does not say.
pub const DEFAULT_LIMIT: i32 = 24;
/// The most items of a page.
pub const MAX_LIMIT: i32 = 100;
/// The most characters of a cursor.
pub const MAX_CURSOR: usize = 1_024;

/// A page of a list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// The items, in order.
    pub items: Vec<T>,
    /// What to ask for as `cursor` to get the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// Turns a position in a list into a cursor.
pub fn cursor(position: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_vec(position).map(|json| URL_SAFE_NO_PAD.encode(json)).map_err(Problem::internal)
}

/// Reads the position back. Whatever is no position of this list is refused; one that was made up shows nothing that the
/// list itself does not show.
pub fn position<T: DeserializeOwned>(cursor: &str) -> Result<T, Problem> {
    let bad = || Problem::bad_parameter("/query/cursor", "must be a nextCursor of this list");
    if cursor.len() > MAX_CURSOR {
        return Err(bad());
    }
    let json = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| bad())?;
    serde_json::from_slice(&json).map_err(|_| bad())
}

/// Reads how many items the client wants.
pub fn limit(text: Option<&str>) -> Result<i32, Problem> {
    let Some(text) = text else {
        return Ok(DEFAULT_LIMIT);
    };
    let limit = text.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit));
    limit.ok_or_else(|| {
        Problem::bad_parameter("/query/limit", format!("must be a whole number from 1 to {MAX_LIMIT}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_nothing_else_does() {
        let cursor = cursor(&("claw hammer", 7)).unwrap();
        assert_eq!(position::<(String, i32)>(&cursor).unwrap(), ("claw hammer".to_owned(), 7));
        for bad in ["", "!", "bm9uc2Vuc2U", &cursor[1..], &"A".repeat(MAX_CURSOR + 1)] {
            assert!(position::<(String, i32)>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_page_has_one_to_a_hundred_items() {
        assert_eq!(limit(None).unwrap(), DEFAULT_LIMIT);
        assert_eq!(limit(Some("100")).unwrap(), MAX_LIMIT);
        for bad in ["0", "-1", "101", "many", "", "1.5"] {
            assert!(limit(Some(bad)).is_err(), "{bad}");
        }
    }
}
