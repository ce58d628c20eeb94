//! The user directory: a Cognito user pool whose user names are e-mail addresses.

use aws_config::SdkConfig;
use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_cognitoidentityprovider::types::{AttributeType, DeliveryMediumType, MessageActionType};
use cloud::SettingError;
use domain::{CustomerEmail, CustomerId, Group};
use thiserror::Error;

use crate::account::Account;

/// The environment variable that names the user pool.
pub const POOL_VARIABLE: &str = "USER_POOL_ID";

/// What can go wrong between us and the directory.
#[derive(Debug, Error)]
pub enum DirectoryError {
    /// There is no such account.
    #[error("there is no such account")]
    NoAccount,
    /// There is an account with this address already.
    #[error("there is an account with this address already")]
    Taken,
    /// The password does not do.
    #[error("{0}")]
    BadPassword(String),
    /// Something the directory said cannot be read.
    #[error("{0}")]
    Corrupt(String),
    /// The directory refused or did not answer.
    #[error("{operation}: {message}")]
    Unavailable {
        /// What was tried.
        operation: &'static str,
        /// What came back.
        message: String,
    },
}

impl DirectoryError {
    fn of<E>(operation: &'static str) -> impl FnOnce(SdkError<E>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        move |error| match error.code() {
            Some("UserNotFoundException") => Self::NoAccount,
            Some("UsernameExistsException") => Self::Taken,
            Some("InvalidPasswordException") => {
                Self::BadPassword(error.message().unwrap_or("the password does not do").to_owned())
            }
            _ => Self::Unavailable { operation, message: DisplayErrorContext(error).to_string() },
        }
    }
}

/// How somebody gets to know the temporary password of the account that is made for them.
#[derive(Clone, PartialEq, Eq)]
pub enum Invitation {
    /// The directory makes one up and sends it to the address.
    ByEmail,
    /// It is this one, and whoever invites passes it on.
    Temporary(String),
}

/// The user directory. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Directory {
    client: Client,
    pool: String,
}

impl Directory {
    /// The directory that the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, SettingError> {
        Ok(Self::new(Client::new(config), cloud::setting::<String>(POOL_VARIABLE)?))
    }

    /// This user pool.
    #[must_use]
    pub fn new(client: Client, pool: impl Into<String>) -> Self {
        Self { client, pool: pool.into() }
    }

    /// The account with this address.
    pub async fn account_of(&self, email: &CustomerEmail) -> Result<Option<Account>, DirectoryError> {
        self.find(email.as_str()).await
    }

    /// The account with this id.
    pub async fn account(&self, id: &CustomerId) -> Result<Option<Account>, DirectoryError> {
        self.find(id.as_str()).await
    }

    async fn find(&self, name: &str) -> Result<Option<Account>, DirectoryError> {
        let request = self.client.admin_get_user().user_pool_id(&self.pool).username(name);
        match request.send().await.map_err(DirectoryError::of("AdminGetUser")) {
            Ok(user) => Account::read(user.user_attributes(), user.enabled(), user.user_status()).map(Some),
            Err(DirectoryError::NoAccount) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Makes an account for somebody who has none. The address counts as theirs, for only its owner gets the password.
    pub async fn invite(
        &self,
        email: &CustomerEmail,
        invitation: &Invitation,
    ) -> Result<Account, DirectoryError> {
        let attribute = |name, value: &str| {
            let built = AttributeType::builder().name(name).value(value).build();
            built.map_err(|error| DirectoryError::Corrupt(error.to_string()))
        };
        let request = self
            .client
            .admin_create_user()
            .user_pool_id(&self.pool)
            .username(email.as_str())
            .user_attributes(attribute("email", email.as_str())?)
            .user_attributes(attribute("email_verified", "true")?);
        let request = match invitation {
            Invitation::ByEmail => request.desired_delivery_mediums(DeliveryMediumType::Email),
            Invitation::Temporary(password) => {
                request.temporary_password(password).message_action(MessageActionType::Suppress)
            }
        };
        let answer = request.send().await.map_err(DirectoryError::of("AdminCreateUser"))?;
        let user = answer.user().ok_or_else(|| DirectoryError::Corrupt("no account came back".into()))?;
        Account::read(user.attributes(), user.enabled(), user.user_status())
    }

    /// Invites somebody once more who has not yet signed in with their temporary password.
    pub async fn invite_again(
        &self,
        account: &Account,
        invitation: &Invitation,
    ) -> Result<(), DirectoryError> {
        match invitation {
            Invitation::Temporary(password) => self.set_password(&account.id, password, false).await,
            Invitation::ByEmail => {
                let request = self
                    .client
                    .admin_create_user()
                    .user_pool_id(&self.pool)
                    .username(account.email.as_str())
                    .message_action(MessageActionType::Resend)
                    .desired_delivery_mediums(DeliveryMediumType::Email);
                request.send().await.map_err(DirectoryError::of("AdminCreateUser"))?;
                Ok(())
            }
        }
    }

    /// Sets a password: for good, or until the next sign-in.
    pub async fn set_password(
        &self,
        id: &CustomerId,
        password: &str,
        permanent: bool,
    ) -> Result<(), DirectoryError> {
        let request = self
            .client
            .admin_set_user_password()
            .user_pool_id(&self.pool)
            .username(id.as_str())
            .password(password)
            .permanent(permanent);
        request.send().await.map_err(DirectoryError::of("AdminSetUserPassword"))?;
        Ok(())
    }

    /// Takes somebody into a group of staff; again does no harm.
    pub async fn join(&self, id: &CustomerId, group: Group) -> Result<(), DirectoryError> {
        let request = self
            .client
            .admin_add_user_to_group()
            .user_pool_id(&self.pool)
            .username(id.as_str())
            .group_name(group.name());
        request.send().await.map_err(DirectoryError::of("AdminAddUserToGroup"))?;
        Ok(())
    }

    /// Takes somebody out of a group of staff; again does no harm, nor does it where there is no such account.
    pub async fn leave(&self, id: &CustomerId, group: Group) -> Result<(), DirectoryError> {
        let request = self
            .client
            .admin_remove_user_from_group()
            .user_pool_id(&self.pool)
            .username(id.as_str())
            .group_name(group.name());
        gone_is_well(request.send().await.map_err(DirectoryError::of("AdminRemoveUserFromGroup")))
    }

    /// All who are in a group of staff.
    pub async fn members(&self, group: Group) -> Result<Vec<Account>, DirectoryError> {
        let mut users = self
            .client
            .list_users_in_group()
            .user_pool_id(&self.pool)
            .group_name(group.name())
            .into_paginator()
            .items()
            .send();
        let mut members = Vec::new();
        while let Some(user) = users.next().await {
            let user = user.map_err(DirectoryError::of("ListUsersInGroup"))?;
            members.push(Account::read(user.attributes(), user.enabled(), user.user_status())?);
        }
        Ok(members)
    }

    /// Ends all sessions of an account: none of its refresh tokens is good any more.
    pub async fn sign_out(&self, id: &CustomerId) -> Result<(), DirectoryError> {
        let request = self.client.admin_user_global_sign_out().user_pool_id(&self.pool).username(id.as_str());
        gone_is_well(request.send().await.map_err(DirectoryError::of("AdminUserGlobalSignOut")))
    }

    /// Keeps everybody from signing in with an account.
    pub async fn disable(&self, id: &CustomerId) -> Result<(), DirectoryError> {
        let request = self.client.admin_disable_user().user_pool_id(&self.pool).username(id.as_str());
        gone_is_well(request.send().await.map_err(DirectoryError::of("AdminDisableUser")))
    }

    /// Deletes an account; again does no harm.
    pub async fn delete(&self, id: &CustomerId) -> Result<(), DirectoryError> {
        let request = self.client.admin_delete_user().user_pool_id(&self.pool).username(id.as_str());
        gone_is_well(request.send().await.map_err(DirectoryError::of("AdminDeleteUser")))
    }
}

/// An account that is gone needs nothing taken from it.
fn gone_is_well<T>(result: Result<T, DirectoryError>) -> Result<(), DirectoryError> {
    match result {
        Ok(_) | Err(DirectoryError::NoAccount) => Ok(()),
        Err(error) => Err(error),
    }
}
