//! Callbacks: partners say where they want to be told of their orders, and are told there.

pub mod courier;
pub mod delete_callback;
pub mod delivery;
pub mod get_callback;
pub mod list_deliveries;
pub mod put_callback;
pub mod renew_secret;
pub mod send_callback;
pub mod test_callback;

use domain::Partner;
use jiff::Timestamp;
use serde::Serialize;
use store::Database;
use store::audit::{Actor, ActorKind};
use store::callbacks::UsedCallback;
use utoipa::ToSchema;
use web::Problem;

/// Where a partner is told of its orders, and how that goes.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartnerCallback {
    /// The address.
    #[schema(example = "https://partner.example/ironmonger")]
    url: String,
    /// When it was first set.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When something of it was last changed.
    #[schema(value_type = String, format = DateTime)]
    changed_at: Timestamp,
    /// Since when nothing is told, because the address answered 410 or the partner had no key left. Setting it again ends
    /// that.
    #[schema(value_type = Option<String>, format = DateTime)]
    paused_at: Option<Timestamp>,
    /// How long calls are signed with the former secret too.
    #[schema(value_type = Option<String>, format = DateTime)]
    previous_secret_until: Option<Timestamp>,
    /// When a call was last taken.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_success_at: Option<Timestamp>,
    /// When a call was last not taken.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_failure_at: Option<Timestamp>,
    /// Why not.
    #[schema(example = "answered 503")]
    last_failure: Option<String>,
}

impl From<UsedCallback> for PartnerCallback {
    fn from(UsedCallback { callback, last_success_at, last_failure }: UsedCallback) -> Self {
        let callback = callback.value;
        let (last_failure_at, last_failure) =
            last_failure.map(|failure| (failure.at, failure.reason)).unzip();
        Self {
            url: callback.url,
            created_at: callback.created_at,
            changed_at: callback.changed_at,
            paused_at: callback.paused_at,
            previous_secret_until: callback.previous_secret_until,
            last_success_at,
            last_failure_at,
            last_failure,
        }
    }
}

/// The callback of the partner that calls.
async fn load(database: &Database, partner: &Partner) -> Result<UsedCallback, Problem> {
    let found = database.callback(partner.partner_id).await.map_err(Problem::internal)?;
    found.ok_or_else(no_callback)
}

fn no_callback() -> Problem {
    Problem::not_found("callback: set one with PUT")
}

fn changed_meanwhile() -> Problem {
    Problem::conflict("somebody else changed the callback at this moment; try again")
}

/// The partner's program, as the audit trail knows it.
fn actor(partner: &Partner) -> Actor {
    Actor { kind: ActorKind::Partner, id: partner.id.to_string(), email: None }
}
