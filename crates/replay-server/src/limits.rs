//! Limits: what the server and its sessions keep or wait for at most, each under a name that refusals and flags use.

use std::{fmt, time::Duration};

use estoppel_simulator::SessionLimits;
use serde_json::{Map, Value, json};
use thiserror::Error;

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Things.
    Count,
    /// Bytes.
    Bytes,
    /// Milliseconds of real time.
    Milliseconds,
}

/// Declares the table of limits. The doc comment of a limit is also its text in `--help` and in the admin API.
macro_rules! limits {
    ($(#[doc = $meaning:literal] $limit:ident = $name:literal, $unit:ident, $default:literal, $range:expr;)+) => {
        /// Something that is bounded.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Limit { $(#[doc = $meaning] $limit),+ }

        impl Limit {
            /// Every limit, in the order in which they are listed.
            pub const ALL: &[Self] = &[$(Self::$limit),+];

            /// Its name in flags, in `estoppel.toml` and in refusals.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$limit => $name),+ }
            }

            /// What it bounds, in a sentence.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$limit => $meaning.trim_ascii()),+ }
            }

            /// What it counts.
            pub const fn unit(self) -> Unit {
                match self { $(Self::$limit => Unit::$unit),+ }
            }

            /// Its value unless another is chosen.
            pub const fn default_value(self) -> u64 {
                match self { $(Self::$limit => $default),+ }
            }

            /// The values that can be chosen.
            pub const fn range(self) -> std::ops::RangeInclusive<u64> {
                match self { $(Self::$limit => $range),+ }
            }
        }
    };
}

const MEBIBYTE: u64 = 1024 * 1024;

limits! {
    /// Memory that the process may hold; beyond it nothing new is kept until some is given back.
    Memory = "memory", Bytes, 402_653_184, 64 * MEBIBYTE..=1024 * 1024 * MEBIBYTE;
    /// Connections that are open at once.
    Connections = "connections", Count, 1_024, 1..=100_000;
    /// Streams of one HTTP/2 connection that are open at once.
    Streams = "streams", Count, 64, 1..=1_000;
    /// Bytes of one request's head.
    HeaderBytes = "header-bytes", Bytes, 65_536, 8_192..=MEBIBYTE;
    /// Time for a request's head to come in.
    HeaderTimeout = "header-timeout", Milliseconds, 10_000, 10..=3_600_000;
    /// Time that a connection may be idle between two requests.
    IdleTimeout = "idle-timeout", Milliseconds, 60_000, 10..=86_400_000;
    /// Time for a request's body to come in.
    BodyTimeout = "body-timeout", Milliseconds, 30_000, 10..=3_600_000;
    /// Time for a client to take the next part of a response.
    WriteTimeout = "write-timeout", Milliseconds, 30_000, 10..=3_600_000;
    /// Bytes of request bodies that are held at once, over all connections.
    BodyMemory = "body-memory", Bytes, 67_108_864, MEBIBYTE..=1024 * 1024 * MEBIBYTE;
    /// Bytes of one response of the admin API; longer lists are given in pages.
    ResponseBytes = "response-bytes", Bytes, 8_388_608, 65_536..=1024 * MEBIBYTE;
    /// Bytes of responses longer than 4 KiB that clients have not taken yet, over all connections.
    ResponseMemory = "response-memory", Bytes, 67_108_864, MEBIBYTE..=1024 * 1024 * MEBIBYTE;
    /// Sessions that are open at once, the default one among them.
    Sessions = "sessions", Count, 1_000, 1..=1_000_000;
    /// Time after which a session that nobody uses is deleted; the default one stays.
    SessionIdle = "session-idle", Milliseconds, 86_400_000, 1_000..=31_536_000_000;
    /// Records that a session holds: claims, documents, users, loans, payments and what belongs to them.
    SessionRecords = "session-records", Count, 100_000, 1..=100_000_000;
    /// Bytes of the documents and texts that the records of a session hold.
    SessionBytes = "session-bytes", Bytes, 67_108_864, 65_536..=1024 * 1024 * MEBIBYTE;
    /// Timers that wait in a session.
    SessionTimers = "session-timers", Count, 50_000, 1..=100_000_000;
    /// Webhook endpoints of a session.
    SessionEndpoints = "session-endpoints", Count, 64, 1..=10_000;
    /// Deliveries of a session that wait or are in flight; what comes beyond them is dropped and counted.
    SessionDeliveries = "session-deliveries", Count, 16_384, 1..=10_000_000;
    /// Bytes of delivery bodies that a session keeps, finished or not.
    DeliveryBytes = "delivery-bytes", Bytes, 33_554_432, 65_536..=1024 * 1024 * MEBIBYTE;
    /// Entries that a session's journal keeps.
    JournalEntries = "journal-entries", Count, 4_096, 0..=100_000_000;
    /// Bytes that a session's journal holds.
    JournalBytes = "journal-bytes", Bytes, 16_777_216, 0..=1024 * 1024 * MEBIBYTE;
    /// Events that an advance of a clock reports; more are counted.
    AdvanceEvents = "advance-events", Count, 10_000, 0..=1_000_000;
    /// Violations, and ignored names, that one call reports; more are counted.
    Violations = "violations", Count, 100, 1..=100_000;
}

/// The value of every limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits(Vec<u64>);

impl Default for Limits {
    fn default() -> Self {
        Self(Limit::ALL.iter().map(|limit| limit.default_value()).collect())
    }
}

/// Why a limit is not set.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LimitError {
    /// There is none of this name.
    #[error("there is no limit `{name}`; {help}")]
    Unknown {
        /// The name given.
        name: String,
        /// The nearest names, in words.
        help: String,
    },
    /// The value is none.
    #[error("limit `{name}`: `{value}` is not {expected}")]
    Value {
        /// The limit.
        name: &'static str,
        /// The value given.
        value: String,
        /// What was expected.
        expected: String,
    },
}

impl Limits {
    /// The value of a limit.
    pub fn get(&self, limit: Limit) -> u64 {
        self.0.get(limit as usize).copied().unwrap_or_else(|| limit.default_value())
    }

    /// The value of a limit that counts things or bytes in memory.
    pub fn count(&self, limit: Limit) -> usize {
        usize::try_from(self.get(limit)).unwrap_or(usize::MAX)
    }

    /// The value of a limit that is a time.
    pub fn time(&self, limit: Limit) -> Duration {
        Duration::from_millis(self.get(limit))
    }

    /// Sets the limit of this name: a number, or one with a unit such as `64MiB` or `30s`.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), LimitError> {
        let limit = Limit::named(name)?;
        let number = limit.parse(value)?;
        if let Some(slot) = self.0.get_mut(limit as usize) {
            *slot = number;
        }
        Ok(())
    }

    /// The limits of each session.
    pub fn session(&self) -> SessionLimits {
        SessionLimits {
            journal: estoppel_simulator::JournalLimits {
                entries_max: self.count(Limit::JournalEntries),
                bytes_max: self.count(Limit::JournalBytes),
            },
            records_max: self.count(Limit::SessionRecords),
            bytes_max: self.count(Limit::SessionBytes),
            timers_max: self.count(Limit::SessionTimers),
            endpoints_max: self.count(Limit::SessionEndpoints),
            deliveries_max: self.count(Limit::SessionDeliveries),
            delivery_bytes_max: self.count(Limit::DeliveryBytes),
            events_max: self.count(Limit::AdvanceEvents),
            violations_max: self.count(Limit::Violations),
        }
    }

    /// Every limit with its value, its meaning and, where `used` tells it, how much is in use.
    pub fn describe(&self, used: impl Fn(Limit) -> Option<u64>) -> Value {
        let limits = Limit::ALL.iter().map(|limit| {
            let mut described = json!({"max": self.get(*limit), "unit": limit.unit().name()});
            if let (Some(used), Some(members)) = (used(*limit), described.as_object_mut()) {
                members.insert("used".to_owned(), used.into());
            }
            (limit.name().to_owned(), described)
        });
        Value::Object(limits.collect::<Map<_, _>>())
    }
}

impl Unit {
    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Bytes => "bytes",
            Self::Milliseconds => "milliseconds",
        }
    }

    /// The suffixes that its values may have, longest first, and what each multiplies by.
    const fn suffixes(self) -> &'static [(&'static str, u64)] {
        match self {
            Self::Count => &[],
            Self::Bytes => &[("KiB", 1_024), ("MiB", MEBIBYTE), ("GiB", 1_024 * MEBIBYTE), ("B", 1)],
            Self::Milliseconds => {
                &[("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)]
            }
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl Limit {
    /// The limit of this name.
    fn named(name: &str) -> Result<Self, LimitError> {
        Self::ALL.iter().find(|limit| limit.name() == name).copied().ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|limit| limit.name()).collect();
            LimitError::Unknown {
                name: name.chars().take(64).collect(),
                help: format!("the limits are {}", names.join(", ")),
            }
        })
    }

    /// The number that a value means, if it is in range.
    fn parse(self, value: &str) -> Result<u64, LimitError> {
        let text = value.trim();
        let suffixed = self.unit().suffixes().iter().find_map(|(suffix, factor)| {
            let number = text.strip_suffix(suffix)?.trim_end().parse::<u64>().ok()?;
            number.checked_mul(*factor)
        });
        let plain = text.parse::<u64>().ok();
        plain.or(suffixed).filter(|number| self.range().contains(number)).ok_or_else(|| {
            let (range, unit) = (self.range(), self.unit());
            let form = match unit {
                Unit::Count => "a whole number",
                Unit::Bytes => "a number of bytes, such as 64MiB,",
                Unit::Milliseconds => "a number of milliseconds, or a time such as 30s,",
            };
            LimitError::Value {
                name: self.name(),
                value: value.chars().take(64).collect(),
                expected: format!("{form} from {} to {}", range.start(), range.end()),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_in_its_range_and_every_name_is_found() {
        for limit in Limit::ALL {
            assert!(limit.range().contains(&limit.default_value()), "{limit}");
            assert_eq!(Limit::named(limit.name()), Ok(*limit));
            assert!(limit.meaning().ends_with('.'), "{limit}");
        }
    }

    #[test]
    fn budgets_of_sessions_are_limits() {
        for budget in estoppel_simulator::Budget::ALL {
            assert!(Limit::named(budget.name()).is_ok(), "{budget:?}");
        }
    }

    #[test]
    fn values_have_units() {
        let check = |name, value, expected: Result<u64, &str>| {
            let mut limits = Limits::default();
            let set = limits.set(name, value).map(|()| limits.get(Limit::named(name).unwrap()));
            match (set, expected) {
                (Ok(number), Ok(expected)) => assert_eq!(number, expected),
                (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{error}"),
                (set, expected) => panic!("{set:?} is not {expected:?}"),
            }
        };
        check("body-memory", "2MiB", Ok(2 * MEBIBYTE));
        check("body-memory", " 2097152 ", Ok(2 * MEBIBYTE));
        check("idle-timeout", "30s", Ok(30_000));
        check("idle-timeout", "30 m", Ok(1_800_000));
        check("sessions", "10", Ok(10));
        check("sessions", "0", Err("a whole number from 1 to 1000000"));
        check("sessions", "-1", Err("`-1` is not"));
        check("sessions", "10KiB", Err("`10KiB` is not"));
        check("idle-timeout", "18446744073709551615h", Err("is not"));
        assert!(Limits::default().set("session", "1").unwrap_err().to_string().contains("sessions"));
    }
}
