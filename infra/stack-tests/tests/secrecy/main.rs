//! Secrets are used and never told: whatever suppliers say and whatever fails, no table, no log, no result and no answer
//! holds one.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

mod merchant;
mod traces;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use domain::{OrderId, Sku};
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::listener::Listener;
use stack_tests::{Answer, Shopper, SignedIn, Stack, TestSupplier, wait_for};
use traces::Traces;
use ulid::Ulid;

const PANEL: &str = include_str!("../../../supplier-sim/panel.json");
const TASKBOARD: &str = include_str!("../../../supplier-sim/taskboard.json");
/// Who we are where a supplier wants a name beside the secret.
const USERNAME: &str = "ironmonger";

/// A secret that nobody else has.
struct Hush {
    /// The part that every way of writing it keeps.
    mark: String,
    text: String,
}

impl Hush {
    fn new() -> Self {
        let mark = Ulid::generate().to_string();
        // What follows is written differently in addresses, forms and JSON.
        Self { text: format!("hush-{mark}+/=&\""), mark }
    }

    /// What must stand nowhere: the secret as it is, and as it travels in a header.
    fn forms(&self) -> Vec<String> {
        let encoded = |text: String| {
            // Its last character depends on what follows.
            let encoded = STANDARD_NO_PAD.encode(text);
            encoded[..encoded.len() - 1].to_owned()
        };
        let (alone, named) = (format!("hush-{}", self.mark), format!("{USERNAME}:hush-{}", self.mark));
        vec![self.mark.clone(), encoded(alone), encoded(named)]
    }
}

/// A way to show a supplier who asks.
#[derive(Clone, Copy)]
enum Shown {
    Header,
    Query,
    Basic,
    Signature,
    Token,
    PanelKey,
    BoardKey,
}

impl Shown {
    const ALL: [Self; 7] = [
        Self::Header,
        Self::Query,
        Self::Basic,
        Self::Signature,
        Self::Token,
        Self::PanelKey,
        Self::BoardKey,
    ];

    /// The adapter and its configuration for a supplier at this address; `before` is that of the JSON protocol.
    fn configuration(self, address: &str, mut before: Value) -> (&'static str, Value) {
        let auth = match self {
            Self::Header => json!({ "kind": "header", "name": "Authorization", "prefix": "Bearer " }),
            Self::Query => json!({ "kind": "query", "name": "api_key" }),
            Self::Basic => json!({ "kind": "basic", "username": USERNAME }),
            Self::Signature => json!({
                "kind": "hmac", "header": "X-Signature", "algorithm": "sha256", "encoding": "hex",
                "message": "{timestamp}.{body}", "timestampHeader": "X-Timestamp",
            }),
            Self::Token => json!({
                "kind": "oauth", "tokenUrl": format!("{address}/oauth/token"), "clientId": USERNAME,
                "clientIn": "body",
            }),
            Self::PanelKey | Self::BoardKey => {
                let (adapter, shipped) =
                    if matches!(self, Self::PanelKey) { ("panel", PANEL) } else { ("taskboard", TASKBOARD) };
                let mut configuration: Value = serde_json::from_str(shipped).unwrap();
                configuration["baseUrl"] = format!("{address}/{adapter}").into();
                return (adapter, configuration);
            }
        };
        before["auth"] = auth;
        ("http-json", before)
    }

    /// The knobs with which the simulator wants this secret and no other.
    fn wanted(self, secret: &str) -> Value {
        match self {
            Self::Signature => json!({ "signedWith": secret }),
            // Who has a token needs no secret until it ends.
            Self::Token => {
                json!({ "requiresToken": true, "credentials": [secret], "tokenLifetimeMs": 1_000 })
            }
            _ => json!({ "credentials": [secret] }),
        }
    }
}

struct Office {
    stack: Stack,
    admin: SignedIn,
    shopper: Shopper,
}

impl Office {
    async fn put_secret(&self, supplier: &TestSupplier, name: &str, value: &str) -> Answer {
        let path = format!("/console/fulfilment/suppliers/{}/secrets/{name}", supplier.id);
        self.admin.send(self.admin.request(Method::PUT, &path).json(&json!({ "value": value }))).await
    }

    async fn test(&self, supplier: &TestSupplier) -> Value {
        let path = format!("/console/fulfilment/suppliers/{}/test", supplier.id);
        self.admin.send(self.admin.request(Method::POST, &path)).await.expect(200)
    }

    /// Uses a secret in vain and with success, with a supplier that repeats it. Gives all that the console was told, and the
    /// last order.
    async fn use_credential(&self, shown: Shown, secret: &Hush) -> (Vec<Value>, OrderId) {
        let Self { stack, shopper, .. } = self;
        let product = stack.product(1, 10).await;
        let sku = &product.skus[0];
        let supplier = TestSupplier::new(stack, 1, &[sku]).await;
        supplier
            .change(stack, |record| {
                let address = record.configuration["baseUrl"].as_str().unwrap().to_owned();
                let (adapter, configuration) = shown.configuration(&address, record.configuration.take());
                record.adapter = adapter.into();
                record.configuration = configuration;
            })
            .await;
        let refused =
            self.put_secret(&supplier, "credential", &format!(" {}", secret.text)).await.expect(422);
        let set = self.put_secret(&supplier, "credential", &secret.text).await.expect(200);
        supplier.turn(shown.wanted(&secret.text)).await;
        let mut told = vec![refused, set, self.test(&supplier).await];
        assert_eq!(told[2]["ok"], true, "{}", told[2]);
        let order = shopper.buy(&[(sku, 1)]).await;
        told.push(supplier.fulfil(stack, shopper, &order, 120).await);

        let repeated = format!("{} gets nothing", secret.text);
        supplier.turn(json!({ "refuse": true, "refuseReason": repeated })).await;
        told.push(self.in_vain(sku).await.1);
        supplier.turn(json!({ "refuse": false })).await;
        for kind in ["lost", "garbage", "wrongType"] {
            supplier.turn(json!({ "faults": [{ "kind": kind, "percent": 100 }] })).await;
            told.push(self.test(&supplier).await);
        }
        supplier.turn(json!({ "faults": [] })).await;
        supplier.turn(shown.wanted("another")).await;
        wait_for("the supplier wants another secret", 30, async || {
            let tested = self.test(&supplier).await;
            let refused = tested["ok"] == false;
            told.push(tested);
            refused.then_some(())
        })
        .await;
        let (last, seen) = self.in_vain(sku).await;
        told.push(seen);
        let page = format!("/console/fulfilment/suppliers/{}", supplier.id);
        told.push(self.admin.get(&page).await.expect(200));
        told.push(self.admin.get(&format!("{page}/health")).await.expect(200));
        (told, last)
    }

    /// Buys what nobody sends, and gives the order as staff see it.
    async fn in_vain(&self, sku: &Sku) -> (OrderId, Value) {
        let order = self.shopper.buy(&[(sku, 1)]).await;
        self.shopper.wait_until(&order, "needsAttention", 120).await;
        let seen = self.admin.get(&format!("/console/fulfilment/orders/{}", order.id)).await.expect(200);
        (order.id, seen)
    }

    /// Sets what a supplier's messages are signed with, and gets one with it and one without.
    async fn use_webhook_secret(&self, secret: &Hush) -> Vec<Value> {
        let supplier = TestSupplier::new(&self.stack, 1, &[]).await;
        let scheme =
            json!({ "kind": "hmac", "header": "X-Secret", "algorithm": "sha256", "encoding": "hex" });
        supplier.change(&self.stack, |record| record.webhook = Some(scheme)).await;
        let set = self.put_secret(&supplier, "webhook", &secret.text).await.expect(200);
        // Whoever takes the secret for the signature tells it to us.
        let path = format!("/webhooks/suppliers/{}", supplier.id);
        let request = self.shopper.request(Method::POST, &path).header("Content-Type", "application/json");
        let request = request.header("X-Secret", &secret.mark).body("{}");
        vec![set, self.shopper.send(request).await.expect(401)]
    }
}

/// Uses a partner's key and the secrets of its callback, with success and in vain. Gives them, as they were told once, and
/// all that was told besides.
async fn use_partner_secrets() -> (Vec<String>, Vec<Value>) {
    let partner = Listener::new().await;
    let key = partner.key["key"].as_str().unwrap();
    let stranger = Shopper::new(&partner.stack).with_token(&format!("{key}x"));
    let first = partner.listen().await;
    let mut told = vec![partner.test().await, stranger.get("/partner/callback").await.expect(401)];
    let request = partner.program.request(Method::POST, "/partner/callback/secret");
    let mut renewed = partner.program.send(request).await.expect(201);
    let second = renewed["secret"].take();
    partner.plan(json!([{ "status": 500 }, { "status": 500 }])).await;
    told.push(partner.test().await);
    let reference = partner.order(&Sku::parse("T-NOBODY-HAS-IT").unwrap(), 1).await;
    told.push(partner.settled(&reference).await);
    wait_for("the partner is told in the end", 60, async || {
        let letters = partner.letters().await;
        letters.last().filter(|letter| letter.answered == 204 && letters.len() > 3).map(|_| ())
    })
    .await;
    told.extend([renewed, partner.callback().await]);
    told.push(partner.program.get("/partner/callback/deliveries").await.expect(200));
    told.push(partner.admin.get("/console/partner-keys").await.expect(200));
    let signing = [first.expose(), second.as_str().unwrap()];
    let bare = |secret: &str| secret.trim_start_matches("whsec_").trim_end_matches('=').to_owned();
    let mut secrets: Vec<_> = signing.into_iter().map(bare).collect();
    secrets.push(key.splitn(3, '_').nth(2).unwrap().to_owned());
    (secrets, told)
}

#[tokio::test]
async fn no_table_no_log_and_no_answer_holds_a_secret() {
    let stack = Stack::connect().await;
    let (admin, shopper) = (stack.admin().await, Shopper::new(&stack));
    let traces = Traces::begin(&stack).await;
    let office = Office { stack, admin, shopper };

    let credentials: Vec<_> = Shown::ALL.into_iter().map(|shown| (shown, Hush::new())).collect();
    let signing = Hush::new();
    let used = join_all(credentials.iter().map(|(shown, secret)| office.use_credential(*shown, secret)));
    let (used, signed, (partner_secrets, partner), (webhook_secrets, webhook)) = tokio::join!(
        used,
        office.use_webhook_secret(&signing),
        use_partner_secrets(),
        merchant::use_webhook_secrets()
    );
    let (used, orders): (Vec<_>, Vec<_>) = used.into_iter().unzip();

    let hushed = credentials.iter().map(|(_, secret)| secret).chain([&signing]);
    let mut secrets: Vec<_> = hushed.flat_map(Hush::forms).collect();
    secrets.extend(partner_secrets);
    secrets.extend(webhook_secrets);
    let told = Value::from([used.concat(), signed, partner, webhook].concat()).to_string();
    for secret in &secrets {
        assert!(!told.contains(secret), "{secret} is in an answer: {told}");
    }

    // The orders show that it is looked for in the right places, and when all is written down.
    for order in orders.iter().map(ToString::to_string) {
        wait_for(&format!("{order} is in the logs"), 30, async || {
            (!traces.in_logs(&order).await.is_empty()).then_some(())
        })
        .await;
    }
    let places = traces.of(&[orders[0].to_string()]).await;
    for place in ["OrdersTable", "FulfilmentTable", "FunctionLogs"] {
        assert!(places.iter().any(|found| found.contains(place)), "{place}: {places:#?}");
    }
    let found = traces.of(&secrets).await;
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_secret_is_recognised_in_a_header() {
    let secret = Hush::new();
    for header in [secret.text.clone(), format!("{USERNAME}:{}", secret.text)] {
        let encoded = STANDARD.encode(header);
        assert!(secret.forms().iter().any(|form| encoded.contains(form)), "{encoded}");
    }
}
