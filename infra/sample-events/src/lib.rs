//! Ready events for every function: what `sam local invoke` calls them with, and what the tests feed to them.
//!
//! The templates say what calls a function; what such a call holds is made of the code's own types: a request's body of
//! the document of all routes, a message by the type that its worker reads.

mod error;
mod http;
mod ids;
mod queue;
mod schema;
mod socket;
mod stream;
mod templates;
mod upload;

use std::path::Path;

use serde_json::{Value, json};

pub use error::SampleError;
pub use templates::{Call, Caller, calls};

/// When everything in the events happens.
pub(crate) const AT: &str = "2026-11-22T14:00:00Z";
/// The account that the events come from: the emulator's.
pub(crate) const ACCOUNT: &str = "000000000000";
/// Where the events come from.
pub(crate) const REGION: &str = "eu-west-2";

/// A ready event of a function.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// What sends it, which is the folder that it lies in.
    pub caller: Caller,
    /// The function's binary, which is its file's name.
    pub function: String,
    /// The event.
    pub payload: Value,
}

impl Sample {
    /// Its file below `infra/events`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}/{}.json", self.caller.folder(), self.function)
    }

    /// What the file holds.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{:#}\n", self.payload)
    }
}

/// The events of all functions of the templates below `root`, the workspace's folder.
pub fn samples(root: &Path) -> Result<Vec<Sample>, SampleError> {
    let document = serde_json::to_value(openapi::document())?;
    calls(root)?.into_iter().map(|call| sample(&document, call)).collect()
}

fn sample(document: &Value, call: Call) -> Result<Sample, SampleError> {
    let Call { caller, function } = call;
    let payload = match caller {
        Caller::Http => http::event(document, &function)?,
        Caller::Queue => queue::event(&function)?,
        Caller::Schedule => schedule(&function),
        Caller::Socket => socket::event(&function)?,
        Caller::Stream => stream::event(&function)?,
        Caller::Upload => upload::event(&function)?,
    };
    Ok(Sample { caller, function, payload })
}

/// What a schedule that is given no input of its own calls with.
fn schedule(function: &str) -> Value {
    let name = format!("ironmonger-local-{function}");
    json!({
        "version": "0",
        "id": ids::MESSAGE,
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": ACCOUNT,
        "time": AT,
        "region": REGION,
        "resources": [format!("arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/default/{name}")],
        "detail": "{}",
    })
}
