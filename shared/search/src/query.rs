//! From what a query may mean to the products it finds.

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EnableScoring, Occur,
    PhraseQuery, Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Term};

use crate::analysis::Word;
use crate::error::SearchError;
use crate::index::Index;
use crate::plan::{Alternative, Meaning, Plan, Tolerance};

/// The most words of a query that are looked for; further ones are passed over.
pub const MAX_WORDS: usize = 16;

/// How much a word counts in the title, the brand, the categories and the description.
const TITLE: f32 = 4.0;
const BRAND: f32 = 2.0;
const CATEGORY: f32 = 1.5;
const DESCRIPTION: f32 = 1.0;
/// How much each further field counts that has the word too.
const ALSO: f32 = 0.1;
/// How much it counts that the title has the words in their order, side by side.
const PHRASE: f32 = 1.0;
/// What a whole stock code, a word that is one, and beginnings of such count. A word in a title counts some 10 to 40.
const WHOLE_CODE: f32 = 1_000.0;
const WORD_CODE: f32 = 100.0;
const CODE_BEGINNING: f32 = 8.0;
/// What a product keeps of its score that cannot be bought now.
const OUT_OF_STOCK: f32 = 0.9;

/// A product that was found, and how well it fits.
pub(crate) type Match = (DocId, f32);

/// What a query found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub matches: Vec<Match>,
    /// What the query was taken to mean.
    pub plan: Plan,
    /// How many products fit the query as it was typed.
    pub as_typed: usize,
}

impl Index {
    /// The words of a query that are looked for.
    pub(crate) fn query_words(&self, query: &str) -> Vec<Word> {
        let mut words = self.analyser.words(query);
        words.truncate(MAX_WORDS);
        words
    }

    /// Finds what has all words as they were typed. Where nothing has, first words that no product has may be misspelt,
    /// then all words may, then ever more of them may be absent.
    pub(crate) fn find(&self, query: &str) -> Result<Found, SearchError> {
        let words = self.query_words(query);
        if words.is_empty() {
            let matches = if query.trim().is_empty() { self.matches(&AllQuery)? } else { Vec::new() };
            return Ok(Found { as_typed: matches.len(), matches, plan: Plan::default() });
        }
        let unfinished = query.ends_with(|last: char| last.is_alphanumeric());
        let plan = self.plan(query, &words, unfinished, Tolerance::None)?;
        let matches = self.run(&plan, plan.required())?;
        let as_typed = matches.len();
        if as_typed > 0 {
            return Ok(Found { matches, plan, as_typed });
        }
        if plan.has_unknown {
            let plan = self.plan(query, &words, unfinished, Tolerance::Unknown)?;
            let matches = self.run(&plan, plan.required())?;
            if !matches.is_empty() {
                return Ok(Found { matches, plan, as_typed });
            }
        }
        let plan = self.plan(query, &words, unfinished, Tolerance::All)?;
        for required in (1..=plan.required()).rev() {
            let matches = self.run(&plan, required)?;
            if !matches.is_empty() {
                return Ok(Found { matches, plan, as_typed });
            }
        }
        Ok(Found { matches: Vec::new(), plan, as_typed })
    }

    /// How many products fit the words as they are.
    pub(crate) fn count_as_typed(&self, query: &str) -> Result<usize, SearchError> {
        let plan = self.plan(query, &self.query_words(query), false, Tolerance::None)?;
        Ok(self.run(&plan, plan.required())?.len())
    }

    /// The products that have at least so many of the required parts.
    fn run(&self, plan: &Plan, required: usize) -> Result<Vec<Match>, SearchError> {
        let mut any: Vec<Box<dyn Query>> = Vec::new();
        let (mut needed, mut welcome) = (Vec::new(), Vec::new());
        let mut missing = 0;
        for part in &plan.parts {
            match (self.part(&part.alternatives)?, part.optional) {
                (Some(query), false) => needed.push((Occur::Should, query)),
                (Some(query), true) => welcome.push((Occur::Should, query)),
                (None, false) => missing += 1,
                (None, true) => {}
            }
        }
        if !needed.is_empty() && needed.len() >= required && required + missing <= plan.required() {
            let needed: Box<dyn Query> =
                Box::new(BooleanQuery::with_minimum_required_clauses(needed, required));
            welcome.push((Occur::Must, needed));
            welcome.extend(self.phrase(&plan.phrase).map(|query| (Occur::Should, query)));
            any.push(Box::new(BooleanQuery::with_minimum_required_clauses(welcome, 0)));
        }
        any.extend(plan.code.iter().map(|code| self.code(code, WHOLE_CODE)));
        any.extend(plan.codes.iter().map(|code| self.code(code, CODE_BEGINNING)));
        if any.is_empty() {
            return Ok(Vec::new());
        }
        self.matches(&BooleanQuery::union(any))
    }

    fn matches(&self, query: &dyn Query) -> Result<Vec<Match>, SearchError> {
        let weight = query.weight(EnableScoring::enabled_from_searcher(&self.searcher))?;
        let mut matches = Vec::new();
        weight.for_each(self.segment(), &mut |document, score| {
            let in_stock = self.columns.in_stock.first(document) == Some(true);
            matches.push((document, if in_stock { score } else { score * OUT_OF_STOCK }));
        })?;
        Ok(matches)
    }

    /// Nothing where no product has any of it.
    fn part(&self, alternatives: &[Alternative]) -> Result<Option<Box<dyn Query>>, SearchError> {
        let mut queries: Vec<Box<dyn Query>> = Vec::new();
        for alternative in alternatives {
            let words = alternative
                .words
                .iter()
                .map(|word| self.word(word))
                .collect::<Result<Option<Vec<_>>, _>>()?;
            let Some(mut words) = words else { continue };
            let all = if words.len() == 1 { words.pop() } else { None };
            let all = all.unwrap_or_else(|| Box::new(BooleanQuery::intersection(words)));
            queries.push(weighted(all, alternative.weight));
        }
        Ok(best(queries, 0.0))
    }

    /// Nothing where no product has it. What is rare counts more; how rare a word is goes by all that it stands for, lest
    /// the rarest ending of a beginning win.
    fn word(&self, word: &Meaning) -> Result<Option<Box<dyn Query>>, SearchError> {
        let common: u64 = word.stems.iter().map(|(stem, _)| self.vocabulary.documents(stem)).sum();
        let rarity = self.rarity(common);
        let fields = [
            (self.fields.title, TITLE),
            (self.fields.brand, BRAND),
            (self.fields.categories, CATEGORY),
            (self.fields.description, DESCRIPTION),
        ];
        let mut queries: Vec<Box<dyn Query>> = Vec::new();
        for (stem, weight) in &word.stems {
            for (field, boost) in fields {
                let term = Term::from_field_text(field, stem);
                let documents = self.searcher.doc_freq(&term)?;
                if documents > 0 {
                    let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
                    queries.push(weighted(query, boost * weight * rarity / self.rarity(documents)));
                }
            }
        }
        queries.extend(word.code.iter().map(|code| self.code(code, WORD_CODE)));
        queries.extend(word.codes.iter().map(|code| self.code(code, CODE_BEGINNING)));
        Ok(best(queries, ALSO))
    }

    /// The inverse document frequency, as the engine computes it for its scores (BM25).
    #[allow(clippy::cast_precision_loss, reason = "a score needs no such precision")]
    fn rarity(&self, documents: u64) -> f32 {
        let all = self.searcher.num_docs();
        let documents = documents.min(all) as f32;
        (1.0 + (all as f32 - documents + 0.5) / (documents + 0.5)).ln()
    }

    fn code(&self, code: &str, score: f32) -> Box<dyn Query> {
        let term = Term::from_field_text(self.fields.codes, code);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        Box::new(ConstScoreQuery::new(Box::new(query), score))
    }

    fn phrase(&self, stems: &[String]) -> Option<Box<dyn Query>> {
        let terms: Vec<_> = stems.iter().map(|stem| Term::from_field_text(self.fields.title, stem)).collect();
        (terms.len() > 1).then(|| weighted(Box::new(PhraseQuery::new(terms)), PHRASE))
    }
}

fn weighted(query: Box<dyn Query>, weight: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, weight))
}

fn best(mut queries: Vec<Box<dyn Query>>, tie_breaker: f32) -> Option<Box<dyn Query>> {
    match queries.len() {
        0 | 1 => queries.pop(),
        _ => Some(Box::new(DisjunctionMaxQuery::with_tie_breaker(queries, tie_breaker))),
    }
}
