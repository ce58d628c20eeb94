//! Those who work here. The user directory decides what their tokens say; these records say what it shall come to, and
//! what of it is still to be done.

use domain::{CustomerEmail, CustomerId, Group};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::audit::{Actor, ActorKind};
use crate::error::StoreError;
use crate::index::Partition;
use crate::item::{self, Versioned};
use crate::keys;
use crate::transaction::{Change, Subject, Transaction};
use crate::{Database, Table};

/// What the user directory has yet to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum StaffPending {
    /// They join the group.
    Join,
    /// They change to the group from the other.
    Change,
    /// They leave.
    Leave,
}

/// Somebody who works here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StaffMember {
    /// Who.
    pub id: CustomerId,
    /// Their address.
    pub email: CustomerEmail,
    /// What they may do.
    pub group: Group,
    /// What the user directory has yet to be told.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pending: Option<StaffPending>,
    /// When they were added.
    pub created_at: Timestamp,
}

impl StaffMember {
    /// Whether the directory knows them as an admin, and nothing shall change about it.
    #[must_use]
    pub fn is_settled_admin(&self) -> bool {
        self.group == Group::Admin && self.pending.is_none()
    }
}

impl Database {
    /// Somebody who works here, as of now.
    pub async fn staff_member(&self, id: &CustomerId) -> Result<Option<Versioned<StaffMember>>, StoreError> {
        let request = self
            .client
            .get_item()
            .table_name(self.table(Table::Console)?)
            .set_key(Some(keys::staff(id).into_item()))
            .consistent_read(true);
        let found = request.send().await.map_err(StoreError::sdk("GetItem"))?;
        found.item.as_ref().map(item::versioned).transpose()
    }

    /// Everybody who works here, by address.
    pub async fn staff(&self) -> Result<Vec<StaffMember>, StoreError> {
        self.all_of(&Partition::of_first(Table::Console, keys::STAFF), item::data).await
    }
}

impl Transaction<'_> {
    /// Adds somebody who did not work here.
    pub fn add_staff(&mut self, member: &StaffMember) -> Result<&mut Self, StoreError> {
        let more = [
            (item::VERSION, item::number(1)),
            ("gsi1pk", item::text(keys::STAFF)),
            ("gsi1sk", item::text(member.email.as_str().to_lowercase())),
        ];
        let item = item::with_data(keys::staff(&member.id), member, more)?;
        self.put(Subject::Staff, Table::Console, item, Some("attribute_not_exists(pk)"))
    }

    /// Stores a changed member of staff, if nobody else changed them since they were read.
    pub fn update_staff(&mut self, member: &Versioned<StaffMember>) -> Result<&mut Self, StoreError> {
        self.replace(Subject::Staff, Table::Console, keys::staff(&member.value.id), member)
    }

    /// Forgets somebody who has left, if nobody changed them since they were read.
    pub fn remove_staff(&mut self, member: &Versioned<StaffMember>) -> Result<&mut Self, StoreError> {
        self.delete(Subject::Staff, Table::Console, keys::staff(&member.value.id), member.version)
    }

    /// Counts one admin more.
    pub fn count_admin(&mut self) -> Result<&mut Self, StoreError> {
        let change = Change {
            update: "ADD #count :one",
            condition: None,
            names: &["count"],
            values: vec![(":one", item::number(1))],
        };
        self.update(Subject::Admins, Table::Console, keys::admins(), change)
    }

    /// Counts one admin less, if there is another.
    pub fn discount_admin(&mut self) -> Result<&mut Self, StoreError> {
        let change = Change {
            update: "SET #count = #count - :one",
            condition: Some("#count > :one"),
            names: &["count"],
            values: vec![(":one", item::number(1))],
        };
        self.update(Subject::Admins, Table::Console, keys::admins(), change)
    }

    /// Asks that whoever makes this change is an admin still: their token says so for as long as it lives. The shop's own
    /// programs may always.
    pub fn require_admin(&mut self, actor: &Actor) -> Result<&mut Self, StoreError> {
        if actor.kind == ActorKind::System {
            return Ok(self);
        }
        let Ok(id) = CustomerId::parse(&actor.id) else {
            return Err(StoreError::Unwritable(format!("{} is no member of staff", actor.id)));
        };
        let change = Change {
            update: "",
            condition: Some("#data.#group = :admin AND attribute_not_exists(#data.#pending)"),
            names: &[item::DATA, "group", "pending"],
            values: vec![(":admin", item::text(Group::Admin))],
        };
        self.check(Subject::Actor, Table::Console, keys::staff(&id), change)
    }
}
