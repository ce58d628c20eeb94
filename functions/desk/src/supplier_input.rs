//! A supplier as somebody wants it to be.

use domain::budget::Budget;
use domain::supplier::{Limits, SupplierStatus, Weight};
use domain::{Currency, FieldError, Money, Supplier, SupplierId};
use serde::Deserialize;
use serde_json::Value;
use store::suppliers::SupplierRecord;
use suppliers::{AdapterKind, HttpClient, Samples, Secret};
use utoipa::ToSchema;
use web::{Fields, MoneyDto, Problem};

use crate::webhook_scheme::WebhookDto;

/// The last place in the order in which suppliers are asked.
pub const MAX_PRIORITY: u32 = 1_000;
/// The most bytes of a configuration, written as JSON.
pub const MAX_CONFIGURATION_BYTES: usize = 32 * 1024;

/// A supplier to be made, or what one shall be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SupplierInput {
    /// The name that operators and customers see: 1 to 80 characters.
    #[schema(example = "Calder & Sons")]
    name: String,
    /// The kind of adapter.
    #[schema(example = "http-json")]
    adapter: String,
    /// The adapter's configuration: at most 32 KiB, and no secrets in it.
    #[schema(value_type = Object)]
    configuration: Value,
    /// Who is asked first: 0 to 1,000, the lower, the sooner.
    priority: i64,
    /// The share of the orders, where suppliers are drawn by lot: 1 to 100.
    weight: i64,
    /// What may be spent there.
    #[serde(default)]
    budget: BudgetInput,
    /// How hard it may be pressed.
    #[serde(default)]
    limits: LimitsInput,
    /// How it signs what it tells of its own accord; null where it does not.
    #[serde(default)]
    webhook: Option<WebhookDto>,
}

/// What may be spent with a supplier, in the shop's currency.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SupplierBudgetInput)]
pub struct BudgetInput {
    /// In a day of UTC; null where there is no limit.
    #[serde(default)]
    daily: Option<MoneyDto>,
    /// In a month of UTC; null where there is no limit.
    #[serde(default)]
    monthly: Option<MoneyDto>,
}

/// How hard a supplier may be pressed.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SupplierLimitsInput)]
pub struct LimitsInput {
    /// How many calls may begin in one minute: 1 to 6,000; null where there is no limit.
    #[serde(default)]
    per_minute: Option<i64>,
    /// How many calls may be under way at once: 1 to 50; null where there is no limit.
    #[serde(default)]
    concurrent: Option<i64>,
}

/// What an input is checked against.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// What the shop pays its suppliers in.
    pub currency: Currency,
    /// Knows where suppliers may be.
    pub http: &'a HttpClient,
}

impl SupplierInput {
    /// The supplier that is wanted: the one with this id and status.
    pub fn into_record(
        self,
        id: SupplierId,
        status: SupplierStatus,
        setting: Setting<'_>,
    ) -> Result<SupplierRecord, Problem> {
        let mut fields = Fields::default();
        let name = fields.parsed("/name", Supplier::parse_name(&self.name));
        let priority = fields.parsed("/priority", priority(self.priority));
        let weight = fields.parsed("/weight", Weight::parse(self.weight));
        let budget = self.budget.parse(&mut fields, setting.currency);
        let limits = Limits::parse(self.limits.per_minute, self.limits.concurrent);
        let limits = fields.parsed_group("/limits", limits.map_err(|error| bad(error.field(), error)));
        let webhook = match &self.webhook {
            None => Some(None),
            Some(webhook) => fields.parsed("/webhook", webhook.stored()).map(Some),
        };
        let adapter = fields.parsed("/adapter", self.adapter.parse::<AdapterKind>());
        let fits = adapter.and_then(|kind| {
            let faults = faults(kind, &self.configuration, setting.http);
            let fits = faults.is_empty();
            for (pointer, reason) in faults {
                let _none: Option<()> = fields.parsed(&pointer, Err(reason));
            }
            fits.then_some(())
        });
        let (Some(name), Some(priority), Some(weight), Some(budget)) = (name, priority, weight, budget)
        else {
            return Err(fields.into_problem());
        };
        let (Some(limits), Some(webhook), Some(adapter), Some(())) = (limits, webhook, adapter, fits) else {
            return Err(fields.into_problem());
        };
        Ok(SupplierRecord {
            supplier: Supplier { id, name, status, priority, weight, budget, limits },
            adapter: adapter.name().to_owned(),
            configuration: self.configuration,
            webhook,
        })
    }
}

impl BudgetInput {
    fn parse(&self, fields: &mut Fields, currency: Currency) -> Option<Budget> {
        let mut amount = |pointer, money: &Option<MoneyDto>| match money {
            None => Some(None),
            Some(money) => fields.parsed(pointer, own_money(money, currency)).map(Some),
        };
        let daily = amount("/budget/daily", &self.daily);
        let monthly = amount("/budget/monthly", &self.monthly);
        let budget = Budget::parse(daily?, monthly?);
        fields.parsed_group("/budget", budget.map_err(|error| bad(error.field(), error)))
    }
}

fn bad(field: &'static str, error: impl ToString) -> Vec<FieldError> {
    vec![FieldError { field, message: error.to_string() }]
}

fn priority(number: i64) -> Result<u32, String> {
    let fits = u32::try_from(number).ok().filter(|number| *number <= MAX_PRIORITY);
    fits.ok_or_else(|| format!("must be a whole number from 0 to {MAX_PRIORITY}"))
}

/// An amount in the shop's currency: what suppliers ask can be compared, and budgets counted, only in one.
pub(crate) fn own_money(money: &MoneyDto, currency: Currency) -> Result<Money, String> {
    match Currency::parse(&money.currency) {
        Ok(theirs) if theirs == currency => Ok(Money::new(money.amount, currency)),
        _ => Err(format!("must be in {currency}")),
    }
}

/// What is wrong with a configuration: where in the body, and why.
fn faults(kind: AdapterKind, configuration: &Value, http: &HttpClient) -> Vec<(String, String)> {
    let bytes = configuration.to_string().len();
    if bytes > MAX_CONFIGURATION_BYTES {
        let reason = format!("has {bytes} bytes; at most {MAX_CONFIGURATION_BYTES} are kept");
        return vec![(CONFIGURATION.into(), reason)];
    }
    let mut faults = suppliers::preview(kind, configuration, &Samples::default(), http).faults;
    if faults.is_empty() {
        // Something must stand where the credential will.
        let stand_in = Secret::new("stand-in-for-the-credential");
        faults.extend(suppliers::connect(kind, configuration, Some(&stand_in), http).err().map(Into::into));
    }
    faults
        .into_iter()
        .map(|fault| (format!("{CONFIGURATION}{}", pointer(&fault.path)), fault.reason))
        .collect()
}

/// Where the configuration is in the body.
const CONFIGURATION: &str = "/configuration";

/// A path such as `place.items[0].code` as a JSON pointer.
pub(crate) fn pointer(path: &str) -> String {
    let mut pointer = String::new();
    for part in path.split(['.', '[', ']']).filter(|part| !part.is_empty()) {
        pointer.push('/');
        pointer.push_str(&part.replace('~', "~0").replace('/', "~1"));
    }
    pointer
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use suppliers::Egress;

    use super::*;

    const SIMULATOR: &str = include_str!("../../../infra/supplier-sim/http-json.json");

    fn input() -> Value {
        json!({
            "name": "Calder & Sons",
            "adapter": "http-json",
            "configuration": serde_json::from_str::<Value>(SIMULATOR).unwrap(),
            "priority": 1,
            "weight": 10,
            "budget": { "daily": { "amount": 50_000, "currency": "GBP" } },
            "limits": { "perMinute": 60, "concurrent": null },
            "webhook": {
                "kind": "hmac", "header": "X-Signature", "algorithm": "sha512", "encoding": "base64",
                "timestampHeader": "X-Time",
            },
        })
    }

    fn parse(input: Value) -> Result<SupplierRecord, Problem> {
        let http = HttpClient::new(Egress::parse("*, http://127.0.0.1:4590").unwrap()).unwrap();
        let input: SupplierInput = serde_json::from_value(input).unwrap();
        let setting = Setting { currency: Currency::Gbp, http: &http };
        input.into_record(SupplierId::generate(), SupplierStatus::Paused, setting)
    }

    /// The pointers of what is wrong with an input of which one member is another.
    fn pointers(pointer: &str, value: Value) -> Vec<String> {
        let mut input = input();
        *input.pointer_mut(pointer).unwrap() = value;
        let problem = serde_json::to_value(parse(input).unwrap_err()).unwrap();
        let errors = problem["errors"].as_array().unwrap().clone();
        errors.iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn an_input_becomes_a_supplier() {
        let record = parse(input()).unwrap();
        assert_eq!(record.supplier.name, "Calder & Sons");
        assert_eq!(record.supplier.status, SupplierStatus::Paused);
        assert_eq!(record.supplier.budget.daily(), Some(Money::new(50_000, Currency::Gbp)));
        assert_eq!(record.supplier.limits.per_minute(), Some(60));
        assert_eq!(record.webhook.as_ref().unwrap()["timestampHeader"], "X-Time");
        let mut plain = input();
        plain["webhook"] = json!({ "kind": "standardWebhooks" });
        assert_eq!(parse(plain.clone()).unwrap().webhook, Some(plain["webhook"].clone()));
    }

    #[test]
    fn the_bad_field_is_named() {
        for (pointer, value) in [
            ("/name", json!(" ")),
            ("/adapter", json!("fax")),
            ("/priority", json!(MAX_PRIORITY + 1)),
            ("/priority", json!(-1)),
            ("/weight", json!(0)),
            ("/weight", json!(Weight::MAX + 1)),
            ("/limits/perMinute", json!(0)),
            ("/limits/concurrent", json!(Limits::MAX_CONCURRENT + 1)),
            ("/budget/daily", json!({ "amount": 1, "currency": "EUR" })),
            ("/budget/daily", json!({ "amount": -1, "currency": "GBP" })),
            ("/configuration/baseUrl", json!("ftp://calder.example")),
            ("/configuration/place/request/body", json!("{ref: referenz}")),
        ] {
            assert_eq!(pointers(pointer, value.clone()), [pointer], "{value}");
        }
        assert_eq!(pointers("/webhook/header", json!("no header")), ["/webhook"]);
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let mut bad = input();
        for (field, value) in [("name", json!("")), ("priority", json!(-1)), ("weight", json!(0))] {
            bad[field] = value;
        }
        let problem = serde_json::to_value(parse(bad).unwrap_err()).unwrap();
        assert_eq!(problem["errors"].as_array().unwrap().len(), 3);
    }

    #[test]
    fn a_configuration_has_a_limit() {
        let long = json!({ "note": "x".repeat(MAX_CONFIGURATION_BYTES) });
        let mut input = input();
        input["configuration"] = long;
        let problem = serde_json::to_value(parse(input).unwrap_err()).unwrap();
        assert!(problem["detail"].as_str().unwrap().contains("bytes"), "{problem}");
    }

    #[test]
    fn a_path_becomes_a_pointer() {
        for (path, wanted) in
            [("", ""), ("baseUrl", "/baseUrl"), ("a.b[0].c", "/a/b/0/c"), ("headers.X/Y", "/headers/X~1Y")]
        {
            assert_eq!(pointer(path), wanted);
        }
    }
}
