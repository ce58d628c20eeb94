//! What a webhook of the merchant's is signed with.

use serde_json::Value;
use stack_tests::merchant_webhook::TestWebhook;

/// Uses the secrets of a webhook, with success and in vain. Gives them, as they were told once, and all that was told
/// besides.
pub async fn use_webhook_secrets() -> (Vec<String>, Vec<Value>) {
    let webhook = TestWebhook::listen(&["OrderReassigned"]).await;
    let mut told = vec![webhook.post("/test", &Value::Null).await.expect(200)];
    let mut renewed = webhook.post("/secret", &Value::Null).await.expect(201);
    let second = renewed["secret"].take();
    let order = webhook.order().await;
    webhook.plan(order.id, &[500]).await;
    let (event, _) = webhook.happen("OrderReassigned", order.id).await;
    let delivery = webhook.delivery(&event, order.id, "delivered", 60).await;
    told.extend([renewed, webhook.get("").await, webhook.detail(&delivery).await]);
    let audit = format!("/console/audit?subject=webhook:{}", webhook.id);
    told.push(webhook.admin.get(&audit).await.expect(200));
    let bare = |secret: &str| secret.trim_start_matches("whsec_").trim_end_matches('=').to_owned();
    let secrets = vec![bare(webhook.secret.expose()), bare(second.as_str().unwrap())];
    webhook.leave().await;
    (secrets, told)
}
