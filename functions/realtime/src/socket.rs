//! The functions behind the routes of the WebSocket API: each message of a page is one call, and the answer is a frame.

use aws_lambda_events::event::apigw::{ApiGatewayProxyResponse, ApiGatewayWebsocketProxyRequest};
use lambda_runtime::{Error, LambdaEvent, service_fn};
use store::followers::ConnectionId;
use telemetry::{Call, TraceId, trace};
use tracing::Instrument;

use crate::protocol::{Frame, Refusal, Request, parse};

/// Why there is no answer to a request.
#[derive(Debug)]
pub enum Failure {
    /// Whoever asks asked for something that they do not get.
    Refused(Refusal),
    /// Something of ours does not work. The API tells the page that much, and nothing more.
    Failed(Error),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<store::StoreError> for Failure {
    fn from(error: store::StoreError) -> Self {
        Self::Failed(error.into())
    }
}

/// Answers what pages ask for, as long as the process lives.
pub async fn answer<F>(handle: F) -> Result<(), Error>
where
    F: AsyncFn(&ConnectionId, Request) -> Result<Frame, Failure>,
{
    serve(async |connection, text| {
        let (name, request) = parse(text);
        let result = match request {
            Ok(request) => Box::pin(handle(connection, request)).await,
            Err(refusal) => Err(refusal.into()),
        };
        match result {
            Ok(frame) => Ok(Some(frame)),
            Err(Failure::Refused(Refusal { reason, detail })) => {
                // Not the detail: it may quote what was sent, and that may be a token in the wrong place.
                tracing::info!(?reason, "refused");
                Ok(Some(Frame::Refused { r#ref: name, reason, detail }))
            }
            Err(Failure::Failed(error)) => Err(error),
        }
    })
    .await
}

/// Handles the API's calls, whatever their route, as long as the process lives. `handle` gets the connection and what was
/// sent.
pub async fn serve<F>(handle: F) -> Result<(), Error>
where
    F: AsyncFn(&ConnectionId, &str) -> Result<Option<Frame>, Error>,
{
    let handle = &handle;
    let call = async |event: LambdaEvent<ApiGatewayWebsocketProxyRequest>| {
        let LambdaEvent { payload, context } = event;
        let measured = Call::begin(&context.request_id);
        let route = payload.request_context.route_key.as_deref().unwrap_or_default();
        let connection = payload.request_context.connection_id.as_deref().unwrap_or_default();
        let span = tracing::info_span!("message", request_id = context.request_id, connection, route);
        // A page's message is the beginning of what comes of it.
        trace::within(TraceId::generate(), async {
            let result = measured.measure(respond(handle, connection, payload.body.as_deref())).await;
            let status = result.as_ref().map_or(500, |_| 200_u16);
            match &result {
                Ok(_) => tracing::info!(status, "answered"),
                Err(error) => tracing::error!(error, status, "failed"),
            }
            measured.answered(status);
            result
        })
        .instrument(span)
        .await
    };
    telemetry::call::ready();
    lambda_runtime::run(service_fn(call)).await
}

async fn respond<F>(
    handle: &F,
    connection: &str,
    body: Option<&str>,
) -> Result<ApiGatewayProxyResponse, Error>
where
    F: AsyncFn(&ConnectionId, &str) -> Result<Option<Frame>, Error>,
{
    let connection = ConnectionId::parse(connection)?;
    let frame = Box::pin(handle(&connection, body.unwrap_or_default())).await?;
    let mut response = ApiGatewayProxyResponse::default();
    response.status_code = 200;
    response.body = frame.map(|frame| serde_json::to_string(&frame)).transpose()?.map(Into::into);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn a_frame_is_the_body_of_the_answer() {
        let response = respond(&async |_, _| Ok(Some(Frame::Pong)), "abc=", Some("{}")).await.unwrap();
        let response = serde_json::to_value(response).unwrap();
        assert_eq!((&response["statusCode"], &response["body"]), (&json!(200), &json!(r#"{"type":"pong"}"#)));
        let response = respond(&async |_, _| Ok(None), "abc=", None).await.unwrap();
        assert_eq!(serde_json::to_value(response).unwrap().get("body"), None);
        assert!(respond(&async |_, _| Ok(None), "", None).await.is_err(), "there is no connection");
    }

    #[test]
    fn a_call_is_read_as_the_api_makes_it() {
        let call = json!({
            "requestContext": {
                "routeKey": "follow", "eventType": "MESSAGE", "extendedRequestId": "L0SM=", "stage": "live",
                "requestTime": "22/Nov/2026:14:00:00 +0000", "messageDirection": "IN", "connectedAt": 1,
                "requestTimeEpoch": 2, "identity": { "sourceIp": "192.0.2.1" }, "requestId": "L0SM=",
                "domainName": "abc.execute-api.eu-west-2.amazonaws.com", "connectionId": "L0SMCd=",
                "apiId": "abc", "messageId": "L0SM="
            },
            "body": "{\"action\":\"ping\"}",
            "isBase64Encoded": false,
        });
        let call: ApiGatewayWebsocketProxyRequest = serde_json::from_value(call).unwrap();
        assert_eq!(call.request_context.connection_id.as_deref(), Some("L0SMCd="));
        assert_eq!(call.body.as_deref(), Some(r#"{"action":"ping"}"#));
    }
}
