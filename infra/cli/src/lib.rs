//! The ironmonger command line: fills a shop with the demo catalogue, makes a catalogue of a retailer's invoices, and
//! replays those invoices as orders over the public API.

pub mod args;
pub mod chaos;
pub mod connection;
pub mod drill;
pub mod identity;
pub mod import;
pub mod invoices;
pub mod numbers;
pub mod outputs;
pub mod products;
pub mod progress;
pub mod replay;
pub mod seed;
pub mod shelves;
pub mod smoke;
pub mod staff;
pub mod trace;
pub mod upgrade;
