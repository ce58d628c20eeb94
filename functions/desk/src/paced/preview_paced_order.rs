//! `POST /api/console/fulfilment/paced-orders/preview`: what a plan would release, and what it would cost today.

use axum::Json;
use axum::extract::State;
use domain::pacing::{Instalment, Plan};
use domain::{Group, Money, Sku};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Fields, MoneyDto, Problem, guarded};

use super::plan::PlanDto;
use super::{Article, MAX_SHOWN};
use crate::SupplierDesk;

/// What would be released.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PacedPreviewInput {
    /// The article.
    #[schema(example = "NAIL-50")]
    sku: String,
    /// When, and how much.
    plan: PlanDto,
}

/// An instalment that would be released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PreviewInstalment {
    /// Which one, counted from 1.
    number: usize,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// How many pieces.
    quantity: u32,
    /// What it would cost today.
    cost: MoneyDto,
    /// Whether the budget pays for it and for all before it; true where there is none.
    affordable: bool,
}

/// What a plan would release, at the price of today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PacedPreview {
    /// What the article is called.
    title: String,
    /// What one piece costs.
    unit_price: MoneyDto,
    /// How many pieces are in stock.
    available: u64,
    /// The first instalments, at most 100.
    items: Vec<PreviewInstalment>,
    /// Whether there are more.
    more: bool,
    /// How many pieces there are in all; null where there is no end.
    quantity: Option<u64>,
    /// What all would cost; null where there is no end.
    total: Option<MoneyDto>,
    /// When the last one is released; null where there is no end.
    #[schema(value_type = Option<String>, format = DateTime)]
    ends_at: Option<Timestamp>,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<SupplierDesk> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(preview_paced_order)))
}

#[utoipa::path(
    post,
    path = "/api/console/fulfilment/paced-orders/preview",
    tag = "fulfilment: paced orders",
    request_body = PacedPreviewInput,
    responses(
        (status = 200, description = "What would be released; nothing is stored", body = PacedPreview),
        (status = 422, description = "Fields are wrong, or the article is not for sale", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn preview_paced_order(
    State(desk): State<SupplierDesk>,
    Body(input): Body<PacedPreviewInput>,
) -> Result<Json<PacedPreview>, Problem> {
    let mut fields = Fields::default();
    let sku = fields.parsed("/sku", Sku::parse(&input.sku));
    let plan = input.plan.parse(&mut fields, desk.currency, Timestamp::now());
    let article = match &sku {
        Some(sku) => {
            let article = Article::load(&desk.database, sku).await.map_err(Problem::internal)?;
            fields.parsed("/sku", article.ok_or("is not for sale"))
        }
        None => None,
    };
    let (Some(article), Some(plan)) = (article, plan) else {
        return Err(fields.into_problem());
    };
    let preview = PacedPreview::of(article, &plan);
    preview.map(Json).ok_or_else(|| {
        let _none: Option<()> = fields.parsed("/plan/quantity", Err("costs more than can be counted"));
        fields.into_problem()
    })
}

impl PacedPreview {
    /// Nothing where the cost cannot be counted.
    fn of(article: Article, plan: &Plan) -> Option<Self> {
        let Article { title, unit_price, available } = article;
        let coming = plan.instalments(0, 0, MAX_SHOWN + 1);
        let mut spent = Money::zero(unit_price.currency());
        let mut items = Vec::new();
        for (part, number) in coming.iter().take(MAX_SHOWN).zip(1..) {
            let cost = unit_price.times(part.quantity).ok()?;
            spent = spent.plus(cost).ok()?;
            let affordable = plan.budget().is_none_or(|budget| spent.amount() <= budget.amount());
            items.push(PreviewInstalment::of(number, *part, cost, affordable));
        }
        let extent = plan.extent(0, 0);
        let total = match extent {
            Some(extent) => Some(cost_of(unit_price, extent.pieces)?),
            None => None,
        };
        Some(Self {
            title,
            unit_price: unit_price.into(),
            available,
            items,
            more: coming.len() > MAX_SHOWN,
            quantity: extent.map(|extent| extent.pieces),
            total: total.map(Into::into),
            ends_at: extent.and_then(|extent| extent.ends_at),
        })
    }
}

impl PreviewInstalment {
    fn of(number: usize, part: Instalment, cost: Money, affordable: bool) -> Self {
        Self { number, at: part.at, quantity: part.quantity.get(), cost: cost.into(), affordable }
    }
}

/// What so many pieces cost; nothing where that is more than can be counted.
fn cost_of(unit_price: Money, pieces: u64) -> Option<Money> {
    let amount = unit_price.amount().checked_mul(i64::try_from(pieces).ok()?)?;
    Some(Money::new(amount, unit_price.currency()))
}

#[cfg(test)]
mod tests {
    use domain::Currency;
    use serde_json::{Value, json};

    use super::*;

    fn preview(plan: Value, price: i64) -> Option<Value> {
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        let plan: PlanDto = serde_json::from_value(plan).unwrap();
        let plan = plan.parse(&mut Fields::default(), Currency::Gbp, now).unwrap();
        let unit_price = Money::new(price, Currency::Gbp);
        let article = Article { title: "Nails".into(), unit_price, available: 7 };
        PacedPreview::of(article, &plan).map(|preview| serde_json::to_value(preview).unwrap())
    }

    fn pace(quantity: i64, instalments: i64, budget: Value) -> Value {
        json!({
            "kind": "pace", "quantity": quantity, "start": "2026-12-01T00:00:00Z", "end": "2026-12-31T00:00:00Z",
            "instalments": instalments, "curve": { "kind": "even" }, "budget": budget,
        })
    }

    #[test]
    fn costs_and_what_the_budget_pays_for() {
        let shown = preview(pace(9, 3, json!({ "amount": 1_500, "currency": "GBP" })), 250).unwrap();
        let affordable: Vec<_> =
            shown["items"].as_array().unwrap().iter().map(|i| &i["affordable"]).collect();
        assert_eq!(affordable, [true, true, false]);
        assert_eq!(
            shown["items"][1],
            json!({
                "number": 2, "at": "2026-12-11T00:00:00Z", "quantity": 3, "affordable": true,
                "cost": { "amount": 750, "currency": "GBP" },
            })
        );
        assert_eq!((&shown["quantity"], &shown["total"]["amount"]), (&json!(9), &json!(2_250)));
        assert_eq!((&shown["more"], &shown["endsAt"]), (&json!(false), &json!("2026-12-21T00:00:00Z")));
        assert_eq!((&shown["title"], &shown["available"]), (&json!("Nails"), &json!(7)));
    }

    #[test]
    fn long_plans_are_cut_and_endless_ones_have_no_total() {
        let shown = preview(pace(1_000, 101, Value::Null), 250).unwrap();
        let items = shown["items"].as_array().unwrap();
        assert_eq!((items.len(), &shown["more"], &shown["quantity"]), (100, &json!(true), &json!(1_000)));
        let endless = json!({
            "kind": "subscription", "quantity": 2, "every": { "unit": "weeks", "count": 1 },
            "start": "2026-12-01T00:00:00Z",
        });
        let shown = preview(endless, 250).unwrap();
        assert_eq!(
            (&shown["quantity"], &shown["total"], &shown["endsAt"]),
            (&Value::Null, &Value::Null, &Value::Null)
        );
        assert_eq!(shown["more"], true);
    }

    #[test]
    fn what_cannot_be_counted_is_not_shown() {
        assert_eq!(preview(pace(1_000_000, 1, Value::Null), i64::MAX), None);
    }
}
