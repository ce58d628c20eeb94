//! Least privilege: each function's policy names its actions and its resources.
//!
//! The only wildcards are at the end of objects' addresses, behind a named bucket and a named folder, and behind the folder
//! of the suppliers', partners' or webhooks' secrets, and the connections of the WebSocket API: what the objects, the suppliers, the
//! partners and the connections are called is not known beforehand.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

mod support;

use serde_yaml_ng::Value;

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

/// Where the secrets are of suppliers, whom operators add, of partners, who want to be told of their orders, and of webhooks,
/// which admins make.
const SECRETS: [&str; 3] = ["${PartnerSecretsArn}/*", "${SupplierSecretsArn}/*", "${WebhookSecretsArn}/*"];

/// The connections of the WebSocket API, whom the browsers make.
const CONNECTIONS: [&str; 2] = [
    "${ExecuteApiArn}:${SocketApi}/live/DELETE/@connections/*",
    "${ExecuteApiArn}:${SocketApi}/live/POST/@connections/*",
];

/// Whether a resource is named: without a wildcard, or as the objects in one folder of one bucket, or as the secrets of
/// suppliers or partners.
fn is_named(resource: &str) -> bool {
    if SECRETS.contains(&resource) || CONNECTIONS.contains(&resource) {
        return true;
    }
    let Some(stem) = resource.strip_suffix('*') else { return !resource.contains('*') };
    let folder = stem
        .strip_prefix("${")
        .and_then(|rest| ["BucketArn}/", "Bucket.Arn}/"].into_iter().find_map(|end| rest.split_once(end)));
    folder.is_some_and(|(bucket, folder)| {
        let is_name = |text: &str, also: char| text.chars().all(|c| c.is_ascii_alphanumeric() || c == also);
        is_name(bucket, '_')
            && folder.len() > 1
            && folder.ends_with('/')
            && is_name(&folder.replace('/', ""), '-')
    })
}

#[test]
fn only_the_objects_in_a_folder_may_go_unnamed() {
    for named in [
        "CatalogTableArn",
        "${CatalogTableArn}/index/gsi1",
        "${UploadsBucketArn}/images/*",
        "${SearchBucket.Arn}/search/*",
        "${SupplierSecretsArn}/*",
    ] {
        assert!(is_named(named), "{named}");
    }
    for unnamed in [
        "*",
        "${UploadsBucketArn}/*",
        "${UploadsBucketArn}/images*",
        "${UploadsBucketArn}/*/*",
        "${UploadsBucketArn}*",
        "${CatalogTableArn}/index/*",
        "${SupplierSecretsArn}*",
        "arn:aws:s3:::*/images/*",
    ] {
        assert!(!is_named(unnamed), "{unnamed}");
    }
}

#[test]
fn every_function_names_what_it_may_do() {
    let functions = support::functions();
    let mut statements = 0;
    for (name, function) in &functions {
        let policies =
            function["Properties"]["Policies"].as_sequence().unwrap_or_else(|| panic!("{name} has none"));
        for policy in policies {
            // A policy template of SAM's or a managed policy has no statements of its own, and says more than is needed.
            for statement in policy["Statement"].as_sequence().unwrap_or_else(|| panic!("{name}: {policy:?}"))
            {
                statements += 1;
                let (actions, resources) = (texts(&statement["Action"]), texts(&statement["Resource"]));
                assert!(!actions.is_empty() && !resources.is_empty(), "{name}");
                for action in actions {
                    assert!(!action.contains('*'), "{name}: {action}");
                    assert!(!action.starts_with("dynamodb:Scan"), "{name}: {action}");
                }
                for resource in resources {
                    assert!(is_named(&resource), "{name}: {resource}");
                }
            }
        }
    }
    assert!(statements >= functions.len(), "only {statements} statements in {} functions", functions.len());
}
