//! Customers and what is theirs.

use domain::{CustomerId, ProductId};

use super::Key;

/// What the sort keys of the pointers to a customer's reviews begin with.
pub const REVIEW_PREFIX: &str = "REVIEW#";

/// Key of the pointer to a customer's review of a product.
#[must_use]
pub fn review_by(customer: &CustomerId, product: ProductId) -> Key {
    Key::new(customer_partition(customer), format!("{REVIEW_PREFIX}{product}"))
}

/// Partition of a customer: in the customers' table theirs, in the index of orders the orders they bought.
#[must_use]
pub fn customer_partition(id: &CustomerId) -> String {
    format!("CUSTOMER#{id}")
}

/// Key of a customer's profile.
#[must_use]
pub fn profile(id: &CustomerId) -> Key {
    Key::new(customer_partition(id), "PROFILE")
}

/// Partition of all open accounts in the first index.
pub const CUSTOMERS: &str = "CUSTOMERS";

/// Key of the pointer to a customer's cart.
#[must_use]
pub fn customer_cart(id: &CustomerId) -> Key {
    Key::new(customer_partition(id), "CART")
}
