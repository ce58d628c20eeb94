//! Paced orders: how far they have come.

use super::*;

#[test]
fn all_is_released_at_its_times_and_then_it_is_finished() {
    let mut paced = paced(Plan::Pace(pace(10, 4, Curve::Even)));
    for (hour, quantity) in [3, 2, 3, 2].into_iter().enumerate() {
        let now = start() + HOUR * i32::try_from(hour).unwrap();
        assert_eq!(paced.due_at(), Some(now));
        paced.catch_up(now);
        assert_eq!(paced.release(pounds(5), now).unwrap().quantity.get(), quantity);
        assert_eq!(paced.release(pounds(5), now), Err(PacedOrderError::NotDue));
    }
    assert_eq!((paced.status(), paced.due_at()), (PacedStatus::Finished, None));
    assert_eq!((paced.pieces(), paced.instalments(), paced.spent()), (10, 4, pounds(20)));
    assert_eq!(paced.postponed(), SignedDuration::ZERO);
    assert_eq!(paced.changed().by, None);
}

#[test]
fn instalments_that_were_missed_move_what_is_left() {
    let mut paced = paced(Plan::Pace(pace(100, 4, Curve::FrontLoaded)));
    paced.release(pounds(40), start()).unwrap();
    let late = start() + HOUR * 9;
    paced.catch_up(late);
    assert_eq!(quantities(&paced.to_come(9)), [30, 20, 10]);
    assert_eq!(times(&paced.to_come(9)), [late, late + HOUR, late + HOUR * 2].map(|at| at.to_string()));
    assert_eq!(paced.postponed(), HOUR * 8);
    paced.release(pounds(30), late).unwrap();
    assert_eq!(paced.release(pounds(20), late), Err(PacedOrderError::NotDue), "not all at once");
}

#[test]
fn a_delay_of_less_than_half_the_step_moves_nothing() {
    let mut paced = paced(Plan::Pace(pace(4, 4, Curve::Even)));
    let before = paced.clone();
    paced.catch_up(start() + HOUR / 2 - SignedDuration::from_secs(1));
    assert_eq!(paced, before);
    paced.catch_up(start() + HOUR / 2);
    assert_eq!(paced.postponed(), HOUR / 2);
}

#[test]
fn what_moves_keeps_to_the_hours_that_weigh_something() {
    let mut weights = [0; 24];
    weights[8..12].copy_from_slice(&[1; 4]);
    let mut paced = paced(Plan::Pace(pace(24, 24, Curve::ByHour { weights })));
    paced.catch_up(start() + HOUR * 20);
    assert_eq!(paced.due_at(), Some(start() + HOUR * 32), "at eight in the next morning");
    assert_eq!(quantities(&paced.to_come(9)), [6, 6, 6, 6]);
}

#[test]
fn dates_that_have_passed_are_left_out() {
    let mut paced = paced(subscription(SubscriptionInput { times: Some(3), ..monthly() }));
    let now = at("2026-04-02T00:00:00Z");
    paced.catch_up(now);
    assert_eq!(times(&paced.to_come(9))[..2], ["2026-03-31T09:00:00Z", "2026-04-30T09:00:00Z"]);
    paced.release(pounds(3), now).unwrap();
    assert_eq!(paced.due_at(), Some(at("2026-04-30T09:00:00Z")));
    paced.set_status(PacedStatus::Paused, by(now)).unwrap();
    assert_eq!(paced.due_at(), None);
    paced.set_status(PacedStatus::Running, by(at("2026-07-01T00:00:00Z"))).unwrap();
    assert_eq!(paced.due_at(), Some(at("2026-07-31T09:00:00Z")), "nothing comes on account of the pause");
    assert_eq!(paced.left().unwrap().instalments, 2, "and nothing is lost by it");
}

#[test]
fn a_subscription_that_ended_during_a_pause_is_finished() {
    let until = Some(at("2026-03-15T00:00:00Z"));
    let mut paced = paced(subscription(SubscriptionInput { until, ..monthly() }));
    paced.set_status(PacedStatus::Paused, by(start())).unwrap();
    paced.set_status(PacedStatus::Running, by(at("2026-04-01T00:00:00Z"))).unwrap();
    assert_eq!(paced.status(), PacedStatus::Finished);
}

#[test]
fn no_instalment_goes_over_the_budget() {
    let budget = Some(pounds(25));
    let plan = Plan::Pace(Pace::parse(PaceInput { budget, ..hourly(4, 4, Curve::Even) }).unwrap());
    let mut paced = paced(plan);
    paced.release(pounds(10), start()).unwrap();
    let next = start() + HOUR;
    let refused = paced.release(pounds(16), next).unwrap_err();
    assert_eq!(refused, PacedOrderError::OverBudget { cost: pounds(16), left: pounds(15) });
    assert!(paced.wait(refused.to_string(), next) && !paced.wait(refused.to_string(), next + HOUR));
    assert_eq!(paced.waiting().map(|waiting| waiting.since), Some(next));
    paced.release(pounds(15), next + HOUR).unwrap();
    assert_eq!((paced.budget_left(), paced.waiting()), (Some(pounds(0)), None));
}

#[test]
fn what_is_over_stays_over() {
    let mut paced = paced(Plan::Pace(pace(4, 4, Curve::Even)));
    assert!(!paced.set_status(PacedStatus::Running, by(start())).unwrap());
    assert_eq!(paced.set_status(PacedStatus::Finished, by(start())), Err(PacedOrderError::Unfinished));
    assert!(paced.set_status(PacedStatus::Stopped, by(start())).unwrap());
    assert_eq!(paced.due_at(), None);
    let error = paced.set_status(PacedStatus::Running, by(start())).unwrap_err();
    assert_eq!(error.to_string(), "the paced order is stopped and cannot become running");
}

#[test]
fn who_has_left_gets_nothing_more_and_is_forgotten() {
    let mut paced = paced(Plan::Pace(pace(4, 4, Curve::Even)));
    assert!(paced.forget_buyer(by(start())) && !paced.forget_buyer(by(start())));
    assert_eq!((paced.status(), paced.due_at()), (PacedStatus::Stopped, None));
    let text = serde_json::to_string(&paced).unwrap();
    assert!(!text.contains("Lovelace") && !text.contains("ada@"), "{text}");
}

#[test]
fn a_paced_order_reads_back_what_it_writes() {
    let mut weights = [1; 24];
    weights[0] = 500;
    let by_hour = Plan::Pace(pace(100, 48, Curve::ByHour { weights }));
    for plan in [by_hour, subscription(monthly())] {
        let mut paced = paced(plan);
        let late = paced.due_at().unwrap() + HOUR * 5;
        paced.wait("sold out".into(), late);
        paced.catch_up(late);
        let due = paced.due_at().unwrap();
        paced.release(pounds(1), due).unwrap();
        let json = serde_json::to_value(&paced).unwrap();
        assert_eq!(serde_json::from_value::<PacedOrder>(json).unwrap(), paced);
    }
}
