//! The two worlds that every call is played in: the server and the simulator.

use estoppel_contract::{Authentication, Contract, CredentialHeader, TEST_CLIENT_ID, TEST_SECRET};
use estoppel_simulator::{Simulation, Verdict};
use serde_json::{Map, Value, json};

use super::{
    ProviderOptions, VerifyError,
    call::{Call, CredentialValue, ForeignUrl, Proof, Reply, Request},
    correspondence::Correspondence,
    model::Model,
    names::Names,
    server::{NoReply, Server},
};
use crate::{instant::InstantForm, redaction::Redaction};

/// The shortest value of a header that is hidden wherever it appears: what is shorter stands in any text.
const SECRET_LENGTH_MIN: usize = 8;

/// The server and the simulator, and what corresponds in them.
#[derive(Debug)]
pub(super) struct Worlds {
    pub(super) server: Server,
    pub(super) model: Model,
    pub(super) correspondence: Correspondence,
    pub(super) redaction: Redaction,
    /// What stories may name from the start.
    pub(super) server_names: Names,
    pub(super) model_names: Names,
    /// The operation that gives tokens, and the member of its reply that holds one.
    pub(super) token_member: Option<(&'static str, &'static str)>,
    server_proof: Proof,
    model_proof: Proof,
    /// The key that signs the server's webhooks.
    pub(super) webhook_key: String,
}

/// What the simulator answers, and what it thinks of the request.
pub(super) type Predicted = (Reply, Verdict);

impl Worlds {
    /// Makes a simulator, finds the server, and gets a token from both.
    pub(super) async fn open(
        simulation: &'static dyn Simulation,
        options: &ProviderOptions,
    ) -> Result<Self, VerifyError> {
        let contract = simulation.contract();
        let base_url = checked_base_url(&options.base_url)?;
        let server = Server::new(&base_url, options.timeout)?;
        let model = Model::new(simulation, options.readings.clone(), options.now);
        let mut worlds = Self {
            correspondence: Correspondence::new(
                model.base_url(),
                server.base_url(),
                InstantForm::all(contract),
            ),
            redaction: Redaction::of_contract(contract, options.personal_data),
            server,
            model,
            server_names: Names::default(),
            model_names: Names::default(),
            token_member: None,
            server_proof: Proof::default(),
            model_proof: Proof::default(),
            webhook_key: String::new(),
        };
        worlds.authenticate(contract, options).await?;
        Ok(worlds)
    }

    async fn authenticate(
        &mut self,
        contract: &Contract,
        options: &ProviderOptions,
    ) -> Result<(), VerifyError> {
        let given = &options.credentials;
        match contract.service.authentication {
            Authentication::Secret { test_secret, headers } => {
                self.keep_headers(headers, &given.headers);
                let secret = given.secret.clone().unwrap_or_else(|| test_secret.to_owned());
                self.keep_credentials(None, test_secret, &secret);
                self.redaction.hide(&secret, "$TOKEN");
                self.server_proof.token = Some(secret);
                self.model_proof.token = Some(test_secret.to_owned());
            }
            Authentication::ClientCredentials {
                operation,
                client_id,
                secret,
                token,
                test_client_id,
                test_secret,
            } => {
                let Some(operation) = contract.operation(operation) else { return Ok(()) };
                let own_id = given.client_id.clone().unwrap_or_else(|| test_client_id.to_owned());
                let own_secret = given.secret.clone().unwrap_or_else(|| test_secret.to_owned());
                let body = |id: &str, word: &str| {
                    let members = [(client_id.to_owned(), json!(id)), (secret.to_owned(), json!(word))];
                    Some(Value::Object(members.into_iter().collect::<Map<_, _>>()))
                };
                let call = |body| Call { operation, parameters: Vec::new(), body, url: None };
                let ask = |call: Call<'_>, base_url: &str| call.request(base_url, &Proof::default()).ok();
                let to_model = ask(call(body(test_client_id, test_secret)), self.model.base_url());
                let to_server = ask(call(body(&own_id, &own_secret)), self.server.base_url());
                self.keep_credentials(Some((test_client_id, &own_id)), test_secret, &own_secret);
                self.redaction.hide(&own_secret, "$SECRET");
                let token_of = |reply: &Reply| Some(reply.json()?.get(token)?.as_str()?.to_owned());
                self.model_proof.token = to_model
                    .and_then(|request| self.model.send(&request))
                    .and_then(|(reply, _)| token_of(&reply));
                if let Some(request) = to_server {
                    let reply =
                        self.server.send(&request).await.map_err(|no_reply| self.unreachable(no_reply))?;
                    self.server_proof.token = token_of(&reply);
                    if self.server_proof.token.is_none() {
                        let answer = reply.shown(&self.redaction);
                        return Err(VerifyError::Credentials {
                            base_url: self.base_url().to_owned(),
                            answer,
                        });
                    }
                }
                self.token_member = Some((operation.spec.id, token));
                if let Some(token) = self.server_proof.token.clone() {
                    self.redaction.hide(&token, "$TOKEN");
                }
            }
        }
        Ok(())
    }

    fn keep_credentials(&mut self, client: Option<(&str, &str)>, model_secret: &str, server_secret: &str) {
        if let Some((model, server)) = client {
            self.model_names.keep(TEST_CLIENT_ID, model.into());
            self.server_names.keep(TEST_CLIENT_ID, server.into());
        }
        let key = self.model.delivery_settings().key;
        self.webhook_key = if &*key == model_secret { server_secret.to_owned() } else { key.to_string() };
        self.model_names.keep(TEST_SECRET, model_secret.into());
        self.server_names.keep(TEST_SECRET, server_secret.into());
    }

    /// The headers that every call carries: as they are given, or else as every fresh session takes them. What is
    /// given besides goes to the server alone.
    fn keep_headers(&mut self, declared: &[CredentialHeader], given: &[(String, String)]) {
        let header = |name: &str, value: &str, is_test_value| CredentialValue {
            name: name.to_owned(),
            value: value.to_owned(),
            is_test_value,
        };
        for known in declared {
            self.model_proof.headers.push(header(known.name, known.test_value, true));
            if !given.iter().any(|(name, _)| name.eq_ignore_ascii_case(known.name)) {
                self.server_proof.headers.push(header(known.name, known.test_value, true));
            }
        }
        for (name, value) in given {
            self.server_proof.headers.push(header(name, value, false));
            if value.len() >= SECRET_LENGTH_MIN {
                self.redaction.hide(value, "(hidden)");
            }
        }
    }

    fn unreachable(&self, no_reply: NoReply) -> VerifyError {
        VerifyError::Unreachable { base_url: self.base_url().to_owned(), reason: no_reply.reason }
    }

    /// Where the server is.
    pub(super) fn base_url(&self) -> &str {
        self.server.base_url()
    }

    /// The request that `make` gives for the server; an operation without authentication gets no token.
    pub(super) fn to_server(
        &self,
        needs_token: bool,
        make: impl FnOnce(&str, &Proof) -> Result<Request, ForeignUrl>,
    ) -> Result<Request, ForeignUrl> {
        let none = Proof::default();
        make(self.server.base_url(), if needs_token { &self.server_proof } else { &none })
    }

    /// What the simulator answers to the request that `make` gives.
    pub(super) fn predict(
        &mut self,
        needs_token: bool,
        make: impl FnOnce(&str, &Proof) -> Result<Request, ForeignUrl>,
    ) -> Option<Predicted> {
        let none = Proof::default();
        let proof = if needs_token { &self.model_proof } else { &none };
        let request = make(self.model.base_url(), proof).ok()?;
        self.model.send(&request)
    }

    /// The command line that repeats a request.
    pub(super) fn curl(&self, request: &Request) -> String {
        request.curl(self.server.base_url(), &self.redaction)
    }
}

fn checked_base_url(text: &str) -> Result<String, VerifyError> {
    let refuse = || VerifyError::BaseUrl(text.to_owned());
    let base_url = text.trim_end_matches('/');
    let url = reqwest::Url::parse(base_url).map_err(|_| refuse())?;
    let is_http = matches!(url.scheme(), "http" | "https") && url.has_host();
    let is_plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    if is_http && is_plain { Ok(base_url.to_owned()) } else { Err(refuse()) }
}
