//! Metrics: the typed list of them, and the lines of the log that carry them.
//!
//! A metric is written where the change that it tells of has been committed, as a line of its own, so that it is in the log
//! whatever dies afterwards. A change is committed once, so it is counted once; whoever dies between the two loses a count,
//! and a repetition adds none. What a call of a function took is one line at its end, see [`call`](crate::call).

mod label;
mod line;
mod list;

pub use label::{Dimension, Label, MAX_SUPPLIERS, OTHER_SUPPLIERS, Service, Shop, SupplierLabel, WorkQueue};
pub use line::{Line, MAX_READINGS, NAMESPACE, Reading};
pub use list::{
    About, Group, Measured, Metric, QueueMetric, ServiceMetric, Statistic, SupplierMetric, Unit, all,
};

use serde_json::{Value, json};

/// Counts something that happened to the shop.
pub fn count(metric: Metric, times: u32) {
    record(&Shop, &[(metric, times.into())]);
}

/// Writes down what was measured at one time of one thing.
pub fn record<M: Measured>(of: &M::Of, readings: &[(M, Reading)]) {
    Line::now().with(of, readings).write();
}

/// The list as JSON: what programs that are not Rust hold dashboards against.
#[must_use]
pub fn json() -> Value {
    let metrics = all().into_iter().map(|about| {
        json!({
            "name": about.name,
            "unit": about.unit.name(),
            "group": about.group.name(),
            "statistic": about.statistic.name(),
            "dimensions": about.dimensions(),
            "meaning": about.meaning,
        })
    });
    json!({
        "namespace": NAMESPACE,
        "metrics": metrics.collect::<Vec<_>>(),
        "values": {
            "Service": Service::ALL.iter().map(|service| service.name()).collect::<Vec<_>>(),
            "Queue": WorkQueue::ALL.iter().map(|queue| queue.name()).collect::<Vec<_>>(),
        },
    })
}

/// The list as a page of the documentation.
#[must_use]
pub fn page() -> String {
    let mut lines = vec![PAGE_HEAD.to_owned()];
    for group in [Group::Business, Group::Fulfilment, Group::Technical] {
        lines.push(format!("## {}\n", group.title()));
        lines.push("| Metric | Unit | By | Look at | What it says |".into());
        lines.push("|---|---|---|---|---|".into());
        for about in all().into_iter().filter(|about| about.group == group) {
            let About { name, unit, statistic, by, meaning, .. } = about;
            let (unit, by, statistic) = (unit.title(), by.map_or("–", Dimension::name), statistic.name());
            lines.push(format!("| `{name}` | {unit} | {by} | {statistic} | {meaning} |"));
        }
        lines.push(String::new());
    }
    lines.join("\n")
}

const PAGE_HEAD: &str = "\
# Metrics

Made from `shared/telemetry/src/metrics/list.rs` by `cargo run -p telemetry --bin metrics > docs/metrics.md`.

All are in the namespace `Ironmonger`. Each is there for the whole `Stage`; those *by* something are there for each value of
that, too. `Service` and `Queue` come from closed lists, and of suppliers, which go by their ids, a process tells 50 apart
and counts the others as `other`: so the number of series, each of which costs money, is bounded. The lines of the log that
carry the metrics also name the `function`, and most of them the `traceId`: saved queries look at these.

A metric that is 0 or 1 each time says three things: its sum is how often it happened, its samples are how often it could
have, and its average is the share.

A new metric is one more line in the list that has the right dimension, and a call of `telemetry::count` or
`telemetry::record` right after the change was committed. Tests ask that somebody writes it, that this page names it, and that a
dashboard shows it if it is about the business.
";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_metric_has_a_name_of_its_own_and_says_what_it_means() {
        let names: BTreeSet<_> = all().iter().map(|about| about.name).collect();
        assert_eq!(names.len(), all().len());
        for about in all() {
            let good = about.name.chars().all(|c| c.is_ascii_alphanumeric());
            assert!(good && about.meaning.ends_with('.') && !about.meaning.contains('|'), "{about:?}");
        }
    }

    /// A series costs about as much as ten thousand calls of a function, every month.
    #[test]
    fn the_number_of_series_is_bounded() {
        let of = |about: &About| match about.by {
            None | Some(Dimension::Stage) => 1,
            Some(Dimension::Service) => 1 + Service::ALL.len(),
            Some(Dimension::Queue) => 1 + WorkQueue::ALL.len(),
            Some(Dimension::Supplier) => 2 + MAX_SUPPLIERS,
        };
        let (suppliers, others): (Vec<_>, Vec<_>) =
            all().into_iter().partition(|about| about.by == Some(Dimension::Supplier));
        assert!(others.iter().map(of).sum::<usize>() <= 150);
        assert!(suppliers.len() <= 12, "each costs once for every supplier");
    }

    #[test]
    fn the_page_of_the_documentation_is_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/metrics.md");
        let there = std::fs::read_to_string(path).unwrap_or_default();
        assert_eq!(there, page(), "run: cargo run -p telemetry --bin metrics > docs/metrics.md");
    }

    #[test]
    fn programs_are_told_the_whole_list() {
        let list = json();
        assert_eq!(list["metrics"].as_array().unwrap().len(), all().len());
        let of = |name: &str| {
            let metrics = list["metrics"].as_array().unwrap();
            metrics.iter().find(|metric| metric["name"] == name).unwrap().clone()
        };
        assert_eq!(of("Revenue")["unit"], "None");
        assert_eq!(of("Revenue")["dimensions"], json!([["Stage"]]));
        assert_eq!(of("SupplierCost")["dimensions"], json!([["Stage"], ["Stage", "Supplier"]]));
    }
}
