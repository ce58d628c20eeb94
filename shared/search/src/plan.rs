//! What a query may mean: which stems and codes each of its words stands for.

use crate::analysis::{Word, code};
use crate::codes::MIN_BEGINNING;
use crate::error::SearchError;
use crate::index::Index;

/// How much another word that means the same counts.
const SYNONYM: f32 = 0.7;
/// How much `cakestand` counts where `cake stand` was typed, or the other way round.
const COMPOUND: f32 = 0.9;
/// How much a word counts of which only the beginning was typed.
const ENDING: f32 = 0.6;
/// The parts of a compound have at least so many letters.
const MIN_PART: usize = 3;

/// Which words are looked for with mistakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tolerance {
    /// None: all is meant as it was typed.
    None,
    /// Those that no product has.
    Unknown,
    /// All.
    All,
}

/// What one word stands for.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Meaning {
    /// Stems, and how much each counts.
    pub stems: Vec<(String, f32)>,
    /// The stock code that it is.
    pub code: Option<String>,
    /// Stock codes that begin with it.
    pub codes: Vec<String>,
}

impl Meaning {
    fn is_nothing(&self) -> bool {
        self.stems.is_empty() && self.code.is_none() && self.codes.is_empty()
    }

    /// Adds a stem, unless it is there already and counts more.
    fn add(&mut self, stem: &str, weight: f32) {
        if !self.stems.iter().any(|(known, _)| known == stem) {
            self.stems.push((stem.to_owned(), weight));
        }
    }
}

/// Words that together stand for a part of the query.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Alternative {
    pub weight: f32,
    pub words: Vec<Meaning>,
}

/// A part of the query: a word, or some that mean something together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    /// Any of these will do.
    pub alternatives: Vec<Alternative>,
    /// Whether a product may lack it.
    pub optional: bool,
}

/// What a query may mean.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Plan {
    pub parts: Vec<Part>,
    /// The stems in the order in which they were typed.
    pub phrase: Vec<String>,
    /// The stock code that the whole query is.
    pub code: Option<String>,
    /// The stock codes that the whole query is the beginning of.
    pub codes: Vec<String>,
    /// Whether some words are no words of this shop.
    pub has_unknown: bool,
}

impl Plan {
    /// All stems that a product may have been found by.
    pub(crate) fn stems(&self) -> impl Iterator<Item = &str> {
        let alternatives = self.parts.iter().flat_map(|part| &part.alternatives);
        let words = alternatives.flat_map(|alternative| &alternative.words);
        words.flat_map(|word| &word.stems).map(|(stem, _)| stem.as_str())
    }

    /// How many parts a product must have.
    pub(crate) fn required(&self) -> usize {
        self.parts.iter().filter(|part| !part.optional).count()
    }
}

impl Index {
    /// What a query may mean. `unfinished` says that its last word may be the beginning of one.
    pub(crate) fn plan(
        &self,
        query: &str,
        words: &[Word],
        unfinished: bool,
        tolerance: Tolerance,
    ) -> Result<Plan, SearchError> {
        let mut plan =
            Plan { phrase: words.iter().map(|word| word.stem.clone()).collect(), ..Plan::default() };
        let whole = code(query);
        if self.codes.has(&whole)? {
            plan.code = Some(whole);
        } else if unfinished && is_like_a_code(query) {
            plan.codes = self.codes.beginning_with(&whole)?;
        }
        let mut rest = words;
        while !rest.is_empty() {
            let synonyms = self.synonyms.at(rest);
            let compound = self.compound(rest);
            let length = synonyms.as_ref().map_or(1, |(length, _)| *length).max(if compound.is_some() {
                2
            } else {
                1
            });
            let (now, later) = rest.split_at(length);
            let is_last = later.is_empty();
            let mut meanings = Vec::with_capacity(length);
            for (place, word) in now.iter().enumerate() {
                meanings.push(self.meaning(word, unfinished && is_last && place + 1 == length, tolerance)?);
            }
            let mut alternatives: Vec<_> = synonyms
                .into_iter()
                .filter(|(of, _)| *of == length)
                .flat_map(|(_, others)| others)
                .map(|stems| Alternative {
                    weight: SYNONYM,
                    words: stems.iter().map(|stem| plainly(stem)).collect(),
                })
                .collect();
            if let Some(stem) = compound {
                alternatives.push(Alternative { weight: COMPOUND, words: vec![plainly(&stem)] });
            }
            let unknown = meanings.iter().any(Meaning::is_nothing);
            if let ([word], true) = (now, unknown || tolerance != Tolerance::None)
                && let Some(parts) = self.parts(word)
            {
                alternatives.push(Alternative {
                    weight: COMPOUND,
                    words: parts.iter().map(|stem| plainly(stem)).collect(),
                });
            }
            plan.has_unknown |= unknown && alternatives.is_empty();
            alternatives.insert(0, Alternative { weight: 1.0, words: meanings });
            plan.parts.push(Part { alternatives, optional: now.iter().all(Word::is_filler) });
            rest = later;
        }
        if plan.required() == 0 {
            plan.parts.iter_mut().for_each(|part| part.optional = false);
        }
        Ok(plan)
    }

    fn meaning(&self, word: &Word, unfinished: bool, tolerance: Tolerance) -> Result<Meaning, SearchError> {
        let mut meaning = Meaning::default();
        if self.vocabulary.has(&word.stem) {
            meaning.stems.push((word.stem.clone(), 1.0));
        }
        let code = code(&word.text);
        if code.chars().count() >= MIN_BEGINNING && self.codes.has(&code)? {
            meaning.code = Some(code);
        } else if unfinished && is_like_a_code(&word.text) {
            meaning.codes = self.codes.beginning_with(&code)?;
        }
        if unfinished {
            for entry in self.vocabulary.beginning_with(&word.text) {
                meaning.add(&entry.stem, ENDING);
            }
        }
        let forgiving = match tolerance {
            Tolerance::None => false,
            Tolerance::Unknown => meaning.is_nothing(),
            Tolerance::All => true,
        };
        if forgiving && word.is_plain() {
            for near in self.vocabulary.near(&word.text, unfinished) {
                meaning.add(&near.entry.stem, near.likeness);
            }
        }
        Ok(meaning)
    }

    /// The stem of the first two words written as one, where products have it.
    fn compound(&self, words: &[Word]) -> Option<String> {
        let [first, second, ..] = words else { return None };
        if !(first.is_plain() && second.is_plain()) {
            return None;
        }
        let stem = self.analyser.stems(&format!("{}{}", first.text, second.text)).pop()?;
        self.vocabulary.has(&stem).then_some(stem)
    }

    /// The stems of two words that this one is made of, where products have them: the commonest.
    fn parts(&self, word: &Word) -> Option<[String; 2]> {
        if !word.is_plain() {
            return None;
        }
        let cuts = word.text.char_indices().map(|(at, _)| at);
        let pairs = cuts.filter_map(|at| {
            let (first, second) = word.text.split_at(at);
            if first.chars().count() < MIN_PART || second.chars().count() < MIN_PART {
                return None;
            }
            let pair = [self.analyser.stems(first).pop()?, self.analyser.stems(second).pop()?];
            let documents = pair.iter().map(|stem| self.vocabulary.documents(stem)).min()?;
            (documents > 0).then_some((documents, pair))
        });
        pairs.max_by_key(|(documents, _)| *documents).map(|(_, pair)| pair)
    }
}

/// Whether text may be the beginning of a stock code: it has a digit or a hyphen, and no space.
fn is_like_a_code(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit() || c == '-') && !text.trim().contains(char::is_whitespace)
}

fn plainly(stem: &str) -> Meaning {
    Meaning { stems: vec![(stem.to_owned(), 1.0)], ..Meaning::default() }
}
