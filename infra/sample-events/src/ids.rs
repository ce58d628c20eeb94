//! What the events are about: ids that are well formed and belong to nothing.

use domain::{
    AddressId, CartId, DeliveryId, ImportId, OrderId, PacedOrderId, PartnerKeyId, ProductId, ReviewId,
    SupplierId, TaskId, UploadId, WebhookId,
};

/// The ULID of all of them.
pub const ULID: &str = "01JD0000000000000000000000";
/// Who is signed in.
pub const PERSON: &str = "c6b4f2d0-0a1b-4c3d-8e9f-0123456789ab";
/// Somebody else.
pub const OTHER_PERSON: &str = "5f0c1a52-3b1e-4c55-9f0e-9c1d2b3a4f60";
/// A message or a call.
pub const MESSAGE: &str = "6a7e8feb-b491-4cf7-a9f1-bf3703467718";
/// A trace.
pub const TRACE: &str = "5759e988bd862e3fe1be46a994272793";
/// What is bought.
pub const SKU: &str = "HT-CLAW-16";

/// What is named behind a segment of a path.
const NAMED: [(&str, &str); 13] = [
    ("addresses", AddressId::PREFIX),
    ("carts", CartId::PREFIX),
    ("deliveries", DeliveryId::PREFIX),
    ("image-uploads", UploadId::PREFIX),
    ("orders", OrderId::PREFIX),
    ("paced-orders", PacedOrderId::PREFIX),
    ("partner-keys", PartnerKeyId::PREFIX),
    ("product-imports", ImportId::PREFIX),
    ("products", ProductId::PREFIX),
    ("reviews", ReviewId::PREFIX),
    ("suppliers", SupplierId::PREFIX),
    ("tasks", TaskId::PREFIX),
    ("webhooks", WebhookId::PREFIX),
];

/// An id of this kind.
pub fn id(prefix: &str) -> String {
    format!("{prefix}{ULID}")
}

/// What stands in a path behind `segment`, in the place of the parameter `name`.
pub fn in_path(segment: &str, name: &str) -> Option<String> {
    let named =
        |wanted: &str| NAMED.iter().find(|(segment, _)| *segment == wanted).map(|(_, prefix)| id(prefix));
    match (segment, name) {
        ("queues", "name") => Some("planning-dead-letters".into()),
        ("schedules", "name") => Some("poll-suppliers".into()),
        ("secrets", "name") => Some("credential".into()),
        ("customers" | "staff", "id") => Some(OTHER_PERSON.into()),
        (_, "id" | "deliveryId") => named(segment),
        (_, "productId") => Some(id(ProductId::PREFIX)),
        (_, "supplierId") => Some(id(SupplierId::PREFIX)),
        (_, "idOrSlug") => Some("claw-hammer-16oz".into()),
        (_, "slug") => Some("hand-tools".into()),
        (_, "sku") => Some(SKU.into()),
        (_, "reference") => Some("A-1001".into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_of_what_stands_before_it() {
        assert_eq!(in_path("orders", "id").unwrap(), format!("ord_{ULID}"));
        assert_eq!(in_path("reviews", "id").unwrap(), format!("rev_{ULID}"));
        assert_eq!(in_path("reviews", "productId").unwrap(), format!("prd_{ULID}"));
        assert_eq!(in_path("staff", "id").unwrap(), OTHER_PERSON);
        assert_eq!(in_path("spanners", "id"), None);
        assert!(OrderId::parse(&id(OrderId::PREFIX)).is_ok());
    }
}
