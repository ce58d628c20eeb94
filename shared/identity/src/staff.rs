//! The life of those who work here: added, moved to another group, removed.
//!
//! Two places know of it: our record, which is written together with the audit entry, and the user directory, which
//! decides what tokens say. The record comes first and says what the directory has yet to be told; a function that dies
//! before it is told leaves that behind, and the next one that looks at the record finishes it.

use domain::{CustomerEmail, CustomerId, Group};
use jiff::Timestamp;
use serde::Serialize;
use store::audit::{Actor, ActorKind, AuditEntry, AuditSubject};
use store::staff::{StaffMember, StaffPending};
use store::{CommitError, Database, StoreError, Subject, Transaction, Versioned};

use crate::account::{Account, AccountStatus};
use crate::directory::{Directory, DirectoryError, Invitation};
use crate::member::{Added, Member, StaffError};

/// How often a change is tried that meets others.
pub const MAX_TRIES: usize = 8;

/// What the audit trail tells of a member of staff.
#[derive(Serialize)]
struct Told<'a> {
    email: &'a CustomerEmail,
    group: Group,
}

/// A record that the directory agrees with.
struct Settled {
    member: Option<Versioned<StaffMember>>,
    /// What had been left undone.
    finished: Option<StaffPending>,
}

/// Adds, moves, removes and lists those who work here. Cheap to clone.
#[derive(Debug, Clone)]
pub struct StaffDesk {
    directory: Directory,
    database: Database,
}

impl StaffDesk {
    /// Works on this directory and these tables.
    #[must_use]
    pub fn new(directory: Directory, database: Database) -> Self {
        Self { directory, database }
    }

    /// The user directory.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Lets somebody work here. Who has an account keeps it, others are invited.
    pub async fn add(
        &self,
        actor: &Actor,
        email: &CustomerEmail,
        group: Group,
        invitation: &Invitation,
    ) -> Result<Added, StaffError> {
        // Asked again in the transaction; here it keeps a former admin from inviting people.
        self.ask_for_admin(actor).await?;
        let (account, invited) = match self.directory.account_of(email).await? {
            None => (self.directory.invite(email, invitation).await?, true),
            Some(account) => {
                let settled = self.settle(&account.id).await?;
                let resumed = settled.finished == Some(StaffPending::Join);
                match settled.member {
                    Some(member) if !resumed || member.value.group != group => {
                        return Err(StaffError::AlreadyStaff(Box::new(member.value)));
                    }
                    _ if !account.is_trustworthy() => return Err(StaffError::Unconfirmed(email.clone())),
                    member => {
                        let invited = account.status == AccountStatus::Invited;
                        if invited {
                            self.directory.invite_again(&account, invitation).await?;
                        }
                        if let Some(member) = member {
                            return Ok(added(member.value, &account, invited));
                        }
                        (account, invited)
                    }
                }
            }
        };
        let member = StaffMember {
            id: account.id.clone(),
            email: account.email.clone(),
            group,
            pending: Some(StaffPending::Join),
            created_at: Timestamp::now(),
        };
        let mut transaction = self.database.transaction();
        transaction.require_admin(actor)?.add_staff(&member)?.audit(&entry(
            actor,
            "staff.added",
            &member,
            None,
            Some(group),
        )?)?;
        self.commit(transaction).await?;
        telemetry::crash::point("staff.after-write", &member.email);
        let settled = self.settle(&member.id).await?;
        let member = settled.member.ok_or(StaffError::Contended)?;
        Ok(added(member.value, &account, invited))
    }

    /// Moves somebody to another group. Their sessions end, so that the next one has the new rights.
    pub async fn change(&self, actor: &Actor, id: &CustomerId, group: Group) -> Result<Member, StaffError> {
        refuse_oneself(actor, id)?;
        let mut member = self.settle(id).await?.member.ok_or(StaffError::NotFound)?;
        if member.value.group == group {
            return self.member(member.value).await;
        }
        let before = member.value.group;
        let mut transaction = self.database.transaction();
        transaction.require_admin(actor)?;
        if member.value.is_settled_admin() {
            transaction.discount_admin()?;
        }
        member.value.group = group;
        member.value.pending = Some(StaffPending::Change);
        let entry = entry(actor, "staff.changed", &member.value, Some(before), Some(group))?;
        transaction.update_staff(&member)?.audit(&entry)?;
        self.commit(transaction).await?;
        telemetry::crash::point("staff.after-write", &member.value.email);
        let settled = self.settle(id).await?.member.ok_or(StaffError::Contended)?;
        self.member(settled.value).await
    }

    /// Ends somebody's work here: their sessions end, their account stays a customer's.
    pub async fn remove(&self, actor: &Actor, id: &CustomerId) -> Result<(), StaffError> {
        refuse_oneself(actor, id)?;
        for _ in 0..MAX_TRIES {
            // Whatever else is pending need not be finished first, and cannot be where the account is gone.
            let mut member = self.database.staff_member(id).await?.ok_or(StaffError::NotFound)?;
            if member.value.pending != Some(StaffPending::Leave) {
                let mut transaction = self.database.transaction();
                transaction.require_admin(actor)?;
                if member.value.is_settled_admin() {
                    transaction.discount_admin()?;
                }
                let entry = entry(actor, "staff.removed", &member.value, Some(member.value.group), None)?;
                member.value.pending = Some(StaffPending::Leave);
                transaction.update_staff(&member)?.audit(&entry)?;
                match self.commit(transaction).await {
                    Err(StaffError::Contended) => continue,
                    result => result?,
                }
                telemetry::crash::point("staff.after-write", &member.value.email);
            }
            self.settle(id).await?;
            return Ok(());
        }
        Err(StaffError::Contended)
    }

    /// Everybody who works here, by address.
    pub async fn list(&self) -> Result<Vec<Member>, StaffError> {
        let records = self.database.staff().await?;
        let mut accounts = Vec::new();
        for group in Group::ALL {
            accounts.extend(self.directory.members(group).await?);
        }
        let mut members = Vec::with_capacity(records.len());
        for record in records {
            let known = accounts.iter().find(|account| account.id == record.id).map(|account| account.status);
            members.push(match known {
                status @ Some(_) => Member { record, status },
                None => self.member(record).await?,
            });
        }
        Ok(members)
    }

    async fn member(&self, record: StaffMember) -> Result<Member, StaffError> {
        let status = self.directory.account(&record.id).await?.map(|account| account.status);
        Ok(Member { record, status })
    }

    /// Who works here with this address.
    pub async fn find(&self, email: &CustomerEmail) -> Result<Option<StaffMember>, StaffError> {
        let same = |member: &StaffMember| member.email.as_str().eq_ignore_ascii_case(email.as_str());
        Ok(self.database.staff().await?.into_iter().find(same))
    }

    /// Tells the directory what it has yet to be told of somebody.
    async fn settle(&self, id: &CustomerId) -> Result<Settled, StaffError> {
        let mut told = None;
        let mut finished = None;
        for _ in 0..MAX_TRIES {
            let member = self.database.staff_member(id).await?;
            let pending = member.as_ref().and_then(|member| member.value.pending);
            let wanted = match &member {
                Some(member) if pending != Some(StaffPending::Leave) => Some(member.value.group),
                _ => None,
            };
            // Told before, and then somebody else changed the record: what we told may have come after what they told.
            let overtaken = told.is_some_and(|told| told != wanted);
            if pending.is_some() || overtaken {
                self.tell(id, wanted, pending != Some(StaffPending::Join)).await?;
                told = Some(wanted);
            }
            let (Some(member), Some(pending)) = (&member, pending) else {
                return Ok(Settled { member, finished });
            };
            telemetry::crash::point("staff.after-directory", &member.value.email);
            let mut transaction = self.database.transaction();
            if pending == StaffPending::Leave {
                transaction.remove_staff(member)?;
            } else {
                let value = StaffMember { pending: None, ..member.value.clone() };
                transaction.update_staff(&Versioned { value, ..*member })?;
                // From here on they are an admin who others may rely on.
                if member.value.group == Group::Admin {
                    transaction.count_admin()?;
                }
            }
            match transaction.commit().await {
                Ok(()) => finished = Some(pending),
                // Somebody else finished it, or changed it: look again.
                Err(CommitError::Refused(_)) => {}
                Err(CommitError::Store(error)) => return Err(error.into()),
            }
        }
        Err(StaffError::Contended)
    }

    async fn tell(
        &self,
        id: &CustomerId,
        wanted: Option<Group>,
        end_sessions: bool,
    ) -> Result<(), DirectoryError> {
        for group in Group::ALL {
            if wanted == Some(group) {
                self.directory.join(id, group).await?;
            } else {
                self.directory.leave(id, group).await?;
            }
        }
        if end_sessions {
            self.directory.sign_out(id).await?;
        }
        Ok(())
    }

    async fn ask_for_admin(&self, actor: &Actor) -> Result<(), StaffError> {
        if actor.kind == ActorKind::System {
            return Ok(());
        }
        let id = CustomerId::parse(&actor.id).map_err(|_| StaffError::NotPermitted)?;
        let member = self.database.staff_member(&id).await?;
        let admin = member.is_some_and(|member| member.value.is_settled_admin());
        if admin { Ok(()) } else { Err(StaffError::NotPermitted) }
    }

    async fn commit(&self, mut transaction: Transaction<'_>) -> Result<(), StaffError> {
        transaction.commit().await.map_err(|error| match error {
            error if error.refused(&Subject::Actor) => StaffError::NotPermitted,
            error if error.refused(&Subject::Admins) => StaffError::LastAdmin,
            CommitError::Refused(_) => StaffError::Contended,
            CommitError::Store(error) => error.into(),
        })
    }
}

fn added(record: StaffMember, account: &Account, invited: bool) -> Added {
    Added { member: Member { record, status: Some(account.status) }, invited }
}

fn refuse_oneself(actor: &Actor, id: &CustomerId) -> Result<(), StaffError> {
    if actor.id == id.as_str() { Err(StaffError::Yourself) } else { Ok(()) }
}

fn entry(
    actor: &Actor,
    action: &str,
    member: &StaffMember,
    before: Option<Group>,
    after: Option<Group>,
) -> Result<AuditEntry, StoreError> {
    let told = |group: Option<Group>| group.map(|group| Told { email: &member.email, group });
    let subject = AuditSubject::new("staff", &member.id, member.email.as_str());
    AuditEntry::of(actor, action, subject, told(before).as_ref(), told(after).as_ref())
}
