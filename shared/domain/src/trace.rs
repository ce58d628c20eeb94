//! The id of one trace: all that came of one request, wherever it was done.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The bits behind the time.
const RANDOM_BITS: u32 = 96;

/// Text that is no trace id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("is no trace id: expected 32 lower-case hexadecimal digits, not all of them 0")]
pub struct TraceIdError;

/// The id of one trace: 32 lower-case hexadecimal digits, never all 0, as W3C's Trace Context has it
/// (<https://www.w3.org/TR/trace-context/#trace-id>).
///
/// The first eight digits of those that are made here are the time in seconds since 1970, as X-Ray wants it, so that the
/// same id has a form for either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TraceId(u128);

impl TraceId {
    /// A new id, unlike any other.
    #[must_use]
    pub fn generate() -> Self {
        let seconds = u32::try_from(Timestamp::now().as_second()).unwrap_or(u32::MAX);
        let random = rand::random::<u128>() >> (u128::BITS - RANDOM_BITS);
        // No 0 can come of it, whatever the clock says.
        Self((u128::from(seconds.max(1)) << RANDOM_BITS) | random)
    }

    /// Reads an id in its one canonical form.
    pub fn parse(text: &str) -> Result<Self, TraceIdError> {
        let canonical =
            text.len() == 32 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        match u128::from_str_radix(text, 16) {
            Ok(id) if canonical && id != 0 => Ok(Self(id)),
            _ => Err(TraceIdError),
        }
    }

    /// Reads the id of an X-Ray trace: `1-`, 8 digits, `-` and 24 digits.
    pub fn parse_xray(text: &str) -> Result<Self, TraceIdError> {
        let (seconds, random) =
            text.strip_prefix("1-").and_then(|rest| rest.split_once('-')).ok_or(TraceIdError)?;
        match (seconds.len(), random.len()) {
            (8, 24) => Self::parse(&format!("{seconds}{random}")),
            _ => Err(TraceIdError),
        }
    }

    /// The id as X-Ray writes it.
    #[must_use]
    pub fn xray(self) -> String {
        let text = self.to_string();
        let (seconds, random) = text.split_at(8);
        format!("1-{seconds}-{random}")
    }
}

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl FromStr for TraceId {
    type Err = TraceIdError;

    fn from_str(text: &str) -> Result<Self, TraceIdError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for TraceId {
    type Error = TraceIdError;

    fn try_from(text: String) -> Result<Self, TraceIdError> {
        Self::parse(&text)
    }
}

impl From<TraceId> for String {
    fn from(id: TraceId) -> String {
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_both_its_forms() {
        let id = TraceId::generate();
        assert_eq!(TraceId::parse(&id.to_string()), Ok(id));
        assert_eq!(TraceId::parse_xray(&id.xray()), Ok(id));
        assert_eq!(serde_json::from_str::<TraceId>(&serde_json::to_string(&id).unwrap()).unwrap(), id);
        let known = TraceId::parse("5759e988bd862e3fe1be46a994272793").unwrap();
        assert_eq!(known.xray(), "1-5759e988-bd862e3fe1be46a994272793");
    }

    #[test]
    fn an_id_begins_with_the_time_and_none_is_like_another() {
        let before = Timestamp::now().as_second();
        let (one, other) = (TraceId::generate(), TraceId::generate());
        let made = i64::from_str_radix(&one.to_string()[..8], 16).unwrap();
        assert!((before..=Timestamp::now().as_second()).contains(&made));
        assert_ne!(one, other);
    }

    #[test]
    fn anything_but_the_canonical_form_is_refused() {
        let id = "5759e988bd862e3fe1be46a994272793";
        let zero = "0".repeat(32);
        for bad in
            ["", &id[1..], &id.to_uppercase(), &zero, &format!("{id}0"), "+759e988bd862e3fe1be46a994272793"]
        {
            assert_eq!(TraceId::parse(bad), Err(TraceIdError), "{bad}");
        }
        for bad in [
            id,
            "1-5759e988bd862e3fe1be46a994272793",
            "1-5759e988b-d862e3fe1be46a994272793",
            "2-5759e988-bd862e3fe1be46a994272793",
        ] {
            assert_eq!(TraceId::parse_xray(bad), Err(TraceIdError), "{bad}");
        }
    }
}
