//! Charges of suppliers that count in fractions of a penny.

use domain::money::{Currency, Money};
use serde_json::Value;

use super::text;
use crate::amount;

/// An amount in major units, a text or a number, rounded to the nearest minor unit: `0.27819` is 28 pence.
pub(crate) fn charged(amount: &Value, currency: Currency) -> Option<Money> {
    let minor = amount::nearest_minor_units(&text(amount)?, currency.decimals())?;
    Some(Money::new(minor, currency))
}

/// The sum, if every amount is known and there is one at all.
pub(crate) fn sum(amounts: impl IntoIterator<Item = Option<Money>>) -> Option<Money> {
    let mut amounts = amounts.into_iter();
    let first = amounts.next()??;
    amounts.try_fold(first, |sum, amount| sum.plus(amount?).ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_charge_is_a_text_or_a_number_in_major_units() {
        for (amount, pence) in [
            (json!("0.27819"), Some(28)),
            (json!(" 12 "), Some(1_200)),
            (json!(0.5), Some(50)),
            (json!("-1"), None),
            (json!(""), None),
            (json!(null), None),
        ] {
            let wanted = pence.map(|pence| Money::new(pence, Currency::Gbp));
            assert_eq!(charged(&amount, Currency::Gbp), wanted, "{amount}");
        }
        assert_eq!(charged(&json!("1.5"), Currency::Jpy), Some(Money::new(2, Currency::Jpy)));
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
