//! `taskboard`, with the configuration that ships with the simulator.

use domain::{
    money::{Currency, Money},
    quantity::Quantity,
};
use serde_json::{Value, json};
use suppliers::{AdapterKind, PlaceError, TaskProgress};

use crate::{
    conformance::{self, Part, Peer, request},
    peer::{Dialect, Simulated, configured},
};

const CONFIG: &str = include_str!("../../../../infra/supplier-sim/taskboard.json");

fn config(base: &str) -> Value {
    configured(CONFIG, &format!("{base}/taskboard"))
}

fn dialect() -> Dialect {
    Dialect::keyed(AdapterKind::Taskboard, config)
}

async fn start() -> Simulated {
    Simulated::start(dialect()).await
}

mod as_form {
    use super::{conformance, start};

    crate::conformance_tests!(start);
}

mod as_json {
    use super::{Dialect, Simulated, config, conformance, dialect, json};

    async fn start() -> Simulated {
        let config = |base: &str| {
            let mut config = config(base);
            config["format"] = json!("json");
            config
        };
        Simulated::start(Dialect { config, ..dialect() }).await
    }

    crate::conformance_tests!(start);
}

#[tokio::test]
async fn what_fails_before_the_limit_is_set_has_placed_nothing() {
    let peer = start().await;
    for kind in ["broken", "brokenAfter", "lost", "garbage", "unavailable"] {
        // The first request is for the folders, the next ones make drafts.
        for skipped in 0..3 {
            let ok = json!({"kind": "duplicate", "on": ["prepare"], "next": skipped});
            let bad = json!({"kind": kind, "on": ["prepare"], "next": 1});
            peer.turn(json!({"faults": [ok, bad]})).await;
            let request = request();
            let failed = peer.supplier().place(&request).await.unwrap_err();
            assert!(matches!(failed, PlaceError::Unavailable { .. }), "{kind} {skipped}: {failed:?}");
            assert_eq!(peer.times_taken(&request.reference).await, 0);
            assert_eq!(peer.supplier().find_by_reference(&request.reference).await, Ok(None));
            peer.supplier().place(&request).await.unwrap();
            assert_eq!(peer.times_taken(&request.reference).await, 1);
        }
    }
}

#[tokio::test]
async fn a_folder_is_made_once() {
    let peer = start().await;
    for _ in 0..3 {
        peer.supplier().place(&request()).await.unwrap();
    }
    // Three times the folders, one new folder, and two drafts a task.
    assert_eq!(peer.memory().await["requests"]["prepare"], 3 + 1 + 3 * 2);
}

#[tokio::test]
async fn reports_count_when_they_are_approved() {
    let peer = start().await;
    let placed = peer.supplier().place(&request()).await.unwrap();
    peer.play(Part::SendingAtMost(2)).await;
    let reports = peer.supplier().statuses(&[placed.reference]).await.unwrap();
    assert_eq!(reports[0].progress, TaskProgress::Completed);
    assert_eq!(reports[0].cost, Some(Money::new(3 * 125, Currency::Gbp)));
    assert!(reports[0].tracking_number.as_ref().is_some_and(|number| number.starts_with("NG")));
    let orders = peer.memory().await["orders"].clone();
    assert_eq!(orders[0]["approved"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn what_people_approve_is_left_to_them() {
    let config = |base: &str| {
        let mut config = config(base);
        config["approve"] = json!(false);
        config
    };
    let peer = Simulated::start(Dialect { config, ..dialect() }).await;
    let placed = peer.supplier().place(&request()).await.unwrap();
    peer.play(Part::Sending).await;
    let reports = peer.supplier().statuses(std::slice::from_ref(&placed.reference)).await.unwrap();
    assert_eq!(reports[0].progress, TaskProgress::InProgress);
    assert_eq!(peer.supplier().cancel(&placed.reference).await, Ok(suppliers::CancelOutcome::TooLate));
}

#[tokio::test]
async fn many_reports_are_read_in_pages_and_approved_in_turns() {
    let peer = start().await;
    let mut request = request();
    // More than a page of reports has, and than are approved at once.
    request.items[0].quantity = Quantity::parse(1_050).unwrap();
    let placed = peer.supplier().place(&request).await.unwrap();
    peer.play(Part::Sending).await;
    let mut rounds = 0;
    let report = loop {
        rounds += 1;
        let report =
            peer.supplier().statuses(std::slice::from_ref(&placed.reference)).await.unwrap().remove(0);
        match report.progress {
            TaskProgress::InProgress if rounds < 20 => {}
            _ => break report,
        }
    };
    assert_eq!((rounds, report.progress), (11, TaskProgress::Completed));
    assert_eq!(report.delivered.map(|lines| lines[0].quantity), Some(1_050));
    assert_eq!(report.cost, Some(Money::new(1_051 * 125, Currency::Gbp)));
}

#[tokio::test]
async fn a_task_is_found_beyond_the_first_page_of_its_folder() {
    let peer = start().await;
    let request = request();
    // Makes the folder of the day.
    peer.supplier().place(&conformance::request()).await.unwrap();
    let folders = peer.board(&[("action", "get_folders")]).await;
    let folder = folders["folders"][0]["id"].to_string();
    let draft = [
        ("action", "add_task"),
        ("name", "something else"),
        ("folder_id", &folder),
        ("descr", "d"),
        ("need_for_report", "n"),
        ("price", "1"),
    ];
    for _ in 0..1_000 {
        assert_eq!(peer.board(&draft).await["success"], true);
    }
    let placed = peer.supplier().place(&request).await.unwrap();
    let found = peer.supplier().find_by_reference(&request.reference).await.unwrap();
    assert_eq!(found.map(|found| found.reference), Some(placed.reference));
}
