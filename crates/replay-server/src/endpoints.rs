//! What an endpoint for webhooks has to be before a session takes it.

use estoppel_simulator::{NewEndpoint, Simulation};
use http::{HeaderName, HeaderValue, header};
use thiserror::Error;
use url::Url;

/// Longest URL, in bytes.
const URL_MAX_BYTES: usize = 2_048;
/// Most headers.
const HEADERS_MAX: usize = 32;
/// Longest value of a header, in bytes.
const VALUE_MAX_BYTES: usize = 4_096;

/// Headers that the server itself writes.
const RESERVED: [HeaderName; 9] = [
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::EXPECT,
    header::HOST,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// Why an endpoint for webhooks is not taken. No message holds the URL or a header's value: they may be secret.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EndpointFault {
    /// No API has this name, or it sends no webhooks.
    #[error("`{api}` sends no webhooks; {known}")]
    NoSuchApi {
        /// The name given.
        api: String,
        /// The APIs that send webhooks, in words.
        known: String,
    },
    /// The URL is none that can be sent to.
    #[error("the URL {0}: expected one such as http://127.0.0.1:9000/webhooks")]
    Url(&'static str),
    /// A header cannot be sent.
    #[error("the header `{name}` {fault}")]
    Header {
        /// Its name.
        name: String,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// More than a session holds.
    #[error("a session holds at most {0} webhook endpoints")]
    TooMany(usize),
}

/// An endpoint for the webhooks of the API with this name, if everything about it fits.
pub fn new_endpoint(
    simulations: &[&'static dyn Simulation],
    api: &str,
    url: &str,
    headers: impl IntoIterator<Item = (String, String)>,
) -> Result<NewEndpoint, EndpointFault> {
    let service = sending(simulations, api)?;
    check_url(url).map_err(EndpointFault::Url)?;
    let signature = service.deliveries.and_then(|rules| rules.signing).map(|signing| signing.header);
    let headers: Vec<(String, String)> = headers.into_iter().collect();
    if headers.len() > HEADERS_MAX {
        let name = headers.last().map(|(name, _)| shown(name)).unwrap_or_default();
        return Err(EndpointFault::Header { name, fault: "is one too many: there may be 32" });
    }
    for (name, value) in &headers {
        check_header(name, value, signature)
            .map_err(|fault| EndpointFault::Header { name: shown(name), fault })?;
    }
    Ok(NewEndpoint { api: service.name, url: url.to_owned(), headers })
}

fn sending(
    simulations: &[&'static dyn Simulation],
    api: &str,
) -> Result<&'static estoppel_contract::Service, EndpointFault> {
    let sends = simulations.iter().map(|simulation| simulation.service());
    let sends: Vec<_> = sends.filter(|service| service.deliveries.is_some()).collect();
    sends.iter().find(|service| service.name == api).copied().ok_or_else(|| {
        let names: Vec<&str> = sends.iter().map(|service| service.name).collect();
        let known = if names.is_empty() {
            "no API here does".to_owned()
        } else {
            format!("these do: {}", names.join(", "))
        };
        EndpointFault::NoSuchApi { api: shown(api), known }
    })
}

fn check_url(url: &str) -> Result<(), &'static str> {
    if url.len() > URL_MAX_BYTES {
        return Err("is longer than 2048 bytes");
    }
    let url = Url::parse(url).map_err(|_| "is none")?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("is neither http nor https");
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err("has no host");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("holds credentials; send them as a header");
    }
    Ok(())
}

fn check_header(name: &str, value: &str, signature: Option<&str>) -> Result<(), &'static str> {
    let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| "has no name that HTTP allows")?;
    if RESERVED.contains(&parsed) || signature.is_some_and(|signature| parsed.as_str() == signature) {
        return Err("is written by the server itself");
    }
    if value.len() > VALUE_MAX_BYTES {
        return Err("has a value of more than 4096 bytes");
    }
    HeaderValue::from_str(value).map(drop).map_err(|_| "has a value that HTTP does not allow")
}

fn shown(text: &str) -> String {
    text.chars().take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: Option<&str>) {
        assert_eq!(check_url(url).err(), expected, "{url}");
    }

    #[test]
    fn only_what_can_be_sent_to_is_taken() {
        check("http://127.0.0.1:9000/webhooks?x=1", None);
        check("HTTPS://example.com", None);
        check("http://[::1]:80/", None);
        check("example.com/webhooks", Some("is none"));
        check("", Some("is none"));
        check("http://", Some("is none"));
        check("ftp://example.com", Some("is neither http nor https"));
        check("http://user:secret@example.com", Some("holds credentials; send them as a header"));
        check(&format!("http://example.com/{}", "x".repeat(2_048)), Some("is longer than 2048 bytes"));
    }

    #[test]
    fn headers_that_the_server_writes_are_refused() {
        let check = |name: &str, value: &str, is_taken: bool| {
            assert_eq!(check_header(name, value, Some("x-signature")).is_ok(), is_taken, "{name}");
        };
        check("authorization", "Bearer x", true);
        check("X-Own", "", true);
        check("Host", "x", false);
        check("X-Signature", "x", false);
        check("a b", "x", false);
        check("x-own", "a\nb", false);
    }
}
