//! What one supplier asks for one SKU.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::window::Window;
use crate::ids::SupplierId;
use crate::money::Money;
use crate::quantity::Quantity;
use crate::sku::Sku;

/// An offer that makes no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OfferError {
    /// The supplier's code.
    #[error("must be 1 to {max} characters on one line", max = Offer::MAX_CODE)]
    Code,
    /// The cost.
    #[error("must not be negative")]
    Cost,
    /// The maximum.
    #[error("must not be below the minimum")]
    Maximum,
    /// The lead time.
    #[error("must be at most {max} seconds", max = Offer::MAX_LEAD_TIME_SECONDS)]
    LeadTime,
}

impl OfferError {
    /// The name of the bad member as it stands in the input.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Cost => "cost",
            Self::Maximum => "maximum",
            Self::LeadTime => "leadTimeSeconds",
        }
    }
}

/// What one supplier asks for one SKU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// Whose offer it is.
    pub supplier_id: SupplierId,
    /// Our SKU.
    pub sku: Sku,
    /// The supplier's own code for it.
    pub code: String,
    /// What the supplier charges us for one piece.
    pub cost: Money,
    /// The fewest pieces in one task.
    pub minimum: Quantity,
    /// The most pieces in one task.
    pub maximum: Quantity,
    /// How many seconds the supplier needs from order to shipment.
    pub lead_time_seconds: u32,
    /// When after the payment the offer holds.
    pub window: Window,
}

impl Offer {
    /// The most characters of a supplier's code.
    pub const MAX_CODE: usize = 200;
    /// The longest lead time: a year.
    pub const MAX_LEAD_TIME_SECONDS: u32 = 365 * 24 * 60 * 60;

    /// All that is wrong with an offer that came from outside.
    #[must_use]
    pub fn faults(&self) -> Vec<OfferError> {
        let length = self.code.chars().count();
        let code_fits = (1..=Self::MAX_CODE).contains(&length)
            && self.code.trim() == self.code
            && !self.code.chars().any(char::is_control);
        let checks = [
            (code_fits, OfferError::Code),
            (self.cost.amount() >= 0, OfferError::Cost),
            (self.minimum <= self.maximum, OfferError::Maximum),
            (self.lead_time_seconds <= Self::MAX_LEAD_TIME_SECONDS, OfferError::LeadTime),
        ];
        checks.into_iter().filter_map(|(good, error)| (!good).then_some(error)).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::money::Currency;

    fn offer() -> Offer {
        Offer {
            supplier_id: SupplierId::generate(),
            sku: Sku::parse("A").unwrap(),
            code: "x".repeat(Offer::MAX_CODE),
            cost: Money::zero(Currency::Gbp),
            minimum: Quantity::ONE,
            maximum: Quantity::ONE,
            lead_time_seconds: Offer::MAX_LEAD_TIME_SECONDS,
            window: Window::default(),
        }
    }

    #[test]
    fn everything_that_is_wrong_is_told() {
        assert_eq!(offer().faults(), []);
        let bad = Offer {
            code: " x".into(),
            cost: Money::new(-1, Currency::Gbp),
            minimum: Quantity::parse(2).unwrap(),
            lead_time_seconds: Offer::MAX_LEAD_TIME_SECONDS + 1,
            ..offer()
        };
        let fields: Vec<_> = bad.faults().into_iter().map(OfferError::field).collect();
        assert_eq!(json!(fields), json!(["code", "cost", "maximum", "leadTimeSeconds"]));
        for code in ["", "a\tb", &"x".repeat(Offer::MAX_CODE + 1)] {
            assert_eq!(Offer { code: code.to_owned(), ..offer() }.faults(), [OfferError::Code], "{code}");
        }
    }
}
