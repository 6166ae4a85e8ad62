//! The replay server: HTTP in front of the simulator.
//!
//! It serves each API under `/{api}/…` for the session named `default`, under `/sessions/{name}/{api}/…` for any other,
//! and under the vendors' own host names. Controls are under `/__admin`. The real clock enters here.

mod activity;
mod admin;
mod admission;
mod advance;
mod background;
mod body;
mod body_budget;
mod client_io;
mod connection;
mod connector;
mod date;
mod endpoints;
mod example;
mod expiry;
mod gate;
mod guard;
mod host;
mod limits;
mod listener;
mod memory;
mod pump;
mod real_clock;
mod receiver;
mod redaction;
mod refusal;
mod request_host;
mod response;
mod sender;
mod sessions;
mod shutdown;
mod special_ranges;
mod target_policy;
mod trust;
mod untaken;
mod usage;
mod vendor;
mod world;

use std::{future::Future, io, net::SocketAddr, sync::Arc, time::Duration};

use estoppel_contract::Readings;
use estoppel_simulator::{Clock, NewEndpoint, SessionOptions, Simulation};
use thiserror::Error;
use tokio::{net::TcpListener, sync::watch};

pub use endpoints::{EndpointFault, new_endpoint};
pub use host::{HostError, HostName};
pub use limits::{Limit, LimitError, Limits, Unit};
pub use receiver::{ReceivedRequest, Receiver, ReceiverReply};
pub use sender::Sender;
pub use sessions::{Breach, Sessions, Tally};
pub use shutdown::GivenUp;
pub use target_policy::{TargetPolicy, TargetRule, TargetRuleError};
pub use trust::{AdminExposure, AdminToken, Trust, TrustError};

use guard::Guard;
use listener::Listener;
use shutdown::{Stage, Unfinished, until_stopping};
use trust::Policies;
use usage::Usage;
use vendor::{Surface, Vendor};

/// How a replay server is started.
#[derive(Clone, Debug)]
pub struct ServerOptions {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The base URL that callers use, where it is not the address it listens on.
    pub public_url: Option<String>,
    /// Seed of every session that is not created with its own.
    pub seed: u64,
    /// Clock of every session that is not created with its own.
    pub clock: Clock,
    /// Readings of every session; one that is created with its own differs in those.
    pub readings: Readings,
    /// How much the server and its sessions keep, and how long they wait.
    pub limits: Limits,
    /// How long calls and deliveries may take to finish once the server stops.
    pub drain: Duration,
    /// Endpoints for webhooks of every session that is not created with its own.
    pub webhooks: Vec<NewEndpoint>,
    /// Whom it trusts.
    pub trust: Trust,
}

/// Why a server does not start or ends.
#[derive(Debug, Error)]
pub enum ServerError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}; choose another address with {flag}, such as 127.0.0.1:0")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The flag that gives it.
        flag: &'static str,
        /// Why.
        source: io::Error,
    },
    /// An endpoint for webhooks cannot be taken.
    #[error(transparent)]
    Endpoint(#[from] EndpointFault),
    /// It would let in whom it does not trust.
    #[error(transparent)]
    Trust(#[from] TrustError),
}

/// A replay server that listens, and serves once it is run.
#[derive(Debug)]
pub struct ReplayServer {
    listener: TcpListener,
    address: SocketAddr,
    admin: Option<(TcpListener, SocketAddr)>,
    sessions: Arc<Sessions>,
    limits: Limits,
    drain: Duration,
    warn: fn(&str),
}

impl ReplayServer {
    /// Takes the address and makes the default session.
    pub async fn bind(
        simulations: Vec<&'static dyn Simulation>,
        options: ServerOptions,
    ) -> Result<Self, ServerError> {
        options.trust.check(options.listen)?;
        let (listener, address) = listen(options.listen, "--listen").await?;
        let admin = match options.trust.admin_listen {
            Some(address) => Some(listen(address, "--admin-listen").await?),
            None => None,
        };
        let listeners: Vec<_> = admin.iter().map(|(_, address)| *address).chain([address]).collect();
        let targets = TargetPolicy::new(options.trust.webhook_targets.clone());
        let targets = options.webhooks.iter().fold(targets, |targets, new| targets.with_url(&new.url));
        let policies = Policies {
            guard: Guard::new(&options.trust, &listeners, options.public_url.as_deref())?,
            targets: targets.clone(),
            personal_data: options.trust.shown_personal_data(address),
        };
        let webhooks = options.webhooks.into_iter();
        let checked = webhooks.map(|new| new_endpoint(&simulations, new.api, &new.url, new.headers));
        let webhooks = checked.collect::<Result<Vec<_>, _>>()?;
        let base_url = options.public_url.unwrap_or_else(|| format!("http://{address}"));
        let template = SessionOptions {
            name: sessions::DEFAULT.to_owned(),
            seed: options.seed,
            clock: options.clock,
            readings: options.readings,
            base_url: base_url.trim_end_matches('/').to_owned(),
            limits: options.limits.session(),
            webhooks,
        };
        let asked = template.webhooks.len();
        let (limits, drain) = (options.limits, options.drain);
        let idle_max = limits.time(Limit::SessionIdle);
        let sessions = Arc::new(Sessions::new(
            simulations,
            template,
            limits.clone(),
            Sender::new(targets),
            policies,
            real_clock::now(),
        ));
        let pressed = Arc::clone(&sessions.memory().pressed);
        tokio::spawn(memory::relieve(Arc::downgrade(&sessions), pressed));
        tokio::spawn(expiry::sweep(Arc::downgrade(&sessions), idle_max));
        let taken = sessions.default_world().lock().session.outbox().endpoints().count();
        if taken < asked {
            return Err(EndpointFault::TooMany(taken).into());
        }
        Ok(Self { listener, address, admin, sessions, limits, drain, warn: |_| () })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it listens for the admin API, if that has a listener of its own.
    pub fn admin_address(&self) -> Option<SocketAddr> {
        self.admin.as_ref().map(|(_, address)| *address)
    }

    /// Its sessions.
    pub fn sessions(&self) -> Arc<Sessions> {
        Arc::clone(&self.sessions)
    }

    /// Where it says what an operator should know, such as that the system refuses it connections.
    #[must_use]
    pub fn warning(self, warn: fn(&str)) -> Self {
        Self { warn, ..self }
    }

    /// Serves until `stop` is ready. Then it accepts no connection, and calls and deliveries have as long as
    /// [`ServerOptions::drain`] to finish; what was not is cut off, and returned.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> GivenUp {
        let Self { listener, admin, sessions, limits, drain, warn, .. } = self;
        let (usage, unfinished) = (Arc::new(Usage::new(&limits)), Arc::new(Unfinished::default()));
        let (stage, staged) = watch::channel(Stage::Serving);
        let vendor = Vendor::new(Arc::clone(&sessions), limits.clone(), Arc::clone(&usage), staged.clone());
        let serve = |listener, surface| {
            let (usage, unfinished) = (Arc::clone(&usage), Arc::clone(&unfinished));
            let accepting =
                Listener::new(vendor.serving(surface), &limits, usage, unfinished, staged.clone(), warn);
            accepting.accept(listener, until_stopping(staged.clone()))
        };
        let main_surface = if admin.is_some() { Surface::Apis } else { Surface::Everything };
        let main = serve(listener, main_surface);
        let admin = admin.map(|(listener, _)| serve(listener, Surface::Admin));
        let stopping = async {
            stop.await;
            stage.send_replace(Stage::Stopping);
        };
        tokio::join!(stopping, main, async {
            if let Some(admin) = admin {
                admin.await;
            }
        });
        shutdown::drain(&stage, &usage, &unfinished, &sessions, drain).await
    }
}

/// Takes an address that the flag gives.
async fn listen(address: SocketAddr, flag: &'static str) -> Result<(TcpListener, SocketAddr), ServerError> {
    let failed = |source| ServerError::Listen { address, flag, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}
