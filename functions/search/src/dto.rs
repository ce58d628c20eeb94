//! What an answer looks like.

use domain::{ProductId, Slug};
use search::{Answer, Part, SearchError};
use serde::{Deserialize, Serialize};
use store::search::OnSale;
use utoipa::ToSchema;
use web::dto::{BrandDto, ImageDto, RatingDto};
use web::{MoneyDto, Problem, page};

use crate::parameters::MAX_DEPTH;

/// What is shown of a product. The index keeps it as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// The product's id.
    #[schema(value_type = String, example = "prd_01JD0000000000000000000000")]
    id: ProductId,
    /// The product's address.
    #[schema(value_type = String, example = "claw-hammer")]
    slug: Slug,
    /// The product's name.
    title: String,
    /// The lowest price of a variant.
    price: MoneyDto,
    /// What that variant cost before, or costs elsewhere; null, or above the price.
    compare_at_price: Option<MoneyDto>,
    /// The first picture.
    image: Option<ImageDto>,
    /// Whether any variant can be bought; it may lag by some seconds.
    in_stock: bool,
    /// Who makes it; null where nobody knows.
    brand: Option<BrandDto>,
    /// What buyers think of it; null where nobody has said. It may lag by some seconds.
    rating: Option<RatingDto>,
}

impl Card {
    /// What is shown of a product.
    #[must_use]
    pub fn of(found: &OnSale) -> Self {
        let fields = found.product.fields();
        let cheapest = found.product.cheapest();
        Self {
            id: fields.id,
            slug: fields.slug.clone(),
            title: fields.title.clone(),
            price: found.product.price_from().into(),
            compare_at_price: cheapest.and_then(|variant| variant.compare_at_price).map(Into::into),
            image: fields.images.first().cloned().map(Into::into),
            in_stock: found.in_stock,
            brand: fields.brand.clone().map(Into::into),
            rating: RatingDto::of(found.rating.sum, found.rating.count),
        }
    }
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TextPart {
    /// The part.
    #[schema(example = "Claw ")]
    text: String,
    /// Whether it is what was looked for.
    #[serde(rename = "match")]
    matched: bool,
}

/// What was found in a product's texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Highlight {
    /// The title in parts that give it back when they are put together.
    title: Vec<TextPart>,
}

/// A product that was found.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FoundProduct {
    /// The product.
    #[serde(flatten)]
    card: Card,
    /// What was looked for in its title; null where that is not there.
    highlight: Option<Highlight>,
}

/// A category, and how many products it would leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CategoryFacet {
    /// The category's address.
    slug: String,
    /// The category's name.
    title: String,
    /// The address of the category it stands in; null at the top.
    parent: Option<String>,
    /// How many products stand in it or below.
    count: u64,
}

/// A brand, and how many products it would leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BrandFacet {
    /// The brand's address.
    slug: String,
    /// The brand's name.
    title: String,
    /// How many products are of it.
    count: u64,
}

/// A price band, and how many products it would leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct PriceFacet {
    /// The least price in it, in minor units: ask for it as `minPrice`.
    from: i64,
    /// The highest price in it, in minor units: ask for it as `maxPrice`. Null where there is no bound.
    to: Option<i64>,
    /// How many products cost so much.
    count: u64,
}

/// A number of stars, and how many products it would leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct RatingFacet {
    /// The least average.
    min: u8,
    /// How many products are rated so or better.
    count: u64,
}

/// How many products can be bought now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct StockFacet {
    /// Those that can.
    yes: u64,
    /// Those that cannot.
    no: u64,
}

/// How many products each filter would leave. A filter does not narrow its own counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SearchFacets {
    /// The categories, in the order of the tree.
    categories: Vec<CategoryFacet>,
    /// The brands, the commonest first.
    brands: Vec<BrandFacet>,
    /// The price bands, from the cheapest.
    prices: Vec<PriceFacet>,
    /// The ratings, from the best.
    ratings: Vec<RatingFacet>,
    /// In stock or not.
    in_stock: StockFacet,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SearchPage {
    /// A page of products, in order.
    items: Vec<FoundProduct>,
    /// How many there are on all pages.
    total: u64,
    /// What to ask for as `cursor` to get the next page; null on the last.
    next_cursor: Option<String>,
    /// How many products each filter would leave.
    facets: SearchFacets,
    /// What may have been meant, where little was found of what was typed.
    did_you_mean: Option<String>,
}

impl SearchPage {
    /// The answer of an index.
    pub fn of(answer: Answer) -> Result<Self, Problem> {
        let items = answer.hits.into_iter().map(|hit| {
            let card = serde_json::from_str(&hit.card).map_err(SearchError::from)?;
            Ok(FoundProduct { card, highlight: hit.title.map(Highlight::of) })
        });
        let next = answer.next.filter(|place| place.offset < MAX_DEPTH);
        Ok(Self {
            items: items.collect::<Result<_, SearchError>>().map_err(Problem::internal)?,
            total: answer.total,
            next_cursor: next.as_ref().map(page::cursor).transpose()?,
            facets: answer.facets.into(),
            did_you_mean: answer.did_you_mean,
        })
    }
}

impl Highlight {
    fn of(title: Vec<Part>) -> Self {
        let part = |part: Part| TextPart { text: part.text, matched: part.matched };
        Self { title: title.into_iter().map(part).collect() }
    }
}

impl From<search::Facets> for SearchFacets {
    fn from(facets: search::Facets) -> Self {
        let categories = facets.categories.into_iter().map(|told| CategoryFacet {
            slug: told.category.slug,
            title: told.category.title,
            parent: told.category.parent,
            count: told.count,
        });
        let brands = facets.brands.into_iter().map(|told| BrandFacet {
            slug: told.brand.slug,
            title: told.brand.title,
            count: told.count,
        });
        let prices = facets.prices.into_iter().map(|told| PriceFacet {
            from: told.band.from,
            to: told.band.to,
            count: told.count,
        });
        let ratings = facets.ratings.into_iter().map(|told| RatingFacet { min: told.min, count: told.count });
        Self {
            categories: categories.collect(),
            brands: brands.collect(),
            prices: prices.collect(),
            ratings: ratings.collect(),
            in_stock: StockFacet { yes: facets.in_stock.yes, no: facets.in_stock.no },
        }
    }
}
