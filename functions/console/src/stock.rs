//! Stock as staff see it.

use domain::{ProductId, Sku};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Database;
use store::audit::Actor;
use store::catalog::{AdjustReason, Adjustment, StockedProduct};
use utoipa::ToSchema;
use web::Problem;

use crate::product::{StatusDto, StockDto};

/// The stock of a SKU.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StockItem {
    /// The SKU.
    #[schema(example = "HT-CLAW-16")]
    sku: String,
    /// The product it is a variant of.
    #[schema(example = "prd_01JD0000000000000000000000")]
    product_id: String,
    /// The product's name.
    product_title: String,
    /// How far the product has come.
    product_status: StatusDto,
    /// The variant's name; empty where the product has just one.
    variant_title: String,
    /// How many pieces there are.
    #[serde(flatten)]
    stock: StockDto,
    /// Whether it runs low.
    low: bool,
}

impl StockItem {
    /// The stock of one of a product's SKUs, if it is a variant of it.
    #[must_use]
    pub fn of(stocked: &StockedProduct, sku: &Sku) -> Option<Self> {
        let fields = stocked.product.fields();
        let variant = stocked.product.variant(sku)?;
        let stock = stocked.stock.get(sku).copied().unwrap_or_default();
        let threshold = stocked.thresholds.get(sku).copied();
        Some(Self {
            sku: sku.to_string(),
            product_id: fields.id.to_string(),
            product_title: fields.title.clone(),
            product_status: fields.status.into(),
            variant_title: variant.title.clone(),
            stock: StockDto::of(stock, threshold),
            low: threshold.is_some_and(|threshold| stock.available <= threshold),
        })
    }
}

impl StockItem {
    /// Whether it runs low.
    #[must_use]
    pub fn is_low(&self) -> bool {
        self.low
    }
}

/// Why stock was adjusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AdjustmentReason)]
pub enum ReasonDto {
    /// A delivery came.
    Received,
    /// A buyer sent it back.
    Returned,
    /// It can no longer be sold.
    Damaged,
    /// It is not where it should be.
    Lost,
    /// Somebody counted.
    Counted,
    /// An earlier adjustment was wrong.
    Correction,
}

impl From<ReasonDto> for AdjustReason {
    fn from(reason: ReasonDto) -> Self {
        match reason {
            ReasonDto::Received => Self::Received,
            ReasonDto::Returned => Self::Returned,
            ReasonDto::Damaged => Self::Damaged,
            ReasonDto::Lost => Self::Lost,
            ReasonDto::Counted => Self::Counted,
            ReasonDto::Correction => Self::Correction,
        }
    }
}

impl From<AdjustReason> for ReasonDto {
    fn from(reason: AdjustReason) -> Self {
        match reason {
            AdjustReason::Received => Self::Received,
            AdjustReason::Returned => Self::Returned,
            AdjustReason::Damaged => Self::Damaged,
            AdjustReason::Lost => Self::Lost,
            AdjustReason::Counted => Self::Counted,
            AdjustReason::Correction => Self::Correction,
        }
    }
}

/// An adjustment that was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct StockAdjustment {
    /// Its id.
    #[schema(example = "adj_01JD0000000000000000000000")]
    id: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// By how many pieces.
    #[schema(example = -2)]
    delta: i64,
    /// How many pieces were available afterwards.
    available: u64,
    /// Why.
    reason: ReasonDto,
    /// What else there is to say.
    note: Option<String>,
    /// Who did it.
    actor: AdjustmentActor,
}

/// Who adjusted stock.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdjustmentActor {
    /// Who.
    id: String,
    /// Their address at the time.
    email: Option<String>,
}

impl From<Adjustment> for StockAdjustment {
    fn from(adjustment: Adjustment) -> Self {
        let Actor { id, email, .. } = adjustment.actor;
        Self {
            id: adjustment.id.to_string(),
            at: adjustment.at,
            delta: adjustment.delta,
            available: adjustment.available,
            reason: adjustment.reason.into(),
            note: adjustment.note,
            actor: AdjustmentActor { id, email: email.map(Into::into) },
        }
    }
}

/// A SKU in the path.
pub(crate) fn path_sku(sku: &str) -> Result<Sku, Problem> {
    Sku::parse(sku).map_err(|error| Problem::bad_parameter("/path/sku", error))
}

/// The product that a SKU is a variant of, with the stock of that SKU.
pub(crate) async fn load(database: &Database, sku: &Sku) -> Result<(ProductId, StockedProduct), Problem> {
    let unknown = || Problem::not_found("SKU");
    let id = database.product_id_of_sku(sku).await.map_err(Problem::internal)?.ok_or_else(unknown)?;
    let mut products = database.products([(id, sku)]).await.map_err(Problem::internal)?;
    let stocked = products.remove(&id).filter(|stocked| stocked.product.variant(sku).is_some());
    Ok((id, stocked.ok_or_else(unknown)?))
}

/// The stock of a SKU.
pub(crate) async fn item(database: &Database, sku: &Sku) -> Result<StockItem, Problem> {
    let (_, stocked) = load(database, sku).await?;
    StockItem::of(&stocked, sku).ok_or_else(|| Problem::not_found("SKU"))
}
