//! The operators' routes: what workers did, schedules that are changed and run, dead letters that go back or go.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use domain::{CustomerId, OrderId};
use events::DeletionMessage;
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::stack::event;
use stack_tests::{Answer, Shopper, SignedIn, Stack, wait_for};
use ulid::Ulid;

/// The runs that are about something, the newest first.
async fn runs_about(staff: &SignedIn, about: &str) -> Vec<Value> {
    let path = format!("/console/operations/runs?limit=100&about={about}");
    staff.get(&path).await.expect(200)["items"].as_array().unwrap().clone()
}

/// Waits for a run that is about something.
async fn run_about(staff: &SignedIn, about: &str, fits: impl Fn(&Value) -> bool) -> Value {
    wait_for(&format!("a run about {about}"), 60, async || {
        runs_about(staff, about).await.into_iter().find(&fits)
    })
    .await
}

async fn schedule(staff: &SignedIn, name: &str) -> Value {
    let listed = staff.get("/console/operations/schedules").await.expect(200);
    let schedules = listed["items"].as_array().unwrap();
    schedules.iter().find(|schedule| schedule["name"] == name).unwrap().clone()
}

async fn update(staff: &SignedIn, name: &str, version: &Value, body: &Value) -> Answer {
    let request = staff.request(Method::PUT, &format!("/console/operations/schedules/{name}"));
    staff.send(request.header("If-Match", format!("\"{version}\"")).json(body)).await
}

async fn queue(staff: &SignedIn, name: &str) -> Value {
    let listed = staff.get("/console/operations/queues").await.expect(200);
    listed["items"].as_array().unwrap().iter().find(|queue| queue["name"] == name).unwrap().clone()
}

/// The id of a customer whom there is not.
fn nobody() -> CustomerId {
    CustomerId::parse("00000000-0000-4000-8000-000000000000").unwrap()
}

/// The messages of a queue of dead letters that hold `mark`.
async fn letters(staff: &SignedIn, queue: &str, mark: &str) -> Vec<Value> {
    let listed = staff.get(&format!("/console/operations/queues/{queue}/messages")).await.expect(200);
    let items = listed["items"].as_array().unwrap().iter();
    items.filter(|letter| letter["body"].as_str().unwrap().contains(mark)).cloned().collect()
}

async fn wait_for_letter(staff: &SignedIn, queue: &str, mark: &str) -> Value {
    wait_for(&format!("{mark} is in {queue}"), 60, async || {
        letters(staff, queue, mark).await.into_iter().next()
    })
    .await
}

#[tokio::test]
async fn every_worker_leaves_a_result() {
    let stack = Stack::connect().await;
    let staff = stack.operator().await;
    let product = stack.product(1, 5).await;
    // Nobody offers it: the order is planned, and needs attention.
    let order = Shopper::new(&stack).buy(&[(&product.skus[0], 1)]).await;
    let id = order.id.to_string();
    let planned = run_about(&staff, &id, |run| run["worker"] == "plan-order").await;
    assert_eq!((&planned["outcome"], &planned["cause"]), (&json!("done"), &json!("message")));
    assert!(planned["tookMs"].is_u64() && planned["waitedMs"].is_u64(), "{planned}");
    assert_eq!((&planned["attempt"], &planned["error"]), (&json!(1), &Value::Null));

    // An order that is not there fails, and the failure says so.
    let missing = OrderId::generate();
    stack.send("PlanningQueueUrl", event("OrderPaid", missing)).await;
    let failed = run_about(&staff, &missing.to_string(), |run| run["outcome"] == "failed").await;
    assert!(failed["error"].as_str().unwrap().contains(&missing.to_string()), "{failed}");
    let day = &failed["startedAt"].as_str().unwrap()[..10];
    for path in [
        format!("/console/operations/runs?failed=true&day={day}&about={missing}"),
        format!("/console/operations/runs?failed=true&about={missing}"),
        format!("/console/operations/runs?worker=plan-order&failed=true&about={missing}"),
        format!("/console/operations/runs?worker=plan-order&day={day}&about={missing}"),
    ] {
        let found = staff.get(&path).await.expect(200);
        assert!(found["items"].as_array().unwrap().contains(&failed), "{path}: {found}");
    }
    for path in [
        format!("/console/operations/runs?worker=sync-supplier&about={missing}"),
        format!("/console/operations/runs?day=2026-01-01&about={missing}"),
    ] {
        assert_eq!(staff.get(&path).await.expect(200)["items"], json!([]), "{path}");
    }
}

#[tokio::test]
async fn runs_come_in_pages_without_gaps() {
    let stack = Stack::connect().await;
    let staff = stack.operator().await;
    let mark = format!("run-{}", Ulid::generate());
    // Seven ticks, each of which can be told from others by its request.
    join_all((0..7).map(|n| {
        let call = json!({ "runNow": format!("{mark}-{n}") }).to_string();
        let request = stack.lambda.invoke().function_name(stack.function("PollSuppliers"));
        request.payload(aws_sdk_lambda::primitives::Blob::new(call)).send()
    }))
    .await
    .into_iter()
    .for_each(|answer| assert!(answer.unwrap().function_error().is_none()));
    let (mut seen, mut cursor) = (Vec::new(), None::<String>);
    for _ in 0..100 {
        let after = cursor.take().map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let path = format!("/console/operations/runs?worker=poll-suppliers&limit=3{after}");
        let page = staff.get(&path).await.expect(200);
        seen.extend(page["items"].as_array().unwrap().clone());
        let ours =
            seen.iter().filter(|run| run["requestId"].as_str().is_some_and(|id| id.starts_with(&mark)));
        cursor = page["nextCursor"].as_str().map(str::to_owned);
        if ours.count() == 7 || cursor.is_none() {
            break;
        }
    }
    let ids: Vec<_> = seen.iter().map(|run| run["id"].as_str().unwrap()).collect();
    assert!(ids.is_sorted_by(|a, b| a > b), "the newest first, each once: {ids:?}");
    let ours = seen.iter().filter(|run| run["requestId"].as_str().is_some_and(|id| id.starts_with(&mark)));
    assert_eq!(ours.count(), 7);
}

#[tokio::test]
async fn a_schedule_is_changed_paused_and_run() {
    let stack = Stack::connect().await;
    let (staff, admin) = (stack.operator().await, stack.admin().await);
    // Once a day: nothing else in the tests waits for it.
    let name = "sweep-media";
    let before = schedule(&staff, name).await;
    assert_eq!((&before["expression"], &before["state"]), (&json!("rate(1 day)"), &json!("enabled")));
    assert!(before["nextRunAt"].is_string(), "{before}");
    let changed = json!({ "expression": "cron(30 4 * * ? *)", "state": "paused" });
    let paused = update(&staff, name, &before["version"], &changed).await.expect(200);
    assert_eq!((&paused["state"], &paused["nextRunAt"]), (&json!("paused"), &Value::Null));
    assert_eq!(paused["expression"], "cron(30 4 * * ? *)");
    assert_eq!(paused["description"], before["description"], "what was not changed stays");
    let outdated = update(&staff, name, &before["version"], &changed).await.expect(412);
    assert_eq!(outdated["current"]["version"], paused["version"]);
    let wrong = update(&staff, name, &paused["version"], &json!({ "expression": "every day" })).await;
    assert_eq!((wrong.status.as_u16(), wrong.pointers()), (422, vec!["/expression"]));

    // A paused schedule's work can be done all the same.
    let request = staff.request(Method::POST, &format!("/console/operations/schedules/{name}/runs"));
    let asked = staff.send(request).await.expect(202);
    let run = run_about(&staff, asked["requestId"].as_str().unwrap(), |run| run["worker"] == name).await;
    assert_eq!((&run["cause"], &run["outcome"]), (&json!("hand"), &json!("done")));
    assert_eq!(schedule(&staff, name).await["lastRun"]["id"], run["id"]);

    let again = json!({ "expression": before["expression"], "state": "enabled" });
    let again = update(&staff, name, &paused["version"], &again).await.expect(200);
    assert_eq!((&again["expression"], &again["state"]), (&before["expression"], &before["state"]));
    let told = admin.get(&format!("/console/audit?subject=schedule:{name}&limit=10")).await.expect(200);
    let actions: Vec<_> = told["items"].as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert_eq!(actions[..3], ["schedule.updated", "schedule.run", "schedule.updated"]);
    staff.send(staff.request(Method::POST, "/console/operations/schedules/no-such/runs")).await.expect(404);
}

#[tokio::test]
async fn dead_letters_are_looked_at_sent_again_and_thrown_away() {
    let stack = Stack::connect().await;
    let (staff, admin) = (stack.operator().await, stack.admin().await);
    let (again, gone) = (format!("again-{}", Ulid::generate()), format!("gone-{}", Ulid::generate()));
    // Straight among the dead, as if they had failed five times. Nobody of that name is a customer.
    for request_id in [&again, &gone] {
        let message =
            DeletionMessage { customer_id: nobody(), request_id: request_id.clone(), trace_id: None };
        stack.send("DeletionDeadLettersUrl", serde_json::to_value(message).unwrap()).await;
    }
    let name = "deletion-dead-letters";
    let letter = wait_for_letter(&staff, name, &again).await;
    assert_eq!((&letter["requestId"], &letter["whole"]), (&json!(again), &json!(true)));
    // A look leaves it where it is.
    wait_for_letter(&staff, name, &again).await;
    let listed = queue(&staff, "deletion").await;
    assert_eq!((&listed["letters"]["name"], &listed["canRedrive"]), (&json!(name), &json!(true)));
    assert!(listed["letters"]["waiting"].as_u64().unwrap() >= 2, "{listed}");
    assert!(listed["letters"]["oldestSeconds"].is_u64(), "{listed}");
    assert_eq!(listed["work"]["worker"], "delete-customer");

    let redrive = format!("/console/operations/queues/{name}/redrive");
    let ids = json!({ "ids": [letter["id"]] });
    staff.send(staff.request(Method::POST, &redrive).json(&ids)).await.expect(403);
    let moved = admin.send(admin.request(Method::POST, &redrive).json(&ids)).await.expect(200);
    assert_eq!(moved["moved"], 1);
    run_about(&staff, &again, |run| run["worker"] == "delete-customer").await;
    assert_eq!(letters(&staff, name, &again).await, Vec::<Value>::new());

    let letter = wait_for_letter(&staff, name, &gone).await;
    let discard = format!("/console/operations/queues/{name}/messages?id={}", letter["id"].as_str().unwrap());
    staff.send(staff.request(Method::DELETE, &discard)).await.expect(403);
    let discarded = wait_for("the letter is thrown away", 60, async || {
        // Another test may be looking at it just now.
        let answer = admin.send(admin.request(Method::DELETE, &discard)).await;
        (answer.status.as_u16() != 404).then(|| answer.expect(200))
    })
    .await;
    assert_eq!(discarded["discarded"], 1);
    assert_eq!(letters(&staff, name, &gone).await, Vec::<Value>::new());
    let told = admin.get(&format!("/console/audit?subject=queue:{name}&limit=100")).await.expect(200);
    let kept =
        told["items"].as_array().unwrap().iter().any(|entry| {
            entry["action"] == "queue.discarded" && entry["changes"].to_string().contains(&gone)
        });
    assert!(kept, "what was thrown away is kept in the audit trail");
}

#[tokio::test]
async fn a_queue_is_emptied_on_purpose_only_and_never_one_that_a_worker_is_at() {
    let stack = Stack::connect().await;
    let (staff, admin) = (stack.operator().await, stack.admin().await);
    let mark = Ulid::generate().to_string();
    let name = "rebuild-dead-letters";
    stack.send("RebuildDeadLettersUrl", json!({ "mark": mark })).await;
    wait_for_letter(&staff, name, &mark).await;
    let path = format!("/console/operations/queues/{name}/messages");
    for (query, status) in [("", 400), ("?all=true", 400), ("?all=dispatch-dead-letters", 400)] {
        admin.send(admin.request(Method::DELETE, &format!("{path}{query}"))).await.expect(status);
    }
    wait_for_letter(&staff, name, &mark).await;
    admin.send(admin.request(Method::DELETE, &format!("{path}?all={name}"))).await.expect(200);
    assert_eq!(letters(&staff, name, &mark).await, Vec::<Value>::new());
    for queue in ["planning", "dispatch"] {
        let path = format!("/console/operations/queues/{queue}");
        staff.get(&format!("{path}/messages")).await.expect(409);
        admin.send(admin.request(Method::DELETE, &format!("{path}/messages?all={queue}"))).await.expect(409);
        admin
            .send(admin.request(Method::POST, &format!("{path}/redrive")).json(&json!({})))
            .await
            .expect(409);
    }
    let failures = "/console/operations/queues/stream-failures/redrive";
    admin.send(admin.request(Method::POST, failures).json(&json!({}))).await.expect(409);
}
