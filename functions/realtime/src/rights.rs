//! Who may follow what.

use domain::Topic;
use store::{Database, StoreError};

use crate::token::Bearer;

/// What somebody showed who wants to follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// Nothing.
    Nothing,
    /// The token of a guest's order.
    OrderToken(String),
    /// A token of the user directory.
    Signed(Bearer),
}

/// Whether a topic may be followed with this: staff may follow all; others the order that is theirs, or whose token they
/// have.
pub async fn may_follow(
    database: &Database,
    credential: &Credential,
    topic: Topic,
) -> Result<bool, StoreError> {
    match (credential, topic) {
        (Credential::Signed(bearer), _) if bearer.is_staff() => Ok(true),
        (Credential::Signed(bearer), Topic::Order(id)) => {
            Ok(database.order(id).await?.is_some_and(|order| order.value.is_of(&bearer.id)))
        }
        (Credential::OrderToken(token), Topic::Order(id)) => {
            Ok(database.order_access(id).await?.is_some_and(|access| access.opens_with(token)))
        }
        _ => Ok(false),
    }
}
