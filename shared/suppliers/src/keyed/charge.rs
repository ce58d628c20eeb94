//! Charges of suppliers that count in fractions of a penny.

use domain::money::{Currency, Money};

/// An amount in major units, rounded to the nearest minor unit, halves up: `0.27819` is 28 pence.
pub(crate) fn to_minor_units(text: &str, currency: Currency) -> Option<Money> {
    let (major, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(major) || !all_digits(fraction) {
        return None;
    }
    let decimals = currency.decimals() as usize;
    let padded = format!("{fraction:0<width$}", width = decimals + 1);
    let (kept, rest) = padded.split_at(decimals);
    let whole: i64 = format!("{major}{kept}").parse().ok()?;
    let up = i64::from(rest.as_bytes().first().is_some_and(|digit| *digit >= b'5'));
    Some(Money::new(whole.checked_add(up)?, currency))
}

/// The sum, if every amount is known and there is one at all.
pub(crate) fn sum(amounts: impl IntoIterator<Item = Option<Money>>) -> Option<Money> {
    let mut amounts = amounts.into_iter();
    let first = amounts.next()??;
    amounts.try_fold(first, |sum, amount| sum.plus(amount?).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_of_a_penny_are_rounded() {
        for (text, pence) in [
            ("0.27819", Some(28)),
            ("1.44219", Some(144)),
            ("1.995", Some(200)),
            ("1.9949", Some(199)),
            ("12", Some(1_200)),
            ("0.5", Some(50)),
            ("-1", None),
            ("1e3", None),
            ("", None),
            ("9223372036854775807", None),
        ] {
            let wanted = pence.map(|pence| Money::new(pence, Currency::Gbp));
            assert_eq!(to_minor_units(text, Currency::Gbp), wanted, "{text}");
        }
        assert_eq!(to_minor_units("1.5", Currency::Jpy), Some(Money::new(2, Currency::Jpy)));
    }

    #[test]
    fn a_sum_needs_every_amount() {
        let pence = |pence| Some(Money::new(pence, Currency::Gbp));
        assert_eq!(sum([pence(1), pence(2)]), pence(3));
        assert_eq!(sum([pence(1), None]), None);
        assert_eq!(sum([pence(1), Some(Money::new(1, Currency::Usd))]), None);
        assert_eq!(sum([]), None);
    }
}
