//! `GET /api/console/image-uploads/{id}`: what has come of a picture that was sent.

use axum::Json;
use axum::extract::{Path, State};
use domain::{Group, ImageId, UploadId};
use serde::Serialize;
use store::Database;
use store::images::{Upload, UploadState};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::dto::ImageDto;
use web::{Access, Problem, guarded};

/// What has come of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum ImageUploadStatus {
    /// It has not come, or is being looked at.
    Waiting,
    /// The product has it.
    Ready,
    /// It was not taken.
    Refused,
}

/// A picture that was, or is to be, sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImageUpload {
    /// The upload's id.
    #[schema(value_type = String, example = "upl_01JD0000000000000000000000")]
    id: UploadId,
    /// What has come of it.
    status: ImageUploadStatus,
    /// Why it was not taken, in a sentence for whoever sent it.
    reason: Option<String>,
    /// The product's picture.
    image: Option<UploadedImage>,
}

/// A picture that was sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct UploadedImage {
    /// The picture's id.
    #[schema(value_type = Option<String>, example = "img_01JD0000000000000000000000")]
    id: Option<ImageId>,
    /// The picture.
    #[serde(flatten)]
    image: ImageDto,
}

impl From<Upload> for ImageUpload {
    fn from(upload: Upload) -> Self {
        let id = upload.id;
        match upload.state {
            UploadState::Waiting => {
                Self { id, status: ImageUploadStatus::Waiting, reason: None, image: None }
            }
            UploadState::Refused { reason } => {
                Self { id, status: ImageUploadStatus::Refused, reason: Some(reason), image: None }
            }
            UploadState::Ready { image } => {
                let image = UploadedImage { id: image.id, image: image.into() };
                Self { id, status: ImageUploadStatus::Ready, reason: None, image: Some(image) }
            }
        }
    }
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Database> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(get_image_upload)))
}

#[utoipa::path(
    get,
    path = "/api/console/image-uploads/{id}",
    tag = "console: products",
    params(("id" = String, Path, description = "The upload's id")),
    responses(
        (status = 200, description = "What has come of it", body = ImageUpload),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such upload within the last day", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_image_upload(
    State(database): State<Database>,
    Path(id): Path<String>,
) -> Result<Json<ImageUpload>, Problem> {
    let id = UploadId::parse(&id).map_err(|error| Problem::bad_parameter("/path/id", error))?;
    let upload = database.upload(id).await.map_err(Problem::internal)?;
    Ok(Json(upload.ok_or_else(|| Problem::not_found("upload"))?.value.into()))
}
