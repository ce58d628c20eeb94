//! `upgrade-items`: brings what is stored in an older shape to today's.

use std::collections::BTreeMap;
use std::fmt;

use store::{Database, StoreError, Table};

use crate::progress::Progress;

/// The tables, with what they are called.
const TABLES: [(Table, &str); 3] =
    [(Table::Catalog, "Catalog"), (Table::Orders, "Orders"), (Table::Fulfilment, "Fulfilment")];

/// What was found and done.
#[derive(Debug, Default)]
pub struct Upgraded {
    /// How many items of older shapes there were, by table and kind.
    older: BTreeMap<(&'static str, &'static str), usize>,
    items: usize,
    outrun: usize,
    dry: bool,
}

/// Goes through all tables that hold kinds which have changed, page by page. A run that was broken off is gone on with where
/// it was, unless it is a dry one, which begins anew and writes nothing.
pub async fn upgrade(database: &Database, dry: bool, progress: Progress) -> Result<Upgraded, StoreError> {
    let mut upgraded = Upgraded { dry, ..Upgraded::default() };
    for (table, name) in TABLES {
        let work = progress.begin(&format!("Items of {name}"), database.about_how_many_items(table).await?);
        let mut seen = 0;
        let mut place = if dry { None } else { database.upgrade_bookmark(table).await? };
        loop {
            let page = database.upgrade_page(table, place.as_ref(), dry).await?;
            seen += page.items;
            work.at(seen as u64);
            upgraded.outrun += page.outrun;
            for (kind, found) in page.older {
                *upgraded.older.entry((name, kind)).or_default() += found;
            }
            place = page.next;
            if !dry {
                database.keep_upgrade_bookmark(table, place.as_ref()).await?;
            }
            if place.is_none() {
                break;
            }
        }
        upgraded.items += seen;
        work.end();
    }
    Ok(upgraded)
}

impl fmt::Display for Upgraded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let done = if self.dry { "would be brought to today's shape" } else { "are in today's shape now" };
        for ((table, kind), found) in &self.older {
            writeln!(f, "{found:>9}  {kind} of {table} {done}")?;
        }
        if self.outrun > 0 {
            writeln!(f, "{:>9}  of them were changed by somebody else meanwhile, which did it", self.outrun)?;
        }
        let older: usize = self.older.values().sum();
        writeln!(f, "{:>9}  other items have it already", self.items - older)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_was_found_and_whether_it_was_changed() {
        let older = BTreeMap::from([(("Orders", "orders"), 12)]);
        let done = Upgraded { older, items: 100, outrun: 1, dry: false };
        let text = done.to_string();
        assert!(text.contains("12  orders of Orders are in today's shape now"), "{text}");
        assert!(text.contains("88  other items have it already"), "{text}");
        let dry = Upgraded { dry: true, ..done };
        assert!(dry.to_string().contains("would be brought"), "{dry}");
    }
}
