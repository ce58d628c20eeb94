//! The staff's routes, one file each: catalogue, stock, reviews, customers, staff, partner keys and the audit trail.

pub mod add_staff;
pub mod adjust_stock;
pub mod brand;
pub mod bulk_edit_products;
pub mod catalog_desk;
pub mod category;
pub mod create_brand;
pub mod create_category;
pub mod create_image_upload;
pub mod create_partner_key;
pub mod create_product;
pub mod create_product_import;
pub mod delete_brand;
pub mod delete_category;
pub mod export_products;
pub mod get_console_product;
pub mod get_console_review;
pub mod get_customer;
pub mod get_image_upload;
pub mod get_product_import;
pub mod get_stock;
pub mod get_synonyms;
pub mod list_audit;
pub mod list_brands;
pub mod list_console_categories;
pub mod list_console_products;
pub mod list_console_reviews;
pub mod list_customers;
pub mod list_partner_keys;
pub mod list_product_imports;
pub mod list_staff;
pub mod list_stock;
pub mod list_stock_history;
pub mod moderate_review;
pub mod partner_keys;
pub mod product;
pub mod product_import;
pub mod product_input;
pub mod put_synonyms;
pub mod remove_staff;
pub mod reviews;
pub mod revoke_partner_key;
pub mod set_stock_threshold;
pub mod staff;
pub mod stock;
pub mod synonyms;
pub mod update_brand;
pub mod update_category;
pub mod update_product;
pub mod update_staff;
pub mod uploads;

use store::audit::{Actor, ActorKind};
use web::Person;

/// Whoever is signed in, as the audit trail knows them.
#[must_use]
pub fn actor(person: &Person) -> Actor {
    Actor { kind: ActorKind::Staff, id: person.id.to_string(), email: Some(person.email.clone()) }
}
