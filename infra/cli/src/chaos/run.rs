//! `ironmonger chaos`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use domain::{Currency, MoneyError, OrderId, Sku, Stock};
use jiff::Timestamp;
use secrets::Secrets;
use store::StoreError;
use thiserror::Error;
use tokio::time::Instant;
use ulid::Ulid;

use super::args::ChaosArgs;
use super::books::{self, MachineOrStore, OrderEntry};
use super::buyers::Bought;
use super::checks;
use super::director::{Counts, Director};
use super::doubles::Orders;
use super::figures::{Done, Row, Took};
use super::killer::Sentences;
use super::machine::{Machine, MachineError};
use super::report::Report;
use super::sampler::Sampler;
use super::scene::{Scene, SceneError, scene};
use super::stage::{self, StageError};
use crate::connection::Connection;
use crate::import::{self, ImportError};
use crate::invoices::{FileError, Lines};
use crate::outputs::{Outputs, OutputsError};
use crate::progress::Progress;
use crate::replay::invoice;
use crate::replay::outcome::{Account, Outcome, PlacedOrder};
use crate::replay::reconcile::{Reconciliation, Shelf, reconcile};
use crate::replay::shop::{Retries, Shop};

/// How often a call to the shop is tried, whose functions die all the time.
const ATTEMPTS: u32 = 15;

/// Why there is no report.
#[derive(Debug, Error)]
pub enum ChaosError {
    /// The stack is not one that may be treated like that.
    #[error("a chaos run needs a stack of this machine with its supplier simulator: `make chaos`")]
    NotLocal,
    /// The file cannot be read.
    #[error("{}: {source}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: FileError,
    },
    /// The file cannot be understood.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// There is nothing to play.
    #[error(transparent)]
    Scene(#[from] SceneError),
    /// The stage cannot be set.
    #[error(transparent)]
    Stage(#[from] StageError),
    /// The stack's functions or queues, or the simulator.
    #[error(transparent)]
    Machine(#[from] MachineError),
    /// The books cannot be read.
    #[error(transparent)]
    Books(#[from] MachineOrStore),
    /// The outputs lack something.
    #[error(transparent)]
    Outputs(#[from] OutputsError),
    /// The tables failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The currency of the stack.
    #[error(transparent)]
    Currency(#[from] MoneyError),
    /// The HTTP client cannot be made.
    #[error("HTTP: {0}")]
    Http(#[from] reqwest::Error),
    /// The folder where functions are asked to die.
    #[error("the folder of crash points: {0}")]
    Sentences(#[from] std::io::Error),
}

/// Sets the stage, plays, waits until all is still, and checks the books.
pub async fn chaos(outputs: &Outputs, args: ChaosArgs, progress: Progress) -> Result<Report, ChaosError> {
    let (Some(simulator), Some(crash_dir), Some(_)) =
        (outputs.supplier_sim.clone(), outputs.crash_dir.clone(), &outputs.endpoint)
    else {
        return Err(ChaosError::NotLocal);
    };
    let run = Ulid::generate().to_string();
    let mark = run[run.len() - 6..].to_owned();
    let currency = Currency::parse(outputs.stack("Currency")?)?;
    let scene = read(&args, &mark, currency, progress)?;
    let connection = Connection::new(outputs).await;
    let database = connection.database(outputs)?;
    let machine = Machine::new(outputs, &connection, &simulator)?;
    let secrets = Secrets::of_stage(connection.sdk(), outputs.stack("Stage")?);
    let (prepared, started) = (Instant::now(), Timestamp::now());
    let cast = stage::hire(&machine, &database, &secrets, outputs, &simulator, &scene, &mark).await?;
    stage::furnish(&database, &scene, &cast, progress).await?;
    if !args.shared {
        stage::draw_lots(&database).await?;
    }
    let preparing = prepared.elapsed();

    let director = Director {
        shop: Shop::new(&outputs.api, Retries { attempts: ATTEMPTS, ..Retries::default() })?,
        args,
        run,
        machine,
        database,
        scene,
        cast,
        sentences: Sentences::new(crash_dir.clone()),
        crash_dir,
        orders: Orders::default(),
        sampler: Sampler::default(),
        counts: Counts::default(),
        began: Instant::now(),
    };
    let bought = Box::pin(director.play(progress)).await;
    let over = Instant::now();
    let sentenced = director.sentences.end()?;
    if !director.args.shared {
        director.drain().await;
    }
    director.sampler.look(&director.database, &director.cast).await?;
    let took = Took { preparing, playing: over.duration_since(director.began), draining: over.elapsed() };
    let mut report = settle_up(&director, &bought, started).await?;
    report.took(took, sentenced);
    Ok(report)
}

fn read(args: &ChaosArgs, mark: &str, currency: Currency, progress: Progress) -> Result<Scene, ChaosError> {
    let tally = import::tally(&args.file, currency, progress)?;
    let failed = |source| ChaosError::File { path: args.file.clone(), source };
    let invoices = invoice::read(Lines::open(&args.file).map_err(failed)?, usize::MAX).map_err(failed)?;
    Ok(scene(invoices.first, &tally, args.orders, mark, currency)?)
}

/// Reads the books and checks them.
async fn settle_up(director: &Director, bought: &[Bought], started: Timestamp) -> Result<Report, ChaosError> {
    let Director { database, machine, scene, cast, .. } = director;
    let placed: BTreeSet<OrderId> = bought.iter().filter_map(order_of).collect();
    let ids: Vec<_> = placed.iter().copied().collect();
    let orders = books::orders(database, &ids).await?;
    let suppliers = books::suppliers(database, machine, cast, started).await?;
    let (looks, peaks) = director.sampler.seen();
    let stock =
        database.stock_of(scene.goods.iter().map(|(sku, good)| (good.product.fields().id, sku))).await?;
    let reconciliation = compare(scene, bought, &orders, &stock);

    let mut faults = checkout_faults(scene, bought);
    faults.extend(checks::orders(&placed, &orders));
    for supplier in &suppliers {
        let peak = peaks.get(&supplier.id).copied().unwrap_or_default();
        faults.extend(checks::supplier(supplier, peak, &orders));
    }
    faults.extend(stock_faults(&reconciliation));
    if !director.args.shared {
        faults.extend(checks::queues(&machine.at_work().await?));
        faults.extend(checks::queues(&machine.given_up().await?));
    }
    let mut rows = Vec::new();
    for supplier in &suppliers {
        let peak = peaks.get(&supplier.id).copied().unwrap_or_default();
        let openings = openings(director, supplier.id).await?;
        rows.push(Row::of(supplier, peak, openings, &orders));
    }
    let done = Done::of(&director.counts, looks);
    Ok(Report::new(director, bought, &orders, rows, reconciliation, done, faults))
}

/// How often a supplier was left alone because it failed.
async fn openings(director: &Director, id: domain::SupplierId) -> Result<usize, StoreError> {
    let log = director.database.health_log(id, LOGGED).await?;
    Ok(log.iter().filter(|entry| entry.kind == store::health::HealthKind::CircuitOpened).count())
}

/// The most entries of a supplier's log that are looked at.
const LOGGED: usize = 5_000;

fn order_of(bought: &Bought) -> Option<OrderId> {
    match bought {
        Bought::Paid { order, .. } | Bought::Failed { order: Some(order), .. } => OrderId::parse(order).ok(),
        Bought::Refused { .. } | Bought::Failed { order: None, .. } => None,
    }
}

/// At the checkout an order is either taken, or refused because there is too little of something that is scarce.
fn checkout_faults(scene: &Scene, bought: &[Bought]) -> Vec<String> {
    let fault = |(basket, bought): (&super::scene::Basket, &Bought)| {
        let of = |text: &str| Some(format!("invoice {}: {text}", basket.invoice));
        let scarce = || basket.lines.keys().any(|sku| scene.goods[sku].is_scarce());
        match bought {
            Bought::Paid { .. } => None,
            Bought::Refused { .. } if scarce() => None,
            Bought::Refused { reason } => of(&format!("refused although there is enough: {reason}")),
            Bought::Failed { reason, .. } => of(reason),
        }
    };
    scene.baskets.iter().zip(bought).filter_map(fault).collect()
}

/// Compares orders and stock as a replay does.
fn compare(
    scene: &Scene,
    bought: &[Bought],
    orders: &[OrderEntry],
    stock: &BTreeMap<Sku, Stock>,
) -> Reconciliation {
    let known: BTreeSet<String> = orders.iter().map(|order| order.id.to_string()).collect();
    let account = |(basket, bought): (&super::scene::Basket, &Bought)| {
        let (outcome, order) = match bought {
            Bought::Paid { order, subtotal } => {
                let number = known.get(order).cloned().unwrap_or_default();
                let placed = PlacedOrder { id: order.clone(), number, subtotal: *subtotal, paid: true };
                (Outcome::Fulfilled, Some(placed))
            }
            Bought::Refused { reason } => (Outcome::Refused { reason: reason.clone() }, None),
            Bought::Failed { reason, .. } => (Outcome::Unfinished { reason: reason.clone() }, None),
        };
        let (invoice, lines) = (basket.invoice.clone(), basket.lines.clone());
        Account { invoice, row: 0, rows: 0, lines, outcome, order }
    };
    let accounts: Vec<_> = scene.baskets.iter().zip(bought).map(account).collect();
    let shelf = |stock, price| Shelf { price, stock };
    let before = scene.goods.iter();
    let before =
        before.map(|(sku, good)| (sku.clone(), shelf(Stock::fresh(good.pieces), good.price))).collect();
    let after =
        scene.goods.iter().filter_map(|(sku, good)| Some((sku.clone(), shelf(*stock.get(sku)?, good.price))));
    reconcile(&accounts, &before, &after.collect())
}

/// Nobody else bought these goods: what is sold is what was paid for, and nothing is kept for anybody.
fn stock_faults(found: &Reconciliation) -> Vec<String> {
    let mut wrong = Vec::new();
    wrong.extend(found.wrong_stock.iter().map(|stock| format!("stock of {}: {}", stock.sku, stock.problem)));
    wrong.extend(found.wrong_totals.iter().map(|total| {
        format!("invoice {}: {} charged, {:?} expected", total.invoice, total.charged, total.expected)
    }));
    if found.after.reserved > 0 {
        wrong.push(format!("{} pieces of the stock are still reserved", found.after.reserved));
    }
    if found.bought_by_others > 0 {
        wrong.push(format!("of {} SKUs more was sold than was paid for", found.bought_by_others));
    }
    wrong
}
