//! Words that mean the same.

use std::collections::HashMap;

use crate::analysis::{Analyser, Word};

/// Groups of terms that mean the same, each term as the stems of its words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Synonyms {
    groups: Vec<Vec<Vec<String>>>,
    /// The terms that begin with a stem: group and place in it.
    by_first: HashMap<String, Vec<(usize, usize)>>,
}

impl Synonyms {
    pub(crate) fn new(groups: &[Vec<String>], analyser: &Analyser) -> Self {
        let groups: Vec<Vec<Vec<String>>> = groups
            .iter()
            .map(|group| {
                group.iter().map(|term| analyser.stems(term)).filter(|term| !term.is_empty()).collect()
            })
            .collect();
        let mut by_first: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (number, group) in groups.iter().enumerate() {
            for (place, term) in group.iter().enumerate() {
                if let Some(first) = term.first() {
                    by_first.entry(first.clone()).or_default().push((number, place));
                }
            }
        }
        Self { groups, by_first }
    }

    /// The longest term that the words begin with: of how many words it is, and what else says the same.
    pub(crate) fn at(&self, words: &[Word]) -> Option<(usize, Vec<&[String]>)> {
        let terms = self.by_first.get(&words.first()?.stem)?;
        let fits = |term: &[String]| {
            term.len() <= words.len() && term.iter().zip(words).all(|(stem, word)| *stem == word.stem)
        };
        let found = terms.iter().filter(|(group, place)| fits(&self.groups[*group][*place]));
        let found: Vec<_> = found.copied().collect();
        let length = found.iter().map(|(group, place)| self.groups[*group][*place].len()).max()?;
        let longest = found.iter().filter(|(group, place)| self.groups[*group][*place].len() == length);
        let others = longest.flat_map(|(group, place)| {
            let others = self.groups[*group].iter().enumerate().filter(move |(other, _)| other != place);
            others.map(|(_, term)| term.as_slice())
        });
        Some((length, others.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_term_is_found_in_any_number() {
        let analyser = Analyser::new();
        let groups = [
            vec!["torch".to_owned(), "flashlight".into(), "flash light".into()],
            vec!["flash".into(), "spark".into()],
        ];
        let synonyms = Synonyms::new(&groups, &analyser);
        let at = |text: &str| {
            let words = analyser.words(text);
            synonyms.at(&words).map(|(length, others)| {
                (length, others.iter().map(|term| term.join(" ")).collect::<Vec<_>>())
            })
        };
        assert_eq!(at("Torches"), Some((1, vec!["flashlight".to_owned(), "flash light".into()])));
        assert_eq!(at("flash light red").map(|found| found.0), Some(2));
        assert_eq!(at("flash gun"), Some((1, vec!["spark".to_owned()])));
        assert_eq!(at("hammer"), None);
        assert_eq!(at(""), None);
    }
}
