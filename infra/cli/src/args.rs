//! What can be asked of the program.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::{Currency, CustomerEmail, Group, ImportMode, OrderId};

use crate::chaos::ChaosArgs;
use crate::numbers::{concurrency, duration, positive};
use crate::outputs::DEFAULT_FILE;
use crate::seed::pictures::DEFAULT_FOLDER;

/// The most pieces of one SKU that may be put on the shelf.
pub const MAX_STOCK: u64 = 1_000_000_000;

/// Fills an Ironmonger shop, and buys in it.
#[derive(Debug, Parser)]
#[command(name = "ironmonger", version, about, long_about = None, after_help = EXIT_CODES)]
pub struct Cli {
    /// What to work on: the addresses and names that the deployment wrote down
    #[arg(long, global = true, value_name = "FILE", env = "IRONMONGER_OUTPUTS", default_value = DEFAULT_FILE)]
    pub outputs: PathBuf,

    /// Write plain lines instead of moving bars (as always where standard error is no terminal)
    #[arg(long, global = true)]
    pub no_progress: bool,

    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 all is well, 1 something failed, 2 the command line is wrong, \
    3 the books of a replay or of a chaos run do not balance.";

const IMPORT_HELP: &str = "Make a catalogue of a retailer's invoices

FILE is CSV with the columns InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID and \
Country, plain or compressed with gzip. Every StockCode with a positive price becomes a product, called by its most \
frequent description, at its most frequent positive price. Rows with a fault are counted by reason and listed in the \
report. Products that are there already stay as they are.";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Fill the shop with the demo catalogue, its pictures and two suppliers
    ///
    /// What is there already stays as it is: a second run changes nothing, and never resets stock.
    Seed(SeedArgs),

    /// Make a catalogue of a retailer's invoices
    #[command(long_about = IMPORT_HELP)]
    Import(ImportArgs),

    /// Place, pay and follow a retailer's invoices as orders, over the public API
    ///
    /// Import the file first. Every invoice ends as fulfilled or refused with a reason; cancellations (numbers with C)
    /// are counted apart. Then the orders' totals are compared with quantity times catalogue price, and for every SKU
    /// the stock before with what is available, reserved and sold now.
    Replay(ReplayArgs),

    /// Have a retailer's invoices fulfilled while everything goes wrong, and check the books (local stack only)
    Chaos(ChaosArgs),

    /// Bring what is stored in the shape of an earlier release to today's
    ///
    /// Whatever is read is brought to today's shape as it is read; this is for what nobody reads. It may run while the shop
    /// is open. A run that was broken off is gone on with where it was.
    UpgradeItems {
        /// Only count them
        #[arg(long)]
        dry_run: bool,
    },

    /// Restore each table beside the one in use, count what came back, and delete it again
    ///
    /// The shop goes on meanwhile. On AWS each table takes from ten minutes to an hour, and what is restored is paid for.
    RestoreDrill,

    /// Try a shop out: its pages, its headers, its API and a cart; nothing is bought
    ///
    /// Needs no credentials. Ends with 1 where anything is not as it should be.
    Smoke {
        /// The shop's address [default: the one in the outputs]
        address: Option<String>,
    },

    /// Say who works here
    #[command(subcommand)]
    Staff(StaffCommand),

    /// Tell an order's whole story in time order: its timeline, its tasks and what all functions logged
    ///
    /// Log lines are found by the ids of the order, of its tasks and of the traces that these belong to. They are kept for
    /// as long as the stack's parameter `LogRetentionDays` says; the timeline and the tasks stay.
    Trace(TraceArgs),

    /// Write the catalogue to a CSV file, or bring it in line with one
    #[command(subcommand)]
    Products(ProductsCommand),
}

/// `products`
#[derive(Debug, Subcommand)]
pub enum ProductsCommand {
    /// Write all products to a CSV file
    Export {
        /// The file
        file: PathBuf,
    },

    /// Bring the catalogue in line with a CSV file, one row for each variant
    ///
    /// Products are told apart by their slugs. Columns that the file does not have, and variants that it does not name,
    /// stay as they are; so do stock and pictures. Ends with 1 where a row is bad.
    Import(ImportProductsArgs),
}

/// `products import`
#[derive(Debug, Args)]
pub struct ImportProductsArgs {
    /// The file
    pub file: PathBuf,

    /// What to do with it
    #[arg(long, value_enum, default_value = "dry-run")]
    pub mode: ModeArg,

    /// The currency of the prices
    #[arg(long, default_value = "GBP", value_parser = Currency::parse)]
    pub currency: Currency,
}

/// What to do with a file of products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ModeArg {
    /// Only say what would be done
    DryRun,
    /// Write all products, or none where any row is bad
    AllOrNothing,
    /// Write the products whose rows are all good
    GoodRows,
}

impl From<ModeArg> for ImportMode {
    fn from(mode: ModeArg) -> Self {
        match mode {
            ModeArg::DryRun => Self::DryRun,
            ModeArg::AllOrNothing => Self::AllOrNothing,
            ModeArg::GoodRows => Self::GoodRows,
        }
    }
}

/// `staff`
#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Let somebody work here, or move who does to another group
    ///
    /// Who has an account keeps it and its password. Others are invited: on AWS by e-mail, on the local stack with a
    /// temporary password that is printed.
    Add(AddStaffArgs),

    /// End somebody's work here; their sessions end, their account stays a customer's
    Remove {
        /// Their address
        #[arg(value_parser = CustomerEmail::parse)]
        email: CustomerEmail,
    },

    /// List everybody who works here
    List,
}

/// `staff add`
#[derive(Debug, Args)]
pub struct AddStaffArgs {
    /// Their address
    #[arg(value_parser = CustomerEmail::parse)]
    pub email: CustomerEmail,

    /// What they may do: an operator runs the catalogue, an admin also decides who works here
    #[arg(long, value_name = "operator|admin", value_parser = Group::parse)]
    pub group: Group,

    /// Their password from now on (local stack only)
    #[arg(long)]
    pub password: Option<String>,
}

/// `trace`
#[derive(Debug, Args)]
pub struct TraceArgs {
    /// The order's id, such as `ord_01JD0000000000000000000000`
    #[arg(value_parser = OrderId::parse)]
    pub order: OrderId,

    /// Print all that is known as JSON
    #[arg(long)]
    pub json: bool,
}

/// `seed`
#[derive(Debug, Args)]
pub struct SeedArgs {
    /// Where the pictures are: the assets of the npm package @lobehub/fluent-emoji-3d
    #[arg(long, value_name = "DIR", env = "IRONMONGER_IMAGES", default_value = DEFAULT_FOLDER)]
    pub images: PathBuf,

    /// Upload no pictures, whatever --images says
    #[arg(long)]
    pub no_images: bool,

    /// The shop's currency
    #[arg(long, default_value = "GBP", value_parser = Currency::parse)]
    pub currency: Currency,
}

/// `import`
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The invoices
    pub file: PathBuf,

    /// So many pieces of each SKU [default: the larger of 1000 and what the file says was sold]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(..=MAX_STOCK))]
    pub stock: Option<u64>,

    /// Where to list the bad rows [default: import-report.csv beside the outputs]
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,

    /// Read and report only
    #[arg(long)]
    pub dry_run: bool,

    /// The currency of the prices
    #[arg(long, default_value = "GBP", value_parser = Currency::parse)]
    pub currency: Currency,
}

/// `replay`
#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// The invoices
    pub file: PathBuf,

    /// How many invoices, from the first one on
    #[arg(long, value_name = "N", default_value = "100", value_parser = positive)]
    pub orders: usize,

    /// How many at a time
    #[arg(long, value_name = "C", default_value = "8", value_parser = concurrency)]
    pub concurrency: usize,

    /// When to give up, such as `15m` or `1h 30m`
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = duration)]
    pub timeout: Duration,

    /// Where to write the whole report as JSON [default: replay-report.json beside the outputs]
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn parse(line: &str) -> Result<Cli, clap::Error> {
        Cli::try_parse_from(line.split(' '))
    }

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_replay_is_asked_for_with_its_limits() {
        let cli = parse("ironmonger replay f.csv --orders 300 --concurrency 8 --timeout 90s").unwrap();
        let Command::Replay(args) = cli.command else { panic!("no replay") };
        assert_eq!((args.orders, args.concurrency, args.timeout), (300, 8, Duration::from_secs(90)));
        for bad in ["--orders 0", "--orders -1", "--concurrency 257", "--timeout 0s", "--timeout soon"] {
            assert!(parse(&format!("ironmonger replay f.csv {bad}")).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_story_is_told_of_an_order() {
        let cli = parse("ironmonger trace ord_01JD0000000000000000000000 --json").unwrap();
        let Command::Trace(args) = cli.command else { panic!("no trace") };
        assert!(args.json && args.order.to_string().ends_with("JD0000000000000000000000"));
        assert!(parse("ironmonger trace 00000-00000").is_err());
    }

    #[test]
    fn staff_have_an_address_and_a_group() {
        assert!(parse("ironmonger staff add ada@example.org --group admin --password x").is_ok());
        for bad in
            ["add ada --group admin", "add ada@example.org", "add ada@example.org --group boss", "remove x"]
        {
            assert!(parse(&format!("ironmonger staff {bad}")).is_err(), "{bad}");
        }
        assert!(parse("ironmonger staff list").is_ok());
    }

    #[test]
    fn products_are_only_looked_at_unless_asked_otherwise() {
        let cli = parse("ironmonger products import f.csv").unwrap();
        let Command::Products(ProductsCommand::Import(args)) = cli.command else { panic!("no import") };
        assert_eq!(args.mode, ModeArg::DryRun);
        assert!(parse("ironmonger products import f.csv --mode good-rows").is_ok());
        assert!(parse("ironmonger products export f.csv").is_ok());
        for bad in ["import", "import f.csv --mode some", "export"] {
            assert!(parse(&format!("ironmonger products {bad}")).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_seed_is_priced_in_a_currency_that_the_shop_knows() {
        assert!(parse("ironmonger seed --no-images --currency EUR").is_ok());
        assert!(parse("ironmonger seed --currency XXX").is_err());
    }
}
