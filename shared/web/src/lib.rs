//! HTTP on Lambda: problem details, who may use a route, input that is parsed before anything is done with it, paging and idempotency keys.

pub mod auth;
pub mod body;
pub mod dto;
pub mod fields;
pub mod headers;
pub mod page;
pub mod partner;
pub mod problem;
pub mod serve;

pub use auth::{Access, Group, Person, guarded};
pub use body::Body;
pub use dto::MoneyDto;
pub use fields::Fields;
pub use headers::{IdempotencyKeyHeader, IfMatch, OrderToken, tagged};
pub use page::Page;
pub use problem::{FieldProblem, Problem};
pub use serve::{Error, RequestId, cached, serve};
