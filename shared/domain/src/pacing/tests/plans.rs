//! Plans: what is released when.

use super::*;

#[test]
fn curves_spread_a_quantity() {
    let quantities = |quantity, number, curve| quantities(&pace(quantity, number, curve).instalments());
    assert_eq!(quantities(12, 4, Curve::Even), [3, 3, 3, 3]);
    assert_eq!(quantities(10, 4, Curve::Even), [3, 2, 3, 2]);
    assert_eq!(quantities(100, 4, Curve::FrontLoaded), [40, 30, 20, 10]);
    let mut weights = [0; 24];
    weights[2..4].copy_from_slice(&[3, 1]);
    assert_eq!(quantities(8, 6, Curve::ByHour { weights }), [6, 2], "no piece in hours that weigh nothing");
}

#[test]
fn what_cannot_be_paced_is_refused() {
    let refused = |change: fn(&mut PaceInput)| {
        let mut input = hourly(100, 4, Curve::Even);
        change(&mut input);
        Pace::parse(input).unwrap_err().field()
    };
    assert_eq!(refused(|input| input.end = input.start), "end");
    assert_eq!(refused(|input| input.end = input.start + Pace::LONGEST + HOUR), "end");
    assert_eq!(refused(|input| input.instalments = 0), "instalments");
    assert_eq!(refused(|input| input.instalments = 101), "instalments");
    assert_eq!(
        refused(|input| input.end = input.start + Pace::SHORTEST_STEP * 4 - HOUR / 3600),
        "instalments"
    );
    assert_eq!(refused(|input| input.curve = Curve::ByHour { weights: [0; 24] }), "curve/weights");
    assert_eq!(refused(|input| input.budget = Some(pounds(0))), "budget");
    let most =
        PaceInput { end: start() + Pace::LONGEST, ..hourly(10_000, Pace::MAX_INSTALMENTS, Curve::Even) };
    assert_eq!(Pace::parse(most.clone()).unwrap().instalments().len(), 1095);
    let more = PaceInput { instalments: Pace::MAX_INSTALMENTS + 1, ..most };
    assert_eq!(Pace::parse(more), Err(PaceError::Instalments));
}

#[test]
fn dates_are_counted_from_the_first_one() {
    let coming = subscription(monthly()).instalments(0, 0, 4);
    let days = ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"];
    assert_eq!(times(&coming), days.map(|day| format!("{day}T09:00:00Z")));
    assert_eq!(quantities(&coming), [3, 3, 3, 3]);
}

#[test]
fn a_subscription_ends_after_so_many_times_or_at_a_time() {
    let of = |times, until: Option<&str>| {
        subscription(SubscriptionInput { times, until: until.map(at), ..monthly() })
    };
    let extent = of(Some(12), None).extent(0, 0).unwrap();
    assert_eq!((extent.instalments, extent.pieces), (12, 36));
    assert_eq!(of(Some(12), None).extent(20, 10).unwrap().instalments, 2, "dates left out are made up for");
    let extent = of(None, Some("2026-03-31T09:00:00Z")).extent(0, 0).unwrap();
    assert_eq!((extent.instalments, extent.ends_at), (3, Some(at("2026-03-31T09:00:00Z"))));
    assert_eq!(of(None, None).extent(0, 0), None);
}

#[test]
fn what_cannot_be_subscribed_to_is_refused() {
    let refused = |change: fn(&mut SubscriptionInput)| {
        let mut input = monthly();
        change(&mut input);
        Subscription::parse(input).unwrap_err().field()
    };
    assert_eq!(refused(|input| input.every.count = 0), "every/count");
    assert_eq!(refused(|input| input.every.count = Every::MAX_COUNT + 1), "every/count");
    assert_eq!(refused(|input| input.until = Some(input.start)), "until");
    assert_eq!(refused(|input| input.until = Some(input.start + Subscription::LONGEST + HOUR)), "until");
    assert_eq!(refused(|input| input.times = Some(0)), "times");
    assert_eq!(refused(|input| input.times = Some(Subscription::MAX_TIMES + 1)), "times");
}

#[test]
fn a_new_plan_starts_about_now() {
    let plan = Plan::Pace(pace(4, 4, Curve::Even));
    for good in [start() - Plan::LATEST_START, start(), start() + Plan::EARLIEST_START] {
        assert_eq!(plan.check_start(good), Ok(()), "{good}");
    }
    for bad in [start() - Plan::LATEST_START - HOUR, start() + Plan::EARLIEST_START + HOUR] {
        assert_eq!(plan.check_start(bad), Err(PlanError::Start), "{bad}");
    }
}
