//! The `ironmonger` program.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use cli::args::{Cli, Command, ImportArgs, ProductsCommand, ReplayArgs, SeedArgs, StaffCommand, TraceArgs};
use cli::chaos::{self, ChaosArgs};
use cli::connection::Connection;
use cli::drill;
use cli::import;
use cli::outputs::Outputs;
use cli::products;
use cli::progress::Progress;
use cli::replay::{self, Plan};
use cli::seed;
use cli::smoke;
use cli::staff;
use cli::trace;
use cli::upgrade;
use serde::Serialize;
use ulid::Ulid;

/// The books of a replay or of a chaos run do not balance.
const UNBALANCED: u8 = 3;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let progress = Progress::choose(cli.no_progress);
    let result = match cli.command {
        Command::Seed(args) => run_seed(&cli.outputs, args, progress).await,
        Command::Import(args) => run_import(&cli.outputs, args, progress).await,
        Command::Replay(args) => run_replay(&cli.outputs, args, progress).await,
        Command::Chaos(args) => run_chaos(&cli.outputs, args, progress).await,
        Command::UpgradeItems { dry_run } => run_upgrade(&cli.outputs, dry_run, progress).await,
        Command::RestoreDrill => run_drill(&cli.outputs, progress).await,
        Command::Smoke { address } => run_smoke(&cli.outputs, address).await,
        Command::Staff(command) => run_staff(&cli.outputs, command).await,
        Command::Trace(args) => run_trace(&cli.outputs, args).await,
        Command::Products(command) => run_products(&cli.outputs, command, progress).await,
    };
    result.unwrap_or_else(|error| {
        eprintln!("ironmonger: {error}");
        ExitCode::FAILURE
    })
}

async fn run_seed(outputs: &Path, args: SeedArgs, progress: Progress) -> Result<ExitCode, Box<dyn Error>> {
    let outputs = Outputs::read(outputs)?;
    let images = (!args.no_images).then_some(args.images.as_path());
    print!("{}", seed::seed(&outputs, images, args.currency, progress).await?);
    Ok(ExitCode::SUCCESS)
}

async fn run_import(path: &Path, args: ImportArgs, progress: Progress) -> Result<ExitCode, Box<dyn Error>> {
    let report = args.report.unwrap_or_else(|| path.with_file_name("import-report.csv"));
    // Before the reading, so that a missing stack is told at once.
    let outputs = if args.dry_run { None } else { Some(Outputs::read(path)?) };
    let tally = import::read(&args.file, &report, args.currency, progress)?;
    println!("{}:", args.file.display());
    print!("{}", import::report::Summary(&tally));
    println!("Bad rows are listed in {}", report.display());
    if let Some(outputs) = outputs {
        print!("{}", import::import(&tally, &outputs, args.stock, args.currency, progress).await?);
    }
    Ok(ExitCode::SUCCESS)
}

async fn run_replay(path: &Path, args: ReplayArgs, progress: Progress) -> Result<ExitCode, Box<dyn Error>> {
    let outputs = Outputs::read(path)?;
    let file = args.report.unwrap_or_else(|| outputs.beside("replay-report.json"));
    let plan = Plan {
        file: args.file,
        orders: args.orders,
        concurrency: args.concurrency,
        timeout: args.timeout,
        run: Ulid::generate().to_string(),
    };
    let report = replay::replay(&outputs, plan, progress).await?;
    print!("{report}");
    write(&file, &report)?;
    Ok(if report.balances { ExitCode::SUCCESS } else { ExitCode::from(UNBALANCED) })
}

async fn run_chaos(path: &Path, args: ChaosArgs, progress: Progress) -> Result<ExitCode, Box<dyn Error>> {
    let outputs = Outputs::read(path)?;
    let file = args.report.clone().unwrap_or_else(|| outputs.beside("chaos-report.json"));
    let report = Box::pin(chaos::chaos(&outputs, args, progress)).await?;
    print!("{report}");
    write(&file, &report)?;
    Ok(if report.is_good() { ExitCode::SUCCESS } else { ExitCode::from(UNBALANCED) })
}

/// Writes a whole report as JSON.
fn write(file: &Path, report: &impl Serialize) -> Result<(), Box<dyn Error>> {
    let json = serde_json::to_vec_pretty(report)?;
    std::fs::write(file, json)
        .map_err(|error| format!("cannot write the report {}: {error}", file.display()))?;
    println!("The whole report is in {}", file.display());
    Ok(())
}

async fn run_drill(path: &Path, progress: Progress) -> Result<ExitCode, Box<dyn Error>> {
    let drill = drill::drill(&Outputs::read(path)?, progress).await?;
    print!("{drill}");
    Ok(if drill.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn run_upgrade(path: &Path, dry: bool, progress: Progress) -> Result<ExitCode, Box<dyn Error>> {
    let outputs = Outputs::read(path)?;
    let database = Connection::new(&outputs).await.database(&outputs)?;
    print!("{}", upgrade::upgrade(&database, dry, progress).await?);
    Ok(ExitCode::SUCCESS)
}

async fn run_smoke(path: &Path, address: Option<String>) -> Result<ExitCode, Box<dyn Error>> {
    let address = match address {
        Some(address) => address,
        None => Outputs::read(path)?.site().to_owned(),
    };
    let report = Box::pin(smoke::smoke(&address, smoke::PAUSE)).await?;
    print!("{report}");
    Ok(if report.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn run_staff(path: &Path, command: StaffCommand) -> Result<ExitCode, Box<dyn Error>> {
    let outputs = Outputs::read(path)?;
    let desk = Connection::new(&outputs).await.staff_desk(&outputs)?;
    let told = match command {
        StaffCommand::Add(args) => {
            staff::add(&desk, &outputs, &args.email, args.group, args.password).await?
        }
        StaffCommand::Remove { email } => staff::remove(&desk, &email).await?,
        StaffCommand::List => staff::list(&desk).await?,
    };
    print!("{told}");
    Ok(ExitCode::SUCCESS)
}

async fn run_trace(path: &Path, args: TraceArgs) -> Result<ExitCode, Box<dyn Error>> {
    let story = trace::story(&Outputs::read(path)?, args.order).await?;
    if args.json {
        println!("{}", serde_json::to_string_pretty(&story)?);
    } else {
        print!("{story}");
    }
    Ok(ExitCode::SUCCESS)
}

async fn run_products(
    path: &Path,
    command: ProductsCommand,
    progress: Progress,
) -> Result<ExitCode, Box<dyn Error>> {
    let outputs = Outputs::read(path)?;
    let database = Connection::new(&outputs).await.database(&outputs)?;
    match command {
        ProductsCommand::Export { file } => {
            let products = products::export(&database, &file, progress).await?;
            println!("{products} products are in {}", file.display());
            Ok(ExitCode::SUCCESS)
        }
        ProductsCommand::Import(args) => {
            let imported =
                products::import(&database, &args.file, args.mode.into(), args.currency, progress).await?;
            print!("{imported}");
            Ok(if imported.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
    }
}
