//! What a supplier's words mean, for suppliers that complain in words.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::PlaceError;

/// What a complaint means for an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Meaning {
    /// Not taken, and never will be.
    Rejected,
    /// Not taken; later it may be.
    Unavailable,
    /// Not taken before an operator has changed something.
    Misconfigured,
    /// The supplier may have it already.
    Uncertain,
}

impl Meaning {
    pub(super) fn placing(self, action: &str, reason: String) -> PlaceError {
        match self {
            Self::Rejected => PlaceError::Rejected { reason },
            Self::Unavailable => PlaceError::Unavailable { retry_after: None, reason },
            Self::Misconfigured => PlaceError::Misconfigured { path: action.to_owned(), reason },
            Self::Uncertain => PlaceError::Uncertain { reason },
        }
    }
}

/// Parts of complaints and what they mean. Of several that fit, the longest decides; what fits nothing is a refusal.
#[derive(Debug, Clone)]
pub(crate) struct Meanings(Vec<(String, Meaning)>);

impl Meanings {
    /// What everybody knows, and what the configuration says on top.
    pub fn new(known: &[(&str, Meaning)], configured: BTreeMap<String, Meaning>) -> Self {
        let mut all: BTreeMap<String, Meaning> =
            known.iter().map(|(words, meaning)| (words.to_lowercase(), *meaning)).collect();
        all.extend(configured.into_iter().map(|(words, meaning)| (words.to_lowercase(), meaning)));
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Self(all)
    }

    /// What a complaint means.
    pub fn of(&self, complaint: &str) -> Meaning {
        let complaint = complaint.to_lowercase();
        let fitting = self.0.iter().find(|(words, _)| complaint.contains(words));
        fitting.map_or(Meaning::Rejected, |(_, meaning)| *meaning)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_fitting_words_decide() {
        let configured = [
            ("Not enough funds for today".to_owned(), Meaning::Misconfigured),
            ("KEY".to_owned(), Meaning::Rejected),
        ];
        let known = [("not enough funds", Meaning::Unavailable), ("key", Meaning::Misconfigured)];
        let meanings = Meanings::new(&known, configured.into());
        for (complaint, meaning) in [
            ("Not enough FUNDS on balance", Meaning::Unavailable),
            ("not enough funds for today", Meaning::Misconfigured),
            ("Invalid key", Meaning::Rejected),
            ("no more hinges", Meaning::Rejected),
        ] {
            assert_eq!(meanings.of(complaint), meaning, "{complaint}");
        }
    }
}
