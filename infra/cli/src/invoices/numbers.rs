//! Exact numbers from decimal text.

use thiserror::Error;

/// Text that is no amount of money in whole minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AmountError {
    /// No decimal number, or one beyond 64 bits of minor units.
    #[error("is no decimal number")]
    NotDecimal,
    /// The amount has a fraction of a minor unit.
    #[error("has a fraction of a minor unit")]
    TooFine,
}

/// Reads an amount in major units, such as `2.55`, as minor units: exactly, digit by digit.
///
/// `decimals` is how many decimals a major unit has. More digits are fine as long as they are zeros.
pub fn minor_units(text: &str, decimals: u32) -> Result<i64, AmountError> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (major, fraction) = match digits.split_once('.') {
        Some((_, "")) => return Err(AmountError::NotDecimal),
        Some(parts) => parts,
        None => (digits, ""),
    };
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if major.is_empty() || !all_digits(major) || !all_digits(fraction) {
        return Err(AmountError::NotDecimal);
    }
    let width = decimals as usize;
    let kept = fraction.get(..width).unwrap_or(fraction);
    if fraction[kept.len()..].bytes().any(|digit| digit != b'0') {
        return Err(AmountError::TooFine);
    }
    let amount: i64 = format!("{major}{kept:0<width$}").parse().map_err(|_| AmountError::NotDecimal)?;
    Ok(if negative { -amount } else { amount })
}

/// Reads a whole number of pieces, which is negative where goods came back.
#[must_use]
pub fn pieces(text: &str) -> Option<i64> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_amount_is_read_exactly() {
        let known = [
            ("2.55", 255),
            ("2.1", 210),
            ("18", 1800),
            ("0.29", 29),
            ("0.0", 0),
            ("13541.33", 1_354_133),
            ("-11062.06", -1_106_206),
            ("1.100", 110),
            ("007", 700),
        ];
        for (text, amount) in known {
            assert_eq!(minor_units(text, 2), Ok(amount), "{text}");
        }
        assert_eq!(minor_units("1899", 0), Ok(1899));
        assert_eq!(minor_units("1.5", 3), Ok(1500));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in [
            "",
            "-",
            ".5",
            "5.",
            "1e3",
            "1,50",
            "£2",
            "+1",
            "1.2.3",
            "--1",
            "NaN",
            " 1",
            "99999999999999999999",
        ] {
            assert_eq!(minor_units(text, 2), Err(AmountError::NotDecimal), "{text}");
        }
        for text in ["0.001", "2.555", "-0.009"] {
            assert_eq!(minor_units(text, 2), Err(AmountError::TooFine), "{text}");
        }
    }

    #[test]
    fn pieces_are_whole() {
        assert_eq!(pieces("6"), Some(6));
        assert_eq!(pieces("-12"), Some(-12));
        for text in ["", "1.5", "six", "99999999999999999999"] {
            assert_eq!(pieces(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_amount_reads_back(amount in -1_000_000_000_000_i64..1_000_000_000_000) {
            let sign = if amount < 0 { "-" } else { "" };
            let text = format!("{sign}{}.{:02}", amount.abs() / 100, amount.abs() % 100);
            prop_assert_eq!(minor_units(&text, 2), Ok(amount));
        }

        #[test]
        fn no_text_makes_it_fail_otherwise(text in ".{0,24}", decimals in 0_u32..4) {
            let _ = minor_units(&text, decimals);
        }
    }
}
