//! Prices as people write them: `4.50`.

use domain::{Currency, Money};

/// Reads a price in major units.
pub fn parse(text: &str, currency: Currency) -> Result<Money, String> {
    let decimals = currency.decimals() as usize;
    let bad = || {
        let example = format(Money::new(1250, currency));
        format!(
            "must be an amount of {currency} such as {example}: digits, at most {decimals} of them behind a point"
        )
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let pointless = text.contains('.') && fraction.is_empty();
    if whole.is_empty() || pointless || fraction.len() > decimals || !digits(whole) || !digits(fraction) {
        return Err(bad());
    }
    let amount = format!("{whole}{fraction:0<decimals$}").parse().map_err(|_| bad())?;
    Ok(Money::new(amount, currency))
}

/// Writes a price in major units. Prices are never negative.
#[must_use]
pub fn format(price: Money) -> String {
    let decimals = price.currency().decimals() as usize;
    let digits = format!("{:0>width$}", price.amount(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prices_have_no_more_decimals_than_their_currency() {
        let amount = |text| parse(text, Currency::Gbp).map(Money::amount).ok();
        for (text, pence) in [("4.5", 450), ("4.50", 450), ("4", 400), ("0.05", 5), ("007", 700)] {
            assert_eq!(amount(text), Some(pence), "{text}");
        }
        for bad in
            ["", ".", ".5", "4.", "4.505", "-1", "+1", "1,000.00", "£4", "4 ", "1e3", "9".repeat(20).as_str()]
        {
            assert_eq!(amount(bad), None, "{bad}");
        }
        assert_eq!(format(Money::new(5, Currency::Gbp)), "0.05");
    }

    proptest! {
        #[test]
        fn a_price_reads_back(amount in 0..1_000_000_000_i64) {
            let price = Money::new(amount, Currency::Gbp);
            prop_assert_eq!(parse(&format(price), Currency::Gbp), Ok(price));
        }
    }
}
