//! The tree of the demo catalogue's categories.

use domain::category::CategoryError;
use domain::{CategoryNode, CategoryTree, Slug};
use serde::Deserialize;
use thiserror::Error;

const FILE: &str = include_str!("../../seed/departments.toml");

/// Why the file makes no tree.
#[derive(Debug, Error)]
pub enum DepartmentsError {
    /// It is no TOML of the expected form.
    #[error("departments.toml: {0}")]
    Form(#[from] toml::de::Error),
    /// It breaks a rule.
    #[error("departments.toml: {0}")]
    Rule(#[from] CategoryError),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    departments: Vec<Department>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Department {
    slug: Slug,
    title: String,
    description: String,
    categories: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    slug: Slug,
    title: String,
    description: String,
}

/// Reads the categories that come with the program, each behind the one that it stands in.
pub fn load() -> Result<Vec<CategoryNode>, DepartmentsError> {
    let file: File = toml::from_str(FILE)?;
    let mut tree = CategoryTree::default();
    let node = |slug, title, description, parent| CategoryNode {
        slug,
        title,
        parent,
        position: 0,
        description: Some(description),
    };
    for department in file.departments {
        let parent = department.slug.clone();
        tree = tree.with(node(department.slug, department.title, department.description, None))?;
        for entry in department.categories {
            tree = tree.with(node(entry.slug, entry.title, entry.description, Some(parent.clone())))?;
        }
    }
    Ok(tree.in_order().into_iter().cloned().collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::Currency;

    use super::*;
    use crate::seed::catalogue;

    #[test]
    fn every_category_of_the_catalogue_stands_in_a_department() {
        let nodes = load().unwrap();
        let nodes: BTreeMap<_, _> = nodes.iter().map(|node| (&node.slug, node)).collect();
        for seed in catalogue::load(Currency::Gbp).unwrap() {
            let category = &seed.product.fields().categories[0];
            let node = nodes[&category.slug];
            assert_eq!(node.title, category.title);
            assert!(node.parent.is_some(), "{}", category.slug);
        }
    }
}
