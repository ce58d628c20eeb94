//! The fulfilment desk: splits paid orders into tasks, places these with suppliers, follows them until they are done, and
//! replaces those that fail.

mod attempt;
pub mod attention;
pub mod calling_off;
pub mod calls;
pub mod conclude;
pub mod connection;
pub mod desk;
pub mod dispatch_task;
mod excess;
#[cfg(test)]
mod fixtures;
pub mod gate;
mod measured;
pub mod plan_order;
pub mod planning;
pub mod poll_suppliers;
pub mod publish_task_events;
pub mod reports;
mod spent;
pub mod sweep_tasks;
pub mod sync_supplier;
pub mod traced;

use std::time::Duration;

use jiff::SignedDuration;

/// How long a planned task may wait for its first attempt before it is sent to the queue again.
pub const DISPATCH_PATIENCE: SignedDuration = SignedDuration::from_secs(60);
/// How long one attempt to place a task may take before another worker may take it for dead: longer than the function may
/// run. So long a call also holds its slot.
pub const SUBMISSION_LEASE: SignedDuration = SignedDuration::from_secs(35);
/// How often it is tried to place a task before somebody else gets it, if there is somebody.
pub const MAX_ATTEMPTS: u32 = 4;
/// How often it is tried to place a task that nobody else can take, before a person is called: for about an hour.
pub const MAX_LONELY_ATTEMPTS: u32 = 18;
/// The pause after the first failed attempt; it doubles with each further one.
pub const FIRST_RETRY: Duration = Duration::from_secs(2);
/// The longest pause between attempts.
pub const LONGEST_RETRY: Duration = Duration::from_mins(5);
/// The longest pause before a task asks again for one of the calls that may be under way at once.
pub const LONGEST_SLOT_WAIT: Duration = Duration::from_mins(1);
/// How far ahead a turn to call a supplier may lie: no longer than a queue can hold a message back.
pub const TURN_HORIZON: SignedDuration = SignedDuration::from_mins(10);
/// How long after the sweep has sent a waiting task to the queue again it is left alone, unless something happens to it: the
/// queue may be long, and each message more makes it longer.
pub const RESEND_PATIENCE: SignedDuration = SignedDuration::from_mins(15);
/// How late a turn may be used: a message may be held up.
pub const TURN_LIFETIME: SignedDuration = SignedDuration::from_mins(2);
/// How long a task may be in doubt before a person is called; it is tried to settle the doubt all the same.
pub const DOUBT_PATIENCE: SignedDuration = SignedDuration::from_hours(1);
/// How long an overdue task is left alone before it is cancelled again.
pub const CANCEL_PATIENCE: SignedDuration = SignedDuration::from_mins(5);
/// How often it is tried to cancel an overdue task before a person is called.
pub const MAX_CANCELS: usize = 3;
/// How long an overdue task that cannot be cancelled is left alone.
pub const LATE_PATIENCE: SignedDuration = SignedDuration::from_hours(1);
/// The most tasks that a supplier is asked about with one call of ours; its adapter may make several calls of it.
pub const POLL_PAGE: usize = 100;
/// The most tasks of a supplier that one run looks at.
pub const MAX_DUE: usize = 1_000;
/// The most orders that were called off of which one sweep takes care.
pub const MAX_CALLED_OFF: usize = 1_000;
/// How many of them are read at once.
pub const CALLED_OFF_PAGE: i32 = 200;
/// After this time no further supplier is asked to call a task off: the sweep goes on.
pub const CALLING_OFF_PATIENCE: Duration = Duration::from_secs(8);
/// How many tasks the sweep sends to the queue at once.
pub const SENT_AT_ONCE: usize = 10;
/// The most tasks of a supplier that one sweep looks after.
pub const MAX_SWEPT: usize = 5_000;
/// After this time a run begins no further page: the function may not run for much longer.
pub const POLL_PATIENCE: Duration = Duration::from_secs(5);
/// How often a write is tried again that somebody else's write got ahead of.
const MAX_TRIES: u32 = 8;
/// How many things are read or written at once.
const PARALLEL: usize = 8;
