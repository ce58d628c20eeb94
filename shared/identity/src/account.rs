//! An account in the user directory.

use aws_sdk_cognitoidentityprovider::types::{AttributeType, UserStatusType};
use domain::{CustomerEmail, CustomerId};

use crate::directory::DirectoryError;

/// How far an account has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountStatus {
    /// Its owner has a temporary password, and must choose another at the first sign-in.
    Invited,
    /// Its owner signed up and has not yet shown that the address is theirs.
    Unconfirmed,
    /// Its owner can sign in.
    Active,
    /// Its owner must choose another password before signing in.
    Reset,
    /// Nobody can sign in with it.
    Disabled,
}

/// An account: a customer's, a member of staff's, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Whose.
    pub id: CustomerId,
    /// Their address.
    pub email: CustomerEmail,
    /// Whether they have shown that the address is theirs.
    pub email_verified: bool,
    /// How far the account has come.
    pub status: AccountStatus,
}

impl Account {
    /// Reads what the directory says.
    pub(crate) fn read(
        attributes: &[AttributeType],
        enabled: bool,
        status: Option<&UserStatusType>,
    ) -> Result<Self, DirectoryError> {
        let attribute = |name: &str| {
            attributes.iter().find(|attribute| attribute.name() == name).and_then(AttributeType::value)
        };
        let corrupt = |what: &str, reason: &dyn std::fmt::Display| {
            DirectoryError::Corrupt(format!("the account's {what} {reason}"))
        };
        let id = CustomerId::parse(attribute("sub").unwrap_or_default());
        let email = CustomerEmail::parse(attribute("email").unwrap_or_default());
        Ok(Self {
            id: id.map_err(|error| corrupt("sub", &error))?,
            email: email.map_err(|error| corrupt("email", &error))?,
            // The directory says so of everybody whose address is not theirs for sure, and may say nothing of those who
            // confirmed their account.
            email_verified: attribute("email_verified") != Some("false"),
            status: match status {
                _ if !enabled => AccountStatus::Disabled,
                Some(UserStatusType::Confirmed | UserStatusType::ExternalProvider) => AccountStatus::Active,
                Some(UserStatusType::ForceChangePassword) => AccountStatus::Invited,
                Some(UserStatusType::ResetRequired) => AccountStatus::Reset,
                _ => AccountStatus::Unconfirmed,
            },
        })
    }

    /// Whether the address is its owner's for sure, so that rights may be given to whoever signs in with it.
    #[must_use]
    pub fn is_trustworthy(&self) -> bool {
        self.email_verified && !matches!(self.status, AccountStatus::Unconfirmed | AccountStatus::Disabled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(verified: &str, enabled: bool, status: UserStatusType) -> Account {
        let attributes = [
            ("sub", "c6b4f2d0-0a1b-4c3d-8e9f-0123456789ab"),
            ("email", "ada@example.org"),
            ("email_verified", verified),
        ];
        let attributes =
            attributes.map(|(name, value)| AttributeType::builder().name(name).value(value).build().unwrap());
        Account::read(&attributes, enabled, Some(&status)).unwrap()
    }

    #[test]
    fn rights_are_given_only_to_owners_of_their_address() {
        let confirmed = UserStatusType::Confirmed;
        assert!(account("true", true, confirmed.clone()).is_trustworthy());
        assert!(account("true", true, UserStatusType::ForceChangePassword).is_trustworthy());
        assert!(!account("false", true, confirmed.clone()).is_trustworthy());
        assert!(!account("true", false, confirmed).is_trustworthy());
        assert!(!account("true", true, UserStatusType::Unconfirmed).is_trustworthy());
    }

    #[test]
    fn an_account_without_an_address_is_told() {
        let error = Account::read(&[], true, None).unwrap_err();
        assert!(error.to_string().contains("the account's sub"), "{error}");
    }
}
