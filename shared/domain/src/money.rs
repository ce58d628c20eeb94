//! Money in integer minor units.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::quantity::Quantity;

/// A currency of ISO 4217 that the shop can trade in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Euro, 2 decimals.
    Eur,
    /// Pound sterling, 2 decimals.
    Gbp,
    /// Japanese yen, no decimals.
    Jpy,
    /// Kuwaiti dinar, 3 decimals.
    Kwd,
    /// United States dollar, 2 decimals.
    Usd,
}

impl Currency {
    /// All currencies the shop can trade in.
    pub const ALL: [Self; 5] = [Self::Eur, Self::Gbp, Self::Jpy, Self::Kwd, Self::Usd];

    /// Reads an alphabetic code of ISO 4217, in upper case.
    pub fn parse(code: &str) -> Result<Self, MoneyError> {
        let known = Self::ALL.into_iter().find(|currency| currency.code() == code);
        known.ok_or_else(|| MoneyError::UnknownCurrency(code.chars().take(8).collect()))
    }

    /// The alphabetic code of ISO 4217.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Eur => "EUR",
            Self::Gbp => "GBP",
            Self::Jpy => "JPY",
            Self::Kwd => "KWD",
            Self::Usd => "USD",
        }
    }

    /// How many decimals one major unit has (ISO 4217, minor unit).
    #[must_use]
    pub fn decimals(self) -> u32 {
        match self {
            Self::Jpy => 0,
            Self::Eur | Self::Gbp | Self::Usd => 2,
            Self::Kwd => 3,
        }
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(code: &str) -> Result<Self, MoneyError> {
        Self::parse(code)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount that could not be computed or read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// Two currencies met in one sum.
    #[error("{0} and {1} cannot be added")]
    CurrencyMismatch(Currency, Currency),
    /// The result does not fit into 64 bits of minor units.
    #[error("the amount is too large")]
    Overflow,
    /// The code is none that the shop trades in.
    #[error("`{0}` is no currency of this shop (allowed: EUR, GBP, JPY, KWD, USD)")]
    UnknownCurrency(String),
}

/// An amount of money in minor units (pence, cents) of its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    amount: i64,
    currency: Currency,
}

impl Money {
    /// `amount` minor units of `currency`.
    #[must_use]
    pub const fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Nothing, in `currency`.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The number of minor units.
    #[must_use]
    pub const fn amount(self) -> i64 {
        self.amount
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The sum of two amounts of one currency.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch(self.currency, other.currency));
        }
        let amount = self.amount.checked_add(other.amount).ok_or(MoneyError::Overflow)?;
        Ok(Self { amount, ..self })
    }

    /// This amount for each of `quantity` pieces.
    pub fn times(self, quantity: Quantity) -> Result<Self, MoneyError> {
        let amount = self.amount.checked_mul(i64::from(quantity.get())).ok_or(MoneyError::Overflow)?;
        Ok(Self { amount, ..self })
    }

    /// The sum of all `amounts`, in `currency` also where there are none.
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::plus)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.amount < 0 { "-" } else { "" };
        let unit = 10_u64.pow(self.currency.decimals());
        let (major, minor) = (self.amount.unsigned_abs() / unit, self.amount.unsigned_abs() % unit);
        match self.currency.decimals() as usize {
            0 => write!(f, "{sign}{major} {}", self.currency),
            width => write!(f, "{sign}{major}.{minor:0width$} {}", self.currency),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_shown_with_the_decimals_of_their_currency() {
        assert_eq!(Money::new(1899, Currency::Gbp).to_string(), "18.99 GBP");
        assert_eq!(Money::new(-5, Currency::Usd).to_string(), "-0.05 USD");
        assert_eq!(Money::new(1899, Currency::Jpy).to_string(), "1899 JPY");
        assert_eq!(Money::new(1899, Currency::Kwd).to_string(), "1.899 KWD");
    }

    #[test]
    fn currencies_do_not_mix_and_sums_do_not_wrap() {
        let pound = Money::new(100, Currency::Gbp);
        assert_eq!(
            pound.plus(Money::new(1, Currency::Eur)),
            Err(MoneyError::CurrencyMismatch(Currency::Gbp, Currency::Eur))
        );
        assert_eq!(Money::new(i64::MAX, Currency::Gbp).plus(pound), Err(MoneyError::Overflow));
        assert_eq!(
            Money::new(i64::MAX, Currency::Gbp).times(Quantity::parse(2).unwrap()),
            Err(MoneyError::Overflow)
        );
    }

    #[test]
    fn a_currency_is_read_in_its_one_form() {
        for currency in Currency::ALL {
            assert_eq!(Currency::parse(currency.code()), Ok(currency));
            assert_eq!(serde_json::to_value(currency).unwrap(), currency.code());
        }
        assert!(Currency::parse("gbp").is_err());
        assert!(Currency::parse("XTS").is_err());
    }
}
