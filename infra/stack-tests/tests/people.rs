//! Those who work here: added, moved, removed, and what the audit trail tells of it.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "these are tests and their helpers"
)]

use domain::Group;
use reqwest::Method;
use serde_json::{Value, json};
use stack_tests::people::PASSWORD;
use stack_tests::{Answer, SignedIn, Stack, wait_for};

async fn add(admin: &SignedIn, email: &str, group: &str) -> Answer {
    let body = json!({ "email": email, "group": group });
    admin.send(admin.request(Method::POST, "/console/staff").json(&body)).await
}

async fn change(admin: &SignedIn, id: &str, group: &str) -> Answer {
    let request = admin.request(Method::PUT, &format!("/console/staff/{id}"));
    admin.send(request.json(&json!({ "group": group }))).await
}

async fn remove(admin: &SignedIn, id: &str) -> Answer {
    admin.send(admin.request(Method::DELETE, &format!("/console/staff/{id}"))).await
}

/// How the list shows somebody; null where it does not.
async fn listed(admin: &SignedIn, id: &str) -> Value {
    let staff = admin.get("/console/staff").await.expect(200);
    let mut members = staff["items"].as_array().unwrap().iter();
    members.find(|member| member["id"] == id).cloned().unwrap_or_default()
}

/// What the audit trail tells of somebody, the newest first.
async fn told_of(admin: &SignedIn, id: &str) -> Vec<Value> {
    let path = format!("/console/audit?subject=staff:{id}");
    admin.get(&path).await.expect(200)["items"].as_array().unwrap().clone()
}

fn actions(entries: &[Value]) -> Vec<&str> {
    entries.iter().map(|entry| entry["action"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn somebody_is_invited_moved_and_removed() {
    let stack = Stack::connect().await;
    let admin = stack.admin().await;
    let email = Stack::new_email();
    let added = add(&admin, email.as_str(), "operator").await.expect(201);
    assert_eq!((&added["status"], &added["pending"]), (&json!("invited"), &Value::Null));
    let id = added["id"].as_str().unwrap();
    invitation_to(&stack, email.as_str()).await;

    let account = stack.directory().account_of(&email).await.unwrap().unwrap();
    stack.directory().set_password(&account.id, PASSWORD, true).await.unwrap();
    let operator = stack.sign_in(account.id.clone(), email.clone()).await;
    operator.get("/console/customers").await.expect(200);
    operator.get("/console/staff").await.expect(403);
    assert_eq!(listed(&admin, id).await["status"], "active");

    let moved = change(&admin, id, "admin").await.expect(200);
    assert_eq!(moved["group"], "admin");
    assert!(!refreshes(&stack, &operator).await, "the session has ended");
    let second = stack.sign_in(account.id.clone(), email.clone()).await;
    second.get("/console/staff").await.expect(200);

    assert_eq!(remove(&admin, id).await.status, 204);
    assert!(!refreshes(&stack, &second).await, "the session has ended");
    assert_eq!(listed(&admin, id).await, Value::Null);
    // What is left is a customer's account. The token that is still good is no help with who works here.
    stack.sign_in(account.id, email.clone()).await.get("/console/customers").await.expect(403);
    assert_eq!(
        add(&second, Stack::new_email().as_str(), "admin").await.expect(403)["type"],
        "/problems/forbidden"
    );
    assert_eq!(remove(&admin, id).await.expect(404)["type"], "/problems/not-found");

    let told = told_of(&admin, id).await;
    assert_eq!(actions(&told), ["staff.removed", "staff.changed", "staff.added"]);
    let actor = json!({ "id": admin.id, "email": admin.email, "kind": "staff" });
    assert!(told.iter().all(|entry| entry["actor"] == actor), "{told:?}");
    let moved = json!([{ "path": "/group", "from": "operator", "to": "admin" }]);
    assert_eq!(told[1]["changes"], moved);
    assert_eq!(told[0]["subject"], json!({ "kind": "staff", "id": id, "title": email }));
}

/// Waits for the mail with the temporary password.
async fn invitation_to(stack: &Stack, email: &str) {
    let endpoint = stack.outputs.endpoint.clone().unwrap();
    let http = cli::connection::http_client(&endpoint).build().unwrap();
    wait_for("an invitation", 10, async || {
        let mailbox = http.get(format!("{endpoint}/_ministack/ses/messages")).send().await.unwrap();
        let text = mailbox.text().await.unwrap();
        text.contains(email).then_some(())
    })
    .await;
}

/// Whether a session can go on.
async fn refreshes(stack: &Stack, person: &SignedIn) -> bool {
    let request = stack
        .cognito
        .initiate_auth()
        .client_id(stack.output("UserPoolClientId"))
        .auth_flow(aws_sdk_cognitoidentityprovider::types::AuthFlowType::RefreshTokenAuth)
        .auth_parameters("REFRESH_TOKEN", &person.tokens.refresh);
    request.send().await.is_ok()
}

#[tokio::test]
async fn a_customer_s_account_becomes_a_member_s() {
    let stack = Stack::connect().await;
    let admin = stack.admin().await;
    let customer = stack.customer().await;
    assert!(refreshes(&stack, &customer).await);
    let added = add(&admin, customer.email.as_str(), "operator").await.expect(201);
    assert_eq!((&added["id"], &added["status"]), (&json!(customer.id), &json!("active")));
    let operator = stack.sign_in(customer.id.clone(), customer.email.clone()).await;
    operator.get("/console/customers").await.expect(200);

    let again = add(&admin, customer.email.as_str(), "operator").await.expect(409);
    assert_eq!(again["type"], "/problems/already-staff");
    assert_eq!(actions(&told_of(&admin, customer.id.as_str()).await), ["staff.added"]);
    let own = change(&admin, admin.id.as_str(), "operator").await.expect(409);
    assert_eq!(own["type"], "/problems/own-place");
    assert_eq!(remove(&admin, admin.id.as_str()).await.expect(409)["type"], "/problems/own-place");
}

#[tokio::test]
async fn who_has_not_shown_that_an_address_is_theirs_gets_no_rights_by_it() {
    let stack = Stack::connect().await;
    let admin = stack.admin().await;
    let email = Stack::new_email();
    // Somebody signs up with the address of a colleague to be, and waits.
    let client = stack.output("UserPoolClientId");
    let sign_up = stack.cognito.sign_up().client_id(client).username(email.as_str()).password(PASSWORD);
    sign_up.send().await.unwrap();
    let refused = add(&admin, email.as_str(), "admin").await.expect(409);
    assert_eq!(refused["type"], "/problems/account-unconfirmed");
    for (body, pointer) in [
        (json!({ "email": "nonsense", "group": "admin" }), "/email"),
        (json!({ "email": email, "group": "boss" }), "/group"),
        (json!({ "email": email }), "/group"),
    ] {
        let answer = admin.send(admin.request(Method::POST, "/console/staff").json(&body)).await;
        assert_eq!((answer.status.as_u16(), answer.pointers()), (422, vec![pointer]));
    }
}

#[tokio::test]
async fn adding_is_killed_after_its_write_and_repeated() {
    killed_adding("staff.after-write").await;
}

#[tokio::test]
async fn adding_is_killed_after_the_directory_was_told_and_repeated() {
    killed_adding("staff.after-directory").await;
}

async fn killed_adding(point: &str) {
    let stack = Stack::connect().await;
    let admin = stack.admin().await;
    let (id, email) = stack.account().await;
    stack.kill_at(point, &email);
    let lost = add(&admin, email.as_str(), "operator").await;
    assert!(lost.status.is_server_error(), "{}", lost.body);
    assert!(stack.was_killed_at(point, &email));
    assert_eq!(listed(&admin, id.as_str()).await["pending"], "join");
    let added = add(&admin, email.as_str(), "operator").await.expect(201);
    assert_eq!(added["pending"], Value::Null);
    stack.sign_in(id.clone(), email).await.get("/console/customers").await.expect(200);
    assert_eq!(actions(&told_of(&admin, id.as_str()).await), ["staff.added"]);
}

#[tokio::test]
async fn removing_is_killed_after_its_write_and_repeated() {
    killed_removing("staff.after-write").await;
}

#[tokio::test]
async fn removing_is_killed_after_the_directory_was_told_and_repeated() {
    killed_removing("staff.after-directory").await;
}

async fn killed_removing(point: &str) {
    let stack = Stack::connect().await;
    let (admin, leaver) = (stack.admin().await, stack.staff(Group::Admin).await);
    let id = leaver.id.as_str();
    stack.kill_at(point, &leaver.email);
    let lost = remove(&admin, id).await;
    assert!(lost.status.is_server_error(), "{}", lost.body);
    assert_eq!(listed(&admin, id).await["pending"], "leave");
    let refused = add(&leaver, Stack::new_email().as_str(), "operator").await;
    assert_eq!(refused.status, 403, "from the write on, the leaver decides nothing");
    assert_eq!(remove(&admin, id).await.status, 204);
    assert_eq!(listed(&admin, id).await, Value::Null);
    let customer = stack.sign_in(leaver.id.clone(), leaver.email.clone()).await;
    customer.get("/console/customers").await.expect(403);
    assert_eq!(actions(&told_of(&admin, id).await), ["staff.removed", "staff.added"]);
}
