//! How much a session keeps.

use crate::JournalLimits;

/// How much a session keeps at most. What comes beyond it is refused or dropped, and said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLimits {
    /// What its journal keeps.
    pub journal: JournalLimits,
    /// Records of all its APIs: claims, documents, users, loans, payments and what belongs to them.
    pub records_max: usize,
    /// Bytes of the documents and texts of these records.
    pub bytes_max: usize,
    /// Timers that wait.
    pub timers_max: usize,
    /// Webhook endpoints.
    pub endpoints_max: usize,
    /// Deliveries that wait or are in flight.
    pub deliveries_max: usize,
    /// Bytes of delivery bodies, finished or not.
    pub delivery_bytes_max: usize,
    /// Events that an advance reports.
    pub events_max: usize,
    /// Violations, and ignored names, that one call reports.
    pub violations_max: usize,
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self {
            journal: JournalLimits::default(),
            records_max: 100_000,
            bytes_max: 64 * 1024 * 1024,
            timers_max: 50_000,
            endpoints_max: 64,
            deliveries_max: 16_384,
            delivery_bytes_max: 32 * 1024 * 1024,
            events_max: 10_000,
            violations_max: 100,
        }
    }
}
