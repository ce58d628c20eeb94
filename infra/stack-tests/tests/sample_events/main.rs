//! Each ready event in `infra/events` is read by the function that it is for. The function's own program is run, with the
//! variables that it is deployed with, between a runtime that gives it that one event and a cloud that refuses everything:
//! so nothing is changed, and whatever asks the cloud for something has understood what it was asked.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

mod run;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use futures::{StreamExt, stream};
use run::{Ran, run};
use serde_json::Value;
use stack_tests::Stack;

const EVENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../events");
/// How many functions run at a time.
const AT_ONCE: usize = 4;
/// Answers to requests that were not understood, or not let in.
const NOT_UNDERSTOOD: [u64; 9] = [400, 401, 403, 404, 405, 413, 415, 422, 428];
/// What workers say of events that they do not understand.
const NO_EVENT: [&str; 2] = ["no message of this queue", "no call that this function knows"];

/// A ready event.
struct Sample {
    folder: String,
    function: String,
    event: Value,
}

fn samples() -> Vec<Sample> {
    let folders = std::fs::read_dir(EVENTS).unwrap().map(|folder| folder.unwrap().path());
    let files =
        folders.flat_map(|folder| std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()));
    let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    files
        .map(|file| Sample {
            folder: name(file.parent().unwrap()),
            function: name(&file),
            event: serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap(),
        })
        .collect()
}

/// The folder into which the functions' programs are built.
fn programs() -> PathBuf {
    let within = Path::new(env!("CARGO_TARGET_TMPDIR")).ancestors();
    within
        .map(|folder| folder.join("lambda"))
        .find(|folder| folder.is_dir())
        .expect("the functions are built")
}

/// The variables of the deployed functions, by the functions' names in the templates, in lower case.
async fn variables(stack: &Stack) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut variables = BTreeMap::new();
    for (name, physical) in &stack.outputs.functions {
        let request = stack.lambda.get_function_configuration().function_name(physical);
        let deployed = request.send().await.unwrap().environment.and_then(|told| told.variables);
        variables.insert(name.to_lowercase(), deployed.unwrap_or_default().into_iter().collect());
    }
    variables
}

/// What is wrong with what came of an event, if anything is.
fn fault(sample: &Sample, ran: &Ran) -> Option<String> {
    if let Some(said) = NO_EVENT.iter().find(|said| ran.log.contains(**said) || ran.answer.contains(**said)) {
        return Some((*said).to_owned());
    }
    let answer: Value = serde_json::from_str(&ran.answer).unwrap_or_default();
    let answers_well = match sample.folder.as_str() {
        "http" => {
            // One that ends with an error has no status.
            let status = answer["statusCode"].as_u64().filter(|status| !NOT_UNDERSTOOD.contains(status));
            let Some(status) = status else { return Some(ran.answer.clone()) };
            status < 300
        }
        "socket" => ran.answer.contains("pong"),
        _ => false,
    };
    let asks = ran.calls.iter().any(|call| !call.is_bookkeeping);
    (!answers_well && !asks).then(|| format!("it asked the cloud for nothing: {} {}", ran.answer, ran.log))
}

#[tokio::test]
async fn every_event_is_understood_by_its_function() {
    let stack = Stack::connect().await;
    let (variables, programs) = (variables(&stack).await, programs());
    let ran = stream::iter(samples()).map(|sample| {
        let told = &variables[&sample.function.replace('-', "")];
        let program = programs.join(&sample.function).join("bootstrap");
        async move {
            let ran = run(&program, told, &sample.event).await;
            fault(&sample, &ran).map(|fault| format!("{}/{}: {fault}", sample.folder, sample.function))
        }
    });
    let results: Vec<_> = ran.buffer_unordered(AT_ONCE).collect().await;
    assert!(results.len() > 100, "only {} events", results.len());
    let faults: Vec<_> = results.into_iter().flatten().collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
