//! All words of the index, how often they come, and which of them somebody may have meant.

use std::collections::HashMap;
use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};
use tantivy::SegmentReader;

use crate::analysis::{Analyser, is_plain};
use crate::error::SearchError;
use crate::schema::Fields;

/// The most words that the beginning of a word stands for: those that come most often.
pub(crate) const MAX_ENDINGS: usize = 64;
/// The most words that a misspelt word stands for: the nearest.
pub(crate) const MAX_NEAR: usize = 24;
/// From so many letters on, a word may have one mistake.
pub(crate) const ONE_MISTAKE: usize = 4;
/// From so many letters on, a word may have two mistakes.
pub(crate) const TWO_MISTAKES: usize = 8;
/// Words of more letters are not looked for with mistakes.
const MAX_LETTERS: usize = 30;

/// How much a word with one and with two mistakes counts.
const LIKENESS: [f32; 3] = [1.0, 0.7, 0.45];

static AUTOMATA: LazyLock<[LevenshteinAutomatonBuilder; 2]> =
    LazyLock::new(|| [1, 2].map(|mistakes| LevenshteinAutomatonBuilder::new(mistakes, true)));

/// A word of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub text: String,
    pub stem: String,
    /// How many products have it.
    pub documents: u64,
}

/// A word that somebody may have meant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Near<'a> {
    pub entry: &'a Entry,
    /// How like it is, up to 1.
    pub likeness: f32,
}

/// All words of the index.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    /// By their text.
    entries: Vec<Entry>,
    /// How many products have a word of this stem, at most.
    stems: HashMap<String, u64>,
}

impl Vocabulary {
    pub(crate) fn read(
        segment: &SegmentReader,
        fields: Fields,
        analyser: &Analyser,
    ) -> Result<Self, SearchError> {
        let words = segment.inverted_index(fields.words)?;
        let mut terms = words.terms().stream()?;
        let mut pairs = Vec::with_capacity(words.terms().num_terms());
        while let Some((text, info)) = terms.next() {
            let Ok(text) = std::str::from_utf8(text) else { continue };
            pairs.push((text.to_owned(), u64::from(info.doc_freq)));
        }
        let entries = pairs.into_iter().map(|(text, documents)| {
            let stem = analyser.stems(&text).pop().unwrap_or_else(|| text.clone());
            Entry { text, stem, documents }
        });
        Ok(Self::new(entries.collect()))
    }

    /// The words, ordered by their text.
    fn new(entries: Vec<Entry>) -> Self {
        let mut stems: HashMap<String, u64> = HashMap::with_capacity(entries.len());
        for entry in &entries {
            *stems.entry(entry.stem.clone()).or_default() += entry.documents;
        }
        Self { entries, stems }
    }

    /// How many products have a word of this stem, at most.
    pub(crate) fn documents(&self, stem: &str) -> u64 {
        self.stems.get(stem).copied().unwrap_or_default()
    }

    /// Whether any product has a word of this stem.
    pub(crate) fn has(&self, stem: &str) -> bool {
        self.stems.contains_key(stem)
    }

    /// The commonest words that begin so.
    pub(crate) fn beginning_with(&self, beginning: &str) -> Vec<&Entry> {
        let start = self.entries.partition_point(|entry| entry.text.as_str() < beginning);
        let mut found: Vec<_> =
            self.entries[start..].iter().take_while(|entry| entry.text.starts_with(beginning)).collect();
        found.sort_by_key(|entry| std::cmp::Reverse(entry.documents));
        found.truncate(MAX_ENDINGS);
        found
    }

    /// The words that `word` may be a misspelling of, the likest first; with `unfinished`, also of their beginnings.
    pub(crate) fn near(&self, word: &str, unfinished: bool) -> Vec<Near<'_>> {
        let letters = word.chars().count();
        let builder = match letters {
            TWO_MISTAKES..=MAX_LETTERS => &AUTOMATA[1],
            ONE_MISTAKE..TWO_MISTAKES => &AUTOMATA[0],
            _ => return Vec::new(),
        };
        let whole = builder.build_dfa(word);
        let beginning = unfinished.then(|| builder.build_prefix_dfa(word));
        let mut found: Vec<_> = self
            .entries
            .iter()
            .filter(|entry| entry.text != word && is_plain(&entry.text))
            .filter_map(|entry| {
                let likeness = likeness(&whole, &entry.text).or_else(|| {
                    beginning
                        .as_ref()
                        .and_then(|dfa| likeness(dfa, &entry.text))
                        .map(|likeness| likeness * 0.8)
                })?;
                Some(Near { entry, likeness: likeness * alike_at_the_start(word, &entry.text, letters) })
            })
            .collect();
        found.sort_by(|one, other| {
            let common = other.entry.documents.cmp(&one.entry.documents);
            other
                .likeness
                .total_cmp(&one.likeness)
                .then(common)
                .then_with(|| one.entry.text.cmp(&other.entry.text))
        });
        found.truncate(MAX_NEAR);
        found
    }
}

fn likeness(dfa: &DFA, text: &str) -> Option<f32> {
    match dfa.eval(text) {
        Distance::Exact(mistakes) => LIKENESS.get(usize::from(mistakes)).copied(),
        Distance::AtLeast(_) => None,
    }
}

/// Whoever misspells a word gets its first letters right.
#[allow(clippy::cast_precision_loss, reason = "words are short")]
fn alike_at_the_start(word: &str, other: &str, letters: usize) -> f32 {
    let same = word.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    0.5 + 0.5 * same as f32 / letters as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let analyser = Analyser::new();
        let mut words = [
            ("lantern", 40),
            ("lanterns", 9),
            ("lanyard", 2),
            ("pantern", 1),
            ("cup", 30),
            ("mug", 5),
            ("screwdriver", 6),
        ];
        words.sort_unstable();
        let entry = |(text, documents): (&str, u64)| Entry {
            text: text.into(),
            stem: analyser.stems(text).remove(0),
            documents,
        };
        Vocabulary::new(words.map(entry).into())
    }

    fn near(word: &str, unfinished: bool) -> Vec<String> {
        vocabulary().near(word, unfinished).iter().map(|near| near.entry.text.clone()).collect()
    }

    #[test]
    fn mistakes_are_forgiven_by_length() {
        assert_eq!(near("lantrn", false), ["lantern"]);
        assert_eq!(near("lanternn", false), ["lantern", "lanterns", "pantern"]);
        assert_eq!(near("screwdirvers", false), ["screwdriver"]);
        assert_eq!(near("cpu", false), [""; 0]);
        assert_eq!(near("mugg", false), ["mug"]);
        assert_eq!(near("lntrn", false), [""; 0]);
        assert_eq!(near(&"l".repeat(MAX_LETTERS + 1), true), [""; 0]);
    }

    #[test]
    fn the_first_letters_count_most() {
        assert_eq!(near("lantera", false)[0], "lantern");
        let all = vocabulary();
        let of = |text: &str| {
            all.near("xantern", false).iter().find(|near| near.entry.text == text).unwrap().likeness
        };
        assert!(of("lantern") < all.near("lantrn", false)[0].likeness);
    }

    #[test]
    fn an_unfinished_word_may_be_misspelt_too() {
        assert_eq!(near("scrwd", false), [""; 0]);
        assert_eq!(near("scrwd", true), ["screwdriver"]);
    }

    #[test]
    fn the_commonest_endings_come_first() {
        let all = vocabulary();
        let texts: Vec<_> = all.beginning_with("lan").iter().map(|entry| entry.text.as_str()).collect();
        assert_eq!(texts, ["lantern", "lanterns", "lanyard"]);
        assert_eq!(all.documents("lantern"), 49);
        assert!(all.has("mug") && !all.has("hammer"));
    }
}
