//! A receiver that takes everything at once.

use axum::{Router, routing::get};
use bytes::Bytes;
use clap::Args;
use estoppel_cli::{Exit, Failure};

/// Answer every request with 200.
#[derive(Debug, Args)]
pub(crate) struct SinkArgs {
    /// Address to listen on.
    #[arg(long)]
    listen: String,
}

impl SinkArgs {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let take = |_read: Bytes| std::future::ready(());
        let router = Router::new().route("/{*path}", get(()).post(take));
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
