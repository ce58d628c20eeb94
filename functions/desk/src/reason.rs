//! Why somebody did something, in their words.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{FieldProblem, Problem};

/// The most characters of a reason.
pub const MAX_REASON: usize = 500;

/// Why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Reason)]
pub struct ReasonInput {
    /// 1 to 500 characters.
    #[schema(example = "The customer changed their mind")]
    reason: String,
}

impl ReasonInput {
    /// The reason.
    pub(crate) fn parse(&self) -> Result<String, Problem> {
        words("/reason", &self.reason)
    }
}

/// What somebody wrote in the field at `pointer`, where something must be said.
pub(crate) fn words(pointer: &str, text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if (1..=MAX_REASON).contains(&text.chars().count()) {
        return Ok(text.to_owned());
    }
    let detail = format!("must be 1 to {MAX_REASON} characters");
    Err(Problem::invalid(vec![FieldProblem::new(pointer, detail)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_something() {
        let parse = |reason: &str| ReasonInput { reason: reason.into() }.parse();
        assert_eq!(parse(" sold out ").unwrap(), "sold out");
        assert!(parse(&"x".repeat(MAX_REASON)).is_ok());
        for bad in ["", "  ", &"x".repeat(MAX_REASON + 1)] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
