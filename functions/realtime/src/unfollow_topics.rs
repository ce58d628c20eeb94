//! `unfollow`: makes a page hear of topics no more.

use store::Database;
use store::followers::ConnectionId;

use crate::protocol::{Frame, Reason, Refusal, Request};
use crate::socket::Failure;

/// Answers one request. Topics that were not followed are none the less not followed.
pub async fn handle(
    database: &Database,
    connection: &ConnectionId,
    request: Request,
) -> Result<Frame, Failure> {
    let Request::Unfollow { r#ref, topics } = request else {
        return Err(Refusal::new(Reason::UnknownAction, "only `unfollow` comes here").into());
    };
    database.unfollow(connection, &topics).await?;
    Ok(Frame::Unfollowed { r#ref, topics })
}
