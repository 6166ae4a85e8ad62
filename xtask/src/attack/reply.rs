//! An answer as it came over the wire.

/// An answer, as far as it came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: String,
}

impl Reply {
    /// Of the bytes of a connection; `None` where they are no answer of HTTP/1.1.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.strip_prefix("HTTP/1.")?.get(2..5)?.parse().ok()?;
        Some(Self { status, head: head.to_owned(), body: body.to_owned() })
    }

    /// Whether it refuses for want of budget, and says which limit.
    pub(super) fn names_limit(&self) -> bool {
        matches!(self.status, 408 | 413 | 429 | 431 | 503 | 507) && self.body.contains("limit")
    }

    /// The part that is the same for the same call: status, headers of the tool, body.
    pub(super) fn essence(&self) -> String {
        let headers = self.head.lines().filter(|line| line.to_ascii_lowercase().starts_with("x-estoppel"));
        format!("{} {} {}", self.status, headers.collect::<Vec<_>>().join("|"), self.body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &str, status: Option<u16>, names_limit: bool) {
        let reply = Reply::parse(bytes.as_bytes());
        assert_eq!(reply.as_ref().map(|reply| reply.status), status, "{bytes}");
        assert_eq!(reply.is_some_and(|reply| reply.names_limit()), names_limit, "{bytes}");
    }

    #[test]
    fn answers_of_a_budget_name_their_limit() {
        check("HTTP/1.1 200 OK\r\n\r\n{}", Some(200), false);
        check("HTTP/1.1 500 Oops\r\n\r\nthe limit", Some(500), false);
        check("HTTP/1.1 503 Busy\r\n\r\n{\"error\": \"the limit `sessions` is reached\"}", Some(503), true);
        check("HTTP/1.1 503 Busy\r\n\r\n{}", Some(503), false);
        check("nonsense", None, false);
    }
}
