//! What stands before the admin API: it answers no foreign page, no unknown host, and nobody without the token.
//!
//! A page that a browser shows can send requests to this machine, and by DNS rebinding under a name of its own. What
//! tells it from a tool is what the browser adds: `Host`, `Origin` and `Sec-Fetch-Site`, which no page can choose.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    body::HttpBody,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts};
use thiserror::Error;
use url::Url;

use crate::{
    admin::AdminError,
    host::HostName,
    sessions::Sessions,
    trust::{AdminToken, Trust, TrustError},
};

/// The header that carries the token where `Authorization` is taken.
const TOKEN: HeaderName = HeaderName::from_static("x-estoppel-admin-token");
/// Where a request comes from, as a browser sees it.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// Longest part of a header that a refusal shows, in characters.
const SHOWN_MAX: usize = 64;

/// Decides which requests reach the admin API.
#[derive(Debug)]
pub(crate) struct Guard {
    hosts: Vec<HostName>,
    addresses: Addresses,
    /// The origin of the base URL that callers use, where one is given: a proxy may hide it from `Host`.
    public_origin: Option<url::Origin>,
    token: Option<AdminToken>,
}

/// Which addresses may stand in `Host`, besides those of this machine and those that are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Addresses {
    Listed,
    /// A listener on all addresses has any of them. An address cannot be rebound: it stands in `Host` only if the page
    /// itself came from there.
    Any,
}

/// Why a request does not reach the admin API.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
enum Refused {
    #[error("the admin API needs a Host header that names a host")]
    NoHost,
    #[error("the admin API does not answer under the host `{0}`")]
    Host(String),
    #[error("the admin API answers no page of another origin: `{0}`")]
    Origin(String),
    #[error("the admin API answers no request that a page of another site makes: Sec-Fetch-Site is `{0}`")]
    Site(String),
    #[error("a page sends bodies to the admin API as application/json only")]
    PageBody,
    #[error("the admin API needs its token")]
    NoToken,
    #[error("this is not the token of the admin API")]
    WrongToken,
}

impl Refused {
    const fn status(&self) -> StatusCode {
        match self {
            Self::PageBody => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::NoToken | Self::WrongToken => StatusCode::UNAUTHORIZED,
            Self::NoHost | Self::Host(_) | Self::Origin(_) | Self::Site(_) => StatusCode::FORBIDDEN,
        }
    }

    const fn help(&self) -> &'static str {
        match self {
            Self::NoHost | Self::Host(_) => {
                "use localhost or the address that the server listens on, or start it with --allow-host NAME or \
                 --public-url URL"
            }
            Self::Origin(_) | Self::Site(_) => {
                "use a tool such as curl, or a page of this server; behind a proxy start it with --public-url URL"
            }
            Self::PageBody => "send content-type: application/json",
            Self::NoToken | Self::WrongToken => {
                "send the --admin-token of the server as `Authorization: Bearer TOKEN` or `x-estoppel-admin-token: TOKEN`"
            }
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = AdminError::new(status, self.to_string(), self.help()).into_response();
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// Lets a request through to the admin API, or refuses it.
pub(crate) async fn check(State(sessions): State<Arc<Sessions>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let payload = if body.is_end_stream() { Payload::Empty } else { Payload::Body };
    let guard = &sessions.policies().guard;
    if let Err(refused) = guard.check(&parts, payload) {
        return refused.into_response();
    }
    if guard.token.is_some() {
        // What follows keeps requests: the token is none of its business.
        parts.headers.remove(TOKEN);
        parts.headers.remove(header::AUTHORIZATION);
    }
    next.run(Request::from_parts(parts, body)).await
}

/// Whether a request has a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Payload {
    Empty,
    Body,
}

impl Guard {
    /// The guard of a server that listens on these addresses.
    pub(crate) fn new(
        trust: &Trust,
        listeners: &[SocketAddr],
        public_url: Option<&str>,
    ) -> Result<Self, TrustError> {
        let parsed = |text: &str| {
            Url::parse(text).ok().filter(Url::has_host).ok_or_else(|| TrustError::PublicUrl(cut(text)))
        };
        let public_url = public_url.map(parsed).transpose()?;
        let public_host = public_url.as_ref().and_then(Url::host).map(HostName::from);
        let own = listeners.iter().map(|address| HostName::Address(address.ip().to_canonical()));
        let is_everywhere = listeners.iter().any(|address| address.ip().is_unspecified());
        Ok(Self {
            hosts: own.chain(public_host).chain(trust.allowed_hosts.iter().cloned()).collect(),
            addresses: if is_everywhere { Addresses::Any } else { Addresses::Listed },
            public_origin: public_url.map(|url| url.origin()),
            token: trust.admin_token.clone(),
        })
    }

    fn check(&self, parts: &Parts, payload: Payload) -> Result<(), Refused> {
        let (host, port) = self.host(parts)?;
        let mut is_page = false;
        for origin in parts.headers.get_all(header::ORIGIN) {
            is_page = true;
            if !self.is_own_origin(origin, &host, port) {
                return Err(Refused::Origin(shown(origin)));
            }
        }
        for site in parts.headers.get_all(SEC_FETCH_SITE) {
            is_page = true;
            let is_own = match site.as_bytes() {
                b"same-origin" => true,
                // What the user types or bookmarks: it reads, and changes nothing.
                b"none" => matches!(parts.method, Method::GET | Method::HEAD),
                _ => false,
            };
            if !is_own {
                return Err(Refused::Site(shown(site)));
            }
        }
        self.check_token(&parts.headers)?;
        if is_page && payload == Payload::Body && !is_json(&parts.headers) {
            return Err(Refused::PageBody);
        }
        Ok(())
    }

    /// The host that a request names. Each place that names one has to name one that is known.
    fn host(&self, parts: &Parts) -> Result<(HostName, Option<u16>), Refused> {
        let in_target = parts.uri.authority().map(|authority| authority.as_str().as_bytes());
        let in_headers = parts.headers.get_all(header::HOST).iter().map(HeaderValue::as_bytes);
        let mut first = None;
        for named in in_target.into_iter().chain(in_headers) {
            let text = String::from_utf8_lossy(named);
            let known = HostName::of_authority(&text).filter(|(host, _)| self.knows(host));
            let known = known.ok_or_else(|| Refused::Host(cut(&text)))?;
            first.get_or_insert(known);
        }
        first.ok_or(Refused::NoHost)
    }

    fn knows(&self, host: &HostName) -> bool {
        let is_any = matches!(host, HostName::Address(_)) && self.addresses == Addresses::Any;
        is_any || host.is_loopback() || self.hosts.contains(host)
    }

    /// Whether an origin is that of the server itself, under the host that the request names.
    fn is_own_origin(&self, origin: &HeaderValue, host: &HostName, port: Option<u16>) -> bool {
        let Some(url) = origin.to_str().ok().and_then(|origin| Url::parse(origin).ok()) else { return false };
        if !matches!(url.scheme(), "http" | "https") {
            return false;
        }
        let default = if url.scheme() == "https" { 443 } else { 80 };
        let is_of_host = url.host().map(HostName::from).as_ref() == Some(host)
            && url.port_or_known_default() == Some(port.unwrap_or(default));
        is_of_host || self.public_origin.as_ref().is_some_and(|public| *public == url.origin())
    }

    fn check_token(&self, headers: &HeaderMap) -> Result<(), Refused> {
        let Some(token) = &self.token else { return Ok(()) };
        let bearer = headers.get_all(header::AUTHORIZATION).iter().filter_map(|value| {
            let (scheme, given) = value.as_bytes().split_at_checked(b"bearer ".len())?;
            scheme.eq_ignore_ascii_case(b"bearer ").then_some(given)
        });
        let mut given = headers.get_all(TOKEN).iter().map(HeaderValue::as_bytes).chain(bearer).peekable();
        if given.peek().is_none() {
            return Err(Refused::NoToken);
        }
        if given.all(|given| token.is(given)) { Ok(()) } else { Err(Refused::WrongToken) }
    }
}

/// Whether the content type is JSON, with parameters or without.
fn is_json(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let is_json = |value: &HeaderValue| {
        let text = value.to_str().unwrap_or_default();
        let essence = text.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case("application/json")
    };
    types.next().is_some_and(is_json) && types.next().is_none()
}

fn shown(value: &HeaderValue) -> String {
    cut(&String::from_utf8_lossy(value.as_bytes()))
}

fn cut(text: &str) -> String {
    text.chars().take(SHOWN_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "correct-horse-battery";

    fn guard(listen: &str, trust: &Trust) -> Guard {
        Guard::new(trust, &[listen.parse().unwrap()], Some("https://Sandbox.example.com/replay")).unwrap()
    }

    fn check(guard: &Guard, line: (&str, &str), headers: &[(&str, &str)], expected: Option<&str>) {
        let mut request = http::Request::builder().method(line.0).uri(line.1);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let payload = if line.0 == "POST" { Payload::Body } else { Payload::Empty };
        let refused = guard.check(&parts, payload).map_err(|refused| refused.to_string());
        match (refused, expected) {
            (Ok(()), None) => {}
            (Err(error), Some(part)) => assert!(error.contains(part), "{headers:?}: {error}"),
            (checked, expected) => panic!("{line:?} {headers:?}: {checked:?} is not {expected:?}"),
        }
    }

    const GET: (&str, &str) = ("GET", "/__admin/sessions");
    const POST: (&str, &str) = ("POST", "/__admin/sessions");

    #[test]
    fn only_known_hosts_are_answered() {
        let trust = Trust { allowed_hosts: vec!["estoppel".parse().unwrap()], ..Trust::default() };
        let own = guard("127.0.0.1:8080", &trust);
        for known in [
            "localhost",
            "LOCALHOST.:8080",
            "127.0.0.1:8080",
            "127.3.2.1",
            "[::1]:9",
            "127.1",
            "estoppel:80",
            "sandbox.example.com",
            "[::ffff:127.0.0.1]",
        ] {
            check(&own, GET, &[("host", known)], None);
        }
        for unknown in [
            "evil.example",
            "localhost.evil.example",
            "10.0.0.1",
            "0.0.0.0:8080",
            "",
            "localhost@evil.example",
        ] {
            check(&own, GET, &[("host", unknown)], Some("does not answer under the host"));
        }
        check(&own, GET, &[], Some("needs a Host header"));
        check(&own, GET, &[("host", "localhost"), ("host", "evil.example")], Some("`evil.example`"));
        let absolute = ("GET", "http://evil.example/__admin/sessions");
        check(&own, absolute, &[("host", "localhost")], Some("`evil.example`"));
        check(&own, ("GET", "http://localhost/__admin"), &[("host", "evil.example")], Some("`evil.example`"));
        check(&own, ("GET", "http://localhost/__admin"), &[], None);
        let everywhere = guard("0.0.0.0:8080", &Trust::default());
        check(&everywhere, GET, &[("host", "10.0.0.1:8080")], None);
        check(&everywhere, GET, &[("host", "evil.example")], Some("`evil.example`"));
    }

    #[test]
    fn no_page_of_another_origin_is_answered() {
        let own = guard("127.0.0.1:8080", &Trust::default());
        let json = ("content-type", "application/json; charset=utf-8");
        let from = |origin| [("host", "localhost:8080"), ("origin", origin), json];
        for line in [GET, POST] {
            check(&own, line, &from("http://localhost:8080"), None);
            check(&own, line, &from("https://sandbox.example.com"), None);
            for foreign in [
                "https://evil.example",
                "null",
                "",
                "http://localhost:3000",
                "http://127.0.0.1:8080",
                "http://localhost",
                "file://",
                "chrome-extension://abc",
                "http://sandbox.example.com",
            ] {
                check(&own, line, &from(foreign), Some("no page of another origin"));
            }
        }
        let two = [from("http://localhost:8080").as_slice(), &[("origin", "https://evil.example")]].concat();
        check(&own, POST, &two, Some("evil.example"));
        let bare = [("host", "localhost:80"), ("origin", "http://localhost"), json];
        check(&own, POST, &bare, None);
    }

    #[test]
    fn a_browser_says_where_a_request_comes_from() {
        let own = guard("127.0.0.1:8080", &Trust::default());
        let from =
            |site| [("host", "localhost"), ("sec-fetch-site", site), ("content-type", "application/json")];
        check(&own, GET, &from("none"), None);
        check(&own, POST, &from("none"), Some("Sec-Fetch-Site is `none`"));
        for line in [GET, POST] {
            check(&own, line, &from("same-origin"), None);
            for foreign in ["cross-site", "same-site", "", "Same-Origin", "same-origin, cross-site"] {
                check(&own, line, &from(foreign), Some("page of another site"));
            }
        }
    }

    #[test]
    fn a_page_sends_json_and_a_tool_what_it_likes() {
        let own = guard("127.0.0.1:8080", &Trust::default());
        let form = ("content-type", "application/x-www-form-urlencoded");
        check(&own, POST, &[("host", "localhost"), form], None);
        check(&own, POST, &[("host", "localhost")], None);
        let page = [("host", "localhost"), ("origin", "http://localhost")];
        for other in [Some(form), Some(("content-type", "text/plain; application/json")), None] {
            let headers: Vec<_> = page.into_iter().chain(other).collect();
            check(&own, POST, &headers, Some("as application/json only"));
        }
    }

    #[test]
    fn a_token_is_asked_for_wherever_the_server_listens() {
        let trust = Trust { admin_token: Some(SECRET.parse().unwrap()), ..Trust::default() };
        let own = guard("127.0.0.1:8080", &trust);
        let bearer = format!("bearer {SECRET}");
        let with = |name, value| [("host", "localhost"), (name, value)];
        check(&own, GET, &with("authorization", &bearer), None);
        check(&own, GET, &with("x-estoppel-admin-token", SECRET), None);
        check(&own, GET, &with("x-estoppel-admin-token", "wrong"), Some("not the token"));
        check(&own, GET, &with("authorization", SECRET), Some("needs its token"));
        check(&own, GET, &with("authorization", "Basic eDp5"), Some("needs its token"));
        check(&own, GET, &with("cookie", SECRET), Some("needs its token"));
        let both = [("host", "localhost"), ("authorization", &*bearer), ("x-estoppel-admin-token", "wrong")];
        check(&own, GET, &both, Some("not the token"));
    }
}
