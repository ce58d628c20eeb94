//! What came of it, a line for each thing that was tried.

use std::fmt;
use std::time::Duration;

use super::Check;

/// What came of one thing.
#[derive(Debug)]
pub struct Outcome {
    /// What was tried.
    pub check: Check,
    /// How long it took, with all tries.
    pub took: Duration,
    /// What was seen, or what is wrong.
    pub told: Result<String, String>,
}

/// What came of all of it.
#[derive(Debug)]
pub struct Report {
    /// In the order in which they were tried.
    pub outcomes: Vec<Outcome>,
}

impl Report {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.outcomes.iter().all(|outcome| outcome.told.is_ok())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Outcome { check, took, told } in &self.outcomes {
            let (mark, text) = match told {
                Ok(text) => ('✓', text),
                Err(text) => ('✗', text),
            };
            let line = format!("{mark} {:26}{:>7} ms  {text}", check.title(), took.as_millis());
            writeln!(f, "{}", line.trim_end())?;
        }
        let bad = self.outcomes.iter().filter(|outcome| outcome.told.is_err()).count();
        writeln!(f, "{} of {} are as they should be", self.outcomes.len() - bad, self.outcomes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_that_is_wrong_spoils_it() {
        let outcome = |check, told| Outcome { check, took: Duration::from_millis(12), told };
        let mut report = Report { outcomes: vec![outcome(Check::Shop, Ok(String::new()))] };
        assert!(report.is_good());
        assert_eq!(
            report.to_string(),
            "✓ the shop's pages               12 ms\n1 of 1 are as they should be\n"
        );
        report.outcomes.push(outcome(Check::Cart, Err("/api/carts answers 502, not 201".into())));
        assert!(!report.is_good());
        assert!(
            report.to_string().ends_with(
                "✗ a cart                         12 ms  /api/carts answers 502, not 201\n1 of 2 are as they should be\n"
            ),
            "{report}"
        );
    }
}
