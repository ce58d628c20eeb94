//! Runs the simulated suppliers.

use std::{io::IsTerminal, net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc};

use clap::Parser;
use supplier_sim::{Simulator, serve};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tracing_subscriber::EnvFilter;

/// Simulated suppliers over HTTP, with knobs.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The port to listen on, on 127.0.0.1; 0 picks a free one and logs it.
    #[arg(long, default_value_t = 4590)]
    port: u16,
    /// A file that keeps orders and knobs across restarts.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
}

#[derive(Debug, thiserror::Error)]
enum StartError {
    #[error("cannot listen on {address}: {source}")]
    Listen { address: SocketAddr, source: std::io::Error },
    #[error(transparent)]
    State(#[from] supplier_sim::JournalError),
    #[error("cannot wait for signals: {0}")]
    Signals(std::io::Error),
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), StartError> {
    let address = SocketAddr::from(([127, 0, 0, 1], arguments.port));
    let listening = async {
        let listener = TcpListener::bind(address).await?;
        Ok((listener.local_addr()?, listener))
    };
    let (address, listener) = listening.await.map_err(|source| StartError::Listen { address, source })?;
    // Not before the port is ours: another simulator may be running on the same file.
    let simulator = match &arguments.state {
        Some(path) => Simulator::with_state(path)?,
        None => Simulator::in_memory(),
    };
    let mut terminate = signal(SignalKind::terminate()).map_err(StartError::Signals)?;
    tracing::info!("listening on http://{address}");
    tokio::select! {
        never = serve(listener, Arc::new(simulator)) => match never {},
        _ = terminate.recv() => Ok(()),
        ended = tokio::signal::ctrl_c() => ended.map_err(StartError::Signals),
    }
}
