//! What an operator tells of goods that were sent.

use domain::{Quantity, Sku};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{FieldProblem, Problem};

/// The most characters of a carrier's name and of a tracking number.
pub const MAX_TEXT: usize = 100;
/// The most different articles in a parcel: as many as an order has.
pub const MAX_ITEMS: usize = domain::MAX_LINES;

/// Pieces of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderPart {
    /// The SKU.
    #[schema(example = "HT-CLAW-16")]
    pub sku: String,
    /// How many pieces.
    #[schema(example = 3)]
    pub quantity: i64,
}

/// What was sent.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = Parcel)]
pub struct ParcelInput {
    /// Who carries it: up to 100 characters.
    #[serde(default)]
    #[schema(example = "Royal Mail")]
    carrier: Option<String>,
    /// The carrier's number: up to 100 characters.
    #[serde(default)]
    tracking_number: Option<String>,
    /// What is in it, each article once; all that is to be sent, where it is absent.
    #[serde(default)]
    items: Option<Vec<OrderPart>>,
}

/// What was sent, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parcel {
    /// Who carries it.
    pub carrier: Option<String>,
    /// The carrier's number.
    pub tracking_number: Option<String>,
    /// What is in it.
    pub items: Vec<(Sku, Quantity)>,
}

impl ParcelInput {
    /// The parcel, which holds nothing but pieces of `all`.
    pub(crate) fn parse(&self, all: &[(Sku, Quantity)]) -> Result<Parcel, Problem> {
        let mut errors = Vec::new();
        let mut note = |pointer: String, detail: String| errors.push(FieldProblem::new(pointer, detail));
        let mut line = |field: &str, text: &Option<String>| {
            let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
            if text.chars().count() > MAX_TEXT || text.chars().any(char::is_control) {
                note(format!("/{field}"), format!("must be one line of at most {MAX_TEXT} characters"));
            }
            Some(text.to_owned())
        };
        let carrier = line("carrier", &self.carrier);
        let tracking_number = line("trackingNumber", &self.tracking_number);
        let mut items: Vec<(Sku, Quantity)> = Vec::new();
        match &self.items {
            None => items = all.to_vec(),
            Some(parts) if !(1..=MAX_ITEMS).contains(&parts.len()) => {
                note("/items".into(), format!("must be 1 to {MAX_ITEMS}"));
            }
            Some(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    match part.parse(all) {
                        Ok((sku, _)) if items.iter().any(|(other, _)| *other == sku) => {
                            note(format!("/items/{index}/sku"), "is there already".into());
                        }
                        Ok(item) => items.push(item),
                        Err((field, detail)) => note(format!("/items/{index}/{field}"), detail),
                    }
                }
            }
        }
        if errors.is_empty() {
            Ok(Parcel { carrier, tracking_number, items })
        } else {
            Err(Problem::invalid(errors))
        }
    }
}

impl OrderPart {
    /// The pieces, which are among `all`; else which field is wrong, and why.
    pub(crate) fn parse(&self, all: &[(Sku, Quantity)]) -> Result<(Sku, Quantity), (&'static str, String)> {
        let sku = Sku::parse(&self.sku).map_err(|error| ("sku", error.to_string()))?;
        let there = all.iter().find(|(other, _)| *other == sku).map(|(_, pieces)| *pieces);
        let there = there.ok_or_else(|| ("sku", "nothing of it is to be sent".to_owned()))?;
        let pieces = Quantity::parse(self.quantity).map_err(|error| ("quantity", error.to_string()))?;
        if pieces > there {
            return Err(("quantity", format!("must be at most {there}: no more are to be sent")));
        }
        Ok((sku, pieces))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn sku(text: &str) -> Sku {
        Sku::parse(text).unwrap()
    }

    fn pieces(n: i64) -> Quantity {
        Quantity::parse(n).unwrap()
    }

    fn parse(input: Value) -> Result<Parcel, Problem> {
        let all = [(sku("A"), pieces(5)), (sku("B"), pieces(1))];
        serde_json::from_value::<ParcelInput>(input).unwrap().parse(&all)
    }

    #[test]
    fn without_items_all_is_in_it() {
        let parcel = parse(json!({ "carrier": " Royal Mail ", "trackingNumber": "" })).unwrap();
        assert_eq!((parcel.carrier.as_deref(), parcel.tracking_number), (Some("Royal Mail"), None));
        assert_eq!(parcel.items, [(sku("A"), pieces(5)), (sku("B"), pieces(1))]);
        let part = parse(json!({ "items": [{ "sku": "A", "quantity": 2 }] })).unwrap();
        assert_eq!(part.items, [(sku("A"), pieces(2))]);
    }

    #[test]
    fn the_bad_field_is_named() {
        let item = |sku: &str, quantity: i64| json!({ "sku": sku, "quantity": quantity });
        for (input, pointer) in [
            (json!({ "carrier": "x".repeat(MAX_TEXT + 1) }), "/carrier"),
            (json!({ "trackingNumber": "1\n2" }), "/trackingNumber"),
            (json!({ "items": [] }), "/items"),
            (json!({ "items": vec![item("A", 1); MAX_ITEMS + 1] }), "/items"),
            (json!({ "items": [item("a b", 1)] }), "/items/0/sku"),
            (json!({ "items": [item("C", 1)] }), "/items/0/sku"),
            (json!({ "items": [item("A", 1), item("A", 1)] }), "/items/1/sku"),
            (json!({ "items": [item("A", 0)] }), "/items/0/quantity"),
            (json!({ "items": [item("A", 6)] }), "/items/0/quantity"),
        ] {
            let problem = serde_json::to_value(parse(input).unwrap_err()).unwrap();
            assert_eq!(problem["errors"][0]["pointer"], pointer);
        }
    }
}
