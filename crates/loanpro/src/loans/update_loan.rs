//! `PUT /odata.svc/Loans({id})`

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Invalid, Method, Nothing, Notice, Optional, Segment, Source, Spec,
    refusals,
};
use estoppel_simulator::Call;
use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{LoanData, LoanPath, LoanRecord, loan_record::AutopaysEnabled};
use crate::{
    autopays::{AmountType, AutopayRecord, AutopayStatus, NewAutopay, Plan},
    customers::CustomerRecord,
    errors::{LoanRefusal, fault, member},
    examples,
    loanpro::{LoanPro, day_of},
    odata::{Data, Paths},
    payment_entry::{Entry, PaymentFault, enter},
    payments::NewPayment,
    view::View,
    wire::{Money, NumberInput, WholeInput},
};

/// Create payments and autopays on a loan.
#[derive(Debug)]
pub enum UpdateLoan {}

impl Endpoint for UpdateLoan {
    const SPEC: Spec = Spec {
        id: "updateLoan",
        method: Method::Put,
        path: "/odata.svc/Loans({id})",
        summary: "Create payments and autopays on a loan.",
        description: "All of them are created, or none. A payment changes the balance, whether it is only logged or also processed (R89, R97). An autopay pays when the clock comes to its process date, if the loan takes autopays (R99). The reply is the loan, without what was created (R87).",
        group: "Payments",
        auth: Auth::Bearer,
        status: 200,
        availability: Availability::Served,
        basis: Basis::Example,
        source: Source::document("customer-website", "Creating a Payment or AutoPay"),
    };
    type Path = LoanPath;
    type Query = Nothing;
    type Body = LoanUpdate;
    type Reply = LoanData;
    type Refusal = UpdateLoanRefusal;
}

/// What is created on a loan: payments, autopays or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(
    extend("x-source" = "customer-website: Creating a Payment or AutoPay", "x-basis" = "example"),
    example = examples::new_payments(),
    example = examples::new_autopays(),
)]
pub struct LoanUpdate {
    /// Payments.
    #[serde(
        rename = "Payments",
        default,
        skip_serializing_if = "Optional::is_absent",
        deserialize_with = "estoppel_contract::optional_object"
    )]
    pub payments: Optional<NewPayments>,
    /// Autopays.
    #[serde(
        rename = "Autopays",
        default,
        skip_serializing_if = "Optional::is_absent",
        deserialize_with = "estoppel_contract::optional_object"
    )]
    pub autopays: Optional<NewAutopays>,
}

/// Payments to create.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "customer-website: Creating a Payment or AutoPay", "x-basis" = "example"))]
pub struct NewPayments {
    /// The payments: at least one (R97).
    #[serde(deserialize_with = "estoppel_contract::objects")]
    pub results: Vec<NewPayment>,
}

/// Autopays to create.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-source" = "customer-website: Creating a Payment or AutoPay", "x-basis" = "example"))]
pub struct NewAutopays {
    /// The autopays: at least one (R99).
    #[serde(deserialize_with = "estoppel_contract::objects")]
    pub results: Vec<NewAutopay>,
}

refusals! {
    /// Why nothing is created on a loan.
    pub enum UpdateLoanRefusal: LoanRefusal | Invalid {
        /// A payment profile is not there.
        NoSuchPaymentAccount = Notice {
            id: "no-such-payment-account",
            status: 409,
            message: "Payment account not found",
            when: "A payment that is processed, or an autopay, names no payment profile of the loan's customer.",
            basis: Basis::Ruled,
            source: Source::ruling("R97"),
        },
        /// A payment is more than the payoff.
        PaymentExceedsPayoff = Notice {
            id: "payment-exceeds-payoff",
            status: 409,
            message: "Payment exceeds the payoff amount",
            when: "With the payment, more would be paid on some day than is owed.",
            basis: Basis::Ruled,
            source: Source::ruling("R97"),
        },
        /// A payment is meant to pay the loan off and does not.
        PaymentIsNoPayoff = Notice {
            id: "payment-is-no-payoff",
            status: 409,
            message: "Payment does not match the payoff amount",
            when: "`payoffFlag` or `payoffPayment` is set, and the amount is less than the payoff of its date.",
            basis: Basis::Ruled,
            source: Source::ruling("R97"),
        },
        /// The loan takes no autopays.
        AutopayDisabled = Notice {
            id: "autopay-disabled",
            status: 409,
            message: "AutoPay is not enabled for this loan",
            when: "The `autopayEnabled` setting of the loan is 0.",
            basis: Basis::Ruled,
            source: Source::ruling("R99"),
        },
        /// An autopay lies in the past.
        ProcessDatePassed = Notice {
            id: "process-date-passed",
            status: 409,
            message: "AutoPay has no process date in the future",
            when: "All process dates of an autopay have passed.",
            basis: Basis::Ruled,
            source: Source::ruling("R99"),
        },
    }
}

/// Most autopays that a loan holds (R99).
const AUTOPAYS_MAX: usize = 100;

pub(crate) fn update_loan(
    loanpro: &mut LoanPro,
    call: Call<UpdateLoan>,
) -> Result<LoanData, UpdateLoanRefusal> {
    let loan_id = call.path.id.id();
    let Draft { loan, first_payments, last_id } = draft(loanpro, loan_id, call.body, call.now)?;
    loanpro.replace_loan(loan);
    loanpro.use_ids_up_to(last_id);
    for (autopay, first) in first_payments {
        loanpro.schedule(loan_id, autopay, Some(first));
    }
    let view = View { state: loanpro, base_url: &call.base_url, today: day_of(call.now) };
    Ok(Data::of(view.loan(loanpro.loan(loan_id)?, &Paths::default())))
}

/// A loan with everything that is to be created on it.
struct Draft {
    loan: LoanRecord,
    /// The autopays, and when each pays first.
    first_payments: Vec<(u64, Timestamp)>,
    last_id: u64,
}

/// Creates everything on a copy of the loan, so that a refusal leaves nothing behind.
fn draft(
    loanpro: &LoanPro,
    loan_id: u64,
    update: LoanUpdate,
    now: Timestamp,
) -> Result<Draft, UpdateLoanRefusal> {
    let mut loan = loanpro.loan(loan_id)?.clone();
    let customer = loanpro.customer(loan.customer_id).map_err(|_| LoanRefusal::NoSuchLoan)?;
    let payments = update.payments.into_option().map(|payments| payments.results);
    let autopays = update.autopays.into_option().map(|autopays| autopays.results);
    if payments.is_none() && autopays.is_none() {
        return Err(fault(vec![], "minProperties", "Payments or Autopays").into());
    }
    check_not_empty("Payments", payments.as_deref())?;
    check_not_empty("Autopays", autopays.as_deref())?;
    let mut last_id = loanpro.last_id();
    for (place, payment) in payments.into_iter().flatten().enumerate() {
        last_id += 1;
        add_payment(&mut loan, customer, last_id, payment, now)
            .map_err(|refusal| at("Payments", place, refusal))?;
    }
    let mut first_payments = Vec::new();
    for (place, autopay) in autopays.into_iter().flatten().enumerate() {
        last_id += 1;
        let first = add_autopay(&mut loan, customer, last_id, autopay, now)
            .map_err(|refusal| at("Autopays", place, refusal))?;
        first_payments.push((last_id, first));
    }
    Ok(Draft { loan, first_payments, last_id })
}

/// A list that is there holds something.
fn check_not_empty<T>(name: &str, results: Option<&[T]>) -> Result<(), Invalid> {
    match results {
        Some([]) => Err(fault(vec![member(name), member("results")], "minItems", "at least one")),
        _ => Ok(()),
    }
}

/// A refusal of an item, told at its place.
fn at(list: &str, place: usize, refusal: UpdateLoanRefusal) -> UpdateLoanRefusal {
    let UpdateLoanRefusal::Invalid(Invalid(violations)) = refusal else { return refusal };
    let moved = violations.into_iter().map(|mut violation| {
        let start = [member(list), member("results"), Segment::Index(place)];
        violation.pointer = start.into_iter().chain(violation.pointer.segments().iter().cloned()).collect();
        violation
    });
    Invalid(moved.collect()).into()
}

/// Checks that a payment profile is one of the customer's.
fn check_account(customer: &CustomerRecord, account: Optional<WholeInput>) -> Result<(), UpdateLoanRefusal> {
    let id = account.into_option().map(WholeInput::get);
    let known =
        customer.accounts.iter().any(|known| Some(known.id) == id.and_then(|id| u64::try_from(id).ok()));
    if known { Ok(()) } else { Err(UpdateLoanRefusal::NoSuchPaymentAccount) }
}

/// An amount of at least a cent.
fn amount_of(amount: NumberInput) -> Result<Money, Invalid> {
    let money = amount.money().filter(|money| *money > Money::ZERO);
    money.ok_or_else(|| fault(vec![member("amount")], "minimum", "dollars and cents, more than nothing"))
}

fn add_payment(
    loan: &mut LoanRecord,
    customer: &CustomerRecord,
    id: u64,
    sent: NewPayment,
    now: Timestamp,
) -> Result<(), UpdateLoanRefusal> {
    let amount = amount_of(sent.amount)?;
    let date = date_of(loan, &sent, now)?;
    if !sent.is_log_only() {
        check_account(customer, sent.payment_account_id)?;
    }
    let entry = Entry { id, amount, date, autopay_id: None, created: now };
    enter(loan, entry, sent).map_err(|refused| match refused {
        PaymentFault::ExceedsPayoff => UpdateLoanRefusal::PaymentExceedsPayoff,
        PaymentFault::IsNoPayoff => UpdateLoanRefusal::PaymentIsNoPayoff,
        PaymentFault::TooMany => fault(vec![], "maxItems", "at most 1000 payments on a loan").into(),
    })
}

/// The day from which on a payment counts.
fn date_of(loan: &LoanRecord, sent: &NewPayment, now: Timestamp) -> Result<Date, Invalid> {
    let date = match &sent.date {
        Optional::Absent => Some(day_of(now).max(loan.terms.contract_date)),
        Optional::Present(date) => date.day().filter(|day| *day >= loan.terms.contract_date),
    };
    date.ok_or_else(|| fault(vec![member("date")], "minimum", "a day since the contract date"))
}

/// Checks members of an autopay that do not decide when it pays (R127).
fn check_autopay(sent: &NewAutopay) -> Result<(), Invalid> {
    let pays_back = |amount: &NumberInput| amount.money().is_none_or(|money| money < Money::ZERO);
    if sent.amount.as_option().is_some_and(pays_back) {
        return Err(fault(vec![member("amount")], "minimum", "dollars and cents, not less than nothing"));
    }
    if sent.process_time.as_option().is_some_and(|hour| !(0..=23).contains(&hour.get())) {
        return Err(fault(vec![member("processTime")], "maximum", "an hour of the day, between 0 and 23"));
    }
    Ok(())
}

/// Adds an autopay; says when it first pays.
fn add_autopay(
    loan: &mut LoanRecord,
    customer: &CustomerRecord,
    id: u64,
    sent: NewAutopay,
    now: Timestamp,
) -> Result<Timestamp, UpdateLoanRefusal> {
    if loan.autopays_enabled == AutopaysEnabled::No {
        return Err(UpdateLoanRefusal::AutopayDisabled);
    }
    if loan.autopays.len() >= AUTOPAYS_MAX {
        return Err(fault(vec![], "maxItems", "at most 100 autopays on a loan").into());
    }
    if sent.amount_type.unwrap_or(AmountType::Static) == AmountType::Static {
        amount_of(sent.amount.unwrap_or_default())?;
    }
    check_autopay(&sent)?;
    let plan =
        Plan::of(&sent).map_err(|wrong| fault(vec![member(wrong.member)], "format", wrong.expected))?;
    check_account(customer, sent.primary_payment_method_id)?;
    let next = plan.first_from(now).ok_or(UpdateLoanRefusal::ProcessDatePassed)?;
    let (at, _) = plan.at(next).ok_or(UpdateLoanRefusal::ProcessDatePassed)?;
    loan.autopays.push(AutopayRecord { id, sent, plan, next, status: AutopayStatus::Pending });
    Ok(at)
}
