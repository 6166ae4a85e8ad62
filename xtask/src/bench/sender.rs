//! The yardstick for deliveries: reqwest in a loop, one body, so many at a time.

use std::{fs, path::PathBuf, sync::Arc, sync::atomic::AtomicU64, sync::atomic::Ordering};

use bytes::Bytes;
use clap::Args;
use estoppel_cli::{Exit, Failure};
use tokio::task::JoinSet;

/// Send one body again and again.
#[derive(Debug, Args)]
pub(crate) struct SenderArgs {
    /// Where to.
    #[arg(long)]
    to: String,
    /// File that holds the body.
    #[arg(long)]
    body: PathBuf,
    /// How often.
    #[arg(long)]
    count: u64,
    /// At a time.
    #[arg(long)]
    concurrency: u64,
}

impl SenderArgs {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let body = fs::read(&self.body).map(Bytes::from);
        let body = body.map_err(|error| Failure::new(format!("{}: {error}", self.body.display())))?;
        let failed = |error: &dyn std::fmt::Display| Failure::new(format!("bare sender: {error}"));
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.map_err(|error| failed(&error))?;
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = reqwest::Client::builder()
            .no_proxy()
            .tcp_nodelay(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| failed(&error))?;
        runtime.block_on(self.send(client, body)).map_err(|error| failed(&error))?;
        Ok(Exit::Clean)
    }

    async fn send(&self, client: reqwest::Client, body: Bytes) -> Result<(), reqwest::Error> {
        let left = Arc::new(AtomicU64::new(self.count));
        let mut lanes = JoinSet::new();
        for _ in 0..self.concurrency {
            let (client, body, to, left) = (client.clone(), body.clone(), self.to.clone(), Arc::clone(&left));
            lanes.spawn(async move {
                let one = |left: u64| left.checked_sub(1);
                while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one).is_ok() {
                    let request = client.post(&to).header("content-type", "application/json");
                    request.body(body.clone()).send().await?.error_for_status()?.bytes().await?;
                }
                Ok::<(), reqwest::Error>(())
            });
        }
        while let Some(ended) = lanes.join_next().await {
            ended.unwrap_or(Ok(()))?;
        }
        Ok(())
    }
}
