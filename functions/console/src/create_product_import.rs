//! `POST /api/console/product-imports`: asks to send a file of products.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::{Group, ImportId};
use jiff::Timestamp;
use product_csv::MAX_BYTES;
use serde::{Deserialize, Serialize};
use store::imports::ProductImport;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Fields, Person, Problem, guarded};

use crate::actor;
use crate::product_import::ModeDto;
use crate::uploads::{Desk, UPLOAD_WINDOW, UploadRequest, file_name};

/// A file of products that is to be sent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewProductImport {
    /// What the file is called: 1 to 255 characters.
    #[schema(example = "products.csv")]
    file_name: String,
    /// Its length in bytes: 1 to 10,485,760.
    #[schema(example = 48_211)]
    bytes: u64,
    /// What to do with it.
    mode: ModeDto,
}

/// A file that may be sent now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportUploadRequest {
    /// The import's id: ask for it to see how far it has come.
    #[schema(value_type = String, example = "imp_01JD0000000000000000000000")]
    id: ImportId,
    /// How to send the file.
    upload: UploadRequest,
    /// Until when it may be sent.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Desk> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(create_product_import)))
}

#[utoipa::path(
    post,
    path = "/api/console/product-imports",
    tag = "console: products",
    request_body = NewProductImport,
    responses(
        (status = 201, description = "Send it now", body = ImportUploadRequest),
        (status = 422, description = "Fields are wrong, or no such file is taken", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn create_product_import(
    State(desk): State<Desk>,
    person: Person,
    Body(body): Body<NewProductImport>,
) -> Result<(StatusCode, Json<ImportUploadRequest>), Problem> {
    let mut fields = Fields::default();
    let name = fields.parsed("/fileName", file_name(&body.file_name));
    let bytes = match body.bytes {
        0 => Err("the file is empty".to_owned()),
        1..=MAX_BYTES => Ok(body.bytes),
        bytes => Err(format!("the file has {bytes} bytes; at most {MAX_BYTES} are taken")),
    };
    let bytes = fields.parsed("/bytes", bytes);
    let (Some(name), Some(bytes)) = (name, bytes) else {
        return Err(fields.into_problem());
    };
    let now = Timestamp::now();
    let import = ProductImport::new(name, body.mode.into(), actor(&person), now);
    let upload = desk.uploads.request(&format!("imports/{}", import.id), "text/csv", bytes).await?;
    desk.database.create_import(&import).await.map_err(Problem::internal)?;
    let expires_at = now + UPLOAD_WINDOW;
    Ok((StatusCode::CREATED, Json(ImportUploadRequest { id: import.id, upload, expires_at })))
}
