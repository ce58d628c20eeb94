//! By which strategy suppliers are chosen, as those who say so see it.

use std::collections::BTreeMap;

use domain::ProductId;
use serde::{Deserialize, Serialize};
use store::routing::Routing;
use store::{Database, Versioned};
use utoipa::ToSchema;
use web::{FieldProblem, Problem};

use crate::words::StrategyDto;

/// The strategy for a product.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProductStrategy)]
pub struct ProductStrategyDto {
    /// The product.
    #[schema(example = "prd_01JD0000000000000000000000")]
    product_id: String,
    /// What it is called; null where it is no longer there.
    title: Option<String>,
    /// The strategy.
    strategy: StrategyDto,
}

/// By which strategy suppliers are chosen.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Routing)]
pub struct RoutingDto {
    /// For all products that are not named.
    default: StrategyDto,
    /// For these products, by title.
    products: Vec<ProductStrategyDto>,
    /// Counts the changes; the `ETag` has it too. 0 where nobody has chosen yet.
    version: u64,
}

/// The strategy that a product shall have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProductStrategyInput {
    /// The product.
    product_id: String,
    /// The strategy.
    strategy: StrategyDto,
}

/// By which strategy suppliers shall be chosen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutingInput {
    /// For all products that are not named.
    default: StrategyDto,
    /// For these products: at most 500.
    products: Vec<ProductStrategyInput>,
}

impl RoutingInput {
    /// The strategies that are wanted.
    pub fn parse(self) -> Result<Routing, Problem> {
        if self.products.len() > Routing::MAX_PRODUCTS {
            let detail = format!("must be at most {}", Routing::MAX_PRODUCTS);
            return Err(Problem::invalid(vec![FieldProblem::new("/products", detail)]));
        }
        let mut products = BTreeMap::new();
        let mut errors = Vec::new();
        for (index, product) in self.products.into_iter().enumerate() {
            let mut note = |detail: String| {
                errors.push(FieldProblem::new(format!("/products/{index}/productId"), detail));
            };
            match ProductId::parse(&product.product_id) {
                Err(error) => note(error.to_string()),
                Ok(id) if products.insert(id, product.strategy.into()).is_some() => {
                    note("is named above already".into());
                }
                Ok(_) => {}
            }
        }
        if errors.is_empty() {
            Ok(Routing { default: self.default.into(), products })
        } else {
            Err(Problem::invalid(errors))
        }
    }
}

/// Strategies as they are shown, by the titles of their products.
pub(crate) async fn view(
    database: &Database,
    Versioned { value: routing, version }: Versioned<Routing>,
) -> Result<RoutingDto, Problem> {
    let titles = database.titles_of(routing.products.keys().copied()).await.map_err(Problem::internal)?;
    let product = |(id, strategy): (ProductId, domain::routing::Strategy)| ProductStrategyDto {
        product_id: id.to_string(),
        title: titles.get(&id).cloned(),
        strategy: strategy.into(),
    };
    let mut products: Vec<_> = routing.products.into_iter().map(product).collect();
    products.sort_by_cached_key(|product| product.title.as_ref().map(|title| title.to_lowercase()));
    Ok(RoutingDto { default: routing.default.into(), products, version })
}

#[cfg(test)]
mod tests {
    use domain::routing::Strategy;
    use serde_json::{Value, json};

    use super::*;

    fn parse(products: Value) -> Result<Routing, Problem> {
        let input = json!({ "default": "fastest", "products": products });
        serde_json::from_value::<RoutingInput>(input).unwrap().parse()
    }

    #[test]
    fn an_input_becomes_strategies() {
        let id = ProductId::generate();
        let routing = parse(json!([{ "productId": id, "strategy": "weighted" }])).unwrap();
        assert_eq!((routing.default, routing.strategy_of(id)), (Strategy::Fastest, Strategy::Weighted));
    }

    #[test]
    fn the_bad_product_is_named() {
        let id = ProductId::generate();
        let same = json!({ "productId": id, "strategy": "weighted" });
        let problem = parse(json!([same, { "productId": "x", "strategy": "cheapest" }, same])).unwrap_err();
        let problem = serde_json::to_value(problem).unwrap();
        let pointers: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|e| &e["pointer"]).collect();
        assert_eq!(pointers, ["/products/1/productId", "/products/2/productId"]);
    }

    #[test]
    fn strategies_have_a_limit() {
        let products = |n: usize| {
            let product = |_| json!({ "productId": ProductId::generate(), "strategy": "cheapest" });
            Value::Array((0..n).map(product).collect())
        };
        assert!(parse(products(Routing::MAX_PRODUCTS)).is_ok());
        assert!(parse(products(Routing::MAX_PRODUCTS + 1)).is_err());
    }
}
