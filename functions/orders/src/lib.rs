//! Orders: placing, paying, watching and expiring them, and telling the rest of the shop.

pub mod access;
pub mod dto;
pub mod expire_order;
pub mod get_order;
pub mod on_account;
pub mod pay;
pub mod pay_order;
pub mod place;
pub mod place_order;
pub mod publish_order_events;
pub mod release_instalments;
pub mod settlement;

/// How often a write is tried again that somebody else's write got ahead of.
const MAX_TRIES: u32 = 8;
