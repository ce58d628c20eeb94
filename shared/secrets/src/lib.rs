//! Credentials: what suppliers are shown and sign with, and what we sign with for partners. They live in SSM, encrypted,
//! and nowhere else: not in a table, a log, a result or an answer. What is read is kept for [`CACHE_TIME`], so that a
//! secret that was changed is used within a minute without a deploy.

mod cache;
mod error;
mod name;

use aws_config::SdkConfig;
use aws_sdk_ssm::{
    Client,
    operation::{
        delete_parameter::DeleteParameterError, get_parameter::GetParameterError,
        put_parameter::PutParameterError,
    },
    types::ParameterType,
};
use cloud::SettingError;
use jiff::Timestamp;
use suppliers::Secret;

pub use crate::{
    cache::CACHE_TIME,
    error::SecretError,
    name::{SecretKind, SecretName, UnknownSecret},
};
use crate::{
    cache::{Cache, Known},
    error::refusal,
};

/// The longest secret, in bytes: what a standard parameter holds.
pub const MAX_SECRET_BYTES: usize = 4096;

/// Reads and writes secrets. Make one for the process, as it remembers what it read.
#[derive(Debug)]
pub struct Secrets {
    client: Client,
    stage: String,
    cache: Cache,
}

impl Secrets {
    /// The secrets of the stage that the environment names in `STAGE`.
    pub fn from_env(config: &SdkConfig) -> Result<Self, SettingError> {
        Ok(Self::of_stage(config, cloud::setting::<String>("STAGE")?))
    }

    /// The secrets of a stage.
    #[must_use]
    pub fn of_stage(config: &SdkConfig, stage: impl Into<String>) -> Self {
        Self { client: Client::new(config), stage: stage.into(), cache: Cache::default() }
    }

    /// A secret, if there is one; as it was at most [`CACHE_TIME`] ago.
    pub async fn get(&self, name: &SecretName) -> Result<Option<Secret>, SecretError> {
        let now = Timestamp::now();
        if let Some(Known(secret)) = self.cache.get(name, now) {
            return Ok(secret);
        }
        self.read(name).await
    }

    /// A secret, if there is one, as it is now: for those who are about to change it.
    pub async fn read(&self, name: &SecretName) -> Result<Option<Secret>, SecretError> {
        let now = Timestamp::now();
        let parameter = self.client.get_parameter().name(name.parameter(&self.stage)).with_decryption(true);
        let secret = match parameter.send().await {
            Ok(found) => found.parameter.and_then(|parameter| parameter.value).map(Secret::new),
            Err(error) if error.as_service_error().is_some_and(GetParameterError::is_parameter_not_found) => {
                None
            }
            Err(error) => return Err(refusal("read", &error)),
        };
        self.cache.put(name, secret.clone(), now);
        Ok(secret)
    }

    /// Writes a secret, over the one that is there if there is one. Gives the time of writing.
    pub async fn put(&self, name: &SecretName, secret: &Secret) -> Result<Timestamp, SecretError> {
        let written = self.write(name, secret, true).await?;
        written.ok_or_else(|| SecretError::Store { action: "written", reason: "it is there already".into() })
    }

    /// Writes a secret where there is none, and says whether there was none. Of two who do this at once, one does it.
    pub async fn create(&self, name: &SecretName, secret: &Secret) -> Result<bool, SecretError> {
        Ok(self.write(name, secret, false).await?.is_some())
    }

    /// Gives the time of writing; nothing where a secret is there that was not to be written over.
    async fn write(
        &self,
        name: &SecretName,
        secret: &Secret,
        over: bool,
    ) -> Result<Option<Timestamp>, SecretError> {
        check(secret)?;
        let written = self
            .client
            .put_parameter()
            .name(name.parameter(&self.stage))
            .value(secret.expose())
            .r#type(ParameterType::SecureString)
            .overwrite(over)
            .send()
            .await;
        match written {
            Ok(_) => {}
            Err(error)
                if error.as_service_error().is_some_and(PutParameterError::is_parameter_already_exists) =>
            {
                return Ok(None);
            }
            Err(error) => return Err(refusal("written", &error)),
        }
        let now = Timestamp::now();
        self.cache.put(name, Some(secret.clone()), now);
        Ok(Some(now))
    }

    /// Deletes a secret. Safe to repeat.
    pub async fn delete(&self, name: &SecretName) -> Result<(), SecretError> {
        match self.client.delete_parameter().name(name.parameter(&self.stage)).send().await {
            Ok(_) => {}
            Err(error)
                if error.as_service_error().is_some_and(DeleteParameterError::is_parameter_not_found) => {}
            Err(error) => return Err(refusal("deleted", &error)),
        }
        self.cache.put(name, None, Timestamp::now());
        Ok(())
    }

    /// When a secret was last written; nothing if there is none. The secret itself stays where it is.
    pub async fn written_at(&self, name: &SecretName) -> Result<Option<Timestamp>, SecretError> {
        let parameter = self.client.get_parameter().name(name.parameter(&self.stage)).with_decryption(false);
        let time = match parameter.send().await {
            Ok(found) => found.parameter.and_then(|parameter| parameter.last_modified_date),
            Err(error) if error.as_service_error().is_some_and(GetParameterError::is_parameter_not_found) => {
                None
            }
            Err(error) => return Err(refusal("looked up", &error)),
        };
        Ok(time.and_then(|time| Timestamp::from_second(time.secs()).ok()))
    }
}

/// Whether a text can be a secret.
fn check(secret: &Secret) -> Result<(), SecretError> {
    let text = secret.expose();
    if text.is_empty() {
        return Err(SecretError::Empty);
    }
    if text.len() > MAX_SECRET_BYTES {
        return Err(SecretError::TooLong);
    }
    if text.chars().any(char::is_control) || text.trim() != text {
        return Err(SecretError::Characters);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_a_line_of_text_with_a_limit() {
        let check = |text: &str| check(&Secret::new(text));
        assert_eq!(check("s3cret with spaces"), Ok(()));
        assert_eq!(check(&"x".repeat(MAX_SECRET_BYTES)), Ok(()));
        assert_eq!(check(&"x".repeat(MAX_SECRET_BYTES + 1)), Err(SecretError::TooLong));
        assert_eq!(check(""), Err(SecretError::Empty));
        for bad in ["s3cret\n", " s3cret", "s3\0cret"] {
            assert_eq!(check(bad), Err(SecretError::Characters), "{bad:?}");
        }
    }
}
