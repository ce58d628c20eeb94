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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Planned {
    /// The HTTP status.
    pub status: u16,
    /// Where a redirect leads.
    #[serde(default)]
    pub location: Option<String>,
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
        let answer = self.planned.pop_front().unwrap_or(Planned { status: 204, location: None });
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
