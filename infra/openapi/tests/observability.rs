//! The dashboards and alarms are of metrics that exist, all metrics are shown, and each alarm says what to do.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml_ng::Value;
use support::observability::{Shown, dashboards, plain, resources, shown, template, watched, widgets};
use telemetry::metrics::{About, Group, NAMESPACE};

/// Metrics of one of AWS's services, with the sets of dimensions that its documentation names.
struct Documented {
    namespace: &'static str,
    metrics: &'static [&'static str],
    dimensions: &'static [&'static [&'static str]],
}

const DOCUMENTED: [Documented; 3] = [
    Documented {
        namespace: "AWS/ApiGateway",
        metrics: &["4xx", "5xx", "Count", "IntegrationError", "IntegrationLatency", "Latency"],
        dimensions: &[&["ApiId"], &["ApiId", "Stage"]],
    },
    Documented {
        namespace: "AWS/Lambda",
        metrics: &["Duration", "Errors", "Invocations", "IteratorAge", "Throttles"],
        dimensions: &[&[], &["FunctionName"]],
    },
    Documented {
        namespace: "AWS/SQS",
        metrics: &[
            "ApproximateAgeOfOldestMessage",
            "ApproximateNumberOfMessagesDelayed",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesVisible",
        ],
        dimensions: &[&["QueueName"]],
    },
];

/// Queues whose messages may wait for days, until a program takes the call that they are.
const PATIENT: [&str; 2] = ["CallbackQueue", "WebhookQueue"];

/// The columns of a dashboard.
const COLUMNS: u64 = 24;

fn all_shown(template: &Value) -> Vec<(String, Shown)> {
    let mut all = vec![];
    for (dashboard, body) in dashboards(template) {
        for widget in widgets(&body) {
            all.extend(shown(&dashboard, widget).into_iter().map(|shown| (dashboard.clone(), shown)));
        }
    }
    all
}

fn all_watched(template: &Value) -> Vec<(String, Shown)> {
    let alarms = resources(template, "AWS::CloudWatch::Alarm").into_iter();
    alarms
        .flat_map(|(name, properties)| {
            watched(&name, &properties).into_iter().map(move |shown| (name.clone(), shown))
        })
        .collect()
}

/// What is wrong with a metric that is shown or watched, if anything is.
fn fault(list: &BTreeMap<&str, About>, shown: &Shown) -> Option<String> {
    let names = shown.names();
    if shown.namespace == NAMESPACE {
        let Some(about) = list.get(shown.metric.as_str()) else { return Some("is not in the list".into()) };
        let stage = shown.parameter("Stage").is_none_or(|stage| stage == "Stage");
        return (!about.dimensions().contains(&names) || !stage)
            .then(|| format!("is there with {:?}, not with {:?}", about.dimensions(), shown.dimensions));
    }
    let documented = DOCUMENTED.iter().find(|of| of.namespace == shown.namespace);
    let Some(of) = documented else { return Some("has an unknown namespace".into()) };
    let is_known = of.metrics.contains(&shown.metric.as_str()) && of.dimensions.contains(&names.as_slice());
    (!is_known).then(|| "is not documented so".into())
}

fn list() -> BTreeMap<&'static str, About> {
    telemetry::metrics::all().into_iter().map(|about| (about.name, about)).collect()
}

#[test]
fn what_is_shown_and_watched_exists() {
    let (template, list) = (template(), list());
    let all: Vec<_> = all_shown(&template).into_iter().chain(all_watched(&template)).collect();
    assert!(all.len() > 100, "only {} metrics were found", all.len());
    let faults: Vec<_> = all
        .iter()
        .filter_map(|(_, shown)| Some(format!("{}: {} {}", shown.place, shown.metric, fault(&list, shown)?)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_does_not_exist_is_found() {
    let list = list();
    let of = |namespace: &str, metric: &str, dimensions: &[(&str, &str)]| Shown {
        place: String::new(),
        namespace: namespace.into(),
        metric: metric.into(),
        dimensions: dimensions.iter().map(|(name, value)| ((*name).into(), Some((*value).into()))).collect(),
    };
    let stage = ("Stage", "${Stage}");
    assert_eq!(fault(&list, &of(NAMESPACE, "OrdersPlaced", &[stage])), None);
    for wrong in [
        of(NAMESPACE, "OrdersPlace", &[stage]),
        of(NAMESPACE, "OrdersPlaced", &[]),
        of(NAMESPACE, "OrdersPlaced", &[stage, ("Supplier", "sup_1")]),
        of(NAMESPACE, "OrdersPlaced", &[("Stage", "production")]),
        of("AWS/SQS", "ApproximateAgeOfOldestMessage", &[]),
        of("AWS/SQS", "AgeOfOldestMessage", &[("QueueName", "${SyncQueue}")]),
        of("AWS/S3", "BucketSizeBytes", &[]),
    ] {
        assert!(fault(&list, &wrong).is_some(), "{wrong:?}");
    }
}

#[test]
fn every_metric_is_on_the_dashboard_of_its_group() {
    let shown = all_shown(&template());
    let missing: Vec<_> = telemetry::metrics::all()
        .into_iter()
        .filter(|about| {
            let dashboard = match about.group {
                Group::Business => "Business",
                Group::Fulfilment => "Fulfilment",
                Group::Technical => "Platform",
            };
            !shown.iter().any(|(place, shown)| {
                place == dashboard && shown.namespace == NAMESPACE && shown.metric == about.name
            })
        })
        .map(|about| about.name)
        .collect();
    assert!(missing.is_empty(), "nobody sees {missing:?}");
}

#[test]
fn what_is_watched_is_shown_with_its_threshold_and_its_state() {
    let template = template();
    let shown = all_shown(&template);
    for (alarm, watched) in all_watched(&template) {
        let is_shown = shown.iter().any(|(_, shown)| {
            (&shown.namespace, &shown.metric) == (&watched.namespace, &watched.metric)
                && shown.parameter("QueueName") == watched.parameter("QueueName")
                && shown.parameter("ApiId") == watched.parameter("ApiId")
        });
        assert!(is_shown, "{alarm}: nobody sees {watched:?}");
    }
    let bodies = dashboards(&template);
    let drawn: Vec<_> = bodies.iter().flat_map(|(_, body)| widgets(body)).collect();
    for (alarm, properties) in resources(&template, "AWS::CloudWatch::Alarm") {
        let threshold = properties["Threshold"].as_f64().unwrap();
        let has_line = drawn.iter().any(|widget| {
            let notes = widget["properties"]["annotations"]["horizontal"].as_array().into_iter().flatten();
            notes.into_iter().any(|note| note["label"] == alarm && note["value"].as_f64() == Some(threshold))
        });
        assert!(has_line, "{alarm}: no line is drawn at {threshold}");
    }
    let states = drawn.iter().filter_map(|widget| widget["properties"]["alarms"].as_array()).flatten();
    let states: BTreeSet<_> = states.filter_map(serde_json::Value::as_str).collect();
    for kind in ["AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"] {
        for (alarm, properties) in resources(&template, kind) {
            let pages = kind == "AWS::CloudWatch::Alarm" || properties.get("AlarmActions").is_some();
            assert!(!pages || states.contains(format!("${{{alarm}.Arn}}").as_str()), "{alarm}'s state");
        }
    }
}

#[test]
fn every_alarm_says_what_to_do() {
    let template = template();
    let operations = support::read("docs/operations.md");
    let headings: BTreeSet<_> =
        operations.lines().filter_map(|line| line.strip_prefix("### ")).map(str::to_lowercase).collect();
    for kind in ["AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"] {
        for (alarm, properties) in resources(&template, kind) {
            let told = properties["AlarmDescription"].as_str().unwrap();
            let section = alarm.to_lowercase();
            assert!(
                told.ends_with(&format!("What to do: docs/operations.md#{section}")),
                "{alarm}: its description names no section"
            );
            assert!(headings.contains(&section), "{alarm}: docs/operations.md has no section of it");
            assert_eq!(
                plain(&properties["AlarmName"]).as_str(),
                Some(format!("${{Prefix}}-{alarm}").as_str())
            );
        }
    }
}

#[test]
fn one_cause_pages_once() {
    let template = template();
    let composites = resources(&template, "AWS::CloudWatch::CompositeAlarm");
    let pages: Vec<_> =
        composites.iter().filter(|(_, properties)| properties.get("AlarmActions").is_some()).collect();
    assert!(pages.len() >= 4, "only {} alarms page", pages.len());
    for (alarm, properties) in resources(&template, "AWS::CloudWatch::Alarm") {
        assert!(properties.get("AlarmActions").is_none(), "{alarm} pages beside what it is a part of");
        let part = format!("ALARM(\"${{{alarm}}}\")");
        let of = pages.iter().filter(|(_, page)| plain(&page["AlarmRule"]).as_str().unwrap().contains(&part));
        assert_eq!(of.count(), 1, "{alarm} is to page once");
    }
}

/// By which parameters the alarms and dashboards know of a template's outputs.
fn parameters(root: &Value) -> BTreeMap<String, String> {
    let parameters = root["Resources"]["Observability"]["Properties"]["Parameters"].as_mapping().unwrap();
    let named = parameters.iter().map(|(name, value)| {
        let output = match plain(value) {
            Value::Sequence(of) => of[1..].iter().find_map(|part| plain(part).as_sequence()?.get(1)).cloned(),
            value => Some(value.clone()),
        };
        let output = output.as_ref().map(|output| plain(output).as_str().unwrap().to_owned());
        (output.unwrap(), name.as_str().unwrap().to_owned())
    });
    named.collect()
}

#[test]
fn every_queue_api_and_stream_is_shown_and_watched() {
    let template = template();
    let root: Value = serde_yaml_ng::from_str(&support::read("template.yaml")).unwrap();
    let parameters = parameters(&root);
    let of = |all: &[(String, Shown)], metric: &str, dimension: &str| -> BTreeSet<String> {
        let found = all.iter().filter(|(_, shown)| shown.metric == metric);
        found.filter_map(|(_, shown)| shown.parameter(dimension).map(str::to_owned)).collect()
    };
    let (shown, watched) = (all_shown(&template), all_watched(&template));
    let waiting = "ApproximateNumberOfMessagesVisible";
    let (seen, dead) = (of(&shown, waiting, "QueueName"), of(&watched, waiting, "QueueName"));
    let aged = of(&watched, "ApproximateAgeOfOldestMessage", "QueueName");
    let (answers, failing) = (of(&shown, "Count", "ApiId"), of(&watched, "5xx", "ApiId"));
    let behind = of(&watched, "IteratorAge", "FunctionName");
    for (stack, resource) in root["Resources"].as_mapping().unwrap() {
        let Some(path) = resource["Properties"]["TemplateURL"].as_str() else { continue };
        let stack = stack.as_str().unwrap();
        let parameter = |output: &str| {
            let known = parameters.get(&format!("{stack}.Outputs.{output}"));
            known.unwrap_or_else(|| panic!("{path}: {output} is not among Observability's parameters"))
        };
        let nested: Value = serde_yaml_ng::from_str(&support::read(path)).unwrap();
        for (queue, _) in resources(&nested, "AWS::SQS::Queue") {
            let name = parameter(&format!("{queue}Url"));
            assert!(seen.contains(name), "nobody sees {queue}");
            let is_watched = if queue.ends_with("DeadLetters") || queue.ends_with("Failures") {
                dead.contains(name)
            } else {
                aged.contains(name) || PATIENT.contains(&queue.as_str())
            };
            assert!(is_watched, "no alarm watches {queue}");
        }
        if !resources(&nested, "AWS::Serverless::HttpApi").is_empty() {
            let api = parameter("ApiId");
            assert!(
                answers.contains(api) && failing.contains(api),
                "{path}: its API is not shown and watched"
            );
        }
        for (function, properties) in resources(&nested, "AWS::Serverless::Function") {
            let mut events = properties["Events"].as_mapping().into_iter().flatten();
            if events.any(|(_, event)| event["Type"] == "DynamoDB") {
                assert!(
                    behind.contains(parameter(&format!("{function}Name"))),
                    "no alarm watches {function}"
                );
            }
        }
    }
}

#[test]
fn widgets_stand_side_by_side() {
    for (dashboard, body) in dashboards(&template()) {
        let mut taken = BTreeSet::new();
        for widget in widgets(&body) {
            let of = |name: &str| widget[name].as_u64().unwrap();
            assert!(of("x") + of("width") <= COLUMNS, "{dashboard}: {}", widget["properties"]["title"]);
            for x in of("x")..of("x") + of("width") {
                for y in of("y")..of("y") + of("height") {
                    assert!(taken.insert((x, y)), "{dashboard}: two widgets at {x}, {y}");
                }
            }
        }
    }
}
