//! What the stack's metrics, alarms and dashboards are, asked of CloudWatch.

use jiff::{Timestamp, ToSpan};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use serde_json::{Value, json};

use crate::{Shopper, Stack};

/// The service that keeps them.
pub struct CloudWatch {
    endpoint: String,
    stage: String,
    http: reqwest::Client,
    /// No value from before it counts.
    since: Timestamp,
}

impl CloudWatch {
    /// The local stack's, with the values of the last minutes.
    pub fn of(stack: &Stack) -> Self {
        let endpoint = stack.outputs.endpoint.clone().expect("the local stack has an endpoint");
        Self {
            stage: stack.output("Stage").to_owned(),
            http: Shopper::client(&endpoint),
            endpoint,
            since: Timestamp::now() - 5.minutes(),
        }
    }

    /// A statistic of one of our metrics over the time until now, 0 where nothing was measured; of the whole stage, or of
    /// one value of another dimension.
    pub async fn number(&self, metric: &str, statistic: &str, of: Option<(&str, &str)>) -> f64 {
        let dimensions = [Some(("Stage", self.stage.as_str())), of].into_iter().flatten();
        let dimensions: Vec<_> =
            dimensions.map(|(name, value)| json!({ "Name": name, "Value": value })).collect();
        let metric = json!({ "Namespace": "Ironmonger", "MetricName": metric, "Dimensions": dimensions });
        let query = json!({
            "Id": "asked", "MetricStat": { "Metric": metric, "Period": 3_600, "Stat": statistic },
        });
        let answer = self
            .ask(
                "GetMetricData",
                json!({
                    "MetricDataQueries": [query],
                    "StartTime": self.since.as_second(),
                    "EndTime": Timestamp::now().as_second() + 1,
                }),
            )
            .await;
        let values = answer["MetricDataResults"][0]["Values"].as_array().unwrap();
        // The time may be in two hours.
        values.iter().map(|value| value.as_f64().unwrap()).sum()
    }

    /// Puts a value of a metric of AWS's own, so many seconds ago.
    pub async fn put(&self, namespace: &str, metric: &str, of: Option<(&str, &str)>, value: f64, ago: i64) {
        let dimensions: Vec<_> =
            of.iter().map(|(name, value)| json!({ "Name": name, "Value": value })).collect();
        let datum = json!({
            "MetricName": metric, "Dimensions": dimensions, "Value": value,
            "Timestamp": Timestamp::now().as_second() - ago,
        });
        self.ask("PutMetricData", json!({ "Namespace": namespace, "MetricData": [datum] })).await;
    }

    /// Says how an alarm is, until it is looked at again.
    pub async fn set_alarm(&self, name: &str, state: &str) {
        let wanted = json!({ "AlarmName": name, "StateValue": state, "StateReason": "a test" });
        self.ask("SetAlarmState", wanted).await;
    }

    /// How an alarm is, whether it is made of others or not.
    pub async fn alarm(&self, name: &str) -> String {
        let wanted = json!({ "AlarmNames": [name], "AlarmTypes": ["MetricAlarm", "CompositeAlarm"] });
        let answer = self.ask("DescribeAlarms", wanted).await;
        let alarm = ["MetricAlarms", "CompositeAlarms"].into_iter().find_map(|kind| answer[kind].get(0));
        alarm.unwrap_or_else(|| panic!("there is no alarm {name}"))["StateValue"].as_str().unwrap().to_owned()
    }

    /// The local page's view of a dashboard.
    pub async fn dashboard(&self, name: &str) -> Value {
        let address = format!("{}/_ironmonger/dashboards/data?hours=1&name={name}", self.endpoint);
        let answer = self.http.get(address).send().await.unwrap().error_for_status().unwrap();
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    }

    /// The local page itself: its headers' policy for contents, and its text.
    pub async fn page(&self) -> (String, String) {
        let address = format!("{}/_ironmonger/dashboards", self.endpoint);
        let answer = self.http.get(address).send().await.unwrap().error_for_status().unwrap();
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        (policy, answer.text().await.unwrap())
    }

    /// Has what a topic tells put into a queue.
    pub async fn subscribe(&self, topic: &str, queue: &str) {
        let wanted =
            format!("Action=Subscribe&Version=2010-03-31&Protocol=sqs&TopicArn={topic}&Endpoint={queue}");
        let request = self.http.post(&self.endpoint).header(AUTHORIZATION, Self::caller("sns"));
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(wanted);
        request.send().await.unwrap().error_for_status().unwrap();
    }

    async fn ask(&self, operation: &str, wanted: Value) -> Value {
        let request = self
            .http
            .post(&self.endpoint)
            .header(AUTHORIZATION, Self::caller("monitoring"))
            .header(CONTENT_TYPE, "application/x-amz-json-1.0")
            .header("X-Amz-Target", format!("GraniteServiceVersion20100801.{operation}"))
            .body(wanted.to_string());
        let answer = request.send().await.unwrap().error_for_status().unwrap();
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    }

    /// The emulator asks who calls, and takes the answer as it is: no client is needed for a few calls.
    fn caller(service: &str) -> String {
        let scope = format!("Credential=test/20260101/eu-west-2/{service}/aws4_request");
        format!("AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=0")
    }
}
