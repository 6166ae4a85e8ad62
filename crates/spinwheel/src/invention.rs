//! Users, groups and loans that are made up: for the seeded world, for controls and for fixtures.

use estoppel_contract::Optional;
use estoppel_generate::{
    Draw, account_number, address, date_of, days_before, later, person, sooner, telephone_number,
};
use estoppel_values::Timestamp;

use crate::{
    cents::{BasisPoints, Cents},
    epoch::EpochMilliseconds,
    ids::{ExtUserId, LiabilityGroupId, StudentLoanId, UserId},
    liabilities::FinalRefreshStatus,
    users::{GroupRecord, LoanRecord, Profile, SERVICERS, UserRecord, creditor},
};

/// Milliseconds of a day.
pub(crate) const DAY: u64 = 86_400_000;

/// A person: a name, and mail, telephone and house that go with each other.
pub(crate) fn profile<D: Draw>(draw: D) -> Profile {
    let person = person(draw.field("person"));
    let home = address(draw.field("home"));
    Profile {
        first_name: Optional::Present(person.first_name.into()),
        last_name: Optional::Present(person.last_name.into()),
        email_address: person.email_address().into(),
        phone_number: telephone_number(draw.field("telephone number"), home.place).into(),
        address: home.in_parts().into(),
    }
}

/// A user without loans, first seen at this instant.
pub(crate) fn user<D: Draw>(draw: D, created_at: jiff::Timestamp) -> UserRecord {
    UserRecord {
        user_id: UserId::from_bits(draw.field("user id").wide_bits()),
        ext_user_id: ExtUserId::from_bits(draw.field("external user id").wide_bits()),
        profile: profile(draw),
        created_on: EpochMilliseconds::from_instant(created_at),
        groups: Vec::new(),
    }
}

/// A liability group without loans that can be quoted.
pub(crate) fn group<D: Draw>(draw: D) -> GroupRecord {
    let servicer = draw.field("servicer").pick(SERVICERS).copied().unwrap_or_default();
    GroupRecord {
        id: LiabilityGroupId::from_bits(draw.field("liability group id").wide_bits()),
        creditor: creditor(servicer),
        not_supported: None,
        outcome: FinalRefreshStatus::Completed,
        loans: Vec::new(),
        quote: None,
        next_eligible_refresh_on: None,
    }
}

/// A loan, first seen at one instant and last at another, with interest up to the day of the latter. Its last payment is
/// less than a month old by then.
pub(crate) fn loan<D: Draw>(draw: D, created_at: jiff::Timestamp, seen_at: jiff::Timestamp) -> LoanRecord {
    let at = Timestamp::from_instant(seen_at);
    let cents = |amount: u64| Cents::new(i64::try_from(amount).unwrap_or_default());
    let balance = draw.field("balance").between(50_000, 6_000_000);
    let repaid = draw.field("repaid").below(2_000_000);
    let rate = draw.field("rate").between(275, 850);
    let last_payment_at = sooner(at, draw.field("last payment").between(1, 28).saturating_mul(DAY));
    let created_on = EpochMilliseconds::from_instant(created_at);
    let mut loan = LoanRecord {
        id: StudentLoanId::from_bits(draw.field("student loan id").wide_bits()),
        account_number: account_number(draw.field("account number")).into(),
        opened_on: days_before(Timestamp::from_instant(created_at), draw.field("opened").between(365, 6_000)),
        repaid: cents(repaid),
        balance: cents(balance),
        rate: BasisPoints::new(u32::try_from(rate).unwrap_or_default()),
        last_payment_on: date_of(last_payment_at),
        due_on: date_of(later(last_payment_at, 30 * DAY)),
        minimum_payment: minimum_payment(cents(balance)),
        accrued: Cents::default(),
        created_on,
        updated_on: created_on,
    };
    loan.accrue(seen_at);
    loan
}

/// What has to be paid each month on so much: what interest and ten years of repayment come to, roughly.
pub(crate) fn minimum_payment(balance: Cents) -> Cents {
    balance.part(90)
}
