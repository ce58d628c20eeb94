//! From an article of the file to a product of the shop.

use domain::ids::IdError;
use domain::product::SlugError;
use domain::product::{Category, ProductError, ProductFields};
use domain::sku::SkuError;
use domain::{Money, Product, Sku, Slug, Variant};
use jiff::Timestamp;
use std::collections::BTreeMap;
use thiserror::Error;

use super::tally::Article;
use crate::identity;
use crate::seed::suppliers::SupplierKey;

/// The least stock of an imported article, unless it is told.
pub const LEAST_STOCK: u64 = 1_000;

/// Why an article makes no product.
#[derive(Debug, Error)]
pub enum ArticleError {
    /// Its code cannot be made a SKU.
    #[error("the stock code `{0}` makes no SKU: {1}")]
    Sku(String, #[source] SkuError),
    /// Its title and code cannot be made a slug.
    #[error("the stock code `{0}` makes no slug: {1}")]
    Slug(String, #[source] SlugError),
    /// It contradicts itself.
    #[error("the stock code `{0}` makes no product: {1}")]
    Product(String, #[source] ProductError),
    /// Its id cannot be made.
    #[error(transparent)]
    Id(#[from] IdError),
}

/// The SKU of a stock code: the code itself where it is one, else its allowed characters and a mark that keeps it apart
/// from others (`BANK CHARGES` becomes `BANK-CHARGES-…`).
pub fn sku(code: &str) -> Result<Sku, ArticleError> {
    Sku::parse(code).or_else(|_| {
        let plain = words(code, Sku::MAX_LENGTH - 10);
        let plain = if plain.is_empty() { "CODE" } else { &plain };
        Sku::parse(&format!("{plain}-{}", identity::mark(code)))
            .map_err(|error| ArticleError::Sku(code.into(), error))
    })
}

/// The product of an article. Its address is its title and code, so it is the same whatever else a file holds; a mark
/// follows where the code has more than capitals and digits, because others may look the same in lower case.
pub fn product(article: &Article, category: Category, price: Money) -> Result<Product, ArticleError> {
    let code = &article.code;
    let sku = sku(code)?;
    let title: String = article.title.chars().take(Product::MAX_TITLE).collect();
    let id = identity::product_id("import", code)?;
    let slug = slug(&title, code).map_err(|error| ArticleError::Slug(code.clone(), error))?;
    let variant =
        Variant { sku, title: String::new(), options: BTreeMap::new(), price, compare_at_price: None };
    let fields = ProductFields {
        description: format!("Stock code {code}."),
        categories: vec![category],
        variants: vec![variant],
        ..ProductFields::named(id, slug, title, Timestamp::now())
    };
    Product::new(fields).map_err(|error| ArticleError::Product(code.clone(), error))
}

/// What is put on the shelf: what was asked for, else the larger of [`LEAST_STOCK`] and what the file says was sold.
#[must_use]
pub fn stock(article: &Article, asked: Option<u64>) -> u64 {
    asked.unwrap_or_else(|| article.sold.max(LEAST_STOCK))
}

/// The supplier that is asked first for an imported article: either, evenly, and always the same for one code.
#[must_use]
pub fn first_supplier(code: &str) -> SupplierKey {
    let even = code.bytes().fold(0_u8, u8::wrapping_add).is_multiple_of(2);
    if even { SupplierKey::Northgate } else { SupplierKey::Calder }
}

fn slug(title: &str, code: &str) -> Result<Slug, SlugError> {
    let plain_code = code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let mut tail = words(code, Slug::MAX_LENGTH / 2).to_lowercase();
    if !plain_code || tail.is_empty() {
        tail = format!("{tail}-{}", identity::mark(code));
    }
    let head = words(title, Slug::MAX_LENGTH - tail.len() - 1).to_lowercase();
    Slug::from_title(&format!("{head} {tail}"))
}

/// The letters and digits of a text in words joined by `-`, at most so many characters.
fn words(text: &str, most: usize) -> String {
    let plain = text.replace(|c: char| !c.is_ascii_alphanumeric(), " ");
    let mut joined = plain.split_whitespace().collect::<Vec<_>>().join("-");
    joined.truncate(most);
    joined.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::Currency;
    use proptest::prelude::*;

    use super::*;
    use crate::import::category::Categories;

    fn article(code: &str, title: &str) -> Article {
        Article { code: code.into(), title: title.into(), price: 255, sold: 40 }
    }

    fn make(code: &str, title: &str) -> Product {
        let category = Categories::load().unwrap().of(code, title);
        product(&article(code, title), category, Money::new(255, Currency::Gbp)).unwrap()
    }

    #[test]
    fn an_article_becomes_a_product_of_one_variant() {
        let product = make("85123A", "WHITE IRON LANTERN");
        let fields = product.fields();
        assert_eq!(fields.slug.as_str(), "white-iron-lantern-85123a");
        assert_eq!(fields.title, "WHITE IRON LANTERN");
        assert_eq!(fields.variants[0].sku.as_str(), "85123A");
        assert_eq!(fields.variants[0].price.amount(), 255);
        assert_eq!(fields.id, make("85123A", "ANOTHER TITLE").fields().id);
    }

    #[test]
    fn codes_that_look_alike_stay_apart() {
        let codes = ["85123A", "85123a", "BANK CHARGES", "BANK-CHARGES", "BANK  CHARGES", "ü", "ä", "m", "M"];
        let products: Vec<_> = codes.iter().map(|code| make(code, "LANTERN")).collect();
        let distinct = |of: fn(&Product) -> String| products.iter().map(of).collect::<BTreeSet<_>>().len();
        assert_eq!(distinct(|p| p.fields().slug.to_string()), codes.len());
        assert_eq!(distinct(|p| p.fields().id.to_string()), codes.len());
        assert_eq!(distinct(|p| p.fields().variants[0].sku.to_string()), codes.len());
    }

    #[test]
    fn stock_suffices_for_the_file_unless_told() {
        let sold = |sold| Article { sold, ..article("A", "PAN") };
        assert_eq!(stock(&sold(40), None), LEAST_STOCK);
        assert_eq!(stock(&sold(2_880), None), 2_880);
        assert_eq!(stock(&sold(2_880), Some(7)), 7);
    }

    #[test]
    fn both_suppliers_are_first_for_some() {
        let firsts: BTreeSet<_> = ["22423", "22424", "85123A"].map(first_supplier).into();
        assert_eq!(firsts.len(), 2);
    }

    proptest! {
        #[test]
        fn any_code_and_title_make_a_product(code in "\\PC{1,80}", title in "\\PC{1,300}") {
            let category = Categories::load().unwrap().of(&code, &title);
            product(&article(&code, &title), category, Money::new(1, Currency::Gbp)).unwrap();
        }
    }
}
