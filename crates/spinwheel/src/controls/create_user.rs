//! `POST /users`

use std::collections::BTreeSet;

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Invalid, JsonPointer, Method, Nothing, Notice, Optional, Segment,
    Source, Spec, refusals,
};
use estoppel_generate::Key;
use estoppel_simulator::Call;
use estoppel_values::{Date, Number, Text, Usd};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    cents::{BasisPoints, Cents},
    errors::{Status, fault},
    ids::{ExtUserId, LiabilityGroupId, StudentLoanId, UserId},
    invention,
    liabilities::FinalRefreshStatus,
    spinwheel::Spinwheel,
    users::{GroupRecord, LoanRecord, NotSupportedReason, Profile, UserRecord, UserReply, creditor},
};

/// Liability groups of one user, and loans of one group, at most.
const ITEMS_MAX: usize = 100;
/// The highest balance of a loan, in cents: ten million dollars.
const BALANCE_MAX: Cents = Cents::new(1_000_000_000);
/// The highest rate: 100 %.
const RATE_MAX: BasisPoints = BasisPoints::new(10_000);

/// Create a user.
#[derive(Debug)]
pub enum CreateUser {}

impl Endpoint for CreateUser {
    const SPEC: Spec = Spec {
        id: "createUser",
        method: Method::Post,
        path: "/users",
        summary: "Create a user with liability groups and student loans.",
        description: "Stands for the vendor's other ways to connect a user. Whatever is left out is made up. The reply \
            is that of Get User.",
        group: "Controls",
        auth: Auth::None,
        status: 201,
        availability: Availability::Served,
        basis: Basis::Ruled,
        source: Source::ruling("R77"),
    };
    type Path = Nothing;
    type Query = Nothing;
    type Body = NewUser;
    type Reply = UserReply;
    type Refusal = CreateUserRefusal;
}

/// A user to create.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "R77", "x-basis" = "ruled"), example = json!({
    "liabilityGroups": [{
        "outcome": "COMPLETED",
        "studentLoans": [{"outstandingBalance": 18500, "interestRate": 5.05}, {"outstandingBalance": 9450.75}],
    }],
}))]
pub struct NewUser {
    /// The user's id.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub user_id: Optional<UserId>,
    /// The user's id in the caller's own books.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub ext_user_id: Optional<ExtUserId>,
    /// Who the user is.
    #[serde(
        default,
        skip_serializing_if = "Optional::is_absent",
        deserialize_with = "estoppel_contract::optional_object"
    )]
    pub profile: Optional<Profile>,
    /// The groups; none where it is left out.
    #[serde(
        default,
        skip_serializing_if = "Optional::is_absent",
        deserialize_with = "crate::array::optional_objects"
    )]
    pub liability_groups: Optional<Vec<NewGroup>>,
}

/// A liability group to create.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "R77", "x-basis" = "ruled"))]
pub struct NewGroup {
    /// The group's id.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub liability_group_id: Optional<LiabilityGroupId>,
    /// The name of the institution; the same name has the same id.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub institution_name: Optional<Text>,
    /// Why the group cannot be quoted; it can where this is left out.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub not_supported: Optional<NotSupportedReason>,
    /// How its refreshes end: with a quote, unless this says otherwise.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub outcome: Optional<FinalRefreshStatus>,
    /// The loans of the group.
    #[serde(deserialize_with = "estoppel_contract::objects")]
    pub student_loans: Vec<NewLoan>,
}

/// A student loan to create.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-source" = "R77", "x-basis" = "ruled"))]
pub struct NewLoan {
    /// The loan's id.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub student_loan_id: Optional<StudentLoanId>,
    /// What is owed without interest, in dollars and whole cents, up to ten million.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub outstanding_balance: Optional<Usd>,
    /// Interest of a year in percent, with two decimals at most, up to 100.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub interest_rate: Optional<Number>,
    /// The day from which interest accrues.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub last_payment_date: Optional<Date>,
    /// What has to be paid each month, in dollars and whole cents, up to ten million.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub minimum_payment_amount: Optional<Usd>,
}

/// An id that names something else already.
const ID_TAKEN: Notice = Notice {
    id: "id-taken",
    status: 409,
    message: "One of the ids is in use.",
    when: "A user has the `userId` or `extUserId`, or a group has a `liabilityGroupId` of the new user.",
    basis: Basis::Ruled,
    source: Source::ruling("R77"),
};

refusals! {
    /// Why no user is created.
    pub enum CreateUserRefusal: Invalid {
        /// One of the ids is in use.
        IdTaken = ID_TAKEN,
    }
}

pub(crate) fn create_user(
    spinwheel: &mut Spinwheel,
    call: Call<CreateUser>,
) -> Result<UserReply, CreateUserRefusal> {
    let user = user_record(spinwheel.next_key("created user"), call.body, call.now)?;
    if spinwheel.knows(&user) {
        return Err(CreateUserRefusal::IdTaken);
    }
    let data = user.show(call.now);
    spinwheel.add_user(user);
    Ok(UserReply { status: Status::created(), data })
}

/// The user as the simulator keeps them. What the body leaves out comes from `key`.
fn user_record(key: Key, new: NewUser, now: Timestamp) -> Result<UserRecord, Invalid> {
    let place = JsonPointer::member("liabilityGroups");
    let new_groups = new.liability_groups.unwrap_or_default();
    refuse_too_many(&place, new_groups.len())?;
    let mut groups = Vec::with_capacity(new_groups.len());
    for (number, group) in new_groups.into_iter().enumerate() {
        let key = key.entity("group").index(u64::try_from(number).unwrap_or(u64::MAX));
        groups.push(group_record(key, group, now, &place.clone().child(Segment::Index(number)))?);
    }
    let mut group_ids = BTreeSet::new();
    let mut loan_ids = BTreeSet::new();
    for (number, group) in groups.iter().enumerate() {
        let ids_are_new =
            group_ids.insert(&group.id) && group.loans.iter().all(|loan| loan_ids.insert(&loan.id));
        if !ids_are_new {
            let place = place.child(Segment::Index(number));
            return Err(fault(place, "uniqueItems", "ids that stand once", "an id that stands before"));
        }
    }
    let invented = invention::user(key, now);
    Ok(UserRecord {
        user_id: new.user_id.unwrap_or(invented.user_id),
        ext_user_id: new.ext_user_id.unwrap_or(invented.ext_user_id),
        profile: new.profile.unwrap_or(invented.profile),
        created_on: invented.created_on,
        groups,
    })
}

fn group_record(
    key: Key,
    new: NewGroup,
    now: Timestamp,
    place: &JsonPointer,
) -> Result<GroupRecord, Invalid> {
    let place = place.clone().child(Segment::Key("studentLoans".to_owned()));
    if new.student_loans.is_empty() {
        return Err(fault(place, "minItems", "at least one loan", "an array of 0 items"));
    }
    refuse_too_many(&place, new.student_loans.len())?;
    let mut loans = Vec::with_capacity(new.student_loans.len());
    for (number, loan) in new.student_loans.into_iter().enumerate() {
        let key = key.entity("loan").index(u64::try_from(number).unwrap_or(u64::MAX));
        loans.push(loan_record(key, loan, now, &place.clone().child(Segment::Index(number)))?);
    }
    let invented = invention::group(key);
    Ok(GroupRecord {
        id: new.liability_group_id.unwrap_or(invented.id),
        creditor: new.institution_name.into_option().map_or(invented.creditor, creditor),
        not_supported: new.not_supported.into_option(),
        outcome: new.outcome.unwrap_or(FinalRefreshStatus::Completed),
        loans,
        quote: None,
        next_eligible_refresh_on: None,
    })
}

fn loan_record(key: Key, new: NewLoan, now: Timestamp, place: &JsonPointer) -> Result<LoanRecord, Invalid> {
    let mut loan = invention::loan(key, now, now);
    if let Optional::Present(balance) = new.outstanding_balance {
        loan.balance = amount(balance, place, "outstandingBalance")?;
        loan.minimum_payment = invention::minimum_payment(loan.balance);
    }
    if let Optional::Present(payment) = new.minimum_payment_amount {
        loan.minimum_payment = amount(payment, place, "minimumPaymentAmount")?;
    }
    if let Optional::Present(percent) = new.interest_rate {
        let rate = BasisPoints::of(percent).filter(|rate| *rate <= RATE_MAX);
        let expected = "a rate from 0 to 100 with two decimals at most";
        loan.rate = rate.ok_or_else(|| wrong(place, "interestRate", expected, percent))?;
    }
    loan.last_payment_on = new.last_payment_date.unwrap_or(loan.last_payment_on);
    loan.id = new.student_loan_id.unwrap_or(loan.id);
    loan.accrue(now);
    Ok(loan)
}

fn amount(dollars: Usd, place: &JsonPointer, member: &str) -> Result<Cents, Invalid> {
    let cents = Cents::of(dollars).filter(|cents| (Cents::default()..=BALANCE_MAX).contains(cents));
    let expected = "dollars and whole cents from 0 to 10000000";
    cents.ok_or_else(|| wrong(place, member, expected, dollars.number()))
}

/// A number that is none of those that are taken: two decimals at most, from zero to a maximum.
fn wrong(place: &JsonPointer, member: &str, expected: &str, actual: Number) -> Invalid {
    let actual = if actual < Number::default() {
        "a negative number".to_owned()
    } else if actual.decimal_places() > 2 {
        format!("a number with {} decimals", actual.decimal_places())
    } else {
        "a larger number".to_owned()
    };
    fault(place.clone().child(Segment::Key(member.to_owned())), "range", expected, actual)
}

fn refuse_too_many(place: &JsonPointer, count: usize) -> Result<(), Invalid> {
    if count <= ITEMS_MAX {
        return Ok(());
    }
    let (expected, actual) = (format!("{ITEMS_MAX} items at most"), format!("an array of {count} items"));
    Err(fault(place.clone(), "maxItems", expected, actual))
}
