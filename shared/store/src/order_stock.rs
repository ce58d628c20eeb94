//! How orders move stock: reserved when placed (or sold at once, on account), sold when paid, back on the shelf when they
//! expire or are called off.

use domain::{ProductId, Quantity, Sku};

use crate::error::StoreError;
use crate::orders::Reservation;
use crate::transaction::{Change, Subject, Transaction};
use crate::{Table, item, keys};

/// The counts of a SKU's pieces.
const AVAILABLE: &str = "available";
const RESERVED: &str = "reserved";
const SOLD: &str = "sold";

impl Transaction<'_> {
    /// Takes pieces of a SKU off the shelf for an order, if there are as many.
    pub fn reserve_stock(
        &mut self,
        product: ProductId,
        sku: &Sku,
        pieces: Quantity,
    ) -> Result<&mut Self, StoreError> {
        self.move_stock(product, sku, pieces, [AVAILABLE, RESERVED])
    }

    /// Sells pieces of a SKU for an order that is paid when it is placed, if there are as many.
    pub fn sell_stock(
        &mut self,
        product: ProductId,
        sku: &Sku,
        pieces: Quantity,
    ) -> Result<&mut Self, StoreError> {
        self.move_stock(product, sku, pieces, [AVAILABLE, SOLD])
    }

    /// Ends the reservation of pieces of a SKU.
    pub fn end_reservation(
        &mut self,
        product: ProductId,
        sku: &Sku,
        pieces: Quantity,
        how: Reservation,
    ) -> Result<&mut Self, StoreError> {
        let to = match how {
            Reservation::Sell => SOLD,
            Reservation::Release => AVAILABLE,
        };
        self.move_stock(product, sku, pieces, [RESERVED, to])
    }

    /// Puts sold pieces of a SKU that were not sent back on the shelf.
    pub fn return_stock(
        &mut self,
        product: ProductId,
        sku: &Sku,
        pieces: Quantity,
    ) -> Result<&mut Self, StoreError> {
        self.move_stock(product, sku, pieces, [SOLD, AVAILABLE])
    }

    /// Moves pieces of a SKU from one count to the other, if there are as many.
    fn move_stock(
        &mut self,
        product: ProductId,
        sku: &Sku,
        pieces: Quantity,
        [from, to]: [&str; 2],
    ) -> Result<&mut Self, StoreError> {
        let (update, condition) =
            (format!("SET #{from} = #{from} - :q, #{to} = #{to} + :q"), format!("#{from} >= :q"));
        let change = Change {
            update: &update,
            condition: Some(&condition),
            names: &[from, to],
            values: vec![(":q", item::number(pieces))],
        };
        self.update(Subject::Stock(sku.clone(), pieces), Table::Catalog, keys::stock(product, sku), change)
    }
}
