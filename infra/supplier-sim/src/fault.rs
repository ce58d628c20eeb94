//! Faults that a test asks for: what goes wrong, in which requests, how often.

use std::collections::BTreeSet;

use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};

use crate::knobs::Operation;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FaultKind {
    /// 429, nothing was done.
    TooMany,
    /// 503, nothing was done.
    Unavailable,
    /// 500, nothing was done.
    Broken,
    /// 401 and every token is void, nothing was done.
    Expired,
    /// 307 to an address that nobody must follow to, nothing was done.
    Redirect,
    /// The work is done and 500 answered.
    BrokenAfter,
    /// The work is done and the connection closed without an answer.
    Lost,
    /// The work is done and bytes answered that are no JSON.
    Garbage,
    /// The work is done and a page of HTML answered.
    WrongType,
    /// The work is done and the answer comes a byte at a time, without an end.
    Drip,
    /// The work is done and the answer is longer than anybody should read.
    Huge,
    /// The work is done and every order of a list comes twice.
    Duplicate,
}

impl FaultKind {
    /// Whether the request has its effect all the same.
    #[must_use]
    pub fn works(self) -> bool {
        match self {
            Self::TooMany | Self::Unavailable | Self::Broken | Self::Expired | Self::Redirect => false,
            Self::BrokenAfter
            | Self::Lost
            | Self::Garbage
            | Self::WrongType
            | Self::Drip
            | Self::Huge
            | Self::Duplicate => true,
        }
    }
}

/// A fault and when it strikes: the next `next` requests, or `percent` of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// The kinds of request that it strikes.
    #[serde(default = "everywhere")]
    pub on: BTreeSet<Operation>,
    /// It strikes this many requests; counts down.
    #[serde(default)]
    pub next: u32,
    /// It strikes this share of requests, by chance.
    #[serde(default)]
    pub percent: u8,
    /// Sent as `Retry-After`, in seconds, with a 429, 500 or 503.
    #[serde(default)]
    pub retry_after_seconds: Option<u32>,
}

fn everywhere() -> BTreeSet<Operation> {
    Operation::ALL.into()
}

impl Fault {
    /// Whether it strikes this request. Counts down.
    pub fn strikes(&mut self, operation: Operation, chance: &mut impl Rng) -> bool {
        if !self.on.contains(&operation) {
            return false;
        }
        if self.next > 0 {
            self.next -= 1;
            return true;
        }
        self.percent > 0 && chance.random_range(0..100) < self.percent
    }

    /// Whether it can ever strike again.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.next == 0 && self.percent == 0
    }
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    fn fault(next: u32, percent: u8) -> Fault {
        Fault {
            kind: FaultKind::Lost,
            on: [Operation::Place].into(),
            next,
            percent,
            retry_after_seconds: None,
        }
    }

    #[test]
    fn a_fault_strikes_the_next_requests_of_its_kind() {
        let chance = &mut StdRng::seed_from_u64(4);
        let mut twice = fault(2, 0);
        let strikes = [Operation::Find, Operation::Place, Operation::Place, Operation::Place]
            .map(|operation| twice.strikes(operation, chance));
        assert_eq!(strikes, [false, true, true, false]);
        assert!(twice.is_over());
    }

    #[test]
    fn a_fault_strikes_a_share_of_all_requests() {
        let chance = &mut StdRng::seed_from_u64(4);
        let mut often = fault(0, 30);
        let struck = (0..10_000).filter(|_| often.strikes(Operation::Place, chance)).count();
        assert!((2_800..3_200).contains(&struck), "{struck} of 10,000");
        assert!((0..1_000).all(|_| !fault(0, 0).strikes(Operation::Place, chance)));
        assert!((0..1_000).all(|_| fault(0, 100).strikes(Operation::Place, chance)));
        assert!(!often.is_over());
    }
}
