//! Messages, and the functions that work through queues of them.
//!
//! A message may come twice and after the thing it tells of has moved on. So it only names the thing; the worker reads
//! how the thing stands and does what is left to do.

pub mod message;
pub mod queue;
pub mod worker;

pub use message::{BusMessage, DeletionMessage, DispatchMessage, Message, SyncMessage};
pub use queue::{Queue, QueueError};
pub use worker::{Outcome, WorkError, work};
