//! The routes of partners' programs, one file each.

pub mod get_partner_key;
