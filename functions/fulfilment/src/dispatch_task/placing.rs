//! One attempt to place a task: what is stored before the supplier is called, and what comes of it.

use domain::budget::Reservation;
use domain::task::AttemptOutcome;
use domain::{Currency, Order, Task, backoff};
use events::{DispatchMessage, Outcome, Report};
use jiff::Timestamp;
use store::health::HealthCounters;
use store::{CommitError, Subject, Versioned, budget};
use suppliers::{Placement, PlacementRequest};
use telemetry::crash;

use super::{Refusal, give_up, outrun};
use crate::attempt::{Attempt, Failure, attempt};
use crate::calls::Pass;
use crate::conclude::{Concluded, Ending};
use crate::connection::Connection;
use crate::desk::{Desk, DeskError};
use crate::excess::BUDGET_SPENT;
use crate::gate::{Cause, Closed};
use crate::measured;
use crate::{
    FIRST_RETRY, LONGEST_RETRY, LONGEST_SLOT_WAIT, MAX_ATTEMPTS, MAX_LONELY_ATTEMPTS, SUBMISSION_LEASE,
};

/// What came of beginning an attempt.
enum Begun {
    /// It is stored that it began.
    Yes(Versioned<Task>),
    /// The supplier's budget does not allow it, for this reason. Nothing was stored.
    Refused(Versioned<Task>, String),
    /// Somebody else changed the task.
    Outrun,
}

/// A task that is being placed.
pub(super) struct Placing<'a> {
    pub desk: &'a Desk,
    pub connection: &'a Connection,
    pub message: &'a DispatchMessage,
    /// Why it is only looked for.
    pub refusal: Refusal,
}

/// How often a task was put off since something else happened to it, and once more.
fn waits(task: &Task) -> u32 {
    let postponed =
        task.history().iter().rev().take_while(|entry| entry.outcome == AttemptOutcome::Postponed);
    u32::try_from(postponed.count() + 1).unwrap_or(u32::MAX)
}

impl Placing<'_> {
    /// Makes the task wait, unless it waits for a supplier that fails and others can send all of it.
    pub async fn postpone(&self, mut task: Versioned<Task>, closed: Closed) -> Result<Report, DeskError> {
        let Self { desk, message, .. } = self;
        if closed.cause == Cause::Circuit && !task.value.in_doubt() {
            let ended = desk.give_up(task.clone(), closed.reason, true, &message.request_id).await?;
            if ended == Concluded::Written {
                return Ok(Outcome::Done.saying("the supplier fails: others take over"));
            }
        }
        let (order_id, now) = (task.value.order_id(), Timestamp::now());
        // Nobody knows how many wait for a slot: those that have waited for longer ask less often.
        let until = match closed.cause {
            Cause::Slots => {
                now + backoff::delay(waits(&task.value), FIRST_RETRY, LONGEST_SLOT_WAIT, rand::random(), None)
            }
            Cause::Circuit | Cause::Turn => closed.until,
        };
        task.value.postpone(until, closed.reason, now)?;
        if desk.save(task).await?.is_none() {
            return Ok(outrun());
        }
        crash::point("dispatch-task.after-postpone", order_id);
        let again = DispatchMessage { turn: closed.turn, ..(*message).clone() };
        desk.send_again(&again, until).await?;
        Ok(Outcome::Done.saying(format!("waits until {until:.0}: {}", closed.reason)))
    }

    /// Makes an attempt.
    pub async fn place(
        &self,
        pass: &mut Pass,
        task: Versioned<Task>,
        order: &Order,
    ) -> Result<Report, DeskError> {
        let Self { desk, connection, message, refusal } = self;
        let in_doubt = task.value.in_doubt();
        let task = match self.begin(task).await? {
            Begun::Yes(task) => task,
            Begun::Refused(task, reason) => return give_up(desk, task, &reason, message).await,
            Begun::Outrun => return Ok(outrun()),
        };
        crash::point("dispatch-task.after-begin", order.id());
        let request = PlacementRequest::for_task(&task.value, order.shipping_address().clone());
        let attempt = attempt(connection.api.as_ref(), pass, &request, in_doubt, *refusal).await;
        crash::point("dispatch-task.after-place", order.id());
        self.finish(pass, task, attempt).await
    }

    /// Stores that an attempt begins, and takes what the task may cost out of the supplier's budget.
    async fn begin(&self, task: Versioned<Task>) -> Result<Begun, DeskError> {
        let now = Timestamp::now();
        let supplier = &self.connection.record.value.supplier;
        let mut begun = task.clone();
        let mut transaction = self.desk.database.transaction();
        if task.value.reserved().is_none() {
            let amount = task.value.expected_cost(supplier.budget.currency().unwrap_or(Currency::Gbp))?;
            if supplier.budget.currency().is_some_and(|currency| currency != amount.currency()) {
                let reason = format!("it costs {amount}, which is not the currency of the supplier's budget");
                return Ok(Begun::Refused(task, reason));
            }
            let reservation = Reservation { amount, day: budget::day(now) };
            begun.value.reserve(reservation);
            transaction.reserve_budget(supplier.id, supplier.budget, reservation)?;
        }
        begun.value.begin_submission(now + SUBMISSION_LEASE)?;
        transaction.update_task(&begun)?;
        match transaction.commit().await {
            Ok(()) => Ok(Begun::Yes(Versioned { version: begun.version + 1, ..begun })),
            Err(CommitError::Store(error)) => Err(error.into()),
            Err(error) if error.refused(&Subject::Task(task.value.id())) => Ok(Begun::Outrun),
            Err(CommitError::Refused(_)) => Ok(Begun::Refused(task, BUDGET_SPENT.into())),
        }
    }

    /// Stores what came of an attempt.
    async fn finish(
        &self,
        pass: &mut Pass,
        mut task: Versioned<Task>,
        attempt: Attempt,
    ) -> Result<Report, DeskError> {
        let Self { desk, connection, message, .. } = self;
        let now = Timestamp::now();
        let mut failure = match attempt {
            Attempt::Placed(placement) => match self.accept(pass, task, placement).await? {
                Ok(report) => return Ok(report),
                Err((back, failure)) => {
                    task = back;
                    failure
                }
            },
            Attempt::Rejected(reason) => {
                task.value.reject(&reason, now)?;
                desk.conclude(task, Ending::default(), &message.request_id).await?;
                return Ok(Outcome::Done.saying(format!("{} refuses: {reason}", connection.name())));
            }
            Attempt::Failed(failure) => failure,
        };
        let last = task.value.attempts() >= MAX_ATTEMPTS || !failure.may_pass;
        if last && failure.in_doubt && !failure.asked {
            // Nobody else may get it before we know that this supplier has not.
            match pass.call(connection.api.find_by_reference(&task.value.id())).await {
                Ok(Some(placement)) => match self.accept(pass, task, placement).await? {
                    Ok(report) => return Ok(report),
                    Err((back, _)) => task = back,
                },
                Ok(None) => failure.in_doubt = false,
                Err(error) => tracing::error!(%error, "cannot learn whether the supplier has the task"),
            }
        }
        let (attempts, reason) = (task.value.attempts(), &failure.reason);
        if last && !failure.in_doubt {
            // Where nobody else can send it now, this supplier is tried for longer.
            let only_if_routable = failure.may_pass && attempts < MAX_LONELY_ATTEMPTS;
            let ended = desk.give_up(task.clone(), reason, only_if_routable, &message.request_id).await?;
            if ended != Concluded::NotRoutable {
                return Ok(Outcome::Done.saying(format!("given up: {reason}")));
            }
        }
        let chance = rand::random::<f64>();
        let pause = backoff::delay(attempts, FIRST_RETRY, LONGEST_RETRY, chance, failure.retry_after);
        let retry_at = now + pause;
        task.value.end_attempt(failure.in_doubt, reason, retry_at, now)?;
        let order_id = task.value.order_id();
        if desk.save(task).await?.is_none() {
            return Ok(outrun());
        }
        crash::point("dispatch-task.after-attempt", order_id);
        tracing::warn!(attempts, in_doubt = failure.in_doubt, reason, %retry_at, "task is not placed");
        let again = DispatchMessage { turn: None, ..(*message).clone() };
        desk.send_again(&again, retry_at).await?;
        Ok(Outcome::Done.saying(format!("attempt {attempts}: {reason}; again at {retry_at:.0}")))
    }

    /// Stores that the supplier has the task. Gives the task back as it was where the supplier calls it by the name of
    /// another one, so that nobody can know which of them it has.
    async fn accept(
        &self,
        pass: &mut Pass,
        task: Versioned<Task>,
        placement: Placement,
    ) -> Result<Result<Report, (Versioned<Task>, Failure)>, DeskError> {
        let Self { desk, connection, .. } = self;
        let now = Timestamp::now();
        let reference = placement.reference.to_string();
        let mut accepted = task.clone();
        if connection.api.is_polled() {
            accepted.value.accept(reference.clone(), now)?;
        } else {
            accepted.value.accept_by_hand(reference.clone(), now)?;
        }
        if let Some(cost) = placement.cost {
            accepted.value.charge(cost);
        }
        let mut transaction = desk.database.transaction();
        transaction.update_task(&accepted)?.point_reference(
            connection.id(),
            &reference,
            task.value.id(),
            now,
        )?;
        match transaction.commit().await {
            Ok(()) => {}
            Err(CommitError::Store(error)) => return Err(error.into()),
            Err(error) if error.refused(&Subject::Reference) => {
                let reason =
                    format!("the supplier calls it `{reference}`, which is what it calls another task");
                let failure =
                    Failure { in_doubt: true, may_pass: true, asked: true, retry_after: None, reason };
                return Ok(Err((task, failure)));
            }
            Err(CommitError::Refused(_)) => return Ok(Ok(outrun())),
        }
        crash::point("dispatch-task.after-accept", task.value.order_id());
        pass.count(&HealthCounters { placed: 1, ..HealthCounters::default() });
        measured::placed(&accepted.value);
        tracing::info!(supplier_reference = reference, "task placed");
        Ok(Ok(Outcome::Done.saying(format!("{} has it as {reference}", connection.name()))))
    }
}
