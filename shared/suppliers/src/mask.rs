//! Taking credentials out of texts that people read.

use std::{
    collections::BTreeSet,
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use zeroize::Zeroizing;

use crate::Secret;

/// What stands in the place of a credential.
pub const MASK: &str = "…";

/// The texts that must not be seen, in all forms in which they travel. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct Masks(Arc<RwLock<BTreeSet<Form>>>);

/// One form; the longest come first, so that no part of a long one is left.
#[derive(PartialEq, Eq)]
struct Form(Zeroizing<String>);

impl Ord for Form {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        other.0.len().cmp(&self.0.len()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Form {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Masks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Masks(…)")
    }
}

impl Masks {
    /// Hides a text from now on: as it is, in base64, in URLs and forms, and in JSON.
    pub fn add(&self, secret: &Secret) {
        let text = secret.expose();
        if text.is_empty() {
            return;
        }
        let form = url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let json = serde_json::Value::from(text).to_string();
        let forms = [
            text.to_owned(),
            STANDARD.encode(text),
            // In a path or a query, a space is %20 and not a plus.
            form.replace('+', "%20"),
            form,
            json[1..json.len() - 1].to_owned(),
        ];
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.extend(forms.into_iter().map(|form| Form(Zeroizing::new(form))));
    }

    /// The text without them.
    pub fn hide(&self, text: &str) -> String {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.iter().fold(text.to_owned(), |text, form| {
            if text.contains(form.0.as_str()) { text.replace(form.0.as_str(), MASK) } else { text }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_hidden_in_every_form() {
        let masks = Masks::default();
        masks.add(&Secret::new("a b/\"c\"+é"));
        masks.add(&Secret::new("a b/\"c\"+é and more"));
        masks.add(&Secret::new(""));
        for (text, hidden) in [
            ("key a b/\"c\"+é!", "key …!"),
            ("a b/\"c\"+é and more", "…"),
            ("YSBiLyJjIivDqQ==", "…"),
            ("?key=a+b%2F%22c%22%2B%C3%A9&n=1", "?key=…&n=1"),
            ("?key=a%20b%2F%22c%22%2B%C3%A9", "?key=…"),
            (r#"{"key":"a b/\"c\"+é"}"#, r#"{"key":"…"}"#),
            ("nothing", "nothing"),
        ] {
            assert_eq!(masks.hide(text), hidden);
        }
        assert_eq!(format!("{masks:?}"), "Masks(…)");
    }
}
