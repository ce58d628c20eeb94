//! The five suppliers: two that speak JSON, two panels and a task board, each failing in its own way.

use suppliers::AdapterKind;

/// The most pieces that one line can have.
const ANY_NUMBER: i64 = 1_000_000;

/// Something that goes wrong in a share of a supplier's requests.
#[derive(Debug, Clone, Copy)]
pub struct Trouble {
    /// What, as the simulator calls it.
    pub kind: &'static str,
    /// In how many of a hundred requests.
    pub percent: u8,
    /// What the supplier asks for then, in seconds.
    pub retry_after: Option<u32>,
}

const fn trouble(kind: &'static str, percent: u8) -> Trouble {
    Trouble { kind, percent, retry_after: None }
}

/// How a supplier is made.
#[derive(Debug, Clone, Copy)]
pub struct Role {
    /// Its name at the simulator, before the run's mark.
    pub key: &'static str,
    /// Its name at the shop.
    pub name: &'static str,
    /// What it speaks.
    pub adapter: AdapterKind,
    /// How often it comes first where suppliers are drawn by lot.
    pub weight: i64,
    /// Of a hundred SKUs it offers so many.
    pub coverage: u32,
    /// The most pieces of a SKU that it takes.
    pub most: i64,
    /// What it asks of the sales price, in percent.
    pub cost_percent: i64,
    /// How long it may take, in seconds.
    pub lead_time_seconds: u32,
    /// How many calls it bears in a minute.
    pub per_minute: Option<i64>,
    /// How many calls it bears at once.
    pub concurrent: Option<i64>,
    /// Its budget of a day, in thousandths of what it would charge for all orders.
    pub daily: Option<i64>,
    /// The same of a month.
    pub monthly: Option<i64>,
    /// What goes wrong there.
    pub troubles: &'static [Trouble],
    /// How much later its answers come, in milliseconds.
    pub latency_ms: u64,
    /// When it begins to work, in milliseconds after it took an order; never where it sends at once.
    pub working_after_ms: Option<u64>,
    /// When it has sent all, in milliseconds after it took an order.
    pub complete_after_ms: u64,
    /// Whether it tells of changes by itself.
    pub webhook: bool,
    /// Whether it wants a token with every request.
    pub tokens: bool,
}

/// Who takes part. The first can take everything, and its budget lets it: what the others will not have goes there.
pub static ROLES: [Role; 5] = [
    Role {
        key: "aldgate",
        name: "Aldgate Wire & Nail",
        adapter: AdapterKind::HttpJson,
        weight: 2,
        coverage: 100,
        most: ANY_NUMBER,
        cost_percent: 60,
        lead_time_seconds: 1_800,
        per_minute: None,
        concurrent: Some(5),
        daily: Some(1_500),
        monthly: None,
        troubles: &[trouble("lost", 5), trouble("brokenAfter", 5), trouble("garbage", 5)],
        latency_ms: 0,
        working_after_ms: None,
        complete_after_ms: 1_500,
        webhook: true,
        tokens: false,
    },
    Role {
        key: "birch-lane",
        name: "Birch Lane Supply",
        adapter: AdapterKind::HttpJson,
        weight: 3,
        coverage: 100,
        most: ANY_NUMBER,
        cost_percent: 55,
        lead_time_seconds: 1_800,
        per_minute: Some(180),
        concurrent: None,
        daily: Some(400),
        monthly: Some(2_000),
        troubles: &[
            Trouble { kind: "tooMany", percent: 5, retry_after: Some(1) },
            trouble("expired", 6),
            trouble("unavailable", 8),
        ],
        latency_ms: 50,
        working_after_ms: Some(500),
        complete_after_ms: 2_000,
        webhook: false,
        tokens: true,
    },
    Role {
        key: "coppergate",
        name: "Coppergate Panel",
        adapter: AdapterKind::Panel,
        weight: 2,
        coverage: 20,
        most: 500,
        cost_percent: 50,
        // Now and then a task is overdue: what is not done at the first look is looked at half a minute later.
        lead_time_seconds: 60,
        per_minute: None,
        concurrent: Some(4),
        daily: None,
        monthly: Some(40),
        troubles: &[trouble("duplicate", 5), trouble("wrongType", 4), trouble("lost", 4)],
        latency_ms: 0,
        working_after_ms: Some(500),
        complete_after_ms: 5_000,
        webhook: false,
        tokens: false,
    },
    Role {
        key: "dyer-street",
        name: "Dyer Street Panel",
        adapter: AdapterKind::Panel,
        weight: 2,
        coverage: 20,
        most: 200,
        cost_percent: 65,
        lead_time_seconds: 1_800,
        per_minute: Some(150),
        concurrent: Some(4),
        daily: Some(40),
        monthly: None,
        troubles: &[
            trouble("unavailable", 12),
            Trouble { kind: "tooMany", percent: 5, retry_after: Some(1) },
            trouble("huge", 4),
            trouble("broken", 3),
        ],
        latency_ms: 0,
        working_after_ms: Some(500),
        complete_after_ms: 2_000,
        webhook: false,
        tokens: false,
    },
    Role {
        key: "ember",
        name: "Ember Task Board",
        adapter: AdapterKind::Taskboard,
        weight: 2,
        coverage: 10,
        // Each piece makes a report there that has to be approved.
        most: 3,
        cost_percent: 45,
        lead_time_seconds: 1_800,
        per_minute: None,
        concurrent: Some(4),
        daily: Some(2),
        monthly: None,
        troubles: &[trouble("drip", 1), trouble("broken", 5), trouble("lost", 4), trouble("redirect", 1)],
        latency_ms: 0,
        working_after_ms: Some(500),
        complete_after_ms: 2_000,
        webhook: false,
        tokens: false,
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_are_five_suppliers_of_three_protocols() {
        let protocols: Vec<_> = ROLES.iter().map(|role| role.adapter.name()).collect();
        assert_eq!(protocols, ["http-json", "http-json", "panel", "panel", "taskboard"]);
        assert_eq!(ROLES.iter().map(|role| role.key).collect::<BTreeSet<_>>().len(), 5);
        assert!(ROLES.iter().any(|role| role.webhook));
    }

    #[test]
    fn each_fails_in_ten_to_thirty_of_a_hundred_requests_in_its_own_way() {
        let ways: BTreeSet<Vec<_>> =
            ROLES.iter().map(|role| role.troubles.iter().map(|trouble| trouble.kind).collect()).collect();
        assert_eq!(ways.len(), ROLES.len());
        for role in &ROLES {
            let good: f64 =
                role.troubles.iter().map(|trouble| 1.0 - f64::from(trouble.percent) / 100.0).product();
            let failing = 1.0 - good;
            assert!((0.1..=0.3).contains(&failing), "{}: {failing}", role.key);
        }
    }
}
