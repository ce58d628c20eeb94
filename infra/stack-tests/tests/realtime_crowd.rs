//! A thousand open pages hear of an event once each.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use std::collections::BTreeSet;
use std::time::Duration;

use domain::Topic;
use futures::{StreamExt, stream};
use serde_json::Value;
use stack_tests::page::Page;
use stack_tests::shopper::{GOOD_CARD, new_key};
use stack_tests::{Shopper, Stack, wait_for};
use store::followers::ConnectionId;

/// How many pages are open.
const PAGES: usize = 1_000;
/// How many of them come and go at once, beside the other tests on the same machine.
const AT_ONCE: usize = 50;
/// How long a page listens for what must not come a second time.
const QUIET: Duration = Duration::from_secs(5);

/// The connections that follow all orders.
async fn connections(stack: &Stack) -> BTreeSet<ConnectionId> {
    let followers = stack.database.followers(Topic::Orders).await.unwrap();
    followers.into_iter().map(|follower| follower.connection).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_pages_hear_of_an_event_once_each() {
    let stack = Stack::connect().await;
    let (operator, product) = (stack.operator().await, stack.product(1, 5).await);
    let (stack, token) = (&stack, operator.tokens.id.as_str());
    let others = connections(stack).await;
    let open = (0..PAGES).map(|_| Page::following(stack, &["orders"], token));
    let mut pages: Vec<Page> = stream::iter(open).buffer_unordered(AT_ONCE).collect().await;
    let ours: BTreeSet<ConnectionId> = connections(stack).await.difference(&others).cloned().collect();
    assert!(ours.len() >= PAGES, "{} follow", ours.len());

    let shopper = Shopper::new(stack);
    let order = shopper.order(&[(&product.skus[0], 1)]).await;
    shopper.pay_as(&order, GOOD_CARD, &new_key()).await.expect(200);
    let id = order.id.to_string();
    let paid = |frame: &Value| frame["event"] == "OrderPaid" && frame["orderId"] == id;
    let heard: Vec<Value> = stream::iter(pages.iter_mut().map(|page| page.hear("the order is paid", paid)))
        .buffer_unordered(PAGES)
        .collect()
        .await;
    assert_eq!(heard.len(), PAGES);
    assert!(heard.iter().all(|frame| frame["id"] == heard[0]["id"]), "it is one event");
    let again: Vec<Vec<Value>> =
        stream::iter(pages.iter_mut().map(|page| page.listen(QUIET))).buffer_unordered(PAGES).collect().await;
    assert_eq!(again.iter().flatten().filter(|frame| paid(frame)).count(), 0, "nobody hears it twice");

    // All of them leave without a word, some at a time, and are forgotten.
    let mut gone = 0;
    while !pages.is_empty() {
        let leaving = pages.split_off(pages.len().saturating_sub(AT_ONCE));
        gone += leaving.len();
        leaving.into_iter().for_each(Page::vanish);
        wait_for(&format!("{gone} pages are forgotten"), 60, async || {
            let left = connections(stack).await.intersection(&ours).count();
            (left + gone <= ours.len()).then_some(())
        })
        .await;
    }
}
