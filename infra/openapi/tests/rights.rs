//! Least privilege: each function's policy names its actions and its resources, and has no wildcards.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use serde_yaml_ng::Value;

const TEMPLATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../template.yaml");

/// All texts below a value, those behind tags such as `!Sub` too.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Sequence(values) => values.iter().flat_map(texts).collect(),
        Value::Mapping(mapping) => mapping.values().flat_map(texts).collect(),
        Value::Tagged(tagged) => texts(&tagged.value),
        _ => vec![],
    }
}

#[test]
fn every_function_names_what_it_may_do() {
    let template: Value = serde_yaml_ng::from_str(&std::fs::read_to_string(TEMPLATE).unwrap()).unwrap();
    let mut statements = 0;
    for (name, resource) in template["Resources"].as_mapping().unwrap() {
        if resource["Type"] != "AWS::Serverless::Function" {
            continue;
        }
        let policies =
            resource["Properties"]["Policies"].as_sequence().unwrap_or_else(|| panic!("{name:?} has none"));
        for statement in policies.iter().flat_map(|policy| policy["Statement"].as_sequence().unwrap()) {
            statements += 1;
            let (actions, resources) = (texts(&statement["Action"]), texts(&statement["Resource"]));
            assert!(!actions.is_empty() && !resources.is_empty(), "{name:?}");
            for text in actions.iter().chain(&resources) {
                assert!(!text.contains('*'), "{name:?}: {text}");
            }
            for action in actions {
                assert!(!action.starts_with("dynamodb:Scan"), "{name:?}: {action}");
            }
        }
    }
    assert!(statements >= 18, "only {statements} statements were found");
}
