//! Who may use which route: the table that the role matrix is run from names every route, and says what the code says.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// What the table expects of one route: for nobody, a customer, another customer, an operator, an admin, a partner's key.
type Row = [String; 6];

fn table() -> BTreeMap<String, Row> {
    let table: toml::Table = support::read("infra/stack-tests/roles.toml").parse().unwrap();
    table["routes"].clone().try_into().unwrap()
}

/// What the document says of each route.
fn access(document: &Value) -> BTreeMap<String, Option<String>> {
    let mut access = BTreeMap::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let says = operation["x-access"].as_str().map(str::to_owned);
            access.insert(format!("{} {path}", method.to_uppercase()), says);
        }
    }
    access
}

/// Whether each of the six may come in at all.
fn may_come_in(access: Option<&str>) -> [bool; 6] {
    match access {
        None => [true; 6],
        Some("signed-in") => [false, true, true, true, true, false],
        Some("operator") => [false, false, false, true, true, false],
        Some("admin") => [false, false, false, false, true, false],
        Some(partner) if partner.starts_with("partner") => [false, false, false, false, false, true],
        Some(other) => panic!("nobody knows the access `{other}`"),
    }
}

/// Where table and document disagree.
fn disagreements(table: &BTreeMap<String, Row>, document: &Value) -> Vec<String> {
    let access = access(document);
    let (known, served): (BTreeSet<_>, BTreeSet<_>) = (table.keys().collect(), access.keys().collect());
    let mut wrong: Vec<_> =
        known.symmetric_difference(&served).map(|route| format!("{route}: only one has it")).collect();
    for (route, row) in table {
        let Some(says) = access.get(route) else { continue };
        for (expected, may) in row.iter().zip(may_come_in(says.as_deref())) {
            let fits = match expected.as_str() {
                "allowed" | "404" => may,
                "401" | "403" => !may,
                other => panic!("{route}: what is `{other}`?"),
            };
            if !fits {
                wrong.push(format!("{route}: {row:?}, but the document says {says:?}"));
                break;
            }
        }
    }
    wrong
}

#[test]
fn the_table_says_what_the_code_says() {
    let document = serde_json::to_value(openapi::document()).unwrap();
    assert_eq!(disagreements(&table(), &document), Vec::<String>::new());
}

#[test]
fn a_route_that_loses_its_check_is_found() {
    let document = serde_json::to_value(openapi::document()).unwrap();
    let table = table();
    for (route, access) in access(&document) {
        if access.is_none() {
            continue;
        }
        let (method, path) = route.split_once(' ').unwrap();
        let mut without = document.clone();
        without["paths"][path][method.to_lowercase()].as_object_mut().unwrap().remove("x-access");
        let found = disagreements(&table, &without);
        assert!(found.len() == 1 && found[0].starts_with(&route), "{route}: {found:?}");
    }
}

#[test]
fn what_is_behind_a_check_says_how_to_pass_it() {
    let document = serde_json::to_value(openapi::document()).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        let own = ["/api/me", "/api/console", "/api/partner"]
            .iter()
            .any(|prefix| path == prefix || path.starts_with(&format!("{prefix}/")));
        for (method, operation) in item.as_object().unwrap() {
            assert_eq!(operation["x-access"].is_string(), own, "{method} {path}");
            assert_eq!(operation["security"].is_array(), own, "{method} {path}");
        }
    }
}
