//! Filters, and how many products each of their values would leave.

use tantivy::DocId;

use crate::document::{Brand, Category};
use crate::index::Index;
use crate::prices::{self, BandCount};
use crate::query::Match;
use crate::request::Filters;

/// The most brands that an answer counts, besides those it is narrowed to.
pub(crate) const MAX_BRANDS: usize = 50;
/// Stars are counted from so many on, down to one.
const MOST_STARS: u8 = 4;

/// A category, and how many products stand in it or below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryCount {
    /// The category.
    pub category: Category,
    /// How many.
    pub count: u64,
}

/// A brand, and how many products are of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueCount {
    /// The brand.
    pub brand: Brand,
    /// How many.
    pub count: u64,
}

/// How many products are rated so or better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RatingCount {
    /// The least average, in stars.
    pub min: u8,
    /// How many.
    pub count: u64,
}

/// How many products can be bought now, and how many cannot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StockCounts {
    /// Those that can.
    pub yes: u64,
    /// Those that cannot.
    pub no: u64,
}

/// How many products each value would leave. A filter does not narrow its own counts, so that one sees what else there is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// The categories that have any, and those asked for, in the order of the tree.
    pub categories: Vec<CategoryCount>,
    /// The brands that have any, and those asked for, the commonest first.
    pub brands: Vec<ValueCount>,
    /// The price bands, from the cheapest.
    pub prices: Vec<BandCount>,
    /// From the best.
    pub ratings: Vec<RatingCount>,
    /// In stock or not.
    pub in_stock: StockCounts,
}

/// A filter, as a bit of those that a product fails.
#[derive(Clone, Copy)]
enum Bit {
    Categories = 1,
    Brands = 2,
    Prices = 4,
    Ratings = 8,
    Stock = 16,
}

/// Filters with what they ask for as numbers.
struct Numbered<'a> {
    filters: &'a Filters,
    categories: Vec<u64>,
    brands: Vec<u64>,
}

impl Index {
    /// The matches that pass all filters, and the counts.
    pub(crate) fn narrow(&self, matches: Vec<Match>, filters: &Filters) -> (Vec<Match>, Facets) {
        let numbers = |wanted: &[String], of: &mut dyn Iterator<Item = &String>| -> Vec<u64> {
            (0..).zip(of).filter(|(_, slug)| wanted.contains(slug)).map(|(number, _)| number).collect()
        };
        let numbered = Numbered {
            filters,
            categories: numbers(
                &filters.categories,
                &mut self.categories.iter().map(|category| &category.slug),
            ),
            brands: numbers(&filters.brands, &mut self.brands.iter().map(|brand| &brand.slug)),
        };
        let mut counts = Counts::new(self);
        let mut passed = Vec::with_capacity(matches.len());
        for (document, score) in matches {
            let fails = self.fails(document, &numbered);
            counts.add(self, document, fails);
            if fails == 0 {
                passed.push((document, score));
            }
        }
        (passed, counts.facets(self, &numbered))
    }

    fn fails(&self, document: DocId, numbered: &Numbered<'_>) -> u8 {
        let Numbered { filters, categories, brands } = numbered;
        let columns = &self.columns;
        let mut fails = 0;
        let mut test = |bit: Bit, passes: bool| fails |= if passes { 0 } else { bit as u8 };
        if !filters.categories.is_empty() {
            let mut own = columns.category.values_for_doc(document);
            test(Bit::Categories, own.any(|number| categories.contains(&number)));
        }
        if !filters.brands.is_empty() {
            let own = columns.brand.first(document);
            test(Bit::Brands, own.is_some_and(|number| brands.contains(&number)));
        }
        if filters.min_price.is_some() || filters.max_price.is_some() {
            let price = columns.price.first(document).unwrap_or_default();
            let least = filters.min_price.is_none_or(|least| price >= least);
            test(Bit::Prices, least && filters.max_price.is_none_or(|most| price <= most));
        }
        if let Some(stars) = filters.min_rating {
            test(Bit::Ratings, self.thousandths(document) >= u64::from(stars) * 1_000);
        }
        if let Some(wanted) = filters.in_stock {
            test(Bit::Stock, self.is_in_stock(document) == wanted);
        }
        fails
    }

    pub(crate) fn thousandths(&self, document: DocId) -> u64 {
        self.columns.rating.first(document).unwrap_or_default()
    }

    pub(crate) fn is_in_stock(&self, document: DocId) -> bool {
        self.columns.in_stock.first(document).unwrap_or_default()
    }
}

/// The counts while they are made.
struct Counts {
    categories: Vec<u64>,
    brands: Vec<u64>,
    bands: Vec<u64>,
    /// By whole stars.
    stars: [u64; 6],
    stock: StockCounts,
}

impl Counts {
    fn new(index: &Index) -> Self {
        Self {
            categories: vec![0; index.categories.len()],
            brands: vec![0; index.brands.len()],
            bands: vec![0; index.bands.len()],
            stars: [0; 6],
            stock: StockCounts::default(),
        }
    }

    fn add(&mut self, index: &Index, document: DocId, fails: u8) {
        let columns = &index.columns;
        let counts = |bit: Bit| fails & !(bit as u8) == 0;
        if counts(Bit::Categories) {
            for number in columns.category.values_for_doc(document) {
                count(&mut self.categories, number);
            }
        }
        if counts(Bit::Brands)
            && let Some(number) = columns.brand.first(document)
        {
            count(&mut self.brands, number);
        }
        if counts(Bit::Prices) {
            let price = columns.price.first(document).unwrap_or_default();
            let band = prices::band_of(&index.bands, price).and_then(|band| self.bands.get_mut(band));
            if let Some(count) = band {
                *count += 1;
            }
        }
        if counts(Bit::Ratings) {
            count(&mut self.stars, (index.thousandths(document) / 1_000).min(5));
        }
        if counts(Bit::Stock) {
            let stock = if index.is_in_stock(document) { &mut self.stock.yes } else { &mut self.stock.no };
            *stock += 1;
        }
    }

    fn facets(self, index: &Index, numbered: &Numbered<'_>) -> Facets {
        let categories = (0..).zip(&index.categories).zip(self.categories);
        let categories = categories
            .filter(|((number, _), count)| *count > 0 || numbered.categories.contains(number))
            .map(|((_, category), count)| CategoryCount { category: category.clone(), count });
        let asked = |number: u64| numbered.brands.contains(&number);
        let mut brands: Vec<_> = (0_u64..)
            .zip(&index.brands)
            .zip(self.brands)
            .filter(|((number, _), count)| *count > 0 || asked(*number))
            .collect();
        brands.sort_by_key(|((number, brand), count)| {
            (!asked(*number), std::cmp::Reverse(*count), &brand.title)
        });
        brands.truncate(MAX_BRANDS + numbered.brands.len());
        brands.sort_by_key(|((_, brand), count)| (std::cmp::Reverse(*count), &brand.title));
        let from = |min: u8| self.stars[usize::from(min)..].iter().sum();
        Facets {
            categories: categories.collect(),
            brands: brands
                .into_iter()
                .map(|((_, brand), count)| ValueCount { brand: brand.clone(), count })
                .collect(),
            prices: index
                .bands
                .iter()
                .zip(self.bands)
                .map(|(band, count)| BandCount { band: *band, count })
                .collect(),
            ratings: (1..=MOST_STARS).rev().map(|min| RatingCount { min, count: from(min) }).collect(),
            in_stock: self.stock,
        }
    }
}

fn count(counts: &mut [u64], number: u64) {
    if let Some(count) = usize::try_from(number).ok().and_then(|number| counts.get_mut(number)) {
        *count += 1;
    }
}
