//! `estoppel verify`

mod receiver;
mod receiving;

use std::{collections::BTreeMap, net::SocketAddr, time::Duration};

use clap::{Args, Subcommand};
use estoppel_contract::Service;
use estoppel_replay_server::{Limits, ReplayServer, ServerOptions, Trust};
use estoppel_simulator::{Clock, NewEndpoint, Simulation};
use estoppel_verifier::{
    Credentials, Outcome, Progress, ProviderOptions, ProviderReport, ReplaySession, verify_provider,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use receiver::ReceiverArgs;
use receiving::Receiving;

use super::{
    api,
    replay::{PersonalArgs, readings, stop_signal},
};
use crate::{
    Exit, Failure, Global,
    console::one_line,
    err_line, out_line, out_text, progress,
    report::{Case, ReportArgs},
};

/// Verify that a server is faithful to the contract.
#[derive(Debug, Subcommand)]
pub enum VerifyCommand {
    /// Verify a server: every operation, refusal and story. Without --base-url, the replay server.
    #[command(after_help = "Examples:\n  \
        estoppel verify provider --api carrier\n  \
        estoppel verify provider --api carrier --base-url http://127.0.0.1:8080/carrier --report junit,json")]
    Provider(ProviderArgs),
    /// Verify a receiver of webhooks: what it must accept, refuse and survive.
    #[command(after_help = super::webhook::verify_receiver_examples())]
    Receiver(ReceiverArgs),
}

/// Which server to verify, and how.
#[derive(Debug, Args)]
pub struct ProviderArgs {
    /// The API, such as `carrier`.
    #[arg(long)]
    api: String,
    /// Where the API is; a replay server is started in this process unless it is given.
    #[arg(long, value_name = "URL", env = "ESTOPPEL_BASE_URL")]
    base_url: Option<String>,
    /// The client's identifier, if it is not that of a fresh session.
    #[arg(long, env = "ESTOPPEL_CLIENT_ID")]
    client_id: Option<String>,
    /// The client's secret, if it is not that of a fresh session.
    #[arg(long, env = "ESTOPPEL_SECRET", hide_env_values = true)]
    secret: Option<String>,
    /// A further header of every call, as 'NAME: VALUE', in place of that of a fresh session or besides; may be given
    /// again.
    #[arg(long = "header", value_name = "NAME: VALUE")]
    headers: Vec<String>,
    /// Where to receive the server's webhooks, with --base-url, such as 127.0.0.1:9000. A replay server is told by
    /// itself; one on this machine needs no address.
    #[arg(long, value_name = "ADDRESS", requires = "base_url")]
    receiver_listen: Option<SocketAddr>,
    /// Token of the replay server's admin API, if it wants one.
    #[arg(long, env = "ESTOPPEL_ADMIN_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    admin_token: Option<String>,
    /// Only these operations, separated by commas.
    #[arg(long, value_delimiter = ',', value_name = "OPERATIONS")]
    include: Vec<String>,
    /// Not these operations, separated by commas.
    #[arg(long, value_delimiter = ',', value_name = "OPERATIONS")]
    exclude: Vec<String>,
    /// A reading that the server follows, as NAME=VALUE; may be given again.
    #[arg(long = "reading", value_name = "NAME=VALUE")]
    readings: Vec<String>,
    /// Longest time of one call, in seconds.
    #[arg(long, default_value_t = 10, value_name = "SECONDS")]
    timeout: u64,
    #[command(flatten)]
    personal: PersonalArgs,
    #[command(flatten)]
    report: ReportArgs,
}

impl VerifyCommand {
    pub(crate) fn run(self, global: &Global) -> Result<Exit, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(|error| Failure::new(format!("cannot start: {error}")))?;
        match self {
            Self::Provider(args) => {
                let simulation = api(&args.api)?;
                let verified = runtime.block_on(args.verify(simulation, global))?;
                let Some((report, session)) = verified else {
                    err_line!("estoppel: stopped before the end: nothing is known of this server");
                    return Ok(Exit::Interrupted);
                };
                args.tell(&report, session.as_ref(), global)
            }
            Self::Receiver(args) => runtime.block_on(args.run(global)),
        }
    }
}

impl ProviderArgs {
    /// `None` where it is asked to stop before the end.
    async fn verify(
        &self,
        simulation: &'static dyn Simulation,
        global: &Global,
    ) -> Result<Option<(ProviderReport, Option<ReplaySession>)>, Failure> {
        let service = simulation.service();
        let stop = stop_signal().map_err(|error| Failure::new(format!("cannot hear signals: {error}")))?;
        // Everything that can be refused comes first: what is told to a server has to be taken back.
        let headers = self.headers.iter().map(|header| parsed_header(header)).collect::<Result<_, _>>()?;
        let readings = readings(BTreeMap::new(), &self.readings)?;
        let mut session = None;
        let (base_url, receiving) = if let Some(base_url) = &self.base_url {
            let found = ReplaySession::at(base_url, service.name, self.admin_token.as_deref()).await;
            session = found.map_err(|error| Failure::new(error.to_string()))?;
            let listen = self.receiver_listen;
            (base_url.clone(), Receiving::of_server(service, base_url, session.as_ref(), listen).await?)
        } else {
            let receiving = Receiving::on_loopback(service)?;
            let address = self.start_server(service, receiving.as_ref()).await?;
            (format!("http://{address}/{}", service.name), receiving)
        };
        let options = ProviderOptions {
            credentials: Credentials {
                client_id: self.client_id.clone(),
                secret: self.secret.clone(),
                headers,
            },
            timeout: Duration::from_secs(self.timeout),
            readings,
            include: self.include.clone(),
            exclude: self.exclude.clone(),
            personal_data: self.personal.personal_data(),
            now: Some(real_now()),
            inbox: receiving.as_ref().map(Receiving::inbox),
            ..ProviderOptions::new(base_url)
        };
        let bar = progress::bar(global, None, "checks");
        let verified = verify_provider(simulation, &options, |progress| match progress {
            Progress::Story { id, number, of } => bar.set_message(format!("{id} ({number} of {of})")),
            Progress::Checked(_) => bar.inc(1),
        });
        let report = tokio::select! {
            verified = verified => Some(verified.map_err(|error| Failure::new(error.to_string()))),
            () = stop => None,
        };
        bar.finish_and_clear();
        if let Some(receiving) = receiving {
            receiving.end().await;
        }
        Ok(report.transpose()?.map(|report| (report, session)))
    }

    /// Starts a replay server in this process, which sends its webhooks there; it ends with the process.
    async fn start_server(
        &self,
        service: &Service,
        receiving: Option<&Receiving>,
    ) -> Result<SocketAddr, Failure> {
        let endpoint = |receiving: &Receiving| NewEndpoint {
            api: service.name,
            url: receiving.url(),
            headers: Vec::new(),
        };
        let options = ServerOptions {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            public_url: None,
            seed: 1,
            clock: Clock::Running(SignedDuration::ZERO),
            readings: readings(BTreeMap::new(), &self.readings)?,
            limits: Limits::default(),
            webhooks: receiving.map(endpoint).into_iter().collect(),
            trust: Trust::default(),
        };
        let server = ReplayServer::bind(estoppel_catalog::apis(), options)
            .await
            .map_err(|error| Failure::new(error.to_string()))?;
        let address = server.address();
        tokio::spawn(server.run(std::future::pending()));
        Ok(address)
    }

    fn tell(
        &self,
        report: &ProviderReport,
        session: Option<&ReplaySession>,
        global: &Global,
    ) -> Result<Exit, Failure> {
        let document =
            serde_json::to_value(report).unwrap_or_else(|error| json!({"error": error.to_string()}));
        self.report.write("verify-provider", &document, || cases(report))?;
        for failure in &report.failures {
            out_text!("{}\n", shown(failure));
        }
        if !global.quiet {
            out_text!("{}", report.coverage.to_string().trim_end());
            for skipped in &report.skipped {
                out_line!("not played from step {}: {}: {}", skipped.step, skipped.story, skipped.reason);
            }
        }
        // What was not tested is never left out, however quiet the rest is.
        for note in &report.notes {
            out_line!("note: {note}");
        }
        if let Some(session) = session.filter(|session| session.calls() > 0 && !report.is_clean()) {
            out_line!(
                "note: the session had answered {} calls before; what they changed counts as a difference here. \
                 A fresh one: curl -X POST {}",
                session.calls(),
                session.reset_url()
            );
        }
        if report.tested_nothing() {
            return Err(Failure::new("nothing was tested: no operation was exercised"));
        }
        let failed = report.checks.iter().filter(|check| check.outcome == Outcome::Failed).count();
        out_line!(
            "{}: {} checks passed, {failed} failed; {} calls{}",
            report.base_url,
            report.checks.len() - failed,
            report.requests_sent,
            webhooks(report)
        );
        Ok(if report.is_clean() { Exit::Clean } else { Exit::Findings })
    }
}

/// The end of the summary: how many webhooks were waited for, where any are.
fn webhooks(report: &ProviderReport) -> String {
    match (report.arrivals_tested, report.arrivals_skipped) {
        (0, 0) => String::new(),
        (tested, 0) => format!(", {tested} webhooks"),
        (tested, skipped) => format!(", {tested} webhooks and {skipped} not tested"),
    }
}

/// The time on the real clock, which the server under test goes by.
#[expect(clippy::disallowed_methods, reason = "what a server answers can depend on the day")]
fn real_now() -> Timestamp {
    Timestamp::now()
}

/// A failure as a block of lines, of which what the server sent makes none.
fn shown(failure: &estoppel_verifier::Failure) -> estoppel_verifier::Failure {
    let one_line = |text: &str| one_line(text).into_owned();
    estoppel_verifier::Failure {
        pointer: failure.pointer.as_deref().map(one_line),
        change: failure.change.as_deref().map(one_line),
        expected: one_line(&failure.expected),
        actual: one_line(&failure.actual),
        curl: one_line(&failure.curl),
        ..failure.clone()
    }
}

/// `Name: value`.
pub(crate) fn parsed_header(text: &str) -> Result<(String, String), Failure> {
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
    };
    let is_value = |value: &str| value.chars().all(|c| c == '\t' || (' '..='~').contains(&c));
    text.split_once(':')
        .map(|(name, value)| (name.trim(), value.trim()))
        .filter(|(name, value)| is_name(name) && is_value(value))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        // The text is not repeated: it may hold a secret.
        .ok_or_else(|| Failure::new("a --header is no header: expected 'NAME: VALUE'"))
}

fn cases(report: &ProviderReport) -> Vec<Case> {
    let failures = report.failures.iter().map(|failure| Case {
        name: format!("{}: {}", failure.rule, failure.place()),
        failure: Some(failure.to_string()),
    });
    let passed = report.checks.iter().filter(|check| check.outcome == Outcome::Passed);
    failures.chain(passed.map(|check| Case { name: check.name.clone(), failure: None })).collect()
}
