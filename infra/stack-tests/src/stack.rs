//! The deployed stack.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use aws_sdk_lambda::config::timeout::TimeoutConfig;
use aws_sdk_lambda::primitives::Blob;
use cli::connection::Connection;
use cli::outputs::Outputs;
use domain::product::{Category, ProductFields, ProductOption};
use domain::{Currency, Money, OrderId, Product, ProductId, Sku, Slug, Stock, Variant};
use events::Queue;
use serde_json::{Value, json};
use store::Database;
use store::audit::Actor;
use ulid::Ulid;

/// As long as any function may run, and some more for its turn on a busy machine.
const LONGEST_RUN: Duration = Duration::from_mins(1);

/// The deployed stack.
pub struct Stack {
    /// Where it is.
    pub outputs: Outputs,
    /// Its tables.
    pub database: Database,
    /// Its functions.
    pub lambda: aws_sdk_lambda::Client,
    /// Its user directory.
    pub cognito: aws_sdk_cognitoidentityprovider::Client,
    /// Its queues.
    pub sqs: aws_sdk_sqs::Client,
    config: aws_config::SdkConfig,
}

/// A product of a test.
pub struct TestProduct {
    /// Its id.
    pub id: ProductId,
    /// Its slug.
    pub slug: Slug,
    /// Its category's slug.
    pub category: Slug,
    /// Its SKUs.
    pub skus: Vec<Sku>,
}

impl Stack {
    /// The stack that `IRONMONGER_OUTPUTS` names.
    pub async fn connect() -> Self {
        let file = std::env::var("IRONMONGER_OUTPUTS")
            .expect("IRONMONGER_OUTPUTS names the stack: `make test-stack`");
        let outputs = Outputs::read(&PathBuf::from(file)).unwrap();
        let connection = Connection::new(&outputs).await;
        let config = cloud::config().await;
        // Whoever calls a function waits for as long as it runs.
        let patient = TimeoutConfig::builder().operation_attempt_timeout(LONGEST_RUN).build();
        let lambda = aws_sdk_lambda::config::Builder::from(&config).timeout_config(patient).build();
        Self {
            database: connection.database(&outputs).unwrap(),
            lambda: aws_sdk_lambda::Client::from_conf(lambda),
            cognito: aws_sdk_cognitoidentityprovider::Client::new(&config),
            sqs: aws_sdk_sqs::Client::new(&config),
            config,
            outputs,
        }
    }

    /// One of the stack's outputs.
    #[must_use]
    pub fn output(&self, name: &'static str) -> &str {
        self.outputs.stack(name).unwrap()
    }

    /// What one of the templates' functions is called.
    #[must_use]
    pub fn function(&self, name: &'static str) -> &str {
        self.outputs.function(name).unwrap()
    }

    /// A new product with `variants` SKUs at 2.50, of each of which there are `pieces`.
    pub async fn product(&self, variants: usize, pieces: u64) -> TestProduct {
        self.product_in(&Slug::parse("stack-tests").unwrap(), variants, pieces).await
    }

    /// A category of a test's own, at the top of the tree. There is room for only some of them.
    pub async fn category(&self) -> Slug {
        let slug = Slug::from_title(&format!("tests {}", Ulid::generate())).unwrap();
        self.categories(&slug).await;
        slug
    }

    /// The tree of categories, in which this one stands by now.
    async fn categories(&self, slug: &Slug) -> domain::CategoryTree {
        let node = domain::CategoryNode {
            slug: slug.clone(),
            title: format!("Tests {slug}"),
            parent: None,
            position: 0,
            description: None,
        };
        let categories = self.database.ensure_categories(&[node], &Actor::system("stack-tests")).await;
        categories.unwrap().tree
    }

    /// The same, in a category.
    pub async fn product_in(&self, category: &Slug, variants: usize, pieces: u64) -> TestProduct {
        let category = category.clone();
        let tree = self.categories(&category).await;
        let mark = Ulid::generate().to_string();
        let slug = Slug::from_title(&format!("test {mark}")).unwrap();
        let values: Vec<_> = (1..=variants).map(|n| format!("{n}")).collect();
        let variant = |value: &String| Variant {
            sku: Sku::parse(&format!("T-{mark}-{value}")).unwrap(),
            title: format!("No. {value}"),
            options: BTreeMap::from([("Number".to_owned(), value.clone())]),
            price: Money::new(250, Currency::Gbp),
            compare_at_price: None,
        };
        let variants: Vec<_> = values.iter().map(variant).collect();
        let skus: Vec<_> = variants.iter().map(|variant| variant.sku.clone()).collect();
        let product = Product::new(ProductFields {
            description: "For a test.".into(),
            categories: vec![Category { slug: category.clone(), title: format!("Tests {category}") }],
            options: vec![ProductOption { name: "Number".into(), values }],
            variants,
            ..ProductFields::named(
                ProductId::generate(),
                slug.clone(),
                format!("Test {mark}"),
                jiff::Timestamp::now(),
            )
        })
        .unwrap();
        let shelf = skus.iter().map(|sku| (sku.clone(), pieces)).collect();
        let actor = Actor::system("stack-tests");
        self.database.create_product(&product, &shelf, &tree, &actor).await.unwrap();
        TestProduct { id: product.fields().id, slug, category, skus }
    }

    /// The stock of a SKU of a test's product.
    pub async fn stock(&self, product: &TestProduct, sku: &Sku) -> Stock {
        self.database.product(product.id).await.unwrap().unwrap().stock[sku]
    }

    /// Calls a function as a schedule would, and waits until it is done.
    pub async fn invoke(&self, function: &'static str) {
        assert_eq!(self.tick(function).await, None, "{function}");
    }

    /// Calls a function as a schedule would, waits until it is done or dead, and gives the error that it died of.
    pub async fn tick(&self, function: &'static str) -> Option<String> {
        let request = self.lambda.invoke().function_name(self.function(function)).payload(Blob::new("{}"));
        request.send().await.unwrap().function_error().map(str::to_owned)
    }

    /// Puts a message into a queue, beside those that the shop puts there.
    pub async fn send(&self, queue: &'static str, body: Value) {
        Queue::new(&self.config, self.output(queue)).send(&[body]).await.unwrap();
    }

    /// Puts an event of an order into a queue, as the bus would.
    pub async fn send_event(&self, queue: &'static str, event_type: &str, order: OrderId) {
        let at = jiff::Timestamp::now();
        let id = domain::EventId::generate();
        let detail = json!({ "id": id, "type": event_type, "orderId": order, "at": at, "requestId": "test" });
        self.send(
            queue,
            json!({ "detail-type": event_type, "source": "ironmonger.orders", "detail": detail }),
        )
        .await;
    }

    /// Gives a message to a queue's worker as the queue would, and waits until it is done with it.
    pub async fn deliver(&self, function: &'static str, body: &Value) {
        let record = json!({
            "messageId": Ulid::generate().to_string(),
            "receiptHandle": "none",
            "body": body.to_string(),
            "attributes": { "ApproximateReceiveCount": "2" },
            "messageAttributes": {},
            "eventSource": "aws:sqs",
        });
        let payload = Blob::new(json!({ "Records": [record] }).to_string());
        let request = self.lambda.invoke().function_name(self.function(function)).payload(payload);
        let answer = request.send().await.unwrap();
        let result: Value = serde_json::from_slice(answer.payload().unwrap().as_ref()).unwrap();
        assert_eq!(result["batchItemFailures"], json!([]), "{function}: {result}");
    }

    /// Waits until a queue holds a message that contains `mark`, and takes it out.
    pub async fn wait_for_message(&self, queue: &'static str, mark: &str, seconds: u64) {
        let url = self.output(queue);
        wait_for(&format!("{mark} is in {queue}"), seconds, async || {
            let request =
                self.sqs.receive_message().queue_url(url).max_number_of_messages(10).visibility_timeout(1);
            let messages = request.send().await.unwrap().messages.unwrap_or_default();
            let found = messages
                .into_iter()
                .find(|message| message.body().is_some_and(|body| body.contains(mark)))?;
            let handle = found.receipt_handle.unwrap();
            self.sqs.delete_message().queue_url(url).receipt_handle(handle).send().await.unwrap();
            Some(())
        })
        .await;
    }

    /// Asks for the death of the next function that comes by `point` with this subject.
    pub fn kill_at(&self, point: &str, subject: impl std::fmt::Display) {
        let folder =
            PathBuf::from(std::env::var("CRASH_DIR").expect("CRASH_DIR is set by `make test-stack`"));
        std::fs::write(folder.join(format!("{point}@{subject}")), "").unwrap();
    }

    /// Takes back that a death was asked for.
    pub fn forget_kill(&self, point: &str, subject: impl std::fmt::Display) {
        let folder =
            PathBuf::from(std::env::var("CRASH_DIR").expect("CRASH_DIR is set by `make test-stack`"));
        // It may have come in the meantime.
        let _ = std::fs::remove_file(folder.join(format!("{point}@{subject}")));
    }

    /// Whether the death that was asked for has come.
    #[must_use]
    pub fn was_killed_at(&self, point: &str, subject: impl std::fmt::Display) -> bool {
        let folder =
            PathBuf::from(std::env::var("CRASH_DIR").expect("CRASH_DIR is set by `make test-stack`"));
        !folder.join(format!("{point}@{subject}")).exists()
    }
}

/// An event of an order as the bus delivers it.
#[must_use]
pub fn event(event_type: &str, order: OrderId) -> Value {
    let (at, id) = (jiff::Timestamp::now(), domain::EventId::generate());
    let detail = json!({ "id": id, "type": event_type, "orderId": order, "at": at, "requestId": "test" });
    json!({ "detail-type": event_type, "source": events::message::SOURCE, "detail": detail })
}

/// Asks again and again until there is an answer; fails when there is none in time.
pub async fn wait_for<T>(what: &str, seconds: u64, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(seconds);
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < deadline, "{what}: not within {seconds} s");
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}
