//! The tables of the stack that `IRONMONGER_OUTPUTS` names.

use store::{Database, TableNames};

/// The stack's tables.
pub async fn database() -> Database {
    let file =
        std::env::var("IRONMONGER_OUTPUTS").expect("IRONMONGER_OUTPUTS names the stack: `make test-stack`");
    let outputs: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let name = |output: &str| Some(outputs["stack"][output].as_str().unwrap().to_owned());
    let tables = TableNames {
        catalog: name("CatalogTableName"),
        orders: name("OrdersTableName"),
        fulfilment: name("FulfilmentTableName"),
        customers: name("CustomersTableName"),
        console: name("ConsoleTableName"),
        operations: name("OperationsTableName"),
        realtime: name("RealtimeTableName"),
    };
    Database::new(aws_sdk_dynamodb::Client::new(&cloud::config().await), tables)
}
