//! `POST /api/partner/orders`: orders that come from another sales channel, one or a thousand at a time.
//!
//! They are kept as they are, and the partner hears at once which of them are new; each is placed a moment later. An order
//! is known by the partner's reference: whoever is in doubt whether a request arrived sends it again.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::{Address, CustomerEmail, MAX_LINES, PartnerRef, PartnerReference, PartnerScope, Quantity, Sku};
use futures::{StreamExt, TryStreamExt, stream};
use orders::dto::AddressDto;
use serde::{Deserialize, Serialize};
use store::Database;
use store::partner_orders::{Intake, MAX_RECEIVED, Receipt, Recipient};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::partner::Caller;
use web::{Access, Body, Fields, Problem, RequestId, guarded};

/// The most orders in one request.
pub const MAX_ORDERS: usize = 1_000;
/// The most bytes of one request.
pub const MAX_BYTES: usize = 5 * 1024 * 1024;
/// After how many faults the rest of a request is not looked at.
pub const MAX_FAULTS: usize = 100;
/// How many transactions are written at a time.
const AT_A_TIME: usize = 4;

/// Orders to place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendPartnerOrders {
    /// The orders, no reference twice.
    #[schema(min_items = 1, max_items = 1000)]
    orders: Vec<SentPartnerOrder>,
}

/// An order to place. It is settled on the partner's account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SentPartnerOrder {
    /// What the partner calls it: 1 to 64 letters and digits and, behind the first, `-`, `.`, `_` and `:`. No two orders of
    /// a partner have the same.
    #[schema(example = "A-1001", max_length = 64)]
    reference: String,
    /// Where news of the order go.
    #[schema(example = "ada@example.org")]
    email: String,
    /// Where the goods go.
    shipping_address: AddressDto,
    /// What is ordered.
    #[schema(min_items = 1, max_items = 96)]
    lines: Vec<SentLine>,
}

/// What is ordered of an article.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SentLine {
    /// What.
    #[schema(example = "HT-CLAW-16")]
    sku: String,
    /// How many: 1 to 1,000,000.
    #[schema(minimum = 1, maximum = 1_000_000)]
    quantity: i64,
}

/// What is said of the orders, in the order in which they were sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerOrdersReceived {
    /// One for each order.
    results: Vec<PartnerReceipt>,
}

/// What is said of an order.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartnerReceipt {
    /// What the partner calls it.
    #[schema(value_type = String, example = "A-1001")]
    reference: PartnerReference,
    /// `received`: it is kept and will be placed. `known`: it was received before. `differs`: this reference is that of an
    /// order with other contents, which stays as it is.
    outcome: ReceiptOutcome,
}

/// Whether an order is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum ReceiptOutcome {
    /// It is kept and will be placed.
    Received,
    /// It was received before.
    Known,
    /// This reference is that of an order with other contents.
    Differs,
}

impl From<Receipt> for ReceiptOutcome {
    fn from(receipt: Receipt) -> Self {
        match receipt {
            Receipt::Received => Self::Received,
            Receipt::Known => Self::Known,
            Receipt::Differs => Self::Differs,
        }
    }
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    let routes = OpenApiRouter::new().routes(routes!(receive_partner_orders));
    guarded(Access::Partner(Some(PartnerScope::OrdersWrite)), routes)
}

#[utoipa::path(
    post,
    path = "/api/partner/orders",
    tag = "partners",
    request_body = SendPartnerOrders,
    responses(
        (status = 202, description = "All of them are kept; how each stands can be asked for by its reference",
            body = PartnerOrdersReceived),
        (status = 413, description = "The request is too large", body = Problem,
            content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong, and no order was kept", body = Problem,
            content_type = "application/problem+json"),
    )
)]
async fn receive_partner_orders(
    State(database): State<Database>,
    Caller(partner): Caller,
    RequestId(request_id): RequestId,
    Body(body): Body<SendPartnerOrders, MAX_BYTES>,
) -> Result<(StatusCode, Json<PartnerOrdersReceived>), Problem> {
    let orders = parse(body)?;
    let references: Vec<_> = orders.iter().map(|order| order.reference.clone()).collect();
    let intake = |order: Parsed| {
        let Parsed { reference, recipient, lines } = order;
        let partner = PartnerRef { id: partner.partner_id, reference };
        Intake::new(partner, recipient, lines, &request_id)
    };
    let intakes = orders.into_iter().map(intake).collect::<Result<Vec<_>, _>>();
    let intakes = intakes.map_err(Problem::internal)?;
    let writes: Vec<_> =
        intakes.chunks(MAX_RECEIVED).map(|some| database.receive_partner_orders(some)).collect();
    let receipts: Vec<_> =
        stream::iter(writes).buffer_unordered(AT_A_TIME).try_collect().await.map_err(Problem::internal)?;
    telemetry::crash::point("receive-partner-orders.after-write", partner.partner_id);
    let mut receipts: BTreeMap<_, _> = receipts.into_iter().flatten().collect();
    let result = |reference: PartnerReference| {
        let outcome = receipts.remove(&reference)?.into();
        Some(PartnerReceipt { reference, outcome })
    };
    let results: Vec<_> = references.into_iter().filter_map(result).collect();
    let new = results.iter().filter(|result| result.outcome == ReceiptOutcome::Received).count();
    tracing::info!(orders = results.len(), new, "partner's orders received");
    Ok((StatusCode::ACCEPTED, Json(PartnerOrdersReceived { results })))
}

/// An order to place, all of it good.
#[derive(Debug)]
struct Parsed {
    reference: PartnerReference,
    recipient: Recipient,
    lines: Vec<(Sku, Quantity)>,
}

/// All of the orders, or what is wrong with them.
fn parse(body: SendPartnerOrders) -> Result<Vec<Parsed>, Problem> {
    let mut fields = Fields::default();
    if fields.parsed("/orders", up_to(MAX_ORDERS, "orders", body.orders.len())).is_none() {
        return Err(fields.into_problem());
    }
    let (mut orders, mut places) = (Vec::with_capacity(body.orders.len()), BTreeMap::new());
    for (index, order) in body.orders.into_iter().enumerate() {
        let pointer = format!("/orders/{index}");
        if let Some(order) = parse_order(&mut fields, &pointer, order) {
            let before = places.insert(order.reference.clone(), index);
            let once = before.map_or(Ok(()), |before| Err(format!("is that of /orders/{before} too")));
            fields.parsed(&format!("{pointer}/reference"), once);
            orders.push(order);
        }
        if fields.noted() >= MAX_FAULTS {
            break;
        }
    }
    if fields.noted() == 0 { Ok(orders) } else { Err(fields.into_problem()) }
}

fn parse_order(fields: &mut Fields, pointer: &str, order: SentPartnerOrder) -> Option<Parsed> {
    let reference = fields.parsed(&format!("{pointer}/reference"), PartnerReference::parse(&order.reference));
    let email = fields.parsed(&format!("{pointer}/email"), CustomerEmail::parse(&order.email));
    let address = Address::parse(order.shipping_address.into());
    let address = fields.parsed_group(&format!("{pointer}/shippingAddress"), address);
    fields.parsed(&format!("{pointer}/lines"), up_to(MAX_LINES, "lines", order.lines.len()))?;
    let mut lines = Vec::with_capacity(order.lines.len());
    for (index, line) in order.lines.iter().enumerate() {
        let sku = fields.parsed(&format!("{pointer}/lines/{index}/sku"), Sku::parse(&line.sku));
        let quantity =
            fields.parsed(&format!("{pointer}/lines/{index}/quantity"), Quantity::parse(line.quantity));
        lines.extend(sku.zip(quantity));
    }
    let complete = lines.len() == order.lines.len();
    let recipient = Recipient { email: email?, shipping_address: address? };
    Some(Parsed { reference: reference?, recipient, lines }).filter(|_| complete)
}

fn up_to(most: usize, what: &str, number: usize) -> Result<(), String> {
    if (1..=most).contains(&number) { Ok(()) } else { Err(format!("must have 1 to {most} {what}")) }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn order(reference: &str) -> Value {
        json!({
            "reference": reference,
            "email": "ada@example.org",
            "shippingAddress": {
                "name": "Ada Lovelace", "line1": "12 St James's Square", "city": "London",
                "postalCode": "SW1Y 4JH", "country": "GB",
            },
            "lines": [{ "sku": "HOOK", "quantity": 2 }],
        })
    }

    fn parsed(orders: &[Value]) -> Result<Vec<Parsed>, Problem> {
        parse(serde_json::from_value(json!({ "orders": orders })).unwrap())
    }

    fn faults(orders: &[Value]) -> Vec<String> {
        let problem = serde_json::to_value(parsed(orders).unwrap_err()).unwrap();
        assert_eq!(problem["status"], 422);
        let errors = problem["errors"].as_array().unwrap().iter();
        errors.map(|error| error["pointer"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn each_fault_is_told_with_its_place_and_nothing_is_kept() {
        let mut bad = order("A/2");
        bad["lines"] = json!([{ "sku": "HOOK", "quantity": 1 }, { "sku": "", "quantity": 0 }]);
        bad["shippingAddress"]["country"] = json!("Britain");
        let mut empty = order("A-3");
        empty["lines"] = json!([]);
        empty["email"] = json!("ada");
        let told = faults(&[order("A-1"), bad, empty]);
        let expected = [
            "/orders/1/reference",
            "/orders/1/shippingAddress/country",
            "/orders/1/lines/1/sku",
            "/orders/1/lines/1/quantity",
            "/orders/2/email",
            "/orders/2/lines",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_reference_names_one_order() {
        assert_eq!(faults(&[order("A-1"), order("A-2"), order("A-1")]), ["/orders/2/reference"]);
        let orders = parsed(&[order("A-1"), order("a-1")]).unwrap();
        assert_eq!(orders.len(), 2, "capital letters count");
    }

    #[test]
    fn a_request_has_up_to_a_thousand_orders_of_up_to_96_lines() {
        let many = |count: usize| (0..count).map(|n| order(&format!("A-{n}"))).collect::<Vec<_>>();
        assert_eq!(parsed(&many(MAX_ORDERS)).unwrap().len(), MAX_ORDERS);
        assert_eq!(faults(&many(MAX_ORDERS + 1)), ["/orders"]);
        assert_eq!(faults(&[]), ["/orders"]);
        let mut long = order("A-1");
        long["lines"] = json!(vec![json!({ "sku": "HOOK", "quantity": 1 }); MAX_LINES]);
        assert_eq!(parsed(std::slice::from_ref(&long)).unwrap()[0].lines.len(), MAX_LINES);
        long["lines"].as_array_mut().unwrap().push(json!({ "sku": "HOOK", "quantity": 1 }));
        assert_eq!(faults(&[long]), ["/orders/0/lines"]);
    }

    #[test]
    fn so_many_faults_are_enough() {
        let bad: Vec<_> = (0..MAX_ORDERS).map(|_| order("?")).collect();
        assert_eq!(faults(&bad).len(), MAX_FAULTS);
    }
}
