//! How the stack gets to AWS: gradually, beside other environments, by steps that anybody can take by hand.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use serde_yaml_ng::Value;

/// What a thing is called, in the properties of the kinds of things that the templates have.
const NAMES: [&str; 15] = [
    "AlarmName",
    "BackupPlanName",
    "BackupVaultName",
    "BucketName",
    "DashboardName",
    "FunctionName",
    "LogGroupName",
    "Name",
    "QueueName",
    "RoleName",
    "RuleName",
    "ScheduleName",
    "TableName",
    "TopicName",
    "UserPoolName",
];
/// Kinds of things whose names nobody else has: the address of a shop is that shop's, and a stage is its API's.
const NAMED_BY_WHAT_THEY_ARE_IN: [&str; 2] = ["AWS::Route53::RecordSet", "AWS::ApiGatewayV2::Stage"];

/// All templates that are deployed, by their paths.
fn deployed() -> Vec<(String, Value)> {
    let alone = ["template.yaml", "infra/edge.yaml", "infra/deploy-role.yaml"]
        .map(|path| (path.to_owned(), serde_yaml_ng::from_str(&support::read(path)).unwrap()));
    support::templates().into_iter().chain(alone).collect()
}

/// A value without the tag it may have, such as `!Sub`.
fn untagged(value: &Value) -> &Value {
    if let Value::Tagged(tagged) = value { &tagged.value } else { value }
}

/// The values that name something: of properties themselves, of what configures a thing, and of a function's schedules.
fn names(properties: &Value) -> Vec<&Value> {
    let mut found = vec![];
    for (key, value) in properties.as_mapping().into_iter().flatten() {
        let key = key.as_str().unwrap();
        if NAMES.contains(&key) {
            found.push(value);
        } else if key.ends_with("Config") {
            found.extend(names(value));
        } else if key == "Events" {
            let events = value.as_mapping().into_iter().flat_map(serde_yaml_ng::Mapping::values);
            found.extend(events.flat_map(|event| names(&event["Properties"])));
        }
    }
    found
}

/// Whether no other environment calls anything so.
fn is_of_one_environment(name: &Value) -> bool {
    let text = untagged(name).as_str().unwrap_or_default();
    ["AWS::StackName", "${Environment}", "${Prefix}", "${Stage}"].into_iter().any(|part| text.contains(part))
        // What a template is given as a name comes from the root template, which makes it of the stack's.
        || matches!(name, Value::Tagged(tagged) if tagged.tag == "Ref")
}

#[test]
fn environments_in_one_account_have_names_of_their_own() {
    let mut seen = 0;
    for (path, template) in deployed() {
        for (id, resource) in template["Resources"].as_mapping().unwrap() {
            if NAMED_BY_WHAT_THEY_ARE_IN.iter().any(|kind| resource["Type"] == *kind) {
                continue;
            }
            for name in names(&resource["Properties"]) {
                seen += 1;
                assert!(
                    is_of_one_environment(name),
                    "{path}: {id:?} is called {name:?} in every environment"
                );
            }
        }
        for (id, output) in template["Outputs"].as_mapping().into_iter().flatten() {
            assert!(
                output.get("Export").is_none(),
                "{path}: {id:?} is exported, by one name for the account"
            );
        }
    }
    assert!(seen > 20, "only {seen} names were found");
}

#[test]
fn functions_behind_an_api_are_replaced_gradually() {
    let root: Value = serde_yaml_ng::from_str(&support::read("template.yaml")).unwrap();
    let (mut stacks, mut watched) = (BTreeSet::new(), BTreeSet::new());
    for (path, template) in support::templates() {
        let has_api = template["Resources"].as_mapping().unwrap().values();
        if !has_api.into_iter().any(|resource| resource["Type"] == "AWS::Serverless::HttpApi") {
            continue;
        }
        let all = &template["Globals"]["Function"];
        assert_eq!(all["AutoPublishAlias"], "live", "{path}");
        // Without it, a change of nothing but the settings would stay unseen behind the alias.
        assert_eq!(all["AutoPublishAliasAllProperties"], true, "{path}");
        let preference = &all["DeploymentPreference"];
        assert_eq!(untagged(&preference["Enabled"]), "GradualDeployment", "{path}");
        assert_eq!(untagged(&preference["Alarms"][0]), "DeploymentAlarm", "{path}");
        let stack = root["Resources"].as_mapping().unwrap().iter().find_map(|(id, resource)| {
            (resource["Properties"]["TemplateURL"] == path.as_str()).then(|| id.as_str().unwrap().to_owned())
        });
        stacks.insert(stack.unwrap());
    }
    let alarm = &root["Resources"]["DeploymentErrors"]["Properties"];
    for metric in alarm["Metrics"].as_sequence().unwrap() {
        if let Some(dimensions) = metric["MetricStat"]["Metric"]["Dimensions"].as_sequence() {
            let api = untagged(&dimensions[0]["Value"]).as_str().unwrap();
            watched.insert(api.strip_suffix(".Outputs.ApiId").unwrap().to_owned());
        }
    }
    assert!(stacks.len() > 5, "{stacks:?}");
    assert_eq!(watched, stacks, "the alarm that takes a deployment back watches every API");
}

#[test]
fn only_the_description_of_the_api_may_write_styles_into_its_page() {
    let site = support::templates().into_iter().find(|(path, _)| path == "infra/site.yaml").unwrap().1;
    let mut policies = 0;
    for (id, resource) in site["Resources"].as_mapping().unwrap() {
        let headers = &resource["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"];
        let Some(policy) = headers.get("ContentSecurityPolicy") else { continue };
        policies += 1;
        let policy = untagged(&policy["ContentSecurityPolicy"]).as_str().unwrap();
        assert!(policy.contains("default-src 'none'"), "{id:?}: {policy}");
        let loose = policy.split(';').filter(|directive| directive.contains("'unsafe-")).collect::<Vec<_>>();
        let expected: &[&str] =
            if id == "DocsHeaders" { &[" style-src 'self' 'unsafe-inline'"] } else { &[] };
        assert_eq!(loose, expected, "{id:?}");
    }
    assert_eq!(policies, 3);
}

#[test]
fn the_site_is_sent_small_and_by_the_newest_protocol() {
    let site = support::templates().into_iter().find(|(path, _)| path == "infra/site.yaml").unwrap().1;
    let distribution = &site["Resources"]["Distribution"]["Properties"]["DistributionConfig"];
    assert_eq!(distribution["HttpVersion"], "http2and3");
    assert_eq!(distribution["DefaultCacheBehavior"]["Compress"], true);
    let reads = &site["Resources"]["PublicReads"]["Properties"]["CachePolicyConfig"];
    assert_eq!(reads["ParametersInCacheKeyAndForwardedToOrigin"]["EnableAcceptEncodingBrotli"], true);
    // Pictures are compressed as they are.
    for behaviour in distribution["CacheBehaviors"].as_sequence().unwrap() {
        let pictures = behaviour["PathPattern"] == "/media/*";
        assert_eq!(behaviour.get("Compress").is_none(), pictures, "{:?}", behaviour["PathPattern"]);
    }
}

/// What a workflow runs, and which actions it uses.
fn steps(value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Mapping(mapping) => {
            for (key, value) in mapping {
                match (key.as_str(), value.as_str()) {
                    (Some(key @ ("run" | "uses")), Some(text)) => found.push((key.into(), text.into())),
                    _ => steps(value, found),
                }
            }
        }
        Value::Sequence(values) => values.iter().for_each(|value| steps(value, found)),
        _ => {}
    }
}

#[test]
fn workflows_do_what_anybody_can_do_by_hand() {
    let folder = Path::new(support::ROOT).join(".github/workflows");
    let mut found = vec![];
    for file in std::fs::read_dir(folder).unwrap() {
        let workflow = std::fs::read_to_string(file.unwrap().path()).unwrap();
        steps(&serde_yaml_ng::from_str(&workflow).unwrap(), &mut found);
    }
    for (kind, text) in &found {
        if kind == "run" {
            let known = ["make ", "bash .ci/run", "gh release create "];
            assert!(known.into_iter().any(|start| text.starts_with(start)) && !text.contains('\n'), "{text}");
        } else if !text.starts_with("./") {
            // A tag can be moved to other code, a commit cannot.
            let commit = text.rsplit_once('@').unwrap().1;
            assert!(commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()), "{text}");
        }
    }
    assert!(found.len() > 15, "{found:?}");
}
