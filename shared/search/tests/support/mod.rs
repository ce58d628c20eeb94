//! Catalogues for the tests and the benchmarks.
#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::unwrap_used,
    dead_code,
    reason = "each test and benchmark uses a part of these helpers"
)]

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use search::{Answer, Brand, Catalogue, Category, Document, Filters, Index, Rating, Request, Sort};
use serde::Deserialize;

/// A question and the product that should come first.
#[derive(Debug, Deserialize)]
pub struct Expectation {
    /// What kind of question it is.
    pub kind: String,
    /// What is typed.
    pub query: String,
    /// The stock code that a shopper expects on top.
    pub top: String,
}

/// The table of questions.
pub fn expectations() -> Vec<Expectation> {
    #[derive(Deserialize)]
    struct Table {
        queries: Vec<Expectation>,
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../infra/cli/tests/search_queries.toml");
    toml::from_str::<Table>(&std::fs::read_to_string(path).unwrap()).unwrap().queries
}

/// Some titles of the data set.
pub fn fixture() -> Catalogue {
    retail(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../infra/cli/tests/fixtures/search.csv")))
}

/// The articles of an invoice file with the columns of the UCI Online Retail data set, as products.
pub fn retail(file: &Path) -> Catalogue {
    let bytes = std::fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut text = Vec::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut text).unwrap();
    } else {
        text = bytes;
    }
    let mut titles: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    let mut prices: BTreeMap<String, i64> = BTreeMap::new();
    for row in csv::Reader::from_reader(text.as_slice()).byte_records() {
        let row = row.unwrap();
        let column = |n: usize| String::from_utf8_lossy(&row[n]).trim().to_owned();
        let (code, title, price) = (column(1), column(2), column(5));
        let price = price.replace('.', "").parse().unwrap_or(0);
        if price > 0 && !title.is_empty() {
            *titles.entry(code.clone()).or_default().entry(title).or_default() += 1;
            prices.insert(code, price);
        }
    }
    let documents = titles.into_iter().zip(0_u32..).map(|((code, titles), n)| {
        let (title, _) = titles.into_iter().max_by_key(|(_, count)| *count).unwrap();
        Document {
            id: format!("prd_{code}"),
            description: format!("Stock code {code}."),
            details: vec![],
            brand: Some(brand("unbranded")),
            categories: vec![["home", "garden", "gifts", "kitchen"][n as usize % 4].into()],
            price: prices[&code],
            rating: (n % 3 == 0).then_some(Rating { sum: u64::from(n % 17) + 4, count: 4 }),
            in_stock: n % 11 != 0,
            created: i64::from(n),
            card: format!(r#"{{"sku":"{code}","title":"{title}"}}"#),
            codes: vec![code],
            title,
        }
    });
    let synonyms = [vec!["torch", "flashlight"], vec!["tealight", "t-light", "tea light"]];
    let synonyms = synonyms.map(|group| group.into_iter().map(str::to_owned).collect());
    Catalogue { categories: tree(), documents: documents.collect(), synonyms: synonyms.into() }
}

/// A brand.
pub fn brand(slug: &str) -> Brand {
    Brand { slug: slug.into(), title: slug.to_uppercase() }
}

/// Some categories.
pub fn tree() -> Vec<Category> {
    let category = |slug: &str, parent: Option<&str>| Category {
        slug: slug.into(),
        title: slug.to_uppercase(),
        parent: parent.map(str::to_owned),
    };
    vec![
        category("house", None),
        category("home", Some("house")),
        category("kitchen", Some("home")),
        category("garden", None),
        category("gifts", None),
    ]
}

/// So many made-up products, with titles as varied as those of a real shop.
pub fn generated(products: u32) -> Catalogue {
    const WHAT: [&str; 24] = [
        "hammer",
        "spanner",
        "screwdriver",
        "chisel",
        "hinge",
        "padlock",
        "bucket",
        "ladder",
        "drill",
        "saw",
        "plane",
        "vice",
        "clamp",
        "trowel",
        "rake",
        "spade",
        "hook",
        "bolt",
        "bracket",
        "lantern",
        "kettle",
        "brush",
        "file",
        "nail",
    ];
    const HOW: [&str; 20] = [
        "claw",
        "ball pein",
        "adjustable",
        "brass",
        "galvanised",
        "forged",
        "folding",
        "heavy duty",
        "small",
        "large",
        "oak handled",
        "stainless",
        "black japanned",
        "cordless",
        "left handed",
        "vintage",
        "polished",
        "cast iron",
        "copper",
        "children's",
    ];
    let documents = (0..products).map(|n| {
        // A multiplicative walk over all combinations; the last word is rare, as in real titles.
        let walk = n.wrapping_mul(2_654_435_761) >> 4;
        let pick = |from: &[&str], shift: u32| from[(walk >> shift) as usize % from.len()].to_owned();
        let (what, first, second) = (pick(&WHAT, 0), pick(&HOW, 5), pick(&HOW, 11));
        let rare = format!("{}{}", ["mar", "tol", "ven", "kis", "dor"][(n % 5) as usize], n / 37);
        let title = format!("{first} {second} {what} {} mm {rare}", 10 * (n % 40));
        Document {
            id: format!("prd_{n}"),
            description: format!(
                "A {second} {what} for the {first} trade, in a box with {} others and a leaflet.",
                n % 9
            ),
            details: vec![format!("{} mm", n % 300)],
            brand: Some(brand(&format!("maker-{}", n % 60))),
            categories: vec![["kitchen", "garden", "gifts", "home"][n as usize % 4].into()],
            codes: vec![format!("GEN-{n:05}")],
            price: i64::from(n % 900 + 45),
            rating: (n % 3 == 0).then_some(Rating { sum: u64::from(n % 17) + 4, count: 4 }),
            in_stock: n % 7 != 0,
            created: i64::from(n),
            card: format!(r#"{{"id":"prd_{n}","title":"{title}"}}"#),
            title,
        }
    });
    let synonyms = vec![vec!["spanner".into(), "wrench".into()]];
    Catalogue { categories: tree(), documents: documents.collect(), synonyms }
}

/// Opens what is built of a catalogue.
pub fn index(catalogue: &Catalogue) -> Index {
    Index::open(&search::build(catalogue).unwrap()).unwrap()
}

/// A question without filters.
pub fn question(query: &str) -> Request {
    Request { query: query.into(), limit: 24, ..Request::default() }
}

/// Asks for everything of an order.
pub fn all(index: &Index, query: &str, filters: Filters, sort: Sort) -> Answer {
    index.search(&Request { query: query.into(), filters, sort, after: None, limit: usize::MAX }).unwrap()
}

/// The stock codes of an answer, where its cards have them.
pub fn codes(answer: &Answer) -> Vec<String> {
    let card = |card: &str| serde_json::from_str::<serde_json::Value>(card).unwrap();
    answer.hits.iter().map(|hit| card(&hit.card)["sku"].as_str().unwrap().to_owned()).collect()
}
