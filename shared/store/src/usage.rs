//! Measures what DynamoDB is used for: each round trip, whether it tried again or was refused because there were too many,
//! and the units that DynamoDB says it took.

use std::error::Error;

use aws_sdk_dynamodb::config::interceptors::{
    AfterDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut,
    BeforeTransmitInterceptorContextRef,
};
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::operation::batch_get_item::{BatchGetItemInput, BatchGetItemOutput};
use aws_sdk_dynamodb::operation::batch_write_item::{BatchWriteItemInput, BatchWriteItemOutput};
use aws_sdk_dynamodb::operation::delete_item::{DeleteItemInput, DeleteItemOutput};
use aws_sdk_dynamodb::operation::get_item::{GetItemInput, GetItemOutput};
use aws_sdk_dynamodb::operation::put_item::{PutItemInput, PutItemOutput};
use aws_sdk_dynamodb::operation::query::{QueryInput, QueryOutput};
use aws_sdk_dynamodb::operation::transact_get_items::{TransactGetItemsInput, TransactGetItemsOutput};
use aws_sdk_dynamodb::operation::transact_write_items::{TransactWriteItemsInput, TransactWriteItemsOutput};
use aws_sdk_dynamodb::operation::update_item::{UpdateItemInput, UpdateItemOutput};
use aws_sdk_dynamodb::types::{ConsumedCapacity, ReturnConsumedCapacity};
use serde_json::Value;
use telemetry::call::{self, Usage};

/// What hooks answer with.
type Hooked = Result<(), Box<dyn Error + Send + Sync>>;

/// The header in which the SDK tells the number of the try.
const ATTEMPT_HEADER: &str = "amz-sdk-request";
/// What it begins with at the first.
const FIRST_ATTEMPT: &str = "attempt=1;";
/// What DynamoDB says where there are too many calls, of a call as a whole or of a part of a transaction.
const THROTTLED: [&str; 5] = [
    "ProvisionedThroughputExceeded",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ThrottlingError",
    "ThrottlingException",
];

/// Tells the call of ours that is under way what each call of DynamoDB used.
#[derive(Debug)]
pub(crate) struct Meter;

impl Intercept for Meter {
    fn name(&self) -> &'static str {
        "Meter"
    }

    /// DynamoDB says what it used only where it is asked.
    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Hooked {
        macro_rules! ask {
            ($($input:ty),+ $(,)?) => {
                $(if let Some(input) = context.input_mut().downcast_mut::<$input>() {
                    input.return_consumed_capacity = Some(ReturnConsumedCapacity::Total);
                })+
            };
        }
        ask!(
            GetItemInput,
            QueryInput,
            BatchGetItemInput,
            TransactGetItemsInput,
            PutItemInput,
            UpdateItemInput,
            DeleteItemInput,
            BatchWriteItemInput,
            TransactWriteItemsInput,
        );
        Ok(())
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Hooked {
        let attempt = context.request().headers().get(ATTEMPT_HEADER);
        let again = attempt.is_some_and(|attempt| !attempt.starts_with(FIRST_ATTEMPT));
        call::used(Usage { calls: 1, retries: again.into(), ..Usage::default() });
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Hooked {
        let Ok(output) = context.output_or_error() else {
            let body = context.response().body().bytes().unwrap_or_default();
            call::used(Usage { throttles: is_throttled(body).into(), ..Usage::default() });
            return Ok(());
        };
        macro_rules! tell {
            ($units:ident: $($output:ty),+ $(,)?) => {
                $(if let Some(output) = output.downcast_ref::<$output>() {
                    call::used($units(output.consumed_capacity()));
                })+
            };
        }
        tell!(read: GetItemOutput, QueryOutput, BatchGetItemOutput, TransactGetItemsOutput);
        tell!(written: PutItemOutput, UpdateItemOutput, DeleteItemOutput);
        tell!(written: BatchWriteItemOutput, TransactWriteItemsOutput);
        Ok(())
    }
}

fn units<'a>(capacity: impl IntoIterator<Item = &'a ConsumedCapacity>) -> f64 {
    capacity.into_iter().filter_map(ConsumedCapacity::capacity_units).sum()
}

fn read<'a>(capacity: impl IntoIterator<Item = &'a ConsumedCapacity>) -> Usage {
    Usage { read_units: units(capacity), ..Usage::default() }
}

fn written<'a>(capacity: impl IntoIterator<Item = &'a ConsumedCapacity>) -> Usage {
    Usage { write_units: units(capacity), ..Usage::default() }
}

/// Whether an answer says that there were too many calls.
fn is_throttled(body: &[u8]) -> bool {
    let Ok(answer) = serde_json::from_slice::<Value>(body) else {
        return false;
    };
    let throttled = |code: &Value| {
        // The name of an error may have that of its service before it.
        code.as_str().is_some_and(|code| THROTTLED.contains(&code.rsplit('#').next().unwrap_or(code)))
    };
    let parts = answer["CancellationReasons"].as_array();
    throttled(&answer["__type"]) || parts.into_iter().flatten().any(|part| throttled(&part["Code"]))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use aws_sdk_dynamodb::config::retry::RetryConfig;
    use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
    use aws_sdk_dynamodb::{Client, types};
    use serde_json::json;
    use telemetry::Call;
    use wiremock::matchers::{body_partial_json, header};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    use super::*;

    fn client(server: &MockServer) -> Client {
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .credentials_provider(Credentials::new("id", "secret", None, None, "test"))
            .endpoint_url(server.uri())
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .interceptor(Meter)
            .region(Region::new("eu-west-2"))
            .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)));
        Client::from_conf(config.build())
    }

    /// Answers an operation that asks what it used, once.
    async fn answer(server: &MockServer, operation: &str, status: u16, body: Value) {
        Mock::given(header("x-amz-target", format!("DynamoDB_20120810.{operation}")))
            .and(body_partial_json(json!({ "ReturnConsumedCapacity": "TOTAL" })))
            .respond_with(ResponseTemplate::new(status).set_body_json(body))
            .up_to_n_times(1)
            .expect(1)
            .mount(server)
            .await;
    }

    #[tokio::test]
    async fn what_is_read_and_written_is_told_with_what_it_took() {
        let server = MockServer::start().await;
        let client = client(&server);
        let used = |units: f64| json!({ "TableName": "t", "CapacityUnits": units });
        answer(&server, "GetItem", 400, json!({ "__type": "com.amazon.coral.service#ThrottlingException" }))
            .await;
        answer(&server, "GetItem", 200, json!({ "ConsumedCapacity": used(0.5) })).await;
        answer(&server, "TransactWriteItems", 200, json!({ "ConsumedCapacity": [used(4.0), used(2.0)] }))
            .await;
        let call = Call::begin("r-1");
        call.measure(async {
            let key = || ("pk", types::AttributeValue::S("k".into()));
            let get = client.get_item().table_name("t").key(key().0, key().1);
            get.send().await.unwrap();
            let put = types::Put::builder().table_name("t").item(key().0, key().1).build().unwrap();
            let put = types::TransactWriteItem::builder().put(put).build();
            client.transact_write_items().transact_items(put).send().await.unwrap();
        })
        .await;
        let usage = Usage { calls: 3, retries: 1, throttles: 1, read_units: 0.5, write_units: 6.0 };
        assert_eq!(call.usage(), usage);
    }

    #[test]
    fn too_many_calls_are_told_from_other_refusals() {
        let said = |answer: Value| is_throttled(answer.to_string().as_bytes());
        let prefix = "com.amazonaws.dynamodb.v20120810#";
        for code in THROTTLED {
            assert!(said(json!({ "__type": format!("{prefix}{code}") })), "{code}");
            let parts = [json!({ "Code": "None" }), json!({ "Code": code })];
            assert!(said(json!({ "__type": "TransactionCanceledException", "CancellationReasons": parts })));
        }
        assert!(!said(json!({ "__type": format!("{prefix}ConditionalCheckFailedException") })));
        let parts = [json!({ "Code": "ConditionalCheckFailed" }), json!({ "Code": "TransactionConflict" })];
        assert!(!said(json!({ "__type": "TransactionCanceledException", "CancellationReasons": parts })));
        assert!(!is_throttled(b"") && !is_throttled(b"<html>"));
    }
}
