//! Price bands: decided when the index is built, so that they stay put while a shopper filters.

use serde::{Deserialize, Serialize};

/// The most bands.
const BANDS: usize = 5;
/// The leading figures of a bound, in tenths.
const ROUND: [i64; 9] = [10, 15, 20, 25, 30, 40, 50, 75, 100];

/// A range of prices in minor units, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// The least price.
    pub from: i64,
    /// The highest price; nothing where there is no bound.
    pub to: Option<i64>,
}

/// How many products have a price in a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BandCount {
    /// The band.
    pub band: Band,
    /// How many.
    pub count: u64,
}

/// Bands of about equally many products, with round bounds.
pub(crate) fn bands(mut prices: Vec<i64>) -> Vec<Band> {
    prices.sort_unstable();
    let Some(dearest) = prices.last().copied() else {
        return Vec::new();
    };
    let mut bounds: Vec<i64> = (1..BANDS)
        .map(|part| round(prices[prices.len() * part / BANDS]))
        .filter(|bound| *bound > 0 && *bound <= dearest)
        .collect();
    bounds.dedup();
    let froms = std::iter::once(0).chain(bounds.iter().copied());
    let tos = bounds.iter().map(|bound| Some(bound - 1)).chain([None]);
    froms.zip(tos).map(|(from, to)| Band { from, to }).collect()
}

/// The nearest round number.
fn round(price: i64) -> i64 {
    let mut unit = 1;
    while price / unit >= 100 {
        unit *= 10;
    }
    let candidates =
        ROUND.map(|figure| figure * unit).into_iter().chain(ROUND.map(|figure| figure * unit / 10));
    candidates.min_by_key(|candidate| (candidate - price).abs()).unwrap_or(price)
}

/// The number of the band that a price lies in.
pub(crate) fn band_of(bands: &[Band], price: i64) -> Option<usize> {
    bands.partition_point(|band| band.from <= price).checked_sub(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bounds_are_round() {
        for (price, rounded) in
            [(0, 1), (7, 7), (85, 75), (165, 150), (295, 300), (1_234, 1_000), (18_999, 20_000)]
        {
            assert_eq!(round(price), rounded, "{price}");
        }
    }

    #[test]
    fn no_products_have_no_bands() {
        assert_eq!(bands(vec![]), []);
        assert_eq!(bands(vec![250]).len(), 2);
    }

    proptest! {
        #[test]
        fn every_price_lies_in_the_band_it_is_counted_in(prices in prop::collection::vec(0_i64..1_000_000, 1..50)) {
            let bands = bands(prices.clone());
            prop_assert!(bands.len() <= BANDS);
            for price in prices {
                let band = bands[band_of(&bands, price).unwrap()];
                prop_assert!(band.from <= price && band.to.is_none_or(|to| price <= to));
            }
            for pair in bands.windows(2) {
                prop_assert_eq!(pair[0].to, Some(pair[1].from - 1));
            }
        }
    }
}
