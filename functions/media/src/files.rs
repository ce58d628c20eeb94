//! The files of pictures: uploads as they came, and the renditions that the site shows.

use aws_sdk_s3::Client;
use aws_sdk_s3::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_s3::primitives::ByteStream;
use cloud::SettingError;
use domain::ImageId;
use images::{MAX_BYTES, Refusal, Rendition};
use thiserror::Error;

/// What the keys of uploads begin with.
pub const UPLOADS: &str = "images/";
/// How long browsers and `CloudFront` may keep a rendition: for good, as no other picture ever gets its name.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// A file that could not be read, written or removed.
#[derive(Debug, Error)]
#[error("{operation} {key}: {message}")]
pub struct FileError {
    /// What was tried.
    operation: &'static str,
    /// With which file.
    key: String,
    /// What came back.
    message: String,
}

impl FileError {
    fn of<E>(operation: &'static str, key: &str) -> impl FnOnce(SdkError<E>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        move |error| Self { operation, key: key.to_owned(), message: DisplayErrorContext(error).to_string() }
    }
}

/// The bucket of uploads.
#[derive(Debug, Clone)]
pub struct Uploads {
    s3: Client,
    bucket: String,
}

impl Uploads {
    /// The bucket that the environment names.
    pub fn from_env(s3: Client) -> Result<Self, SettingError> {
        Ok(Self { s3, bucket: cloud::setting("UPLOADS_BUCKET")? })
    }

    /// The bytes of a picture, unless they are too many.
    pub async fn read(&self, key: &str) -> Result<Result<Vec<u8>, Refusal>, FileError> {
        let read = self.read_up_to(key, MAX_BYTES).await?;
        Ok(read.map_err(|bytes| Refusal::TooManyBytes { bytes }))
    }

    /// The bytes of an upload, or how many they are where they are more than `max`.
    pub async fn read_up_to(&self, key: &str, max: u64) -> Result<Result<Vec<u8>, u64>, FileError> {
        let head = self.s3.head_object().bucket(&self.bucket).key(key).send().await;
        let head = head.map_err(FileError::of("HeadObject", key))?;
        if let Some(bytes) = too_long(head.content_length(), max) {
            return Ok(Err(bytes));
        }
        let file = self.s3.get_object().bucket(&self.bucket).key(key).send().await;
        let file = file.map_err(FileError::of("GetObject", key))?;
        // It may have been written anew since.
        if let Some(bytes) = too_long(file.content_length(), max) {
            return Ok(Err(bytes));
        }
        let bytes = file.body.collect().await.map_err(|error| FileError {
            operation: "GetObject",
            key: key.to_owned(),
            message: error.to_string(),
        })?;
        Ok(Ok(bytes.to_vec()))
    }

    /// Removes an upload. It does not matter how often.
    pub async fn remove(&self, key: &str) -> Result<(), FileError> {
        let request = self.s3.delete_object().bucket(&self.bucket).key(key);
        request.send().await.map_err(FileError::of("DeleteObject", key))?;
        Ok(())
    }
}

/// A length that is too long. One that is not told is taken for that.
fn too_long(length: Option<i64>, max: u64) -> Option<u64> {
    let bytes = length.and_then(|length| u64::try_from(length).ok()).unwrap_or(u64::MAX);
    (bytes > max).then_some(bytes)
}

/// The bucket that the site shows pictures from.
#[derive(Debug, Clone)]
pub struct Media {
    s3: Client,
    bucket: String,
}

/// The key of a picture in one width.
#[must_use]
pub fn rendition_key(image: ImageId, width: u32) -> String {
    format!("{}{width}.webp", folder(image))
}

/// What the keys of a picture's renditions begin with.
fn folder(image: ImageId) -> String {
    format!("media/images/{image}/")
}

impl Media {
    /// The bucket that the environment names.
    pub fn from_env(s3: Client) -> Result<Self, SettingError> {
        Ok(Self { s3, bucket: cloud::setting("MEDIA_BUCKET")? })
    }

    /// Writes a rendition of a picture. It does not matter how often.
    pub async fn write(&self, image: ImageId, rendition: Rendition) -> Result<(), FileError> {
        let key = rendition_key(image, rendition.width);
        let request = self
            .s3
            .put_object()
            .bucket(&self.bucket)
            .key(&key)
            .content_type("image/webp")
            .cache_control(CACHE_CONTROL)
            .body(ByteStream::from(rendition.webp));
        request.send().await.map_err(FileError::of("PutObject", &key))?;
        Ok(())
    }

    /// Removes these renditions of a picture. It does not matter how often.
    pub async fn remove(
        &self,
        image: ImageId,
        widths: impl IntoIterator<Item = u32>,
    ) -> Result<(), FileError> {
        for width in widths {
            self.delete(&rendition_key(image, width)).await?;
        }
        Ok(())
    }

    /// Removes whatever there is of a picture, and says how many files that were.
    pub async fn clear(&self, image: ImageId) -> Result<usize, FileError> {
        let folder = folder(image);
        let mut pages =
            self.s3.list_objects_v2().bucket(&self.bucket).prefix(&folder).into_paginator().send();
        let mut removed = 0;
        while let Some(page) = pages.next().await {
            for object in page.map_err(FileError::of("ListObjectsV2", &folder))?.contents() {
                if let Some(key) = object.key() {
                    self.delete(key).await?;
                    removed += 1;
                }
            }
        }
        Ok(removed)
    }

    async fn delete(&self, key: &str) -> Result<(), FileError> {
        let request = self.s3.delete_object().bucket(&self.bucket).key(key);
        request.send().await.map_err(FileError::of("DeleteObject", key))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_only_if_it_is_known_to_be_short() {
        assert_eq!(too_long(Some(10), 10), None);
        assert_eq!(too_long(Some(11), 10), Some(11));
        for length in [Some(-1), None] {
            assert_eq!(too_long(length, 10), Some(u64::MAX), "{length:?}");
        }
    }

    #[test]
    fn a_rendition_s_key_is_its_path() {
        let image = ImageId::generate();
        assert_eq!(rendition_key(image, 320), format!("media/images/{image}/320.webp"));
    }
}
