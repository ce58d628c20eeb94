//! Answers against a plain computation over all documents.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "these are tests")]

mod support;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use search::{Catalogue, Document, Filters, Index, Place, Rating, Request, Sort};
use support::{all, brand, index, tree};

const WORDS: [&str; 10] =
    ["red", "brass", "hook", "hooks", "lantern", "10mm", "claw", "hammer", "children's", "T-light"];

static FIXTURE: LazyLock<Index> = LazyLock::new(|| index(&support::fixture()));

/// A document as it is drawn: title, categories, maker, price, stars and how many gave them, in stock, time.
type Drawn = (Vec<&'static str>, BTreeSet<&'static str>, Option<u8>, i64, Option<(u64, u64)>, bool, i64);

fn documents() -> impl Strategy<Value = Vec<Document>> {
    let title = prop::collection::vec(prop::sample::select(WORDS.to_vec()), 1..5);
    let categories =
        prop::collection::btree_set(prop::sample::select(vec!["kitchen", "home", "garden", "gone"]), 0..3);
    let rating = prop::option::of((1_u64..=5, 1_u64..4));
    let one = (title, categories, prop::option::of(0_u8..3), 0_i64..2_000, rating, any::<bool>(), 0_i64..5);
    prop::collection::vec(one, 0..40).prop_map(|all| {
        let document = |(n, drawn): (usize, Drawn)| {
            let (title, categories, maker, price, rating, in_stock, created) = drawn;
            Document {
                id: format!("p{n}"),
                title: title.join(" "),
                brand: maker.map(|maker| brand(&format!("maker-{maker}"))),
                description: String::new(),
                details: vec![],
                categories: categories.into_iter().map(str::to_owned).collect(),
                codes: vec![format!("C{n:03}")],
                price,
                rating: rating.map(|(stars, count)| Rating { sum: stars * count, count }),
                in_stock,
                created,
                card: n.to_string(),
            }
        };
        all.into_iter().enumerate().map(document).collect()
    })
}

fn filters() -> impl Strategy<Value = Filters> {
    let categories = prop::sample::subsequence(vec!["house", "home", "kitchen", "garden", "unknown"], 0..3);
    let brands = prop::sample::subsequence(vec!["maker-0", "maker-1", "unknown"], 0..3);
    let price = || prop::option::of(0_i64..2_000);
    let rest = (price(), price(), prop::option::of(1_u8..=5), prop::option::of(any::<bool>()));
    (categories, brands, rest).prop_map(
        |(categories, brands, (min_price, max_price, min_rating, in_stock))| Filters {
            categories: categories.into_iter().map(str::to_owned).collect(),
            brands: brands.into_iter().map(str::to_owned).collect(),
            min_price,
            max_price,
            min_rating,
            in_stock,
        },
    )
}

/// The categories of a document with all that they stand in.
fn stands_in(document: &Document, slug: &str) -> bool {
    let tree = tree();
    let parent =
        |slug: &str| tree.iter().find(|category| category.slug == slug).and_then(|c| c.parent.clone());
    document.categories.iter().any(|own| {
        let mut at = Some(own.clone()).filter(|own| tree.iter().any(|category| category.slug == *own));
        std::iter::from_fn(|| {
            let now = at.take()?;
            at = parent(&now);
            Some(now)
        })
        .any(|ancestor| ancestor == slug)
    })
}

fn passes(document: &Document, filters: &Filters) -> bool {
    let stars = document.rating.map_or(0, |rating| rating.sum / rating.count);
    (filters.categories.is_empty() || filters.categories.iter().any(|slug| stands_in(document, slug)))
        && (filters.brands.is_empty()
            || document.brand.as_ref().is_some_and(|brand| filters.brands.contains(&brand.slug)))
        && filters.min_price.is_none_or(|least| document.price >= least)
        && filters.max_price.is_none_or(|most| document.price <= most)
        && filters.min_rating.is_none_or(|least| stars >= u64::from(least))
        && filters.in_stock.is_none_or(|wanted| document.in_stock == wanted)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn answers_and_counts_are_those_of_a_plain_computation(
        documents in documents(),
        filters in filters(),
        query in prop::sample::select(vec!["", "hook", "red ham", "lantern brass", "childrens", "hamer", "zzz"]),
    ) {
        let catalogue = Catalogue { categories: tree(), documents, synonyms: vec![] };
        let index = index(&catalogue);
        let by_text: Vec<&Document> = all(&index, query, Filters::default(), Sort::Title)
            .hits
            .iter()
            .map(|hit| &catalogue.documents[hit.card.parse::<usize>().unwrap()])
            .collect();
        if query.is_empty() {
            prop_assert_eq!(by_text.len(), catalogue.documents.len());
        }
        let count = |filters: &Filters, also: &dyn Fn(&Document) -> bool| {
            by_text.iter().filter(|document| passes(document, filters) && also(document)).count() as u64
        };
        let answer = all(&index, query, filters.clone(), Sort::Relevance);
        let expected: BTreeSet<&str> =
            by_text.iter().filter(|document| passes(document, &filters)).map(|document| document.card.as_str()).collect();
        let found: BTreeSet<&str> = answer.hits.iter().map(|hit| hit.card.as_str()).collect();
        prop_assert_eq!(&found, &expected);
        prop_assert_eq!(answer.total, expected.len() as u64);

        let free = Filters { categories: vec![], ..filters.clone() };
        for category in tree() {
            let expected = count(&free, &|document| stands_in(document, &category.slug));
            let told = answer.facets.categories.iter().find(|told| told.category == category);
            prop_assert_eq!(told.map_or(0, |told| told.count), expected);
            prop_assert!(told.is_some() || !filters.categories.contains(&category.slug));
        }
        let free = Filters { brands: vec![], ..filters.clone() };
        for maker in ["maker-0", "maker-1", "maker-2"] {
            let expected = count(&free, &|document| document.brand == Some(brand(maker)));
            let told = answer.facets.brands.iter().find(|told| told.brand == brand(maker));
            prop_assert_eq!(told.map_or(0, |told| told.count), expected);
        }
        let free = Filters { min_price: None, max_price: None, ..filters.clone() };
        for told in &answer.facets.prices {
            let within = Filters { min_price: Some(told.band.from), max_price: told.band.to, ..free.clone() };
            prop_assert_eq!(told.count, count(&within, &|_| true));
        }
        for told in &answer.facets.ratings {
            let better = Filters { min_rating: Some(told.min), ..filters.clone() };
            prop_assert_eq!(told.count, count(&better, &|_| true));
        }
        let stock = |wanted| count(&Filters { in_stock: Some(wanted), ..filters.clone() }, &|_| true);
        prop_assert_eq!((answer.facets.in_stock.yes, answer.facets.in_stock.no), (stock(true), stock(false)));
    }

    #[test]
    fn pages_put_together_are_the_whole(
        documents in documents(),
        limit in 1_usize..9,
        sort in prop::sample::select(vec![Sort::Relevance, Sort::PriceUp, Sort::PriceDown, Sort::Newest, Sort::Rating, Sort::Title]),
        query in prop::sample::select(vec!["", "hook"]),
    ) {
        let index = index(&Catalogue { categories: tree(), documents, synonyms: vec![] });
        let whole = all(&index, query, Filters::default(), sort);
        let mut request = Request { query: query.into(), sort, limit, ..Request::default() };
        let mut hits = Vec::new();
        loop {
            let page = index.search(&request).unwrap();
            prop_assert!(page.hits.len() <= limit);
            hits.extend(page.hits);
            prop_assert_eq!(page.next.as_ref().map_or(hits.len(), |place| place.offset), hits.len());
            request.after = page.next;
            if request.after.is_none() {
                break;
            }
        }
        prop_assert_eq!(hits, whole.hits);
    }

    #[test]
    fn sort_orders_are_orders(documents in documents()) {
        let catalogue = Catalogue { categories: tree(), documents, synonyms: vec![] };
        let index = index(&catalogue);
        let sorted = |sort| -> Vec<Document> {
            let hits = all(&index, "", Filters::default(), sort).hits;
            hits.iter().map(|hit| catalogue.documents[hit.card.parse::<usize>().unwrap()].clone()).collect()
        };
        prop_assert!(sorted(Sort::PriceUp).is_sorted_by_key(|document| document.price));
        prop_assert!(sorted(Sort::PriceDown).is_sorted_by_key(|document| -document.price));
        prop_assert!(sorted(Sort::Newest).is_sorted_by_key(|document| -document.created));
        prop_assert!(sorted(Sort::Title).is_sorted_by_key(|document| document.title.to_lowercase()));
        let stars = |document: &Document| document.rating.map_or((0, 0), |rating| (rating.sum / rating.count, rating.count));
        prop_assert!(sorted(Sort::Rating).is_sorted_by(|one, other| stars(one) >= stars(other)));
    }

    #[test]
    fn no_query_is_too_strange(query in "\\PC{0,200}", other in "[a-z0-9 .,'/-]{0,200}") {
        for query in [query, other] {
            let answer = FIXTURE.search(&support::question(&query)).unwrap();
            prop_assert!(answer.hits.len() as u64 <= answer.total);
        }
    }
}

#[test]
fn a_page_goes_on_where_it_was_though_the_index_changed() {
    let mut catalogue = support::fixture();
    let first =
        index(&catalogue).search(&Request { sort: Sort::Title, limit: 10, ..Request::default() }).unwrap();
    let rest = |catalogue: &Catalogue, after: Option<Place>| {
        let request = Request { sort: Sort::Title, limit: 3, after, ..Request::default() };
        index(catalogue).search(&request).unwrap().hits
    };
    let next = rest(&catalogue, first.next.clone());
    catalogue
        .documents
        .insert(0, Document { id: "new".into(), title: "A".into(), ..catalogue.documents[0].clone() });
    assert_eq!(rest(&catalogue, first.next.clone()), next, "behind the last product that was shown");
    let last = first.next.clone().unwrap().id;
    catalogue.documents.retain(|document| document.id != last);
    assert_eq!(rest(&catalogue, first.next), next, "behind as many as were shown");
}
