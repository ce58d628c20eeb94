//! A small retailer's invoices, imported into the deployed stack and bought again: run by `make test-stack`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

mod support;

use std::path::Path;

use serde_json::Value;
use support::ironmonger;

const INVOICES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/invoices.csv.gz");

fn read(file: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

#[test]
fn imported_invoices_are_bought_again_and_the_books_balance() {
    let folder = tempfile::tempdir().unwrap();
    let (bad_rows, report) = (folder.path().join("bad-rows.csv"), folder.path().join("replay.json"));
    ironmonger(&["import", INVOICES, "--report", bad_rows.to_str().unwrap()]);
    // The rows without a description or a price, and the one whose quantity is no number.
    let listed = std::fs::read_to_string(&bad_rows).unwrap();
    for row in ["700005", "700006", "700009"] {
        assert!(listed.contains(row), "{row} is not in:\n{listed}");
    }
    let again = ironmonger(&["import", INVOICES, "--report", bad_rows.to_str().unwrap()]);
    assert!(!again.is_empty());

    ironmonger(&[
        "replay",
        INVOICES,
        "--orders",
        "100",
        "--concurrency",
        "4",
        "--report",
        report.to_str().unwrap(),
    ]);
    let report = read(&report);
    assert_eq!(report["balances"], true, "{report}");
    let invoices = report["invoices"].as_array().unwrap();
    let outcomes = |outcome: &str| {
        let those = invoices.iter().filter(|invoice| invoice["outcome"] == outcome);
        those.map(|invoice| invoice["invoice"].as_str().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(outcomes("fulfilled"), ["700001", "700002", "700004", "700007", "700008"]);
    assert_eq!(outcomes("refused"), ["700005", "700006", "700009"]);
    assert_eq!(outcomes("cancellation"), ["C700003"]);
    assert_eq!(invoices.len(), 9, "each invoice is accounted for: {report}");
}

/// Thirty invoices of three lines each.
fn many_invoices() -> String {
    let lines = (0..90).map(|line| {
        let (invoice, code, pieces) = (line / 3, line * 7 % 20, line % 5 + 1);
        format!("8000{invoice:02},4{code:04},PAN No. {code},{pieces},12/1/2010 8:26,1.{code:02},17850,United Kingdom")
    });
    let header =
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country".to_owned();
    [header].into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_small_chaos_run_ends_with_good_books() {
    let folder = tempfile::tempdir().unwrap();
    let (file, report) = (folder.path().join("invoices.csv"), folder.path().join("chaos.json"));
    std::fs::write(&file, many_invoices()).unwrap();
    let (file, written) = (file.to_str().unwrap(), report.to_str().unwrap());
    let options =
        ["--orders", "30", "--concurrency", "4", "--timeout", "4m", "--shared", "--report", written];
    ironmonger(&[["chaos", file].as_slice(), &options].concat());
    let report = read(&report);
    assert_eq!(report["faults"], serde_json::json!([]), "{report}");
    let ended = report["statuses"].as_object().unwrap().values().filter_map(Value::as_u64).sum::<u64>();
    assert_eq!(ended, 30, "{report}");
    assert_eq!(report["suppliers"].as_array().map(Vec::len), Some(5));
    for proof in ["sentenced", "doubled", "looks"] {
        assert!(report["done"][proof].as_u64().unwrap() > 0, "{proof}: {report}");
    }
}

#[test]
fn the_shop_passes_its_trial() {
    let told = ironmonger(&["smoke"]);
    assert!(told.contains("12 of 12 are as they should be"), "{told}");
}
