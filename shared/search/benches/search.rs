//! How long the search takes: to build an index, to open it at a cold start, and to answer. `make bench FILE=…` measures a
//! retailer's invoices too (the columns of the UCI Online Retail data set), and checks the table of expectations on them.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    reason = "this is a benchmark"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use search::{Catalogue, Filters, Index, Request, Sort};

/// Questions of every kind, for any catalogue: the time of each is measured, and that of all together.
fn questions(words: [&str; 3], code: &str) -> Vec<(&'static str, Request)> {
    let [first, second, third] = words;
    let ask = |query: String| Request { query, limit: 24, ..Request::default() };
    let mut letters: Vec<char> = first.chars().collect();
    letters.swap(2, 3);
    let misspelt = String::from_iter(letters);
    let filters = Filters {
        categories: vec!["house".into()],
        max_price: Some(500),
        in_stock: Some(true),
        ..Filters::default()
    };
    vec![
        ("a word", ask(format!("{first} "))),
        ("three words", ask(format!("{first} {second} {third} "))),
        ("a word being typed", ask(first.chars().take(3).collect())),
        ("one letter", ask(first.chars().take(1).collect())),
        ("a misspelt word", ask(misspelt.clone())),
        ("two words, one misspelt, one unknown", ask(format!("{misspelt} qwertyuiop {second}"))),
        ("a stock code", ask(code.to_owned())),
        ("everything", ask(String::new())),
        (
            "a word with filters by price",
            Request { filters, sort: Sort::PriceUp, ..ask(format!("{second} ")) },
        ),
    ]
}

fn measure(c: &mut Criterion, name: &str, catalogue: &Catalogue, questions: &[(&str, Request)]) {
    let archive = search::build(catalogue).unwrap();
    let (products, bytes) = (catalogue.documents.len(), archive.len());
    println!("{name}: {products} products, {bytes} bytes of index, {} at most in memory so far", peak());
    let mut group = c.benchmark_group(name);
    group.sample_size(10);
    group.bench_function("build", |b| b.iter(|| search::build(black_box(catalogue)).unwrap()));
    group.sample_size(30);
    group.bench_function("open (cold start)", |b| b.iter(|| Index::open(black_box(&archive)).unwrap()));
    let index = Index::open(&archive).unwrap();
    for (kind, request) in questions {
        let total = index.search(request).unwrap().total;
        println!("{name}: {kind}: `{}` finds {total}", request.query);
        group.bench_function(*kind, |b| b.iter(|| index.search(black_box(request)).unwrap()));
    }
    group.finish();
}

/// The most memory that this process has had, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or_else(|| "unknown".to_owned(), |peak| peak.trim().to_owned())
}

fn bench(c: &mut Criterion) {
    for products in [2_800, 20_000] {
        let catalogue = support::generated(products);
        let questions = questions(["galvanised", "hammer", "folding"], "GEN-01234");
        measure(c, &format!("{products} made-up products"), &catalogue, &questions);
    }
    let Some(file) = std::env::var_os("FILE").filter(|file| !file.is_empty()) else { return };
    let catalogue = support::retail(Path::new(&file));
    expect_all(&catalogue);
    measure(c, "the file", &catalogue, &questions(["lantern", "hanging", "metal"], "85123A"));
}

/// Asks the table of expectations, tells all answers, and fails if one is wrong.
fn expect_all(catalogue: &Catalogue) {
    let index = support::index(catalogue);
    let mut wrong = 0;
    for row in support::expectations() {
        let answer = index.search(&support::question(&row.query)).unwrap();
        let found = support::codes(&answer).first().cloned().unwrap_or_default();
        let title = catalogue.documents.iter().find(|document| document.codes == [found.clone()]);
        let good = found == row.top;
        wrong += u32::from(!good);
        println!(
            "{} {:28} {:36} {:8} {} ({} found; did you mean: {})",
            if good { "good " } else { "WRONG" },
            row.kind,
            row.query,
            found,
            title.map_or("", |document| &document.title),
            answer.total,
            answer.did_you_mean.as_deref().unwrap_or("-"),
        );
    }
    assert_eq!(wrong, 0, "{wrong} questions do not have the expected product on top");
}

criterion_group!(benches, bench);
criterion_main!(benches);
