//! What is to be released when, as staff write and read it.

use domain::pacing::{
    Pace, PaceError, PaceInput, Plan, PlanError, Subscription, SubscriptionError, SubscriptionInput,
};
use domain::{Currency, Quantity};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{Fields, MoneyDto};

use super::terms::{CurveDto, EveryDto};
use crate::supplier_input::own_money;

/// What is to be released when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PacedPlan)]
pub enum PlanDto {
    /// A quantity that is spread over a time.
    Pace {
        /// How many pieces in all: 1 to 1,000,000.
        quantity: i64,
        /// When the first instalment is released: not more than a day ago, nor more than three years from now.
        #[schema(format = DateTime)]
        start: String,
        /// Until when all are released: after the start, by at most three years.
        #[schema(format = DateTime)]
        end: String,
        /// How many instalments: 1 to 1,095, at most one for each piece, at least five minutes apart.
        instalments: i64,
        /// How large each is.
        curve: CurveDto,
        /// What all together may cost, at the prices of when each is released; null where there is no limit.
        #[serde(default)]
        budget: Option<MoneyDto>,
    },
    /// The same quantity again and again.
    Subscription {
        /// How many pieces each time: 1 to 1,000,000.
        quantity: i64,
        /// How long it is from one date to the next.
        every: EveryDto,
        /// The first date: not more than a day ago, nor more than three years from now. The others are at the same time of
        /// day, in UTC.
        #[schema(format = DateTime)]
        start: String,
        /// After which time there is no other date: after the start, by at most ten years; null where it has no end.
        #[serde(default)]
        #[schema(format = DateTime)]
        until: Option<String>,
        /// How many times in all: 1 to 1,000; null where it has no end.
        #[serde(default)]
        times: Option<i64>,
    },
}

/// Where the plan is in a body.
const PLAN: &str = "/plan";

impl PlanDto {
    /// The plan, if it is one that may begin now; notes all that is wrong with it.
    pub(crate) fn parse(&self, fields: &mut Fields, currency: Currency, now: Timestamp) -> Option<Plan> {
        let plan = match self {
            Self::Pace { quantity, start, end, instalments, curve, budget } => {
                let quantity = fields.parsed("/plan/quantity", Quantity::parse(*quantity));
                let start = time(fields, "/plan/start", start);
                let end = time(fields, "/plan/end", end);
                let instalments = u32::try_from(*instalments).map_err(|_| PaceError::Instalments);
                let instalments = fields.parsed("/plan/instalments", instalments);
                let curve = fields.parsed("/plan/curve/weights", curve.parse());
                let budget = match budget {
                    None => Some(None),
                    Some(money) => fields.parsed("/plan/budget", own_money(money, currency)).map(Some),
                };
                let input = PaceInput {
                    quantity: quantity?,
                    start: start?,
                    end: end?,
                    instalments: instalments?,
                    curve: curve?,
                    budget: budget?,
                };
                Pace::parse(input).map(Plan::Pace).map_err(PlanError::from)
            }
            Self::Subscription { quantity, every, start, until, times } => {
                let quantity = fields.parsed("/plan/quantity", Quantity::parse(*quantity));
                let every = fields.parsed("/plan/every/count", every.parse());
                let start = time(fields, "/plan/start", start);
                let until = match until {
                    None => Some(None),
                    Some(until) => time(fields, "/plan/until", until).map(Some),
                };
                let times =
                    times.map(|times| u32::try_from(times).map_err(|_| SubscriptionError::Times)).transpose();
                let times = fields.parsed("/plan/times", times);
                let input = SubscriptionInput {
                    quantity: quantity?,
                    every: every?,
                    start: start?,
                    until: until?,
                    times: times?,
                };
                Subscription::parse(input).map(Plan::Subscription).map_err(PlanError::from)
            }
        };
        let plan = plan.and_then(|plan| plan.check_start(now).map(|()| plan));
        let pointer = plan.as_ref().err().map(|error| format!("{PLAN}/{}", error.field()));
        fields.parsed(&pointer.unwrap_or_default(), plan)
    }

    /// The plan as it was asked for.
    pub(crate) fn of(plan: &Plan) -> Self {
        match plan {
            Plan::Pace(pace) => {
                let terms = pace.terms();
                Self::Pace {
                    quantity: terms.quantity.into(),
                    start: terms.start.to_string(),
                    end: terms.end.to_string(),
                    instalments: terms.instalments.into(),
                    curve: CurveDto::of(&terms.curve),
                    budget: terms.budget.map(Into::into),
                }
            }
            Plan::Subscription(subscription) => {
                let terms = subscription.terms();
                Self::Subscription {
                    quantity: terms.quantity.into(),
                    every: EveryDto { unit: terms.every.unit.into(), count: terms.every.count.into() },
                    start: terms.start.to_string(),
                    until: terms.until.map(|until| until.to_string()),
                    times: terms.times.map(Into::into),
                }
            }
        }
    }
}

fn time(fields: &mut Fields, pointer: &str, text: &str) -> Option<Timestamp> {
    let time = text.parse::<Timestamp>();
    fields.parsed(pointer, time.map_err(|_| "must be a time, such as 2026-12-24T18:00:00Z"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn now() -> Timestamp {
        "2026-11-22T12:00:00Z".parse().unwrap()
    }

    fn pace() -> Value {
        json!({
            "kind": "pace",
            "quantity": 120,
            "start": "2026-12-01T00:00:00Z",
            "end": "2026-12-02T00:00:00Z",
            "instalments": 24,
            "curve": { "kind": "byHour", "weights": vec![1; 24] },
            "budget": { "amount": 50_000, "currency": "GBP" },
        })
    }

    fn subscription() -> Value {
        json!({
            "kind": "subscription",
            "quantity": 2,
            "every": { "unit": "months", "count": 1 },
            "start": "2026-12-01T09:00:00Z",
            "until": null,
            "times": 12,
        })
    }

    /// Where in the body something is wrong.
    fn faults(plan: &Value) -> Vec<String> {
        let mut fields = Fields::default();
        let plan = PlanDto::deserialize(plan).unwrap();
        assert_eq!(plan.parse(&mut fields, Currency::Gbp, now()), None);
        let problem = serde_json::to_value(fields.into_problem()).unwrap();
        let errors = problem["errors"].as_array().unwrap();
        errors.iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn a_plan_is_shown_as_it_was_written() {
        for written in [pace(), subscription()] {
            let mut fields = Fields::default();
            let dto = PlanDto::deserialize(&written).unwrap();
            let plan = dto.parse(&mut fields, Currency::Gbp, now()).unwrap();
            assert_eq!(serde_json::to_value(PlanDto::of(&plan)).unwrap(), written);
        }
    }

    #[test]
    fn each_fault_is_told_with_its_place() {
        let with = |mut plan: Value, pointer: &str, value: Value| {
            *plan.pointer_mut(pointer).unwrap() = value;
            faults(&plan)
        };
        for (pointer, bad) in [
            ("/quantity", json!(0)),
            ("/start", json!("tomorrow")),
            ("/start", json!("2026-11-20T12:00:00Z")),
            ("/end", json!("2026-12-01T00:00:00Z")),
            ("/instalments", json!(121)),
            ("/instalments", json!(-1)),
            ("/curve/weights", json!(vec![1; 23])),
            ("/curve/weights", json!(vec![0; 24])),
            ("/budget", json!({ "amount": 50_000, "currency": "EUR" })),
            ("/budget", json!({ "amount": 0, "currency": "GBP" })),
        ] {
            assert_eq!(with(pace(), pointer, bad), [format!("/plan{pointer}")]);
        }
        for (pointer, bad) in [
            ("/quantity", json!(-1)),
            ("/every/count", json!(0)),
            ("/every/count", json!(-1)),
            ("/start", json!("2030-01-01T00:00:00Z")),
            ("/until", json!("2026-11-30T09:00:00Z")),
            ("/times", json!(0)),
            ("/times", json!(-5)),
        ] {
            assert_eq!(with(subscription(), pointer, bad), [format!("/plan{pointer}")]);
        }
        let mut two = pace();
        two["quantity"] = json!(0);
        two["end"] = json!("never");
        assert_eq!(faults(&two), ["/plan/quantity", "/plan/end"], "all at once");
    }
}
