//! `POST /api/console/fulfilment/suppliers/{id}/offer-imports`: offers of a supplier from a file, all of it or nothing.

use std::collections::BTreeSet;

use axum::Json;
use axum::body::to_bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequest, Path, Query, Request, State};
use axum::http::{StatusCode, header};
use domain::{Group, Offer, Sku};
use serde::{Deserialize, Serialize};
use store::offers::OffersWritten;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, FieldProblem, Person, Problem, guarded};

use crate::offer_sheet::{self, Fault, MAX_BYTES, Sheet};
use crate::supplier::{self, path_supplier};
use crate::{SupplierDesk, actor};

/// The most faults that are told of one file.
pub const MAX_FAULTS: usize = 100;

/// Whether the file is only looked at.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Whether nothing shall be written.
    #[serde(default)]
    #[param(value_type = Option<bool>)]
    dry_run: bool,
}

/// What came of a file.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferImport {
    /// Whether nothing was to be written.
    dry_run: bool,
    /// Whether the offers are as the file says now.
    applied: bool,
    /// How many rows it has.
    rows: usize,
    /// How many offers are new.
    created: usize,
    /// How many change.
    updated: usize,
    /// How many are like that already.
    unchanged: usize,
    /// What is wrong with it, the first hundred: with anything wrong, nothing is written.
    errors: Vec<Fault>,
}

/// The bytes of a CSV file.
struct CsvBody(Vec<u8>);

impl<S: Send + Sync> FromRequest<S> for CsvBody {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("text/csv") {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            let detail = "the body must be CSV, sent as text/csv";
            let error = FieldProblem::new("/header/Content-Type", "must be text/csv");
            return Err(
                Problem::new(status, "unsupported-media-type", "Not CSV", detail).with_errors(vec![error])
            );
        }
        let bytes = to_bytes(request.into_body(), MAX_BYTES).await.map_err(|_| {
            let detail = format!("the file must have at most {MAX_BYTES} bytes");
            let errors = vec![FieldProblem::new("", detail.clone())];
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", "The file is too large", detail)
                .with_errors(errors)
        })?;
        Ok(Self(bytes.into()))
    }
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<SupplierDesk> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(import_offers)))
}

#[utoipa::path(
    post,
    path = "/api/console/fulfilment/suppliers/{id}/offer-imports",
    tag = "fulfilment: offers",
    params(("id" = String, Path, description = "The supplier's id"), ImportQuery),
    request_body(content = String, content_type = "text/csv", description = "At most 1 MiB and 2,000 rows: `sku`, `code`, `cost` (4.50), `minimum`, `maximum`, `leadTime` (36h, 2d) and, where offers do not always hold, `from` and `until`"),
    responses(
        (status = 200, description = "What came of it, good or bad. Offers that the file does not name stay as they are; a repeat is harmless", body = OfferImport),
        (status = 400, description = "The id or a parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such supplier", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The file is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "It is no CSV", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn import_offers(
    State(desk): State<SupplierDesk>,
    Path(id): Path<String>,
    query: Result<Query<ImportQuery>, QueryRejection>,
    person: Person,
    CsvBody(bytes): CsvBody,
) -> Result<Json<OfferImport>, Problem> {
    let Query(query) = query.map_err(|error| Problem::bad_parameter("/query", error.body_text()))?;
    let id = path_supplier(&id)?;
    let supplier = supplier::load(&desk.database, id).await?.record.value.supplier;
    let mut sheet = match offer_sheet::read(&bytes, id, desk.currency) {
        Ok(sheet) => sheet,
        Err(fault) => Sheet { faults: vec![fault], ..Sheet::default() },
    };
    let skus = sheet.offers.iter().map(|(_, offer)| &offer.sku);
    let known = desk.database.products_of_skus(skus).await.map_err(Problem::internal)?;
    note_unknown(&mut sheet, &known.into_keys().collect());
    let offers: Vec<Offer> = sheet.offers.iter().map(|(_, offer)| offer.clone()).collect();
    let for_show = query.dry_run || !sheet.faults.is_empty();
    let about = store::suppliers::subject(&supplier);
    let written = desk.database.write_offers(&about, &offers, &actor(&person), for_show).await;
    Ok(Json(report(query.dry_run, sheet, written.map_err(Problem::internal)?)))
}

/// Notes the rows whose SKU no product has.
fn note_unknown(sheet: &mut Sheet, known: &BTreeSet<Sku>) {
    let unknown = sheet.offers.iter().filter(|(_, offer)| !known.contains(&offer.sku));
    let fault = |(row, offer): &(usize, Offer)| {
        let message = format!("no product has the SKU {}", offer.sku);
        Fault { row: *row, column: Some("sku"), message }
    };
    sheet.faults.extend(unknown.map(fault).collect::<Vec<_>>());
    sheet.faults.sort_by_key(|fault| fault.row);
}

fn report(dry_run: bool, mut sheet: Sheet, written: OffersWritten) -> OfferImport {
    let applied = !dry_run && sheet.faults.is_empty();
    sheet.faults.truncate(MAX_FAULTS);
    OfferImport {
        dry_run,
        applied,
        rows: sheet.rows,
        created: written.created,
        updated: written.updated,
        unchanged: written.unchanged,
        errors: sheet.faults,
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use domain::{Currency, SupplierId};

    use super::*;

    fn sheet() -> Sheet {
        let text = b"sku,code,cost,minimum,maximum,leadTime\nA,x,1,1,1,1h\nB,x,0,0,1,1h\nC,x,1,1,1,1h\n";
        offer_sheet::read(text, SupplierId::generate(), Currency::Gbp).unwrap()
    }

    #[test]
    fn a_sku_that_no_product_has_is_told_by_its_row() {
        let mut sheet = sheet();
        note_unknown(&mut sheet, &BTreeSet::from([Sku::parse("C").unwrap()]));
        let told: Vec<_> = sheet.faults.iter().map(|fault| (fault.row, fault.column)).collect();
        assert_eq!(told, [(2, Some("sku")), (3, Some("minimum"))]);
    }

    #[test]
    fn a_file_with_faults_is_not_applied_and_tells_the_first() {
        let written = OffersWritten { created: 2, ..OffersWritten::default() };
        assert!(!report(false, sheet(), written).applied);
        let good = Sheet { faults: vec![], ..sheet() };
        assert!(report(false, good.clone(), written).applied);
        assert!(!report(true, good, written).applied);
        let fault = Fault { row: 2, column: None, message: "bad".into() };
        let bad = Sheet { faults: vec![fault; MAX_FAULTS + 1], ..sheet() };
        assert_eq!(report(false, bad, written).errors.len(), MAX_FAULTS);
    }

    #[tokio::test]
    async fn a_body_is_csv_and_has_a_limit() {
        let status = async |kind: &str, bytes: usize| {
            let request = Request::builder().header(header::CONTENT_TYPE, kind);
            let request = request.body(Body::from(vec![b'x'; bytes])).unwrap();
            CsvBody::from_request(request, &()).await.map_err(|problem| problem.status().as_u16()).err()
        };
        assert_eq!(status("text/csv; charset=utf-8", MAX_BYTES).await, None);
        assert_eq!(status("text/csv", MAX_BYTES + 1).await, Some(413));
        assert_eq!(status("application/json", 1).await, Some(415));
    }
}
