//! The accept loop. `axum::serve` always answers; this one can also hang up.

use std::{convert::Infallible, io, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::Request, response::Response};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tower::ServiceExt;

use crate::{
    http::{ConnectionLost, router},
    simulator::Simulator,
    webhooks::tell,
};

/// The pause after a failed accept, in which other connections may close and give back what was short.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

#[derive(Debug, thiserror::Error)]
#[error("the connection is closed without an answer, as told")]
struct HungUp;

/// Serves suppliers, and lets them tell their shops of changes, until the future is dropped.
pub async fn serve(listener: TcpListener, simulator: Arc<Simulator>) -> Infallible {
    tokio::select! {
        never = answer(listener, router(Arc::clone(&simulator))) => never,
        never = tell(simulator) => never,
    }
}

async fn answer(listener: TcpListener, router: Router) -> Infallible {
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                pause_after(&error).await;
                continue;
            }
        };
        let router = router.clone();
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            let answer = router.clone().oneshot(Request::from(request.map(Body::new)));
            async move {
                let Ok(response) = answer.await;
                hang_up_if_lost(response)
            }
        });
        tokio::spawn(async move {
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .serve_connection(TokioIo::new(stream), service);
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection ended");
            }
        });
    }
}

fn hang_up_if_lost(response: Response) -> Result<Response, HungUp> {
    if response.extensions().get::<ConnectionLost>().is_some() { Err(HungUp) } else { Ok(response) }
}

async fn pause_after(error: &io::Error) {
    tracing::warn!(%error, "cannot accept a connection");
    tokio::time::sleep(ACCEPT_PAUSE).await;
}
