//! How orders move stock: reserved when placed, sold when paid, back on the shelf when they expire or are called off.

use domain::{ProductId, Quantity, Sku};

use crate::error::StoreError;
use crate::orders::Reservation;
use crate::transaction::{Change, Subject, Transaction};
use crate::{Table, item, keys};

impl Transaction<'_> {
    /// Takes pieces of a SKU off the shelf for an order, if there are as many.
    pub fn reserve_stock(
        &mut self,
        product: ProductId,
        sku: &Sku,
        pieces: Quantity,
    ) -> Result<&mut Self, StoreError> {
        let change = Change {
            update: "SET #available = #available - :q, #reserved = #reserved + :q",
            condition: Some("#available >= :q"),
            names: &["available", "reserved"],
            values: vec![(":q", item::number(pieces))],
        };
        self.update(Subject::Stock(sku.clone(), pieces), Table::Catalog, keys::stock(product, sku), change)
    }

    /// Ends the reservation of pieces of a SKU.
    pub fn end_reservation(
        &mut self,
        product: ProductId,
        sku: &Sku,
        pieces: Quantity,
        how: Reservation,
    ) -> Result<&mut Self, StoreError> {
        let (update, names) = match how {
            Reservation::Sell => ("SET #reserved = #reserved - :q, #sold = #sold + :q", ["reserved", "sold"]),
            Reservation::Release => {
                ("SET #reserved = #reserved - :q, #available = #available + :q", ["reserved", "available"])
            }
        };
        let change = Change {
            update,
            condition: Some("#reserved >= :q"),
            names: &names,
            values: vec![(":q", item::number(pieces))],
        };
        self.update(Subject::Stock(sku.clone(), pieces), Table::Catalog, keys::stock(product, sku), change)
    }

    /// Puts sold pieces of a SKU that were not sent back on the shelf.
    pub fn return_stock(
        &mut self,
        product: ProductId,
        sku: &Sku,
        pieces: Quantity,
    ) -> Result<&mut Self, StoreError> {
        let change = Change {
            update: "SET #sold = #sold - :q, #available = #available + :q",
            condition: Some("#sold >= :q"),
            names: &["sold", "available"],
            values: vec![(":q", item::number(pieces))],
        };
        self.update(Subject::Stock(sku.clone(), pieces), Table::Catalog, keys::stock(product, sku), change)
    }
}
