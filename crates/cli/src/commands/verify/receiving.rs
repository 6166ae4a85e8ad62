//! Where the webhooks of the server that is verified arrive.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use estoppel_contract::{Service, Success};
use estoppel_replay_server::{Receiver, ReceiverReply};
use estoppel_verifier::{Inbox, NextWebhook, ReceivedWebhook, Registration, ReplaySession};

use crate::{Failure, err_line};

/// A receiver for the webhooks of one API, and its endpoint at the replay server that sends them.
#[derive(Debug)]
pub(super) struct Receiving {
    mailbox: Arc<Mailbox>,
    registration: Option<Registration>,
}

#[derive(Debug)]
struct Mailbox(Receiver);

impl Inbox for Mailbox {
    fn next(&self) -> NextWebhook<'_> {
        Box::pin(async {
            let request = self.0.next().await?;
            Some(ReceivedWebhook { method: request.method, headers: request.headers, body: request.body })
        })
    }
}

/// A free port of this machine that only this machine reaches.
const LOOPBACK: SocketAddr = SocketAddr::new(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0);

impl Receiving {
    /// A receiver that only this machine reaches; `None` where the API sends no webhooks.
    pub(super) fn on_loopback(service: &Service) -> Result<Option<Self>, Failure> {
        Self::bind(service, LOOPBACK)
    }

    /// A receiver for the webhooks of the API at this URL.
    ///
    /// Where a session of a replay server is there, it is told where to send them; otherwise the user is. Without an address only
    /// a replay server on this machine is served.
    pub(super) async fn of_server(
        service: &Service,
        base_url: &str,
        session: Option<&ReplaySession>,
        listen: Option<SocketAddr>,
    ) -> Result<Option<Self>, Failure> {
        if listen.is_none() && !is_on_this_machine(base_url) {
            return Ok(None);
        }
        let Some(mut receiving) = Self::bind(service, listen.unwrap_or(LOOPBACK))? else { return Ok(None) };
        if let Some(session) = session {
            let made = Registration::make(session, service.name, &receiving.url()).await;
            receiving.registration = Some(made.map_err(|error| Failure::new(error.to_string()))?);
        }
        match (&receiving.registration, listen) {
            (None, None) => return Ok(None),
            (None, Some(_)) => err_line!(
                "webhooks are received on {}: enable a URL that leads there for {} at {base_url}",
                receiving.mailbox.0.address(),
                service.title
            ),
            (Some(_), _) => {}
        }
        Ok(Some(receiving))
    }

    fn bind(service: &Service, listen: SocketAddr) -> Result<Option<Self>, Failure> {
        let Some(rules) = service.deliveries else { return Ok(None) };
        let status = match rules.success {
            Success::Exactly(status) => status,
            Success::Any2xx => 200,
        };
        let receiver = Receiver::bind(listen, move |_| ReceiverReply::status(status))
            .map_err(|error| Failure::new(format!("cannot receive webhooks on {listen}: {error}")))?;
        Ok(Some(Self { mailbox: Arc::new(Mailbox(receiver)), registration: None }))
    }

    /// Where it receives, as this machine sees it.
    pub(super) fn url(&self) -> String {
        let address = self.mailbox.0.address();
        if address.ip().is_unspecified() {
            return format!("http://127.0.0.1:{}", address.port());
        }
        self.mailbox.0.url()
    }

    /// What arrives.
    pub(super) fn inbox(&self) -> Arc<dyn Inbox> {
        Arc::clone(&self.mailbox) as Arc<dyn Inbox>
    }

    /// Takes its endpoint away from the replay server. What it has received keeps its worth where that fails.
    pub(super) async fn end(self) {
        let Some(registration) = self.registration else { return };
        if let Err(error) = registration.remove().await {
            err_line!("the endpoint for webhooks could not be removed: {error}");
        }
    }
}

/// Whether the host of a URL is this machine.
fn is_on_this_machine(url: &str) -> bool {
    let authority = url.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or_default());
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_told_from_others() {
        for (url, expected) in [
            ("http://127.0.0.1:8080/boats", true),
            ("http://localhost/boats", true),
            ("http://[::1]:8080/boats", true),
            ("http://[::1]/boats", true),
            ("https://api.example.com/boats", false),
            ("http://10.0.0.1:8080", false),
            ("boats", false),
        ] {
            assert_eq!(is_on_this_machine(url), expected, "{url}");
        }
    }
}
