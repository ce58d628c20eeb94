//! The staff's routes, one file each: catalogue, stock, reviews, customers, staff, partner keys and the audit trail.
