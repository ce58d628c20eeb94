//! What a worker says of its work when it ends without an error.

use std::time::Duration;

/// What came of a message that was handled without an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It need not come again.
    Done,
    /// It is too early: it should come again after this time.
    Later(Duration),
}

impl Outcome {
    /// The same, with a few words for those who look at what the workers did.
    #[must_use]
    pub fn saying(self, summary: impl Into<String>) -> Report {
        Report { outcome: self, summary: Some(summary.into()) }
    }
}

/// What came of the work, and what was done. A worker that has nothing to say gives its [`Outcome`], or nothing where
/// there is no message that could come again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub(crate) outcome: Outcome,
    summary: Option<String>,
}

impl Report {
    /// What was done, in a few words.
    #[must_use]
    pub fn summary(&self) -> String {
        match (&self.summary, self.outcome) {
            (Some(summary), _) => summary.clone(),
            (None, Outcome::Done) => "done".into(),
            (None, Outcome::Later(pause)) => format!("not yet: again in {} s", pause.as_secs()),
        }
    }
}

impl From<Outcome> for Report {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, summary: None }
    }
}

impl From<()> for Report {
    fn from((): ()) -> Self {
        Outcome::Done.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_that_says_nothing_is_spoken_for() {
        assert_eq!(Report::from(()).summary(), "done");
        let later = Outcome::Later(Duration::from_millis(12_900));
        assert_eq!(Report::from(later).summary(), "not yet: again in 12 s");
        assert_eq!(later.saying("no room").summary(), "no room");
    }
}
