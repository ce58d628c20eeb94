//! The routes of paced orders: goods that are released over time, in instalments.

pub mod create_paced_order;
pub mod get_paced_order;
pub mod list_paced_orders;
pub mod order;
pub mod plan;
pub mod preview_paced_order;
pub mod set_paced_order_status;
pub mod terms;

use domain::{Money, PacedOrder, PacedOrderId, Sku};
use serde_json::{Value, json};
use store::audit::{Actor, AuditEntry, AuditSubject};
use store::{Database, StoreError, Versioned};
use web::Problem;

use self::order::PacedOrderDetail;

/// The most instalments that are shown of those that were released, and of those that are to come.
pub const MAX_SHOWN: usize = 100;

/// An article that can be released.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Article {
    title: String,
    unit_price: Money,
    available: u64,
}

impl Article {
    /// The article with this SKU, if it is for sale.
    async fn load(database: &Database, sku: &Sku) -> Result<Option<Self>, StoreError> {
        let of_sku = database.products_of_skus([sku]).await?;
        let Some(id) = of_sku.get(sku) else { return Ok(None) };
        let products = database.products([(*id, sku)]).await?;
        let stocked = products.get(id).filter(|stocked| stocked.product.is_active());
        Ok(stocked.and_then(|stocked| {
            let variant = stocked.product.variant(sku)?;
            Some(Self {
                title: stocked.product.fields().title.clone(),
                unit_price: variant.price,
                available: stocked.stock.get(sku).copied().unwrap_or_default().available,
            })
        }))
    }
}

/// What the article with this SKU is called; nothing where there is none any more.
async fn title(database: &Database, sku: &Sku) -> Result<Option<String>, StoreError> {
    let of_sku = database.products_of_skus([sku]).await?;
    let mut titles = database.titles_of(of_sku.values().copied()).await?;
    Ok(of_sku.get(sku).and_then(|id| titles.remove(id)))
}

/// The id in a path.
fn path_paced_order(id: &str) -> Result<PacedOrderId, Problem> {
    PacedOrderId::parse(id).map_err(|error| Problem::bad_parameter("/path/id", error))
}

async fn load(database: &Database, id: PacedOrderId) -> Result<Versioned<PacedOrder>, Problem> {
    let order = database.paced_order(id).await.map_err(Problem::internal)?;
    order.ok_or_else(|| Problem::not_found("paced order"))
}

/// All that a paced order's page shows.
async fn view(database: &Database, order: &Versioned<PacedOrder>) -> Result<PacedOrderDetail, Problem> {
    let title = title(database, order.value.sku()).await.map_err(Problem::internal)?;
    let shown = i32::try_from(MAX_SHOWN).unwrap_or(i32::MAX);
    let done = database.released_instalments(order.value.id(), shown).await.map_err(Problem::internal)?;
    Ok(PacedOrderDetail::of(order, title, &done, jiff::Timestamp::now()))
}

/// What the audit trail tells of a change to a paced order.
fn entry(
    actor: &Actor,
    action: &str,
    before: Option<&PacedOrder>,
    after: &PacedOrder,
) -> Result<AuditEntry, StoreError> {
    let subject = AuditSubject::new("pacedOrder", after.id(), after.name());
    AuditEntry::of(actor, action, subject, before.map(told).as_ref(), Some(&told(after)))
}

/// What the audit trail tells of a paced order: nothing of whom its goods go to, who may be forgotten.
fn told(order: &PacedOrder) -> Value {
    json!({
        "name": order.name(),
        "sku": order.sku(),
        "plan": order.plan(),
        "status": order.status(),
        "note": order.changed().note,
    })
}
