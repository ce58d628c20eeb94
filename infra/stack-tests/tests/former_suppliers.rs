//! Deleting a supplier: only when it has nothing to do, with all that is its own, and so that its tasks still have a name.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use domain::{SupplierId, SupplierStatus, Task, TaskStatus};
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::supplier::tasks_of;
use stack_tests::{Answer, Shopper, SignedIn, Stack, TestSupplier, wait_for};

const DESK: &str = "/console/fulfilment";
const POINT: &str = "delete-supplier.after-write";

async fn delete(admin: &SignedIn, id: SupplierId) -> Answer {
    admin.send(admin.request(Method::DELETE, &format!("{DESK}/suppliers/{id}"))).await
}

async fn set_secret(admin: &SignedIn, id: SupplierId) -> Answer {
    let path = format!("{DESK}/suppliers/{id}/secrets/credential");
    admin.send(admin.request(Method::PUT, &path).json(&json!({ "value": "hush" }))).await
}

#[tokio::test]
async fn a_supplier_that_has_nothing_to_do_goes_with_all_that_is_its_own() {
    let stack = Stack::connect().await;
    let (admin, shopper) = (stack.admin().await, Shopper::new(&stack));
    let product = stack.product(1, 10).await;
    let sku = &product.skus[0];
    let supplier = TestSupplier::new(&stack, 1, &[sku]).await;
    set_secret(&admin, supplier.id).await.expect(200);
    supplier.turn(json!({ "workingAfterMs": 0, "completeAfterMs": 3_600_000 })).await;
    let order = shopper.buy(&[(sku, 2)]).await;
    wait_for("the supplier has the task", 60, async || {
        let tasks = tasks_of(&stack, order.id).await;
        tasks.iter().any(|task| task.supplier_reference().is_some()).then_some(())
    })
    .await;

    assert_eq!(delete(&admin, supplier.id).await.expect(409)["type"], "/problems/supplier-not-paused");
    let pause = |record: &mut store::suppliers::SupplierRecord| {
        record.supplier.status = SupplierStatus::Paused;
    };
    supplier.change(&stack, pause).await;
    let busy = delete(&admin, supplier.id).await.expect(409);
    assert_eq!(busy["type"], "/problems/supplier-has-tasks", "{busy}");
    supplier.turn(json!({ "workingAfterMs": 0, "completeAfterMs": 0 })).await;
    supplier.fulfil(&stack, &shopper, &order, 120).await;

    // The index of open tasks may have the last one for a moment longer; then it dies on the way.
    stack.kill_at(POINT, supplier.id);
    let lost = wait_for("nothing is open", 20, async || {
        let answer = delete(&admin, supplier.id).await;
        (answer.status != 409).then_some(answer)
    })
    .await;
    assert!(lost.status.is_server_error() && stack.was_killed_at(POINT, supplier.id), "{}", lost.body);
    admin.get(&format!("{DESK}/suppliers/{}", supplier.id)).await.expect(404);
    set_secret(&admin, supplier.id).await.expect(404);
    let tests = admin.request(Method::POST, &format!("{DESK}/suppliers/{}/test", supplier.id));
    admin.send(tests).await.expect(404);
    assert!(stack.database.offer(supplier.id, sku).await.unwrap().is_some(), "not yet cleared away");
    for _ in 0..2 {
        delete(&admin, supplier.id).await.expect(204);
    }
    assert!(stack.database.offer(supplier.id, sku).await.unwrap().is_none());
    let former = stack.database.former_supplier(supplier.id).await.unwrap().unwrap();
    // Who was just asking it may still have counted a call.
    wait_for("nothing is left over", 20, async || {
        (stack.database.clear_supplier(&former).await.unwrap() == 0).then_some(())
    })
    .await;
    delete(&admin, SupplierId::generate()).await.expect(404);

    wait_for("its tasks have its name, and it is listed no more", 20, async || {
        let path = format!("{DESK}/tasks?supplier={}&status=all", supplier.id);
        let tasks = admin.get(&path).await.expect(200);
        let suppliers = admin.get(&format!("{DESK}/suppliers")).await.expect(200);
        let listed = suppliers["items"].as_array().unwrap();
        let is_listed = listed.iter().any(|item| item["id"] == supplier.id.to_string());
        (tasks["items"][0]["supplierName"] == "Supplier 1" && !is_listed).then_some(())
    })
    .await;
    let told = admin.get(&format!("/console/audit?subject=supplier:{}", supplier.id)).await.expect(200);
    let deeds: Vec<_> = told["items"].as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    let deleted = deeds.iter().filter(|action| **action == &json!("supplier.deleted")).count();
    assert_eq!(deleted, 1, "{told}");
}

#[tokio::test]
async fn a_task_that_was_planned_for_a_supplier_that_is_gone_is_given_to_another() {
    let stack = Stack::connect().await;
    let (admin, shopper) = (stack.admin().await, Shopper::new(&stack));
    let product = stack.product(1, 10).await;
    let sku = &product.skus[0];
    let first = TestSupplier::new(&stack, 1, &[sku]).await;
    // Nothing is placed, and no doubt is left about it: the task waits for the next try.
    first.turn(json!({ "faults": [{ "kind": "tooMany", "on": ["place"], "percent": 100 }] })).await;
    let order = shopper.buy(&[(sku, 1)]).await;
    let task = wait_for("the first is to send it", 60, async || {
        let tried =
            |task: &Task| task.status() == TaskStatus::Submitting && task.attempts() > 0 && !task.in_doubt();
        tasks_of(&stack, order.id).await.into_iter().find(tried)
    })
    .await;
    let second = TestSupplier::new(&stack, 2, &[sku]).await;
    // As if it was planned in the moment in which the supplier was deleted: the look at its open tasks missed it.
    let record = stack.database.supplier(first.id).await.unwrap().unwrap();
    let actor = store::audit::Actor::system("stack-tests");
    stack.database.delete_supplier(&record, &actor, jiff::Timestamp::now()).await.unwrap();
    delete(&admin, first.id).await.expect(204);
    let done = second.fulfil(&stack, &shopper, &order, 120).await;
    assert_eq!(done["shipments"][0]["items"][0]["quantity"], 1, "{done}");
    let ended = stack.database.task(task.id()).await.unwrap().unwrap().value;
    assert_eq!((ended.status(), first.taken().await.len()), (TaskStatus::Failed, 0), "{ended:?}");
    assert!(ended.reason().unwrap().contains("deleted"), "{ended:?}");
}

#[tokio::test]
async fn all_tasks_stand_in_one_list_open_ones_and_those_that_ended() {
    let stack = Stack::connect().await;
    let (operator, shopper) = (stack.operator().await, Shopper::new(&stack));
    let product = stack.product(1, 10).await;
    let sku = &product.skus[0];
    let supplier = TestSupplier::new(&stack, 1, &[sku]).await;
    let done = shopper.buy(&[(sku, 1)]).await;
    supplier.fulfil(&stack, &shopper, &done, 120).await;
    supplier.turn(json!({ "workingAfterMs": 3_600_000, "completeAfterMs": 3_600_000 })).await;
    let open = shopper.buy(&[(sku, 1)]).await;
    let of = async |order| tasks_of(&stack, order).await.iter().map(Task::id).collect::<Vec<_>>();
    let wanted = wait_for("both have a task", 60, async || {
        let wanted = [of(open.id).await, of(done.id).await].concat();
        (wanted.len() == 2).then_some(wanted)
    })
    .await;
    let page = async |query: &str| -> Value {
        operator.get(&format!("{DESK}/tasks?supplier={}&status=all{query}", supplier.id)).await.expect(200)
    };
    wait_for("the list has both, the open one first", 20, async || {
        let all = page("").await;
        let ids: Vec<_> = all["items"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
        (ids == wanted.iter().map(|id| json!(id)).collect::<Vec<_>>()).then_some(())
    })
    .await;
    let first = page("&limit=1").await;
    let mut second = json!({ "items": [], "nextCursor": first["nextCursor"] });
    // A page may be empty although there is another: other suppliers' tasks that end stand between.
    while second["items"] == json!([]) {
        let cursor = second["nextCursor"].as_str().unwrap();
        second = page(&format!("&limit=1&cursor={cursor}")).await;
    }
    assert_eq!([&first["items"][0]["id"], &second["items"][0]["id"]], [&json!(wanted[0]), &json!(wanted[1])]);
}
