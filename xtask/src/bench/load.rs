//! Load: one request, again and again, over many connections, each waiting for its reply.

use std::{fs, path::PathBuf, time::Duration};

use clap::Args;
use estoppel_cli::{Exit, Failure, out_line};
use serde::{Deserialize, Serialize};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

use super::stopwatch::Stopwatch;

/// Send one request again and again.
#[derive(Debug, Args)]
pub(crate) struct LoadArgs {
    /// Address of the server.
    #[arg(long)]
    to: String,
    /// File that holds the request, head and body.
    #[arg(long)]
    request: PathBuf,
    /// Connections.
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// How long, in milliseconds.
    #[arg(long, default_value_t = 2_000)]
    milliseconds: u64,
}

/// What a load came to.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Load {
    pub(crate) requests_per_second: f64,
    pub(crate) p50_microseconds: u64,
    pub(crate) p99_microseconds: u64,
    pub(crate) errors: u64,
}

impl LoadArgs {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let request = fs::read(&self.request)
            .map_err(|error| Failure::new(format!("{}: {error}", self.request.display())))?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::new(error.to_string()))?;
        let load = runtime.block_on(self.load(request));
        let text = serde_json::to_string(&load).map_err(|error| Failure::new(error.to_string()))?;
        out_line!("{text}");
        Ok(Exit::Clean)
    }

    async fn load(&self, request: Vec<u8>) -> Load {
        let watch = Stopwatch::start();
        let until = Duration::from_millis(self.milliseconds);
        let mut connections = JoinSet::new();
        for _ in 0..self.connections {
            connections.spawn(connection(self.to.clone(), request.clone(), watch, until));
        }
        let mut microseconds = Vec::new();
        let mut errors = 0;
        while let Some(ended) = connections.join_next().await {
            match ended {
                Ok(Ok(times)) => microseconds.extend(times),
                Ok(Err(_)) | Err(_) => errors += 1,
            }
        }
        let seconds = watch.elapsed().as_secs_f64();
        microseconds.sort_unstable();
        let at = |percent: usize| {
            let place = (microseconds.len() * percent / 100).min(microseconds.len().saturating_sub(1));
            microseconds.get(place).copied().unwrap_or_default().into()
        };
        #[expect(clippy::cast_precision_loss, reason = "a count of requests is far below 2^52")]
        let requests_per_second = microseconds.len() as f64 / seconds;
        Load { requests_per_second, p50_microseconds: at(50), p99_microseconds: at(99), errors }
    }
}

/// Sends the request until the time is over; gives the time of each reply in microseconds.
async fn connection(
    to: String,
    request: Vec<u8>,
    watch: Stopwatch,
    until: Duration,
) -> std::io::Result<Vec<u32>> {
    let mut stream = TcpStream::connect(to).await?;
    stream.set_nodelay(true)?;
    let mut times = Vec::with_capacity(100_000);
    let mut buffer = vec![0; 64 * 1024];
    let mut reply_length = None;
    let mut began = watch.elapsed();
    while began < until {
        stream.write_all(&request).await?;
        let mut filled = 0;
        loop {
            let Some(free) = buffer.get_mut(filled..) else { return Err(broken("a reply is too long")) };
            let read = stream.read(free).await?;
            if read == 0 {
                return Err(broken("the server closed the connection"));
            }
            filled += read;
            let received = buffer.get(..filled).unwrap_or_default();
            // Every reply to the same request is as long as the first, which saves parsing it.
            let length = match reply_length {
                Some(length) => Some(length),
                None => complete_length(received)?,
            };
            if filled >= SUCCESS.len() && !received.starts_with(SUCCESS) {
                return Err(broken("a reply is no success"));
            }
            if length.is_some_and(|length| filled >= length) {
                reply_length = length;
                break;
            }
        }
        let ended = watch.elapsed();
        times.push(u32::try_from(ended.saturating_sub(began).as_micros()).unwrap_or(u32::MAX));
        began = ended;
    }
    Ok(times)
}

/// How every reply begins that counts.
const SUCCESS: &[u8] = b"HTTP/1.1 2";

/// The length of a whole successful reply, once its head is there.
fn complete_length(received: &[u8]) -> std::io::Result<Option<usize>> {
    let text = String::from_utf8_lossy(received);
    let Some(head) = text.find("\r\n\r\n") else { return Ok(None) };
    let (head, _) = text.split_at(head);
    if !head.starts_with("HTTP/1.1 2") {
        return Err(broken(head.lines().next().unwrap_or_default()));
    }
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    length.map(|length| Some(head.len() + 4 + length)).ok_or_else(|| broken("a reply has no length"))
}

fn broken(message: &str) -> std::io::Error {
    std::io::Error::other(message.to_owned())
}
