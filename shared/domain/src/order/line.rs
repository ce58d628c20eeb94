//! What is bought.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::PlacementError;
use crate::ids::ProductId;
use crate::money::{Money, MoneyError};
use crate::product::Product;
use crate::quantity::Quantity;
use crate::sku::Sku;

/// One line of an order, with the price of the moment it was placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderLine {
    /// What was bought.
    pub sku: Sku,
    /// The product it is a variant of.
    pub product_id: ProductId,
    /// The product's name.
    pub title: String,
    /// The variant's name; empty where the product has just one.
    pub variant_title: String,
    /// The price of one piece.
    pub unit_price: Money,
    /// How many.
    pub quantity: Quantity,
}

impl OrderLine {
    /// So many pieces of a product's variant, at its price of now; nothing where the product is not for sale or has no such
    /// variant.
    #[must_use]
    pub fn of(product: &Product, sku: &Sku, quantity: Quantity) -> Option<Self> {
        let variant = product.variant(sku).filter(|_| product.is_active())?;
        let product = product.fields();
        Some(Self {
            sku: sku.clone(),
            product_id: product.id,
            title: product.title.clone(),
            variant_title: variant.title.clone(),
            unit_price: variant.price,
            quantity,
        })
    }

    /// The price of the whole line.
    pub fn total(&self) -> Result<Money, MoneyError> {
        self.unit_price.times(self.quantity)
    }
}

/// How many pieces of each SKU there are in all lines together.
pub(super) fn quantities_by_sku(
    lines: &[OrderLine],
) -> Result<BTreeMap<(ProductId, Sku), Quantity>, PlacementError> {
    let mut sums: BTreeMap<(ProductId, Sku), Quantity> = BTreeMap::new();
    for line in lines {
        let key = (line.product_id, line.sku.clone());
        let sum = match sums.get(&key) {
            Some(sum) => {
                sum.plus(line.quantity).map_err(|_| PlacementError::TooManyPieces(line.sku.clone()))?
            }
            None => line.quantity,
        };
        sums.insert(key, sum);
    }
    Ok(sums)
}
