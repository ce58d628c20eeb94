//! What calls the functions, as the templates say it.

use std::path::Path;

use serde_yaml_ng::Value;

use crate::error::SampleError;

/// What calls a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caller {
    /// A route of an HTTP API.
    Http,
    /// A queue.
    Queue,
    /// A schedule.
    Schedule,
    /// A route of a WebSocket API.
    Socket,
    /// A table's stream.
    Stream,
    /// A bucket that something was put into.
    Upload,
}

impl Caller {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Http, Self::Queue, Self::Schedule, Self::Socket, Self::Stream, Self::Upload];

    /// The folder of its events.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Queue => "queue",
            Self::Schedule => "schedule",
            Self::Socket => "socket",
            Self::Stream => "stream",
            Self::Upload => "upload",
        }
    }

    /// As the templates call it.
    fn of_event(event: &str) -> Option<Self> {
        match event {
            "HttpApi" => Some(Self::Http),
            "SQS" => Some(Self::Queue),
            "ScheduleV2" => Some(Self::Schedule),
            "DynamoDB" => Some(Self::Stream),
            "S3" => Some(Self::Upload),
            _ => None,
        }
    }
}

/// That something calls a function.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    /// What.
    pub caller: Caller,
    /// Which: its binary's name.
    pub function: String,
}

/// All calls of the functions of the templates below `root`, the workspace's folder; each once, in order.
pub fn calls(root: &Path) -> Result<Vec<Call>, SampleError> {
    let mut calls = vec![];
    for path in nested(&read(root, "template.yaml")?) {
        let template = read(root, &path)?;
        let has_socket =
            resources(&template).any(|(_, resource)| resource["Type"] == "AWS::ApiGatewayV2::Api");
        for (name, resource) in
            resources(&template).filter(|(_, one)| one["Type"] == "AWS::Serverless::Function")
        {
            let fault = |reason: &str| SampleError::Template {
                path: path.clone(),
                reason: format!("{name}: {reason}"),
            };
            let binary = resource["Metadata"]["BuildProperties"]["Binary"].as_str();
            let function = binary.ok_or_else(|| fault("it has no binary"))?;
            let events: Vec<_> = members(&resource["Properties"]["Events"]).collect();
            // SAM has no words for the routes of a WebSocket API: they are resources beside the function.
            if events.is_empty() && has_socket {
                calls.push(Call { caller: Caller::Socket, function: function.to_owned() });
            }
            for (_, event) in events {
                let kind = event["Type"].as_str().unwrap_or_default();
                let caller = Caller::of_event(kind)
                    .ok_or_else(|| fault(&format!("events of type `{kind}` are unknown")))?;
                calls.push(Call { caller, function: function.to_owned() });
            }
        }
    }
    calls.sort();
    calls.dedup();
    Ok(calls)
}

fn read(root: &Path, path: &str) -> Result<Value, SampleError> {
    let fault = |reason: String| SampleError::Template { path: path.to_owned(), reason };
    let text = std::fs::read_to_string(root.join(path)).map_err(|error| fault(error.to_string()))?;
    serde_yaml_ng::from_str(&text).map_err(|error| fault(error.to_string()))
}

fn nested(root: &Value) -> Vec<String> {
    let stacks = resources(root).filter(|(_, resource)| resource["Type"] == "AWS::CloudFormation::Stack");
    stacks.filter_map(|(_, stack)| stack["Properties"]["TemplateURL"].as_str().map(str::to_owned)).collect()
}

fn resources(template: &Value) -> impl Iterator<Item = (&str, &Value)> {
    members(&template["Resources"])
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_mapping().into_iter().flatten().filter_map(|(name, value)| Some((name.as_str()?, value)))
}
