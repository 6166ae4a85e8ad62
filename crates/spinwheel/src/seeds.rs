//! The world that every session begins with.
//!
//! The document shows no id that could be used, so these are invented (R77). They are the same in every session; their
//! times lie before the session's first instant.

use estoppel_contract::TestValue;
use estoppel_generate::Key;
use jiff::{SignedDuration, Timestamp};

use crate::{
    cents::{BasisPoints, Cents},
    ids::{LiabilityGroupId, StudentLoanId, UserId},
    invention,
    liabilities::FinalRefreshStatus,
    users::{GroupRecord, LoanRecord, NotSupportedReason, UserRecord, creditor},
};

/// The user of the examples.
pub(crate) const USER: &str = "10000000-0000-4000-8000-000000000001";
/// The same user in the caller's own books.
pub(crate) const EXT_USER: &str = "10000000-0000-4000-8000-0000000000e1";
/// Two loans of the user whose refresh completes.
pub(crate) const COMPLETING_GROUP: &str = "10000000-0000-4000-8000-00000000a001";
/// A loan of the user whose refresh fails.
pub(crate) const FAILING_GROUP: &str = "10000000-0000-4000-8000-00000000a002";
/// A loan of the user that cannot be quoted.
pub(crate) const UNSUPPORTED_GROUP: &str = "10000000-0000-4000-8000-00000000a003";
/// The second user.
pub(crate) const SECOND_USER: &str = "20000000-0000-4000-8000-000000000002";
/// The second user in the caller's own books.
pub(crate) const SECOND_EXT_USER: &str = "20000000-0000-4000-8000-0000000000e2";
/// Loans of the second user, at the institution of [`COMPLETING_GROUP`].
pub(crate) const SECOND_GROUP: &str = "20000000-0000-4000-8000-00000000b001";
/// A loan of the second user whose latest quote has run out.
pub(crate) const QUOTED_GROUP: &str = "20000000-0000-4000-8000-00000000b002";
/// A loan of the second user whose refresh fails.
pub(crate) const SECOND_FAILING_GROUP: &str = "20000000-0000-4000-8000-00000000b003";

/// What documentation names of the seeded world.
pub(crate) const TEST_VALUES: &[TestValue] = &[
    test_value(USER, "userId", "A user with three liability groups.", "getUser"),
    test_value(EXT_USER, "extUserId", "The same user in the caller's own books.", "getUser"),
    test_value(
        COMPLETING_GROUP,
        "liabilityGroupId",
        "Two loans of that user; their refresh completes.",
        "COMPLETED",
    ),
    test_value(FAILING_GROUP, "liabilityGroupId", "A loan of that user; its refresh fails.", "FAILED"),
    test_value(
        UNSUPPORTED_GROUP,
        "liabilityGroupId",
        "A loan of that user that cannot be refreshed.",
        "INSTITUTION_NOT_SUPPORTED",
    ),
    test_value(SECOND_USER, "userId", "Another user with three liability groups.", "getUser"),
    test_value(SECOND_EXT_USER, "extUserId", "The other user in the caller's own books.", "getUser"),
    test_value(
        SECOND_GROUP,
        "liabilityGroupId",
        "Three loans of the other user; their refresh completes.",
        "COMPLETED",
    ),
    test_value(
        QUOTED_GROUP,
        "liabilityGroupId",
        "A loan of the other user with a quote that has run out; its refresh completes.",
        "liabilityGroupPayoffQuotes",
    ),
    test_value(
        SECOND_FAILING_GROUP,
        "liabilityGroupId",
        "A loan of the other user; its refresh fails.",
        "FAILED",
    ),
];

const fn test_value(
    value: &'static str,
    field: &'static str,
    effect: &'static str,
    shows: &'static str,
) -> TestValue {
    TestValue { value, field, effect, shows }
}

/// A loan of the seeded world: its id, what is owed in cents, its rate in basis points, the least monthly payment in
/// cents.
type Loan = (&'static str, i64, u32, i64);

/// The users of every fresh session, first seen a while before it.
pub(crate) fn users(started_at: Timestamp) -> Vec<UserRecord> {
    use FinalRefreshStatus::{Completed, Failed};
    let seen_at = |days, id, servicer, outcome, loans: &[Loan]| GroupRecord {
        id: LiabilityGroupId::from_static(id),
        creditor: creditor(servicer),
        not_supported: None,
        outcome,
        loans: loans.iter().map(|loan| loan_record(*loan, started_at, earlier(started_at, days))).collect(),
        quote: None,
        next_eligible_refresh_on: None,
    };
    let group = |id, servicer, outcome, loans: &[Loan]| seen_at(1, id, servicer, outcome, loans);
    let (test, lantern, quill) =
        ("Test Student Servicing", "Lanternlight Student Loans", "Quill and Quad Lending");
    let stale: Loan = ("20000000-0000-4000-8000-00000000c204", 1_240_000, 610, 14_200);
    let mut quoted = seen_at(20, QUOTED_GROUP, lantern, Completed, &[stale]);
    quoted.requote(earlier(started_at, 20), SignedDuration::from_hours(10 * 24));
    vec![
        UserRecord {
            groups: vec![
                group(
                    COMPLETING_GROUP,
                    test,
                    Completed,
                    &[
                        ("10000000-0000-4000-8000-00000000c101", 1_850_000, 505, 21_000),
                        ("10000000-0000-4000-8000-00000000c102", 945_075, 453, 10_550),
                    ],
                ),
                group(
                    FAILING_GROUP,
                    lantern,
                    Failed,
                    &[("10000000-0000-4000-8000-00000000c103", 722_510, 680, 8_900)],
                ),
                GroupRecord {
                    not_supported: Some(NotSupportedReason::InstitutionNotSupported),
                    ..group(
                        UNSUPPORTED_GROUP,
                        quill,
                        Completed,
                        &[("10000000-0000-4000-8000-00000000c104", 310_000, 375, 5_000)],
                    )
                },
            ],
            ..user(USER, EXT_USER, 1, started_at)
        },
        UserRecord {
            groups: vec![
                group(
                    SECOND_GROUP,
                    test,
                    Completed,
                    &[
                        ("20000000-0000-4000-8000-00000000c201", 2_200_000, 499, 24_000),
                        ("20000000-0000-4000-8000-00000000c202", 600_000, 499, 6_500),
                        ("20000000-0000-4000-8000-00000000c203", 99_999, 625, 5_000),
                    ],
                ),
                quoted,
                group(
                    SECOND_FAILING_GROUP,
                    quill,
                    Failed,
                    &[("20000000-0000-4000-8000-00000000c205", 455_000, 540, 5_200)],
                ),
            ],
            ..user(SECOND_USER, SECOND_EXT_USER, 2, started_at)
        },
    ]
}

/// A user without loans.
fn user(user_id: &str, ext_user_id: &str, number: u64, started_at: Timestamp) -> UserRecord {
    // The constants are UUIDs, which a test holds; no caller can reach another case.
    let nobody = UserId::from_bits(number.into());
    UserRecord {
        user_id: user_id.parse().unwrap_or(nobody),
        ext_user_id: ext_user_id.parse().unwrap_or(crate::ids::ExtUserId::from_bits(number.into())),
        profile: invention::profile(Key::new(0).entity("seeded user").index(number)),
        created_on: crate::epoch::EpochMilliseconds::from_instant(earlier(started_at, 30)),
        groups: Vec::new(),
    }
}

fn loan_record(
    (id, balance, rate, minimum_payment): Loan,
    started_at: Timestamp,
    seen_at: Timestamp,
) -> LoanRecord {
    let mut loan = LoanRecord {
        balance: Cents::new(balance),
        rate: BasisPoints::new(rate),
        minimum_payment: Cents::new(minimum_payment),
        ..invention::loan(Key::new(0).entity("seeded loan").field(id), earlier(started_at, 30), seen_at)
    };
    loan.id = StudentLoanId::from_static(id);
    loan.accrue(seen_at);
    loan
}

/// The same time of day, so many days earlier.
fn earlier(at: Timestamp, days: i64) -> Timestamp {
    at.checked_sub(SignedDuration::from_hours(24 * days)).unwrap_or(at)
}
