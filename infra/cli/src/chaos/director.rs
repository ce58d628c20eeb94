//! Directs a run: the forces that make things go wrong, the clockwork that must go on all the same, and the orders.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use domain::{OrderId, OrderStatus};
use futures::future::join_all;
use futures::{StreamExt, TryStreamExt, stream};
use store::Database;
use tokio::time::{Instant, sleep};

use super::args::ChaosArgs;
use super::books::MachineOrStore;
use super::buyers::{Bought, BuyError, buy};
use super::cast::Member;
use super::doubles::{self, Orders};
use super::killer::{Sentences, about, kill_one};
use super::machine::{Machine, MachineError};
use super::sampler::{EVERY, Sampler};
use super::scene::Scene;
use super::spells::{SPELLS, Spell};
use crate::progress::Progress;
use crate::replay::shop::Shop;

/// How often suppliers are polled, which the schedule does every minute.
const POLL_EVERY: Duration = Duration::from_secs(4);
/// How often tasks are looked after, which the schedule does every five minutes.
const SWEEP_EVERY: Duration = Duration::from_secs(30);
/// How often it is asked whether all is done.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How often it is told how things stand.
const TELL_EVERY: Duration = Duration::from_secs(20);
/// How long the queues may take to empty: longer than the time to pay, for which expiry messages are held back.
const DRAIN_PATIENCE: Duration = Duration::from_mins(8);
/// How many orders are read at a time.
const PARALLEL: usize = 8;
/// So many errors of the run's own calls are told; all are counted.
const TOLD: u64 = 10;

/// What was done to the stack.
#[derive(Debug, Default)]
pub struct Counts {
    /// Processes that were killed at random.
    pub killed: AtomicU64,
    /// Messages that were sent again.
    pub doubled: AtomicU64,
    /// Ticks of schedules.
    pub ticks: AtomicU64,
    /// Ticks that a death ended.
    pub dead_ticks: AtomicU64,
    /// Dead letters that were given back.
    pub given_back: AtomicU64,
    /// Calls of the run's own that failed.
    pub hiccups: AtomicU64,
    bought: AtomicU64,
}

/// A run under way.
pub struct Director {
    pub args: ChaosArgs,
    pub run: String,
    pub machine: Machine,
    pub database: Database,
    pub shop: Shop,
    pub scene: Scene,
    pub cast: Vec<Member>,
    pub sentences: Sentences,
    pub crash_dir: PathBuf,
    pub orders: Orders,
    pub sampler: Sampler,
    pub counts: Counts,
    pub began: Instant,
}

impl Director {
    /// Places all orders and waits until all of them have come to an end, or time runs out. Gives what became of each
    /// basket.
    pub async fn play(&self, progress: Progress) -> Vec<Bought> {
        tokio::select! {
            bought = self.trade(progress) => bought,
            never = self.forces() => match never {},
            never = self.clockwork() => match never {},
        }
    }

    /// Waits until the queues are empty, with nothing that goes wrong by intent any more.
    pub async fn drain(&self) {
        let deadline = Instant::now() + DRAIN_PATIENCE;
        let mut quiet = 0;
        while quiet < 2 && Instant::now() < deadline {
            sleep(LOOK_EVERY).await;
            match self.left().await {
                Ok(0) => quiet += 1,
                Ok(_) => quiet = 0,
                Err(error) => self.hiccup("looking at the queues", &error),
            }
        }
    }

    /// How many messages are left, after dead letters were given back.
    async fn left(&self) -> Result<u64, MachineError> {
        self.counts.given_back.fetch_add(self.machine.redrive().await?, Relaxed);
        Ok(self.machine.at_work().await?.values().sum())
    }

    async fn trade(&self, progress: Progress) -> Vec<Bought> {
        let work = progress.begin("Placing and paying", self.scene.baskets.len() as u64);
        let all = stream::iter(self.scene.baskets.iter().enumerate()).map(async |(number, basket)| {
            let paid = |order| self.orders.add(order);
            let Self { database, shop, run, scene, sentences, .. } = self;
            let bought = buy(database, shop, run, scene, basket, sentences, paid).await;
            self.counts.bought.fetch_add(1, Relaxed);
            work.step();
            let failed = |error: BuyError| Bought::Failed { reason: error.to_string(), order: None };
            (number, bought.unwrap_or_else(failed))
        });
        let mut bought: Vec<_> = all.buffer_unordered(self.args.concurrency).collect().await;
        work.end();
        bought.sort_by_key(|(number, _)| *number);
        let mut waiting = self.orders.all();
        while Instant::now() < self.began + self.args.timeout {
            match self.is_over(&mut waiting).await {
                Ok(true) => break,
                Ok(false) => {}
                Err(error) => self.hiccup("looking at the orders", &error),
            }
            sleep(LOOK_EVERY).await;
        }
        bought.into_iter().map(|(_, bought)| bought).collect()
    }

    /// Whether nothing can happen to any order any more without a person. Those that are over are taken out of `waiting`.
    async fn is_over(&self, waiting: &mut Vec<OrderId>) -> Result<bool, MachineOrStore> {
        for member in &self.cast {
            if self.database.has_open_tasks(member.supplier.id, None).await? {
                return Ok(false);
            }
        }
        let looks = stream::iter(waiting.iter().copied()).map(async |id| {
            let order = self.database.order(id).await?;
            Ok::<_, MachineOrStore>((id, order.is_some_and(|order| is_over(&order.value))))
        });
        let seen: Vec<_> = looks.buffer_unordered(PARALLEL).try_collect().await?;
        *waiting = seen.into_iter().filter(|(_, over)| !over).map(|(id, _)| id).collect();
        if !waiting.is_empty() && !self.args.shared {
            // What nobody works on may lie among the dead letters.
            self.counts.given_back.fetch_add(self.machine.redrive().await?, Relaxed);
        }
        Ok(waiting.is_empty())
    }

    /// What goes wrong by intent.
    async fn forces(&self) -> Infallible {
        tokio::join!(self.kill(), self.double(), self.cast_spells()).0
    }

    /// What must go on all the same.
    async fn clockwork(&self) -> Infallible {
        let (poll, sweep) = (self.tick("PollSuppliers", POLL_EVERY), self.tick("SweepTasks", SWEEP_EVERY));
        tokio::join!(poll, sweep, self.watch(), self.keep_telling()).0
    }

    async fn kill(&self) -> Infallible {
        if self.args.shared {
            return std::future::pending().await;
        }
        loop {
            sleep(about(self.args.kill_every)).await;
            let folder = self.crash_dir.clone();
            match tokio::task::spawn_blocking(move || kill_one(&folder)).await {
                Ok(Ok(killed)) => count(&self.counts.killed, killed),
                Ok(Err(error)) => self.hiccup("killing", &error),
                Err(error) => self.hiccup("killing", &error),
            }
        }
    }

    async fn double(&self) -> Infallible {
        loop {
            sleep(about(self.args.double_every)).await;
            match doubles::send_one(&self.machine, &self.database, &self.orders, &self.cast).await {
                Ok(sent) => count(&self.counts.doubled, sent),
                Err(error) => self.hiccup("sending a message again", &error),
            }
        }
    }

    async fn cast_spells(&self) -> Infallible {
        join_all(SPELLS.iter().map(|spell| self.cast_spell(spell))).await;
        std::future::pending().await
    }

    async fn watch(&self) -> Infallible {
        loop {
            if let Err(error) = self.sampler.look(&self.database, &self.cast).await {
                self.hiccup("looking at the budgets", &error);
            }
            sleep(EVERY).await;
        }
    }

    async fn keep_telling(&self) -> Infallible {
        loop {
            sleep(TELL_EVERY).await;
            self.tell().await;
        }
    }

    async fn tick(&self, function: &'static str, every: Duration) -> Infallible {
        loop {
            sleep(every).await;
            match self.machine.invoke(function).await {
                Ok(lived) => {
                    count(&self.counts.ticks, true);
                    count(&self.counts.dead_ticks, !lived);
                }
                Err(error) => self.hiccup(function, &error),
            }
        }
    }

    async fn cast_spell(&self, spell: &Spell) {
        let Some(member) = self.cast.iter().find(|member| member.role.key == spell.role) else { return };
        let orders = self.scene.baskets.len();
        while self.counts.bought.load(Relaxed) < spell.begins_after(orders) {
            sleep(Duration::from_millis(200)).await;
        }
        for (knobs, pause) in [((spell.on)(), spell.lasts(orders)), ((spell.off)(), Duration::ZERO)] {
            while let Err(error) = self.machine.turn(&member.address, &knobs).await {
                self.hiccup("turning a supplier's knobs", &error);
                sleep(LOOK_EVERY).await;
            }
            sleep(pause).await;
        }
    }

    /// Says how things stand, for whoever waits.
    async fn tell(&self) {
        let seconds = self.began.elapsed().as_secs();
        let Counts { killed, doubled, given_back, hiccups, bought, .. } = &self.counts;
        let [killed, doubled, given_back, hiccups, bought] =
            [killed, doubled, given_back, hiccups, bought].map(|count| count.load(Relaxed));
        let queues = match self.machine.at_work().await {
            Ok(depths) => shown(&depths),
            Err(error) => error.to_string(),
        };
        eprintln!(
            "{seconds} s: {bought} of {} bought; queues: {queues}; {killed} killed, {doubled} sent again, {given_back} \
             given back, {hiccups} hiccups",
            self.scene.baskets.len()
        );
    }

    /// A call of the run's own failed, which on a machine under such a load is no wonder.
    fn hiccup(&self, what: &str, error: &dyn std::error::Error) {
        if self.counts.hiccups.fetch_add(1, Relaxed) < TOLD {
            eprintln!("{what}: {error}");
        }
    }
}

fn count(counter: &AtomicU64, did: bool) {
    counter.fetch_add(u64::from(did), Relaxed);
}

fn is_over(order: &domain::Order) -> bool {
    let stands = matches!(order.status(), OrderStatus::NeedsAttention | OrderStatus::Cancelled);
    order.status().is_final() || (stands && order.open_tasks().is_empty())
}

fn shown(depths: &BTreeMap<String, u64>) -> String {
    let some: Vec<_> = depths
        .iter()
        .filter(|(_, depth)| **depth > 0)
        .map(|(queue, depth)| format!("{queue} {depth}"))
        .collect();
    if some.is_empty() { "empty".into() } else { some.join(", ") }
}
