//! An invoice file, from its bytes to the articles and the list of bad rows.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Command;

use cli::import::report::Summary;
use cli::import::tally::{Article, Tally};
use cli::invoices::Lines;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn tally(name: &str) -> Tally {
    let mut tally = Tally::new(2);
    for row in Lines::open(&fixture(name)).unwrap() {
        tally.add(row.unwrap());
    }
    tally
}

fn article(code: &str, title: &str, price: i64, sold: u64) -> Article {
    Article { code: code.into(), title: title.into(), price, sold }
}

#[test]
fn a_file_becomes_articles() {
    let expected = [
        article("31001", "BRASS HAT HOOK", 255, 31),
        article("31002A", "TIN MUG, BLUE RIM", 110, 16),
        article("31002a", "TIN MUG, BLUE RIM", 246, 1),
        article("31005", "SLATE CLOCK", 795, 0),
        article("BANK CHARGES", "Bank Charges", 1500, 1),
        article("POST", "POSTAGE", 1800, 1),
    ];
    for file in ["invoices.csv", "invoices.csv.gz"] {
        assert_eq!(tally(file).articles().collect::<Vec<_>>(), expected, "{file}");
    }
}

#[test]
fn the_summary_counts_every_row() {
    let summary = Summary(&tally("invoices.csv")).to_string();
    let expected = "     14  rows
      8  without fault
      6  with a fault:
             1  unreadable row
             1  no description
             1  price with a fraction of a penny
             1  zero price
             1  unreadable quantity (1 of them used for price or title all the same)
             1  negative quantity (1 of them used for price or title all the same)
      6  stock codes with a positive price: products
             1  differ from another in upper and lower case only
      2  stock codes without a positive price: no products
                31003, 31004
";
    assert_eq!(summary, expected);
}

#[test]
fn a_dry_run_needs_no_shop_and_lists_the_bad_rows() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("bad.csv");
    let output = Command::new(env!("CARGO_BIN_EXE_ironmonger"))
        .args(["import", "--dry-run", "--no-progress", "--report"])
        .arg(&report)
        .arg(fixture("invoices.csv.gz"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let listed = std::fs::read_to_string(&report).unwrap();
    let rows: Vec<_> = listed.lines().map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(rows, ["Row", "6", "9", "10", "13", "14", "15"]);
    assert!(String::from_utf8(output.stdout).unwrap().contains("stock codes with a positive price"));
}

#[test]
fn what_cannot_be_done_is_said_in_one_line() {
    let ironmonger = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_ironmonger")).args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, message) = ironmonger(&["import", "--dry-run", "/nonexistent.csv"]);
    assert_eq!(code, Some(1));
    assert!(message.starts_with("ironmonger: /nonexistent.csv: cannot open it: No such file"), "{message}");
    let (code, message) = ironmonger(&["--outputs", "/nonexistent.json", "seed"]);
    assert_eq!(code, Some(1));
    assert!(message.contains("cannot read /nonexistent.json") && message.lines().count() == 1, "{message}");
    assert_eq!(ironmonger(&["replay"]).0, Some(2));
}
