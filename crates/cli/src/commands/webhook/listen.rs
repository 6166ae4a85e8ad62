//! `estoppel webhook listen`

mod inspector;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use clap::Args;
use estoppel_contract::Success;
use estoppel_replay_server::{ReceivedRequest, Receiver, ReceiverReply, Sender, TargetPolicy};
use estoppel_simulator::{AttemptOutcome, Parcel, shown_url};
use jiff::Timestamp;

use super::sender_side::{SenderSideArgs, runtime};
use crate::{Exit, Failure, Global, commands::replay::stop_signal, console, err_line, out_line};
use inspector::{Inspector, Verdict};

/// How to receive.
#[derive(Debug, Args)]
pub struct ListenArgs {
    #[command(flatten)]
    sender: SenderSideArgs,
    /// Address to listen on; port 0 takes a free one. Every path is listened on.
    #[arg(long, default_value = "127.0.0.1:9000", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Where every delivery is handed on, byte for byte; its status is what is answered.
    #[arg(long, value_name = "URL", conflicts_with = "status")]
    forward: Option<String>,
    /// Status of the answer to a delivery that is right [default: the one that the API takes as received].
    #[arg(long, value_parser = clap::value_parser!(u16).range(200..600))]
    status: Option<u16>,
    /// End after so many deliveries.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    count: Option<u64>,
}

/// How long the answer to the last delivery may take to get out, in real time.
const LAST_ANSWER: Duration = Duration::from_millis(200);
/// Headers of one hop, and those that a client sets itself.
const OWN_HEADERS: [&str; 7] =
    ["host", "connection", "content-length", "transfer-encoding", "keep-alive", "te", "upgrade"];

/// Counts of deliveries.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    right: u64,
    wrong: u64,
    repeated: u64,
    /// Deliveries that were right and that the one they were handed on to did not take.
    not_taken: u64,
}

/// Everything that an answer needs.
struct Desk {
    inspector: Inspector,
    tally: Mutex<Tally>,
    forward: Option<(Sender, String)>,
    accepted: u16,
    success: Success,
    timeout: Duration,
    quiet: bool,
}

impl ListenArgs {
    pub(crate) fn run(self, global: &Global) -> Result<Exit, Failure> {
        let side = self.sender.load()?;
        let forward = match self.forward {
            None => None,
            Some(url) if url.starts_with("http://") || url.starts_with("https://") => {
                Some((Sender::new(TargetPolicy::default().with_url(&url)), url))
            }
            Some(url) => {
                return Err(Failure::new(format!(
                    "--forward `{}` is no URL: expected http:// or https://",
                    shown_url(&url)
                )));
            }
        };
        let accepted = match side.rules.success {
            Success::Exactly(status) => status,
            Success::Any2xx => 200,
        };
        let desk = Arc::new(Desk {
            tally: Mutex::default(),
            forward,
            accepted: self.status.unwrap_or(accepted),
            success: side.rules.success,
            timeout: side.settings.timeout,
            quiet: global.quiet,
            inspector: Inspector::new(&side)?,
        });
        let (listen, count) = (self.listen, self.count);
        let name = side.contract.name();
        runtime()?.block_on(listen_until_stopped(listen, count, &desk, name))?;
        desk.conclude(count)
    }
}

async fn listen_until_stopped(
    listen: SocketAddr,
    count: Option<u64>,
    desk: &Arc<Desk>,
    api: &str,
) -> Result<(), Failure> {
    let stop = stop_signal().map_err(|error| Failure::new(format!("cannot hear signals: {error}")))?;
    let answering = Arc::clone(desk);
    let receiver = Receiver::bind(listen, move |request| answering.answer(request)).map_err(|error| {
        let cure = "choose another address with --listen, such as 127.0.0.1:0";
        Failure::new(format!("cannot listen on {listen}: {error}; {cure}"))
    })?;
    if !desk.quiet {
        err_line!("estoppel: listening for webhooks of {api} on {}. Ctrl-C stops it.", receiver.url());
    }
    let enough = async {
        let mut deliveries = 0;
        let goes_on = |deliveries| console::is_open() && count.is_none_or(|count| deliveries < count);
        while goes_on(deliveries) && receiver.next().await.is_some() {
            deliveries += 1;
        }
        tokio::time::sleep(LAST_ANSWER).await;
    };
    tokio::select! {
        () = stop => {}
        () = enough => {}
    }
    Ok(())
}

impl Desk {
    fn answer(&self, request: &ReceivedRequest) -> ReceiverReply {
        let verdict = self.inspector.inspect(request);
        let (status, handed_on) = match &self.forward {
            None => (if verdict.is_right() { self.accepted } else { verdict.refusal() }, None),
            Some((sender, url)) => {
                let outcome = self.hand_on(sender, url, request);
                let status = match outcome {
                    AttemptOutcome::Status(status) => status,
                    AttemptOutcome::TimedOut => 504,
                    AttemptOutcome::NoReply(_) => 502,
                };
                (status, Some(outcome))
            }
        };
        self.tell(&verdict, status, handed_on.as_ref());
        ReceiverReply::status(status)
    }

    /// Hands a request on with the bytes and headers that it came with.
    fn hand_on(&self, sender: &Sender, url: &str, request: &ReceivedRequest) -> AttemptOutcome {
        let kept = request.headers.iter().filter(|(name, _)| !OWN_HEADERS.contains(&name.as_str()));
        let headers = kept
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())));
        let parcel = Parcel {
            delivery: 0,
            endpoint: 0,
            url: url.to_owned(),
            headers: headers.collect(),
            body: Bytes::clone(&request.body),
            timeout: self.timeout,
        };
        // An answer is worked out within the server's own thread, which may wait as long as others go on.
        tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(sender.send(&parcel)))
    }

    fn tell(&self, verdict: &Verdict, status: u16, handed_on: Option<&AttemptOutcome>) {
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = handed_on.is_none_or(|outcome| outcome.is_received(self.success));
        match (verdict.is_right(), taken) {
            (true, true) => tally.right += 1,
            (true, false) => tally.not_taken += 1,
            (false, _) => tally.wrong += 1,
        }
        tally.repeated += u64::from(verdict.is_repeated());
        if self.quiet && verdict.is_right() && taken {
            return;
        }
        let from = handed_on.map(|outcome| format!(" (handed on: {outcome})")).unwrap_or_default();
        let time = now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ");
        out_line!("{time} {verdict}, answered {status}{from}");
    }

    fn conclude(&self, count: Option<u64>) -> Result<Exit, Failure> {
        let Tally { right, wrong, repeated, not_taken } =
            *self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        let all = right + wrong + not_taken;
        if all == 0 {
            let expected = count.map(|count| format!(", expected {count}")).unwrap_or_default();
            return Err(Failure::new(format!("no delivery arrived{expected}: nothing was tested")));
        }
        if !self.quiet {
            let lost =
                if self.forward.is_some() { format!(", {not_taken} not taken") } else { String::new() };
            out_line!("{all} deliveries: {right} right, {wrong} wrong{lost}; {repeated} had come before");
        }
        Ok(if wrong + not_taken == 0 { Exit::Clean } else { Exit::Findings })
    }
}

#[expect(clippy::disallowed_methods, reason = "a line says when its delivery came")]
fn now() -> Timestamp {
    Timestamp::now()
}
