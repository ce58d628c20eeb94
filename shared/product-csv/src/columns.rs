//! The columns that a file may have.

use domain::Product;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The product's address, which tells the products apart.
    Slug,
    /// The product's name.
    Title,
    /// What a buyer should know.
    Description,
    /// `draft`, `active` or `archived`; a new product is a draft where it is absent.
    Status,
    /// The brand's slug.
    Brand,
    /// The slugs of its categories, with `;` between them.
    Categories,
    /// The title for search engines.
    SeoTitle,
    /// The description for search engines.
    SeoDescription,
    /// The variant's SKU.
    Sku,
    /// What tells the variant from its siblings.
    VariantTitle,
    /// The price of one piece in major units, such as `4.50`.
    Price,
    /// What one piece cost before.
    CompareAtPrice,
    /// The name of the nth option, from 0.
    OptionName(usize),
    /// The variant's value of the nth option, from 0.
    OptionValue(usize),
}

impl Column {
    /// All columns, in the order they are written.
    pub fn all() -> impl Iterator<Item = Self> {
        let options = (0..Product::MAX_OPTIONS).flat_map(|n| [Self::OptionName(n), Self::OptionValue(n)]);
        [
            Self::Slug,
            Self::Title,
            Self::Description,
            Self::Status,
            Self::Brand,
            Self::Categories,
            Self::SeoTitle,
            Self::SeoDescription,
            Self::Sku,
            Self::VariantTitle,
            Self::Price,
            Self::CompareAtPrice,
        ]
        .into_iter()
        .chain(options)
    }

    /// The column's name in the header.
    #[must_use]
    pub fn name(self) -> String {
        let name = match self {
            Self::Slug => "slug",
            Self::Title => "title",
            Self::Description => "description",
            Self::Status => "status",
            Self::Brand => "brand",
            Self::Categories => "categories",
            Self::SeoTitle => "seoTitle",
            Self::SeoDescription => "seoDescription",
            Self::Sku => "sku",
            Self::VariantTitle => "variantTitle",
            Self::Price => "price",
            Self::CompareAtPrice => "compareAtPrice",
            Self::OptionName(n) => return format!("option{}", n + 1),
            Self::OptionValue(n) => return format!("value{}", n + 1),
        };
        name.to_owned()
    }

    /// The column with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|column| column.name() == name)
    }

    /// Whether the column is about the product rather than the variant.
    #[must_use]
    pub fn is_of_product(self) -> bool {
        matches!(
            self,
            Self::Title
                | Self::Description
                | Self::Status
                | Self::Brand
                | Self::Categories
                | Self::SeoTitle
                | Self::SeoDescription
        )
    }

    /// The column that holds what is at this place of a product, by the last part of a JSON pointer and whether it is
    /// below a variant.
    pub(crate) fn at(pointer: &str) -> Option<Self> {
        let column = match pointer.trim_start_matches('/').split('/').collect::<Vec<_>>().as_slice() {
            ["title"] => Self::Title,
            ["description"] => Self::Description,
            ["categories", ..] => Self::Categories,
            ["seo", "title"] => Self::SeoTitle,
            ["seo", "description"] => Self::SeoDescription,
            ["options", ..] => Self::OptionName(0),
            ["variants", _, "sku"] => Self::Sku,
            ["variants", _, "title"] => Self::VariantTitle,
            ["variants", _, "options"] => Self::OptionValue(0),
            ["variants", _, "price"] => Self::Price,
            ["variants", _, "compareAtPrice"] => Self::CompareAtPrice,
            _ => return None,
        };
        Some(column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_found_by_its_name() {
        assert_eq!(Column::all().count(), 12 + 2 * Product::MAX_OPTIONS);
        for column in Column::all() {
            assert_eq!(Column::named(&column.name()), Some(column));
        }
        assert_eq!(Column::named("Price"), None);
        assert_eq!(Column::named("value2"), Some(Column::OptionValue(1)));
    }
}
