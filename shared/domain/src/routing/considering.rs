//! How each candidate stands with one SKU, and which of them send it.

use super::split::{Takes, share};
use super::why::{Considered, Refusal, Verdict};
use super::{Candidate, MAX_SPLIT, Rules};
use crate::circuit::CircuitView;
use crate::money::Money;
use crate::supplier::SupplierStatus;

/// How soon a candidate can begin; the sooner, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Readiness {
    /// At once.
    Now,
    /// When its circuit is closed again, whenever that is.
    CircuitOpen,
    /// When its window opens.
    Later,
}

/// How a candidate stands with one SKU.
#[derive(Debug)]
pub(super) struct Standing<'a> {
    /// Who.
    pub(super) candidate: &'a Candidate,
    /// How soon it can begin, or why it cannot.
    readiness: Result<Readiness, Refusal>,
    /// In how many seconds its window opens.
    pub(super) starts_in_seconds: u32,
    /// How many pieces its budget pays for.
    payable: u32,
}

/// Who sends how much of one SKU.
#[derive(Debug)]
pub(super) struct Choice {
    /// Each candidate's part; zero for those that send none.
    pub(super) parts: Vec<u32>,
    /// The least readiness that was admitted.
    readiness: Readiness,
}

impl<'a> Standing<'a> {
    /// How a candidate stands that may still spend `left`.
    pub(super) fn new(candidate: &'a Candidate, left: Option<Money>, rules: &Rules) -> Self {
        let opens_in = candidate.offer.window.opens_in(rules.age_seconds);
        let payable = payable(left, candidate.offer.cost);
        let readiness = match (candidate.supplier.status, opens_in) {
            _ if rules.excluded.contains(&candidate.supplier.id) => Err(Refusal::Excluded),
            (SupplierStatus::Paused, _) => Err(Refusal::Paused),
            (SupplierStatus::Draining, _) => Err(Refusal::Draining),
            (SupplierStatus::Active, None) => Err(Refusal::WindowClosed),
            (SupplierStatus::Active, _) if payable < candidate.offer.minimum.get() => {
                Err(Refusal::BudgetSpent)
            }
            (SupplierStatus::Active, Some(1..)) => Ok(Readiness::Later),
            (SupplierStatus::Active, Some(0)) => Ok(match candidate.circuit {
                CircuitView::Closed | CircuitView::HalfOpen => Readiness::Now,
                CircuitView::Open => Readiness::CircuitOpen,
            }),
        };
        Self { candidate, readiness, starts_in_seconds: opens_in.unwrap_or_default(), payable }
    }

    fn takes(&self) -> Takes {
        let (minimum, maximum) = (self.candidate.offer.minimum.get(), self.candidate.offer.maximum.get());
        Takes { least: minimum, most: maximum.min(self.payable) }
    }

    /// Why the candidate cannot send all the pieces, if it cannot.
    pub(super) fn refusal(&self, pieces: u32) -> Option<Refusal> {
        let takes = self.takes();
        match self.readiness {
            Err(refusal) => Some(refusal),
            Ok(_) if takes.all_of(pieces) => None,
            Ok(_) if pieces < takes.least => Some(Refusal::BelowMinimum),
            Ok(_) if pieces <= self.candidate.offer.maximum.get() => Some(Refusal::BudgetSpent),
            Ok(_) => Some(Refusal::AboveMaximum),
        }
    }

    /// What became of the candidate, where it got `part` of the pieces.
    pub(super) fn considered(&self, pieces: u32, part: u32, choice: &Choice) -> Considered {
        let verdict = match self.readiness {
            _ if part > 0 => Verdict::Chosen,
            Ok(Readiness::CircuitOpen) if choice.readiness < Readiness::CircuitOpen => {
                Verdict::Refused(Refusal::CircuitOpen)
            }
            Ok(Readiness::Later) if choice.readiness < Readiness::Later => {
                Verdict::Refused(Refusal::WindowClosed)
            }
            // Of a quantity that is split a part would have done.
            Ok(_) if choice.is_split() && self.takes().least <= pieces => Verdict::Outranked,
            _ => self.refusal(pieces).map_or(Verdict::Outranked, Verdict::Refused),
        };
        let offer = &self.candidate.offer;
        Considered {
            supplier_id: offer.supplier_id,
            cost: offer.cost,
            lead_time_seconds: offer.lead_time_seconds,
            verdict,
        }
    }
}

impl Choice {
    fn is_split(&self) -> bool {
        self.parts.iter().filter(|part| **part > 0).count() > 1
    }
}

/// Chooses who sends `pieces`, from candidates in the order of their rank.
pub(super) fn choose(pieces: u32, standings: &[Standing<'_>]) -> Option<Choice> {
    [Readiness::Now, Readiness::CircuitOpen, Readiness::Later].into_iter().find_map(|readiness| {
        let mut ready: Vec<(Readiness, usize, &Standing<'_>)> = standings
            .iter()
            .enumerate()
            .filter_map(|(index, standing)| Some((standing.readiness.ok()?, index, standing)))
            .filter(|(own, ..)| *own <= readiness)
            .collect();
        ready.sort_by_key(|(own, _, standing)| (*own, standing.starts_in_seconds));
        let takes: Vec<_> = ready.iter().map(|(_, _, standing)| standing.takes()).collect();
        let shares = match readiness {
            Readiness::Now => whole(pieces, &takes).or_else(|| split(pieces, &takes)),
            // Those that must wait get no more than the others leave.
            Readiness::CircuitOpen | Readiness::Later => {
                split(pieces, &takes).or_else(|| whole(pieces, &takes))
            }
        };
        let mut parts = vec![0; standings.len()];
        for ((_, index, _), share) in ready.iter().zip(shares?) {
            parts[*index] = share;
        }
        Some(Choice { parts, readiness })
    })
}

fn whole(pieces: u32, takes: &[Takes]) -> Option<Vec<u32>> {
    let first = takes.iter().position(|takes| takes.all_of(pieces))?;
    Some((0..takes.len()).map(|index| if index == first { pieces } else { 0 }).collect())
}

fn split(pieces: u32, takes: &[Takes]) -> Option<Vec<u32>> {
    share(pieces, &takes[..takes.len().min(MAX_SPLIT)])
}

/// How many pieces at `cost` the money left pays for. Where the two are of different currencies it pays for none.
fn payable(left: Option<Money>, cost: Money) -> u32 {
    match left {
        None => u32::MAX,
        Some(left) if left.currency() != cost.currency() => 0,
        Some(_) if cost.amount() <= 0 => u32::MAX,
        Some(left) => u32::try_from(left.amount().max(0) / cost.amount()).unwrap_or(u32::MAX),
    }
}
