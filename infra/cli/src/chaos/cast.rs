//! The suppliers of a run, as the desk keeps them and as the simulator plays them.

use domain::budget::BudgetError;
use domain::quantity::QuantityError;
use domain::supplier::{LimitsError, WeightError, Window};
use domain::{Budget, Limits, Money, Offer, Quantity, Sku, Supplier, SupplierId, Weight};
use serde_json::{Value, json};
use store::suppliers::SupplierRecord;
use suppliers::AdapterKind;
use suppliers::webhook::Scheme;
use thiserror::Error;

use super::roles::{Role, Trouble};
use crate::identity;
use crate::seed::suppliers::ADDRESS;

/// How the simulator is spoken to in its protocols.
const HTTP_JSON: &str = include_str!("../../../supplier-sim/http-json.json");
const PANEL: &str = include_str!("../../../supplier-sim/panel.json");
const TASKBOARD: &str = include_str!("../../../supplier-sim/taskboard.json");

/// How long a supplier may take for an answer, in milliseconds: short, as some never end theirs.
const TIMEOUT_MS: u64 = 1_500;
/// The least that a budget is, in minor units: so that a small run does not end in refusals only.
const LEAST_BUDGET: i64 = 2_000;
/// What the supplier with tokens gives them out for.
pub const CREDENTIAL: &str = "chaos-credential";

/// Why a supplier cannot be made.
#[derive(Debug, Error)]
pub enum CastError {
    /// The adapter's configuration is no JSON.
    #[error("the simulator's configuration: {0}")]
    Configuration(#[from] serde_json::Error),
    /// A quantity of an offer.
    #[error("a quantity {0}")]
    Quantity(#[from] QuantityError),
    /// A weight.
    #[error("a weight {0}")]
    Weight(#[from] WeightError),
    /// A limit.
    #[error("a limit {0}")]
    Limits(#[from] LimitsError),
    /// A budget.
    #[error("a budget {0}")]
    Budget(#[from] BudgetError),
}

/// A supplier that takes part in a run.
#[derive(Debug, Clone)]
pub struct Member {
    /// How it is made.
    pub role: &'static Role,
    /// The supplier.
    pub supplier: Supplier,
    /// Where the simulator plays it.
    pub address: String,
}

impl Member {
    /// The supplier of a run, where all orders together sell for `sales`.
    pub fn new(role: &'static Role, simulator: &str, mark: &str, sales: Money) -> Result<Self, CastError> {
        let all = share(sales.amount(), role.cost_percent, 100);
        let budget = |thousandths: Option<i64>| {
            let amount = thousandths.map(|thousandths| share(all, thousandths, 1_000).max(LEAST_BUDGET));
            amount.map(|amount| Money::new(amount, sales.currency()))
        };
        let mut supplier = Supplier::new(SupplierId::generate(), role.name.to_owned(), 1);
        supplier.weight = Weight::parse(role.weight)?;
        supplier.limits = Limits::parse(role.per_minute, role.concurrent)?;
        supplier.budget = Budget::parse(budget(role.daily), budget(role.monthly))?;
        let address = format!("{}/{}-{mark}", simulator.trim_end_matches('/'), role.key);
        Ok(Self { role, supplier, address })
    }

    /// The supplier as the desk keeps it.
    pub fn record(&self) -> Result<SupplierRecord, CastError> {
        let (text, path) = match self.role.adapter {
            AdapterKind::Panel => (PANEL, "/panel"),
            AdapterKind::Taskboard => (TASKBOARD, "/taskboard"),
            AdapterKind::HttpJson | AdapterKind::Manual => (HTTP_JSON, ""),
        };
        let mut configuration: Value = serde_json::from_str(text)?;
        configuration[ADDRESS] = format!("{}{path}", self.address).into();
        configuration["timeoutMs"] = TIMEOUT_MS.into();
        if self.role.tokens {
            let tokens = format!("{}/oauth/token", self.address);
            configuration["auth"] = json!({ "kind": "oauth", "tokenUrl": tokens, "clientId": "shop" });
        }
        let webhook =
            self.role.webhook.then(|| serde_json::to_value(Scheme::StandardWebhooks)).transpose()?;
        Ok(SupplierRecord {
            supplier: self.supplier.clone(),
            adapter: self.role.adapter.name().to_owned(),
            configuration,
            webhook,
        })
    }

    /// What the simulator is told of it. `hears` is where the shop hears of changes, and the secret that they are signed
    /// with.
    #[must_use]
    pub fn knobs(&self, hears: Option<(String, &str)>) -> Value {
        let fault = |trouble: &Trouble| {
            json!({
                "kind": trouble.kind,
                "percent": trouble.percent,
                "retryAfterSeconds": trouble.retry_after,
            })
        };
        let webhook = hears
            .map(|(url, secret)| json!({ "url": url, "secret": secret, "repeats": 1, "reversed": true }));
        let credentials: &[&str] = if self.role.tokens { &[CREDENTIAL] } else { &[] };
        json!({
            "faults": self.role.troubles.iter().map(fault).collect::<Vec<_>>(),
            "latencyMs": self.role.latency_ms,
            "workingAfterMs": self.role.working_after_ms,
            "completeAfterMs": self.role.complete_after_ms,
            "requiresToken": self.role.tokens,
            "credentials": credentials,
            "webhook": webhook,
        })
    }

    /// What it asks for a SKU that sells at `price`; nothing for one that it does not have.
    pub fn offer(&self, sku: &Sku, price: Money) -> Result<Option<Offer>, CastError> {
        if !self.has(sku) {
            return Ok(None);
        }
        Ok(Some(Offer {
            supplier_id: self.supplier.id,
            sku: sku.clone(),
            code: format!("{}-{sku}", &self.role.key[..1].to_uppercase()),
            cost: Money::new(share(price.amount(), self.role.cost_percent, 100), price.currency()),
            minimum: Quantity::ONE,
            maximum: Quantity::parse(self.role.most)?,
            lead_time_seconds: self.role.lead_time_seconds,
            window: Window::default(),
        }))
    }

    /// Always the same for one SKU.
    fn has(&self, sku: &Sku) -> bool {
        let hash = identity::hash(format!("{}/{sku}", self.role.key).as_bytes());
        let drawn = u32::from_str_radix(&hash[..6], 16).unwrap_or_default();
        drawn % 100 < self.role.coverage
    }
}

/// A part of an amount, rounded up to the next minor unit.
fn share(amount: i64, part: i64, whole: i64) -> i64 {
    let product = i128::from(amount) * i128::from(part);
    let whole = i128::from(whole);
    let rounded = product.div_euclid(whole) + i128::from(product.rem_euclid(whole) > 0);
    i64::try_from(rounded).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use domain::Currency;
    use suppliers::{Egress, HttpClient, Secret, connect};

    use super::*;
    use crate::chaos::roles::ROLES;

    const SIMULATOR: &str = "http://127.0.0.1:4590";

    fn members() -> Vec<Member> {
        let sales = Money::new(10_000_000, Currency::Gbp);
        ROLES.iter().map(|role| Member::new(role, SIMULATOR, "m", sales).unwrap()).collect()
    }

    #[test]
    fn the_adapters_take_the_configurations() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        for member in members() {
            let record = member.record().unwrap();
            let http = HttpClient::new(Egress::parse(SIMULATOR).unwrap()).unwrap();
            let secret = Secret::new(CREDENTIAL);
            let kind: AdapterKind = record.adapter.parse().unwrap();
            connect(kind, &record.configuration, Some(&secret), &http).unwrap();
        }
    }

    #[test]
    fn the_first_takes_everything_and_the_others_a_part() {
        let price = Money::new(255, Currency::Gbp);
        let skus: Vec<_> = (0..1_000).map(|n| Sku::parse(&format!("S{n}")).unwrap()).collect();
        for member in members() {
            let offered = skus.iter().filter(|sku| member.offer(sku, price).unwrap().is_some()).count();
            let wanted = usize::try_from(member.role.coverage * 10).unwrap();
            assert!(offered.abs_diff(wanted) <= 50, "{}: {offered}", member.role.key);
        }
        assert_eq!((members()[0].role.coverage, members()[0].role.most), (100, i64::from(Quantity::MAX)));
        assert!(members()[0].supplier.budget.daily().unwrap().amount() > 6_000_000);
    }
}
