//! A receiver that takes everything at once, and knows how long it took.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{Router, extract::State, routing::get};
use bytes::Bytes;
use clap::Args;
use estoppel_cli::{Exit, Failure};
use serde::{Deserialize, Serialize};

use super::stopwatch::Stopwatch;

/// Answer every request with 200.
#[derive(Debug, Args)]
pub(crate) struct SinkArgs {
    /// Address to listen on.
    #[arg(long)]
    listen: String,
}

/// What has arrived since it was last asked for.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Arrivals {
    pub(crate) count: u64,
    /// From the first to the last.
    pub(crate) seconds: f64,
}

/// When the first arrived, and what has since.
type Seen = Arc<Mutex<Option<(Stopwatch, u64, Duration)>>>;

impl SinkArgs {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let seen = Seen::default();
        let router = Router::new()
            .route("/health", get(()))
            .route("/arrivals", get(arrivals))
            .route("/hook", axum::routing::post(take))
            .with_state(seen);
        let failed = |error: std::io::Error| Failure::new(format!("receiver: {error}"));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        runtime.block_on(async {
            use axum::serve::ListenerExt;
            let listener = tokio::net::TcpListener::bind(&self.listen).await.map_err(failed)?;
            let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
            axum::serve(listener, router).await.map_err(failed)
        })?;
        Ok(Exit::Clean)
    }
}

async fn take(State(seen): State<Seen>, _read: Bytes) {
    let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    let (begun, count, last) = seen.get_or_insert_with(|| (Stopwatch::start(), 0, Duration::ZERO));
    *count += 1;
    *last = begun.elapsed();
}

async fn arrivals(State(seen): State<Seen>) -> String {
    let seen = seen.lock().unwrap_or_else(PoisonError::into_inner).take();
    let arrivals = seen.map(|(_, count, last)| Arrivals { count, seconds: last.as_secs_f64() });
    serde_json::to_string(&arrivals.unwrap_or_default()).unwrap_or_default()
}
