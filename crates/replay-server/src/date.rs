//! The `Date` header, from a session's clock.

use http::HeaderValue;
use jiff::{Timestamp, tz::TimeZone};

/// The `Date` of the last reply; it is written once a second.
#[derive(Debug, Default)]
pub(crate) struct DateCache {
    second: i64,
    value: Option<HeaderValue>,
}

impl DateCache {
    /// The header's value at this instant.
    pub(crate) fn at(&mut self, now: Timestamp) -> Option<HeaderValue> {
        if self.value.is_none() || self.second != now.as_second() {
            self.second = now.as_second();
            let text = now.to_zoned(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
            self.value = HeaderValue::from_str(&text).ok();
        }
        self.value.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_http_wants_them() {
        let now = "2021-01-08T22:03:09.598Z".parse().unwrap();
        assert_eq!(DateCache::default().at(now).unwrap(), "Fri, 08 Jan 2021 22:03:09 GMT");
    }
}
