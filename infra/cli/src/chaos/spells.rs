//! Spells: times in which a supplier is worse than usual.

use std::time::Duration;

use serde_json::{Value, json};

/// A run of so many orders or more has spells of full length.
const FULL: u32 = 500;

/// A time in which a supplier is worse than usual.
pub struct Spell {
    /// Whose.
    pub role: &'static str,
    /// It begins when so many of a hundred orders were placed.
    from_percent: usize,
    /// How long it lasts in a run of full length.
    lasting: Duration,
    /// What the simulator is told when it begins.
    pub on: fn() -> Value,
    /// What the simulator is told when it ends.
    pub off: fn() -> Value,
}

/// The spells of a run.
pub static SPELLS: [Spell; 2] = [
    // What is placed then is overdue, and called off where that is possible.
    Spell {
        role: "coppergate",
        from_percent: 40,
        lasting: Duration::from_secs(100),
        on: || json!({ "completeAfterMs": null }),
        off: || json!({ "completeAfterMs": 5_000 }),
    },
    Spell {
        role: "ember",
        from_percent: 60,
        lasting: Duration::from_secs(20),
        on: || json!({ "refuse": true }),
        off: || json!({ "refuse": false }),
    },
];

impl Spell {
    /// After how many orders it begins, in a run of so many.
    #[must_use]
    pub fn begins_after(&self, orders: usize) -> u64 {
        (orders * self.from_percent / 100) as u64
    }

    /// How long it lasts in a run of so many orders.
    #[must_use]
    pub fn lasts(&self, orders: usize) -> Duration {
        self.lasting * u32::try_from(orders).unwrap_or(FULL).min(FULL) / FULL
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chaos::roles::ROLES;

    #[test]
    fn spells_are_of_suppliers_that_take_part_and_shorter_in_small_runs() {
        for spell in &SPELLS {
            assert!(ROLES.iter().any(|role| role.key == spell.role), "{}", spell.role);
            assert_eq!(spell.lasts(1_000), spell.lasting);
            assert_eq!(spell.lasts(50), spell.lasting / 10);
            assert!(spell.begins_after(1_000) < 1_000);
        }
    }
}
