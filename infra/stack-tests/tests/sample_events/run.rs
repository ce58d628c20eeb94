//! One call of a function's program, outside of any stack.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use stack_tests::wait_for;
use wiremock::matchers::{body_string_contains, header, method, path_regex};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const RUNTIME: &str = "^/2018-06-01/runtime/";
/// How many seconds a call may take.
const LONGEST: u64 = 30;
/// Longer than any call: there is no second event.
const NEVER: Duration = Duration::from_mins(10);

/// What came of a call.
pub struct Ran {
    /// What the function answered, or the error that it ended with.
    pub answer: String,
    /// What it asked the cloud for.
    pub calls: Vec<Call>,
    /// What it logged.
    pub log: String,
}

/// A request to the cloud.
pub struct Call {
    /// Whether it is made for every event, also for one that was not understood: the run's result, a message's pause, and
    /// the look-up of a partner's key.
    pub is_bookkeeping: bool,
}

/// Gives a program one event, and waits for its answer.
pub async fn run(program: &Path, variables: &BTreeMap<String, String>, event: &Value) -> Ran {
    let server = MockServer::start().await;
    let next = || Mock::given(method("GET")).and(path_regex(format!("{RUNTIME}invocation/next$")));
    let first = ResponseTemplate::new(200)
        .insert_header("lambda-runtime-aws-request-id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd")
        .insert_header("lambda-runtime-deadline-ms", deadline())
        .insert_header(
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:eu-west-2:000000000000:function:sample",
        )
        .set_body_json(event);
    next().respond_with(first).up_to_n_times(1).with_priority(1).mount(&server).await;
    next().respond_with(ResponseTemplate::new(200).set_delay(NEVER)).with_priority(2).mount(&server).await;
    let taken = Mock::given(path_regex(RUNTIME)).respond_with(ResponseTemplate::new(202));
    taken.with_priority(3).mount(&server).await;
    let key = Mock::given(header("x-amz-target", "DynamoDB_20120810.GetItem"))
        .and(body_string_contains("PARTNERKEY#"));
    key.respond_with(partner_key).with_priority(4).mount(&server).await;
    let refused = json!({ "__type": "ValidationException", "message": "this cloud refuses everything" });
    let everything =
        Mock::given(path_regex("")).respond_with(ResponseTemplate::new(400).set_body_json(refused));
    everything.with_priority(5).mount(&server).await;

    let address = server.address().to_string();
    let mut process = Command::new(program)
        .env_clear()
        .envs(variables)
        .env("RUST_LOG", "info")
        .env("AWS_LAMBDA_RUNTIME_API", &address)
        .env("AWS_ENDPOINT_URL", format!("http://{address}"))
        .env("AWS_REGION", "eu-west-2")
        .env("AWS_ACCESS_KEY_ID", "none")
        .env("AWS_SECRET_ACCESS_KEY", "none")
        .env("AWS_LAMBDA_FUNCTION_NAME", "sample")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
        .env("AWS_LAMBDA_LOG_GROUP_NAME", "sample")
        .env("AWS_LAMBDA_LOG_STREAM_NAME", "sample")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    let answer = wait_for(&format!("{} answers", program.display()), LONGEST, async || {
        let requests = server.received_requests().await.unwrap();
        let answered = requests.iter().find(|one| one.method.as_str() == "POST" && is_runtime(one));
        answered.map(|answered| String::from_utf8_lossy(&answered.body).into_owned())
    })
    .await;
    let requests = server.received_requests().await.unwrap();
    process.kill().unwrap();
    process.wait().unwrap();
    let mut log = String::new();
    process.stdout.take().unwrap().read_to_string(&mut log).unwrap();
    let calls = requests.iter().filter(|request| !is_runtime(request));
    let runs = variables.get("OPERATIONS_TABLE").map(String::as_str);
    Ran {
        answer,
        calls: calls.map(|call| Call { is_bookkeeping: is_bookkeeping(call, runs) }).collect(),
        log,
    }
}

fn deadline() -> String {
    (jiff::Timestamp::now().as_millisecond() + 60_000).to_string()
}

fn is_runtime(request: &Request) -> bool {
    request.url.path().starts_with("/2018-06-01/runtime/")
}

fn is_bookkeeping(request: &Request, runs: Option<&str>) -> bool {
    let target =
        request.headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let body = String::from_utf8_lossy(&request.body);
    let writes_run = target.ends_with(".PutItem") && runs.is_some_and(|table| body.contains(table));
    let looks_up_key = !target.ends_with(".TransactWriteItems") && body.contains("PARTNERKEY#");
    writes_run || target.ends_with(".ChangeMessageVisibility") || looks_up_key
}

/// The key that the events of partners show is a good one.
fn partner_key(request: &Request) -> ResponseTemplate {
    let asked: Value = serde_json::from_slice(&request.body).unwrap();
    let id = asked["Key"]["pk"]["S"].as_str().unwrap().trim_start_matches("PARTNERKEY#");
    let text = |text: &str| json!({ "S": text });
    let data = json!({
        "id": text(id),
        "name": text("Calder & Sons"),
        "scopes": { "L": [text("catalog:read"), text("orders:write")] },
        "createdAt": text("2026-11-01T00:00:00Z"),
        "createdBy": text("ada@example.org"),
    });
    let now = jiff::Timestamp::now().as_second().to_string();
    ResponseTemplate::new(200).set_body_json(json!({ "Item": {
        "pk": asked["Key"]["pk"],
        "sk": asked["Key"]["sk"],
        "version": { "N": "1" },
        "data": { "M": data },
        "hash": text(&URL_SAFE_NO_PAD.encode(Sha256::digest("A".repeat(43)))),
        // So that its use is not noted again.
        "lastUsedAt": { "N": now },
    } }))
}
