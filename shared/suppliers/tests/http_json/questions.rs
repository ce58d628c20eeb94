//! Looking up, asking for statuses, calling off.

use domain::ids::TaskId;
use serde_json::{Value, json};
use suppliers::{
    CancelOutcome, DeliveredItem, StatusReport, SupplierError, SupplierReference, TaskProgress,
    http_json::DEFAULT_MAX_IDS,
};
use wiremock::ResponseTemplate;

use crate::{answering, json_answer};

fn reference(text: &str) -> SupplierReference {
    SupplierReference::parse(text).unwrap()
}

#[tokio::test]
async fn only_our_reference_is_our_order() {
    let ours = TaskId::generate();
    let find = async |orders: Value| {
        let (_server, supplier) = answering(json_answer(200, json!({ "orders": orders })), &[]).await;
        supplier.find_by_reference(&ours).await.unwrap().map(|found| found.reference.to_string())
    };
    let order = |id: &str, reference: &str, state: &str| json!({"id": id, "ref": reference, "state": state});
    let us = ours.to_string();
    assert_eq!(find(json!([])).await, None);
    assert_eq!(find(json!([order("a", &format!("{us}0"), "new"), {"id": "b"}])).await, None);
    let others = json!([order("a", "tsk_x", "new"), order("b", &us, "new")]);
    assert_eq!(find(others).await.as_deref(), Some("b"));
    let several = json!([order("a", &us, "off"), order("b", &us, "no"), order("c", &us, "done")]);
    assert_eq!(find(several).await.as_deref(), Some("c"));
}

#[tokio::test]
async fn not_found_is_believed_only_if_configured() {
    let ours = TaskId::generate();
    let (_server, supplier) = answering(ResponseTemplate::new(404), &[]).await;
    let error = supplier.find_by_reference(&ours).await.unwrap_err();
    assert!(
        matches!(&error, SupplierError::Misconfigured { path, .. } if path == "find.request"),
        "{error:?}"
    );
    let (_server, supplier) =
        answering(ResponseTemplate::new(404), &[("/find/absentStatuses", json!([404]))]).await;
    assert_eq!(supplier.find_by_reference(&ours).await, Ok(None));
}

#[tokio::test]
async fn statuses_of_orders_that_are_not_there_are_none() {
    let absent = [("/statuses/absentStatuses", json!([404])), ("/statuses/maxIds", json!(1))];
    let (server, supplier) = answering(ResponseTemplate::new(404), &absent).await;
    assert_eq!(supplier.statuses(&[reference("a"), reference("b")]).await, Ok(vec![]));
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
}

#[tokio::test]
async fn the_connection_is_tried_as_the_configuration_says() {
    let lookup = json_answer(200, json!({"orders": []}));
    let (server, supplier) = answering(lookup, &[]).await;
    assert_eq!(supplier.check().await, Ok(()));
    let own = [("/check", json!({"request": {"method": "GET", "path": "/account"}}))];
    let (other, account) = answering(ResponseTemplate::new(204), &own).await;
    assert_eq!(account.check().await, Ok(()));
    let unasked = [("/find", Value::Null), ("/placesIdempotently", json!(true))];
    let (third, asked) = answering(json_answer(200, json!({"orders": []})), &unasked).await;
    assert_eq!(asked.check().await, Ok(()));
    for (server, path) in [(server, "/orders"), (other, "/account"), (third, "/status")] {
        assert_eq!(server.received_requests().await.unwrap()[0].url.path(), path);
    }
    let (_server, wrong) = answering(ResponseTemplate::new(401), &own).await;
    let error = wrong.check().await.unwrap_err();
    assert!(
        matches!(&error, SupplierError::Misconfigured { path, .. } if path == "check.request"),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_answer_that_does_not_fit_names_the_field() {
    let ours = TaskId::generate();
    for (body, path) in [
        (json!({}), "find.orders"),
        (json!({"orders": "none"}), "find.orders"),
        (json!({"orders": [{"ref": ours}]}), "find.order.id"),
        (json!({"orders": [{"ref": {}, "id": 1}]}), "find.reference"),
    ] {
        let (_server, supplier) = answering(json_answer(200, body.clone()), &[]).await;
        let error = supplier.find_by_reference(&ours).await.unwrap_err();
        assert!(matches!(&error, SupplierError::Protocol { path: p, .. } if p == path), "{body}: {error:?}");
    }
    for (body, path) in [
        (json!([]), "statuses.orders"),
        (json!({"orders": [{"state": "new"}]}), "statuses.order.id"),
        (json!({"orders": [{"id": "a", "state": "no", "why": {}}]}), "statuses.order.reason"),
    ] {
        let (_server, supplier) = answering(json_answer(200, body.clone()), &[]).await;
        let error = supplier.statuses(&[reference("a")]).await.unwrap_err();
        assert!(matches!(&error, SupplierError::Protocol { path: p, .. } if p == path), "{body}: {error:?}");
    }
    let (_server, supplier) = answering(ResponseTemplate::new(200).set_body_string("<html>"), &[]).await;
    let error = supplier.statuses(&[reference("a")]).await.unwrap_err();
    assert!(matches!(&error, SupplierError::Protocol { path, .. } if path == "statuses.answer"), "{error:?}");
}

#[tokio::test]
async fn questions_tell_passing_trouble_from_lasting() {
    for (status, lasting) in [
        (301, true),
        (400, true),
        (401, true),
        (404, true),
        (408, false),
        (409, false),
        (429, false),
        (503, false),
    ] {
        let (_server, supplier) = answering(ResponseTemplate::new(status), &[]).await;
        let error = supplier.statuses(&[reference("a")]).await.unwrap_err();
        let lasts = matches!(error, SupplierError::Misconfigured { .. });
        assert!(lasts || matches!(error, SupplierError::Unavailable { .. }), "{error:?}");
        assert_eq!(lasts, lasting, "{status}");
    }
}

async fn report(order: Value) -> StatusReport {
    let (_server, supplier) = answering(json_answer(200, json!({ "orders": [order] })), &[]).await;
    supplier.statuses(&[reference("7")]).await.unwrap().remove(0)
}

#[tokio::test]
async fn what_is_not_known_is_not_guessed() {
    for (order, said) in [
        (json!({"id": 7, "state": "teleported"}), "teleported"),
        (json!({"id": 7}), "no state found"),
        (json!({"id": 7, "state": {"code": 1}}), "found something that is no text"),
        (
            json!({"id": 7, "state": "done", "lines": "all"}),
            "delivered items: found something that is no list",
        ),
        (
            json!({"id": 7, "state": "done", "lines": [{"quantity": 1}]}),
            "delivered items: a line has no code",
        ),
        (
            json!({"id": 7, "state": "done", "lines": [{"code": "x", "quantity": 1.5}]}),
            "delivered items: the quantity of x is no whole number",
        ),
    ] {
        assert_eq!(report(order).await.progress, TaskProgress::Unknown(said.into()));
    }
}

#[tokio::test]
async fn deliveries_and_reasons_are_read() {
    let done = report(json!({"id": 7, "state": "done", "lines": [{"code": 75, "quantity": "3"}]})).await;
    assert_eq!(done.progress, TaskProgress::Completed);
    assert_eq!(done.delivered, Some(vec![DeliveredItem { code: "75".into(), quantity: 3 }]));
    assert_eq!(done.cost, None);
    let refused = report(json!({"id": 7, "state": "no", "why": "burnt down"})).await;
    assert_eq!((refused.delivered, refused.reason.as_deref()), (None, Some("burnt down")));
}

#[tokio::test]
async fn many_are_asked_for_in_few_requests() {
    for (changes, most) in [(vec![], DEFAULT_MAX_IDS), (vec![("/statuses/maxIds", json!(2))], 2)] {
        let body = json!({"orders": [{"id": "r0", "state": "new"}, {"id": "stranger", "state": "new"}]});
        let (server, supplier) = answering(json_answer(200, body), &changes).await;
        let asked: Vec<_> = (0..=most).map(|n| reference(&format!("r{n}"))).collect();
        let reports = supplier.statuses(&asked).await.unwrap();
        assert_eq!(reports.iter().map(|report| &report.reference).collect::<Vec<_>>(), [&asked[0]]);
        let requests = server.received_requests().await.unwrap();
        let sizes: Vec<_> = requests
            .iter()
            .map(|request| request.body_json::<Value>().unwrap()["ids"].as_array().unwrap().len())
            .collect();
        assert_eq!(sizes, [most, 1]);
    }
}

#[tokio::test]
async fn calling_off_has_four_outcomes() {
    let stated = [("/cancel/state", json!("state")), ("/cancel/absentStatuses", json!([404]))];
    for (answer, outcome) in [
        (json_answer(200, json!({"state": "off"})), CancelOutcome::Cancelled),
        (json_answer(200, json!({"state": "no"})), CancelOutcome::Cancelled),
        (json_answer(202, json!({"state": "busy"})), CancelOutcome::Requested),
        (json_answer(200, json!({"state": "done"})), CancelOutcome::TooLate),
        (ResponseTemplate::new(409), CancelOutcome::TooLate),
        (ResponseTemplate::new(404), CancelOutcome::NotFound),
    ] {
        let (server, supplier) = answering(answer, &stated).await;
        assert_eq!(supplier.cancel(&reference("a/7")).await, Ok(outcome));
        assert_eq!(server.received_requests().await.unwrap()[0].url.path(), "/orders/a%2F7");
    }
    let (_server, supplier) = answering(json_answer(200, json!({"state": "?"})), &stated).await;
    let error = supplier.cancel(&reference("a")).await.unwrap_err();
    assert!(matches!(&error, SupplierError::Protocol { path, .. } if path == "cancel.state"), "{error:?}");
}

#[tokio::test]
async fn calling_off_needs_no_body_where_no_state_is_read() {
    let (_server, supplier) = answering(ResponseTemplate::new(204), &[]).await;
    assert_eq!(supplier.cancel(&reference("a")).await, Ok(CancelOutcome::Cancelled));
    let (_server, supplier) = answering(ResponseTemplate::new(500), &[]).await;
    let error = supplier.cancel(&reference("a")).await.unwrap_err();
    assert!(matches!(error, SupplierError::Unavailable { .. }), "{error:?}");
}

#[tokio::test]
async fn what_is_not_configured_is_not_offered() {
    let changes = [("/find", Value::Null), ("/cancel", Value::Null), ("/placesIdempotently", json!(true))];
    let (server, supplier) = answering(ResponseTemplate::new(200), &changes).await;
    let find = supplier.find_by_reference(&TaskId::generate()).await.unwrap_err();
    let cancel = supplier.cancel(&reference("a")).await.unwrap_err();
    for error in [find, cancel] {
        assert!(matches!(error, SupplierError::Unsupported { .. }), "{error:?}");
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 0);
}
