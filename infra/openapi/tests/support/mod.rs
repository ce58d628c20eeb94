//! The stack's templates, as the tests read them.
#![allow(dead_code, reason = "each test file takes what it needs")]

pub mod observability;

use std::path::Path;

use serde_yaml_ng::Value;

/// The workspace's root.
pub const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// A file's text.
pub fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(ROOT).join(path)).unwrap()
}

/// The root template's nested templates by their paths, parsed.
pub fn templates() -> Vec<(String, Value)> {
    let root: Value = serde_yaml_ng::from_str(&read("template.yaml")).unwrap();
    let stacks = root["Resources"].as_mapping().unwrap().values();
    let nested = stacks.filter(|resource| resource["Type"] == "AWS::CloudFormation::Stack").map(|stack| {
        let path = stack["Properties"]["TemplateURL"].as_str().unwrap();
        (path.to_owned(), serde_yaml_ng::from_str(&read(path)).unwrap())
    });
    nested.collect()
}

/// All functions of all templates, by their names there.
pub fn functions() -> Vec<(String, Value)> {
    let mut functions = vec![];
    for (_, template) in templates() {
        for (name, resource) in template["Resources"].as_mapping().unwrap() {
            if resource["Type"] == "AWS::Serverless::Function" {
                functions.push((name.as_str().unwrap().to_owned(), resource.clone()));
            }
        }
    }
    functions
}
