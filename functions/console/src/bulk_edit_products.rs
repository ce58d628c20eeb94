//! `POST /api/console/products/bulk`: the same change to many products, each on its own.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use domain::product::{Category, ProductFields};
use domain::{CategoryTree, Group, Money, Product, ProductId, Slug};
use futures::{StreamExt, stream};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::audit::Actor;
use store::catalog::ProductWriteError;
use store::{Database, StoreError};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Fields, Person, Problem, guarded};

use crate::actor;
use crate::product::StatusDto;

/// The most products of one request.
pub const MAX_PRODUCTS: usize = 50;
/// How much cheaper or dearer one request can make products, in percent.
pub const PERCENT: std::ops::RangeInclusive<i64> = -90..=400;
/// How many products are changed at a time.
const AT_ONCE: usize = 4;
/// How often a product is looked at again that somebody changed meanwhile.
const MAX_TRIES: u32 = 4;

/// What shall change, of which products.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkEdit {
    /// The products' ids: 1 to 50.
    #[schema(min_items = 1, max_items = 50)]
    ids: Vec<String>,
    /// The change.
    change: BulkChange,
}

/// A change to many products.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub enum BulkChange {
    /// Their status.
    Status {
        /// The new one.
        status: StatusDto,
    },
    /// The prices of all variants: by so many percent, rounded to minor units, or by an amount. One of them is given.
    Price {
        /// By how many percent: -90 to 400.
        percent: Option<i64>,
        /// By how many minor units.
        amount: Option<i64>,
    },
    /// The categories they stand in.
    Categories {
        /// Slugs to put them into.
        #[serde(default)]
        add: Vec<String>,
        /// Slugs to take them out of.
        #[serde(default)]
        remove: Vec<String>,
    },
}

/// What has become of each product.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkResults {
    /// In the order of the request.
    results: Vec<BulkResult>,
}

/// What has become of one product.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkResult {
    /// The product's id.
    id: String,
    /// Its name; empty where there is no such product.
    title: String,
    /// Whether it is as it was asked to be.
    ok: bool,
    /// Why it is not.
    detail: Option<String>,
}

/// A change whose parts are good.
#[derive(Debug, Clone)]
enum Change {
    Status(StatusDto),
    Percent(i64),
    Amount(i64),
    Categories { add: Vec<Category>, remove: BTreeSet<Slug> },
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(bulk_edit_products)))
}

#[utoipa::path(
    post,
    path = "/api/console/products/bulk",
    tag = "console: products",
    request_body = BulkEdit,
    responses(
        (status = 200, description = "What has become of each: some may have been changed and others not", body = BulkResults),
        (status = 422, description = "Fields are wrong", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn bulk_edit_products(
    State(database): State<Database>,
    person: Person,
    Body(body): Body<BulkEdit>,
) -> Result<Json<BulkResults>, Problem> {
    let tree = database.categories().await.map_err(Problem::internal)?.tree;
    let (ids, change) = parse(body, &tree)?;
    let actor = actor(&person);
    let results = stream::iter(ids)
        .map(|id| edit(&database, id, &change, &tree, &actor))
        .buffered(AT_ONCE)
        .collect::<Vec<_>>()
        .await;
    Ok(Json(BulkResults { results }))
}

fn parse(body: BulkEdit, tree: &CategoryTree) -> Result<(Vec<ProductId>, Change), Problem> {
    let mut fields = Fields::default();
    let mut ids = Vec::new();
    for (n, id) in body.ids.iter().enumerate() {
        ids.extend(fields.parsed(&format!("/ids/{n}"), ProductId::parse(id)));
    }
    let several = (1..=MAX_PRODUCTS).contains(&body.ids.len());
    let several = several && body.ids.iter().collect::<BTreeSet<_>>().len() == body.ids.len();
    let several = if several { Ok(()) } else { Err(format!("must be 1 to {MAX_PRODUCTS} different ids")) };
    let several = fields.parsed("/ids", several);
    let change = match body.change {
        BulkChange::Status { status } => Some(Change::Status(status)),
        BulkChange::Price { percent, amount } => {
            let change = match (percent, amount) {
                (Some(percent), None) if PERCENT.contains(&percent) => Ok(Change::Percent(percent)),
                (Some(_), None) => {
                    Err(format!("must be a whole number from {} to {}", PERCENT.start(), PERCENT.end()))
                }
                (None, Some(amount)) => Ok(Change::Amount(amount)),
                _ => Err("either `percent` or `amount` must be given".to_owned()),
            };
            fields.parsed(if percent.is_some() { "/change/percent" } else { "/change" }, change)
        }
        BulkChange::Categories { add, remove } => categories(&add, &remove, tree, &mut fields),
    };
    match (several, change) {
        (Some(()), Some(change)) if ids.len() == body.ids.len() => Ok((ids, change)),
        _ => Err(fields.into_problem()),
    }
}

fn categories(add: &[String], remove: &[String], tree: &CategoryTree, fields: &mut Fields) -> Option<Change> {
    let mut known = |slugs: &[String], name: &str| {
        let mut categories = Vec::new();
        for (n, slug) in slugs.iter().enumerate() {
            let node = Slug::parse(slug).ok().and_then(|slug| tree.get(&slug));
            let node = node.ok_or_else(|| format!("there is no category `{slug}`"));
            let node = fields.parsed(&format!("/change/{name}/{n}"), node);
            categories.extend(node.map(|n| Category { slug: n.slug.clone(), title: n.title.clone() }));
        }
        (categories.len() == slugs.len()).then_some(categories)
    };
    let (add, remove) = (known(add, "add"), known(remove, "remove"));
    let (add, remove) = (add?, remove?.into_iter().map(|category| category.slug).collect());
    Some(Change::Categories { add, remove })
}

/// Changes one product, in a transaction of its own. Somebody else's edit in between is kept: the change is made to what
/// they left.
async fn edit(
    database: &Database,
    id: ProductId,
    change: &Change,
    tree: &CategoryTree,
    actor: &Actor,
) -> BulkResult {
    let mut title = String::new();
    for _ in 0..MAX_TRIES {
        let stocked = match database.product(id).await {
            Ok(Some(stocked)) => stocked,
            Ok(None) => return failed(id, title, "there is no such product".to_owned()),
            Err(error) => return failed(id, title, unavailable(&error)),
        };
        title.clone_from(&stocked.product.fields().title);
        let changed = match change.apply(stocked.product.into()) {
            Ok(product) => product,
            Err(error) => return failed(id, title, error),
        };
        match database.update_product(stocked.version, &changed, tree, actor).await {
            Ok(_) => return BulkResult { id: id.to_string(), title, ok: true, detail: None },
            Err(ProductWriteError::Outdated) => {}
            Err(ProductWriteError::Store(error)) => return failed(id, title, unavailable(&error)),
            Err(error) => return failed(id, title, error.to_string()),
        }
    }
    failed(id, title, "others are changing it: try again".to_owned())
}

/// What the editor is told where the tables fail; the log has the details.
fn unavailable(error: &StoreError) -> String {
    tracing::error!(%error, "product not changed");
    "it could not be changed: try again in a moment".to_owned()
}

fn failed(id: ProductId, title: String, detail: String) -> BulkResult {
    BulkResult { id: id.to_string(), title, ok: false, detail: Some(detail) }
}

impl Change {
    fn apply(&self, mut fields: ProductFields) -> Result<Product, String> {
        match self {
            Self::Status(status) => fields.status = (*status).into(),
            Self::Percent(_) | Self::Amount(_) => {
                for variant in &mut fields.variants {
                    let price = self.price(variant.price.amount());
                    let price =
                        price.ok_or_else(|| format!("the price of {} gets too large", variant.sku))?;
                    variant.price = Money::new(price, variant.price.currency());
                }
            }
            Self::Categories { add, remove } => {
                fields.categories.retain(|category| !remove.contains(&category.slug));
                for category in add {
                    if !fields.categories.iter().any(|there| there.slug == category.slug) {
                        fields.categories.push(category.clone());
                    }
                }
            }
        }
        fields.updated_at = Timestamp::now();
        Product::new(fields).map_err(|error| error.to_string())
    }

    /// The new price in minor units. Half a unit is rounded up.
    fn price(&self, amount: i64) -> Option<i64> {
        match self {
            Self::Percent(percent) => {
                let hundredths = i128::from(amount) * i128::from(100 + percent);
                i64::try_from((hundredths + 50).div_euclid(100)).ok()
            }
            Self::Amount(by) => amount.checked_add(*by),
            Self::Status(_) | Self::Categories { .. } => Some(amount),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(body: Value) -> Result<(Vec<ProductId>, Change), Value> {
        let body = serde_json::from_value(body).unwrap();
        parse(body, &CategoryTree::default()).map_err(|problem| serde_json::to_value(problem).unwrap())
    }

    #[test]
    fn a_price_changes_by_percent_or_by_an_amount() {
        assert_eq!(Change::Percent(10).price(1_695), Some(1_865), "1864.5");
        assert_eq!(Change::Percent(-15).price(1_999), Some(1_699), "1699.15");
        assert_eq!(Change::Percent(-90).price(1), Some(0));
        assert_eq!(Change::Percent(400).price(i64::MAX), None);
        assert_eq!(Change::Amount(-5).price(100), Some(95));
        assert_eq!(Change::Amount(1).price(i64::MAX), None);
    }

    #[test]
    fn a_request_names_some_products_and_one_change() {
        let ids = |n: usize| (0..n).map(|_| ProductId::generate().to_string()).collect::<Vec<_>>();
        let status = json!({ "kind": "status", "status": "archived" });
        assert!(read(json!({ "ids": ids(MAX_PRODUCTS), "change": status })).is_ok());
        let twice = vec![ids(1)[0].clone(); 2];
        let one = ids(1);
        for (ids, change, pointer) in [
            (json!([]), &status, "/ids"),
            (json!(ids(MAX_PRODUCTS + 1)), &status, "/ids"),
            (json!(twice), &status, "/ids"),
            (json!(["prd_1"]), &status, "/ids/0"),
            (json!(one), &json!({ "kind": "price" }), "/change"),
            (json!(one), &json!({ "kind": "price", "percent": -91 }), "/change/percent"),
            (json!(one), &json!({ "kind": "price", "percent": 401 }), "/change/percent"),
            (json!(one), &json!({ "kind": "price", "percent": 1, "amount": 1 }), "/change/percent"),
            (json!(one), &json!({ "kind": "categories", "add": ["x"] }), "/change/add/0"),
            (json!(one), &json!({ "kind": "categories", "remove": ["x"] }), "/change/remove/0"),
        ] {
            let problem = read(json!({ "ids": ids, "change": change })).unwrap_err();
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{change}");
        }
    }
}
