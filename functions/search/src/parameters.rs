//! What the address of a search says.

use std::collections::BTreeMap;

use domain::{Product, Slug};
use search::{Filters, Place, Request, Sort};
use web::{Problem, page};

/// The most characters of what is typed.
pub const MAX_QUERY: usize = 200;
/// The most categories, and the most brands, that one can ask for at once.
pub const MAX_VALUES: usize = 20;
/// How many products one can page through; whoever wants more narrows the search.
pub const MAX_DEPTH: usize = 5_000;

/// The parameters, and whether they may come more than once.
const NAMES: [(&str, bool); 10] = [
    ("q", false),
    ("category", true),
    ("brand", true),
    ("minPrice", false),
    ("maxPrice", false),
    ("minRating", false),
    ("inStock", false),
    ("sort", false),
    ("cursor", false),
    ("limit", false),
];

/// Reads the parameters in their order.
pub fn parse(pairs: Vec<(String, String)>) -> Result<Request, Problem> {
    let mut values: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for (name, value) in pairs {
        let Some((known, repeats)) = NAMES.into_iter().find(|(known, _)| *known == name) else {
            let names = NAMES.map(|(name, _)| name).join(", ");
            return Err(Problem::bad_parameter("/query", format!("unknown parameter; there are {names}")));
        };
        let values = values.entry(known).or_default();
        if !repeats && !values.is_empty() {
            return Err(bad(known, "comes twice"));
        }
        values.push(value);
    }
    let mut one = |name: &str| values.remove(name).and_then(|mut values| values.pop());
    let query = one("q").unwrap_or_default();
    if query.chars().count() > MAX_QUERY {
        return Err(bad("q", format!("must have at most {MAX_QUERY} characters")));
    }
    let (min_price, max_price) = (price("minPrice", one("minPrice"))?, price("maxPrice", one("maxPrice"))?);
    if let (Some(least), Some(most)) = (min_price, max_price)
        && least > most
    {
        return Err(bad("maxPrice", "must not be below minPrice"));
    }
    let min_rating = one("minRating").map(|text| {
        let stars = text.parse().ok().filter(|stars| (1..=5).contains(stars));
        stars.ok_or_else(|| bad("minRating", "must be a whole number from 1 to 5"))
    });
    let in_stock = one("inStock").map(|text| match text.as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(bad("inStock", "must be true or false")),
    });
    let sort = one("sort").map_or(Ok(Sort::default()), |text| sort(&text))?;
    let after: Option<Place> = one("cursor").as_deref().map(page::position).transpose()?;
    if after.as_ref().is_some_and(|place| place.offset >= MAX_DEPTH) {
        return Err(bad("cursor", format!("one can page through {MAX_DEPTH} products; narrow the search")));
    }
    let limit = page::limit(one("limit").as_deref())?;
    Ok(Request {
        query,
        sort,
        after,
        limit: usize::try_from(limit).unwrap_or_default(),
        filters: Filters {
            min_price,
            max_price,
            min_rating: min_rating.transpose()?,
            in_stock: in_stock.transpose()?,
            categories: slugs("category", values.remove("category"))?,
            brands: slugs("brand", values.remove("brand"))?,
        },
    })
}

fn bad(name: &str, detail: impl ToString) -> Problem {
    Problem::bad_parameter(format!("/query/{name}"), detail)
}

fn price(name: &str, text: Option<String>) -> Result<Option<i64>, Problem> {
    let read = |text: String| {
        let price = text.parse().ok().filter(|price| (0..=Product::MAX_PRICE).contains(price));
        let detail = || format!("must be a whole number of minor units from 0 to {}", Product::MAX_PRICE);
        price.ok_or_else(|| bad(name, detail()))
    };
    text.map(read).transpose()
}

fn sort(text: &str) -> Result<Sort, Problem> {
    match text {
        "relevance" => Ok(Sort::Relevance),
        "price" => Ok(Sort::PriceUp),
        "-price" => Ok(Sort::PriceDown),
        "newest" => Ok(Sort::Newest),
        "rating" => Ok(Sort::Rating),
        "title" => Ok(Sort::Title),
        _ => Err(bad("sort", "must be relevance, price, -price, newest, rating or title")),
    }
}

/// The addresses in all values, each of which may hold several with commas between.
fn slugs(name: &str, values: Option<Vec<String>>) -> Result<Vec<String>, Problem> {
    let values = values.unwrap_or_default();
    let all = values.iter().flat_map(|value| value.split(',')).map(Slug::parse);
    let all = all.collect::<Result<Vec<_>, _>>().map_err(|error| bad(name, error))?;
    if all.len() > MAX_VALUES {
        return Err(bad(name, format!("must name at most {MAX_VALUES}")));
    }
    Ok(all.into_iter().map(Into::into).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(query: &[(&str, &str)]) -> Result<Request, String> {
        let pairs = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        parse(pairs).map_err(|problem| {
            assert_eq!(problem.status().as_u16(), 400);
            serde_json::to_value(&problem).unwrap()["errors"][0]["pointer"].as_str().unwrap().to_owned()
        })
    }

    #[test]
    fn everything_can_be_asked_for_at_once() {
        let cursor = page::cursor(&Place { id: "prd_1".into(), offset: 24 }).unwrap();
        let request = parsed(&[
            ("q", "brass hook"),
            ("category", "hooks"),
            ("brand", "calder,northgate"),
            ("brand", "tors"),
            ("minPrice", "0"),
            ("maxPrice", "999"),
            ("minRating", "4"),
            ("inStock", "true"),
            ("sort", "-price"),
            ("cursor", &cursor),
            ("limit", "6"),
        ]);
        let expected = Request {
            query: "brass hook".into(),
            filters: Filters {
                categories: vec!["hooks".into()],
                brands: vec!["calder".into(), "northgate".into(), "tors".into()],
                min_price: Some(0),
                max_price: Some(999),
                min_rating: Some(4),
                in_stock: Some(true),
            },
            sort: Sort::PriceDown,
            after: Some(Place { id: "prd_1".into(), offset: 24 }),
            limit: 6,
        };
        assert_eq!(request, Ok(expected));
        let nothing = Request { limit: 24, ..Request::default() };
        assert_eq!(parsed(&[]), Ok(nothing));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let long = "x".repeat(MAX_QUERY + 1);
        let slugs = vec!["a"; MAX_VALUES + 1].join(",");
        let too_dear = (Product::MAX_PRICE + 1).to_string();
        for (name, value) in [
            ("q", long.as_str()),
            ("category", "No Slug"),
            ("category", ""),
            ("category", &slugs),
            ("brand", "a,,b"),
            ("brand", &slugs),
            ("minPrice", "-1"),
            ("minPrice", "1.5"),
            ("maxPrice", &too_dear),
            ("minRating", "0"),
            ("minRating", "6"),
            ("minRating", "4.5"),
            ("inStock", "yes"),
            ("sort", "popularity"),
            ("cursor", "nonsense"),
            ("limit", "0"),
            ("limit", "101"),
        ] {
            assert_eq!(parsed(&[(name, value)]), Err(format!("/query/{name}")), "{value}");
        }
        assert_eq!(parsed(&[("page", "2")]), Err("/query".into()));
        assert_eq!(parsed(&[("q", "a"), ("q", "b")]), Err("/query/q".into()));
        assert_eq!(parsed(&[("minPrice", "2"), ("maxPrice", "1")]), Err("/query/maxPrice".into()));
    }

    #[test]
    fn limits_can_be_reached() {
        let longest = "ü".repeat(MAX_QUERY);
        let most = vec!["a"; MAX_VALUES].join(",");
        assert!(parsed(&[("q", &longest), ("category", &most), ("brand", &most)]).is_ok());
    }

    #[test]
    fn paging_ends_somewhere() {
        let at = |offset| page::cursor(&Place { id: "prd_1".into(), offset }).unwrap();
        assert!(parsed(&[("cursor", &at(MAX_DEPTH - 1))]).is_ok());
        assert_eq!(parsed(&[("cursor", &at(MAX_DEPTH))]), Err("/query/cursor".into()));
    }
}
