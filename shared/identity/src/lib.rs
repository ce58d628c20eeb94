//! Who can sign in: the user directory (Cognito) behind a small API, and the life of those who work here.

pub mod account;
pub mod directory;
pub mod member;
pub mod staff;

pub use account::{Account, AccountStatus};
pub use directory::{Directory, DirectoryError, Invitation};
pub use member::{Added, Member, StaffError};
pub use staff::StaffDesk;
