//! Where browsers put files: addresses in the bucket of uploads, each good for one file of one type and length.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::RequestChecksumCalculation;
use aws_sdk_s3::error::DisplayErrorContext;
use aws_sdk_s3::presigning::PresigningConfig;
use cloud::SettingError;
use serde::Serialize;
use store::Database;
use utoipa::ToSchema;
use web::Problem;

/// For how long a file may be sent.
pub const UPLOAD_WINDOW: Duration = Duration::from_mins(10);

/// The most characters of a file's name.
pub const MAX_FILE_NAME: usize = 255;

/// A file's name: one line of 1 to [`MAX_FILE_NAME`] characters.
pub fn file_name(text: &str) -> Result<String, String> {
    line(text, MAX_FILE_NAME)
}

/// One line of 1 to `max` characters; white space around it goes.
pub fn line(text: &str, max: usize) -> Result<String, String> {
    let text = text.trim();
    let good = (1..=max).contains(&text.chars().count()) && !text.contains(char::is_control);
    if good { Ok(text.to_owned()) } else { Err(format!("must be one line of 1 to {max} characters")) }
}

/// What the routes that ask for uploads work with.
#[derive(Debug, Clone)]
pub struct Desk {
    /// What the uploads are for, and what they are.
    pub database: Database,
    /// Where files are sent.
    pub uploads: Uploads,
}

impl Desk {
    /// The tables and the bucket that the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, SettingError> {
        Ok(Self { database: Database::from_env(config), uploads: Uploads::from_env(config)? })
    }
}

/// The bucket of uploads.
#[derive(Debug, Clone)]
pub struct Uploads {
    s3: Client,
    bucket: String,
}

/// How to send the file.
#[derive(Debug, Serialize, ToSchema)]
pub struct UploadRequest {
    /// The method.
    #[schema(example = "PUT")]
    method: &'static str,
    /// Where to. The type and the length of the file are part of the signature: no other is taken.
    url: String,
    /// The headers to send with it. The browser adds the length itself.
    headers: BTreeMap<String, String>,
}

/// The header in which the SDK names the trace of the function that it runs in.
const TRACE_HEADER: &str = "x-amzn-trace-id";

impl Uploads {
    /// The bucket that the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, SettingError> {
        // A checksum could be signed only of a file that we had.
        let config = aws_sdk_s3::config::Builder::from(config)
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .build();
        Ok(Self { s3: Client::from_conf(config), bucket: cloud::setting("UPLOADS_BUCKET")? })
    }

    /// The request that puts a file of this type and length at `key`.
    pub async fn request(&self, key: &str, content_type: &str, bytes: u64) -> Result<UploadRequest, Problem> {
        let window = PresigningConfig::expires_in(UPLOAD_WINDOW).map_err(Problem::internal)?;
        let signed = self
            .s3
            .put_object()
            .bucket(&self.bucket)
            .key(key)
            .content_type(content_type)
            .content_length(i64::try_from(bytes).map_err(Problem::internal)?)
            .customize()
            // In a traced function the SDK would sign this function's trace too, which the browser does not send.
            .mutate_request(|request| drop(request.headers_mut().remove(TRACE_HEADER)))
            .presigned(window)
            .await
            .map_err(|error| Problem::internal(DisplayErrorContext(error)))?;
        let headers = signed.headers().filter(|(name, _)| !name.eq_ignore_ascii_case("content-length"));
        Ok(UploadRequest {
            method: "PUT",
            url: signed.uri().to_owned(),
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region};

    use super::*;

    #[tokio::test]
    async fn type_and_length_are_signed() {
        let config = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("eu-west-2"))
            .credentials_provider(Credentials::new("id", "secret", None, None, "test"))
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .build();
        let uploads = Uploads { s3: Client::from_conf(config), bucket: "uploads".into() };
        let request = uploads.request("images/upl_1", "image/png", 42).await.unwrap();
        assert!(request.url.contains("/images/upl_1?"), "{}", request.url);
        assert!(
            request.url.contains("X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost"),
            "{}",
            request.url
        );
        assert!(request.url.contains("X-Amz-Expires=600"), "{}", request.url);
        assert!(!request.url.contains("checksum"), "{}", request.url);
        assert_eq!(request.headers, BTreeMap::from([("content-type".into(), "image/png".into())]));
    }
}
