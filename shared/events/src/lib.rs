//! Messages, and the functions that work through queues of them.
//!
//! A message may come twice and after the thing it tells of has moved on. So it only names the thing; the worker reads
//! how the thing stands and does what is left to do.

pub mod bus;
pub mod called;
pub mod message;
pub mod queue;
pub mod report;
pub mod run_log;
pub mod worker;

pub use bus::{Bus, BusError, BusEvent, TaskEvent};
pub use called::{RunNow, called, scheduled};
pub use message::{BusMessage, DeletionMessage, DispatchMessage, Message, SyncMessage};
pub use queue::{Queue, QueueError};
pub use report::{Outcome, Report};
pub use worker::{WorkError, work};
