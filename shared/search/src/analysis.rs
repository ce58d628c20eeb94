//! How text becomes words: in lower case, without accents, numbers apart from their units, and with their stems, so that
//! `Spanners` finds `spanner` and `10mm` finds `10 mm`.

use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, PreTokenizedStream, PreTokenizedString, RemoveLongFilter,
    Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager,
};

/// The name under which the index knows the analysis that keeps words as they are.
pub(crate) const WORDS: &str = "words";
/// The name under which the index knows the analysis that cuts words to their stems.
pub(crate) const STEMS: &str = "stems";

/// Longer words, in bytes, are left out.
const MAX_WORD: usize = 60;
/// A number of more digits has no unit: it is a stock code.
const MAX_MEASURE_DIGITS: usize = 4;
/// What may stand right behind a number.
const UNITS: [&str; 24] = [
    "mm", "cm", "m", "kg", "g", "mg", "ml", "cl", "l", "oz", "lb", "lbs", "in", "inch", "inches", "ft", "w",
    "kw", "v", "ah", "pc", "pcs", "pk", "pack",
];

/// Words that an answer may lack.
const FILLERS: [&str; 17] = [
    "a", "an", "and", "at", "by", "for", "from", "in", "is", "it", "of", "on", "or", "s", "the", "to", "with",
];

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// The word, in lower case and without accents.
    pub text: String,
    /// Its stem.
    pub stem: String,
    /// The byte at which it begins in the text.
    pub from: usize,
    /// The byte behind it.
    pub to: usize,
}

impl Word {
    /// Whether it says little.
    pub(crate) fn is_filler(&self) -> bool {
        FILLERS.contains(&self.text.as_str())
    }

    /// Whether it can be misspelt: numbers and codes cannot, they are different ones.
    pub(crate) fn is_plain(&self) -> bool {
        is_plain(&self.text)
    }
}

pub(crate) fn is_plain(word: &str) -> bool {
    word.chars().all(char::is_alphabetic)
}

/// Turns text into words.
#[derive(Clone)]
pub(crate) struct Analyser {
    words: TextAnalyzer,
    stems: TextAnalyzer,
}

impl Analyser {
    pub(crate) fn new() -> Self {
        let words = TextAnalyzer::builder(Splitter)
            .filter(RemoveLongFilter::limit(MAX_WORD))
            .filter(LowerCaser)
            .filter(AsciiFoldingFilter);
        let stems = TextAnalyzer::builder(Splitter)
            .filter(RemoveLongFilter::limit(MAX_WORD))
            .filter(LowerCaser)
            .filter(AsciiFoldingFilter)
            .filter(Stemmer::new(Language::English));
        Self { words: words.build(), stems: stems.build() }
    }

    /// The analysers under the names that the index knows.
    pub(crate) fn registered() -> TokenizerManager {
        let Self { words, stems } = Self::new();
        let manager = TokenizerManager::default();
        manager.register(WORDS, words);
        manager.register(STEMS, stems);
        manager
    }

    /// The words of a text, in their order.
    pub(crate) fn words(&self, text: &str) -> Vec<Word> {
        let (mut words, mut stems) = (self.words.clone(), self.stems.clone());
        let (mut words, mut stems) = (words.token_stream(text), stems.token_stream(text));
        let mut found = Vec::new();
        while words.advance() && stems.advance() {
            let token = words.token();
            found.push(Word {
                text: token.text.clone(),
                stem: stems.token().text.clone(),
                from: token.offset_from,
                to: token.offset_to,
            });
        }
        found
    }

    /// The stems of a text, in their order.
    pub(crate) fn stems(&self, text: &str) -> Vec<String> {
        self.words(text).into_iter().map(|word| word.stem).collect()
    }
}

/// Splits text at whatever is no letter or digit, but keeps `children's`, `1.5` and `3/4` together.
#[derive(Debug, Clone, Default)]
struct Splitter;

impl Tokenizer for Splitter {
    type TokenStream<'a> = PreTokenizedStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PreTokenizedStream {
        PreTokenizedString { text: String::new(), tokens: split(text) }.into()
    }
}

fn split(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut begin = None;
    let mut before = ' ';
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let after = characters.peek().map_or(' ', |(_, next)| *next);
        let belongs = character.is_alphanumeric() || (begin.is_some() && joins(before, character, after));
        match (begin, belongs) {
            (None, true) => begin = Some(at),
            (Some(from), false) => {
                push(&mut tokens, text, from, at);
                begin = None;
            }
            _ => {}
        }
        before = character;
    }
    if let Some(from) = begin {
        push(&mut tokens, text, from, text.len());
    }
    tokens
}

fn joins(before: char, character: char, after: char) -> bool {
    match character {
        '\'' | '’' => before.is_alphabetic() && after.is_alphabetic(),
        '.' | '/' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}

/// Adds a word, or a number and its unit.
fn push(tokens: &mut Vec<Token>, text: &str, from: usize, to: usize) {
    let word = &text[from..to];
    let number =
        word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '/').len();
    let unit = word[number..].to_lowercase();
    let is_measure = (1..=MAX_MEASURE_DIGITS).contains(&number) && UNITS.contains(&unit.as_str());
    let cuts = if is_measure { vec![(from, from + number), (from + number, to)] } else { vec![(from, to)] };
    for (offset_from, offset_to) in cuts {
        let text = text[offset_from..offset_to].replace(['\'', '’'], "");
        tokens.push(Token { offset_from, offset_to, position: tokens.len(), text, position_length: 1 });
    }
}

/// A stock code as it is compared: its letters and digits, in lower case.
pub(crate) fn code(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Vec<String> {
        Analyser::new().words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn words_are_plain_and_measures_are_two() {
        assert_eq!(texts("WHITE Café T-LIGHT"), ["white", "cafe", "t", "light"]);
        assert_eq!(
            texts("10mm hook, 1.5kg 3/4\" 85123A"),
            ["10", "mm", "hook", "1.5", "kg", "3/4", "85123a"]
        );
        assert_eq!(texts("Children's ladies' 'n"), ["childrens", "ladies", "n"]);
        assert_eq!(texts("12345m"), ["12345m"]);
        assert_eq!(texts(&"x".repeat(MAX_WORD + 1)), [""; 0]);
    }

    #[test]
    fn plurals_have_the_stem_of_the_singular() {
        let stems = |text| Analyser::new().stems(text);
        assert_eq!(stems("Spanners hinges boxes candles"), stems("spanner hinge box candle"));
    }

    #[test]
    fn codes_are_compared_by_letters_and_digits() {
        assert_eq!(code(" HAM-claw 16 "), "hamclaw16");
    }

    proptest! {
        #[test]
        fn words_lie_in_the_text_in_order(text in "\\PC{0,80}") {
            let mut end = 0;
            for word in Analyser::new().words(&text) {
                prop_assert!(word.from >= end && word.from < word.to);
                prop_assert!(text.get(word.from..word.to).is_some());
                end = word.to;
            }
        }
    }
}
