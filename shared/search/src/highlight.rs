//! Which parts of a title were found.

use std::collections::HashSet;

use crate::analysis::Analyser;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The part, as it stands in the text.
    pub text: String,
    /// Whether it is what was looked for.
    pub matched: bool,
}

/// The text in parts that give it back when they are put together; nothing where no word of it was looked for.
pub(crate) fn parts(analyser: &Analyser, text: &str, stems: &HashSet<&str>) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut done = 0;
    let mut add = |part: &str, matched: bool| {
        if !part.is_empty() {
            parts.push(Part { text: part.to_owned(), matched });
        }
    };
    for word in analyser.words(text) {
        if stems.contains(word.stem.as_str()) {
            add(&text[done..word.from], false);
            add(&text[word.from..word.to], true);
            done = word.to;
        }
    }
    if done == 0 {
        return None;
    }
    add(&text[done..], false);
    Some(parts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn found_words_are_marked_as_they_stand() {
        let parts =
            parts(&Analyser::new(), "Red LANTERNS & <b>lantern</b>", &HashSet::from(["lantern"])).unwrap();
        let shown: Vec<_> = parts.iter().map(|part| (part.text.as_str(), part.matched)).collect();
        assert_eq!(
            shown,
            [("Red ", false), ("LANTERNS", true), (" & <b>", false), ("lantern", true), ("</b>", false)]
        );
    }

    proptest! {
        #[test]
        fn the_parts_make_up_the_text(text in "\\PC{0,60}", looked_for in "[a-z]{1,3}") {
            let parts = parts(&Analyser::new(), &text, &HashSet::from([looked_for.as_str(), "a", "1"]));
            if let Some(parts) = parts {
                prop_assert_eq!(parts.iter().map(|part| part.text.as_str()).collect::<String>(), text);
                prop_assert!(parts.iter().any(|part| part.matched));
            }
        }
    }
}
