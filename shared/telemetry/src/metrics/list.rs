//! The list of all metrics: the one place for their names, units, dimensions and meanings.

use super::label::{Dimension, Label, Service, Shop, SupplierLabel, WorkQueue};

/// What a metric's numbers are, in CloudWatch's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// How many.
    Count,
    /// A time.
    Milliseconds,
    /// A time.
    Seconds,
    /// Money: minor units of the shop's currency, which CloudWatch has no unit for.
    Minor,
}

impl Unit {
    /// The unit, as people are told.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Milliseconds => "milliseconds",
            Self::Seconds => "seconds",
            Self::Minor => "minor units",
        }
    }

    /// The unit's name in CloudWatch.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Count => "Count",
            Self::Milliseconds => "Milliseconds",
            Self::Seconds => "Seconds",
            Self::Minor => "None",
        }
    }
}

/// What a metric tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The shop's business.
    Business,
    /// What becomes of orders.
    Fulfilment,
    /// How the functions run.
    Technical,
}

impl Group {
    /// The group's name, as people are told.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Business => "Business",
            Self::Fulfilment => "Fulfilment",
            Self::Technical => "Technical",
        }
    }

    /// The group's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Business => "business",
            Self::Fulfilment => "fulfilment",
            Self::Technical => "technical",
        }
    }
}

/// Which of a metric's statistics says what the metric is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// How many, or how much, in a time.
    Sum,
    /// How much at a time. Of a metric that is 0 or 1 each time it is the share of the ones; the number of its samples
    /// is how often it could have happened.
    Average,
    /// The most at one time.
    Maximum,
    /// What 99 of 100 stay below.
    P99,
}

impl Statistic {
    /// The statistic's name in CloudWatch.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sum => "Sum",
            Self::Average => "Average",
            Self::Maximum => "Maximum",
            Self::P99 => "p99",
        }
    }
}

/// All there is to know about a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// Its name in CloudWatch.
    pub name: &'static str,
    /// What its numbers are.
    pub unit: Unit,
    /// What it tells of.
    pub group: Group,
    /// How it is looked at.
    pub statistic: Statistic,
    /// What it is looked at by beside the stage: it is there for the whole stage, and for each value of this.
    pub by: Option<Dimension>,
    /// What is measured, and when.
    pub meaning: &'static str,
}

impl About {
    /// The sets of dimensions that the metric is there with.
    #[must_use]
    pub fn dimensions(&self) -> Vec<Vec<&'static str>> {
        let stage = Dimension::Stage.name();
        let mut sets = vec![vec![stage]];
        sets.extend(self.by.map(|by| vec![stage, by.name()]));
        sets
    }
}

/// A metric of one of the lists below.
pub trait Measured: Copy + 'static {
    /// What it is measured of.
    type Of: Label;
    /// All of the list.
    const ALL: &'static [Self];

    /// All there is to know about it.
    fn about(self) -> About;
}

macro_rules! metrics {
    ($(#[$about:meta])* $kind:ident of $label:ident {
        $( $(#[doc = $meaning:literal])+ $name:ident: $unit:ident, $group:ident, $statistic:ident; )+
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $kind { $( $(#[doc = $meaning])+ $name, )+ }

        impl Measured for $kind {
            type Of = $label;
            const ALL: &'static [Self] = &[$( Self::$name, )+];

            fn about(self) -> About {
                match self {
                    $( Self::$name => About {
                        name: stringify!($name),
                        unit: Unit::$unit,
                        group: Group::$group,
                        statistic: Statistic::$statistic,
                        by: <$label as Label>::DIMENSION,
                        meaning: concat!($( $meaning, )+).trim_ascii_start(),
                    }, )+
                }
            }
        }
    };
}

metrics! {
    /// What is measured of the shop as a whole.
    Metric of Shop {
        /// Carts that were begun.
        CartsCreated: Count, Business, Sum;
        /// Orders placed: from carts, by partners, and as instalments of paced orders.
        OrdersPlaced: Count, Business, Sum;
        /// Orders placed from a cart. Divided by `CartsCreated` it is the conversion.
        OrdersFromCarts: Count, Business, Sum;
        /// Orders refused for want of stock.
        OrdersOutOfStock: Count, Business, Sum;
        /// Orders paid, those on account among them.
        OrdersPaid: Count, Business, Sum;
        /// What was paid for orders, in minor units of the shop's currency. Refunds are not taken off.
        Revenue: Minor, Business, Sum;
        /// Payments refused by the provider.
        PaymentsDeclined: Count, Business, Sum;
        /// Orders that nobody paid in time.
        OrdersExpired: Count, Business, Sum;
        /// Orders all of whose parts are on their way.
        OrdersFulfilled: Count, Business, Sum;
        /// Times that an order began to wait for a person, or for one more thing.
        OrdersNeedingAttention: Count, Business, Sum;
        /// Orders that were called off after they were paid.
        OrdersCancelled: Count, Business, Sum;
        /// Orders that were called off and paid back, wholly or in part.
        OrdersRefunded: Count, Business, Sum;
        /// What was paid back, in minor units of the shop's currency.
        RefundedAmount: Minor, Business, Sum;
        /// Articles whose last piece was taken from the shelf. May count one twice when the table's stream repeats itself.
        StockOuts: Count, Business, Sum;
        /// 1 for each request to place or pay an order that failed for a reason of ours, 0 for each other such request.
        CheckoutErrors: Count, Business, Average;

        /// From payment to plan.
        TimeToPlan: Seconds, Fulfilment, P99;
        /// From payment until all parts of the order were on their way.
        TimeToFulfil: Seconds, Fulfilment, Average;
        /// Calls that a partner's program took.
        CallbacksDelivered: Count, Fulfilment, Sum;
        /// Calls that a partner's program did not take.
        CallbacksFailed: Count, Fulfilment, Sum;
        /// Calls that a merchant's program took.
        WebhooksDelivered: Count, Fulfilment, Sum;
        /// Calls that a merchant's program did not take.
        WebhooksFailed: Count, Fulfilment, Sum;
        /// Merchants' programs that are called no more, because nothing was taken for too long or they said so.
        WebhooksPaused: Count, Fulfilment, Sum;

        /// 1 for each call that a new process answered first, 0 for each other call.
        ColdStarts: Count, Technical, Sum;
        /// From the start of a process until it could take its first call.
        InitTime: Milliseconds, Technical, P99;
        /// 1 for each request that was answered with 4xx, 0 for each other request.
        ClientErrors: Count, Technical, Average;
        /// Calls of DynamoDB that it refused because there were too many, or the part of a transaction.
        DatabaseThrottles: Count, Technical, Sum;
        /// Calls of DynamoDB that were tried again.
        DatabaseRetries: Count, Technical, Sum;
        /// Frames that were sent to open pages.
        PushesSent: Count, Technical, Sum;
        /// Connections of pages that were found dead, or could not be reached.
        ConnectionsDropped: Count, Technical, Sum;
    }
}

metrics! {
    /// What is measured of each supplier, and of all together.
    SupplierMetric of SupplierLabel {
        /// How long the supplier took to answer a call, or until it was given up. As many samples as calls.
        SupplierCallTime: Milliseconds, Fulfilment, P99;
        /// 1 for each call that the supplier failed to answer, 0 for each that it answered, also with a refusal.
        SupplierFailures: Count, Fulfilment, Average;
        /// What a task cost in the end, in minor units of the currency of the supplier's offers.
        SupplierCost: Minor, Fulfilment, Sum;
        /// Tasks that the supplier took.
        TasksSubmitted: Count, Fulfilment, Sum;
        /// Tasks for which the supplier sent something.
        TasksCompleted: Count, Fulfilment, Sum;
        /// Tasks that others took over, because the supplier refused, failed, was late or sent too little.
        TasksReplaced: Count, Fulfilment, Sum;
        /// From the task's planning until its supplier took it.
        TimeToDispatch: Seconds, Fulfilment, P99;
        /// From when the supplier took the task until it had sent the goods.
        TimeToComplete: Seconds, Fulfilment, Average;
        /// Times that the supplier failed so often that it was left alone for a while.
        CircuitsOpened: Count, Fulfilment, Sum;
        /// 1 every minute that the supplier is left alone, or tried again, because it fails; else nothing is written.
        CircuitsOpen: Count, Fulfilment, Maximum;
        /// Tasks that were not placed because the supplier's budget was spent.
        BudgetRefusals: Count, Fulfilment, Sum;
        /// Charges that left a budget of the supplier exceeded.
        BudgetsExceeded: Count, Fulfilment, Sum;
    }
}

metrics! {
    /// What is measured of each queue, and of all together.
    QueueMetric of WorkQueue {
        /// From when a message was sent until a worker had it, the time that it was meant to wait included. Messages that
        /// come again have waited since they were sent.
        MessageWait: Milliseconds, Technical, Maximum;
        /// 1 for each message that could not be handled and comes again, 0 for each other message.
        MessagesFailed: Count, Technical, Sum;
    }
}

metrics! {
    /// What is measured of each service's calls – one call is one request, batch of messages, batch of changes or tick of
    /// a schedule – and of all together.
    ServiceMetric of Service {
        /// How long a call took. As many samples as calls.
        Duration: Milliseconds, Technical, P99;
        /// 1 for each call that failed for a reason of ours (an answer with 5xx, an error), 0 for each other call.
        ServerErrors: Count, Technical, Average;
        /// Round trips to DynamoDB within a call.
        DatabaseCalls: Count, Technical, Average;
        /// Read units of DynamoDB that a call used.
        ReadUnits: Count, Technical, Sum;
        /// Write units of DynamoDB that a call used.
        WriteUnits: Count, Technical, Sum;
    }
}

/// All metrics of all lists.
#[must_use]
pub fn all() -> Vec<About> {
    fn of<M: Measured>() -> impl Iterator<Item = About> {
        M::ALL.iter().map(|metric| metric.about())
    }
    of::<Metric>()
        .chain(of::<SupplierMetric>())
        .chain(of::<QueueMetric>())
        .chain(of::<ServiceMetric>())
        .collect()
}
