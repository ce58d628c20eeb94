//! An offer as those who edit it see it.

use domain::supplier::Window;
use domain::{Currency, FieldError, Offer, Quantity, Sku, SupplierId};
use serde::{Deserialize, Serialize};
use store::offers::OfferWriteError;
use store::{Database, Versioned};
use utoipa::ToSchema;
use web::{Fields, MoneyDto, Problem};

use crate::supplier_input::own_money;

/// When after the payment an offer holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OfferWindow)]
pub struct WindowDto {
    /// The first second in which it holds.
    from_seconds: u32,
    /// The second in which it no longer holds; null where it always will.
    until_seconds: Option<u32>,
}

/// What one supplier asks for one SKU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Offer)]
pub struct OfferDto {
    /// Whose offer it is.
    #[schema(example = "sup_01JD0000000000000000000000")]
    supplier_id: String,
    /// The supplier's name.
    supplier_name: String,
    /// Our SKU.
    #[schema(example = "HT-CLAW-16")]
    sku: String,
    /// The supplier's own code for it.
    code: String,
    /// What the supplier charges for one piece.
    cost: MoneyDto,
    /// The fewest pieces in one task.
    minimum: u32,
    /// The most pieces in one task.
    maximum: u32,
    /// How many seconds the supplier needs from order to shipment.
    lead_time_seconds: u32,
    /// When after the payment it holds.
    window: WindowDto,
    /// Counts the changes; the `ETag` has it too.
    version: u64,
}

impl OfferDto {
    /// An offer of a supplier with this name.
    #[must_use]
    pub fn of(Versioned { value: offer, version }: Versioned<Offer>, supplier: &str) -> Self {
        Self {
            supplier_id: offer.supplier_id.to_string(),
            supplier_name: supplier.to_owned(),
            sku: offer.sku.to_string(),
            code: offer.code,
            cost: offer.cost.into(),
            minimum: offer.minimum.get(),
            maximum: offer.maximum.get(),
            lead_time_seconds: offer.lead_time_seconds,
            window: WindowDto {
                from_seconds: offer.window.from_seconds(),
                until_seconds: offer.window.until_seconds(),
            },
            version,
        }
    }
}

/// When after the payment an offer shall hold.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = OfferWindowInput)]
pub struct WindowInput {
    /// The first second in which it holds: 0 to a year.
    #[serde(default)]
    from_seconds: i64,
    /// The second in which it no longer holds; null where it always will.
    #[serde(default)]
    until_seconds: Option<i64>,
}

/// What an offer shall be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfferInput {
    /// The supplier's own code: 1 to 200 characters.
    #[schema(example = "CS/HT-CLAW-16")]
    code: String,
    /// What the supplier charges for one piece, in the shop's currency.
    cost: MoneyDto,
    /// The fewest pieces in one task: from 1.
    minimum: i64,
    /// The most pieces in one task: up to 1,000,000.
    maximum: i64,
    /// How many seconds the supplier needs from order to shipment: up to a year.
    lead_time_seconds: i64,
    /// When after the payment it holds: always, where it is absent.
    #[serde(default)]
    window: WindowInput,
}

impl OfferInput {
    /// The offer that is wanted.
    pub fn into_offer(self, supplier_id: SupplierId, sku: Sku, currency: Currency) -> Result<Offer, Problem> {
        let mut fields = Fields::default();
        let cost = fields.parsed("/cost", own_money(&self.cost, currency));
        let minimum = fields.parsed("/minimum", Quantity::parse(self.minimum));
        let maximum = fields.parsed("/maximum", Quantity::parse(self.maximum));
        let seconds = u32::try_from(self.lead_time_seconds);
        let lead_time = seconds.map_err(|_| "must be a whole number of seconds, up to a year");
        let lead_time = fields.parsed("/leadTimeSeconds", lead_time);
        let window = Window::parse(self.window.from_seconds, self.window.until_seconds);
        let window = fields.parsed_group("/window", window.map_err(|error| bad(error.field(), error)));
        let (Some(cost), Some(minimum), Some(maximum), Some(lead_time_seconds), Some(window)) =
            (cost, minimum, maximum, lead_time, window)
        else {
            return Err(fields.into_problem());
        };
        let code = self.code.trim().to_owned();
        let offer = Offer { supplier_id, sku, code, cost, minimum, maximum, lead_time_seconds, window };
        let faults: Vec<_> = offer.faults().into_iter().flat_map(|error| bad(error.field(), error)).collect();
        if faults.is_empty() {
            return Ok(offer);
        }
        let _none: Option<Offer> = fields.parsed_group("", Err(faults));
        Err(fields.into_problem())
    }
}

fn bad(field: &'static str, error: impl ToString) -> Vec<FieldError> {
    vec![FieldError { field, message: error.to_string() }]
}

/// A SKU in a path.
pub(crate) fn path_sku(text: &str) -> Result<Sku, Problem> {
    Sku::parse(text).map_err(|error| Problem::bad_parameter("/path/sku", error))
}

/// Why an offer was not written.
pub(crate) async fn refused(
    database: &Database,
    (supplier, name): (SupplierId, &str),
    sku: &Sku,
    error: OfferWriteError,
) -> Problem {
    match error {
        OfferWriteError::Outdated => match database.offer(supplier, sku).await {
            Ok(Some(current)) => Problem::outdated(&OfferDto::of(current, name)),
            Ok(None) => Problem::not_found("offer"),
            Err(error) => Problem::internal(error),
        },
        OfferWriteError::Store(error) => Problem::internal(error),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn input() -> Value {
        json!({
            "code": " H75 ", "cost": { "amount": 250, "currency": "GBP" }, "minimum": 1, "maximum": 20,
            "leadTimeSeconds": 3_600, "window": { "fromSeconds": 60, "untilSeconds": 120 },
        })
    }

    fn parse(input: Value) -> Result<Offer, Problem> {
        let input: OfferInput = serde_json::from_value(input).unwrap();
        input.into_offer(SupplierId::generate(), Sku::parse("HINGE-75").unwrap(), Currency::Gbp)
    }

    #[test]
    fn an_input_becomes_an_offer() {
        let offer = parse(input()).unwrap();
        assert_eq!((offer.code.as_str(), offer.cost.amount(), offer.maximum.get()), ("H75", 250, 20));
        assert_eq!((offer.window.from_seconds(), offer.window.until_seconds()), (60, Some(120)));
        let mut always = input();
        always.as_object_mut().unwrap().remove("window");
        assert_eq!(parse(always).unwrap().window, Window::default());
    }

    #[test]
    fn the_bad_field_is_named() {
        for (pointer, value) in [
            ("/code", json!("")),
            ("/code", json!("x".repeat(Offer::MAX_CODE + 1))),
            ("/cost", json!({ "amount": 1, "currency": "USD" })),
            ("/cost", json!({ "amount": -1, "currency": "GBP" })),
            ("/minimum", json!(0)),
            ("/maximum", json!(1_000_001)),
            ("/leadTimeSeconds", json!(-1)),
            ("/leadTimeSeconds", json!(Offer::MAX_LEAD_TIME_SECONDS + 1)),
            ("/window/fromSeconds", json!(-1)),
            ("/window/untilSeconds", json!(60)),
        ] {
            let mut input = input();
            *input.pointer_mut(pointer).unwrap() = value.clone();
            let problem = serde_json::to_value(parse(input).unwrap_err()).unwrap();
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{value}");
        }
        let mut crossed = input();
        crossed["minimum"] = json!(21);
        let problem = serde_json::to_value(parse(crossed).unwrap_err()).unwrap();
        assert_eq!(problem["errors"][0]["pointer"], "/maximum");
    }
}
