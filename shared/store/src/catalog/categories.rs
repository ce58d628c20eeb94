//! The tree of categories.

use std::collections::BTreeMap;

use domain::category::CategoryError;
use domain::{CategoryNode, CategoryTree, Slug};
use serde::Deserialize;
use thiserror::Error;

use super::DeskFilter;
use crate::audit::{Actor, AuditEntry, AuditSubject};
use crate::error::{StoreError, held};
use crate::index::Partition;
use crate::item;
use crate::keys;
use crate::transaction::{Change, CommitError, Subject, Transaction};
use crate::{Database, Table};

/// How often a change of the tree is tried again that somebody else's got ahead of.
const MAX_TRIES: u32 = 8;

/// All categories as they were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Categories {
    /// The tree.
    pub tree: CategoryTree,
    marks: BTreeMap<Slug, CategoryMark>,
    version: u64,
}

/// What is kept with a category.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CategoryMark {
    /// The number of its latest change.
    pub version: u64,
    /// How many products on sale stand in it, or in one below it (it may lag by seconds).
    pub products: u64,
}

impl Categories {
    /// What is kept with a category.
    #[must_use]
    pub fn mark(&self, slug: &Slug) -> CategoryMark {
        self.marks.get(slug).copied().unwrap_or_default()
    }
}

/// Why the tree was not changed.
#[derive(Debug, Error)]
pub enum CategoryWriteError {
    /// The change breaks a rule.
    #[error(transparent)]
    Rule(#[from] CategoryError),
    /// Products stand in the category.
    #[error("{0} products stand in it: move them first")]
    HasProducts(usize),
    /// Somebody else changed the category since it was read.
    #[error("somebody else changed the category")]
    Outdated,
    /// It could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A category as it is stored: attributes of their own, beside the count that the stream keeps.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stored {
    title: String,
    #[serde(default)]
    parent: Option<Slug>,
    #[serde(default)]
    position: u32,
    #[serde(default)]
    description: Option<String>,
    #[serde(default = "first")]
    version: u64,
    #[serde(default)]
    product_count: u64,
}

/// The version of categories that were written before they had one.
fn first() -> u64 {
    1
}

impl Database {
    /// All categories, as of now.
    pub async fn categories(&self) -> Result<Categories, StoreError> {
        let mut items = self
            .client
            .query()
            .table_name(self.table(Table::Catalog)?)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", item::text(keys::CATEGORIES))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        let (mut nodes, mut marks, mut version) = (Vec::new(), BTreeMap::new(), 0);
        while let Some(item) = items.next().await {
            let item = item.map_err(StoreError::sdk("Query"))?;
            let Some(slug) = item::sort_key(&item).strip_prefix(keys::CATEGORY_PREFIX) else {
                version = item::read_number(&item, item::VERSION)?;
                continue;
            };
            let slug = Slug::parse(slug).map_err(|error| item::corrupt(&item, error))?;
            let stored: Stored =
                serde_dynamo::from_item(item.clone()).map_err(|error| item::corrupt(&item, error))?;
            marks.insert(
                slug.clone(),
                CategoryMark { version: stored.version, products: stored.product_count },
            );
            let Stored { title, parent, position, description, .. } = stored;
            nodes.push(CategoryNode { slug, title, parent, position, description });
        }
        let tree = CategoryTree::new(nodes).map_err(|error| StoreError::Corrupt {
            key: keys::CATEGORIES.into(),
            reason: error.to_string(),
        })?;
        Ok(Categories { tree, marks, version })
    }

    /// Writes a new category, behind its siblings. Answers with all categories after it.
    pub async fn create_category(
        &self,
        node: &CategoryNode,
        actor: &Actor,
    ) -> Result<Categories, CategoryWriteError> {
        self.change_tree("category.created", &node.slug, actor, |before| {
            Ok(before.tree.with(node.clone())?)
        })
        .await
    }

    /// Changes a category that was read at `version`: its name, its place, its description. Answers with all categories
    /// after it.
    pub async fn update_category(
        &self,
        version: u64,
        node: &CategoryNode,
        actor: &Actor,
    ) -> Result<Categories, CategoryWriteError> {
        let change = |before: &Categories| {
            if before.tree.get(&node.slug).is_some() && before.mark(&node.slug).version != version {
                return Err(CategoryWriteError::Outdated);
            }
            Ok(before.tree.changed(node.clone())?)
        };
        self.change_tree("category.updated", &node.slug, actor, change).await
    }

    /// Deletes a category in which nothing stands, whatever its status.
    pub async fn delete_category(&self, slug: &Slug, actor: &Actor) -> Result<(), CategoryWriteError> {
        let filter = DeskFilter { categories: Some([slug.clone()].into()), ..DeskFilter::default() };
        let products = self.desk_ids(&filter).await?.len();
        if products > 0 {
            return Err(CategoryWriteError::HasProducts(products));
        }
        let change = |before: &Categories| Ok(before.tree.without(slug)?);
        self.change_tree("category.deleted", slug, actor, change).await.map(drop)
    }

    /// Makes sure that these categories exist, each behind those that it stands in; those that exist stay as they are.
    pub async fn ensure_categories(
        &self,
        nodes: &[CategoryNode],
        actor: &Actor,
    ) -> Result<Categories, CategoryWriteError> {
        let mut categories = self.categories().await?;
        for node in nodes.iter().filter(|node| categories.tree.get(&node.slug).is_none()).collect::<Vec<_>>()
        {
            match self.create_category(node, actor).await {
                Ok(after) => categories = after,
                Err(CategoryWriteError::Rule(CategoryError::Taken(_))) => {
                    categories = self.categories().await?;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(categories)
    }

    /// Every change of the tree counts up one version: of two at once, one is made of what the other left.
    async fn change_tree(
        &self,
        action: &str,
        slug: &Slug,
        actor: &Actor,
        change: impl Fn(&Categories) -> Result<CategoryTree, CategoryWriteError>,
    ) -> Result<Categories, CategoryWriteError> {
        for conflict in 0..MAX_TRIES {
            let before = self.categories().await?;
            let after = change(&before)?;
            match self.write_tree(&before, &after, slug, action, actor)?.commit().await {
                Ok(()) => return Ok(before.followed_by(after)),
                Err(CommitError::Store(error)) => return Err(error.into()),
                Err(CommitError::Refused(_)) => {
                    tokio::time::sleep(crate::transaction::pause(conflict)).await;
                }
            }
        }
        Err(StoreError::Contended.into())
    }

    fn write_tree(
        &self,
        before: &Categories,
        after: &CategoryTree,
        slug: &Slug,
        action: &str,
        actor: &Actor,
    ) -> Result<Transaction<'_>, StoreError> {
        let mut transaction = self.transaction();
        let counter = Change {
            update: "SET #version = :next",
            condition: Some("attribute_not_exists(pk) OR #version = :read"),
            names: &[item::VERSION],
            values: vec![
                (":next", item::number(before.version + 1)),
                (":read", item::number(before.version)),
            ],
        };
        transaction.update(Subject::CategoryTree, Table::Catalog, keys::category_tree(), counter)?;
        for node in after.in_order() {
            if before.tree.get(&node.slug) != Some(node) {
                let version = before.mark(&node.slug).version + 1;
                let key = keys::category(&node.slug);
                transaction.update(Subject::Unconditional, Table::Catalog, key, written(node, version))?;
            }
        }
        if after.get(slug).is_none() {
            transaction.remove(Table::Catalog, keys::category(slug))?;
        }
        let (old, new) = (before.tree.get(slug), after.get(slug));
        let title = new.or(old).map_or("", |node| node.title.as_str());
        let subject = AuditSubject::new("category", slug, title);
        transaction.audit(&AuditEntry::of(actor, action, subject, old, new)?)?;
        Ok(transaction)
    }

    /// Counts the products of a category and those below it, and writes the number down.
    pub async fn recount_category(&self, slug: &Slug) -> Result<(), StoreError> {
        let listing = Partition::of_first(Table::Catalog, keys::listing_partition(Some(slug)));
        let count = self.count_of(&listing, None).await?;
        let counted = self
            .client
            .update_item()
            .table_name(self.table(Table::Catalog)?)
            .set_key(Some(keys::category(slug).into_item()))
            .update_expression("SET productCount = :count")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":count", item::number(count))
            .send()
            .await;
        // If it does not hold, the category has been deleted in the meantime.
        held("UpdateItem", counted).map(drop)
    }
}

impl Categories {
    /// What the categories are once a change has been written.
    fn followed_by(self, tree: CategoryTree) -> Self {
        let mark = |node: &CategoryNode| {
            let CategoryMark { version, products } = self.mark(&node.slug);
            let changed = u64::from(self.tree.get(&node.slug) != Some(node));
            (node.slug.clone(), CategoryMark { version: version + changed, products })
        };
        let marks = tree.in_order().into_iter().map(mark).collect();
        Self { marks, tree, version: self.version + 1 }
    }
}

fn written(node: &CategoryNode, version: u64) -> Change<'static> {
    let text =
        |text: Option<String>| text.map_or(aws_sdk_dynamodb::types::AttributeValue::Null(true), item::text);
    Change {
        update: "SET #title = :title, #parent = :parent, #position = :position, #description = :description, \
                 #version = :version",
        condition: None,
        names: &["title", "parent", "position", "description", item::VERSION],
        values: vec![
            (":title", item::text(&node.title)),
            (":parent", text(node.parent.as_ref().map(ToString::to_string))),
            (":position", item::number(node.position)),
            (":description", text(node.description.clone())),
            (":version", item::number(version)),
        ],
    }
}
