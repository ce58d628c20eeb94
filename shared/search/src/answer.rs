//! Answers: pages of what was found, in order.

use std::cmp::Reverse;
use std::collections::HashSet;

use tantivy::query::{EnableScoring, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, DocId, TERMINATED, TantivyDocument, Term};

use crate::error::SearchError;
use crate::facets::Facets;
use crate::highlight::{self, Part};
use crate::index::Index;
use crate::query::{Found, Match};
use crate::request::{Place, Request, Sort};

/// An answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// A page of what was found.
    pub hits: Vec<Hit>,
    /// How many products were found, on all pages.
    pub total: u64,
    /// Where the next page begins; nothing on the last.
    pub next: Option<Place>,
    /// How many products each filter would leave.
    pub facets: Facets,
    /// What may have been meant.
    pub did_you_mean: Option<String>,
}

/// A product that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What the document said to show of it.
    pub card: String,
    /// Its title, with what was found; nothing where that is not in the title.
    pub title: Option<Vec<Part>>,
}

/// A place in an order: the less, the earlier. The last number is the title's place among all, so no two are the same.
type Key = (i64, Reverse<u64>, u64);

impl Index {
    /// Answers a question.
    pub fn search(&self, request: &Request) -> Result<Answer, SearchError> {
        let Found { matches, plan, as_typed } = self.find(&request.query)?;
        let did_you_mean =
            if plan.parts.is_empty() { None } else { self.suggestion(&request.query, as_typed)? };
        let (passed, facets) = self.narrow(matches, &request.filters);
        let total = passed.len() as u64;
        let (page, next) = self.page(&passed, request)?;
        let stems: HashSet<&str> = plan.stems().collect();
        let hits = page.into_iter().map(|document| self.hit(document, &stems)).collect::<Result<_, _>>()?;
        Ok(Answer { hits, total, next, facets, did_you_mean })
    }

    /// The documents of a page, and where the next begins.
    fn page(&self, passed: &[Match], request: &Request) -> Result<(Vec<DocId>, Option<Place>), SearchError> {
        let mut ordered: Vec<(Key, DocId)> =
            passed.iter().map(|found| (self.key(*found, request.sort), found.0)).collect();
        let mut offset = 0;
        if let Some(place) = &request.after {
            let last = self.document_of(&place.id)?;
            let last = last.and_then(|last| ordered.iter().find(|(_, document)| *document == last)).copied();
            if let Some((last, _)) = last {
                let before = ordered.len();
                ordered.retain(|(key, _)| *key > last);
                offset = before - ordered.len();
            } else {
                offset = place.offset.min(ordered.len());
                ordered.sort_unstable();
                ordered.drain(..offset);
            }
        }
        let more = ordered.len() > request.limit;
        if more {
            ordered.select_nth_unstable(request.limit);
            ordered.truncate(request.limit);
        }
        ordered.sort_unstable();
        let page: Vec<_> = ordered.into_iter().map(|(_, document)| document).collect();
        let next = match (more, page.last()) {
            (true, Some(last)) => Some(Place { id: self.id_of(*last)?, offset: offset + page.len() }),
            _ => None,
        };
        Ok((page, next))
    }

    fn key(&self, (document, score): Match, sort: Sort) -> Key {
        let columns = &self.columns;
        let price = || columns.price.first(document).unwrap_or_default();
        let (first, second) = match sort {
            // The bits of positive numbers sort like the numbers.
            Sort::Relevance => (-i64::from(score.to_bits()), 0),
            Sort::PriceUp => (price(), 0),
            Sort::PriceDown => (price().saturating_neg(), 0),
            Sort::Newest => (columns.created.first(document).unwrap_or_default().saturating_neg(), 0),
            Sort::Rating => {
                let thousandths = i64::try_from(self.thousandths(document)).unwrap_or_default();
                (-thousandths, columns.ratings.first(document).unwrap_or_default())
            }
            Sort::Title => (0, 0),
        };
        (first, Reverse(second), columns.title_rank.first(document).unwrap_or_default())
    }

    /// The document of a product, if it is in this index.
    fn document_of(&self, id: &str) -> Result<Option<DocId>, SearchError> {
        let query = TermQuery::new(Term::from_field_text(self.fields.id, id), IndexRecordOption::Basic);
        let weight = query.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
        let document = weight.scorer(self.segment(), 1.0)?.doc();
        Ok((document != TERMINATED).then_some(document))
    }

    fn id_of(&self, document: DocId) -> Result<String, SearchError> {
        Ok(text(&self.stored(document)?, self.fields.id))
    }

    fn stored(&self, document: DocId) -> Result<TantivyDocument, SearchError> {
        Ok(self.searcher.doc(DocAddress::new(0, document))?)
    }

    fn hit(&self, document: DocId, stems: &HashSet<&str>) -> Result<Hit, SearchError> {
        let stored = self.stored(document)?;
        let title = text(&stored, self.fields.title);
        let title = if stems.is_empty() { None } else { highlight::parts(&self.analyser, &title, stems) };
        Ok(Hit { card: text(&stored, self.fields.card), title })
    }
}

fn text(document: &TantivyDocument, field: tantivy::schema::Field) -> String {
    document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
}
