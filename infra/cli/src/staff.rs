//! `staff`: who works here.

use std::fmt::Write as _;

use domain::{CustomerEmail, Group};
use identity::{AccountStatus, Added, DirectoryError, Invitation, Member, StaffDesk, StaffError};
use rand::seq::IndexedRandom;
use store::audit::Actor;
use store::staff::StaffPending;
use thiserror::Error;

use crate::outputs::{Outputs, OutputsError};

/// What the audit trail calls this program.
const ACTOR: &str = "ironmonger staff";
/// How many characters a temporary password has: 20 of 54 are 115 bits.
pub const TEMPORARY_PASSWORD: usize = 20;
/// What temporary passwords are made of: nothing that looks like something else.
const CHARACTERS: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Why it was not done.
#[derive(Debug, Error)]
pub enum StaffCommandError {
    /// Passwords are not for this program to set, but for their owners.
    #[error("--password is for the local stack only: on AWS, the user directory sends an invitation")]
    NotLocal,
    /// They do not work here.
    #[error("{0} does not work here; see `ironmonger staff list`")]
    Unknown(CustomerEmail),
    /// The outputs.
    #[error(transparent)]
    Outputs(#[from] OutputsError),
    /// The change.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// The user directory.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
}

/// Lets somebody work here, or moves who does to another group, and tells what happens next.
pub async fn add(
    desk: &StaffDesk,
    outputs: &Outputs,
    email: &CustomerEmail,
    group: Group,
    password: Option<String>,
) -> Result<String, StaffCommandError> {
    let local = outputs.endpoint.is_some();
    if password.is_some() && !local {
        return Err(StaffCommandError::NotLocal);
    }
    let temporary = password.clone().unwrap_or_else(temporary_password);
    let invitation = if local { Invitation::Temporary(temporary.clone()) } else { Invitation::ByEmail };
    let actor = Actor::system(ACTOR);
    let added = match desk.add(&actor, email, group, &invitation).await {
        Err(StaffError::AlreadyStaff(member)) => {
            Added { member: desk.change(&actor, &member.id, group).await?, invited: false }
        }
        added => added?,
    };
    let id = &added.member.record.id;
    if let Some(password) = password {
        desk.directory().set_password(id, &password, true).await?;
        return Ok(format!(
            "{email} works here now, in the group `{group}`.\nSign in at {} with the password you gave.\n",
            console(outputs)
        ));
    }
    Ok(told(&added, email, &console(outputs), local.then_some(temporary.as_str())))
}

/// Ends somebody's work here.
pub async fn remove(desk: &StaffDesk, email: &CustomerEmail) -> Result<String, StaffCommandError> {
    let member = desk.find(email).await?.ok_or_else(|| StaffCommandError::Unknown(email.clone()))?;
    desk.remove(&Actor::system(ACTOR), &member.id).await?;
    Ok(format!(
        "{email} works here no longer. Their sessions have ended; their account stays a customer's.\n"
    ))
}

/// Everybody who works here.
pub async fn list(desk: &StaffDesk) -> Result<String, StaffCommandError> {
    Ok(table(&desk.list().await?))
}

fn console(outputs: &Outputs) -> String {
    outputs.site().to_owned() + "/console/"
}

fn told(added: &Added, email: &CustomerEmail, console: &str, temporary: Option<&str>) -> String {
    let group = added.member.record.group;
    let next = match (added.invited, temporary) {
        (true, Some(password)) => {
            format!("Sign in at {console} with the temporary password {password} and choose one of your own.")
        }
        (true, None) => {
            format!("An invitation with a temporary password is on its way; then sign in at {console}.")
        }
        (false, _) => format!("They have an account and keep its password: sign in (anew) at {console}."),
    };
    format!("{email} works here now, in the group `{group}`.\n{next}\n")
}

fn table(members: &[Member]) -> String {
    let mut table = String::new();
    let width = members.iter().map(|member| member.record.email.as_str().len()).max().unwrap_or_default();
    for Member { record, status } in members {
        let status = match status {
            Some(AccountStatus::Invited) => "invited",
            Some(AccountStatus::Active | AccountStatus::Reset) => "active",
            Some(AccountStatus::Unconfirmed | AccountStatus::Disabled) => "disabled",
            None => "no account",
        };
        let pending = match record.pending {
            None => "",
            Some(StaffPending::Join | StaffPending::Change) => ", pending: add again",
            Some(StaffPending::Leave) => ", pending: remove again",
        };
        let (email, group) = (record.email.as_str(), record.group.name());
        // Writing into text cannot fail.
        let _ = writeln!(table, "{email:width$}  {group:8}  {status}{pending}");
    }
    if table.is_empty() {
        "Nobody works here yet: ironmonger staff add EMAIL --group admin\n".into()
    } else {
        table
    }
}

fn temporary_password() -> String {
    let mut random = rand::rng();
    (0..TEMPORARY_PASSWORD).filter_map(|_| CHARACTERS.choose(&mut random)).copied().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use domain::CustomerId;
    use jiff::Timestamp;
    use store::staff::StaffMember;

    use super::*;

    fn member(status: Option<AccountStatus>, pending: Option<StaffPending>) -> Member {
        let record = StaffMember {
            id: CustomerId::parse("c6b4f2d0-0a1b-4c3d-8e9f-0123456789ab").unwrap(),
            email: CustomerEmail::parse("ada@example.org").unwrap(),
            group: Group::Operator,
            pending,
            created_at: Timestamp::UNIX_EPOCH,
        };
        Member { record, status }
    }

    #[test]
    fn a_temporary_password_is_long_and_unlike_others() {
        let (one, other) = (temporary_password(), temporary_password());
        assert_eq!(one.len(), TEMPORARY_PASSWORD);
        assert_ne!(one, other);
    }

    #[test]
    fn what_happens_next_is_told() {
        let email = CustomerEmail::parse("ada@example.org").unwrap();
        let added = |invited| Added { member: member(Some(AccountStatus::Active), None), invited };
        let told = |invited, temporary| told(&added(invited), &email, "http://x/console/", temporary);
        assert!(told(true, Some("s3cret")).contains("temporary password s3cret"));
        assert!(told(true, None).contains("invitation"));
        let known = told(false, Some("s3cret"));
        assert!(known.contains("keep its password") && !known.contains("s3cret"), "{known}");
    }

    #[test]
    fn the_list_says_what_is_left_to_do() {
        assert!(table(&[]).contains("staff add EMAIL --group admin"));
        let table = table(&[
            member(Some(AccountStatus::Invited), Some(StaffPending::Join)),
            member(None, Some(StaffPending::Leave)),
        ]);
        assert_eq!(
            table,
            "ada@example.org  operator  invited, pending: add again\n\
             ada@example.org  operator  no account, pending: remove again\n"
        );
    }
}
