//! `follow`: makes a page hear of topics until the token ends that it shows.

use std::collections::BTreeSet;

use aws_config::SdkConfig;
use domain::Topic;
use futures::future::try_join_all;
use jiff::Timestamp;
use store::followers::{ConnectionId, MAX_CONNECTION, MAX_FOLLOWERS_OF_ORDER, MAX_TOPICS};
use store::{Database, StoreError};

use crate::protocol::{Frame, Reason, Refusal, Request};
use crate::rights::{Credential, may_follow};
use crate::socket::Failure;
use crate::token::{Directory, TokenError};

/// What the function works with.
pub struct Door {
    database: Database,
    directory: Directory,
}

impl Door {
    /// What the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, cloud::SettingError> {
        Ok(Self { database: Database::from_env(config), directory: Directory::from_env()? })
    }
}

/// Answers one request: all of its topics are followed, or none.
pub async fn handle(door: &Door, connection: &ConnectionId, request: Request) -> Result<Frame, Failure> {
    let Request::Follow { r#ref, topics, token, order_token } = request else {
        return Err(Refusal::new(Reason::UnknownAction, "only `follow` comes here").into());
    };
    let (now, credential) = (Timestamp::now(), credential(door, token, order_token).await?);
    let until = match &credential {
        Credential::Signed(bearer) => bearer.until.min(now + MAX_CONNECTION),
        Credential::OrderToken(_) | Credential::Nothing => now + MAX_CONNECTION,
    };
    let database = &door.database;
    let allowed = try_join_all(topics.iter().map(|topic| may_follow(database, &credential, *topic))).await?;
    let refused: Vec<_> = topics
        .iter()
        .zip(allowed)
        .filter(|(_, allowed)| !allowed)
        .map(|(topic, _)| topic.to_string())
        .collect();
    if !refused.is_empty() {
        let detail = format!("{} may not be followed with this, or is not there", refused.join(", "));
        return Err(Refusal::new(Reason::NotAllowed, detail).into());
    }
    if let Some(crowded) = crowded(database, connection, &topics, now).await? {
        let detail = format!("{MAX_FOLLOWERS_OF_ORDER} connections follow {crowded} already");
        return Err(Refusal::new(Reason::TooManyFollowers, detail).into());
    }
    if !database.follow(connection, &topics, until, now).await? {
        let detail = format!("a connection may follow {MAX_TOPICS} topics");
        return Err(Refusal::new(Reason::TooManyTopics, detail).into());
    }
    Ok(Frame::Following { r#ref, topics, expires_at: until })
}

async fn credential(
    door: &Door,
    token: Option<String>,
    order_token: Option<String>,
) -> Result<Credential, Failure> {
    match (token, order_token) {
        (Some(token), _) => match door.directory.bearer(&token).await {
            Ok(bearer) => Ok(Credential::Signed(bearer)),
            Err(error @ TokenError::Expired) => {
                Err(Refusal::new(Reason::ExpiredToken, error.to_string()).into())
            }
            Err(error @ TokenError::Bad(_)) => Err(Refusal::new(Reason::BadToken, error.to_string()).into()),
            Err(error @ TokenError::Unavailable(_)) => Err(Failure::Failed(error.into())),
        },
        (None, Some(order_token)) => Ok(Credential::OrderToken(order_token)),
        (None, None) => Ok(Credential::Nothing),
    }
}

/// The first order among these topics that has no room for one more. Of two that come at once, both may find the last place.
async fn crowded(
    database: &Database,
    connection: &ConnectionId,
    topics: &BTreeSet<Topic>,
    now: Timestamp,
) -> Result<Option<Topic>, StoreError> {
    let orders = topics.iter().copied().filter(|topic| matches!(topic, Topic::Order(_)));
    let crowded = try_join_all(orders.map(|topic| async move {
        let followers = database.followers(topic).await?;
        let others = followers.iter().filter(|other| other.until > now && other.connection != *connection);
        Ok::<_, StoreError>((others.count() >= MAX_FOLLOWERS_OF_ORDER).then_some(topic))
    }))
    .await?;
    Ok(crowded.into_iter().flatten().next())
}
