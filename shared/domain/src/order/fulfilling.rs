//! What tasks and people do to a paid order.

use super::{Order, OrderError, OrderStatus};
use crate::ids::TaskId;
use crate::quantity::Quantity;
use crate::sku::Sku;

impl Order {
    /// Hands the paid order over to its tasks.
    pub fn start_fulfilment(&mut self, tasks: impl IntoIterator<Item = TaskId>) -> Result<(), OrderError> {
        // One that needs attention may go on too, but not begin anew.
        if self.status != OrderStatus::Paid {
            return Err(OrderError::IllegalTransition { from: self.status, to: OrderStatus::Fulfilling });
        }
        self.become_(OrderStatus::Fulfilling)?;
        self.open_tasks = tasks.into_iter().collect();
        Ok(())
    }

    /// Closes a task of which nothing is left to do. When there is neither another nor a piece that nobody sends, the order
    /// is fulfilled.
    pub fn close_task(&mut self, task: TaskId) -> Result<(), OrderError> {
        self.replace_task(task, [])?;
        self.finish_if_done()
    }

    /// Closes a task that was not completed (or not wholly), in favour of others. What these do not take must be
    /// [left unassigned](Self::leave_unassigned).
    pub fn replace_task(
        &mut self,
        task: TaskId,
        by: impl IntoIterator<Item = TaskId>,
    ) -> Result<(), OrderError> {
        if !self.open_tasks.remove(&task) {
            return Err(OrderError::UnknownTask(task));
        }
        self.open_tasks.extend(by);
        Ok(())
    }

    /// Calls a person while tasks go on, and says why.
    pub fn need_attention(&mut self, reason: String) -> Result<(), OrderError> {
        if self.status != OrderStatus::NeedsAttention {
            self.become_(OrderStatus::NeedsAttention)?;
        }
        self.attention = Some(reason);
        Ok(())
    }

    /// Adds pieces to those that nobody sends, and calls a person.
    pub fn leave_unassigned(&mut self, pieces: &[(Sku, Quantity)], reason: String) -> Result<(), OrderError> {
        self.need_attention(reason)?;
        for (sku, quantity) in pieces {
            let all = self.unassigned.get(sku).map_or(*quantity, |before| before.plus_at_most(*quantity));
            self.unassigned.insert(sku.clone(), all);
        }
        Ok(())
    }

    /// Takes pieces off those that nobody sends: `tasks` send them now, or a person has sent them. When none is left the
    /// order goes on, or is fulfilled if no task is open.
    pub fn take_unassigned(
        &mut self,
        pieces: &[(Sku, Quantity)],
        tasks: impl IntoIterator<Item = TaskId>,
    ) -> Result<(), OrderError> {
        if self.status != OrderStatus::NeedsAttention {
            return Err(OrderError::IllegalTransition { from: self.status, to: OrderStatus::Fulfilling });
        }
        let mut rest = self.unassigned.clone();
        for (sku, quantity) in pieces {
            let there = rest.remove(sku).map_or(0, |there| i64::from(there.get()));
            let left = there - i64::from(quantity.get());
            if left < 0 {
                return Err(OrderError::NotUnassigned(sku.clone()));
            }
            rest.extend(Quantity::parse(left).ok().map(|left| (sku.clone(), left)));
        }
        let took_the_last = rest.is_empty() && !self.unassigned.is_empty();
        self.unassigned = rest;
        self.open_tasks.extend(tasks);
        if !took_the_last {
            return Ok(());
        }
        self.attention = None;
        if self.open_tasks.is_empty() { self.finish_if_done() } else { self.become_(OrderStatus::Fulfilling) }
    }

    fn finish_if_done(&mut self) -> Result<(), OrderError> {
        let under_way = matches!(self.status, OrderStatus::Fulfilling | OrderStatus::NeedsAttention);
        if under_way && self.open_tasks.is_empty() && self.unassigned.is_empty() {
            self.attention = None;
            self.become_(OrderStatus::Fulfilled)?;
        }
        Ok(())
    }
}
