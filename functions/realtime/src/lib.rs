//! Real time: open pages follow orders, tasks, queues and what needs a person, and hear of each event while it happens.
//!
//! A page opens a connection to the WebSocket API and says what it follows; the first message that names a topic also
//! carries the token that allows it, so that no token is ever in an address. The bus brings events to [`push_events`],
//! which says of each that it happened, and not what it changed: the page asks the API again, and so sees what it may see.

pub mod answer_message;
pub mod follow_topics;
pub mod forget_connection;
pub mod protocol;
pub mod push_events;
pub mod push_queue_depths;
pub mod pusher;
pub mod rights;
mod rs256;
pub mod socket;
pub mod token;
pub mod unfollow_topics;
