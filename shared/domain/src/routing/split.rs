//! Splitting a quantity among suppliers that each have a least and a most.

/// How many pieces a supplier takes, if it takes any: from `least` (at least one) to `most`. Where the most is below the
/// least it takes none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Takes {
    /// The fewest.
    pub(super) least: u32,
    /// The most.
    pub(super) most: u32,
}

impl Takes {
    /// Whether this supplier can take all of it alone.
    pub(super) fn all_of(self, pieces: u32) -> bool {
        (self.least..=self.most).contains(&pieces)
    }
}

/// Shares `pieces` among suppliers: each in their order gets as much as it can take, so long as those behind it can take
/// exactly the rest. Gives each one's part, zero for those that get none; nothing where it cannot be done.
pub(super) fn share(pieces: u32, suppliers: &[Takes]) -> Option<Vec<u32>> {
    let sums = sums(pieces, suppliers);
    let (all, behind) = sums.split_first()?;
    if !all.iter().any(|sum| (sum.least..=sum.most).contains(&pieces)) {
        return None;
    }
    let mut left = pieces;
    let part = |(takes, rest): (&Takes, &Vec<Takes>)| {
        let part = largest_part(*takes, left, rest);
        left -= part;
        part
    };
    Some(suppliers.iter().zip(behind).map(part).collect())
}

/// The largest part of `left` that leaves one of the sums `rest` to the others; zero if none does.
fn largest_part(takes: Takes, left: u32, rest: &[Takes]) -> u32 {
    let beside = |sum: &Takes| {
        let most = left.checked_sub(sum.least)?.min(takes.most);
        let least = left.saturating_sub(sum.most).max(takes.least);
        (least <= most).then_some(most)
    };
    rest.iter().filter_map(beside).max().unwrap_or_default()
}

/// For each position in `suppliers`, and for the end, the sums up to `pieces` that those from there on can make up, as
/// ranges in ascending order that do not touch.
fn sums(pieces: u32, suppliers: &[Takes]) -> Vec<Vec<Takes>> {
    let mut sums = vec![vec![Takes { least: 0, most: 0 }]];
    for takes in suppliers.iter().rev() {
        let behind = sums.last().map(Vec::as_slice).unwrap_or_default();
        let with = behind.iter().filter(|_| takes.least <= takes.most).map(|sum| Takes {
            least: sum.least.saturating_add(takes.least),
            most: sum.most.saturating_add(takes.most).min(pieces),
        });
        let mut all: Vec<_> = behind.iter().copied().chain(with.filter(|sum| sum.least <= pieces)).collect();
        all.sort_unstable_by_key(|sum| sum.least);
        let mut joined: Vec<Takes> = Vec::new();
        for sum in all {
            match joined.last_mut().filter(|last| sum.least <= last.most.saturating_add(1)) {
                Some(last) => last.most = last.most.max(sum.most),
                None => joined.push(sum),
            }
        }
        sums.push(joined);
    }
    sums.reverse();
    sums
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn takes(ranges: &[(u32, u32)]) -> Vec<Takes> {
        ranges.iter().map(|&(least, most)| Takes { least, most }).collect()
    }

    #[test]
    fn the_first_get_as_much_as_they_can_and_leave_what_the_others_need() {
        let share = |pieces, ranges: &[(u32, u32)]| share(pieces, &takes(ranges));
        assert_eq!(share(110, &[(1, 20), (10, 100)]), Some(vec![20, 90]));
        assert_eq!(share(25, &[(1, 20), (10, 15)]), Some(vec![15, 10]));
        assert_eq!(
            share(115, &[(1, 100), (10, 10), (10, 10)]),
            Some(vec![95, 10, 10]),
            "it leaves room for two"
        );
        assert_eq!(share(20, &[(15, 18), (20, 20)]), Some(vec![0, 20]));
        assert_eq!(share(5, &[(3, 2), (5, 5)]), Some(vec![0, 5]));
        assert_eq!(share(121, &[(1, 20), (10, 100)]), None);
        assert_eq!(share(5, &[(6, 9)]), None);
        assert_eq!(share(1, &[]), None);
    }

    /// The best of all ways to share, tried one by one.
    fn by_hand(pieces: u32, suppliers: &[Takes]) -> Option<Vec<u32>> {
        let Some((first, rest)) = suppliers.split_first() else {
            return (pieces == 0).then(Vec::new);
        };
        let mut parts = (first.least..=first.most.min(pieces)).rev().chain([0]);
        parts.find_map(|part| by_hand(pieces - part, rest).map(|rest| [vec![part], rest].concat()))
    }

    proptest! {
        #[test]
        fn a_quantity_is_shared_as_trying_all_ways_would(
            pieces in 1_u32..40,
            ranges in prop::collection::vec((1_u32..15, 1_u32..15), 0..5),
        ) {
            let suppliers = takes(&ranges);
            prop_assert_eq!(share(pieces, &suppliers), by_hand(pieces, &suppliers));
        }
    }
}
