//! Connections of webhooks: a host is resolved once, its addresses are checked, and the connection goes to one of them.

use std::{
    convert::Infallible,
    error::Error,
    future::Future,
    io,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use http::Uri;
use hyper_util::{
    client::legacy::connect::{HttpConnector, dns::Name},
    rt::TokioIo,
};
use thiserror::Error;
use tokio::net::{TcpStream, lookup_host};
use tower::Service;

use crate::{
    host::HostName,
    target_policy::{Target, TargetPolicy},
};

/// Why there is no connection.
#[derive(Debug, Error)]
pub(crate) enum ConnectError {
    /// The policy allows none. Whether something is there was not tried.
    #[error("the target is not allowed")]
    NotAllowed,
    /// The host has no address.
    #[error("the host is not known")]
    Unknown(#[source] io::Error),
    /// Nothing answers at its addresses.
    #[error("no connection")]
    Unreachable(#[source] Box<dyn Error + Send + Sync>),
}

/// Connects to what the policy allows.
#[derive(Clone, Debug)]
pub(crate) struct Connector {
    policy: Arc<TargetPolicy>,
}

impl Connector {
    pub(crate) const fn new(policy: Arc<TargetPolicy>) -> Self {
        Self { policy }
    }
}

impl Service<Uri> for Connector {
    type Response = TokioIo<TcpStream>;
    type Error = ConnectError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, ConnectError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ConnectError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let policy = Arc::clone(&self.policy);
        Box::pin(async move {
            let target = Target::of_uri(&uri).ok_or(ConnectError::NotAllowed)?;
            let addresses = addresses(&policy, &target).await?;
            connect(uri, addresses).await
        })
    }
}

/// The addresses of a target that the policy allows; there is at least one.
async fn addresses(policy: &TargetPolicy, target: &Target) -> Result<Vec<SocketAddr>, ConnectError> {
    let found = match &target.host {
        HostName::Address(address) => vec![SocketAddr::new(*address, target.port)],
        HostName::Name(name) => {
            if !policy.may_allow(target) {
                return Err(ConnectError::NotAllowed);
            }
            // Whether a host is known is said of hosts that are allowed.
            let unknown = |error| {
                if policy.names(target) { ConnectError::Unknown(error) } else { ConnectError::NotAllowed }
            };
            lookup_host((name.as_str(), target.port)).await.map_err(unknown)?.collect()
        }
    };
    let allowed: Vec<_> = found.into_iter().filter(|found| policy.allows(target, found.ip())).collect();
    if allowed.is_empty() { Err(ConnectError::NotAllowed) } else { Ok(allowed) }
}

/// Connects to one of these addresses, whatever else the host's name may mean by now.
async fn connect(uri: Uri, addresses: Vec<SocketAddr>) -> Result<TokioIo<TcpStream>, ConnectError> {
    let resolver = tower::service_fn(move |_: Name| {
        std::future::ready(Ok::<_, Infallible>(addresses.clone().into_iter()))
    });
    let mut connector = HttpConnector::new_with_resolver(resolver);
    connector.set_nodelay(true);
    connector.enforce_http(false);
    connector.call(uri).await.map_err(|error| ConnectError::Unreachable(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rules: &[&str], uri: &str, expected: &str) {
        let policy = TargetPolicy::new(rules.iter().map(|rule| rule.parse().unwrap()).collect());
        let target = Target::of_uri(&uri.parse().unwrap()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let found = match runtime.block_on(addresses(&policy, &target)) {
            Ok(addresses) => addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            Err(error) => error.to_string(),
        };
        assert!(found.contains(expected), "{uri}: {found}");
    }

    #[test]
    fn only_allowed_addresses_are_connected_to() {
        check(&[], "http://127.0.0.1:9/", "127.0.0.1:9");
        check(&[], "http://localhost:9/", "127.0.0.1:9");
        check(&[], "http://10.0.0.5:9/", "not allowed");
        check(&[], "http://[::ffff:10.0.0.5]:9/", "not allowed");
        check(&["10.0.0.0/8"], "http://10.0.0.5:9/", "10.0.0.5:9");
        // Neither says whether the host is known.
        check(&[], "http://nothing.invalid/", "not allowed");
        check(&["10.0.0.0/8"], "http://nothing.invalid/", "not allowed");
        check(&["nothing.invalid"], "https://nothing.invalid/", "not known");
    }
}
