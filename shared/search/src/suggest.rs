//! "Did you mean": the query in words of the shop.

use crate::analysis::Word;
use crate::error::SearchError;
use crate::index::Index;
use crate::vocabulary::Near;

/// Up to so many products are too few to be all that was wanted.
pub(crate) const FEW: usize = 3;
/// A word that products have is only doubted for one that so many times as many have.
const MUCH_COMMONER: u64 = 8;

impl Index {
    /// What the query might have been, where it found few products as it was typed and would have found more.
    pub(crate) fn suggestion(&self, query: &str, as_typed: usize) -> Result<Option<String>, SearchError> {
        if as_typed > FEW {
            return Ok(None);
        }
        let mut suggestion = query.trim().to_lowercase();
        // Lower case may be longer or shorter, so that the words are looked up in it again.
        let words = self.query_words(&suggestion);
        let mut changed = false;
        for word in words.iter().rev() {
            if let Some(meant) = self.meant(word) {
                suggestion.replace_range(word.from..word.to, meant);
                changed = true;
            }
        }
        Ok((changed && self.count_as_typed(&suggestion)? > as_typed).then_some(suggestion))
    }

    /// The word that was probably meant, if it was another one: like what was typed, and common.
    fn meant(&self, word: &Word) -> Option<&str> {
        if !word.is_plain() || word.is_filler() {
            return None;
        }
        let known = self.vocabulary.documents(&word.stem);
        let near = self.vocabulary.near(&word.text, false).into_iter();
        let near =
            near.filter(|near| near.entry.stem != word.stem && near.entry.documents >= known * MUCH_COMMONER);
        let best = near.max_by(|one, other| likely(one).total_cmp(&likely(other)));
        best.map(|near| near.entry.text.as_str())
    }
}

#[allow(clippy::cast_precision_loss, reason = "a guess needs no such precision")]
fn likely(near: &Near<'_>) -> f32 {
    near.likeness * (1.0 + near.entry.documents as f32).ln()
}
