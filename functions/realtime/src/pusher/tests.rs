use aws_config::{BehaviorVersion, Region};
use aws_sdk_apigatewaymanagement::config::{Credentials, SharedCredentialsProvider};
use serde_json::json;
use store::TableNames;
use wiremock::matchers::{body_string_contains, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

fn connection(id: &str) -> ConnectionId {
    ConnectionId::parse(id).unwrap()
}

fn follower(id: &str, until: Timestamp) -> Follower {
    Follower { connection: connection(id), until }
}

fn news(topics: Vec<Topic>) -> News {
    News {
        id: EventId::generate(),
        topics,
        event: "OrderPaid".into(),
        order_id: Some(OrderId::generate()),
        task_id: None,
        at: Timestamp::UNIX_EPOCH,
        queues: None,
    }
}

#[test]
fn a_page_that_follows_several_topics_of_an_event_hears_of_it_once() {
    let order = Topic::Order(OrderId::generate());
    let (now, later) = (Timestamp::from_second(100).unwrap(), Timestamp::from_second(101).unwrap());
    let sorted = sort(
        vec![
            (order, vec![follower("a", later), follower("c", now)]),
            (Topic::Orders, vec![follower("a", later), follower("b", later), follower("c", later)]),
        ],
        now,
    );
    let pages = BTreeMap::from([
        (connection("a"), vec![order, Topic::Orders]),
        (connection("b"), vec![Topic::Orders]),
        (connection("c"), vec![Topic::Orders]),
    ]);
    assert_eq!(sorted, Sorted { pages, expired: vec![(order, connection("c"))] });
    let frame: Value = serde_json::from_slice(&news(vec![]).frame(&[order, Topic::Orders]).unwrap()).unwrap();
    assert_eq!(frame["topic"], order.to_string());
    assert_eq!(frame["topics"], json!([order, Topic::Orders]));
}

/// A pusher whose table and whose API are both a server here.
fn pusher(server: &MockServer) -> Pusher {
    let credentials = Credentials::new("test", "test", None, None, "tests");
    let config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("eu-west-2"))
        .endpoint_url(server.uri())
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build();
    let tables = TableNames { realtime: Some("realtime".into()), ..TableNames::default() };
    let database = Database::new(aws_sdk_dynamodb::Client::new(&config), tables);
    Pusher::new(&config, database, format!("{}/live", server.uri()))
}

/// Answers a call of the table.
async fn table(server: &MockServer, operation: &str, about: &str, times: u64, answer: Value) {
    Mock::given(header("x-amz-target", format!("DynamoDB_20120810.{operation}")))
        .and(body_string_contains(about))
        .respond_with(ResponseTemplate::new(200).set_body_json(answer))
        .expect(times)
        .mount(server)
        .await;
}

/// Answers calls of the API about a connection.
async fn api(server: &MockServer, verb: &str, id: &str, times: u64, answer: ResponseTemplate) {
    Mock::given(method(verb))
        .and(path(format!("/live/@connections/{id}")))
        .respond_with(answer)
        .expect(times)
        .mount(server)
        .await;
}

#[tokio::test]
async fn dead_pages_are_forgotten_and_those_that_cannot_be_told_are_cut_off() {
    let server = MockServer::start().await;
    let now = Timestamp::from_second(100).unwrap();
    let item = |id: &str, until: u64| json!({ "pk": { "S": "TOPIC#orders" }, "sk": { "S": format!("CONNECTION#{id}") }, "ttl": { "N": until.to_string() } });
    let items =
        json!({ "Items": [item("gone", 200), item("late", 99), item("open", 200), item("stuck", 200)] });
    table(&server, "Query", "TOPIC#orders", 1, items).await;
    // Of those that are forgotten, the item of the connection goes, and the one that made it be told.
    for id in ["gone", "stuck"] {
        table(&server, "DeleteItem", &format!("CONNECTION#{id}"), 1, json!({})).await;
        table(&server, "BatchWriteItem", &format!("CONNECTION#{id}"), 1, json!({})).await;
    }
    table(&server, "DeleteItem", "CONNECTION#late", 1, json!({})).await;
    let gone = ResponseTemplate::new(410)
        .insert_header("x-amzn-errortype", "GoneException")
        .set_body_json(json!({}));
    api(&server, "POST", "gone", 1, gone).await;
    api(&server, "POST", "open", 1, ResponseTemplate::new(200)).await;
    api(&server, "POST", "stuck", u64::from(ATTEMPTS), ResponseTemplate::new(500)).await;
    api(&server, "DELETE", "stuck", 1, ResponseTemplate::new(204)).await;

    let pushed = pusher(&server).tell(&news(vec![Topic::Orders]), now).await.unwrap();
    assert_eq!(pushed, Pushed { told: 1, expired: 1, gone: 1, cut: 1 });
    assert_eq!(pushed.summary(), "told 1 pages, 1 expired, 1 gone, 1 cut off");
}
