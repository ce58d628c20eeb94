//! Stub.
#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    lambda_runtime::run(lambda_runtime::service_fn(|e: lambda_runtime::LambdaEvent<serde_json::Value>| async move {
        Ok::<_, lambda_runtime::Error>(serde_json::json!({"statusCode": 200, "headers": {"content-type": "application/json"}, "body": e.payload.to_string()}))
    }))
    .await
}
