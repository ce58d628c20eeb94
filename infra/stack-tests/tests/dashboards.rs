//! What happens in the shop is on the dashboards, and what goes wrong pages once.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use aws_sdk_sqs::types::QueueAttributeName;
use domain::SupplierId;
use serde_json::{Value, json};
use stack_tests::cloudwatch::CloudWatch;
use stack_tests::{Shopper, Stack, TestSupplier, wait_for};
use ulid::Ulid;

/// What an order adds one to, at least: other tests buy at the same time.
const RISING: [&str; 6] =
    ["CartsCreated", "OrdersPlaced", "OrdersFromCarts", "OrdersPaid", "OrdersFulfilled", "TasksSubmitted"];

async fn of_supplier(cloudwatch: &CloudWatch, metric: &str, statistic: &str, supplier: SupplierId) -> f64 {
    cloudwatch.number(metric, statistic, Some(("Supplier", &supplier.to_string()))).await
}

/// What a dashboard's widget shows last under a label.
fn last(dashboard: &Value, title: &str, label: &str) -> Option<f64> {
    let widgets = dashboard["widgets"].as_array().unwrap();
    let widget = widgets.iter().find(|widget| widget["properties"]["title"] == title).expect(title);
    let series = widget["series"].as_array().unwrap().iter().find(|series| series["label"] == label)?;
    series["points"].as_array().unwrap().last()?[1].as_f64()
}

#[tokio::test]
async fn an_order_moves_the_numbers_of_the_dashboards() {
    let stack = Stack::connect().await;
    let cloudwatch = CloudWatch::of(&stack);
    let mut before = vec![];
    for metric in RISING {
        before.push(cloudwatch.number(metric, "Sum", None).await);
    }
    let revenue = cloudwatch.number("Revenue", "Sum", None).await;

    let shopper = Shopper::new(&stack);
    let product = stack.product(1, 3).await;
    let sku = &product.skus[0];
    let supplier = TestSupplier::new(&stack, 1, &[sku]).await;
    let order = shopper.buy(&[(sku, 3)]).await;
    supplier.fulfil(&stack, &shopper, &order, 60).await;

    for (metric, before) in RISING.into_iter().zip(before) {
        wait_for(&format!("{metric} rises"), 20, async || {
            (cloudwatch.number(metric, "Sum", None).await >= before + 1.0).then_some(())
        })
        .await;
    }
    assert!(cloudwatch.number("Revenue", "Sum", None).await >= revenue + 750.0);
    // The supplier is this test's own: its numbers are exact.
    wait_for("the supplier's task is counted once", 20, async || {
        (of_supplier(&cloudwatch, "TasksCompleted", "Sum", supplier.id).await > 0.0).then_some(())
    })
    .await;
    for metric in ["TasksSubmitted", "TasksCompleted"] {
        assert!(
            (of_supplier(&cloudwatch, metric, "Sum", supplier.id).await - 1.0).abs() < f64::EPSILON,
            "{metric}"
        );
    }
    assert!(of_supplier(&cloudwatch, "SupplierCallTime", "SampleCount", supplier.id).await >= 1.0);
    assert!(of_supplier(&cloudwatch, "SupplierFailures", "Sum", supplier.id).await < 1.0);

    let prefix = stack.output("BusinessDashboard").trim_end_matches("Business");
    let mut drawn = vec![];
    for name in ["Business", "Fulfilment", "Platform"] {
        let dashboard = cloudwatch.dashboard(&format!("{prefix}{name}")).await;
        assert_eq!(dashboard["name"], format!("{prefix}{name}"));
        for widget in dashboard["widgets"].as_array().unwrap() {
            let faults = widget["faults"].as_array();
            assert!(faults.is_none_or(Vec::is_empty), "{name}: {widget}");
            let mut alarms = widget["alarms"].as_array().into_iter().flatten();
            assert!(alarms.all(|alarm| alarm["state"] != "MISSING"), "{name}: {widget}");
        }
        drawn.push(dashboard);
    }
    assert!(last(&drawn[0], "Orders", "placed").unwrap() >= 1.0);
    assert!(last(&drawn[0], "Money", "paid").unwrap() >= 7.5);
    assert!(last(&drawn[1], "Tasks taken", &supplier.id.to_string()).unwrap() >= 1.0);
    assert!(last(&drawn[2], "Requests by API", "shop").unwrap() >= 1.0);
    let (policy, page) = cloudwatch.page().await;
    assert!(policy.contains("default-src 'none'") && !page.contains("//"), "{policy}\n{page}");
}

/// The alarms that were told of as ringing.
async fn pages(stack: &Stack, queue: &str) -> Vec<String> {
    let mut told = vec![];
    loop {
        let request = stack.sqs.receive_message().queue_url(queue).max_number_of_messages(10);
        let messages = request.wait_time_seconds(1).send().await.unwrap().messages.unwrap_or_default();
        if messages.is_empty() {
            return told;
        }
        for message in messages {
            let envelope: Value = serde_json::from_str(message.body().unwrap()).unwrap();
            let alarm: Value = serde_json::from_str(envelope["Message"].as_str().unwrap()).unwrap();
            if alarm["NewStateValue"] == "ALARM" {
                told.push(alarm["AlarmName"].as_str().unwrap().to_owned());
            }
            let handle = message.receipt_handle.unwrap();
            stack.sqs.delete_message().queue_url(queue).receipt_handle(handle).send().await.unwrap();
        }
    }
}

#[tokio::test]
async fn one_cause_pages_once() {
    let stack = Stack::connect().await;
    let cloudwatch = CloudWatch::of(&stack);
    let prefix = stack.output("BusinessDashboard").trim_end_matches("Business");
    let (topic, mark) = (stack.output("AlarmTopicArn"), Ulid::generate());
    let arn = format!("arn:aws:sqs:eu-west-2:000000000000:pages-{mark}");
    let policy = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow", "Principal": { "Service": "sns.amazonaws.com" }, "Action": "sqs:SendMessage",
            "Resource": arn,
        }],
    });
    let request = stack.sqs.create_queue().queue_name(format!("pages-{mark}"));
    let request = request.attributes(QueueAttributeName::Policy, policy.to_string());
    let queue = request.send().await.unwrap().queue_url.unwrap();
    cloudwatch.subscribe(topic, &arn).await;
    // An earlier run on this stack may still ring.
    for alarm in ["LambdaThrottles", "ShopErrors", "StaffErrors"] {
        cloudwatch.set_alarm(&format!("{prefix}{alarm}"), "OK").await;
    }
    let (capacity, apis) = (format!("{prefix}Capacity"), format!("{prefix}ApisFail"));

    // Functions are refused, and so two APIs fail.
    for ago in [0, 60, 120] {
        cloudwatch.put("AWS/Lambda", "Throttles", None, 30.0, ago).await;
    }
    wait_for("Capacity rings", 30, async || (cloudwatch.alarm(&capacity).await == "ALARM").then_some(()))
        .await;
    for api in ["ShopApiId", "ConsoleApiId"] {
        for ago in [0, 310] {
            let of = Some(("ApiId", stack.output(api)));
            cloudwatch.put("AWS/ApiGateway", "5xx", of, 500.0, ago).await;
            cloudwatch.put("AWS/ApiGateway", "Count", of, 500.0, ago).await;
        }
    }
    wait_for("ApisFail rings", 30, async || (cloudwatch.alarm(&apis).await == "ALARM").then_some(())).await;
    for alarm in ["ShopErrors", "StaffErrors"] {
        assert_eq!(cloudwatch.alarm(&format!("{prefix}{alarm}")).await, "ALARM");
    }
    let told = pages(&stack, &queue).await;
    assert!(told.contains(&capacity), "{told:?}");
    assert!(!told.contains(&apis), "the same cause paged twice: {told:?}");
    let parts = ["LambdaThrottles", "ShopErrors", "StaffErrors"].map(|alarm| format!("{prefix}{alarm}"));
    assert!(parts.iter().all(|part| !told.contains(part)), "{told:?}");
}
