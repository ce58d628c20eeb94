//! Groups of staff.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Text that is no group of staff.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("must be a group of staff: `operator` or `admin`")]
pub struct GroupError;

/// A group of staff in the user directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Group {
    /// Runs the shop: catalogue, stock, reviews, customers.
    Operator,
    /// May do all that operators may, and decides who else works here.
    Admin,
}

impl Group {
    /// All groups.
    pub const ALL: [Self; 2] = [Self::Operator, Self::Admin];

    /// The group's name in the user directory.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Admin => "admin",
        }
    }

    /// The group with this name.
    pub fn parse(name: &str) -> Result<Self, GroupError> {
        Self::ALL.into_iter().find(|group| group.name() == name).ok_or(GroupError)
    }
}

impl std::fmt::Display for Group {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl std::str::FromStr for Group {
    type Err = GroupError;

    fn from_str(text: &str) -> Result<Self, GroupError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_reads_back_by_its_name_and_nothing_else_is_one() {
        for group in Group::ALL {
            assert_eq!(Group::parse(group.name()), Ok(group));
            assert_eq!(serde_json::to_value(group).unwrap(), group.name());
        }
        for bad in ["", "Admin", "admins", "customer"] {
            assert_eq!(Group::parse(bad), Err(GroupError), "{bad}");
        }
    }
}
