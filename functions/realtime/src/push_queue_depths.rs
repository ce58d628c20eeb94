//! Schedule: tells the pages that show the queues how these stand. While nobody looks, it asks nobody but itself.

use aws_config::SdkConfig;
use domain::{EventId, Topic};
use events::{Outcome, Report, WorkError};
use jiff::Timestamp;
use operations::list_queues::Queues;

use crate::pusher::{News, Pusher};

/// What the event is called.
pub const EVENT: &str = "QueueDepths";

/// What the function works with.
#[derive(Debug, Clone)]
pub struct Gauge {
    pusher: Pusher,
    queues: Queues,
}

impl Gauge {
    /// What the environment names.
    pub fn from_env(config: &SdkConfig) -> Result<Self, cloud::SettingError> {
        Ok(Self { pusher: Pusher::from_env(config)?, queues: Queues::from_env(config)? })
    }
}

/// Handles one tick.
pub async fn handle(gauge: &Gauge) -> Result<Report, WorkError> {
    let now = Timestamp::now();
    if !gauge.pusher.is_followed(Topic::Queues, now).await? {
        return Ok(Outcome::Done.saying("nobody looks"));
    }
    let standing = gauge.queues.standing(now).await;
    let standing = standing.map_err(|problem| format!("the queues cannot be read: {}", problem.status()))?;
    let news = News {
        id: EventId::generate(),
        topics: vec![Topic::Queues],
        event: EVENT.to_owned(),
        order_id: None,
        task_id: None,
        at: now,
        queues: Some(serde_json::to_value(standing)?),
    };
    Ok(Outcome::Done.saying(gauge.pusher.tell(&news, now).await?.summary()))
}
