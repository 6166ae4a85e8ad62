//! A call, from a step of a story to the request that goes over the wire.

use bytes::Bytes;
use estoppel_contract::{Contract, Operation};
use serde_json::Value;

use crate::redaction::Redaction;

/// A call with every name resolved.
#[derive(Clone, Debug)]
pub(super) struct Call<'c> {
    pub(super) operation: &'c Operation,
    /// Path and query parameters.
    pub(super) parameters: Vec<(&'c str, String)>,
    pub(super) body: Option<Value>,
    /// A URL that a reply gave, in place of path and parameters.
    pub(super) url: Option<String>,
}

/// A URL that does not lead to the server that gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ForeignUrl(pub(super) String);

/// What proves who calls; nothing by default.
#[derive(Clone, Default)]
pub(super) struct Proof {
    pub(super) token: Option<String>,
    pub(super) headers: Vec<CredentialValue>,
}

/// Shows no secret.
impl std::fmt::Debug for Proof {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Proof")
    }
}

/// A header that proves who calls, and its value.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct CredentialValue {
    pub(super) name: String,
    pub(super) value: String,
    /// Whether the value is that of every fresh session, which is no secret.
    pub(super) is_test_value: bool,
}

/// A request as it goes over the wire.
#[derive(Clone)]
pub(super) struct Request {
    pub(super) method: &'static str,
    /// Path and query, below the base URL.
    pub(super) target: String,
    pub(super) authorization: Option<String>,
    /// What proves who calls, besides the token.
    pub(super) credential_headers: Vec<CredentialValue>,
    pub(super) accept: Option<&'static str>,
    pub(super) content_type: Option<&'static str>,
    pub(super) body: Bytes,
}

/// Shows no header and no body: both may hold secrets.
impl std::fmt::Debug for Request {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} {}", self.method, self.target)
    }
}

/// What came back of a request.
#[derive(Clone, Debug, Default)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) content_type: Option<String>,
    pub(super) allow: Option<String>,
    pub(super) body: Bytes,
}

impl Reply {
    /// The body as JSON.
    pub(super) fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The content type without its parameters.
    pub(super) fn media_type(&self) -> Option<&str> {
        self.content_type.as_deref().and_then(|value| value.split(';').next()).map(str::trim)
    }

    /// Status and body in one line.
    pub(super) fn shown(&self, redaction: &Redaction) -> String {
        format!("{} with {}", self.status, redaction.body(&self.body))
    }
}

impl Call<'_> {
    /// The request, for a server at `base_url`, with this proof.
    pub(super) fn request(&self, base_url: &str, proof: &Proof) -> Result<Request, ForeignUrl> {
        let target = match &self.url {
            Some(url) => target_below(base_url, url).ok_or_else(|| ForeignUrl(url.clone()))?,
            None => self.target(),
        };
        let body = self.body.as_ref().map(ToString::to_string);
        Ok(Request {
            method: self.operation.spec.method.as_str(),
            target,
            authorization: proof.token.as_ref().map(|token| format!("Bearer {token}")),
            credential_headers: proof.headers.clone(),
            accept: None,
            content_type: body.as_ref().map(|_| "application/json"),
            body: body.map(Bytes::from).unwrap_or_default(),
        })
    }

    /// The same call on the operation's own path, with the parameters that its URL holds.
    pub(super) fn on_its_path(&self, contract: &Contract, base_url: &str) -> Option<Self> {
        let Some(url) = &self.url else { return Some(self.clone()) };
        let target = target_below(base_url, url)?;
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let found = contract.routes().at(path).filter(|found| found.template() == self.operation.path)?;
        let mut parameters = Vec::new();
        for name in self.operation.path.parameters() {
            let (_, value) = found.parameters().find(|(known, _)| *known == name)?;
            parameters
                .push((name, percent_encoding::percent_decode_str(value).decode_utf8_lossy().into_owned()));
        }
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let known = self.operation.query_parameters().find(|known| *known == name)?;
            parameters.push((known, value.into_owned()));
        }
        Some(Self { parameters, url: None, ..self.clone() })
    }

    /// Path and query below the base URL.
    fn target(&self) -> String {
        let in_path: Vec<&str> = self.operation.path.parameters().collect();
        let find = |name: &str| {
            let found = self.parameters.iter().find(|(known, _)| *known == name);
            found.map_or("", |(_, value)| value.as_str())
        };
        let mut target = self.operation.path.expand(find);
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.parameters.iter().filter(|(name, _)| !in_path.contains(name)));
        let query = query.finish();
        if !query.is_empty() {
            target.push('?');
            target.push_str(&query);
        }
        target
    }
}

fn target_below(base_url: &str, url: &str) -> Option<String> {
    let rest = url.strip_prefix(base_url)?;
    rest.starts_with(['/', '?']).then(|| rest.to_owned())
}

impl Request {
    /// A command line that repeats the request.
    pub(super) fn curl(&self, base_url: &str, redaction: &Redaction) -> String {
        let mut words = vec!["curl -sS -i".to_owned()];
        if self.method != "GET" {
            words.push(format!("-X {}", self.method));
        }
        words.push(quoted(&redaction.without_secrets(&format!("{base_url}{}", self.target))));
        if let Some(authorization) = &self.authorization {
            words.push(format!("-H \"Authorization: {}\"", redaction.without_secrets(authorization)));
        }
        words.extend(self.credential_headers.iter().map(CredentialValue::shell_word));
        if let Some(accept) = self.accept {
            words.push(format!("-H 'Accept: {accept}'"));
        }
        match self.content_type {
            Some(content_type) => words.push(format!("-H 'Content-Type: {content_type}'")),
            None if !self.body.is_empty() => words.push("-H 'Content-Type:'".to_owned()),
            None => {}
        }
        if !self.body.is_empty() {
            words.push(format!("--data-binary {}", redaction.shell_body(&self.body)));
        }
        words.join(" ")
    }
}

impl CredentialValue {
    /// `-H 'Name: value'`; a value that may be a secret is the variable `$NAME`.
    fn shell_word(&self) -> String {
        let Self { name, value, is_test_value } = self;
        if *is_test_value {
            return format!("-H {}", quoted(&format!("{name}: {value}")));
        }
        let variable = name.to_ascii_uppercase().replace('-', "_");
        format!("-H \"{name}: ${variable}\"")
    }
}

pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
