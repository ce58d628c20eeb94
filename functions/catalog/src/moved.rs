//! Records of categories and brands in the catalogue's stream: products follow when a category is renamed or moved, or
//! a brand renamed.

use std::collections::BTreeSet;

use aws_lambda_events::event::dynamodb::EventRecord;
use domain::{ProductId, Slug};
use store::catalog::{DeskFilter, Names};
use store::{Database, StoreError, keys};

use crate::record;

/// The categories and brands whose products have to follow.
#[derive(Debug, Default)]
pub(crate) struct Moved {
    categories: BTreeSet<Slug>,
    brands: BTreeSet<Slug>,
}

impl Moved {
    /// Looks at one more record.
    pub(crate) fn take(&mut self, record: &EventRecord) {
        let sk = record::key(record, "sk");
        let slug = |prefix: &str| sk.strip_prefix(prefix).and_then(|slug| Slug::parse(slug).ok());
        if moves(record) {
            self.categories.extend(slug(keys::CATEGORY_PREFIX));
            self.brands.extend(slug(keys::BRAND_PREFIX));
        }
    }

    /// The products that have to follow: those in the categories and all that stand in them, and those of the brands.
    pub(crate) async fn products(
        self,
        database: &Database,
        names: &Names,
    ) -> Result<BTreeSet<ProductId>, StoreError> {
        let mut products = BTreeSet::new();
        if !self.categories.is_empty() {
            let within = self.categories.iter().flat_map(|slug| names.tree.subtree(slug)).cloned().collect();
            let filter = DeskFilter { categories: Some(within), ..DeskFilter::default() };
            products.extend(database.desk_ids(&filter).await?);
        }
        for brand in self.brands {
            let filter = DeskFilter { brand: Some(brand), ..DeskFilter::default() };
            products.extend(database.desk_ids(&filter).await?);
        }
        Ok(products)
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.categories.is_empty() && self.brands.is_empty()
    }
}

/// Whether products show a change: a name, or a category's place in the tree. A new category or brand has no products
/// yet, a deleted one none any more.
fn moves(record: &EventRecord) -> bool {
    let (before, after) = (&record.change.old_image, &record.change.new_image);
    let differs = |name: &str| before.get(name) != after.get(name);
    record.event_name == "MODIFY" && ["title", "parent", "data"].into_iter().any(differs)
}

#[cfg(test)]
mod tests {
    use serde_dynamo::{AttributeValue, Item};

    use super::*;

    fn change(name: &str, before: &str, after: &str) -> EventRecord {
        let image = |value: &str| {
            Item::from(std::collections::HashMap::from([(name.to_owned(), AttributeValue::S(value.into()))]))
        };
        let mut record = EventRecord::default();
        record.event_name = "MODIFY".into();
        record.change.old_image = image(before);
        record.change.new_image = image(after);
        record
    }

    #[test]
    fn only_names_and_places_concern_products() {
        assert!(moves(&change("title", "Hooks", "Hooks and eyes")));
        assert!(moves(&change("parent", "garden", "house")));
        assert!(moves(&change("data", "Calder", "Calder & Sons")));
        assert!(!moves(&change("productCount", "1", "2")));
        assert!(!moves(&change("position", "1", "2")));
        assert!(!moves(&change("title", "Hooks", "Hooks")));
        let mut new = change("title", "", "Hooks");
        new.event_name = "INSERT".into();
        assert!(!moves(&new));
    }
}
