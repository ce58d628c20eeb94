//! A program that a shop tells of things: it keeps what it was sent, and answers as it was asked to.

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How many letters an inbox keeps; of more, the oldest go.
const MAX_LETTERS: usize = 1_000;

/// Something that was sent.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Letter {
    /// When it came.
    pub at: Timestamp,
    /// Its headers, by their names in lower case.
    pub headers: BTreeMap<String, String>,
    /// Its body, byte by byte, as signatures are made of it.
    pub body: String,
    /// With which status it was answered.
    pub answered: u16,
}

/// An answer to come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Planned {
    /// The HTTP status.
    pub status: u16,
    /// Where a redirect leads.
    #[serde(default)]
    pub location: Option<String>,
    /// What must stand in the body of the letter that is answered so; any letter is, where it is absent.
    #[serde(default)]
    pub about: Option<String>,
    /// Whether the letter is sent back.
    #[serde(default)]
    pub echo: bool,
}

/// An inbox. It answers 204 where nothing else is planned.
#[derive(Debug, Default)]
pub struct Inbox {
    letters: VecDeque<Letter>,
    planned: VecDeque<Planned>,
}

impl Inbox {
    /// Plans the next answers, in the place of those that were planned before.
    pub fn plan(&mut self, answers: Vec<Planned>) {
        self.planned = answers.into();
    }

    /// Keeps a letter, and says how to answer it.
    pub fn take(&mut self, headers: BTreeMap<String, String>, body: String, at: Timestamp) -> Planned {
        let fits = |plan: &Planned| plan.about.as_ref().is_none_or(|about| body.contains(about.as_str()));
        let planned = self.planned.iter().position(fits).and_then(|index| self.planned.remove(index));
        let answer = planned.unwrap_or(Planned { status: 204, ..Planned::default() });
        if self.letters.len() == MAX_LETTERS {
            self.letters.pop_front();
        }
        self.letters.push_back(Letter { at, headers, body, answered: answer.status });
        answer
    }

    /// What came, the oldest first.
    pub fn letters(&self) -> Vec<Letter> {
        self.letters.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planned_answer_is_for_the_letter_that_it_is_about() {
        let mut inbox = Inbox::default();
        let plan = |status, about: Option<&str>| Planned {
            status,
            about: about.map(str::to_owned),
            ..Planned::default()
        };
        inbox.plan(vec![plan(500, Some("ord_1")), plan(503, None), plan(410, Some("ord_1"))]);
        let mut take = |body: &str| inbox.take(BTreeMap::new(), body.into(), Timestamp::UNIX_EPOCH).status;
        assert_eq!(
            [take("ord_2"), take("ord_2"), take("ord_1"), take("ord_1"), take("ord_1")],
            [503, 204, 500, 410, 204]
        );
    }
}
