//! `POST /api/console/fulfilment/routing/simulations`: where an order would go, and why. Nothing is ordered.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use domain::routing::{Rules, Strategy, plan};
use domain::{Group, ProductId, Quantity, Sku, SupplierId};
use fulfilment::planning::Situation;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, FieldProblem, Problem, guarded};

use crate::SupplierDesk;
use crate::simulation::{self, RoutingSimulation};
use crate::words::StrategyDto;

/// The most lines of a simulated order.
pub const MAX_LINES: usize = 20;
/// The most suppliers that are ruled out.
pub const MAX_EXCLUDED: usize = 100;
/// The longest time since the payment, in seconds: a year.
pub const MAX_AGE_SECONDS: u32 = 365 * 24 * 60 * 60;

/// A line of an order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SimulationLine {
    /// The SKU.
    #[schema(example = "HT-CLAW-16")]
    sku: String,
    /// How many pieces: 1 to 1,000,000.
    #[schema(example = 3)]
    quantity: i64,
}

/// An order that nobody has placed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SimulationInput {
    /// What is ordered: 1 to 20 lines. Lines of one SKU are one.
    lines: Vec<SimulationLine>,
    /// The strategy, in place of those that are set.
    #[serde(default)]
    strategy: Option<StrategyDto>,
    /// Suppliers to do without.
    #[serde(default)]
    excluded: Vec<String>,
    /// How many seconds ago it was paid: 0 to a year.
    #[serde(default)]
    age_seconds: i64,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<SupplierDesk> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(simulate_routing)))
}

#[utoipa::path(
    post,
    path = "/api/console/fulfilment/routing/simulations",
    tag = "fulfilment: routing",
    request_body = SimulationInput,
    responses(
        (status = 200, description = "As the order would be planned now. Lots are drawn anew for each order", body = RoutingSimulation),
        (status = 422, description = "Fields are wrong, or no product has a SKU", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn simulate_routing(
    State(SupplierDesk { database, currency }): State<SupplierDesk>,
    Body(input): Body<SimulationInput>,
) -> Result<Json<RoutingSimulation>, Problem> {
    let wanted = input.parse()?;
    let skus = || wanted.lines.iter().map(|(sku, _)| sku);
    let (products, situation) = tokio::try_join!(
        database.products_of_skus(skus()),
        Situation::load(&database, skus(), Timestamp::now()),
    )
    .map_err(Problem::internal)?;
    let unknown = wanted.unknown(&products);
    if !unknown.is_empty() {
        return Err(Problem::invalid(unknown));
    }
    let rules = wanted.rules(situation.rules(products.iter().map(|(sku, product)| (sku, *product))));
    let plan = plan(&wanted.lines, &situation.candidates(), &rules);
    let told = simulation::of(plan, currency, &|id| situation.name(id));
    Ok(Json(told.map_err(Problem::internal)?))
}

/// What is asked, understood.
#[derive(Debug)]
struct Wanted {
    lines: Vec<(Sku, Quantity)>,
    /// Where each line's SKU stands first in the request.
    places: BTreeMap<Sku, usize>,
    strategy: Option<Strategy>,
    excluded: BTreeSet<SupplierId>,
    age_seconds: u32,
}

impl SimulationInput {
    fn parse(self) -> Result<Wanted, Problem> {
        let mut errors = Vec::new();
        let mut note = |pointer: String, detail: String| errors.push(FieldProblem::new(pointer, detail));
        if !(1..=MAX_LINES).contains(&self.lines.len()) {
            note("/lines".into(), format!("must be 1 to {MAX_LINES}"));
        }
        let mut quantities: BTreeMap<Sku, Quantity> = BTreeMap::new();
        let mut places = BTreeMap::new();
        for (index, line) in self.lines.iter().enumerate().take(MAX_LINES) {
            let sku = Sku::parse(&line.sku);
            let quantity = Quantity::parse(line.quantity);
            match (sku, quantity) {
                (Ok(sku), Ok(quantity)) => {
                    places.entry(sku.clone()).or_insert(index);
                    let sum = quantities.get(&sku).map_or(quantity, |other| quantity.plus_at_most(*other));
                    quantities.insert(sku, sum);
                }
                (sku, quantity) => {
                    sku.err().into_iter().for_each(|e| note(format!("/lines/{index}/sku"), e.to_string()));
                    let error = quantity.err().into_iter();
                    error.for_each(|e| note(format!("/lines/{index}/quantity"), e.to_string()));
                }
            }
        }
        if self.excluded.len() > MAX_EXCLUDED {
            note("/excluded".into(), format!("must be at most {MAX_EXCLUDED}"));
        }
        let mut excluded = BTreeSet::new();
        for (index, id) in self.excluded.iter().enumerate().take(MAX_EXCLUDED) {
            match SupplierId::parse(id) {
                Ok(id) => {
                    excluded.insert(id);
                }
                Err(error) => note(format!("/excluded/{index}"), error.to_string()),
            }
        }
        let age = u32::try_from(self.age_seconds).ok().filter(|age| *age <= MAX_AGE_SECONDS);
        let Some(age_seconds) = age else {
            note("/ageSeconds".into(), format!("must be a whole number from 0 to {MAX_AGE_SECONDS}"));
            return Err(Problem::invalid(errors));
        };
        if !errors.is_empty() {
            return Err(Problem::invalid(errors));
        }
        let strategy = self.strategy.map(Into::into);
        Ok(Wanted { lines: quantities.into_iter().collect(), places, strategy, excluded, age_seconds })
    }
}

impl Wanted {
    /// The SKUs that no product has.
    fn unknown(&self, products: &BTreeMap<Sku, ProductId>) -> Vec<FieldProblem> {
        let unknown = self.places.iter().filter(|(sku, _)| !products.contains_key(*sku));
        unknown
            .map(|(_, index)| FieldProblem::new(format!("/lines/{index}/sku"), "no product has this SKU"))
            .collect()
    }

    /// The rules as they are set, with what is asked in place of them.
    fn rules(&self, set: Rules) -> Rules {
        let mut rules = Rules {
            excluded: self.excluded.clone(),
            age_seconds: self.age_seconds,
            seed: rand::random(),
            ..set
        };
        if let Some(strategy) = self.strategy {
            rules.default = strategy;
            rules.by_sku.clear();
        }
        rules
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn parse(input: Value) -> Result<Wanted, Problem> {
        serde_json::from_value::<SimulationInput>(input).unwrap().parse()
    }

    fn pointers(input: Value) -> Vec<String> {
        let problem = serde_json::to_value(parse(input).unwrap_err()).unwrap();
        let errors = problem["errors"].as_array().unwrap().clone();
        errors.iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn lines_of_one_sku_are_one() {
        let lines =
            json!([{"sku": "B", "quantity": 2}, {"sku": "A", "quantity": 1}, {"sku": "B", "quantity": 3}]);
        let wanted = parse(json!({ "lines": lines })).unwrap();
        let told: Vec<_> = wanted.lines.iter().map(|(sku, pieces)| (sku.as_str(), pieces.get())).collect();
        assert_eq!(told, [("A", 1), ("B", 5)]);
        let unknown = wanted.unknown(&BTreeMap::from([(Sku::parse("A").unwrap(), ProductId::generate())]));
        assert_eq!(unknown, [FieldProblem::new("/lines/0/sku", "no product has this SKU")]);
    }

    #[test]
    fn the_bad_field_is_named() {
        let line = json!({ "sku": "A", "quantity": 1 });
        for (input, pointer) in [
            (json!({ "lines": [] }), "/lines"),
            (json!({ "lines": vec![line.clone(); MAX_LINES + 1] }), "/lines"),
            (json!({ "lines": [{ "sku": "a b", "quantity": 1 }] }), "/lines/0/sku"),
            (json!({ "lines": [line, { "sku": "A", "quantity": 0 }] }), "/lines/1/quantity"),
            (json!({ "lines": [line], "excluded": ["x"] }), "/excluded/0"),
            (json!({ "lines": [line], "excluded": vec!["x"; MAX_EXCLUDED + 1] }), "/excluded"),
            (json!({ "lines": [line], "ageSeconds": -1 }), "/ageSeconds"),
            (json!({ "lines": [line], "ageSeconds": MAX_AGE_SECONDS + 1 }), "/ageSeconds"),
        ] {
            assert_eq!(pointers(input)[0], pointer);
        }
    }

    #[test]
    fn a_strategy_takes_the_place_of_all_that_are_set() {
        let sku = Sku::parse("A").unwrap();
        let set = Rules { by_sku: BTreeMap::from([(sku.clone(), Strategy::Fastest)]), ..Rules::default() };
        let input = |more: Value| {
            let mut input = json!({ "lines": [{ "sku": "A", "quantity": 1 }] });
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            parse(input).unwrap()
        };
        assert_eq!(input(json!({})).rules(set.clone()).strategy_of(&sku), Strategy::Fastest);
        let other = input(json!({ "strategy": "weighted", "ageSeconds": 7 })).rules(set);
        assert_eq!((other.strategy_of(&sku), other.age_seconds), (Strategy::Weighted, 7));
    }
}
