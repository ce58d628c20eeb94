//! Real time: who may follow what, how much of it, and what becomes of connections that ended.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::collections::BTreeSet;
use std::time::Duration;

use domain::{OrderId, Topic};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use stack_tests::page::{Page, followers, pay, placed, shown, topic};
use stack_tests::{Stack, wait_for};
use store::followers::{ConnectionId, MAX_FOLLOWERS_OF_ORDER, MAX_TOPICS};

/// How long a page listens for what must not come.
const QUIET: Duration = Duration::from_secs(3);

async fn wait_for_nobody(stack: &Stack, order: OrderId) {
    wait_for(&format!("nobody follows {order}"), 30, async || {
        followers(stack, order).await.is_empty().then_some(())
    })
    .await;
}

#[tokio::test]
async fn what_is_not_for_a_page_is_refused_with_a_reason() {
    let stack = Stack::connect().await;
    let (_, order) = placed(&stack).await;
    let (_, other) = placed(&stack).await;
    let (customer, operator) = (stack.customer().await, stack.operator().await);
    let names = [topic(order.id), topic(other.id), topic(OrderId::generate())];
    let [own, foreign, nowhere] = names.each_ref().map(String::as_str);
    let (head, rest) = operator.tokens.id.split_once('.').unwrap();
    let changed = format!("{head}.{}{rest}", if rest.starts_with('e') { "f" } else { "e" });
    let token = |token: &str| json!({ "token": token });
    let mut page = Page::open(&stack).await;
    for (what, topics, shown, reason) in [
        ("without a token", vec![own], json!({}), "notAllowed"),
        ("with a made-up order token", vec![own], json!({ "orderToken": "x" }), "notAllowed"),
        ("with another order's token", vec![own], shown(&other), "notAllowed"),
        ("two orders with the token of one", vec![own, foreign], shown(&order), "notAllowed"),
        ("an order that is not there", vec![nowhere], shown(&order), "notAllowed"),
        ("staff's topics with an order's token", vec!["orders"], shown(&order), "notAllowed"),
        ("another's order as a customer", vec![own], token(&customer.tokens.id), "notAllowed"),
        ("all orders as a customer", vec!["orders"], token(&customer.tokens.id), "notAllowed"),
        ("all tasks as a customer", vec!["tasks"], token(&customer.tokens.id), "notAllowed"),
        ("the queues as a customer", vec!["queues"], token(&customer.tokens.id), "notAllowed"),
        ("what needs attention as a customer", vec!["attention"], token(&customer.tokens.id), "notAllowed"),
        ("with an access token", vec!["orders"], token(&operator.tokens.access), "badToken"),
        ("with a changed token", vec!["orders"], token(&changed), "badToken"),
        ("with no token at all", vec!["orders"], token("abc"), "badToken"),
        ("with an order's token as if it were one", vec!["orders"], token(&order.token), "badToken"),
    ] {
        let answer = page.follow(&topics, &shown).await;
        assert_eq!(
            (&answer["type"], &answer["reason"]),
            (&json!("refused"), &json!(reason)),
            "{what}: {answer}"
        );
        assert!(answer["detail"].is_string(), "{what}: {answer}");
    }
    assert_eq!(followers(&stack, order.id).await, []);
    assert_eq!(followers(&stack, other.id).await, []);
}

#[tokio::test]
async fn what_is_no_request_is_answered_too() {
    let stack = Stack::connect().await;
    let mut page = Page::open(&stack).await;
    page.say(r#"{"action":"ping"}"#).await;
    assert_eq!(page.frame().await, json!({ "type": "pong" }));
    for (text, reason) in [
        ("hello".to_owned(), "badMessage"),
        (json!({ "action": "follow" }).to_string(), "badMessage"),
        (json!({ "action": "follow", "topics": ["weather"] }).to_string(), "badMessage"),
        (json!({ "action": "unfollow", "topics": [] }).to_string(), "badMessage"),
        (json!({ "action": "shout" }).to_string(), "unknownAction"),
        (
            json!({ "action": "follow", "topics": ["orders"], "token": "t".repeat(20_000) }).to_string(),
            "tooLong",
        ),
    ] {
        page.say(text.clone()).await;
        let answer = page.frame().await;
        assert_eq!(
            (&answer["type"], &answer["reason"]),
            (&json!("refused"), &json!(reason)),
            "{text}: {answer}"
        );
    }
}

#[tokio::test]
async fn who_follows_an_order_hears_nothing_once_the_time_is_over() {
    let stack = Stack::connect().await;
    let (shopper, order) = placed(&stack).await;
    let (mut page, topic) = (Page::open(&stack).await, topic(order.id));
    page.follow(&[&topic], &shown(&order)).await;
    // That the order was placed may have come before or after.
    page.listen(QUIET).await;
    let [follower] = followers(&stack, order.id).await.try_into().expect("one page follows");
    // As if the token had ended a second ago.
    let (now, topics) = (Timestamp::now(), BTreeSet::from([Topic::Order(order.id)]));
    let past = now - SignedDuration::from_secs(1);
    assert!(stack.database.follow(&follower.connection, &topics, past, now).await.unwrap());
    pay(&shopper, &order).await;
    wait_for_nobody(&stack, order.id).await;
    assert_eq!(page.listen(QUIET).await, [] as [Value; 0]);
    // The connection is as good as before: it may follow anew.
    let again = page.follow(&[&topic], &shown(&order)).await;
    assert_eq!(again["type"], "following", "{again}");
}

#[tokio::test]
async fn dead_connections_are_forgotten() {
    let stack = Stack::connect().await;
    let (shopper, order) = placed(&stack).await;
    let topic = topic(order.id);
    let (mut stays, mut leaves) = (Page::open(&stack).await, Page::open(&stack).await);
    leaves.follow(&[&topic], &shown(&order)).await;
    leaves.vanish();
    // The API tells of this end.
    wait_for_nobody(&stack, order.id).await;
    // Of this one it never told: the first event finds out.
    stays.follow(&[&topic], &shown(&order)).await;
    let (dead, now) = (ConnectionId::parse("dead00beef").unwrap(), Timestamp::now());
    let topics = BTreeSet::from([Topic::Order(order.id)]);
    assert!(stack.database.follow(&dead, &topics, now + SignedDuration::from_hours(1), now).await.unwrap());
    assert_eq!(followers(&stack, order.id).await.len(), 2);
    pay(&shopper, &order).await;
    stays.hear_of("OrderPaid", order.id).await;
    wait_for("the dead connection is forgotten", 30, async || {
        let left = followers(&stack, order.id).await;
        (left.len() == 1 && left[0].connection != dead).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_connection_and_an_order_have_room_for_so_many() {
    let stack = Stack::connect().await;
    let operator = stack.operator().await;
    let token = json!({ "token": operator.tokens.id });
    let names = |n: usize| (0..n).map(|_| topic(OrderId::generate())).collect::<Vec<_>>();
    let mut page = Page::open(&stack).await;
    let (first, more) = (names(MAX_TOPICS - 1), names(2));
    let first: Vec<&str> = first.iter().map(String::as_str).collect();
    assert_eq!(page.follow(&first, &token).await["type"], "following");
    let both: Vec<&str> = more.iter().map(String::as_str).collect();
    let answer = page.follow(&both, &token).await;
    assert_eq!(
        (&answer["type"], &answer["reason"]),
        (&json!("refused"), &json!("tooManyTopics")),
        "{answer}"
    );
    // One has room, and so have those that are followed already.
    assert_eq!(page.follow(&both[..1], &token).await["type"], "following");
    assert_eq!(page.follow(&first, &token).await["type"], "following");

    let (_, order) = placed(&stack).await;
    // That it was placed has been told by then, so that nobody finds the crowd dead.
    page.listen(QUIET).await;
    let (now, topics) = (Timestamp::now(), BTreeSet::from([Topic::Order(order.id)]));
    for n in 0..MAX_FOLLOWERS_OF_ORDER {
        let other = ConnectionId::parse(&format!("crowd{n}{}", order.id.ulid())).unwrap();
        let until = now + SignedDuration::from_hours(1);
        assert!(stack.database.follow(&other, &topics, until, now).await.unwrap());
    }
    let mut late = Page::open(&stack).await;
    let answer = late.follow(&[&topic(order.id)], &shown(&order)).await;
    assert_eq!(
        (&answer["type"], &answer["reason"]),
        (&json!("refused"), &json!("tooManyFollowers")),
        "{answer}"
    );
}
