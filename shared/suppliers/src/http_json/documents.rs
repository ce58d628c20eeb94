//! Our own documents, from which requests are made. Configurations depend on their names.

use domain::money::Money;
use serde_json::{Value, json};

use crate::{PlacementItem, PlacementRequest, SupplierReference, amount};

/// What a `place` request is made from.
pub(crate) fn place(request: &PlacementRequest) -> Value {
    let item = |item: &PlacementItem| {
        json!({
            "sku": item.sku,
            "code": item.code,
            "quantity": item.quantity,
            "unitCost": money(item.unit_cost),
        })
    };
    json!({
        "reference": request.reference,
        "items": request.items.iter().map(item).collect::<Vec<_>>(),
        "shipTo": request.ship_to,
    })
}

/// An amount as suppliers want it: JMESPath cannot divide by a hundred.
fn money(money: Money) -> Value {
    let decimal = amount::major_units(money.amount(), money.currency().decimals());
    json!({"amount": money.amount(), "decimal": decimal, "currency": money.currency()})
}

/// What a `find` request is made from.
pub(crate) fn find(reference: &str) -> Value {
    json!({ "reference": reference })
}

/// What a `statuses` request is made from.
pub(crate) fn statuses(references: &[SupplierReference]) -> Value {
    json!({ "ids": references })
}

/// What a `cancel` request is made from.
pub(crate) fn cancel(reference: &SupplierReference) -> Value {
    json!({ "id": reference })
}

/// A document as [`place`] makes it, every field filled.
pub(crate) fn sample_order() -> Value {
    json!({
        "reference": "tsk_sample",
        "items": [{
            "sku": "HINGE-75",
            "code": "H75",
            "quantity": 2,
            "unitCost": {"amount": 250, "decimal": "2.50", "currency": "GBP"},
        }],
        "shipTo": {
            "name": "Ada Smith",
            "line1": "1 Forge Lane",
            "line2": "Unit 2",
            "city": "Sheffield",
            "region": "South Yorkshire",
            "postalCode": "S1 1AA",
            "country": "GB",
        },
    })
}

#[cfg(test)]
mod tests {
    use domain::{ids::TaskId, money::Currency, quantity::Quantity, sku::Sku};

    use super::*;

    #[test]
    fn the_sample_is_like_a_real_order() {
        let sample = sample_order();
        let mut real = place(&PlacementRequest {
            reference: TaskId::generate(),
            items: vec![PlacementItem {
                sku: Sku::parse("HINGE-75").unwrap(),
                code: "H75".into(),
                quantity: Quantity::parse(2).unwrap(),
                unit_cost: Money::new(250, Currency::Gbp),
            }],
            ship_to: serde_json::from_value(sample["shipTo"].clone()).unwrap(),
        });
        real["reference"] = sample["reference"].clone();
        assert_eq!(real, sample);
    }
}
