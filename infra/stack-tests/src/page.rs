//! An open page: a connection to the WebSocket API, from outside.

use std::time::Duration;

use domain::{OrderId, Topic};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use store::followers::Follower;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::shopper::{GOOD_CARD, PlacedOrder, Shopper, new_key};
use crate::stack::Stack;

/// How long a page waits for what must come.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// An open page.
pub struct Page {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    asked: u32,
    heard: Vec<Value>,
}

impl Page {
    /// Opens a page.
    pub async fn open(stack: &Stack) -> Self {
        let (stream, _) = connect_async(stack.output("RealtimeUrl")).await.unwrap();
        Self { stream, asked: 0, heard: Vec::new() }
    }

    /// Opens a page that follows topics with a token of the user directory.
    pub async fn following(stack: &Stack, topics: &[&str], token: &str) -> Self {
        let mut page = Self::open(stack).await;
        let answer = page.follow(topics, &json!({ "token": token })).await;
        assert_eq!(answer["type"], "following", "{answer}");
        page
    }

    /// Sends a text.
    pub async fn say(&mut self, text: impl Into<String>) {
        self.stream.send(Message::text(text.into())).await.unwrap();
    }

    /// Asks to follow topics with whatever is shown for it, and gives the answer.
    pub async fn follow(&mut self, topics: &[&str], shown: &Value) -> Value {
        let mut request = json!({ "action": "follow", "topics": topics });
        for (name, token) in shown.as_object().unwrap() {
            request[name] = token.clone();
        }
        self.ask(request).await
    }

    /// Sends a request under a name, and gives the answer that carries it. Events that come in between are kept.
    pub async fn ask(&mut self, mut request: Value) -> Value {
        self.asked += 1;
        let name = self.asked.to_string();
        request["ref"] = name.clone().into();
        self.say(request.to_string()).await;
        let deadline = Instant::now() + PATIENCE;
        loop {
            let frame = self.next(deadline).await.unwrap_or_else(|| panic!("{request}: no answer"));
            if frame["ref"] == name {
                return frame;
            }
            self.heard.push(frame);
        }
    }

    /// The next frame of any kind.
    pub async fn frame(&mut self) -> Value {
        self.next(Instant::now() + PATIENCE).await.expect("a frame comes")
    }

    /// Waits for the first frame that fits, those that came before included. What does not fit is passed over.
    pub async fn hear(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        self.all_until(what, fits).await.pop().expect("the one that fits is the last")
    }

    /// Waits for the first frame that fits, and gives all up to it, those that came before included.
    pub async fn all_until(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Vec<Value> {
        let deadline = Instant::now() + PATIENCE;
        if let Some(at) = self.heard.iter().position(&fits) {
            return self.heard.drain(..=at).collect();
        }
        let mut frames = std::mem::take(&mut self.heard);
        loop {
            let frame =
                self.next(deadline).await.unwrap_or_else(|| panic!("{what}: not heard in {frames:?}"));
            frames.push(frame);
            if frames.last().is_some_and(&fits) {
                return frames;
            }
        }
    }

    /// Waits for an event of an order.
    pub async fn hear_of(&mut self, event: &str, order: impl ToString) -> Value {
        let order = order.to_string();
        self.hear(&format!("{event} of {order}"), |frame| {
            frame["event"] == event && frame["orderId"] == order
        })
        .await
    }

    /// All frames that come within a time, those that came before included.
    pub async fn listen(&mut self, time: Duration) -> Vec<Value> {
        let deadline = Instant::now() + time;
        let mut frames = std::mem::take(&mut self.heard);
        while let Some(frame) = self.next(deadline).await {
            frames.push(frame);
        }
        frames
    }

    /// Leaves without a word, as a page does whose machine goes to sleep.
    pub fn vanish(self) {
        drop(self.stream);
    }

    async fn next(&mut self, deadline: Instant) -> Option<Value> {
        loop {
            let message = timeout_at(deadline, self.stream.next()).await.ok()?;
            if let Message::Text(text) = message.expect("the connection is open").expect("a good frame") {
                return Some(serde_json::from_str(text.as_str()).unwrap());
            }
        }
    }
}

/// How an order's topic is called.
#[must_use]
pub fn topic(id: OrderId) -> String {
    Topic::Order(id).to_string()
}

/// What a guest shows for an order.
#[must_use]
pub fn shown(order: &PlacedOrder) -> Value {
    json!({ "orderToken": order.token })
}

/// An order of a guest that waits to be paid.
pub async fn placed(stack: &Stack) -> (Shopper, PlacedOrder) {
    let (shopper, product) = (Shopper::new(stack), stack.product(1, 5).await);
    let order = shopper.order(&[(&product.skus[0], 1)]).await;
    (shopper, order)
}

/// Pays an order.
pub async fn pay(shopper: &Shopper, order: &PlacedOrder) {
    shopper.pay_as(order, GOOD_CARD, &new_key()).await.expect(200);
}

/// Who follows an order.
pub async fn followers(stack: &Stack, order: OrderId) -> Vec<Follower> {
    stack.database.followers(Topic::Order(order)).await.unwrap()
}
