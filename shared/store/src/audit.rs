//! The audit trail: who changed what, when, from what to what. An entry is written in the transaction of the change that
//! it tells of, so that neither is without the other.

use domain::{AuditId, CustomerEmail};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::StoreError;
use crate::transaction::{Subject, Transaction};
use crate::{Table, item, keys};

/// What kind of somebody changed something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ActorKind {
    /// Somebody who works here.
    Staff,
    /// Somebody who shops here.
    Customer,
    /// A program of a partner, by its key.
    Partner,
    /// The shop itself, or whoever runs its command line.
    System,
}

/// Who changed something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Actor {
    /// What kind of somebody.
    pub kind: ActorKind,
    /// Who: a person's id, a partner key's, or the name of a program.
    pub id: String,
    /// A person's address at the time.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub email: Option<CustomerEmail>,
}

impl Actor {
    /// The shop itself: a function or a command, by its name.
    #[must_use]
    pub fn system(name: &str) -> Self {
        Self { kind: ActorKind::System, id: name.to_owned(), email: None }
    }
}

/// What was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditSubject {
    /// The kind of thing, such as `product`.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: String,
}

impl AuditSubject {
    /// The thing of this kind with this id, as people call it.
    #[must_use]
    pub fn new(kind: &str, id: impl ToString, title: impl Into<String>) -> Self {
        Self { kind: kind.to_owned(), id: id.to_string(), title: title.into() }
    }
}

/// One value that changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditChange {
    /// Where: a JSON pointer (RFC 6901) into the thing.
    pub path: String,
    /// The value before; nothing where there was none.
    pub from: Option<Value>,
    /// The value after; nothing where there is none.
    pub to: Option<Value>,
}

/// An entry of the audit trail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// The entry's id, which sorts by time.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What was done, such as `product.updated`.
    pub action: String,
    /// To what.
    pub subject: AuditSubject,
    /// From what to what.
    pub changes: Vec<AuditChange>,
}

impl AuditEntry {
    /// Tells of a change from `before` to `after`; `None` stands for what did not exist yet, or no longer does.
    pub fn of<T: Serialize>(
        actor: &Actor,
        action: &str,
        subject: AuditSubject,
        before: Option<&T>,
        after: Option<&T>,
    ) -> Result<Self, StoreError> {
        let value = |state: Option<&T>| {
            state
                .map(serde_json::to_value)
                .transpose()
                .map_err(|error| StoreError::Unwritable(error.to_string()))
        };
        let mut changes = Vec::new();
        compare(String::new(), value(before)?, value(after)?, &mut changes);
        let id = AuditId::generate();
        let at = Timestamp::now();
        Ok(Self { id, at, actor: actor.clone(), action: action.to_owned(), subject, changes })
    }
}

/// Notes each value that differs: objects and arrays are looked into, anything else is taken whole.
fn compare(path: String, from: Option<Value>, to: Option<Value>, changes: &mut Vec<AuditChange>) {
    match (from, to) {
        (from, to) if from == to => {}
        (Some(Value::Object(mut from)), Some(Value::Object(to))) => {
            for (name, value) in to {
                compare(format!("{path}/{}", escaped(&name)), from.remove(&name), Some(value), changes);
            }
            for (name, value) in from {
                compare(format!("{path}/{}", escaped(&name)), Some(value), None, changes);
            }
        }
        (Some(Value::Array(from)), Some(Value::Array(to))) => {
            let (mut from, mut to) = (from.into_iter(), to.into_iter());
            for index in 0_usize.. {
                match (from.next(), to.next()) {
                    (None, None) => break,
                    (from, to) => compare(format!("{path}/{index}"), from, to, changes),
                }
            }
        }
        (from, to) => changes.push(AuditChange { path, from, to }),
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

impl Transaction<'_> {
    /// Tells of the change that this transaction makes.
    pub fn audit(&mut self, entry: &AuditEntry) -> Result<&mut Self, StoreError> {
        let month = entry.at.to_zoned(TimeZone::UTC).strftime("%Y-%m").to_string();
        let sort = entry.id.to_string();
        let more = [
            ("gsi1pk", item::text(keys::audit_of_subject(&entry.subject.kind, &entry.subject.id))),
            ("gsi1sk", item::text(&sort)),
            ("gsi2pk", item::text(keys::audit_of_actor(&entry.actor.id))),
            ("gsi2sk", item::text(&sort)),
        ];
        let item = item::with_data(keys::audit(&month, entry.id), entry, more)?;
        self.put(Subject::Unconditional, Table::Console, item, None)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn changes(before: Option<&Value>, after: Option<&Value>) -> Value {
        let subject = AuditSubject::new("product", "prd_1", "Gate hook");
        let entry =
            AuditEntry::of(&Actor::system("test"), "product.updated", subject, before, after).unwrap();
        serde_json::to_value(entry.changes).unwrap()
    }

    #[test]
    fn only_what_differs_is_told() {
        let before =
            json!({"title": "Hook", "seo": {"a/b": 1}, "variants": [{"price": 450}, {"price": 399}]});
        let after = json!({"title": "Hook", "seo": {}, "variants": [{"price": 475}], "brand": "Calder"});
        let expected = json!([
            {"path": "/brand", "from": null, "to": "Calder"},
            {"path": "/seo/a~1b", "from": 1, "to": null},
            {"path": "/variants/0/price", "from": 450, "to": 475},
            {"path": "/variants/1", "from": {"price": 399}, "to": null},
        ]);
        let mut told = changes(Some(&before), Some(&after));
        told.as_array_mut().unwrap().sort_by_key(|change| change["path"].as_str().unwrap().to_owned());
        assert_eq!(told, expected);
        assert_eq!(changes(Some(&before), Some(&before)), json!([]));
    }

    #[test]
    fn what_comes_into_being_is_told_whole() {
        let product = json!({"title": "Hook"});
        assert_eq!(changes(None, Some(&product)), json!([{"path": "", "from": null, "to": product}]));
        assert_eq!(changes(Some(&product), None), json!([{"path": "", "from": product, "to": null}]));
    }
}
