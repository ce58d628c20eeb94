//! Dimensions and the values that they may have. Each value of a dimension is a series that costs money every month, so
//! values come from closed lists; only suppliers come and go, and of these a process tells a bounded number apart.

use std::collections::BTreeSet;
use std::sync::Mutex;

/// What a metric is looked at by, beside the stage of the deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// The deployment: every metric has it.
    Stage,
    /// The crate that the function is of.
    Service,
    /// The supplier's id.
    Supplier,
    /// The queue.
    Queue,
}

impl Dimension {
    /// The dimension's name in CloudWatch.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stage => "Stage",
            Self::Service => "Service",
            Self::Supplier => "Supplier",
            Self::Queue => "Queue",
        }
    }
}

/// What a line of metrics is about.
pub trait Label {
    /// The dimension that tells its values apart; nothing where there is one value only.
    const DIMENSION: Option<Dimension>;

    /// The dimension's value, empty where there is no dimension.
    fn value(&self) -> &str;
}

/// The shop as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shop;

impl Label for Shop {
    const DIMENSION: Option<Dimension> = None;

    fn value(&self) -> &'static str {
        ""
    }
}

macro_rules! closed {
    ($(#[$about:meta])* $kind:ident as $dimension:ident { $( $(#[$doc:meta])+ $variant:ident = $value:literal, )+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $kind { $( $(#[$doc])+ $variant, )+ }

        impl $kind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )+];

            /// The dimension's value.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $value, )+ }
            }
        }

        impl Label for $kind {
            const DIMENSION: Option<Dimension> = Some(Dimension::$dimension);

            fn value(&self) -> &str {
                self.name()
            }
        }
    };
}

closed! {
    /// The crates below `functions`.
    Service as Service {
        /// Carts.
        Cart = "cart",
        /// What the shop shows.
        Catalog = "catalog",
        /// The console's catalogue and people.
        Console = "console",
        /// Those who are signed in.
        Customers = "customers",
        /// The console's suppliers, orders and tasks.
        Desk = "desk",
        /// Planning, placing and following tasks.
        Fulfilment = "fulfilment",
        /// Pictures and imports.
        Media = "media",
        /// Events for merchants' programs.
        Notify = "notify",
        /// The console's queues, schedules and runs.
        Operations = "operations",
        /// Placing, paying and expiring orders.
        Orders = "orders",
        /// Partners' programs.
        Partner = "partner",
        /// News for open pages.
        Realtime = "realtime",
        /// The search.
        Search = "search",
    }
}

impl Service {
    /// The service that a crate is.
    #[must_use]
    pub fn of_crate(name: &str) -> Option<Self> {
        let name = name.strip_suffix("-functions").unwrap_or(name);
        Self::ALL.iter().copied().find(|service| service.name() == name)
    }
}

closed! {
    /// The queues that workers empty.
    WorkQueue as Queue {
        /// Calls to partners' programs.
        Callback = "callback",
        /// Customers to be forgotten.
        Deletion = "deletion",
        /// Calls to merchants' programs.
        Webhook = "webhook",
        /// Tasks to be placed.
        Dispatch = "dispatch",
        /// Orders that nobody may have paid.
        Expiry = "expiry",
        /// Events that merchants' programs may want.
        FanOut = "fan-out",
        /// Orders to be planned.
        Planning = "planning",
        /// News for open pages.
        Push = "push",
        /// Search indexes to be made.
        Rebuild = "rebuild",
        /// Suppliers to be asked.
        Sync = "sync",
    }
}

impl WorkQueue {
    /// The queue that a worker empties. `worker` is the binary's name.
    #[must_use]
    pub fn of_worker(worker: &str) -> Option<Self> {
        Some(match worker {
            "send-partner-callback" => Self::Callback,
            "delete-customer" => Self::Deletion,
            "deliver-webhook" => Self::Webhook,
            "dispatch-task" => Self::Dispatch,
            "expire-order" => Self::Expiry,
            "fan-out-event" => Self::FanOut,
            "plan-order" => Self::Planning,
            "push-events" => Self::Push,
            "rebuild-search-index" => Self::Rebuild,
            "sync-supplier" => Self::Sync,
            _ => return None,
        })
    }
}

/// How many suppliers one process tells apart; what comes after them is counted as [`OTHER_SUPPLIERS`].
pub const MAX_SUPPLIERS: usize = 50;
/// The value that stands for the suppliers that are not told apart.
pub const OTHER_SUPPLIERS: &str = "other";

static SUPPLIERS: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// A supplier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplierLabel(String);

impl SupplierLabel {
    /// The supplier with this id.
    #[must_use]
    pub fn of(id: impl std::fmt::Display) -> Self {
        // A set of names is as good after a panic elsewhere as before.
        let mut known = SUPPLIERS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Self(told_apart(&mut known, id.to_string()))
    }
}

impl Label for SupplierLabel {
    const DIMENSION: Option<Dimension> = Some(Dimension::Supplier);

    fn value(&self) -> &str {
        &self.0
    }
}

fn told_apart(known: &mut BTreeSet<String>, id: String) -> String {
    if known.contains(&id) {
        return id;
    }
    if known.len() == MAX_SUPPLIERS {
        return OTHER_SUPPLIERS.to_owned();
    }
    known.insert(id.clone());
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suppliers_beyond_the_limit_share_a_value() {
        let mut known = BTreeSet::new();
        let mut values = BTreeSet::new();
        for n in 0..MAX_SUPPLIERS * 10 {
            values.insert(told_apart(&mut known, format!("sup_{n}")));
        }
        assert_eq!(values.len(), MAX_SUPPLIERS + 1);
        assert!(values.contains(OTHER_SUPPLIERS));
        assert_eq!(told_apart(&mut known, "sup_0".into()), "sup_0", "who is known stays known");
    }

    #[test]
    fn a_crate_is_a_service_and_anything_else_is_not() {
        assert_eq!(Service::of_crate("orders"), Some(Service::Orders));
        assert_eq!(Service::of_crate("search-functions"), Some(Service::Search));
        assert_eq!(Service::of_crate("supplier-sim"), None);
    }
}
