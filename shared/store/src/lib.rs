//! DynamoDB: key names, one module per aggregate, transactions.
//!
//! Every item has a `pk` and an `sk` (their names live in [`keys`]), the aggregate itself as a map in `data`, and, where
//! it changes, a `version`. A change is a conditional write on the version that was read, so that of two writers one
//! loses and reads again; changes that belong together go through one [`Transaction`].

pub mod attention;
pub mod audit;
pub mod audit_trail;
mod batch;
pub mod budget;
pub mod buyers;
pub mod callbacks;
pub mod carts;
pub mod catalog;
pub mod circuit;
pub mod customers;
pub mod error;
#[cfg(test)]
mod fixtures;
pub mod followers;
pub mod former_suppliers;
pub mod health;
pub mod idempotency;
pub mod images;
pub mod imports;
mod index;
pub mod item;
pub mod keys;
mod measured;
pub mod merchant_webhooks;
pub mod offers;
pub mod order_access;
mod order_stock;
pub mod orders;
pub mod paced_orders;
pub mod partner_keys;
pub mod partner_lists;
pub mod partner_orders;
pub mod rate;
pub mod refusal;
pub mod review_lists;
pub mod reviews;
pub mod routing;
pub mod run_lists;
pub mod runs;
mod schema;
pub mod search;
pub mod slots;
pub mod staff;
pub mod suppliers;
pub mod task_lists;
pub mod tasks;
pub mod transaction;
pub mod upgrade;
mod usage;
pub mod webhooks;

use aws_config::SdkConfig;
use aws_sdk_dynamodb::Client;

pub use error::StoreError;
pub use item::Versioned;
pub use transaction::{CommitError, Refusal, Subject, Transaction};

/// One of the shop's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Products, stock, categories.
    Catalog,
    /// Carts, orders, idempotency records.
    Orders,
    /// Suppliers, offers, tasks.
    Fulfilment,
    /// Customers: profiles, address books, the carts and reviews that are theirs.
    Customers,
    /// The console's own: the audit trail, staff, partner keys.
    Console,
    /// What workers and schedules did.
    Operations,
    /// Connections of browsers, and what they follow.
    Realtime,
}

impl Table {
    /// The environment variable that holds the table's name.
    #[must_use]
    pub fn variable(self) -> &'static str {
        match self {
            Self::Catalog => "CATALOG_TABLE",
            Self::Orders => "ORDERS_TABLE",
            Self::Fulfilment => "FULFILMENT_TABLE",
            Self::Customers => "CUSTOMERS_TABLE",
            Self::Console => "CONSOLE_TABLE",
            Self::Operations => "OPERATIONS_TABLE",
            Self::Realtime => "REALTIME_TABLE",
        }
    }
}

/// The names of the tables. A function has only those that its route needs.
#[derive(Debug, Clone, Default)]
pub struct TableNames {
    /// Name of the catalogue's table.
    pub catalog: Option<String>,
    /// Name of the orders' table.
    pub orders: Option<String>,
    /// Name of the fulfilment table.
    pub fulfilment: Option<String>,
    /// Name of the customers' table.
    pub customers: Option<String>,
    /// Name of the console's table.
    pub console: Option<String>,
    /// Name of the operations' table.
    pub operations: Option<String>,
    /// Name of the table of connections.
    pub realtime: Option<String>,
}

/// The shop's tables and the client that reads and writes them. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Database {
    client: Client,
    tables: TableNames,
}

impl Database {
    /// The tables that the environment names.
    #[must_use]
    pub fn from_env(config: &SdkConfig) -> Self {
        let name = |table: Table| std::env::var(table.variable()).ok();
        let tables = TableNames {
            catalog: name(Table::Catalog),
            orders: name(Table::Orders),
            fulfilment: name(Table::Fulfilment),
            customers: name(Table::Customers),
            console: name(Table::Console),
            operations: name(Table::Operations),
            realtime: name(Table::Realtime),
        };
        let config = aws_sdk_dynamodb::config::Builder::from(config).interceptor(usage::Meter).build();
        Self::new(Client::from_conf(config), tables)
    }

    /// These tables.
    #[must_use]
    pub fn new(client: Client, tables: TableNames) -> Self {
        Self { client, tables }
    }

    fn table(&self, table: Table) -> Result<&str, StoreError> {
        let name = match table {
            Table::Catalog => &self.tables.catalog,
            Table::Orders => &self.tables.orders,
            Table::Fulfilment => &self.tables.fulfilment,
            Table::Customers => &self.tables.customers,
            Table::Console => &self.tables.console,
            Table::Operations => &self.tables.operations,
            Table::Realtime => &self.tables.realtime,
        };
        name.as_deref().ok_or(StoreError::NoTable(table.variable()))
    }
}
