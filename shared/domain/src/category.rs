//! The tree of categories: who stands below whom, and in which order.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::product::Slug;

/// A category and its place in the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CategoryNode {
    /// The category's address, which stays the same when its name or place changes.
    pub slug: Slug,
    /// The category's name.
    pub title: String,
    /// The category that it stands in; none at the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Slug>,
    /// Its place among its siblings, the lowest first.
    #[serde(default)]
    pub position: u32,
    /// What stands at the top of its page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

impl CategoryNode {
    /// The most characters of a name.
    pub const MAX_TITLE: usize = 100;
    /// The most characters of a description.
    pub const MAX_DESCRIPTION: usize = 1_000;
}

/// Why categories make no tree.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CategoryError {
    /// The name is empty or longer than [`CategoryNode::MAX_TITLE`].
    #[error("must have 1 to {max} characters", max = CategoryNode::MAX_TITLE)]
    Title,
    /// The description is empty or longer than [`CategoryNode::MAX_DESCRIPTION`].
    #[error("must have 1 to {max} characters", max = CategoryNode::MAX_DESCRIPTION)]
    Description,
    /// The address is taken.
    #[error("the category {0} exists already")]
    Taken(Slug),
    /// There is no such category.
    #[error("there is no category {0}")]
    Unknown(Slug),
    /// A category would stand in itself, or in one that stands in it.
    #[error("{0} cannot stand in itself, nor in a category that stands in it")]
    Cycle(Slug),
    /// The tree would be deeper than [`CategoryTree::MAX_DEPTH`].
    #[error("categories stand in each other at most {max} deep", max = CategoryTree::MAX_DEPTH)]
    Depth,
    /// There would be more than [`CategoryTree::MAX_CATEGORIES`].
    #[error("there are at most {max} categories", max = CategoryTree::MAX_CATEGORIES)]
    Count,
    /// One category would have more than [`CategoryTree::MAX_SIBLINGS`] below it.
    #[error("a category has at most {max} others right below it", max = CategoryTree::MAX_SIBLINGS)]
    Siblings,
    /// Others stand in it.
    #[error("others stand in {0}: move or delete them first")]
    HasChildren(Slug),
}

/// All categories. There are no cycles, and every parent exists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CategoryTree(BTreeMap<Slug, CategoryNode>);

impl CategoryTree {
    /// How deep categories may stand in each other: a department, its categories, and theirs.
    pub const MAX_DEPTH: usize = 3;
    /// The most categories.
    pub const MAX_CATEGORIES: usize = 200;
    /// The most categories right below one, or at the top: their order is written in one transaction.
    pub const MAX_SIBLINGS: usize = 50;

    /// Checks that categories make a tree.
    pub fn new(nodes: impl IntoIterator<Item = CategoryNode>) -> Result<Self, CategoryError> {
        let mut tree = Self::default();
        for node in nodes {
            let slug = node.slug.clone();
            if tree.0.insert(slug.clone(), node).is_some() {
                return Err(CategoryError::Taken(slug));
            }
        }
        tree.check().map(|()| tree)
    }

    /// The category with this address.
    #[must_use]
    pub fn get(&self, slug: &Slug) -> Option<&CategoryNode> {
        self.0.get(slug)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those right below one, or at the top, in order.
    #[must_use]
    pub fn children(&self, parent: Option<&Slug>) -> Vec<&CategoryNode> {
        let mut children: Vec<_> = self.0.values().filter(|node| node.parent.as_ref() == parent).collect();
        children.sort_by_key(|node| (node.position, &node.title, &node.slug));
        children
    }

    /// All categories, each before those that stand in it, siblings in their order.
    #[must_use]
    pub fn in_order(&self) -> Vec<&CategoryNode> {
        let mut ordered = Vec::with_capacity(self.0.len());
        self.descend(None, &mut ordered);
        ordered
    }

    fn descend<'a>(&'a self, parent: Option<&Slug>, ordered: &mut Vec<&'a CategoryNode>) {
        for child in self.children(parent) {
            ordered.push(child);
            self.descend(Some(&child.slug), ordered);
        }
    }

    /// The categories that one stands in, the nearest first; none for what is no category.
    pub fn ancestors<'a>(&'a self, slug: &Slug) -> impl Iterator<Item = &'a CategoryNode> {
        let parent = |node: &&CategoryNode| self.0.get(node.parent.as_ref()?);
        std::iter::successors(self.0.get(slug).as_ref().and_then(parent), move |node| parent(node))
    }

    /// A category and all that stand in it, at any depth.
    #[must_use]
    pub fn subtree(&self, slug: &Slug) -> Vec<&Slug> {
        let within = |node: &&CategoryNode| {
            node.slug == *slug || self.ancestors(&node.slug).any(|ancestor| ancestor.slug == *slug)
        };
        self.0.values().filter(within).map(|node| &node.slug).collect()
    }

    /// The tree with one more category, behind its siblings.
    pub fn with(&self, mut node: CategoryNode) -> Result<Self, CategoryError> {
        if self.0.contains_key(&node.slug) {
            return Err(CategoryError::Taken(node.slug));
        }
        let siblings = self.children(node.parent.as_ref());
        node.position = siblings.last().map_or(0, |last| last.position.saturating_add(1));
        let mut tree = self.clone();
        tree.0.insert(node.slug.clone(), node);
        tree.check().map(|()| tree)
    }

    /// The tree with one category changed, at its `position` among its siblings, who make room.
    pub fn changed(&self, node: CategoryNode) -> Result<Self, CategoryError> {
        if !self.0.contains_key(&node.slug) {
            return Err(CategoryError::Unknown(node.slug));
        }
        let siblings = self.children(node.parent.as_ref());
        let mut order: Vec<_> = siblings
            .into_iter()
            .map(|sibling| sibling.slug.clone())
            .filter(|slug| *slug != node.slug)
            .collect();
        let place = usize::try_from(node.position).unwrap_or(usize::MAX).min(order.len());
        order.insert(place, node.slug.clone());
        let mut tree = self.clone();
        tree.0.insert(node.slug.clone(), node);
        for (position, slug) in (0..).zip(order) {
            if let Some(sibling) = tree.0.get_mut(&slug) {
                sibling.position = position;
            }
        }
        tree.check().map(|()| tree)
    }

    /// The tree without one category, in which none may stand.
    pub fn without(&self, slug: &Slug) -> Result<Self, CategoryError> {
        if !self.children(Some(slug)).is_empty() {
            return Err(CategoryError::HasChildren(slug.clone()));
        }
        let mut tree = self.clone();
        tree.0.remove(slug).map(|_| tree).ok_or_else(|| CategoryError::Unknown(slug.clone()))
    }

    fn check(&self) -> Result<(), CategoryError> {
        if self.0.len() > Self::MAX_CATEGORIES {
            return Err(CategoryError::Count);
        }
        let mut siblings: BTreeMap<Option<&Slug>, usize> = BTreeMap::new();
        for node in self.0.values() {
            check_texts(node)?;
            self.check_place(node)?;
            let count = siblings.entry(node.parent.as_ref()).or_default();
            *count += 1;
            if *count > Self::MAX_SIBLINGS {
                return Err(CategoryError::Siblings);
            }
        }
        Ok(())
    }

    fn check_place(&self, node: &CategoryNode) -> Result<(), CategoryError> {
        let mut depth = 1;
        let mut place = node;
        while let Some(parent) = &place.parent {
            place = self.0.get(parent).ok_or_else(|| CategoryError::Unknown(parent.clone()))?;
            depth += 1;
            if place.slug == node.slug {
                return Err(CategoryError::Cycle(node.slug.clone()));
            }
            // A cycle further up is found when its own members are checked; here it is merely endless.
            if depth > Self::MAX_DEPTH {
                return Err(if self.is_endless(node) {
                    CategoryError::Cycle(node.slug.clone())
                } else {
                    CategoryError::Depth
                });
            }
        }
        Ok(())
    }

    fn is_endless(&self, node: &CategoryNode) -> bool {
        self.ancestors(&node.slug).nth(Self::MAX_CATEGORIES).is_some()
    }
}

fn check_texts(node: &CategoryNode) -> Result<(), CategoryError> {
    let fits = |text: &str, max| !text.trim().is_empty() && text.chars().count() <= max;
    if !fits(&node.title, CategoryNode::MAX_TITLE) {
        return Err(CategoryError::Title);
    }
    match &node.description {
        Some(text) if !fits(text, CategoryNode::MAX_DESCRIPTION) => Err(CategoryError::Description),
        _ => Ok(()),
    }
}
