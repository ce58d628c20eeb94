//! What the routes about staff share.

use axum::http::StatusCode;
use domain::{CustomerEmail, CustomerId, Group};
use identity::{AccountStatus, Member, StaffError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::staff::StaffPending;
use utoipa::ToSchema;
use web::Problem;

/// What a member of staff may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StaffGroup)]
pub enum GroupDto {
    /// Runs the shop: catalogue, stock, reviews, customers.
    Operator,
    /// May do all that operators may, and decides who else works here.
    Admin,
}

impl From<GroupDto> for Group {
    fn from(group: GroupDto) -> Self {
        match group {
            GroupDto::Operator => Self::Operator,
            GroupDto::Admin => Self::Admin,
        }
    }
}

impl From<Group> for GroupDto {
    fn from(group: Group) -> Self {
        match group {
            Group::Operator => Self::Operator,
            Group::Admin => Self::Admin,
        }
    }
}

/// How far somebody's account has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum StaffStatus {
    /// They have not yet signed in and chosen a password.
    Invited,
    /// They can sign in.
    Active,
    /// They cannot sign in: the account is disabled or gone.
    Disabled,
}

/// What the user directory has yet to be told, because something failed in between. The same change again finishes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum PendingChange {
    /// They join the group.
    Join,
    /// They change to the group.
    Change,
    /// They leave.
    Leave,
}

/// Somebody who works here.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaffMember {
    /// Who.
    #[schema(value_type = String, example = "c6b4f2d0-0a1b-4c3d-8e9f-0123456789ab")]
    id: CustomerId,
    /// Their address.
    #[schema(value_type = String, example = "ada@example.org")]
    email: CustomerEmail,
    /// What they may do.
    group: GroupDto,
    /// How far their account has come.
    status: StaffStatus,
    /// What has yet to be done about them.
    pending: Option<PendingChange>,
    /// When they were added.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl From<Member> for StaffMember {
    fn from(Member { record, status }: Member) -> Self {
        let pending = record.pending.map(|pending| match pending {
            StaffPending::Join => PendingChange::Join,
            StaffPending::Change => PendingChange::Change,
            StaffPending::Leave => PendingChange::Leave,
        });
        let status = match status {
            Some(AccountStatus::Invited) => StaffStatus::Invited,
            Some(AccountStatus::Active | AccountStatus::Reset) => StaffStatus::Active,
            Some(AccountStatus::Unconfirmed | AccountStatus::Disabled) | None => StaffStatus::Disabled,
        };
        Self {
            id: record.id,
            email: record.email,
            group: record.group.into(),
            status,
            pending,
            created_at: record.created_at,
        }
    }
}

/// The id of somebody, from the path.
pub(crate) fn id(text: &str) -> Result<CustomerId, Problem> {
    CustomerId::parse(text).map_err(|error| Problem::bad_parameter("/path/id", error))
}

/// Why it was not done.
pub(crate) fn problem(error: StaffError) -> Problem {
    let conflict = |kind, title| Problem::new(StatusCode::CONFLICT, kind, title, error.to_string());
    match &error {
        StaffError::NotFound => Problem::not_found("member of staff"),
        StaffError::NotPermitted => Problem::forbidden(error.to_string()),
        StaffError::Yourself => conflict("own-place", "Not one's own"),
        StaffError::LastAdmin => conflict("last-admin", "The last admin"),
        StaffError::AlreadyStaff(_) => conflict("already-staff", "Works here already"),
        StaffError::Unconfirmed(_) => conflict("account-unconfirmed", "The account is not confirmed"),
        StaffError::Contended => Problem::conflict(error.to_string()).retry_after(1),
        StaffError::Directory(_) | StaffError::Store(_) => Problem::internal(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_has_a_status_of_its_own() {
        let email = CustomerEmail::parse("ada@example.org").unwrap();
        for (error, status) in [
            (StaffError::NotFound, 404),
            (StaffError::NotPermitted, 403),
            (StaffError::Yourself, 409),
            (StaffError::LastAdmin, 409),
            (StaffError::Unconfirmed(email), 409),
            (StaffError::Contended, 409),
        ] {
            assert_eq!(problem(error).status().as_u16(), status);
        }
    }
}
