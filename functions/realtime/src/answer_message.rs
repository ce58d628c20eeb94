//! `ping`, and all that no other route takes: what is no request hears why.

use crate::protocol::{Frame, Reason, Refusal, Request};
use crate::socket::Failure;

/// Answers one request.
pub fn handle(request: Request) -> Result<Frame, Failure> {
    match request {
        Request::Ping => Ok(Frame::Pong),
        Request::Follow { .. } | Request::Unfollow { .. } => {
            Err(Refusal::new(Reason::UnknownAction, "this has a route of its own").into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ping_is_answered() {
        assert!(matches!(handle(Request::Ping), Ok(Frame::Pong)));
    }
}
