//! Numbers as suppliers write them.

use serde_json::Value;

/// The minor units of an amount that is not negative, from its digits: `18.9` with 2 decimals is 1890.
pub(crate) fn minor_units(text: &str, decimals: u32) -> Option<i64> {
    let decimals = decimals as usize;
    let (major, fraction) = digits(text)?;
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > decimals {
        return None;
    }
    format!("{major}{fraction:0<decimals$}").parse().ok()
}

/// As [`minor_units`], rounded to the nearest one, halves up: `0.27819` with 2 decimals is 28.
pub(crate) fn nearest_minor_units(text: &str, decimals: u32) -> Option<i64> {
    let decimals = decimals as usize;
    let (major, fraction) = digits(text)?;
    let padded = format!("{fraction:0<width$}", width = decimals + 1);
    let (kept, rest) = padded.split_at(decimals);
    let whole: i64 = format!("{major}{kept}").parse().ok()?;
    let up = i64::from(rest.as_bytes().first().is_some_and(|digit| *digit >= b'5'));
    whole.checked_add(up)
}

/// What stands before the point and behind it, if that is all digits.
fn digits(text: &str) -> Option<(&str, &str)> {
    let (major, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (all_digits(major) && all_digits(fraction)).then_some((major, fraction))
}

/// An amount in major units, as suppliers want it: 1890 with 2 decimals is `18.90`.
pub(crate) fn major_units(minor: i64, decimals: u32) -> String {
    let (sign, digits) = (if minor < 0 { "-" } else { "" }, minor.unsigned_abs().to_string());
    let decimals = decimals as usize;
    if decimals == 0 {
        return format!("{sign}{digits}");
    }
    let digits = format!("{digits:0>width$}", width = decimals + 1);
    let (major, fraction) = digits.split_at(digits.len() - decimals);
    format!("{sign}{major}.{fraction}")
}

/// A whole number of pieces, however it is written.
pub(crate) fn pieces(number: &Value) -> Option<u32> {
    match number {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => {
            let whole = number.to_string();
            whole.strip_suffix(".0").unwrap_or(&whole).parse().ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn amounts_are_read_to_the_penny() {
        for (text, decimals, amount) in [
            ("18.99", 2, Some(1899)),
            ("18.9", 2, Some(1890)),
            ("18", 2, Some(1800)),
            ("18.990", 2, Some(1899)),
            ("0.07", 2, Some(7)),
            ("1899", 0, Some(1899)),
            ("1899.0", 0, Some(1899)),
            ("92233720368547758.07", 2, Some(i64::MAX)),
            ("92233720368547758.08", 2, None),
            ("18.999", 2, None),
            ("18.5", 0, None),
            ("-1", 2, None),
            ("+1", 2, None),
            ("1e3", 2, None),
            ("1,50", 2, None),
            (".5", 2, None),
            ("5.", 2, None),
            ("", 2, None),
        ] {
            assert_eq!(minor_units(text, decimals), amount, "{text}");
        }
    }

    #[test]
    fn fractions_of_a_penny_are_rounded() {
        for (text, decimals, amount) in [
            ("0.27819", 2, Some(28)),
            ("1.44219", 2, Some(144)),
            ("1.995", 2, Some(200)),
            ("1.9949", 2, Some(199)),
            ("12", 2, Some(1_200)),
            ("0.5", 2, Some(50)),
            ("1.5", 0, Some(2)),
            ("-1", 2, None),
            ("1e3", 2, None),
            ("", 2, None),
            ("9223372036854775807", 2, None),
        ] {
            assert_eq!(nearest_minor_units(text, decimals), amount, "{text}");
        }
    }

    #[test]
    fn amounts_are_written_to_the_penny() {
        for (minor, decimals, text) in [
            (1899, 2, "18.99"),
            (1890, 2, "18.90"),
            (7, 2, "0.07"),
            (0, 3, "0.000"),
            (1899, 0, "1899"),
            (-5, 2, "-0.05"),
            (i64::MIN, 2, "-92233720368547758.08"),
        ] {
            assert_eq!(major_units(minor, decimals), text);
        }
    }

    #[test]
    fn pieces_are_whole_numbers_however_they_are_written() {
        for (value, pieces_wanted) in [
            (json!(3), Some(3)),
            (json!(3.0), Some(3)),
            (json!("3"), Some(3)),
            (json!(3.5), None),
            (json!(-1), None),
            (json!("many"), None),
            (json!(null), None),
            (json!(5_000_000_000_u64), None),
        ] {
            assert_eq!(pieces(&value), pieces_wanted, "{value}");
        }
    }
}
