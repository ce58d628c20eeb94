//! `restore-drill`: restores each table beside the one that is in use, looks whether all of it is there, and deletes it
//! again. A backup that nobody ever restored is a hope.

mod tables;

use std::fmt;
use std::time::Instant;

use aws_sdk_dynamodb::Client;
use jiff::SignedDuration;
use store::{Database, StoreError, Table, TableNames};
use thiserror::Error;
use ulid::Ulid;

use crate::connection::Connection;
use crate::outputs::{Outputs, OutputsError};
use crate::progress::Progress;

/// A table that cannot be made anew.
struct Kept {
    table: Table,
    name: &'static str,
    /// The output that holds the table's name.
    output: &'static str,
    /// Where a database takes the table's name from.
    place: fn(&mut TableNames) -> &mut Option<String>,
}

const KEPT: [Kept; 5] = [
    Kept {
        table: Table::Catalog,
        name: "Catalog",
        output: "CatalogTableName",
        place: |names| &mut names.catalog,
    },
    Kept {
        table: Table::Console,
        name: "Console",
        output: "ConsoleTableName",
        place: |names| &mut names.console,
    },
    Kept {
        table: Table::Customers,
        name: "Customers",
        output: "CustomersTableName",
        place: |names| &mut names.customers,
    },
    Kept {
        table: Table::Fulfilment,
        name: "Fulfilment",
        output: "FulfilmentTableName",
        place: |names| &mut names.fulfilment,
    },
    Kept {
        table: Table::Orders,
        name: "Orders",
        output: "OrdersTableName",
        place: |names| &mut names.orders,
    },
];
/// How much of a table may be missing, in thousandths: the shop goes on while it is restored, and items expire.
const TOLERANCE: usize = 10;

/// Why the drill could not go on.
#[derive(Debug, Error)]
pub enum DrillError {
    /// The outputs.
    #[error(transparent)]
    Outputs(#[from] OutputsError),
    /// A table cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// DynamoDB does not do it.
    #[error("{what} {table}: {reason}")]
    Refused {
        /// What was tried.
        what: &'static str,
        /// With which table.
        table: String,
        /// What came back.
        reason: String,
    },
    /// It took too long.
    #[error("{table} is not there after {} min; delete it when it is", waited.as_mins())]
    Late {
        /// The restored table.
        table: String,
        /// How long it was waited for.
        waited: SignedDuration,
    },
}

/// What came of one table.
#[derive(Debug)]
pub struct Restored {
    name: &'static str,
    /// How many items the table in use had before and after.
    in_use: (usize, usize),
    /// How many the restored one has.
    items: usize,
    took: SignedDuration,
}

impl Restored {
    fn is_whole(&self) -> bool {
        let least = self.in_use.0.min(self.in_use.1);
        self.items >= least - least * TOLERANCE / 1_000
    }
}

/// What came of all of them.
#[derive(Debug)]
pub struct Drill(Vec<Restored>);

impl Drill {
    /// Whether all tables came back whole.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.0.iter().all(Restored::is_whole)
    }
}

/// Restores, checks and deletes one table after the other.
pub async fn drill(outputs: &Outputs, progress: Progress) -> Result<Drill, DrillError> {
    let connection = Connection::new(outputs).await;
    let client = Client::new(connection.sdk());
    let run = Ulid::generate().to_string().to_lowercase();
    let work = progress.begin("Restoring", KEPT.len() as u64);
    let mut restored = Vec::new();
    for kept in &KEPT {
        let source = outputs.stack(kept.output)?;
        let target = format!("{source}-drill-{run}");
        let began = Instant::now();
        let before = tables::count(&client, source).await?;
        tables::restore(&client, source, &target).await?;
        let items = read_all(&client, kept, &target).await;
        // Whatever was found, what was made goes.
        tables::delete(&client, &target).await?;
        let after = tables::count(&client, source).await?;
        let took = SignedDuration::try_from(began.elapsed()).unwrap_or(SignedDuration::MAX);
        restored.push(Restored { name: kept.name, in_use: (before, after), items: items?, took });
        work.step();
    }
    work.end();
    Ok(Drill(restored))
}

/// Reads all items of a restored table, and says how many there are. One that cannot be brought to today's shape is an error.
async fn read_all(client: &Client, kept: &Kept, name: &str) -> Result<usize, DrillError> {
    let mut names = TableNames::default();
    *(kept.place)(&mut names) = Some(name.to_owned());
    let database = Database::new(client.clone(), names);
    let (mut items, mut place) = (0, None);
    loop {
        let page = database.upgrade_page(kept.table, place.as_ref(), true).await?;
        items += page.items;
        place = page.next;
        if place.is_none() {
            return Ok(items);
        }
    }
}

impl fmt::Display for Drill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:12} {:>16} {:>10} {:>8}", "Table", "in use", "restored", "took")?;
        for table in &self.0 {
            let (before, after) = table.in_use;
            let in_use = if before == after { before.to_string() } else { format!("{before} to {after}") };
            let verdict = if table.is_whole() { "" } else { "  items are missing" };
            let seconds = table.took.as_secs();
            writeln!(f, "{:12} {in_use:>16} {:>10} {seconds:>6} s{verdict}", table.name, table.items)?;
        }
        let verdict = if self.is_good() {
            "Every table came back."
        } else {
            "The backups are not what they should be."
        };
        writeln!(f, "{verdict}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn restored(in_use: (usize, usize), items: usize) -> Restored {
        Restored { name: "Orders", in_use, items, took: SignedDuration::from_secs(3) }
    }

    #[test]
    fn a_table_is_whole_where_no_more_is_missing_than_may_have_expired() {
        assert!(restored((1_000, 1_000), 990).is_whole());
        assert!(!restored((1_000, 1_000), 989).is_whole());
        assert!(restored((1_000, 900), 891).is_whole());
        assert!(restored((0, 0), 0).is_whole());
    }

    #[test]
    fn what_is_missing_is_said() {
        let bad = Drill(vec![restored((10, 10), 5)]);
        assert!(!bad.is_good());
        assert!(bad.to_string().contains("items are missing"), "{bad}");
        assert!(Drill(vec![restored((10, 12), 11)]).to_string().contains("10 to 12"));
    }
}
