//! The account of whoever is signed in. It comes into being with their first request.

use axum::http::StatusCode;
use domain::Profile;
use jiff::Timestamp;
use serde_json::json;
use store::audit::{Actor, ActorKind, AuditEntry, AuditSubject};
use store::customers::Account;
use store::{CommitError, Database, StoreError, Versioned};
use web::{Person, Problem};

/// Who did something, for the audit trail. Their address is not told: it would outlive their account.
#[must_use]
pub fn actor(person: &Person) -> Actor {
    Actor { kind: ActorKind::Customer, id: person.id.to_string(), email: None }
}

/// A customer as the audit trail names them.
pub(crate) fn subject(id: &domain::CustomerId) -> AuditSubject {
    AuditSubject::new("customer", id, "A customer")
}

/// The profile of whoever is signed in, with what their token says about their address. An account that is being deleted,
/// or was, is of no use any more, however long the token is good for.
pub async fn open(database: &Database, person: &Person) -> Result<Versioned<Profile>, Problem> {
    let profile = find(database, person).await?;
    if profile.value.is_closing() { Err(closed()) } else { Ok(profile) }
}

/// As [`open`], and an account that is being deleted is found too.
pub(crate) async fn find(database: &Database, person: &Person) -> Result<Versioned<Profile>, Problem> {
    for _ in 0..crate::MAX_TRIES {
        let mut transaction = database.transaction();
        let (profile, version) = match database.account(&person.id).await.map_err(Problem::internal)? {
            Some(Account::Closed) => return Err(closed()),
            Some(Account::Open(mut profile)) => {
                if profile.value.is_closing() || !profile.value.follow(&person.email, person.email_verified) {
                    return Ok(profile);
                }
                transaction.update_profile(&profile).map_err(Problem::internal)?;
                (profile.value, profile.version + 1)
            }
            None => {
                let now = Timestamp::now();
                let profile =
                    Profile::new(person.id.clone(), person.email.clone(), person.email_verified, now);
                transaction.open_account(&profile).map_err(Problem::internal)?;
                (profile, 1)
            }
        };
        if written(transaction.commit().await)? {
            return Ok(Versioned { value: profile, version });
        }
    }
    Err(contended())
}

/// Changes the profile of whoever is signed in, and gives it as it is then, with what `change` gave. A change of the
/// consent to be written to is told in the audit trail.
pub async fn change<T>(
    database: &Database,
    person: &Person,
    mut change: impl FnMut(&mut Profile) -> Result<T, Problem>,
) -> Result<(Profile, T), Problem> {
    for _ in 0..crate::MAX_TRIES {
        let before = open(database, person).await?;
        let mut profile = before.clone();
        let given = change(&mut profile.value)?;
        if profile == before {
            return Ok((profile.value, given));
        }
        let mut transaction = database.transaction();
        transaction.update_profile(&profile).map_err(Problem::internal)?;
        if let Some(entry) = consent(person, &before.value, &profile.value).map_err(Problem::internal)? {
            transaction.audit(&entry).map_err(Problem::internal)?;
        }
        if written(transaction.commit().await)? {
            return Ok((profile.value, given));
        }
    }
    Err(contended())
}

/// Whether something was written, or somebody else was first.
pub(crate) fn written(result: Result<(), CommitError>) -> Result<bool, Problem> {
    match result {
        Ok(()) => Ok(true),
        Err(CommitError::Refused(_)) => Ok(false),
        Err(CommitError::Store(error)) => Err(Problem::internal(error)),
    }
}

fn consent(person: &Person, before: &Profile, after: &Profile) -> Result<Option<AuditEntry>, StoreError> {
    if before.marketing_consent == after.marketing_consent {
        return Ok(None);
    }
    let told = |profile: &Profile| json!({ "marketingConsent": profile.marketing_consent });
    let action = "customer.consentChanged";
    let (before, after) = (told(before), told(after));
    AuditEntry::of(&actor(person), action, subject(&person.id), Some(&before), Some(&after)).map(Some)
}

/// Refuses those who have not shown that their address is theirs.
pub(crate) fn require_verified_email(person: &Person) -> Result<(), Problem> {
    if person.email_verified {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::FORBIDDEN,
        "email-not-verified",
        "E-mail address not verified",
        "verify your e-mail address first: the code is in the message that we sent to it",
    ))
}

fn closed() -> Problem {
    let detail = "this account is being deleted, or was";
    Problem::new(StatusCode::FORBIDDEN, "account-closed", "The account is closed", detail)
}

pub(crate) fn contended() -> Problem {
    Problem::conflict("the account is being changed by another of your requests; try again").retry_after(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::person;

    #[test]
    fn the_audit_trail_does_not_name_a_customer() {
        let ada = person("ada@example.org");
        let before = Profile::new(ada.id.clone(), ada.email.clone(), true, Timestamp::UNIX_EPOCH);
        let after = Profile { marketing_consent: true, ..before.clone() };
        assert_eq!(consent(&ada, &before, &before).unwrap(), None);
        let entry = consent(&ada, &before, &after).unwrap().unwrap();
        assert_eq!(entry.changes[0].path, "/marketingConsent");
        assert!(!serde_json::to_string(&entry).unwrap().contains("ada@"));
    }

    #[test]
    fn an_address_that_is_not_verified_is_refused() {
        let ada = person("ada@example.org");
        assert_eq!(require_verified_email(&ada), Ok(()));
        let unverified = Person { email_verified: false, ..ada };
        assert_eq!(require_verified_email(&unverified).unwrap_err().status(), StatusCode::FORBIDDEN);
    }
}
