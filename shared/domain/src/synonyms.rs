//! Words that mean the same to a shopper.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Groups of terms of which each finds what the others find.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Vec<String>>", into = "Vec<Vec<String>>")]
pub struct Synonyms(Vec<Vec<String>>);

/// What is wrong with a group, or with one of its terms.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{fault}")]
pub struct SynonymError {
    /// The place of the group, from nought; nothing where there are too many.
    pub group: Option<usize>,
    /// The place of the term in the group, from nought.
    pub term: Option<usize>,
    /// What is wrong.
    pub fault: SynonymFault,
}

/// What can be wrong with synonyms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SynonymFault {
    /// There are more than [`Synonyms::MAX_GROUPS`].
    #[error("at most {max} groups", max = Synonyms::MAX_GROUPS)]
    TooMany,
    /// A group has not from two to [`Synonyms::MAX_TERMS`] terms.
    #[error("a group has 2 to {max} terms", max = Synonyms::MAX_TERMS)]
    Size,
    /// A term is empty, too long, of too many words, or has other characters than those of words.
    #[error(
        "must be 1 to {words} words of letters and digits, at most {max} characters; ' - . / may stand in them",
        words = Synonyms::MAX_WORDS,
        max = Synonyms::MAX_TERM
    )]
    Term,
    /// The same term stands in the group before.
    #[error("stands in the group twice")]
    Twice,
}

impl Synonyms {
    /// The most groups.
    pub const MAX_GROUPS: usize = 500;
    /// The most terms of a group.
    pub const MAX_TERMS: usize = 12;
    /// The most characters of a term.
    pub const MAX_TERM: usize = 50;
    /// The most words of a term.
    pub const MAX_WORDS: usize = 5;

    /// Checks groups that came from outside, and tells all that is wrong with them.
    pub fn parse(groups: Vec<Vec<String>>) -> Result<Self, Vec<SynonymError>> {
        if groups.len() > Self::MAX_GROUPS {
            return Err(vec![SynonymError { group: None, term: None, fault: SynonymFault::TooMany }]);
        }
        let mut errors = Vec::new();
        let mut parsed = Vec::with_capacity(groups.len());
        for (number, group) in groups.into_iter().enumerate() {
            let error = |term, fault| SynonymError { group: Some(number), term, fault };
            if !(2..=Self::MAX_TERMS).contains(&group.len()) {
                errors.push(error(None, SynonymFault::Size));
                continue;
            }
            let mut seen = BTreeSet::new();
            let mut terms = Vec::with_capacity(group.len());
            for (place, term) in group.iter().enumerate() {
                let term = term.split_whitespace().collect::<Vec<_>>().join(" ");
                if !is_term(&term) {
                    errors.push(error(Some(place), SynonymFault::Term));
                } else if !seen.insert(term.to_lowercase()) {
                    errors.push(error(Some(place), SynonymFault::Twice));
                }
                terms.push(term);
            }
            parsed.push(terms);
        }
        if errors.is_empty() { Ok(Self(parsed)) } else { Err(errors) }
    }

    /// The groups.
    #[must_use]
    pub fn groups(&self) -> &[Vec<String>] {
        &self.0
    }
}

fn is_term(term: &str) -> bool {
    (1..=Synonyms::MAX_TERM).contains(&term.chars().count())
        && term.split(' ').count() <= Synonyms::MAX_WORDS
        && term.split(' ').all(|word| word.contains(char::is_alphanumeric))
        && term.chars().all(|c| c.is_alphanumeric() || " '-./’".contains(c))
}

/// What an ironmonger's customers say for the same things: the shop's words until staff write their own.
impl Default for Synonyms {
    fn default() -> Self {
        const TERMS: [&[&str]; 34] = [
            &["spanner", "wrench"],
            &["adjustable spanner", "crescent wrench"],
            &["mole grips", "locking pliers", "vise grips"],
            &["allen key", "hex key"],
            &["screwdriver", "screw driver"],
            &["stanley knife", "utility knife", "craft knife"],
            &["sandpaper", "glasspaper", "emery paper", "abrasive paper"],
            &["rawlplug", "wall plug", "wall anchor"],
            &["gaffer tape", "duct tape", "duck tape"],
            &["sellotape", "sticky tape", "adhesive tape"],
            &["tap", "faucet"],
            &["stopcock", "stop cock", "shut-off valve"],
            &["plughole", "drain"],
            &["plasterboard", "drywall"],
            &["skirting", "skirting board", "baseboard"],
            &["door knob", "doorknob"],
            &["drawer knob", "drawerknob"],
            &["letterbox", "letter box", "mail slot"],
            &["doormat", "door mat"],
            &["torch", "flashlight", "flash light"],
            &["light bulb", "lightbulb", "lamp bulb"],
            &["tealight", "tea light", "t-light"],
            &["paraffin", "kerosene", "lamp oil"],
            &["white spirit", "mineral spirits", "paint thinner"],
            &["methylated spirit", "meths", "denatured alcohol"],
            &["hosepipe", "hose pipe", "garden hose"],
            &["secateurs", "pruners", "pruning shears"],
            &["wellies", "wellington boots", "gumboots"],
            &["dustbin", "rubbish bin", "trash can"],
            &["clothes peg", "clothespin"],
            &["tea towel", "dish towel"],
            &["aluminium", "aluminum"],
            &["grey", "gray"],
            &["colour", "color"],
        ];
        Self(TERMS.iter().map(|group| group.iter().map(|term| (*term).to_owned()).collect()).collect())
    }
}

impl TryFrom<Vec<Vec<String>>> for Synonyms {
    type Error = SynonymError;

    fn try_from(groups: Vec<Vec<String>>) -> Result<Self, SynonymError> {
        let all = Self::parse(groups);
        all.map_err(|errors| {
            let none = SynonymError { group: None, term: None, fault: SynonymFault::TooMany };
            errors.into_iter().next().unwrap_or(none)
        })
    }
}

impl From<Synonyms> for Vec<Vec<String>> {
    fn from(synonyms: Synonyms) -> Self {
        synonyms.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(groups: &[&[&str]]) -> Vec<(Option<usize>, Option<usize>, SynonymFault)> {
        let groups =
            groups.iter().map(|group| group.iter().map(|term| (*term).to_owned()).collect()).collect();
        let errors = Synonyms::parse(groups).map_or_else(|errors| errors, |_| vec![]);
        errors.into_iter().map(|error| (error.group, error.term, error.fault)).collect()
    }

    #[test]
    fn the_shop_s_own_words_are_good() {
        let groups: Vec<Vec<String>> = Synonyms::default().into();
        assert_eq!(Synonyms::parse(groups), Ok(Synonyms::default()));
    }

    #[test]
    fn terms_are_a_few_plain_words() {
        let longest = "x".repeat(Synonyms::MAX_TERM);
        assert_eq!(faults(&[&["tap", "M8 bolt"], &["door's end", "t-light"], &["1 2 3 4 5", &longest]]), []);
        let too_long = format!("{longest}x");
        for bad in ["", " ", "a b c d e f", "-", "a;b", "nuts & bolts", "<b>", &too_long] {
            assert_eq!(
                faults(&[&["tap", "faucet"], &["tap", bad]]),
                [(Some(1), Some(1), SynonymFault::Term)],
                "{bad}"
            );
        }
    }

    #[test]
    fn groups_have_a_size_and_say_nothing_twice() {
        assert_eq!(faults(&[&["tap"]]), [(Some(0), None, SynonymFault::Size)]);
        let many = vec!["tap"; Synonyms::MAX_TERMS + 1];
        assert_eq!(faults(&[&many]), [(Some(0), None, SynonymFault::Size)]);
        assert_eq!(faults(&[&["tap", "faucet", " TAP "]]), [(Some(0), Some(2), SynonymFault::Twice)]);
        let group: &[&str] = &["tap", "faucet"];
        assert_eq!(faults(&[group; Synonyms::MAX_GROUPS]), []);
        assert_eq!(faults(&[group; Synonyms::MAX_GROUPS + 1]), [(None, None, SynonymFault::TooMany)]);
    }

    #[test]
    fn white_space_is_tidied() {
        let parsed = Synonyms::parse(vec![vec![" tea   light ".into(), "tealight".into()]]).unwrap();
        assert_eq!(parsed.groups(), [["tea light", "tealight"]]);
    }
}
