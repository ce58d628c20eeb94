//! What the run has its hands on: the stack's functions and queues, and the simulator's knobs.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::error::DisplayErrorContext;
use aws_sdk_lambda::primitives::Blob;
use aws_sdk_sqs::types::QueueAttributeName;
use aws_sdk_sqs::types::QueueAttributeName::{
    ApproximateNumberOfMessages, ApproximateNumberOfMessagesDelayed, ApproximateNumberOfMessagesNotVisible,
};
use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;
use thiserror::Error;

use crate::connection::{Connection, http_client};
use crate::outputs::{Outputs, OutputsError};

/// What the names of outputs with queues of work end in.
const WORK: &str = "QueueUrl";
/// What the names of outputs with queues of dead letters end in.
const DEAD: &str = "DeadLettersUrl";
/// What the names of outputs with the failures of streams and buckets end in, which nobody can give back.
const FAILURES: &str = "FailuresUrl";
/// The most messages that SQS gives at once.
const BATCH: i32 = 10;
/// How long a dead letter that is given back is hidden from others, in seconds.
const HIDDEN: i32 = 30;
/// The states in which messages of a queue are.
const STATES: [QueueAttributeName; 3] =
    [ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible, ApproximateNumberOfMessagesDelayed];

/// Why something could not be done.
#[derive(Debug, Error)]
pub enum MachineError {
    /// The outputs lack something.
    #[error(transparent)]
    Outputs(#[from] OutputsError),
    /// AWS, or the emulator.
    #[error("{what}: {reason}")]
    Aws {
        /// What was asked for.
        what: String,
        /// Why not.
        reason: String,
    },
    /// The simulator.
    #[error("the supplier simulator: {0}")]
    Simulator(#[from] reqwest::Error),
}

/// What a simulated supplier remembers, as far as it matters here.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Memory {
    /// Every order it took.
    pub orders: Vec<SimulatedOrder>,
    /// References for which it took more than one.
    pub duplicates: Vec<String>,
    /// What it charges for all, in pence.
    pub charged: i64,
    /// How many requests of each kind there were.
    pub requests: BTreeMap<String, u64>,
    /// What went wrong with them.
    pub faults: Faults,
}

/// What went wrong at a simulated supplier.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Faults {
    /// Orders that it would not take.
    #[serde(default)]
    pub refused: u64,
    /// Requests that a fault struck, by its kind.
    #[serde(default)]
    pub struck: BTreeMap<String, u64>,
}

/// An order of a simulated supplier.
#[derive(Debug, Clone, Deserialize)]
pub struct SimulatedOrder {
    /// Our name for it.
    pub reference: String,
    /// Its lines.
    pub items: Vec<SimulatedItem>,
}

/// A line of it.
#[derive(Debug, Clone, Deserialize)]
pub struct SimulatedItem {
    /// Pieces on their way.
    pub delivered: u64,
}

impl Memory {
    /// How many requests there were.
    #[must_use]
    pub fn requested(&self) -> u64 {
        self.requests.values().sum()
    }

    /// How many of them a fault struck.
    #[must_use]
    pub fn struck(&self) -> u64 {
        self.faults.struck.values().sum()
    }
}

impl SimulatedOrder {
    /// The task that it is of: protocols in which an order has one line add the line's number.
    #[must_use]
    pub fn task(&self) -> &str {
        self.reference.split_once('/').map_or(self.reference.as_str(), |(task, _)| task)
    }

    /// How many pieces are on their way.
    #[must_use]
    pub fn delivered(&self) -> u64 {
        self.items.iter().map(|item| item.delivered).sum()
    }
}

/// The stack's functions and queues, and the simulator.
#[derive(Debug, Clone)]
pub struct Machine {
    outputs: Outputs,
    lambda: aws_sdk_lambda::Client,
    sqs: aws_sdk_sqs::Client,
    http: reqwest::Client,
}

impl Machine {
    /// The machine of a stack.
    pub fn new(outputs: &Outputs, connection: &Connection, simulator: &str) -> Result<Self, MachineError> {
        Ok(Self {
            outputs: outputs.clone(),
            lambda: aws_sdk_lambda::Client::new(connection.sdk()),
            sqs: aws_sdk_sqs::Client::new(connection.sdk()),
            http: http_client(simulator).build()?,
        })
    }

    /// Calls a function as its schedule would, and says whether it lived to the end of its work.
    pub async fn invoke(&self, function: &'static str) -> Result<bool, MachineError> {
        let name = self.outputs.function(function)?;
        let answer = self.lambda.invoke().function_name(name).payload(Blob::new("{}")).send().await;
        Ok(answer.map_err(|error| aws(function, DisplayErrorContext(error)))?.function_error().is_none())
    }

    /// Puts a message into a queue, where nobody sees it for a second.
    pub async fn send(&self, queue: &'static str, message: &Value) -> Result<(), MachineError> {
        let url = self.outputs.stack(queue)?;
        // A delay that is given takes the place of the queue's own, which may be long.
        let request =
            self.sqs.send_message().queue_url(url).message_body(message.to_string()).delay_seconds(1);
        request.send().await.map_err(|error| aws(queue, DisplayErrorContext(error)))?;
        Ok(())
    }

    /// How many messages wait for a worker or are with one, by queue.
    pub async fn at_work(&self) -> Result<BTreeMap<String, u64>, MachineError> {
        self.depths(self.outputs.queues(WORK)).await
    }

    /// How many messages somebody gave up on, by queue.
    pub async fn given_up(&self) -> Result<BTreeMap<String, u64>, MachineError> {
        self.depths(self.outputs.queues(DEAD).chain(self.outputs.queues(FAILURES))).await
    }

    async fn depths<'a>(
        &self,
        queues: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Result<BTreeMap<String, u64>, MachineError> {
        let mut depths = BTreeMap::new();
        for (name, url) in queues {
            let mut request = self.sqs.get_queue_attributes().queue_url(url);
            for state in STATES {
                request = request.attribute_names(state);
            }
            let answer = request.send().await.map_err(|error| aws(name, DisplayErrorContext(error)))?;
            let numbers = answer.attributes().into_iter().flat_map(|all| all.values());
            let depth = numbers.filter_map(|number| number.parse::<u64>().ok()).sum();
            depths.insert(name.to_owned(), depth);
        }
        Ok(depths)
    }

    /// Gives dead letters to their workers again, as an operator would; says how many there were.
    pub async fn redrive(&self) -> Result<u64, MachineError> {
        let mut given_back = 0;
        for (name, dead) in self.outputs.queues(DEAD) {
            let Some((_, work)) = self.outputs.queues(WORK).find(|(work, _)| *work == name) else { continue };
            loop {
                let request = self.sqs.receive_message().queue_url(dead).max_number_of_messages(BATCH);
                let answer = request.visibility_timeout(HIDDEN).send().await;
                let letters = answer.map_err(|error| aws(name, DisplayErrorContext(error)))?.messages;
                let Some(letters) = letters.filter(|letters| !letters.is_empty()) else { break };
                for letter in letters {
                    let sent = self.sqs.send_message().queue_url(work).set_message_body(letter.body);
                    sent.send().await.map_err(|error| aws(name, DisplayErrorContext(error)))?;
                    let taken = self.sqs.delete_message().queue_url(dead);
                    let taken = taken.set_receipt_handle(letter.receipt_handle).send().await;
                    taken.map_err(|error| aws(name, DisplayErrorContext(error)))?;
                    given_back += 1;
                }
            }
        }
        Ok(given_back)
    }

    /// Turns knobs of a simulated supplier.
    pub async fn turn(&self, address: &str, knobs: &Value) -> Result<(), MachineError> {
        let request = self.http.request(Method::PUT, format!("{address}/control")).json(knobs);
        request.send().await?.error_for_status()?;
        Ok(())
    }

    /// All that a simulated supplier remembers.
    pub async fn memory(&self, address: &str) -> Result<Memory, MachineError> {
        let answer = self.http.get(format!("{address}/memory")).send().await?.error_for_status()?;
        Ok(answer.json().await?)
    }
}

fn aws(what: &str, reason: impl ToString) -> MachineError {
    MachineError::Aws { what: what.to_owned(), reason: reason.to_string() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_supplier_remembers_is_read() {
        let memory: Memory = serde_json::from_value(json!({
            "orders": [
                { "id": "so_1", "reference": "tsk_1/2", "items": [{ "code": "A", "quantity": 3, "delivered": 2 }] },
                { "id": "so_2", "reference": "tsk_2", "items": [] },
            ],
            "duplicates": [],
            "charged": 250,
            "requests": { "place": 3, "status": 4 },
            "faults": { "failed": 0, "refused": 1, "lost": 0, "struck": { "drip": 2 } },
        }))
        .unwrap();
        let orders: Vec<_> = memory.orders.iter().map(|order| (order.task(), order.delivered())).collect();
        assert_eq!(orders, [("tsk_1", 2), ("tsk_2", 0)]);
        assert_eq!((memory.requested(), memory.struck(), memory.faults.refused), (7, 2, 1));
    }
}
