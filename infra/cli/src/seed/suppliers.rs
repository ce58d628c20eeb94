//! The suppliers of the demo shop and what they ask for an article.

use domain::ids::IdError;
use domain::quantity::QuantityError;
use domain::supplier::Window;
use domain::{Money, Offer, Quantity, Sku, Supplier};
use serde::Deserialize;
use serde_json::{Value, json};
use store::suppliers::SupplierRecord;
use suppliers::AdapterKind;
use thiserror::Error;

use crate::identity;

const FILE: &str = include_str!("../../seed/suppliers.toml");
/// How to speak to the supplier simulator.
const ADAPTER: &str = include_str!("../../../supplier-sim/http-json.json");
/// The member of an adapter's configuration that holds the supplier's address.
pub const ADDRESS: &str = "baseUrl";
const SECONDS_PER_HOUR: u32 = 3600;

/// Why the suppliers' file makes no suppliers.
#[derive(Debug, Error)]
pub enum SuppliersError {
    /// It is no TOML of the expected form.
    #[error("suppliers.toml: {0}")]
    Form(#[from] toml::de::Error),
    /// The adapter's configuration is no JSON.
    #[error("http-json.json: {0}")]
    Adapter(#[from] serde_json::Error),
    /// A minimum or maximum is no quantity.
    #[error("suppliers.toml: a minimum or maximum {0}")]
    Quantity(#[from] QuantityError),
    /// An id cannot be made.
    #[error(transparent)]
    Id(#[from] IdError),
}

/// Which supplier, as the catalogue's files name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SupplierKey {
    /// Northgate Trade Supply.
    Northgate,
    /// Calder & Sons.
    Calder,
}

impl SupplierKey {
    /// The supplier's name at the simulator.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Northgate => "northgate",
            Self::Calder => "calder",
        }
    }
}

/// A supplier and its terms.
#[derive(Debug, Clone)]
pub struct SeedSupplier {
    /// Which one.
    pub key: SupplierKey,
    /// The supplier.
    pub supplier: Supplier,
    terms: Terms,
    minimum: Quantity,
    maximum: Quantity,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Terms {
    key: SupplierKey,
    name: String,
    code_prefix: String,
    priority: u32,
    first_percent: i64,
    other_percent: i64,
    minimum: i64,
    maximum: i64,
    first_lead_time_hours: u32,
    other_lead_time_hours: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    suppliers: Vec<Terms>,
}

/// Reads the suppliers that come with the program.
pub fn load() -> Result<Vec<SeedSupplier>, SuppliersError> {
    let file: File = toml::from_str(FILE)?;
    file.suppliers.into_iter().map(SeedSupplier::new).collect()
}

impl SeedSupplier {
    fn new(terms: Terms) -> Result<Self, SuppliersError> {
        let supplier =
            Supplier::new(identity::supplier_id(terms.key.name())?, terms.name.clone(), terms.priority);
        let minimum = Quantity::parse(terms.minimum)?;
        let maximum = Quantity::parse(terms.maximum)?;
        Ok(Self { key: terms.key, supplier, terms, minimum, maximum })
    }

    /// The supplier as the desk keeps it, spoken to at the simulator's address.
    pub fn record(&self, simulator: &str) -> Result<SupplierRecord, SuppliersError> {
        let mut configuration: Value = serde_json::from_str(ADAPTER)?;
        configuration[ADDRESS] = json!(format!("{}/{}", simulator.trim_end_matches('/'), self.key.name()));
        Ok(SupplierRecord {
            supplier: self.supplier.clone(),
            adapter: AdapterKind::HttpJson.name().to_owned(),
            configuration,
            webhook: None,
        })
    }

    /// What this supplier asks for an article that sells at `price` and is bought from `first` where possible.
    #[must_use]
    pub fn offer(&self, sku: &Sku, price: Money, first: SupplierKey) -> Offer {
        let (percent, hours) = if first == self.key {
            (self.terms.first_percent, self.terms.first_lead_time_hours)
        } else {
            (self.terms.other_percent, self.terms.other_lead_time_hours)
        };
        Offer {
            supplier_id: self.supplier.id,
            sku: sku.clone(),
            code: format!("{}{sku}", self.terms.code_prefix),
            cost: Money::new(share(price.amount(), percent), price.currency()),
            minimum: self.minimum,
            maximum: self.maximum,
            lead_time_seconds: hours.saturating_mul(SECONDS_PER_HOUR),
            window: Window::default(),
        }
    }

    /// The same for an article of a wholesaler, of which the supplier sends any number.
    pub fn bulk_offer(&self, sku: &Sku, price: Money, first: SupplierKey) -> Result<Offer, QuantityError> {
        let maximum = Quantity::parse(i64::from(Quantity::MAX))?;
        Ok(Offer { minimum: Quantity::ONE, maximum, ..self.offer(sku, price, first) })
    }
}

/// So many percent of an amount, rounded up to the next minor unit: cost is never understated.
fn share(amount: i64, percent: i64) -> i64 {
    let hundredths = i128::from(amount) * i128::from(percent);
    let rounded = hundredths.div_euclid(100) + i128::from(hundredths.rem_euclid(100) > 0);
    i64::try_from(rounded).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use domain::Currency;
    use domain::circuit::CircuitView;
    use domain::routing::{self, Candidate, Rules};
    use suppliers::{Egress, HttpClient};

    use super::*;

    #[test]
    fn a_share_is_exact_and_rounds_up() {
        assert_eq!(share(1_000, 54), 540);
        assert_eq!(share(1_001, 54), 541);
        assert_eq!(share(1, 50), 1);
        assert_eq!(share(0, 50), 0);
        assert_eq!(share(i64::MAX, 100), i64::MAX);
    }

    fn candidates(suppliers: &[SeedSupplier], offer: impl Fn(&SeedSupplier) -> Offer) -> Vec<Candidate> {
        let candidate = |seed: &SeedSupplier| Candidate {
            supplier: seed.supplier.clone(),
            offer: offer(seed),
            circuit: CircuitView::Closed,
            budget_left: None,
        };
        suppliers.iter().map(candidate).collect()
    }

    #[test]
    fn the_first_supplier_gets_the_article_and_the_other_replaces_it() {
        let suppliers = load().unwrap();
        let price = Money::new(1695, Currency::Gbp);
        for first in &suppliers {
            let sku = Sku::parse("HT-1").unwrap();
            let candidates = candidates(&suppliers, |seed| seed.offer(&sku, price, first.key));
            let lines = [(sku.clone(), Quantity::ONE)];
            let plan = routing::plan(&lines, &candidates, &Rules::default());
            assert_eq!(plan.assignments[0].supplier_id, first.supplier.id);
            let without = Rules { excluded: [first.supplier.id].into(), ..Rules::default() };
            let replacement = routing::plan(&lines, &candidates, &without);
            assert_eq!(replacement.assignments.len(), 1);
            assert!(replacement.unroutable.is_empty());
        }
    }

    #[test]
    fn the_adapter_takes_the_configuration() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        for seed in load().unwrap() {
            let record = seed.record("http://127.0.0.1:4590/").unwrap();
            let address = format!("http://127.0.0.1:4590/{}", seed.key.name());
            assert_eq!(record.configuration[ADDRESS], address.as_str());
            let http = HttpClient::new(Egress::parse("http://127.0.0.1:4590").unwrap()).unwrap();
            suppliers::connect(record.adapter.parse().unwrap(), &record.configuration, None, &http).unwrap();
        }
    }

    #[test]
    fn one_penny_articles_still_have_a_first_supplier() {
        let suppliers = load().unwrap();
        let sku = Sku::parse("P").unwrap();
        for first in [SupplierKey::Northgate, SupplierKey::Calder] {
            let price = Money::new(1, Currency::Gbp);
            let candidates = candidates(&suppliers, |seed| seed.bulk_offer(&sku, price, first).unwrap());
            let most = Quantity::parse(i64::from(Quantity::MAX)).unwrap();
            let plan = routing::plan(&[(sku.clone(), most)], &candidates, &Rules::default());
            assert!(plan.unroutable.is_empty(), "{first:?}");
        }
    }
}
