//! The control `POST /loans`: open a loan.

use estoppel_contract::{
    Auth, Availability, Basis, Endpoint, Invalid, Method, Nothing, Optional, Source, Spec, refusals,
};
use estoppel_simulator::Call;
use estoppel_values::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{LoanRecord, loan_record::AutopaysEnabled};
use crate::{
    errors::{CustomerRefusal, fault, member},
    loanpro::{LoanPro, day_of},
    servicing::{Schedule, Terms, months_after},
    wire::{FlagInput, MomentInput, Money, NumberInput, Rate, WholeInput},
};

/// Open a loan, as the tenant's staff would.
#[derive(Debug)]
pub enum OpenLoan {}

impl Endpoint for OpenLoan {
    const SPEC: Spec = Spec {
        id: "openLoan",
        method: Method::Post,
        path: "/loans",
        summary: "Open a loan with given terms, as the tenant's staff would.",
        description: "The schedule follows from the terms. Nothing is paid yet.",
        group: "Loans",
        auth: Auth::None,
        status: 201,
        availability: Availability::Served,
        basis: Basis::Ruled,
        source: Source::ruling("R98"),
    };
    type Path = Nothing;
    type Query = Nothing;
    type Body = NewLoan;
    type Reply = OpenedLoan;
    type Refusal = OpenLoanRefusal;
}

/// A loan to open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "R98", "x-basis" = "ruled"),
    example = json!({"customerId": 751, "loanAmount": "10000.00", "loanRate": "4.5", "loanTerm": 36}),
)]
pub struct NewLoan {
    /// Id of the customer who owes it.
    pub customer_id: WholeInput,
    /// What is lent, in dollars: between 100 and a hundred million.
    pub loan_amount: NumberInput,
    /// Interest in percent a year: between 0 and 36.
    pub loan_rate: NumberInput,
    /// Number of monthly payments: between 1 and 360.
    pub loan_term: WholeInput,
    /// From when on interest runs: today unless it is given.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub contract_date: Optional<MomentInput>,
    /// When the first payment is due: a month after the contract date unless it is given.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub first_payment_date: Optional<MomentInput>,
    /// Whether it takes autopays; it does unless this says no.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub autopay_enabled: Optional<FlagInput>,
    /// Its title.
    #[serde(default, skip_serializing_if = "Optional::is_absent")]
    pub title: Optional<Text>,
}

/// The ids of a loan and its terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    extend("x-source" = "R98", "x-basis" = "ruled"),
    example = json!({"loanId": 10_001, "setupId": 10_002}),
)]
pub struct OpenedLoan {
    /// Id of the loan.
    pub loan_id: u64,
    /// Id of its terms.
    pub setup_id: u64,
}

refusals! {
    /// Why no loan is opened.
    pub enum OpenLoanRefusal: CustomerRefusal | Invalid {}
}

/// Most loans of a customer, so that no reply is beyond bounds.
const LOANS_MAX: usize = 50;

pub(crate) fn open_loan(loanpro: &mut LoanPro, call: Call<OpenLoan>) -> Result<OpenedLoan, OpenLoanRefusal> {
    let customer_id = u64::try_from(call.body.customer_id.get()).unwrap_or_default();
    if loanpro.customer(customer_id)?.loans.len() >= LOANS_MAX {
        return Err(
            fault(vec![member("customerId")], "maxItems", "a customer with less than 50 loans").into()
        );
    }
    let terms = terms(&call.body, day_of(call.now))?;
    let (loan_id, setup_id) = (loanpro.next_id(), loanpro.next_id());
    let autopays = call.body.autopay_enabled.unwrap_or(FlagInput::from(true));
    loanpro.add_loan(LoanRecord {
        id: loan_id,
        setup_id,
        customer_id,
        title: call.body.title.unwrap_or_default(),
        schedule: Schedule::of(&terms),
        terms,
        discount: Money::ZERO,
        autopays_enabled: if autopays.get().is_one() { AutopaysEnabled::Yes } else { AutopaysEnabled::No },
        payments: Vec::new(),
        autopays: Vec::new(),
        created: call.now,
    });
    Ok(OpenedLoan { loan_id, setup_id })
}

/// The terms of a new loan.
fn terms(new: &NewLoan, today: jiff::civil::Date) -> Result<Terms, Invalid> {
    let wrong = |name: &str, expected: &str| fault(vec![member(name)], "format", expected);
    let given = |name: &str, moment: &Optional<MomentInput>| match moment {
        Optional::Absent => Ok(None),
        Optional::Present(moment) => {
            moment.day().map(Some).ok_or_else(|| wrong(name, "a day of the calendar"))
        }
    };
    let contract_date = given("contractDate", &new.contract_date)?.unwrap_or(today);
    let first = given("firstPaymentDate", &new.first_payment_date)?;
    let terms = Terms {
        amount: new.loan_amount.money().unwrap_or_default(),
        rate: new.loan_rate.units::<4>().map_or(Rate::of(-1), Rate::of),
        payments: u32::try_from(new.loan_term.get()).unwrap_or_default(),
        contract_date,
        first_payment_date: first.unwrap_or_else(|| months_after(contract_date, 1)),
    };
    terms.check().map_err(|found| {
        let (name, expected) = found.told();
        wrong(name, expected)
    })
}
