//! The real clock.

/// What the real clock shows.
#[expect(clippy::disallowed_methods, reason = "the server is where the real clock enters")]
pub(crate) fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
