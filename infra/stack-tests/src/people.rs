//! Customers and staff who are signed in.

use std::ops::Deref;

use domain::{CustomerEmail, CustomerId, Group};
use identity::{Directory, Invitation, StaffDesk};
use store::audit::Actor;
use ulid::Ulid;

use crate::shopper::Shopper;
use crate::sign_in::{Tokens, sign_in};
use crate::stack::Stack;

/// The password of everybody in the tests.
pub const PASSWORD: &str = "correct horse battery staple";

/// Somebody who is signed in: all requests carry their token.
#[derive(Clone)]
pub struct SignedIn {
    /// Who.
    pub id: CustomerId,
    /// Their address.
    pub email: CustomerEmail,
    /// What the sign-in gave.
    pub tokens: Tokens,
    shopper: Shopper,
}

impl Deref for SignedIn {
    type Target = Shopper;

    fn deref(&self) -> &Shopper {
        &self.shopper
    }
}

impl Stack {
    /// The user directory.
    #[must_use]
    pub fn directory(&self) -> Directory {
        Directory::new(self.cognito.clone(), self.output("UserPoolId"))
    }

    /// The desk where staff are added and removed.
    #[must_use]
    pub fn staff_desk(&self) -> StaffDesk {
        StaffDesk::new(self.directory(), self.database.clone())
    }

    /// A new address.
    #[must_use]
    pub fn new_email() -> CustomerEmail {
        let mark = Ulid::generate().to_string().to_lowercase();
        CustomerEmail::parse(&format!("test-{mark}@example.org")).unwrap()
    }

    /// A new account with a confirmed address, not signed in.
    pub async fn account(&self) -> (CustomerId, CustomerEmail) {
        let email = Self::new_email();
        let invitation = Invitation::Temporary(PASSWORD.into());
        let account = self.directory().invite(&email, &invitation).await.unwrap();
        self.directory().set_password(&account.id, PASSWORD, true).await.unwrap();
        (account.id, email)
    }

    /// Signs somebody in who has [`PASSWORD`].
    pub async fn sign_in(&self, id: CustomerId, email: CustomerEmail) -> SignedIn {
        let (pool, client) = (self.output("UserPoolId"), self.output("UserPoolClientId"));
        let tokens = sign_in(&self.cognito, pool, client, email.as_str(), PASSWORD).await;
        let shopper = Shopper::new(self).with_token(&tokens.id);
        SignedIn { id, email, tokens, shopper }
    }

    /// A new customer, signed in.
    pub async fn customer(&self) -> SignedIn {
        let (id, email) = self.account().await;
        self.sign_in(id, email).await
    }

    /// A new operator, signed in.
    pub async fn operator(&self) -> SignedIn {
        self.staff(Group::Operator).await
    }

    /// A new admin, signed in.
    pub async fn admin(&self) -> SignedIn {
        self.staff(Group::Admin).await
    }

    /// A new member of staff, signed in.
    pub async fn staff(&self, group: Group) -> SignedIn {
        let (id, email) = self.account().await;
        let invitation = Invitation::Temporary(PASSWORD.into());
        self.staff_desk().add(&Actor::system("stack-tests"), &email, group, &invitation).await.unwrap();
        self.sign_in(id, email).await
    }
}
