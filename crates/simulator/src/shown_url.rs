//! URLs as they may be shown.

/// What stands for the part of a URL that is not shown.
const HIDDEN: &str = "[redacted]";

/// A URL as it may be shown: without user and password, and without what its query and its fragment hold.
pub fn shown_url(url: &str) -> String {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let (address, rest) = url.split_at(end);
    let (scheme, address) = match address.split_once("://") {
        Some((scheme, address)) => (format!("{scheme}://"), address),
        None => (String::new(), address),
    };
    let (authority, path) = address.split_at(address.find(['/', '\\']).unwrap_or(address.len()));
    let host = match authority.rsplit_once('@') {
        Some((_, host)) => format!("{HIDDEN}@{host}"),
        None => authority.to_owned(),
    };
    let rest = rest.chars().next().map(|mark| format!("{mark}{HIDDEN}")).unwrap_or_default();
    format!("{scheme}{host}{path}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: &str) {
        assert_eq!(shown_url(url), expected);
    }

    #[test]
    fn queries_and_credentials_are_hidden() {
        check("http://127.0.0.1:9000/hook", "http://127.0.0.1:9000/hook");
        check("http://host/path?token=hush#more", "http://host/path?[redacted]");
        check("http://host#hush", "http://host#[redacted]");
        check("http://host/?", "http://host/?[redacted]");
        check("http://me:hush@host/path@x", "http://[redacted]@host/path@x");
        check("https://me:hu@sh@host:1?a=b@c", "https://[redacted]@host:1?[redacted]");
        check("me:hush@host", "[redacted]@host");
        check("", "");
    }
}
