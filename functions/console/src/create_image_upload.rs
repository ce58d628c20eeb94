//! `POST /api/console/products/{id}/image-uploads`: asks to send a picture of a product.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::product::Image;
use domain::{Group, ImageId, Product, ProductId, UploadId};
use images::{Format, MAX_BYTES};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::images::{Upload, UploadState};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Access, Body, Fields, Person, Problem, guarded};

use crate::actor;
use crate::uploads::{Desk, UPLOAD_WINDOW, UploadRequest, file_name, line};

/// A picture that is to be sent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewImageUpload {
    /// What the file is called: 1 to 255 characters.
    #[schema(example = "gate-hook.jpg")]
    file_name: String,
    /// What it claims to be: `image/jpeg`, `image/png` or `image/webp`. What it is, its content decides later.
    #[schema(example = "image/jpeg")]
    content_type: String,
    /// Its length in bytes: 1 to 15,728,640.
    #[schema(example = 240_113)]
    bytes: u64,
    /// What the picture shows, for those who cannot see it: 1 to 300 characters.
    #[schema(example = "A black gate hook on an oak gate")]
    alt: String,
}

/// A picture that may be sent now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImageUploadRequest {
    /// The upload's id: ask for it to see what has come of the picture.
    #[schema(value_type = String, example = "upl_01JD0000000000000000000000")]
    id: UploadId,
    /// How to send it.
    upload: UploadRequest,
    /// Until when it may be sent.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// The route.
#[must_use]
pub fn routes() -> OpenApiRouter<Desk> {
    guarded(Access::Staff(Group::Operator), OpenApiRouter::new().routes(routes!(create_image_upload)))
}

#[utoipa::path(
    post,
    path = "/api/console/products/{id}/image-uploads",
    tag = "console: products",
    params(("id" = String, Path, description = "The product's id")),
    request_body = NewImageUpload,
    responses(
        (status = 201, description = "Send it now", body = ImageUploadRequest),
        (status = 400, description = "The id is none", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such product", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The product has as many pictures as it may", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong, or no such file is taken", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn create_image_upload(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    person: Person,
    Body(body): Body<NewImageUpload>,
) -> Result<(StatusCode, Json<ImageUploadRequest>), Problem> {
    let product_id = ProductId::parse(&id).map_err(|error| Problem::bad_parameter("/path/id", error))?;
    let file = body.parse()?;
    let product = desk.database.product(product_id).await.map_err(Problem::internal)?;
    let product = product.ok_or_else(|| Problem::not_found("product"))?.product;
    if product.fields().images.len() >= Product::MAX_IMAGES {
        let detail = format!("the product has {} pictures already: remove one first", Product::MAX_IMAGES);
        return Err(Problem::new(StatusCode::CONFLICT, "too-many-images", "Too many pictures", detail));
    }
    let now = Timestamp::now();
    let upload = Upload {
        id: UploadId::generate(),
        image_id: ImageId::generate(),
        product_id,
        alt: file.alt,
        file_name: file.name,
        by: actor(&person),
        created_at: now,
        state: UploadState::Waiting,
    };
    let key = format!("images/{}", upload.id);
    let request = desk.uploads.request(&key, file.format.media_type(), file.bytes).await?;
    desk.database.create_upload(&upload).await.map_err(Problem::internal)?;
    let expires_at = now + UPLOAD_WINDOW;
    Ok((StatusCode::CREATED, Json(ImageUploadRequest { id: upload.id, upload: request, expires_at })))
}

#[derive(Debug, PartialEq, Eq)]
struct NewFile {
    name: String,
    format: Format,
    bytes: u64,
    alt: String,
}

impl NewImageUpload {
    fn parse(self) -> Result<NewFile, Problem> {
        let mut fields = Fields::default();
        let name = fields.parsed("/fileName", file_name(&self.file_name));
        let format = Format::of_media_type(&self.content_type)
            .ok_or("must be `image/jpeg`, `image/png` or `image/webp`: save the picture as one of these");
        let format = fields.parsed("/contentType", format);
        let bytes = match self.bytes {
            0 => Err("the file is empty".to_owned()),
            1..=MAX_BYTES => Ok(self.bytes),
            bytes => Err(images::Refusal::TooManyBytes { bytes }.to_string()),
        };
        let bytes = fields.parsed("/bytes", bytes);
        let alt = fields.parsed("/alt", line(&self.alt, Image::MAX_ALT));
        match (name, format, bytes, alt) {
            (Some(name), Some(format), Some(bytes), Some(alt)) => Ok(NewFile { name, format, bytes, alt }),
            _ => Err(fields.into_problem()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uploads::MAX_FILE_NAME;

    fn upload() -> NewImageUpload {
        NewImageUpload {
            file_name: "hook.png".into(),
            content_type: "image/png".into(),
            bytes: 1_000,
            alt: "  A hook ".into(),
        }
    }

    #[test]
    fn what_a_picture_shows_must_be_said() {
        assert_eq!(upload().parse().unwrap().alt, "A hook");
        for alt in ["", "   ", &"x".repeat(Image::MAX_ALT + 1)] {
            let problem = NewImageUpload { alt: alt.into(), ..upload() }.parse().unwrap_err();
            assert_eq!(serde_json::to_value(problem).unwrap()["errors"][0]["pointer"], "/alt");
        }
    }

    #[test]
    fn what_would_be_refused_is_refused_before_it_is_sent() {
        for (bytes, good) in
            [(0, false), (1, true), (MAX_BYTES, true), (MAX_BYTES + 1, false), (u64::MAX, false)]
        {
            assert_eq!(NewImageUpload { bytes, ..upload() }.parse().is_ok(), good, "{bytes}");
        }
        for content_type in ["image/svg+xml", "text/html", "image/gif", "image/heic", ""] {
            let refused = NewImageUpload { content_type: content_type.into(), ..upload() };
            assert!(refused.parse().is_err(), "{content_type}");
        }
        for file_name in ["", "a\nb", &"x".repeat(MAX_FILE_NAME + 1)] {
            assert!(
                NewImageUpload { file_name: file_name.into(), ..upload() }.parse().is_err(),
                "{file_name:?}"
            );
        }
    }
}
