//! What a shop tells a program is kept, and answered as asked.

use reqwest::{Client, Method, StatusCode, redirect::Policy};
use serde_json::json;

use crate::rig::Rig;

#[tokio::test]
async fn an_inbox_keeps_what_comes_and_answers_as_planned() {
    let rig = Rig::start().await;
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    let tell = async |body: &'static str| {
        let request = client.post(rig.url("north/inbox")).header("Webhook-Id", body).body(body);
        request.send().await.unwrap()
    };
    assert_eq!(tell("one").await.status(), StatusCode::NO_CONTENT);
    let plan = json!({ "answers": [{ "status": 500 }, { "status": 307, "location": "http://127.0.0.1/" }] });
    let planned = rig.send(Method::PUT, "north/inbox", Some(plan)).await.unwrap();
    assert_eq!(planned.status(), StatusCode::NO_CONTENT);
    assert_eq!(tell("two").await.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let redirect = tell("three").await;
    assert_eq!(
        (redirect.status().as_u16(), &redirect.headers()["location"]),
        (307, &"http://127.0.0.1/".parse().unwrap())
    );
    assert_eq!(tell("four").await.status(), StatusCode::NO_CONTENT);

    let kept = rig.get("north/inbox").await;
    let letters = kept["letters"].as_array().unwrap();
    let seen: Vec<_> = letters
        .iter()
        .map(|letter| (letter["body"].as_str().unwrap(), letter["answered"].as_u64().unwrap()))
        .collect();
    assert_eq!(seen, [("one", 204), ("two", 500), ("three", 307), ("four", 204)]);
    assert!(letters.iter().all(|letter| letter["headers"]["webhook-id"] == letter["body"]));
    assert_eq!(rig.get("south/inbox").await, json!({ "letters": [] }));
}
