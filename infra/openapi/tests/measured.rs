//! The closed lists of the metrics cover what there is, and nothing is listed that nobody writes.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_yaml_ng::Value;
use support::{ROOT, read};
use telemetry::call::CHECKOUT;
use telemetry::metrics::{Measured, Metric, QueueMetric, Service, ServiceMetric, SupplierMetric, WorkQueue};

fn folders(path: &str) -> Vec<PathBuf> {
    std::fs::read_dir(Path::new(ROOT).join(path)).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn binary(function: &Value) -> &str {
    function["Metadata"]["BuildProperties"]["Binary"].as_str().unwrap()
}

#[test]
fn each_crate_of_functions_is_a_service_and_each_service_is_one() {
    let package = |folder: &PathBuf| {
        let manifest: toml::Table =
            toml::from_str(&std::fs::read_to_string(folder.join("Cargo.toml")).unwrap()).unwrap();
        manifest["package"]["name"].as_str().unwrap().to_owned()
    };
    let crates: Vec<_> = folders("functions").iter().map(package).collect();
    let services: Vec<_> = crates.iter().map(|name| Service::of_crate(name).expect(name).name()).collect();
    let missing: Vec<_> = Service::ALL.iter().filter(|service| !services.contains(&service.name())).collect();
    assert!(missing.is_empty() && services.len() == Service::ALL.len(), "no crate is {missing:?}");
}

#[test]
fn each_worker_of_a_queue_has_a_name_for_it_and_each_name_has_one_worker() {
    let mut workers = BTreeMap::new();
    for (name, function) in support::functions() {
        let events = function["Properties"].get("Events").and_then(Value::as_mapping);
        if events.is_some_and(|events| events.values().any(|event| event["Type"] == "SQS")) {
            let queue = WorkQueue::of_worker(binary(&function));
            let queue = queue.unwrap_or_else(|| panic!("{name}: WorkQueue has no name for its queue"));
            assert_eq!(workers.insert(queue.name(), name), None, "{queue:?} has two workers");
        }
    }
    let queues: BTreeSet<_> = WorkQueue::ALL.iter().map(|queue| queue.name()).collect();
    assert_eq!(workers.into_keys().collect::<BTreeSet<_>>(), queues);
}

#[test]
fn the_functions_of_the_checkout_are_there() {
    let functions = support::functions();
    let binaries: BTreeSet<_> = functions.iter().map(|(_, function)| binary(function)).collect();
    assert!(CHECKOUT.iter().all(|name| binaries.contains(name)), "{CHECKOUT:?}");
}

/// All sources of functions and of what they share, but the list itself.
fn sources() -> String {
    fn gather(folder: &Path, sources: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                gather(&path, sources);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !path.ends_with("metrics/list.rs")
            {
                // What tests count does not count.
                let source = std::fs::read_to_string(&path).unwrap();
                sources.push_str(source.split("#[cfg(test)]\nmod tests {").next().unwrap());
            }
        }
    }
    let mut sources = String::new();
    for folder in folders("functions").into_iter().chain(folders("shared")) {
        gather(&folder.join("src"), &mut sources);
    }
    sources
}

#[test]
fn each_metric_is_written_somewhere() {
    fn names<M: Measured>(kind: &'static str) -> impl Iterator<Item = String> {
        M::ALL.iter().map(move |metric| format!("{kind}::{}", metric.about().name))
    }
    let sources = sources();
    let written = |name: &String| {
        let after = |at: usize| sources[at + name.len()..].chars().next();
        sources.match_indices(name.as_str()).any(|(at, _)| after(at).is_none_or(|c| !c.is_alphanumeric()))
    };
    let unwritten: Vec<_> = names::<Metric>("Metric")
        .chain(names::<SupplierMetric>("SupplierMetric"))
        .chain(names::<QueueMetric>("QueueMetric"))
        .chain(names::<ServiceMetric>("ServiceMetric"))
        .filter(|name| !written(name))
        .collect();
    assert!(unwritten.is_empty(), "nobody writes {unwritten:?}");
}

#[test]
fn the_documentation_leads_to_the_list() {
    assert!(read("docs/operations.md").contains("(metrics.md)"));
}
