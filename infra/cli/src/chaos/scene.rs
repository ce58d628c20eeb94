//! What is bought: the first invoices that can be ordered, as they are, and the goods in them.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Currency, MAX_LINES, Money, Product, Quantity, Sku};
use thiserror::Error;

use crate::import::category::Categories;
use crate::import::product::{self, ArticleError};
use crate::import::tally::{Article, Tally};
use crate::replay::invoice::{Demand, Invoice};

/// Of so many SKUs one is scarce: there is less of it than is wanted.
const SCARCE: usize = 150;
/// The part of what is wanted of a scarce SKU that there is, in percent.
const SCARCE_PERCENT: u64 = 60;

/// Why there is nothing to play.
#[derive(Debug, Error)]
pub enum SceneError {
    /// The table of categories is broken.
    #[error("import-categories.toml: {0}")]
    Categories(#[from] toml::de::Error),
    /// An article makes no product.
    #[error(transparent)]
    Article(#[from] ArticleError),
    /// A price is too high.
    #[error(transparent)]
    Money(#[from] domain::MoneyError),
    /// The file has too few invoices.
    #[error("of the file's invoices only {0} can be ordered")]
    TooFew(usize),
}

/// An invoice that is ordered.
#[derive(Debug, Clone)]
pub struct Basket {
    /// The invoice's number.
    pub invoice: String,
    /// How many pieces of what.
    pub lines: BTreeMap<Sku, Quantity>,
}

/// An article that somebody wants.
#[derive(Debug, Clone)]
pub struct Good {
    /// The product.
    pub product: Product,
    /// What a piece sells for.
    pub price: Money,
    /// How many pieces there are.
    pub pieces: u64,
    /// How many pieces all baskets hold.
    pub wanted: u64,
}

/// What is bought.
#[derive(Debug, Clone)]
pub struct Scene {
    /// The orders, in the file's order.
    pub baskets: Vec<Basket>,
    /// The goods in them.
    pub goods: BTreeMap<Sku, Good>,
    /// What all of it sells for.
    pub sales: Money,
    /// How many invoices were passed over, by reason.
    pub passed_over: BTreeMap<&'static str, usize>,
}

impl Good {
    /// Whether there is less than is wanted.
    #[must_use]
    pub fn is_scarce(&self) -> bool {
        self.pieces < self.wanted
    }
}

/// Makes a scene of a file's invoices. Its SKUs end in `mark`, so that each run has goods of its own.
pub fn scene(
    invoices: Vec<Invoice>,
    tally: &Tally,
    orders: usize,
    mark: &str,
    currency: Currency,
) -> Result<Scene, SceneError> {
    let articles: BTreeMap<Sku, Article> = tally
        .articles()
        .map(|article| Ok((product::sku(&article.code)?, article)))
        .collect::<Result<_, ArticleError>>()?;
    let mut passed_over: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut chosen = Vec::new();
    for invoice in invoices {
        if chosen.len() == orders {
            break;
        }
        match orderable(invoice, &articles) {
            Ok(invoice) => chosen.push(invoice),
            Err(reason) => *passed_over.entry(reason).or_default() += 1,
        }
    }
    if chosen.len() < orders {
        return Err(SceneError::TooFew(chosen.len()));
    }
    let mut wanted: BTreeMap<Sku, u64> = BTreeMap::new();
    for (sku, quantity) in chosen.iter().flat_map(|(_, lines)| lines) {
        *wanted.entry(sku.clone()).or_default() += u64::from(quantity.get());
    }
    let scarce: BTreeSet<&Sku> = wanted.keys().skip(SCARCE / 2).step_by(SCARCE).collect();
    let categories = Categories::load()?;
    let mut goods = BTreeMap::new();
    let mut own: BTreeMap<&Sku, Sku> = BTreeMap::new();
    for (sku, wanted) in &wanted {
        let Some(article) = articles.get(sku) else { continue };
        let price = Money::new(article.price, currency);
        let category = categories.of(&article.code, &article.title);
        let code = format!("{sku}-{mark}");
        own.insert(sku, product::sku(&code)?);
        let product = product::product(&Article { code, ..article.clone() }, category, price)?;
        let pieces = if scarce.contains(sku) { wanted * SCARCE_PERCENT / 100 } else { *wanted };
        goods.insert(own[sku].clone(), Good { product, price, pieces, wanted: *wanted });
    }
    let basket = |(invoice, lines): &(String, BTreeMap<Sku, Quantity>)| Basket {
        invoice: invoice.clone(),
        lines: lines.iter().map(|(sku, quantity)| (own[sku].clone(), *quantity)).collect(),
    };
    let baskets: Vec<Basket> = chosen.iter().map(basket).collect();
    let lines = baskets.iter().flat_map(|basket| &basket.lines);
    let values = lines.map(|(sku, quantity)| goods[sku].price.times(*quantity));
    let sales = Money::sum(currency, values.collect::<Result<Vec<_>, _>>()?)?;
    Ok(Scene { baskets, goods, sales, passed_over })
}

/// An invoice's lines, or why nobody could order them whatever happened.
fn orderable(
    invoice: Invoice,
    articles: &BTreeMap<Sku, Article>,
) -> Result<(String, BTreeMap<Sku, Quantity>), &'static str> {
    match invoice.demand {
        Demand::Cancellation => Err("takes another one back"),
        Demand::Impossible(_) => Err("has a row that cannot be ordered"),
        Demand::Order(lines) if lines.len() > MAX_LINES => Err("has more articles than a cart"),
        Demand::Order(lines) if lines.keys().any(|sku| !articles.contains_key(sku)) => {
            Err("has an article without a price")
        }
        Demand::Order(lines) => Ok((invoice.number, lines)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invoices::Line;
    use crate::replay::invoice;

    fn line(row: u64, invoice: &str, code: &str, quantity: &str, price: &str) -> Line {
        Line {
            row,
            invoice: invoice.into(),
            code: code.into(),
            description: format!("PAN {code}"),
            quantity: quantity.into(),
            price: price.into(),
        }
    }

    fn play(rows: &[Line], orders: usize) -> Result<Scene, SceneError> {
        let mut tally = Tally::new(2);
        for row in rows {
            tally.add(Ok(row.clone()));
        }
        let read = invoice::read(rows.iter().cloned().map(|row| Ok(Ok(row))), usize::MAX).unwrap();
        scene(read.first, &tally, orders, "M1", Currency::Gbp)
    }

    #[test]
    fn the_first_invoices_that_can_be_ordered_are() {
        let rows = [
            line(2, "C9", "A", "-1", "2.55"),
            line(3, "10", "A", "2", "2.55"),
            line(4, "10", "B", "3", "1"),
            line(5, "11", "FREE", "1", "0"),
            line(6, "12", "A", "-6", "2.55"),
            line(7, "13", "A", "4", "2.55"),
            line(8, "14", "B", "1", "1"),
        ];
        let scene = play(&rows, 2).unwrap();
        let invoices: Vec<_> = scene.baskets.iter().map(|basket| basket.invoice.as_str()).collect();
        assert_eq!(invoices, ["10", "13"]);
        let found: Vec<_> = scene.goods.iter().map(|(sku, good)| (sku.as_str(), good.wanted)).collect();
        assert_eq!(found, [("A-M1", 6), ("B-M1", 3)]);
        assert_eq!(scene.sales, Money::new(6 * 255 + 3 * 100, Currency::Gbp));
        assert_eq!(scene.passed_over.values().sum::<usize>(), 3, "{:?}", scene.passed_over);
        assert!(matches!(play(&rows, 4), Err(SceneError::TooFew(3))));
    }

    #[test]
    fn of_some_goods_there_is_too_little() {
        let rows: Vec<_> =
            (0..SCARCE).map(|n| line(2, &format!("{}", n % 40), &format!("S{n:03}"), "10", "1")).collect();
        let scene = play(&rows, 40).unwrap();
        let scarce: Vec<_> = scene.goods.values().filter(|good| good.is_scarce()).collect();
        assert_eq!(scarce.iter().map(|good| good.pieces).collect::<Vec<_>>(), [6]);
    }
}
