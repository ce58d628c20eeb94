//! The kinds that have changed, with the steps from each of their shapes to the next.
//!
//! A step is never edited once it was released: items of its time are still there. A new one goes to the end of its list,
//! together with an item as it was stored before, in `older/`, from which the test below reads today's.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{Brand, Offer, Order, Product, Task};

use super::{Kind, Members, Step, Stored};
use crate::item::{number, text};
use crate::suppliers::SupplierRecord;

/// All kinds that have changed.
pub(super) const KINDS: [Kind; 5] = [
    Kind::of::<Product>("products", "PRODUCT#", "PRODUCT"),
    Kind::of::<Order>("orders", "ORDER#", "ORDER"),
    Kind::of::<SupplierRecord>("suppliers", "SUPPLIER#", "SUPPLIER"),
    Kind::of::<Offer>("offers", "SUPPLIER#", "OFFER#"),
    Kind::of::<Task>("tasks", "TASK#", "TASK"),
];

impl Stored for Product {
    const STEPS: &'static [Step] = &[product_of_the_desk];
}
impl Stored for Order {
    const STEPS: &'static [Step] = &[order_with_a_buyer];
}
impl Stored for SupplierRecord {
    const STEPS: &'static [Step] = &[supplier_with_limits];
}
impl Stored for Offer {
    const STEPS: &'static [Step] = &[offer_with_a_window];
}
impl Stored for Task {
    const STEPS: &'static [Step] = &[task_that_is_replaced];
}

/// Products came to be edited: they have a status and times, a brand is more than its name, search engines are told.
fn product_of_the_desk(product: &mut Members) -> Result<(), String> {
    if let Some(AttributeValue::S(name)) = product.get("brand") {
        // A name that makes no address was never shown as a brand.
        let brand = Brand::named(name).ok();
        let brand =
            brand.map(|brand| serde_dynamo::to_attribute_value(brand).map_err(|error| error.to_string()));
        product.insert("brand".into(), brand.transpose()?.unwrap_or(AttributeValue::Null(true)));
    }
    absent(product, "brand", || AttributeValue::Null(true));
    absent(product, "status", || text("active"));
    absent(product, "seo", empty);
    for time in ["createdAt", "updatedAt"] {
        absent(product, time, || text(jiff::Timestamp::UNIX_EPOCH));
    }
    Ok(())
}

/// Customers came to have accounts: an order says whose it is.
#[expect(clippy::unnecessary_wraps, reason = "a step may fail, this one cannot")]
fn order_with_a_buyer(order: &mut Members) -> Result<(), String> {
    absent(order, "buyer", || AttributeValue::M(HashMap::from([("kind".to_owned(), text("guest"))])));
    Ok(())
}

/// Operators came to steer suppliers: a status in place of `enabled`, a weight, a budget, limits.
fn supplier_with_limits(record: &mut Members) -> Result<(), String> {
    let Some(AttributeValue::M(supplier)) = record.get_mut("supplier") else {
        return Err("it has no supplier".into());
    };
    let paused = supplier.remove("enabled") == Some(AttributeValue::Bool(false));
    absent(supplier, "status", || text(if paused { "paused" } else { "active" }));
    absent(supplier, "weight", || number(1));
    absent(supplier, "budget", empty);
    absent(supplier, "limits", empty);
    Ok(())
}

/// Offers came to hold for a time after the payment.
#[expect(clippy::unnecessary_wraps, reason = "a step may fail, this one cannot")]
fn offer_with_a_window(offer: &mut Members) -> Result<(), String> {
    absent(offer, "window", || AttributeValue::M(HashMap::from([("fromSeconds".to_owned(), number(0))])));
    Ok(())
}

/// Tasks came to be replaced and explained.
#[expect(clippy::unnecessary_wraps, reason = "a step may fail, this one cannot")]
fn task_that_is_replaced(task: &mut Members) -> Result<(), String> {
    absent(task, "replacements", || number(0));
    for list in ["why", "history"] {
        absent(task, list, || AttributeValue::L(Vec::new()));
    }
    Ok(())
}

fn absent(members: &mut Members, name: &str, value: impl FnOnce() -> AttributeValue) {
    members.entry(name.to_owned()).or_insert_with(value);
}

fn empty() -> AttributeValue {
    AttributeValue::M(HashMap::new())
}

#[cfg(test)]
mod tests {
    use domain::{ProductStatus, SupplierStatus};
    use serde_json::Value;

    use super::*;
    use crate::item;

    /// An item's data as it was stored at some time.
    fn older<T: Stored + serde::de::DeserializeOwned>(json: &str) -> T {
        let value: Value = serde_json::from_str(json).unwrap();
        let data = serde_dynamo::to_attribute_value(value).unwrap();
        item::data(&HashMap::from([(item::DATA.to_owned(), data)])).unwrap()
    }

    #[test]
    fn a_product_of_before_the_desk_is_on_sale_and_keeps_its_brand() {
        let product: Product = older(include_str!("older/product.1.json"));
        let fields = product.fields();
        assert_eq!(fields.status, ProductStatus::Active);
        assert_eq!(fields.brand.as_ref().map(|brand| brand.slug.as_str()), Some("ember-ash"));
    }

    #[test]
    fn an_order_of_before_accounts_is_a_guest_s() {
        let order: Order = older(include_str!("older/order.1.json"));
        assert_eq!(order.buyer(), &domain::Buyer::Guest);
    }

    #[test]
    fn a_supplier_that_was_not_enabled_is_paused() {
        let record: SupplierRecord = older(include_str!("older/supplier.1.json"));
        assert_eq!(record.supplier.status, SupplierStatus::Paused);
        let enabled = include_str!("older/supplier.1.json").replace("false", "true");
        assert_eq!(older::<SupplierRecord>(&enabled).supplier.status, SupplierStatus::Active);
    }

    #[test]
    fn an_offer_of_before_windows_always_holds() {
        let offer: Offer = older(include_str!("older/offer.1.json"));
        assert_eq!(offer.window, domain::Window::default());
    }

    #[test]
    fn a_task_of_before_replacements_replaces_none() {
        let task: Task = older(include_str!("older/task.1.json"));
        assert_eq!((task.replacements(), task.why().len(), task.history().len()), (0, 0, 0));
    }

    #[test]
    fn what_is_stored_reads_back_and_is_not_upgraded_again() {
        let offer: Offer = older(include_str!("older/offer.1.json"));
        let item = item::with_data(crate::keys::offer(offer.supplier_id, &offer.sku), &offer, []).unwrap();
        let kind = Kind::of_item(&item).unwrap();
        assert_eq!(kind.name, "offers");
        assert_eq!(kind.renewed(&item).unwrap(), None);
        assert_eq!(item::data::<Offer>(&item).unwrap(), offer);
    }

    #[test]
    fn every_kind_has_an_older_item_for_each_of_its_steps() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schema/older");
        for kind in KINDS {
            for shape in 1..=kind.steps.len() {
                let file = folder.join(format!("{}.{shape}.json", kind.name.trim_end_matches('s')));
                assert!(file.exists(), "{} is missing", file.display());
            }
        }
    }
}
