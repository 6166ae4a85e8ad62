//! The replay server: HTTP in front of the simulator.
//!
//! It serves each API under `/{api}/…` for the session named `default`, under `/sessions/{name}/{api}/…` for any other,
//! and under the vendors' own host names. Controls are under `/__admin`. The real clock enters here.

mod admin;
mod admission;
mod advance;
mod body;
mod connector;
mod date;
mod endpoints;
mod example;
mod expiry;
mod gate;
mod guard;
mod host;
mod limits;
mod memory;
mod pump;
mod real_clock;
mod receiver;
mod redaction;
mod sender;
mod sessions;
mod special_ranges;
mod target_policy;
mod trust;
mod vendor;
mod world;

use std::{
    future::{Future, IntoFuture},
    io,
    net::SocketAddr,
    sync::Arc,
    time::Duration,
};

use axum::serve::ListenerExt;
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
pub use target_policy::{TargetPolicy, TargetRule, TargetRuleError};
pub use trust::{AdminExposure, AdminToken, Trust, TrustError};

use guard::Guard;
use trust::Policies;
use vendor::Surface;

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
    /// The server broke off.
    #[error("the server broke off: {0}")]
    Serve(#[from] io::Error),
}

/// A replay server that listens, and serves once it is run.
#[derive(Debug)]
pub struct ReplayServer {
    listener: TcpListener,
    address: SocketAddr,
    admin: Option<(TcpListener, SocketAddr)>,
    sessions: Arc<Sessions>,
}

/// How long open connections may take to end once the server is told to stop.
const SHUTDOWN_MAX: Duration = Duration::from_secs(5);

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
        let idle_max = options.limits.time(Limit::SessionIdle);
        let sessions = Arc::new(Sessions::new(
            simulations,
            template,
            options.limits,
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
        Ok(Self { listener, address, admin, sessions })
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

    /// Serves until `stop` is ready, then lets open calls end.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), ServerError> {
        let service = vendor::Vendor::new(Arc::clone(&self.sessions));
        let (stopping, stopped) = watch::channel(());
        let main_surface = if self.admin.is_some() { Surface::Apis } else { Surface::Everything };
        let main = serve(self.listener, service.serving(main_surface), stopped.clone());
        let admin = self.admin.map(|(listener, _)| serve(listener, service.serving(Surface::Admin), stopped));
        let serving = async {
            match admin {
                Some(admin) => tokio::try_join!(main, admin).map(drop),
                None => main.await,
            }
        };
        let ended = tokio::select! {
            ended = serving => ended,
            () = async {
                stop.await;
                drop(stopping);
                tokio::time::sleep(SHUTDOWN_MAX).await;
            } => Ok(()),
        };
        self.sessions.end();
        Ok(ended?)
    }
}

/// Takes an address that the flag gives.
async fn listen(address: SocketAddr, flag: &'static str) -> Result<(TcpListener, SocketAddr), ServerError> {
    let failed = |source| ServerError::Listen { address, flag, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

/// Serves a listener until the server stops, then lets open calls end.
fn serve(
    listener: TcpListener,
    service: vendor::Vendor,
    mut stopped: watch::Receiver<()>,
) -> impl Future<Output = io::Result<()>> + Send {
    // A connection that cannot be set so still works, only slower.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let stop = async move { while stopped.changed().await.is_ok() {} };
    axum::serve(listener, tower::make::Shared::new(service)).with_graceful_shutdown(stop).into_future()
}
