//! `estoppel replay`

mod trust;

use std::{collections::BTreeMap, fmt, net::SocketAddr, path::PathBuf};

use clap::Args;
use estoppel_contract::{Authentication, ReadingValue, Readings};
use estoppel_replay_server::{Limit, Limits, ReplayServer, ServerOptions, Sessions, new_endpoint};
use estoppel_simulator::{Clock, NewEndpoint, SessionOptions, shown_url};
use jiff::SignedDuration;

pub(crate) use trust::PersonalArgs;
use trust::TrustArgs;

use crate::{
    Exit, Failure, Global,
    config::{Config, LimitValue, WebhookConfig},
};

/// Address that is listened on unless another is given.
const LISTEN: &str = "127.0.0.1:8080";

/// Threads for work that would hold up those that serve: each has a stack.
const BLOCKING_THREADS_MAX: usize = 32;

/// Start the replay server.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    estoppel replay\n  \
    estoppel replay --listen 127.0.0.1:0 --clock 2021-01-08T22:03:09.598Z --seed 7\n  \
    estoppel replay --reading page-size=clamp --strict\n  \
    estoppel replay --webhook API=http://127.0.0.1:9000/webhooks")]
pub struct ReplayArgs {
    /// Address to listen on; port 0 takes a free one [default: 127.0.0.1:8080].
    #[arg(long, env = "ESTOPPEL_LISTEN", value_name = "ADDRESS")]
    listen: Option<String>,
    /// Seed of every session: the same seed and the same calls give the same ids [default: drawn at each start].
    #[arg(long, env = "ESTOPPEL_SEED")]
    seed: Option<u64>,
    /// `real`, or a timestamp at which every session's clock stands [default: real].
    #[arg(long, env = "ESTOPPEL_CLOCK", value_name = "WHEN")]
    clock: Option<String>,
    /// Base URL that callers use, where it is not the address that is listened on.
    #[arg(long, env = "ESTOPPEL_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
    /// A reading, as NAME=VALUE; may be given again.
    #[arg(long = "reading", value_name = "NAME=VALUE")]
    readings: Vec<String>,
    /// Where the webhooks of an API go, as API=URL; may be given again. What is named here is allowed as a target, wherever
    /// it is.
    #[arg(long = "webhook", value_name = "API=URL")]
    webhooks: Vec<String>,
    /// How much is kept or waited for at most, as NAME=VALUE, such as `sessions=50` or `memory=256MiB`; may be given
    /// again. GET /__admin/health lists the limits.
    #[arg(long = "limit", env = "ESTOPPEL_LIMITS", value_delimiter = ',', value_name = "NAME=VALUE")]
    limits: Vec<String>,
    /// Calls that a session's journal keeps: `--limit journal-entries=COUNT`.
    #[arg(long, value_name = "COUNT", hide = true)]
    journal_entries: Option<u64>,
    /// Bytes that a session's journal holds: `--limit journal-bytes=BYTES`.
    #[arg(long, value_name = "BYTES", hide = true)]
    journal_bytes: Option<u64>,
    #[command(flatten)]
    trust: TrustArgs,
    /// Threads that serve.
    #[arg(long, default_value_t = 2, value_name = "COUNT", value_parser = clap::value_parser!(u16).range(1..=64))]
    threads: u16,
    /// End with exit code 1, and a list, if any call broke the contract; with 2 if there was none.
    #[arg(long)]
    strict: bool,
    /// Configuration file [default: estoppel.toml, if there is one].
    #[arg(long, env = "ESTOPPEL_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

impl ReplayArgs {
    pub(crate) fn run(self, global: &Global) -> Result<Exit, Failure> {
        let strict = self.strict;
        let mut builder = match self.threads {
            1 => tokio::runtime::Builder::new_current_thread(),
            _ => tokio::runtime::Builder::new_multi_thread(),
        };
        let runtime = builder
            .worker_threads(self.threads.into())
            .max_blocking_threads(BLOCKING_THREADS_MAX)
            .enable_all()
            .build()
            .map_err(|error| Failure::new(format!("cannot start: {error}")))?;
        let (options, seed) = self.options()?;
        let webhooks = options.webhooks.clone();
        let exposed = options.trust.is_exposed(options.listen);
        let sessions = runtime.block_on(async {
            let server = ReplayServer::bind(estoppel_catalog::apis(), options)
                .await
                .map_err(|error| Failure::new(error.to_string()))?;
            let sessions = server.sessions();
            let stop =
                stop_signal().map_err(|error| Failure::new(format!("cannot hear signals: {error}")))?;
            if exposed {
                trust::warn(server.admin_address().unwrap_or(server.address()));
            }
            if !global.quiet {
                greet(server.address(), server.admin_address(), seed, &webhooks);
            }
            server.run(stop).await.map_err(|error| Failure::new(error.to_string()))?;
            Ok::<_, Failure>(sessions)
        })?;
        if strict { judge(&sessions) } else { Ok(Exit::Clean) }
    }

    fn options(self) -> Result<(ServerOptions, Seed), Failure> {
        let config = Config::load(self.config.as_deref())?;
        let trust = self.trust.load(&config.replay)?;
        let listen = self.listen.or(config.replay.listen).unwrap_or_else(|| LISTEN.to_owned());
        let listen: SocketAddr = listen.parse().map_err(|_| {
            Failure::new(format!("--listen `{listen}` is not an address: expected one such as {LISTEN}"))
        })?;
        let clock = match self.clock.or(config.replay.clock).as_deref() {
            None | Some("real") => Clock::Running(SignedDuration::ZERO),
            Some(text) => Clock::Frozen(text.parse().map_err(|_| {
                Failure::new(format!(
                    "--clock `{text}` is neither `real` nor a timestamp such as 2021-01-08T22:03:09.598Z"
                ))
            })?),
        };
        let public_url = self.public_url.or(config.replay.public_url);
        if let Some(url) = &public_url
            && !url.starts_with("http://")
            && !url.starts_with("https://")
        {
            return Err(Failure::new(format!(
                "--public-url `{url}` is no URL: expected one such as http://{LISTEN}"
            )));
        }
        let journal =
            [(Limit::JournalEntries, self.journal_entries), (Limit::JournalBytes, self.journal_bytes)];
        let limits = limits(&config.limits, &self.limits, journal)?;
        let seed = Seed::of(self.seed.or(config.replay.seed))?;
        let options = ServerOptions {
            listen,
            public_url,
            seed: seed.number(),
            clock,
            readings: readings(config.readings, &self.readings)?,
            webhooks: webhooks(config.webhooks, &self.webhooks)?,
            trust,
            limits,
        };
        Ok((options, seed))
    }
}

/// Where the ids and invented values of sessions come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seed {
    /// It was given: the same calls give the same ids as last time.
    Chosen(u64),
    /// It was drawn: no id names what it named in another run.
    Drawn(u64),
}

/// Bits of a seed that is drawn: as many as every reader of JSON keeps.
const SEED_BITS: u32 = 53;

impl Seed {
    /// The seed that is given, or one that is drawn.
    fn of(chosen: Option<u64>) -> Result<Self, Failure> {
        if let Some(seed) = chosen {
            return Ok(Self::Chosen(seed));
        }
        let drawn = getrandom::u64().map_err(|error| {
            Failure::new(format!("cannot draw a seed: {error}; give one with --seed, such as --seed 1"))
        })?;
        Ok(Self::Drawn(drawn >> (u64::BITS - SEED_BITS)))
    }

    const fn number(self) -> u64 {
        match self {
            Self::Chosen(seed) | Self::Drawn(seed) => seed,
        }
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chosen(seed) => write!(formatter, "seed {seed}"),
            Self::Drawn(seed) => {
                write!(formatter, "seed {seed} (drawn; --seed {seed} repeats this run)")
            }
        }
    }
}

/// The limits of the file, and over them those of the command line.
fn limits(
    configured: &BTreeMap<String, LimitValue>,
    flags: &[String],
    journal: impl IntoIterator<Item = (Limit, Option<u64>)>,
) -> Result<Limits, Failure> {
    let mut limits = Limits::default();
    for (name, value) in configured {
        limits.set(name, &value.to_string()).map_err(|error| Failure::new(format!("[limits]: {error}")))?;
    }
    let journal = journal.into_iter().filter_map(|(limit, value)| Some(format!("{limit}={}", value?)));
    for flag in flags.iter().cloned().chain(journal) {
        let (name, value) = flag.split_once('=').ok_or_else(|| {
            Failure::new(format!("--limit `{flag}`: expected NAME=VALUE, such as sessions=50"))
        })?;
        limits.set(name, value).map_err(|error| Failure::new(format!("--limit: {error}")))?;
    }
    Ok(limits)
}

/// The readings of the file, and over them those of the command line.
pub(crate) fn readings(
    mut chosen: BTreeMap<String, ReadingValue>,
    flags: &[String],
) -> Result<Readings, Failure> {
    for flag in flags {
        let (name, value) = flag
            .split_once('=')
            .ok_or_else(|| Failure::new(format!("--reading `{flag}`: expected NAME=VALUE")))?;
        chosen.insert(name.to_owned(), ReadingValue::Word(value.to_owned()));
    }
    SessionOptions::choose_readings(&estoppel_catalog::apis(), &chosen)
        .map_err(|error| Failure::new(error.to_string()))
}

/// The endpoints of the file, and after them those of the command line.
fn webhooks(configured: Vec<WebhookConfig>, flags: &[String]) -> Result<Vec<NewEndpoint>, Failure> {
    let apis = estoppel_catalog::apis();
    let configured = configured.into_iter().map(|webhook| {
        new_endpoint(&apis, &webhook.api, &webhook.url, webhook.headers)
            .map_err(|fault| Failure::new(format!("[[webhooks]]: {fault}")))
    });
    let flags = flags.iter().map(|flag| {
        let (api, url) = flag
            .split_once('=')
            .ok_or_else(|| Failure::new("--webhook: expected API=URL, such as API=http://127.0.0.1:9000"))?;
        new_endpoint(&apis, api, url, []).map_err(|fault| Failure::new(format!("--webhook {api}=…: {fault}")))
    });
    configured.chain(flags).collect()
}

/// Says where the server is, what it takes to get in, and a first call.
fn greet(address: SocketAddr, admin: Option<SocketAddr>, seed: Seed, webhooks: &[NewEndpoint]) {
    crate::err_text!(
        "estoppel: replay server on http://{address}, {seed}. Ctrl-C stops it. State lives in memory and ends with the \
         process.\n"
    );
    let mut first_call = None;
    for api in estoppel_catalog::apis() {
        let service = api.service();
        let base = format!("http://{address}/{}", service.name);
        crate::err_line!("  {:<10} {base}", service.name);
        match service.authentication {
            Authentication::Secret { test_secret, headers } => {
                crate::err_line!("             Authorization: Bearer {test_secret}");
                for header in headers {
                    crate::err_line!("             {}: {}", header.name, header.test_value);
                }
            }
            Authentication::ClientCredentials {
                operation,
                client_id,
                secret,
                test_client_id,
                test_secret,
                ..
            } => {
                let path = api.contract().operation(operation).map_or("", |operation| operation.spec.path);
                crate::err_line!("             {client_id} {test_client_id}, {secret} {test_secret}");
                first_call.get_or_insert_with(|| {
                    format!(
                        "curl -s {base}{path} -H 'content-type: application/json' \\\n    \
                     -d '{{\"{client_id}\":\"{test_client_id}\",\"{secret}\":\"{test_secret}\"}}'"
                    )
                });
            }
        }
    }
    if let Some(first_call) = first_call {
        crate::err_text!("\nA first call:\n  {first_call}");
    }
    if !webhooks.is_empty() {
        crate::err_text!("\nWebhooks:");
    }
    for webhook in webhooks {
        crate::err_line!("  {:<10} to {}", webhook.api, shown_url(&webhook.url));
    }
    let admin = admin.unwrap_or(address);
    crate::err_text!(
        "\nSessions, clock, webhooks and journal: http://{admin}/__admin/sessions, described in \
         /__admin/openapi.json.\nThe vendors' own host names in `Host` lead here too. \
         `estoppel replay --help` shows webhooks, seeds and readings."
    );
}

/// Listens for the signals that ask the process to stop; what it returns is ready when one comes.
#[cfg(unix)]
pub(crate) fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ready when the process is asked to stop.
#[cfg(not(unix))]
pub(crate) fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    Ok(async { drop(tokio::signal::ctrl_c().await) })
}

/// Lists the calls that broke the contract.
fn judge(sessions: &Sessions) -> Result<Exit, Failure> {
    let tally = sessions.tally();
    if tally.calls == 0 {
        return Err(Failure::new("nothing was called, so nothing was tested"));
    }
    for breach in &tally.kept {
        crate::out_line!("{} {} {}: {}", breach.session, breach.api, breach.call, breach.broke);
    }
    if tally.breaches == 0 {
        return Ok(Exit::Clean);
    }
    crate::err_line!(
        "estoppel: {} of {} calls broke the contract, {} of them listed",
        tally.breaches,
        tally.calls,
        tally.kept.len()
    );
    Ok(Exit::Findings)
}
