//! What an order costs.

use serde::{Deserialize, Serialize};

use crate::money::{Currency, Money, MoneyError};

/// The parts of an order's price. `total` is always `subtotal + shipping + tax - discount`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// All lines.
    pub subtotal: Money,
    /// Delivery.
    pub shipping: Money,
    /// Taxes that come on top of the prices.
    pub tax: Money,
    /// What promotions take off.
    pub discount: Money,
    /// What the customer pays.
    pub total: Money,
}

impl Totals {
    /// Adds up line totals, all in `currency`. Delivery is free and prices include their taxes; there are no promotions.
    ///
    /// Two lines of 2.50 and 0.99 cost 3.49, whatever their order.
    pub fn of_lines(currency: Currency, lines: impl IntoIterator<Item = Money>) -> Result<Self, MoneyError> {
        let nothing = Money::zero(currency);
        let subtotal = Money::sum(currency, lines)?;
        Ok(Self { subtotal, shipping: nothing, tax: nothing, discount: nothing, total: subtotal })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::quantity::Quantity;

    proptest! {
        #[test]
        fn totals_add_up_to_the_penny_whatever_the_order_of_lines(
            lines in prop::collection::vec((0_i64..10_000_000, 1_i64..=100_000), 0..96),
            seed in any::<prop::sample::Index>(),
        ) {
            let line = |(price, quantity): &(i64, i64)| {
                Money::new(*price, Currency::Gbp).times(Quantity::parse(*quantity).unwrap()).unwrap()
            };
            let mut shuffled = lines.clone();
            if !shuffled.is_empty() {
                let at = seed.index(shuffled.len());
                shuffled.rotate_left(at);
                shuffled.reverse();
            }
            let totals = Totals::of_lines(Currency::Gbp, lines.iter().map(line)).unwrap();
            prop_assert_eq!(totals, Totals::of_lines(Currency::Gbp, shuffled.iter().map(line)).unwrap());
            let exact: i64 = lines.iter().map(|(price, quantity)| price * quantity).sum();
            prop_assert_eq!(totals.total.amount(), exact);
            prop_assert_eq!(
                totals.subtotal.amount() + totals.shipping.amount() + totals.tax.amount() - totals.discount.amount(),
                totals.total.amount()
            );
        }
    }
}
