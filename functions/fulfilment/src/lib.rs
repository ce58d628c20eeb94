//! The fulfilment desk: splits paid orders into tasks, places these with suppliers, follows them until they are done, and
//! replaces those that fail.

pub mod desk;
pub mod dispatch_task;
pub mod plan_order;
pub mod planning;
pub mod poll_suppliers;
pub mod sweep_tasks;
pub mod sync_supplier;

use jiff::SignedDuration;

/// How long a planned task may wait for its first attempt before it is sent to the queue again.
pub const DISPATCH_PATIENCE: SignedDuration = SignedDuration::from_secs(60);
/// How long one attempt to place a task may take before another worker may take it for dead: longer than the function may
/// run.
pub const SUBMISSION_LEASE: SignedDuration = SignedDuration::from_secs(35);
/// How often it is tried to place a task before somebody else gets it.
pub const MAX_ATTEMPTS: u32 = 4;
/// How long an overdue task is left alone before it is cancelled again.
pub const CANCEL_PATIENCE: SignedDuration = SignedDuration::from_mins(5);
/// How often a write is tried again that somebody else's write got ahead of.
const MAX_TRIES: u32 = 8;
