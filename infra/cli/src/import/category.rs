//! Which category an imported article stands in: a table of codes and words, kept as data.

use domain::product::Category;
use domain::{CategoryNode, Slug};
use serde::Deserialize;

const TABLE: &str = include_str!("../../seed/import-categories.toml");

/// The table of categories.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Categories {
    fallback: Category,
    categories: Vec<Rule>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    slug: Slug,
    title: String,
    codes: Vec<String>,
    words: Vec<String>,
}

impl Categories {
    /// Reads the table that comes with the program.
    pub fn load() -> Result<Self, toml::de::Error> {
        toml::from_str(TABLE)
    }

    /// All categories of the table.
    pub fn all(&self) -> impl Iterator<Item = Category> {
        self.categories.iter().map(Rule::category).chain([self.fallback.clone()])
    }

    /// All categories of the table as they stand in the shop's tree: at its top, in the table's order.
    #[must_use]
    pub fn nodes(&self) -> Vec<CategoryNode> {
        let node = |Category { slug, title }| CategoryNode {
            slug,
            title,
            parent: None,
            position: 0,
            description: None,
        };
        self.all().map(node).collect()
    }

    /// The first category that names the code (in whatever case) or a word of the title.
    #[must_use]
    pub fn of(&self, code: &str, title: &str) -> Category {
        let title = title.to_uppercase();
        let words: Vec<&str> = title.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
        let fits = |rule: &&Rule| {
            rule.codes.iter().any(|known| known.eq_ignore_ascii_case(code))
                || rule.words.iter().any(|word| words.contains(&word.as_str()))
        };
        self.categories.iter().find(fits).map_or_else(|| self.fallback.clone(), Rule::category)
    }
}

impl Rule {
    fn category(&self) -> Category {
        Category { slug: self.slug.clone(), title: self.title.clone() }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_first_fitting_rule_decides() {
        let categories = Categories::load().unwrap();
        let of = |code: &str, title: &str| categories.of(code, title).slug.to_string();
        assert_eq!(of("POST", "POSTAGE"), "charges-and-services");
        assert_eq!(of("m", "Manual"), "charges-and-services");
        assert_eq!(of("X1", "Gift voucher 20.00"), "gift-vouchers");
        assert_eq!(of("X2", "Enamel mug, blue"), "kitchen-and-table");
        assert_eq!(of("X3", "IRON T-LIGHT STAND"), "lighting");
        assert_eq!(of("X4", "CHRISTMAS LIGHTS"), "christmas");
        assert_eq!(of("X5", "MUGGLE"), "sundries");
    }

    #[test]
    fn every_category_is_named_once_and_every_word_can_match() {
        let categories = Categories::load().unwrap();
        let slugs: Vec<_> = categories.all().map(|category| category.slug).collect();
        assert_eq!(slugs.iter().collect::<BTreeSet<_>>().len(), slugs.len());
        let mut earlier = BTreeSet::new();
        for word in categories.categories.iter().flat_map(|rule| &rule.words) {
            assert!(word.chars().all(|c| c.is_ascii_uppercase() || c == '-'), "`{word}` never matches");
            assert!(earlier.insert(word), "`{word}` comes twice, the second is never reached");
        }
    }
}
