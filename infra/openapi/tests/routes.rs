//! The routes in the templates, in the code and in the document are the same.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_yaml_ng::Value;
use support::{ROOT, read};

/// A method and a path.
type Route = (String, String);

fn documented(document: &serde_json::Value) -> BTreeSet<Route> {
    let paths = document["paths"].as_object().unwrap();
    let methods = |(path, item): (&String, &serde_json::Value)| {
        let methods: Vec<_> =
            item.as_object().unwrap().keys().map(|m| (m.to_uppercase(), path.clone())).collect();
        methods
    };
    paths.iter().flat_map(methods).collect()
}

/// The routes of a template's resources.
fn routed(template: &Value) -> Vec<Route> {
    let mut routes = vec![];
    for resource in template["Resources"].as_mapping().unwrap().values() {
        let Some(events) = resource["Properties"].get("Events").and_then(Value::as_mapping) else { continue };
        for event in events.values().filter(|event| event["Type"] == "HttpApi") {
            let property = |name: &str| event["Properties"][name].as_str().unwrap().to_owned();
            assert!(
                event["Properties"].get("Auth").is_none(),
                "{}: its API says who may call it",
                property("Path")
            );
            routes.push((property("Method").to_uppercase(), property("Path")));
        }
    }
    routes
}

#[test]
fn the_templates_have_the_routes_of_the_code_and_no_others() {
    let routes: Vec<_> = support::templates().iter().flat_map(|(_, template)| routed(template)).collect();
    let distinct: BTreeSet<_> = routes.iter().cloned().collect();
    assert_eq!(routes.len(), distinct.len(), "two functions serve one route");
    let code = documented(&serde_json::to_value(openapi::document()).unwrap());
    let differing: Vec<_> = distinct.symmetric_difference(&code).collect();
    assert!(differing.is_empty(), "only the templates or only the code have {differing:?}");
}

#[test]
fn the_published_document_is_the_code_s() {
    let published: serde_json::Value = serde_json::from_str(&read("docs/openapi.json")).unwrap();
    let code = serde_json::to_value(openapi::document()).unwrap();
    assert_eq!(published, code, "run `make openapi`");
}

#[test]
fn routes_of_somebody_s_own_are_behind_an_authorizer_and_no_others_are() {
    for (path, template) in support::templates() {
        let auth = &template["Resources"]["Api"]["Properties"]["Auth"];
        let is_guarded = !auth["Authorizers"][&auth["DefaultAuthorizer"]].is_null();
        for (method, route) in routed(&template) {
            let is_own = ["/api/me", "/api/console"]
                .iter()
                .any(|prefix| route == *prefix || route.starts_with(&format!("{prefix}/")));
            assert_eq!(is_own, is_guarded, "{path}: {method} {route}");
        }
    }
}

/// What the distribution sends each path to, in its order.
fn behaviours(site: &Value) -> Vec<(String, String)> {
    let configuration = &site["Resources"]["Distribution"]["Properties"]["DistributionConfig"];
    let text = |behaviour: &Value, name: &str| behaviour[name].as_str().unwrap().to_owned();
    let behaviours = configuration["CacheBehaviors"].as_sequence().unwrap().iter();
    behaviours.map(|behaviour| (text(behaviour, "PathPattern"), text(behaviour, "TargetOriginId"))).collect()
}

#[test]
fn the_distribution_sends_each_route_to_the_api_that_has_it() {
    let templates: BTreeMap<_, _> = support::templates().into_iter().collect();
    let behaviours = behaviours(&templates["infra/site.yaml"]);
    for (path, template) in &templates {
        let own = Path::new(path).file_stem().unwrap().to_str().unwrap();
        for (method, route) in routed(template) {
            let matched = behaviours.iter().find(|(pattern, _)| match pattern.strip_suffix('*') {
                Some(stem) => route.starts_with(stem),
                None => route == *pattern,
            });
            assert_eq!(matched.map(|(_, origin)| origin.as_str()), Some(own), "{method} {route}");
        }
    }
}

#[test]
fn every_route_has_a_function_of_its_own_binary() {
    let (mut names, mut binaries) = (BTreeSet::new(), BTreeSet::new());
    for (name, function) in support::functions() {
        let binary = function["Metadata"]["BuildProperties"]["Binary"].as_str().unwrap().to_owned();
        assert_eq!(name.to_lowercase(), binary.replace('-', ""), "a function is called as its binary");
        assert!(binaries.insert(binary.clone()), "{binary} serves two functions");
        assert!(names.insert(name.clone()), "two functions are called {name}");
    }
    let mut sources = BTreeSet::new();
    for context in std::fs::read_dir(Path::new(ROOT).join("functions")).unwrap() {
        for source in std::fs::read_dir(context.unwrap().path().join("src/bin")).unwrap() {
            sources.insert(source.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned());
        }
    }
    assert_eq!(binaries, sources);
}
