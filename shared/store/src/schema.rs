//! The shapes that stored aggregates had before, and how one of an older shape becomes one of today's.
//!
//! An aggregate of a kind that has changed carries the number of its shape in its data, as [`SCHEMA`]; without one it has
//! the first. Each kind lists its steps, one from each shape to the next. A read takes all the steps that are left, so that
//! no other code knows an older shape; a write stores today's. What nobody reads stays as it was until
//! [`Database::upgrade_page`](crate::Database::upgrade_page) comes by.

mod plain;
mod steps;

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;

use crate::error::StoreError;
use crate::item::{self, DATA, Item};

/// The member of an aggregate's data that holds the number of its shape.
pub(crate) const SCHEMA: &str = "_schema";

/// The members of an aggregate, as they are stored.
pub(crate) type Members = HashMap<String, AttributeValue>;

/// What makes an aggregate of one shape one of the next. It says why where it cannot.
pub(crate) type Step = fn(&mut Members) -> Result<(), String>;

/// Something that is stored as the data of an item.
pub(crate) trait Stored: Serialize {
    /// The steps from its first shape to today's; none where it never changed.
    const STEPS: &'static [Step] = &[];
}

impl<T: Stored> Stored for &T {
    const STEPS: &'static [Step] = T::STEPS;
}

/// What became of data that may have had an older shape.
#[derive(Debug, PartialEq)]
pub(crate) enum Upgraded {
    /// It had today's shape.
    Current(AttributeValue),
    /// It had an older one and has today's now.
    FromOlder(AttributeValue),
}

/// The number of today's shape, for these steps.
fn current(steps: &[Step]) -> usize {
    steps.len() + 1
}

/// Marks what is about to be stored with the number of its shape.
pub(crate) fn mark(steps: &[Step], mut data: AttributeValue) -> AttributeValue {
    if let (AttributeValue::M(members), false) = (&mut data, steps.is_empty()) {
        members.insert(SCHEMA.into(), item::number(current(steps)));
    }
    data
}

/// Takes the steps that are left.
pub(crate) fn upgrade(steps: &[Step], data: AttributeValue) -> Result<Upgraded, String> {
    let AttributeValue::M(mut members) = data else {
        return Ok(Upgraded::Current(data));
    };
    let shape = shape(&members)?;
    let taken = shape - 1;
    let left = steps.get(taken..).ok_or_else(|| {
        format!("its shape is {shape}, of a later release than this one, which knows {}", current(steps))
    })?;
    for step in left {
        step(&mut members)?;
    }
    if left.is_empty() {
        return Ok(Upgraded::Current(AttributeValue::M(members)));
    }
    Ok(Upgraded::FromOlder(mark(steps, AttributeValue::M(members))))
}

fn shape(members: &Members) -> Result<usize, String> {
    let Some(stored) = members.get(SCHEMA) else {
        return Ok(1);
    };
    let number = stored.as_n().ok().and_then(|number| number.parse().ok()).filter(|number| *number > 0);
    number.ok_or_else(|| format!("`{SCHEMA}` is no number of a shape"))
}

/// One of the kinds that have changed, and how its items are known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    /// What people call it.
    pub name: &'static str,
    pk: &'static str,
    sk: &'static str,
    steps: &'static [Step],
}

impl Kind {
    const fn of<T: Stored>(name: &'static str, pk: &'static str, sk: &'static str) -> Self {
        Self { name, pk, sk, steps: T::STEPS }
    }

    /// The kind of an item, where it is one that has changed.
    pub fn of_item(item: &Item) -> Option<Self> {
        let begins =
            |name: &str, prefix: &str| item::read_text(item, name).is_ok_and(|key| key.starts_with(prefix));
        steps::KINDS.into_iter().find(|kind| begins("pk", kind.pk) && begins("sk", kind.sk))
    }

    /// The item's data in today's shape; nothing where it has that already.
    pub fn renewed(self, item: &Item) -> Result<Option<AttributeValue>, StoreError> {
        let data = item.get(DATA).cloned().ok_or_else(|| item::corrupt(item, "no data"))?;
        match upgrade(self.steps, data).map_err(|reason| item::corrupt(item, reason))? {
            Upgraded::Current(_) => Ok(None),
            Upgraded::FromOlder(data) => Ok(Some(data)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adds(name: &'static str) -> impl Fn(&mut Members) -> Result<(), String> {
        move |members| {
            members.insert(name.into(), item::number(1));
            Ok(())
        }
    }

    const STEPS: &[Step] = &[|members| adds("second")(members), |members| adds("third")(members)];

    fn members(names: &[&str], shape: Option<u32>) -> AttributeValue {
        let mut members: Members = names.iter().map(|name| ((*name).to_owned(), item::number(1))).collect();
        members.extend(shape.map(|shape| (SCHEMA.to_owned(), item::number(shape))));
        AttributeValue::M(members)
    }

    #[test]
    fn each_older_shape_takes_just_the_steps_that_are_left() {
        let today = members(&["first", "second", "third"], Some(3));
        for older in [members(&["first"], None), members(&["first", "second"], Some(2))] {
            assert_eq!(upgrade(STEPS, older), Ok(Upgraded::FromOlder(today.clone())));
        }
        assert_eq!(upgrade(STEPS, today.clone()), Ok(Upgraded::Current(today)));
    }

    #[test]
    fn what_never_changed_carries_no_number() {
        let data = members(&["first"], None);
        assert_eq!(mark(&[], data.clone()), data);
        assert_eq!(upgrade(&[], data.clone()), Ok(Upgraded::Current(data)));
        let text = item::text("an id");
        assert_eq!(mark(STEPS, text.clone()), text);
    }

    #[test]
    fn a_later_release_s_shape_is_refused_not_guessed() {
        let refused = upgrade(STEPS, members(&["first"], Some(4))).unwrap_err();
        assert!(refused.contains("later release"), "{refused}");
        let zero = AttributeValue::M(HashMap::from([(SCHEMA.to_owned(), item::number(0))]));
        assert!(upgrade(STEPS, zero).is_err());
    }
}
