//! A server on a free port, and requests in one line.

use std::time::Duration;

use estoppel_contract::Readings;
use estoppel_replay_server::{Limits, ReplayServer, ServerOptions, Sessions, Trust};
use estoppel_simulator::{Clock, NewEndpoint};
use serde_json::{Value, json};
use std::sync::Arc;

/// When every session begins; its clock stands.
pub(crate) const START: &str = "2021-01-08T22:03:09.598Z";

pub(crate) struct Server {
    pub(crate) address: std::net::SocketAddr,
    pub(crate) admin_address: Option<std::net::SocketAddr>,
    pub(crate) sessions: Arc<Sessions>,
    pub(crate) client: reqwest::Client,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    ended: tokio::task::JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::start_with(options()).await
    }

    /// With an endpoint for the webhooks of the invented API.
    pub(crate) async fn start_sending_to(url: &str) -> Self {
        let endpoint = NewEndpoint { api: "ferry", url: url.to_owned(), headers: Vec::new() };
        Self::start_with(ServerOptions { webhooks: vec![endpoint], ..options() }).await
    }

    /// With the APIs of the catalogue and an invented one.
    pub(crate) async fn start_with(options: ServerOptions) -> Self {
        let mut apis = estoppel_catalog::apis();
        apis.push(crate::ferry::simulation());
        let server = ReplayServer::bind(apis, options).await.unwrap();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let (address, admin_address) = (server.address(), server.admin_address());
        let sessions = server.sessions();
        let ended = tokio::spawn(async move {
            server.run(async move { drop(stopped.await) }).await.unwrap();
        });
        // The second test finds it installed.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = reqwest::Client::builder().timeout(Duration::from_secs(10)).no_proxy().build().unwrap();
        Self { address, admin_address, sessions, client, stop: Some(stop), ended }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Status and JSON of a call, with a JSON body unless it is null.
    pub(crate) async fn call(&self, method: &str, path: &str, token: &str, body: &Value) -> (u16, Value) {
        let mut request = self.client.request(method.parse().unwrap(), self.url(path)).bearer_auth(token);
        if !body.is_null() {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let bytes = response.bytes().await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    /// The JSON of a call that succeeds.
    pub(crate) async fn get(&self, path: &str) -> Value {
        let (status, reply) = self.call("GET", path, "", &Value::Null).await;
        assert_eq!(status, 200, "{path}: {reply}");
        reply
    }

    /// The JSON of a call that succeeds.
    pub(crate) async fn post(&self, path: &str, body: Value) -> Value {
        let (status, reply) = self.call("POST", path, "", &body).await;
        assert!(status == 200 || status == 201, "{path}: {status} {reply}");
        reply
    }

    /// Asks until the reply is as wanted; gives it.
    pub(crate) async fn until(&self, path: &str, is_wanted: impl Fn(&Value) -> bool) -> Value {
        let asking = async {
            loop {
                let reply = self.get(path).await;
                if is_wanted(&reply) {
                    return reply;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), asking).await.unwrap()
    }

    /// A token of the session under this prefix.
    pub(crate) async fn token(&self, prefix: &str) -> String {
        let credentials = json!({"clientId": "carrier-test", "secret": "carrier-test-secret"});
        let (status, issued) =
            self.call("POST", &format!("{prefix}/carrier/oauth/token"), "", &credentials).await;
        assert_eq!(status, 200, "{issued}");
        issued["access_token"].as_str().unwrap().to_owned()
    }

    /// Stops it and waits until it has ended.
    pub(crate) async fn stop(mut self) {
        drop(self.stop.take());
        self.ended.await.unwrap();
    }
}

pub(crate) fn options() -> ServerOptions {
    ServerOptions {
        listen: "127.0.0.1:0".parse().unwrap(),
        public_url: None,
        seed: 7,
        clock: Clock::Frozen(START.parse().unwrap()),
        readings: Readings::default(),
        limits: Limits::default(),
        webhooks: Vec::new(),
        trust: Trust::default(),
    }
}

#[tokio::test]
async fn an_occupied_address_is_one_clear_line() {
    let server = Server::start().await;
    let options = ServerOptions { listen: server.address, ..options() };
    let error = ReplayServer::bind(estoppel_catalog::apis(), options).await.unwrap_err().to_string();
    assert!(error.contains("cannot listen on") && error.contains("--listen"), "{error}");
    server.stop().await;
}
