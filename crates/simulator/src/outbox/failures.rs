//! Failures of an account's webhooks, and when there are too many.

use std::{collections::VecDeque, time::Duration};

use estoppel_contract::FailureLimit;
use jiff::{SignedDuration, Timestamp};

/// The failures of one account.
#[derive(Clone, Debug, Default)]
pub(super) struct Failures {
    in_a_row: u32,
    /// When, oldest first; none is older than the longest span of the limits.
    recent: VecDeque<Timestamp>,
}

impl Failures {
    /// Notes how a try ended; says which limit it reaches.
    pub(super) fn note(&mut self, received: bool, now: Timestamp, limits: &[FailureLimit]) -> Option<String> {
        if received {
            self.in_a_row = 0;
            return None;
        }
        self.in_a_row += 1;
        self.recent.push_back(now);
        let longest = limits.iter().map(|limit| match limit {
            FailureLimit::InARow(_) => Duration::ZERO,
            FailureLimit::Within { span, .. } => *span,
        });
        let longest = longest.max().unwrap_or_default();
        while self.recent.front().is_some_and(|at| !is_within(*at, now, longest)) {
            self.recent.pop_front();
        }
        limits.iter().find_map(|limit| match limit {
            FailureLimit::InARow(failures) => (self.in_a_row >= *failures).then(|| limit.to_string()),
            FailureLimit::Within { failures, span } => {
                let count = self.recent.iter().filter(|at| is_within(**at, now, *span)).count();
                let reached = count >= usize::try_from(*failures).unwrap_or(usize::MAX);
                reached.then(|| limit.to_string())
            }
        })
    }
}

/// Whether less than `span` lies between the two.
fn is_within(at: Timestamp, now: Timestamp, span: Duration) -> bool {
    SignedDuration::try_from(span).is_ok_and(|span| now.duration_since(at) < span)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: [FailureLimit; 2] =
        [FailureLimit::InARow(5), FailureLimit::Within { failures: 10, span: Duration::from_mins(15) }];

    /// Tries at these seconds, failed unless negative, and at which of them a limit is reached.
    fn check(tries: &[i64], expected: Option<(usize, &str)>) {
        let mut failures = Failures::default();
        let reached = tries.iter().enumerate().find_map(|(place, second)| {
            let now = Timestamp::from_second(second.abs()).unwrap();
            failures.note(*second < 0, now, &LIMITS).map(|reason| (place, reason))
        });
        assert_eq!(reached.as_ref().map(|(place, reason)| (*place, reason.as_str())), expected, "{tries:?}");
    }

    #[test]
    fn the_fifth_failure_in_a_row_deactivates_and_a_success_starts_over() {
        check(&[1, 2, 3, 4], None);
        check(&[1, 2, 3, 4, 5], Some((4, "5 failures in a row")));
        check(&[1, 2, 3, 4, -5, 6, 7, 8, 9], None);
        // A month between them changes nothing.
        check(&[1, 2_592_000, 5_184_000, 7_776_000, 10_368_000], Some((4, "5 failures in a row")));
    }

    #[test]
    fn the_tenth_failure_within_fifteen_minutes_deactivates_to_the_second() {
        let nine = [100, 101, 102, -103, 104, 105, 106, -107, 108, 109, 110, -111];
        let ten = |last: i64| [&nine[..], &[last]].concat();
        check(&nine, None);
        check(&ten(999), Some((12, "10 failures within 15 minutes")));
        // The first failure is exactly fifteen minutes old: it no longer counts.
        check(&ten(1_000), None);
        check(&ten(1_001), None);
    }
}
