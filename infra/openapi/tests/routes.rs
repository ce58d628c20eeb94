//! The routes in the template, in the code and in the document are the same.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::collections::BTreeSet;
use std::path::Path;

use serde_yaml_ng::Value;

/// A method and a path.
type Route = (String, String);

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(ROOT).join(path)).unwrap()
}

fn documented(document: &serde_json::Value) -> BTreeSet<Route> {
    let paths = document["paths"].as_object().unwrap();
    let methods = |(path, item): (&String, &serde_json::Value)| {
        let methods: Vec<_> =
            item.as_object().unwrap().keys().map(|m| (m.to_uppercase(), path.clone())).collect();
        methods
    };
    paths.iter().flat_map(methods).collect()
}

#[test]
fn the_template_has_the_routes_of_the_code_and_no_others() {
    let template: Value = serde_yaml_ng::from_str(&read("template.yaml")).unwrap();
    let mut routed = BTreeSet::new();
    for (_, resource) in template["Resources"].as_mapping().unwrap() {
        let Some(events) = resource["Properties"].get("Events").and_then(Value::as_mapping) else { continue };
        for (_, event) in events.iter().filter(|(_, event)| event["Type"] == "HttpApi") {
            let property = |name: &str| event["Properties"][name].as_str().unwrap().to_owned();
            routed.insert((property("Method").to_uppercase(), property("Path")));
        }
    }
    let code = serde_json::to_value(openapi::document()).unwrap();
    assert_eq!(routed, documented(&code));
}

#[test]
fn the_published_document_is_the_code_s() {
    let published: serde_json::Value = serde_json::from_str(&read("docs/openapi.json")).unwrap();
    let code = serde_json::to_value(openapi::document()).unwrap();
    assert_eq!(published, code, "run `make openapi`");
}

#[test]
fn every_route_has_a_function_of_its_own_binary() {
    let template: Value = serde_yaml_ng::from_str(&read("template.yaml")).unwrap();
    let mut binaries = BTreeSet::new();
    for (_, resource) in template["Resources"].as_mapping().unwrap() {
        if resource["Type"] == "AWS::Serverless::Function" {
            let binary = resource["Metadata"]["BuildProperties"]["Binary"].as_str().unwrap().to_owned();
            assert!(binaries.insert(binary.clone()), "{binary} serves two functions");
        }
    }
    let mut sources = BTreeSet::new();
    for context in std::fs::read_dir(Path::new(ROOT).join("functions")).unwrap() {
        for source in std::fs::read_dir(context.unwrap().path().join("src/bin")).unwrap() {
            sources.insert(source.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned());
        }
    }
    assert_eq!(binaries, sources);
}
