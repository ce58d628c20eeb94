//! What belongs to whoever is signed in, one file per route: profile, address book, orders, cart and reviews.
//!
//! All routes are for whoever is signed in, and show what is theirs. Those that write something down for an account ask
//! [`account::open`] first, which refuses an account that is being deleted.

pub mod account;
pub mod claim_orders;
pub mod create_address;
pub mod delete_address;
pub mod delete_customer;
pub mod delete_me;
pub mod delete_my_review;
pub mod dto;
pub mod export_me;
pub mod get_me;
pub mod get_my_cart;
pub mod get_my_order;
pub mod get_my_review;
pub mod list_addresses;
pub mod list_my_orders;
pub mod list_my_reviews;
pub mod merge_cart;
pub mod orders_of;
pub mod pay_my_order;
pub mod place_my_order;
pub mod put_my_review;
pub mod reviews;
pub mod update_address;
pub mod update_me;

/// How often a write is tried again that somebody else's write got ahead of.
const MAX_TRIES: u32 = 8;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::{CustomerEmail, CustomerId};
    use web::Person;

    /// Somebody who is signed in with a verified address.
    pub(crate) fn person(email: &str) -> Person {
        Person {
            id: CustomerId::parse("c6b4f2d0-0a1b-4c3d-8e9f-0123456789ab").unwrap(),
            email: CustomerEmail::parse(email).unwrap(),
            email_verified: true,
            groups: BTreeSet::new(),
        }
    }
}
