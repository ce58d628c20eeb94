//! Deletion queue: forgets a customer who asked for it.
//!
//! Paced orders that would go on are stopped first, so that no further order comes. Orders stay, for the books, but no longer
//! say whose they are: those that are final at once, those under way when they become final. Reviews stay without their
//! author's name. Cart and profile go, and the login last. Each step can be done again: whoever finds one done goes on to the
//! next, so that it does not matter where a worker dies.

use domain::pacing::StatusChange;
use domain::{CustomerId, Order, Profile};
use events::{DeletionMessage, Outcome, Report, WorkError};
use identity::Directory;
use jiff::Timestamp;
use serde_json::json;
use store::audit::{Actor, AuditEntry};
use store::buyers::OrdersOf;
use store::customers::Account;
use store::{CommitError, Database, Versioned};

use crate::orders_of::change_each;
use crate::{MAX_TRIES, account};

/// What the function needs.
#[derive(Debug, Clone)]
pub struct Forgetting {
    /// The tables.
    pub database: Database,
    /// Where logins are.
    pub directory: Directory,
}

/// Handles one customer.
pub async fn handle(shop: &Forgetting, message: DeletionMessage) -> Result<Report, WorkError> {
    let (database, id) = (&shop.database, &message.customer_id);
    let profile = match database.account(id).await? {
        Some(Account::Open(profile)) if !profile.value.is_closing() => {
            tracing::warn!(customer_id = %id, "the account was not marked: its owner knows that this failed");
            return Ok(Outcome::Done.saying("the account was not marked"));
        }
        Some(Account::Open(profile)) => Some(profile),
        // An earlier worker came as far as that.
        Some(Account::Closed) | None => None,
    };
    forget_paced_orders(database, id, profile.as_ref().map(|profile| &profile.value)).await?;
    telemetry::crash::point("delete-customer.after-paced-orders", id);
    let orders = forget_orders(database, id, profile.as_ref().map(|profile| &profile.value)).await?;
    telemetry::crash::point("delete-customer.after-orders", id);
    database.forget_reviews_of(id).await?;
    telemetry::crash::point("delete-customer.after-reviews", id);
    database.forget_cart_of(id).await?;
    telemetry::crash::point("delete-customer.after-cart", id);
    if let Some(profile) = profile {
        forget_profile(database, &profile).await?;
    }
    telemetry::crash::point("delete-customer.after-profile", id);
    shop.directory.delete(id).await?;
    telemetry::crash::point("delete-customer.after-login", id);
    tracing::info!(customer_id = %id, orders, "customer forgotten");
    Ok(Outcome::Done.saying(format!("forgotten, with {orders} orders")))
}

/// Stops what would still be released to a person, as a customer or to the address that they have shown to be theirs, and
/// takes them out of all that was.
async fn forget_paced_orders(
    database: &Database,
    id: &CustomerId,
    profile: Option<&Profile>,
) -> Result<(), WorkError> {
    let mut theirs = database.paced_orders_of(OrdersOf::Customer(id)).await?;
    if let Some(profile) = profile.filter(|profile| profile.email_verified) {
        theirs.extend(database.paced_orders_of(OrdersOf::Guest(&profile.email)).await?);
    }
    for paced in theirs {
        let paced_id = paced.value.id();
        for tries in 1..=MAX_TRIES {
            let Some(before) = database.paced_order(paced_id).await? else { break };
            let mut after = before.clone();
            let note = Some("the customer has left".to_owned());
            if !after.value.forget_buyer(StatusChange { by: None, at: Timestamp::now(), note }) {
                break;
            }
            let mut transaction = database.transaction();
            transaction.update_paced_order(&after)?.unpoint_paced_order(&before.value)?;
            match transaction.commit().await {
                Ok(()) => break,
                // An instalment was released meanwhile.
                Err(CommitError::Refused(_)) if tries < MAX_TRIES => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(())
}

/// Takes a person out of all orders: those that are theirs, and those that they placed as a guest with the address that
/// they have shown to be theirs.
async fn forget_orders(
    database: &Database,
    id: &CustomerId,
    profile: Option<&Profile>,
) -> Result<u32, WorkError> {
    let forget = |order: &mut Order| {
        telemetry::crash::point("delete-customer.before-order", order.id());
        order.forget_buyer()
    };
    let mut changed = change_each(database, OrdersOf::Customer(id), u32::MAX, forget).await?.orders;
    if let Some(profile) = profile.filter(|profile| profile.email_verified) {
        changed += change_each(database, OrdersOf::Guest(&profile.email), u32::MAX, forget).await?.orders;
    }
    Ok(changed)
}

async fn forget_profile(database: &Database, profile: &Versioned<Profile>) -> Result<(), WorkError> {
    let (before, after) = (json!({ "closed": false }), json!({ "closed": true }));
    let (actor, subject) = (Actor::system("delete-customer"), account::subject(&profile.value.id));
    let entry = AuditEntry::of(&actor, "customer.deleted", subject, Some(&before), Some(&after))?;
    let mut transaction = database.transaction();
    match transaction.close_account(profile, Timestamp::now())?.audit(&entry)?.commit().await {
        // Refused: another worker was first, for nobody else changes an account that is marked.
        Ok(()) | Err(CommitError::Refused(_)) => Ok(()),
        Err(CommitError::Store(error)) => Err(error.into()),
    }
}
