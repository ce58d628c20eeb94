//! `panel`, with the configuration that ships with the simulator.

use domain::{
    ids::TaskId,
    money::{Currency, Money},
};
use serde_json::{Value, json};
use suppliers::{
    AdapterKind, ConfigError, DeliveredItem, Egress, HttpClient, PlaceError, Secret, Supplier, TaskProgress,
    connect,
};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{any, body_string_contains},
};

use crate::{
    conformance::{self, Part, Peer, request},
    peer::{Dialect, Simulated, configured},
};

const CONFIG: &str = include_str!("../../../../infra/supplier-sim/panel.json");

fn config(base: &str) -> Value {
    configured(CONFIG, &format!("{base}/panel"))
}

fn dialect() -> Dialect {
    Dialect::keyed(AdapterKind::Panel, config)
}

async fn start() -> Simulated {
    Simulated::start(dialect()).await
}

mod as_form {
    use super::{conformance, start};

    crate::conformance_tests!(start);
}

mod as_json_and_idempotent {
    use super::{Dialect, Simulated, config, conformance, dialect, json};

    async fn start() -> Simulated {
        let config = |base: &str| {
            let mut config = config(base);
            config["format"] = json!("json");
            config["placesIdempotently"] = json!(true);
            config["add"]["idempotency_key"] = json!("{reference}");
            config
        };
        let knobs = json!({"credentials": ["s3cret"], "honoursIdempotency": true});
        Simulated::start(Dialect { config, knobs, ..dialect() }).await
    }

    crate::conformance_tests!(start);
}

#[tokio::test]
async fn charges_and_tracking_numbers_come_with_the_status() {
    let peer = start().await;
    let placed = peer.supplier().place(&request()).await.unwrap();
    peer.play(Part::SendingAtMost(2)).await;
    let reports = peer.supplier().statuses(&[placed.reference]).await.unwrap();
    assert_eq!(reports[0].cost, Some(Money::new(3 * 125, Currency::Gbp)));
    assert!(reports[0].tracking_number.as_ref().is_some_and(|number| number.starts_with("NG")));
    assert_eq!(reports[0].carrier.as_deref(), Some("Northgate Parcels"));
}

#[tokio::test]
async fn what_is_left_of_an_address_is_sent() {
    let peer = start().await;
    let request = request();
    peer.supplier().place(&request).await.unwrap();
    let orders = peer.memory().await["orders"].clone();
    assert_eq!(orders[0]["reference"], json!(format!("{}/1", request.reference)));
    assert_eq!(orders[1]["items"], json!([{"code": "L1", "quantity": 1, "delivered": 0}]));
    assert_eq!(orders[0]["parameters"]["address"], "1 Forge Lane, ");
    assert_eq!(orders[0]["parameters"]["postal_code"], "S1 1AA");
}

#[tokio::test]
async fn no_question_is_about_more_orders_than_configured() {
    let config = |base: &str| {
        let mut config = config(base);
        config["maxIds"] = json!(1);
        config
    };
    let peer = Simulated::start(Dialect { config, ..dialect() }).await;
    let placed = peer.supplier().place(&request()).await.unwrap();
    let reports = peer.supplier().statuses(std::slice::from_ref(&placed.reference)).await.unwrap();
    assert_eq!(reports[0].reference, placed.reference);
    assert_eq!(peer.memory().await["requests"]["status"], 2);
}

#[tokio::test]
async fn what_is_refused_of_a_task_is_reported_as_not_sent() {
    let server = MockServer::start().await;
    let refused = ResponseTemplate::new(200).set_body_json(json!({"error": "out of latches"}));
    Mock::given(body_string_contains("service=L1")).respond_with(refused).mount(&server).await;
    let added = ResponseTemplate::new(200).set_body_json(json!({"order": 7}));
    Mock::given(body_string_contains("action=add")).respond_with(added).with_priority(6).mount(&server).await;
    let told = json!({"7": {"charge": "1.005", "status": "Completed", "remains": "0", "currency": "GBP"}});
    let told = ResponseTemplate::new(200).set_body_json(told);
    Mock::given(body_string_contains("action=status")).respond_with(told).mount(&server).await;
    let http = HttpClient::new(Egress::parse(&server.uri()).unwrap()).unwrap();
    let supplier = connect(AdapterKind::Panel, &config(&server.uri()), None, &http).unwrap();
    let placed = supplier.place(&request()).await.unwrap();
    assert_eq!(placed.reference.as_str(), "7:3:H75");
    let reports = supplier.statuses(&[placed.reference]).await.unwrap();
    let sent = vec![DeliveredItem { code: "H75".into(), quantity: 3 }];
    assert_eq!((&reports[0].progress, &reports[0].delivered), (&TaskProgress::Completed, &Some(sent)));
    assert_eq!(reports[0].cost, Some(Money::new(101, Currency::Gbp)));
}

#[tokio::test]
async fn a_key_is_in_nothing_that_people_read() {
    for (kind, format) in [
        (AdapterKind::Panel, "form"),
        (AdapterKind::Panel, "json"),
        (AdapterKind::Taskboard, "form"),
        (AdapterKind::Taskboard, "json"),
    ] {
        let server = MockServer::start().await;
        // Suppliers like to repeat a wrong key.
        let complaint =
            json!({"success": false, "error": "bad key a s3cret/", "errors": "bad key a s3cret/"});
        let answer = ResponseTemplate::new(200).set_body_json(complaint);
        Mock::given(any()).respond_with(answer).mount(&server).await;
        let config = match kind {
            AdapterKind::Panel => json!({
                "baseUrl": server.uri(), "format": format, "placesIdempotently": true, "add": {"link": "{reference}"}
            }),
            _ => json!({"baseUrl": server.uri(), "format": format, "task": {}}),
        };
        let (http, recorder) = HttpClient::new(Egress::parse(&server.uri()).unwrap()).unwrap().recording();
        let supplier = connect(kind, &config, Some(&Secret::new("a s3cret/")), &http).unwrap();
        let mut said = format!("{supplier:?}");
        said.push_str(&supplier.place(&request()).await.unwrap_err().to_string());
        said.push_str(&supplier.check().await.unwrap_err().to_string());
        said.push_str(&serde_json::to_string(&recorder.exchanges()).unwrap());
        assert!(said.contains("bad key") && !said.contains("s3cret"), "{kind} {format}: {said}");
        let sent = server.received_requests().await.unwrap();
        assert!(String::from_utf8_lossy(&sent[0].body).contains("s3cret"), "{kind} {format}");
    }
}

#[tokio::test]
async fn a_wrong_key_is_for_an_operator() {
    let peer = Simulated::start(Dialect { credential: Some("wr0ng"), ..dialect() }).await;
    let refused = peer.supplier().place(&request()).await.unwrap_err();
    assert!(matches!(refused, PlaceError::Misconfigured { .. }), "{refused:?}");
    assert!(peer.supplier().check().await.is_err());
}

fn connected(changes: &[(&str, Value)]) -> Result<std::sync::Arc<dyn Supplier>, ConfigError> {
    let mut config = config("https://supplier.example");
    for (field, value) in changes {
        config[*field] = value.clone();
    }
    let http = HttpClient::new(Egress::parse("*").unwrap()).unwrap();
    connect(AdapterKind::Panel, &config, None, &http)
}

#[test]
fn a_wrong_field_is_named() {
    assert!(connected(&[]).is_ok());
    for (field, value, path, reason) in [
        ("baseUrl", json!("http://127.0.0.1:9"), "baseUrl", "https://"),
        ("baseURL", json!("x"), "baseURL", "unknown field"),
        ("add", json!({"link": "{town}"}), "add.link", "finds nothing"),
        ("add", json!({"key": "x"}), "add.key", "filled by the adapter"),
        ("add", json!({"action": "x"}), "add.action", "filled by the adapter"),
        ("find", Value::Null, "find", "placesIdempotently"),
        ("states", json!({"Shipped": "sent"}), "states.Shipped", "unknown variant"),
        ("errors", json!({"closed": "bad"}), "errors.closed", "unknown variant"),
        ("format", json!("xml"), "format", "unknown variant"),
        ("keyParameter", json!(""), "keyParameter", "empty"),
        ("currency", json!("XXX"), "currency", "unknown variant"),
    ] {
        let error = connected(&[(field, value)]).unwrap_err();
        assert!(error.path == path && error.reason.contains(reason), "{field}: {error}");
    }
    assert!(connected(&[("find", Value::Null), ("placesIdempotently", json!(true))]).is_ok());
}

#[tokio::test]
async fn without_a_way_to_look_nothing_is_said_to_be_found() {
    let supplier = connected(&[("find", Value::Null), ("placesIdempotently", json!(true))]).unwrap();
    assert!(supplier.find_by_reference(&TaskId::generate()).await.is_err());
}
