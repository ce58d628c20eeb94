//! Whatever the numbers.

use proptest::prelude::*;

use super::*;

fn curves() -> impl Strategy<Value = Curve> {
    let by_hour = prop::array::uniform24(0_u16..=100).prop_map(|weights| Curve::ByHour { weights });
    prop_oneof![Just(Curve::Even), Just(Curve::FrontLoaded), by_hour]
}

fn paces() -> impl Strategy<Value = Pace> {
    (1_i64..=100_000, 1_u32..=400, 5_i64..=3_000, curves()).prop_filter_map(
        "no pace",
        |(quantity, number, step, curve)| {
            let end = start() + SignedDuration::from_mins(step * i64::from(number));
            let quantity = pieces(quantity);
            Pace::parse(PaceInput { quantity, start: start(), end, instalments: number, curve, budget: None })
                .ok()
        },
    )
}

proptest! {
    #[test]
    fn the_instalments_are_the_quantity_and_in_order(pace in paces()) {
        let parts = pace.instalments();
        let all: u64 = parts.iter().map(|part| u64::from(part.quantity.get())).sum();
        prop_assert_eq!(all, u64::from(pace.terms().quantity.get()));
        prop_assert!(parts.windows(2).all(|two| two[0].at < two[1].at && two[0].place < two[1].place));
        prop_assert!(parts.iter().all(|part| (pace.terms().start..pace.terms().end).contains(&part.at)));
    }

    /// However late the schedule is each time: every piece is released once, none before its time, and never two instalments
    /// closer together than half the step.
    #[test]
    fn delays_lose_nothing_and_hurry_nothing(pace in paces(), delays in prop::collection::vec(0_i64..=5_000, 1..20)) {
        let (all, half) = (u64::from(pace.terms().quantity.get()), pace.step() / 2);
        let mut paced = paced(Plan::Pace(pace));
        let mut last: Option<Timestamp> = None;
        let mut delays = delays.into_iter().cycle();
        let mut released = 0;
        while let Some(due) = paced.due_at() {
            let mut now = due + SignedDuration::from_mins(delays.next().unwrap());
            paced.catch_up(now);
            // The hours into which it was moved may weigh nothing: then it waits for one that does.
            now = now.max(paced.due_at().unwrap());
            let part = paced.release(pounds(0), now);
            prop_assert!(part.is_ok(), "{:?}", part);
            released += u64::from(part.unwrap().quantity.get());
            prop_assert!(last.is_none_or(|last| now.duration_since(last) > half));
            last = Some(now);
        }
        prop_assert_eq!((released, paced.pieces(), paced.status()), (all, all, PacedStatus::Finished));
    }
}
