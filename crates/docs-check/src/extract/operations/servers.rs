//! The servers that operations name, each once.

use std::collections::BTreeMap;

use crate::{Server, Span};

/// Servers in the order in which they are named first.
#[derive(Debug, Default)]
pub(in crate::extract) struct Servers {
    servers: Vec<Server>,
    places: BTreeMap<String, usize>,
}

impl Servers {
    /// Goes on with servers that are known.
    pub(in crate::extract) fn of(servers: Vec<Server>) -> Self {
        let places = servers.iter().enumerate().map(|(place, server)| (server.url.clone(), place)).collect();
        Self { servers, places }
    }

    /// Notes where a server is named.
    pub(in crate::extract) fn add(&mut self, url: &str, span: Span) {
        if let Some(server) = self.places.get(url).and_then(|place| self.servers.get_mut(*place)) {
            server.spans.push(span);
            return;
        }
        self.places.insert(url.to_owned(), self.servers.len());
        self.servers.push(Server { url: url.to_owned(), spans: vec![span] });
    }

    pub(in crate::extract) fn finish(self) -> Vec<Server> {
        self.servers
    }
}
