//! Messages to the shop about orders that changed, for suppliers that are told where to send them.

use std::{
    collections::BTreeMap,
    convert::Infallible,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use futures::future::join_all;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use reqwest::{
    Client, Request,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{CONTENT_TYPE, HeaderName, HeaderValue},
};
use serde_json::json;
use sha2::Sha256;
use tokio::{net::lookup_host, time::Instant};
use ulid::Ulid;

use crate::{
    knobs::{Webhook, WebhookScheme},
    order::{Order, State},
    simulator::Simulator,
};

/// How often the simulator looks for orders that changed.
const TICK: Duration = Duration::from_millis(100);

/// How long a shop that does not answer is left alone.
const PAUSE: Duration = Duration::from_secs(1);

/// How long a shop may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The header of a plain HMAC.
const PLAIN_HEADER: HeaderName = HeaderName::from_static("x-signature");

/// Finds addresses as the system does, but names below `localhost` on this machine: browsers know that they are, the
/// system's resolver need not.
struct OnThisMachine;

impl Resolve for OnThisMachine {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            // The port is the address's own.
            let found: Addrs = if name.as_str().ends_with(".localhost") {
                Box::new(std::iter::once(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))))
            } else {
                Box::new(lookup_host((name.as_str(), 0)).await?.collect::<Vec<_>>().into_iter())
            };
            Ok(found)
        })
    }
}

/// An order's news for its shop.
#[derive(Debug, Clone)]
pub struct News {
    /// Where to and how.
    pub webhook: Webhook,
    /// The order as it stands.
    pub order: Order,
    /// The time on the supplier's clock.
    pub clock: Timestamp,
}

/// Why a message did not arrive.
#[derive(Debug, thiserror::Error)]
enum Undelivered {
    #[error("the message cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    #[error("the webhook's secret is no key")]
    Key,
}

/// Tells shops of changes until the future is dropped.
pub async fn tell(simulator: Arc<Simulator>) -> Infallible {
    // An error says that the process has a provider already, which then is the one to use.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = match Client::builder().dns_resolver(Arc::new(OnThisMachine)).build() {
        Ok(client) => client,
        Err(error) => {
            tracing::error!(%error, "shops are not told of changes");
            return std::future::pending().await;
        }
    };
    let mut left_alone = BTreeMap::<String, Instant>::new();
    loop {
        tokio::time::sleep(TICK).await;
        left_alone.retain(|_, until| *until > Instant::now());
        let due = simulator.news(Timestamp::now());
        let heard = due.into_iter().filter(|(supplier, _)| !left_alone.contains_key(supplier));
        let rounds = heard.map(|(supplier, news)| {
            let (client, simulator) = (&client, &simulator);
            async move {
                for item in news {
                    if let Err(error) = tell_of(client, &item).await {
                        tracing::warn!(supplier, %error, "the shop does not hear");
                        return Some(supplier);
                    }
                    simulator.told(&supplier, &item.order);
                }
                None
            }
        });
        let unheard: Vec<_> = join_all(rounds).await;
        left_alone.extend(unheard.into_iter().flatten().map(|supplier| (supplier, Instant::now() + PAUSE)));
    }
}

async fn tell_of(client: &Client, news: &News) -> Result<(), Undelivered> {
    send(client, news, &news.order).await?;
    if news.webhook.reversed && news.order.state.is_final() {
        let older = Order { state: State::Working, ..news.order.clone() };
        send(client, news, &older).await?;
    }
    Ok(())
}

async fn send(client: &Client, news: &News, order: &Order) -> Result<(), Undelivered> {
    let id = format!("msg_{}", Ulid::generate());
    let body = serde_json::to_vec(&json!({ "type": "orders.changed", "orders": [order] }))?;
    for _ in 0..=news.webhook.repeats {
        let mut request = client.post(&news.webhook.url).timeout(PATIENCE).build()?;
        sign(&mut request, &news.webhook, &id, news.clock.as_second(), &body).ok_or(Undelivered::Key)?;
        if let Some(Ok(trace)) = order.traceparent.as_deref().map(HeaderValue::from_str) {
            request.headers_mut().insert("traceparent", trace);
        }
        *request.body_mut() = Some(body.clone().into());
        client.execute(request).await?.error_for_status()?;
    }
    Ok(())
}

fn sign(request: &mut Request, webhook: &Webhook, id: &str, second: i64, body: &[u8]) -> Option<()> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&webhook.key()?).ok()?;
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    match webhook.scheme {
        WebhookScheme::StandardWebhooks => {
            mac.update(format!("{id}.{second}.").as_bytes());
            mac.update(body);
            let signature = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
            headers.insert("webhook-id", HeaderValue::from_str(id).ok()?);
            headers.insert("webhook-timestamp", HeaderValue::from(second));
            headers.insert("webhook-signature", HeaderValue::from_str(&signature).ok()?);
        }
        WebhookScheme::Hmac => {
            mac.update(body);
            let signature = hex::encode(mac.finalize().into_bytes());
            headers.insert(PLAIN_HEADER, HeaderValue::from_str(&signature).ok()?);
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(scheme: WebhookScheme, secret: &str) -> Request {
        let webhook = Webhook {
            url: "http://127.0.0.1/".into(),
            secret: secret.into(),
            scheme,
            repeats: 0,
            reversed: false,
        };
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut request = Client::new().post(&webhook.url).build().expect("request");
        let body = br#"{"test": 2432232314}"#;
        sign(&mut request, &webhook, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body).expect("signed");
        request
    }

    /// The example that the specification of Standard Webhooks computes.
    #[test]
    fn messages_are_signed_as_the_standard_says() {
        let request = signed(WebhookScheme::StandardWebhooks, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let headers = request.headers();
        assert_eq!(headers["webhook-signature"], "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert_eq!(headers["webhook-timestamp"], "1614265330");
    }

    #[test]
    fn a_plain_signature_is_hexadecimal() {
        let request = signed(WebhookScheme::Hmac, "key");
        let value = request.headers()["x-signature"].to_str().expect("text");
        assert!(value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit()), "{value}");
    }
}
