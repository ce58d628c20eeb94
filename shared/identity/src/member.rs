//! Those who work here, and why somebody does not come to, or does not cease to.

use domain::CustomerEmail;
use store::StoreError;
use store::staff::StaffMember;
use thiserror::Error;

use crate::account::AccountStatus;
use crate::directory::DirectoryError;

/// Why somebody was not added, moved or removed.
#[derive(Debug, Error)]
pub enum StaffError {
    /// They do not work here.
    #[error("nobody with this id works here")]
    NotFound,
    /// It is whoever asks.
    #[error("nobody changes or ends their own place here: ask another admin")]
    Yourself,
    /// There would be no admin left.
    #[error("this is the last admin: add another one first")]
    LastAdmin,
    /// Whoever asks is no admin, or is one no longer.
    #[error("only admins decide who works here")]
    NotPermitted,
    /// They work here already.
    #[error("{} works here already, in the group `{}`", .0.email, .0.group)]
    AlreadyStaff(Box<StaffMember>),
    /// Nobody has shown that the address of the account is theirs.
    #[error("the account of {0} is not confirmed: its owner has to confirm the address first")]
    Unconfirmed(CustomerEmail),
    /// Too many others change the same.
    #[error("others are changing the same: try again")]
    Contended,
    /// The user directory.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// The tables.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Somebody who works here, and how far their account has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Our record.
    pub record: StaffMember,
    /// Their account; nothing where it is gone.
    pub status: Option<AccountStatus>,
}

/// What came of adding somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The new member of staff.
    pub member: Member,
    /// Whether they were invited to choose a password; those who had an account keep theirs.
    pub invited: bool,
}
