//! Suppliers, their limits and what they offer.

mod limits;
mod offer;
mod status;
mod window;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use limits::{Limits, LimitsError, Weight, WeightError};
pub use offer::{Offer, OfferError};
pub use status::SupplierStatus;
pub use window::{Window, WindowError};

use crate::budget::Budget;
use crate::ids::SupplierId;

/// Text that cannot be a supplier's name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("must be 1 to {max} characters on one line", max = Supplier::MAX_NAME)]
pub struct SupplierNameError;

/// Somebody who sends goods to our customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Supplier {
    /// The supplier's id.
    pub id: SupplierId,
    /// The name that operators and customers see.
    pub name: String,
    /// Whether new tasks may go there.
    pub status: SupplierStatus,
    /// Who is asked first: the lower, the sooner.
    pub priority: u32,
    /// The share of the orders, where suppliers are drawn by lot.
    pub weight: Weight,
    /// What may be spent there.
    pub budget: Budget,
    /// How hard it may be pressed.
    pub limits: Limits,
}

impl Supplier {
    /// The most characters of a name.
    pub const MAX_NAME: usize = 80;

    /// A supplier that gets new tasks, without limits.
    #[must_use]
    pub fn new(id: SupplierId, name: String, priority: u32) -> Self {
        Self {
            id,
            name,
            status: SupplierStatus::Active,
            priority,
            weight: Weight::default(),
            budget: Budget::default(),
            limits: Limits::default(),
        }
    }

    /// Checks a name that came from outside, and takes the blanks around it off.
    pub fn parse_name(text: &str) -> Result<String, SupplierNameError> {
        let text = text.trim();
        let length = text.chars().count();
        if (1..=Self::MAX_NAME).contains(&length) && !text.chars().any(char::is_control) {
            Ok(text.to_owned())
        } else {
            Err(SupplierNameError)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_supplier_reads_back_what_it_writes() {
        let mut supplier = Supplier::new(SupplierId::generate(), "Calder".into(), 1);
        supplier.status = SupplierStatus::Draining;
        supplier.weight = Weight::parse(7).unwrap();
        supplier.limits = Limits::parse(Some(60), Some(2)).unwrap();
        let stored = serde_json::to_value(&supplier).unwrap();
        assert_eq!(stored["status"], "draining");
        assert_eq!(serde_json::from_value::<Supplier>(stored).unwrap(), supplier);
    }

    #[test]
    fn a_name_is_one_line_of_some_characters() {
        let longest = "é".repeat(Supplier::MAX_NAME);
        assert_eq!(Supplier::parse_name(&format!("  {longest} ")), Ok(longest.clone()));
        for bad in ["", "  ", "a\nb", &format!("{longest}x")] {
            assert_eq!(Supplier::parse_name(bad), Err(SupplierNameError), "{bad}");
        }
    }
}
