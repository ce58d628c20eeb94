//! The bucket that keeps the indexes: each under a name of its own, and one small object that says which one counts.

use aws_config::SdkConfig;
use aws_sdk_s3::Client;
use aws_sdk_s3::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::get_object::GetObjectError;
use aws_sdk_s3::primitives::ByteStream;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use ulid::Ulid;

/// Which index counts: the address of the object that says so.
const POINTER: &str = "search/current";
/// What the addresses of indexes begin with.
const INDEX_PREFIX: &str = "search/index-";

/// Which index counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pointer {
    /// The index: later ones sort behind earlier ones.
    pub version: Ulid,
    /// The form of the index.
    pub format: u32,
    /// What the catalogue was at this time, and possibly some of what came after, is in the index.
    pub built_from: Timestamp,
    /// How many products are in it.
    pub documents: u64,
    /// The index that counted before.
    pub previous: Option<Ulid>,
}

/// An object, and the mark of how it was when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tagged<T> {
    /// What it says.
    pub value: T,
    /// Its entity tag.
    pub tag: String,
}

/// What came of asking whether the pointer has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// It is another one.
    Changed(Tagged<Pointer>),
    /// It is the one that was known.
    Same,
    /// No index was ever built.
    None,
}

/// Why the bucket could not be read or written.
#[derive(Debug, Error)]
#[error("{operation} {key}: {reason}")]
pub struct ShelfError {
    operation: &'static str,
    key: String,
    reason: String,
}

/// The bucket.
#[derive(Debug, Clone)]
pub struct Shelf {
    s3: Client,
    bucket: String,
}

impl Shelf {
    /// The bucket that the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, cloud::SettingError> {
        Ok(Self { s3: Client::new(config), bucket: cloud::setting("SEARCH_BUCKET")? })
    }

    /// Which index counts, unless it is the one with the tag `known`.
    pub async fn pointer(&self, known: Option<&str>) -> Result<Asked, ShelfError> {
        let request = self.s3.get_object().bucket(&self.bucket).key(POINTER);
        let answer = match request.set_if_none_match(known.map(str::to_owned)).send().await {
            Ok(answer) => answer,
            Err(error) if status(&error) == Some(304) => return Ok(Asked::Same),
            Err(error) if error.as_service_error().is_some_and(GetObjectError::is_no_such_key) => {
                return Ok(Asked::None);
            }
            Err(error) => return Err(failed("GetObject", POINTER)(error)),
        };
        let tag = answer.e_tag.unwrap_or_default();
        let bytes = answer.body.collect().await.map_err(broken("GetObject", POINTER))?.to_vec();
        let value = serde_json::from_slice(&bytes).map_err(broken("GetObject", POINTER))?;
        Ok(Asked::Changed(Tagged { value, tag }))
    }

    /// An index.
    pub async fn index(&self, version: Ulid) -> Result<Vec<u8>, ShelfError> {
        let key = key(version);
        let answer = self.s3.get_object().bucket(&self.bucket).key(&key).send().await;
        let answer = answer.map_err(failed("GetObject", &key))?;
        Ok(answer.body.collect().await.map_err(broken("GetObject", &key))?.to_vec())
    }

    /// Keeps an index. It does not count until [`Shelf::point`] says so.
    pub async fn put(&self, version: Ulid, archive: Vec<u8>) -> Result<(), ShelfError> {
        let key = key(version);
        let request = self.s3.put_object().bucket(&self.bucket).key(&key).body(ByteStream::from(archive));
        request.send().await.map(drop).map_err(failed("PutObject", &key))
    }

    /// Says which index counts, if the pointer still is the one with the tag `known` (or still is not there). Answers
    /// whether it was.
    pub async fn point(&self, pointer: &Pointer, known: Option<&str>) -> Result<bool, ShelfError> {
        let json = serde_json::to_vec(pointer).map_err(broken("PutObject", POINTER))?;
        let request = self.s3.put_object().bucket(&self.bucket).key(POINTER).body(ByteStream::from(json));
        let request = match known {
            Some(tag) => request.if_match(tag),
            None => request.if_none_match("*"),
        };
        match request.content_type("application/json").send().await {
            Ok(_) => Ok(true),
            // Of two conditional writes at once S3 may also answer that they are in conflict.
            Err(error) if matches!(status(&error), Some(409 | 412)) => Ok(false),
            Err(error) => Err(failed("PutObject", POINTER)(error)),
        }
    }

    /// Deletes the indexes that are older than the one that counts, but for the one before it: a search may just be
    /// loading that.
    pub async fn tidy(&self, pointer: &Pointer) -> Result<usize, ShelfError> {
        let mut pages =
            self.s3.list_objects_v2().bucket(&self.bucket).prefix(INDEX_PREFIX).into_paginator().send();
        let mut gone = 0;
        while let Some(page) = pages.next().await {
            let page = page.map_err(failed("ListObjectsV2", INDEX_PREFIX))?;
            for key in page.contents().iter().filter_map(|object| object.key()) {
                if is_old(key, pointer) {
                    let request = self.s3.delete_object().bucket(&self.bucket).key(key);
                    request.send().await.map_err(failed("DeleteObject", key))?;
                    gone += 1;
                }
            }
        }
        Ok(gone)
    }

    /// Deletes an index that never came to count.
    pub async fn discard(&self, version: Ulid) -> Result<(), ShelfError> {
        let key = key(version);
        let request = self.s3.delete_object().bucket(&self.bucket).key(&key);
        request.send().await.map(drop).map_err(failed("DeleteObject", &key))
    }
}

fn key(version: Ulid) -> String {
    format!("{INDEX_PREFIX}{version}")
}

/// Whether nobody needs the object any more. What is not an index of ours is left alone.
fn is_old(key: &str, pointer: &Pointer) -> bool {
    let version = key.strip_prefix(INDEX_PREFIX).and_then(|version| Ulid::from_string(version).ok());
    version.is_some_and(|version| version < pointer.version && Some(version) != pointer.previous)
}

fn status<E>(error: &SdkError<E>) -> Option<u16> {
    error.raw_response().map(|response| response.status().as_u16())
}

fn failed<E>(operation: &'static str, key: &str) -> impl FnOnce(SdkError<E>) -> ShelfError
where
    SdkError<E>: std::error::Error + ProvideErrorMetadata,
{
    let key = key.to_owned();
    move |error| ShelfError { operation, key, reason: DisplayErrorContext(error).to_string() }
}

fn broken<E: std::fmt::Display>(operation: &'static str, key: &str) -> impl FnOnce(E) -> ShelfError {
    let key = key.to_owned();
    move |error| ShelfError { operation, key, reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_two_indexes_stay_and_so_do_those_that_are_being_made() {
        let [oldest, before, current, later] = [1, 2, 3, 4].map(|n| Ulid::from_parts(n, 0));
        let pointer = Pointer {
            version: current,
            format: 1,
            built_from: Timestamp::UNIX_EPOCH,
            documents: 0,
            previous: Some(before),
        };
        let old: Vec<_> =
            [oldest, before, current, later].map(|version| is_old(&key(version), &pointer)).into();
        assert_eq!(old, [true, false, false, false]);
        assert!(!is_old("search/index-something", &pointer) && !is_old(POINTER, &pointer));
    }
}
