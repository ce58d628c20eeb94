//! A supplier as those who edit it see it.

use domain::{Currency, Money, Supplier, SupplierId};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use store::Database;
use store::budget::BudgetUsage;
use store::suppliers::{SecretsSet, StoredSupplier, SupplierRecord, SupplierWriteError};
use utoipa::ToSchema;
use web::{MoneyDto, Problem};

use crate::SupplierDesk;
use crate::webhook_scheme::WebhookDto;
use crate::words::{CircuitDto, StatusDto};

/// Where the counting of a supplier's open tasks ends.
pub const MAX_COUNTED_TASKS: u64 = 1_000;

/// What may be spent with a supplier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SupplierBudget)]
pub struct BudgetDto {
    /// In a day of UTC; null where there is no limit.
    daily: Option<MoneyDto>,
    /// In a month of UTC; null where there is no limit.
    monthly: Option<MoneyDto>,
}

/// How hard a supplier may be pressed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SupplierLimits)]
pub struct LimitsDto {
    /// How many calls may begin in one minute; null where there is no limit.
    per_minute: Option<u32>,
    /// How many calls may be under way at once; null where there is no limit.
    concurrent: Option<u32>,
}

/// When a supplier's secrets were set. The secrets themselves are never told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SupplierSecrets)]
pub struct SecretsDto {
    /// What shows the supplier who we are; null where it is not set.
    #[schema(value_type = Option<String>, format = DateTime)]
    credential: Option<Timestamp>,
    /// What the supplier signs with; null where it is not set.
    #[schema(value_type = Option<String>, format = DateTime)]
    webhook: Option<Timestamp>,
}

impl From<SecretsSet> for SecretsDto {
    fn from(SecretsSet { credential, webhook }: SecretsSet) -> Self {
        Self { credential, webhook }
    }
}

/// What is reserved or spent of a supplier's budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SupplierSpending)]
pub struct SpentDto {
    /// In the present day of UTC.
    day: MoneyDto,
    /// In the present month of UTC.
    month: MoneyDto,
}

impl SpentDto {
    fn of(usage: BudgetUsage, currency: Currency) -> Self {
        let money = |amount| Money::new(amount, currency).into();
        Self { day: money(usage.day.committed()), month: money(usage.month.committed()) }
    }
}

/// A supplier.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Supplier)]
pub struct SupplierDto {
    /// The supplier's id.
    #[schema(example = "sup_01JD0000000000000000000000")]
    id: String,
    /// Counts the changes; the `ETag` has it too.
    version: u64,
    /// The name that operators and customers see.
    name: String,
    /// Whether it gets work.
    status: StatusDto,
    /// The kind of adapter.
    #[schema(example = "http-json")]
    adapter: String,
    /// The adapter's configuration.
    #[schema(value_type = Object)]
    configuration: Value,
    /// Who is asked first: the lower, the sooner.
    priority: u32,
    /// The share of the orders, where suppliers are drawn by lot.
    weight: u32,
    /// What may be spent there.
    budget: BudgetDto,
    /// How hard it may be pressed.
    limits: LimitsDto,
    /// How it signs what it tells of its own accord; null where it does not.
    webhook: Option<WebhookDto>,
    /// Where on the shop's site it tells that.
    #[schema(example = "/api/webhooks/suppliers/sup_01JD0000000000000000000000")]
    webhook_path: String,
    /// When its secrets were set.
    secrets: SecretsDto,
    /// Whether it is called.
    circuit: CircuitDto,
    /// How many of its tasks are open; not counted beyond 1,000.
    open_tasks: u64,
    /// What is reserved or spent.
    spent: SpentDto,
}

/// A supplier's id in a path.
pub(crate) fn path_supplier(text: &str) -> Result<SupplierId, Problem> {
    SupplierId::parse(text).map_err(|error| Problem::bad_parameter("/path/id", error))
}

/// The supplier with this id.
pub(crate) async fn load(database: &Database, id: SupplierId) -> Result<StoredSupplier, Problem> {
    let stored = database.stored_supplier(id).await.map_err(Problem::internal)?;
    stored.ok_or_else(|| Problem::not_found("supplier"))
}

/// The supplier as those who edit it see it now.
pub(crate) async fn view(desk: &SupplierDesk, stored: StoredSupplier) -> Result<SupplierDto, Problem> {
    let now = Timestamp::now();
    let id = stored.record.value.supplier.id;
    let (circuits, usage, open_tasks) = tokio::try_join!(
        desk.database.circuits([id]),
        desk.database.budget_usage([id], now),
        desk.database.count_open_tasks(id, MAX_COUNTED_TASKS),
    )
    .map_err(Problem::internal)?;
    let version = stored.record.version;
    let SupplierRecord { supplier, adapter, configuration, webhook } = stored.record.value;
    let webhook = webhook.map(serde_json::from_value).transpose().map_err(Problem::internal)?;
    let Supplier { name, status, priority, weight, budget, limits, .. } = supplier;
    Ok(SupplierDto {
        id: id.to_string(),
        version,
        name,
        status: status.into(),
        adapter,
        configuration,
        priority,
        weight: weight.get(),
        budget: BudgetDto {
            daily: budget.daily().map(Into::into),
            monthly: budget.monthly().map(Into::into),
        },
        limits: LimitsDto { per_minute: limits.per_minute(), concurrent: limits.concurrent() },
        webhook,
        webhook_path: format!("/api/webhooks/suppliers/{id}"),
        secrets: stored.secrets.into(),
        circuit: CircuitDto::of(&circuits.get(&id).copied().unwrap_or_default(), now),
        open_tasks,
        spent: SpentDto::of(usage.get(&id).copied().unwrap_or_default(), desk.currency),
    })
}

/// Why a supplier was not written.
pub(crate) async fn refused(desk: &SupplierDesk, id: SupplierId, error: SupplierWriteError) -> Problem {
    match error {
        SupplierWriteError::Taken | SupplierWriteError::Outdated => match load(&desk.database, id).await {
            Ok(stored) => match view(desk, stored).await {
                Ok(current) => Problem::outdated(&current),
                Err(problem) => problem,
            },
            Err(problem) => problem,
        },
        SupplierWriteError::Store(error) => Problem::internal(error),
    }
}
