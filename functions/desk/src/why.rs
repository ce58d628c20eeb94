//! Why goods go where they go, as staff see it.

use domain::SupplierId;
use domain::routing::{Considered, Refusal, Verdict, Why};
use serde::Serialize;
use utoipa::ToSchema;
use web::MoneyDto;

use crate::words::{RefusalDto, StrategyDto};

/// What became of a supplier that was thought of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RoutingVerdict)]
pub enum VerdictDto {
    /// It sends the pieces, or a part of them.
    Chosen,
    /// It could have, but others came first.
    Outranked,
    /// It could not.
    Refused,
}

/// A supplier that was thought of for a SKU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConsideredSupplier)]
pub struct ConsideredDto {
    /// Which one.
    #[schema(example = "sup_01JD0000000000000000000000")]
    supplier_id: String,
    /// What it is called.
    supplier_name: String,
    /// What it asks for one piece.
    cost: MoneyDto,
    /// How many seconds it needs from order to shipment.
    lead_time_seconds: u32,
    /// What became of the thought.
    verdict: VerdictDto,
    /// Why it could not, where it could not.
    refusal: Option<RefusalDto>,
}

/// Why a SKU goes where it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = RoutingWhy)]
pub struct WhyDto {
    /// The SKU.
    #[schema(example = "HT-CLAW-16")]
    sku: String,
    /// The rule that ranked the suppliers.
    strategy: StrategyDto,
    /// Who was thought of: first those that were chosen, then the others, each in the rule's order.
    considered: Vec<ConsideredDto>,
}

impl WhyDto {
    /// A reason, with the suppliers' names.
    #[must_use]
    pub fn of(why: &Why, name: &impl Fn(SupplierId) -> String) -> Self {
        let considered = |considered: &Considered| {
            let (verdict, refusal) = told(considered.verdict);
            ConsideredDto {
                supplier_id: considered.supplier_id.to_string(),
                supplier_name: name(considered.supplier_id),
                cost: considered.cost.into(),
                lead_time_seconds: considered.lead_time_seconds,
                verdict,
                refusal: refusal.map(Into::into),
            }
        };
        Self {
            sku: why.sku.to_string(),
            strategy: why.strategy.into(),
            considered: why.considered.iter().map(considered).collect(),
        }
    }
}

fn told(verdict: Verdict) -> (VerdictDto, Option<Refusal>) {
    match verdict {
        Verdict::Chosen => (VerdictDto::Chosen, None),
        Verdict::Outranked => (VerdictDto::Outranked, None),
        Verdict::Refused(refusal) => (VerdictDto::Refused, Some(refusal)),
    }
}
