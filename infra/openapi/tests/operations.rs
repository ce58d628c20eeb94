//! What operators see: every queue and every schedule of the templates is among those that their functions are told of.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

mod support;

use serde_yaml_ng::Value;

/// The value of a template's output, without what `!Sub` leaves to fill in.
fn output(template: &Value, name: &str) -> String {
    let value = match &template["Outputs"][name]["Value"] {
        Value::Tagged(tagged) => &tagged.value,
        value => value,
    };
    value.as_str().unwrap_or_default().to_owned()
}

#[test]
fn every_queue_is_listed() {
    let mut queues = 0;
    for (path, template) in support::templates() {
        let listed = output(&template, "Queues");
        for (name, resource) in template["Resources"].as_mapping().unwrap() {
            if resource["Type"] == "AWS::SQS::Queue" {
                queues += 1;
                let name = format!("${{{}}}", name.as_str().unwrap());
                assert!(listed.contains(&name), "{path}: {name} is missing in the output Queues");
            }
        }
    }
    assert!(queues >= 10, "only {queues} queues");
}

#[test]
fn every_schedule_is_listed() {
    let root = support::read("template.yaml");
    let mut schedules = 0;
    for (path, template) in support::templates() {
        let listed = output(&template, "Schedules");
        for (function, resource) in template["Resources"].as_mapping().unwrap() {
            let events = resource["Properties"]["Events"].as_mapping().into_iter().flatten();
            for (event, _) in events.filter(|(_, event)| event["Type"] == "ScheduleV2") {
                schedules += 1;
                let binary = resource["Metadata"]["BuildProperties"]["Binary"].as_str().unwrap();
                let name = format!(r#""name":"{binary}""#);
                let reference = format!("${{{}{}}}", function.as_str().unwrap(), event.as_str().unwrap());
                // One has a name that the root template makes, and is listed there.
                let here = listed.contains(&name) && listed.contains(&reference);
                assert!(here || root.contains(&name), "{path}: {name} is missing in the output Schedules");
            }
        }
    }
    assert!(schedules >= 4, "only {schedules} schedules");
}
