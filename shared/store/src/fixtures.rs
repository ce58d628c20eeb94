//! What this crate's own tests share.

use domain::{Address, AddressInput};

/// Where the goods of tests go.
pub(crate) fn address() -> Address {
    Address::parse(AddressInput {
        name: "Ada Lovelace".into(),
        line1: "12 St James's Square".into(),
        line2: None,
        city: "London".into(),
        region: None,
        postal_code: "SW1Y 4JH".into(),
        country: "GB".into(),
    })
    .unwrap()
}
