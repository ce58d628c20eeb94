//! The routes of partners' programs, one file each, and what becomes of the orders that they send.

pub mod callback;
pub mod get_partner_key;
pub mod get_partner_order;
pub mod list_partner_orders;
pub mod order_view;
pub mod place_partner_order;
pub mod receive_partner_orders;
pub mod sweep_partner_orders;
