//! Uploads the pictures of the demo catalogue.

use std::fmt;
use std::path::{Path, PathBuf};

use aws_sdk_s3::Client;
use aws_sdk_s3::error::DisplayErrorContext;
use aws_sdk_s3::operation::head_object::HeadObjectError;
use aws_sdk_s3::primitives::ByteStream;
use futures::{StreamExt, TryStreamExt, stream};
use thiserror::Error;

use super::catalogue::SeedProduct;
use crate::identity;
use crate::progress::Progress;

/// Where the package of pictures is installed, seen from the project's folder.
pub const DEFAULT_FOLDER: &str = "frontend/node_modules/@lobehub/fluent-emoji-3d/assets";
/// How long browsers and `CloudFront` may keep a picture without asking: it may change under its name.
const CACHE_CONTROL: &str = "public, max-age=86400";
/// The name of the metadata that tells whether a picture is the same already.
const HASH: &str = "sha256";
const UPLOADS_AT_ONCE: usize = 8;

/// Why a picture was not uploaded.
#[derive(Debug, Error)]
pub enum PictureError {
    /// The picture is not there.
    #[error("cannot read the picture {}: {source}. `npm ci` in frontend/ installs them; --images names another folder, --no-images goes without", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The bucket did not take it.
    #[error("cannot upload {key}: {message}")]
    Upload {
        /// Which object.
        key: String,
        /// What came back.
        message: String,
    },
}

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Uploaded {
    /// Pictures that are new or have changed.
    pub sent: usize,
    /// Pictures that were there already.
    pub present: usize,
}

impl fmt::Display for Uploaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pictures: {} uploaded, {} there already", self.sent, self.present)
    }
}

/// Uploads the picture of every product from `folder`, unless the bucket has the same already.
pub async fn upload(
    s3: &Client,
    bucket: &str,
    folder: &Path,
    products: &[SeedProduct],
    progress: Progress,
) -> Result<Uploaded, PictureError> {
    let pictures: Vec<(String, PathBuf)> = products
        .iter()
        .filter_map(|product| {
            let key = product.product.fields().images.first()?.url.trim_start_matches('/').to_owned();
            Some((key, folder.join(format!("{}.webp", product.picture))))
        })
        .collect();
    let work = progress.begin("Uploading pictures", pictures.len() as u64);
    let sent = stream::iter(&pictures)
        .map(async |(key, path)| {
            let sent = upload_one(s3, bucket, key, path).await?;
            work.step();
            Ok(usize::from(sent))
        })
        .buffer_unordered(UPLOADS_AT_ONCE)
        .try_fold(0, async |sum, sent| Ok(sum + sent))
        .await;
    work.end();
    sent.map(|sent| Uploaded { sent, present: pictures.len() - sent })
}

async fn upload_one(s3: &Client, bucket: &str, key: &str, path: &Path) -> Result<bool, PictureError> {
    let bytes = tokio::fs::read(path).await;
    let bytes = bytes.map_err(|source| PictureError::Read { path: path.into(), source })?;
    let hash = identity::hash(&bytes);
    let failed = |message| PictureError::Upload { key: key.to_owned(), message };
    match s3.head_object().bucket(bucket).key(key).send().await {
        Ok(found) if found.metadata().and_then(|metadata| metadata.get(HASH)) == Some(&hash) => {
            return Ok(false);
        }
        Ok(_) => {}
        Err(error) if error.as_service_error().is_some_and(HeadObjectError::is_not_found) => {}
        Err(error) => return Err(failed(DisplayErrorContext(&error).to_string())),
    }
    let request = s3
        .put_object()
        .bucket(bucket)
        .key(key)
        .content_type("image/webp")
        .cache_control(CACHE_CONTROL)
        .metadata(HASH, hash)
        .body(ByteStream::from(bytes));
    request.send().await.map_err(|error| failed(DisplayErrorContext(&error).to_string()))?;
    Ok(true)
}
