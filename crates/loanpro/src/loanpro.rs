//! The simulated state of the LoanPro API.

use std::{collections::BTreeMap, sync::Arc};

use estoppel_contract::Protocol;
use estoppel_simulator::{Behaviour, Event, Holding, Policy, RawCall, Setup};
use http::HeaderName;
use jiff::{Timestamp, civil::Date, tz::Offset};

use crate::{
    autopay_run,
    customers::CustomerRecord,
    errors::{CustomerRefusal, LoanRefusal},
    loans::LoanRecord,
    readings::LoanProReadings,
    seed,
};

/// The token of every fresh session.
pub(crate) const TEST_TOKEN: &str = "loanpro-test-token";
/// The header that names the tenant.
pub(crate) const INSTANCE_HEADER: &str = "Autopal-Instance-ID";
/// The tenant of every fresh session.
pub(crate) const TEST_INSTANCE: &str = "1";

/// The state of the LoanPro API in one session.
///
/// Invariants: every loan has a customer who lists it; every timer belongs to an autopay that waits; no payment that
/// counts is more than what it found to pay.
#[derive(Clone, Debug)]
pub struct LoanPro {
    pub(crate) readings: LoanProReadings,
    customers: BTreeMap<u64, CustomerRecord>,
    loans: BTreeMap<u64, LoanRecord>,
    /// How many payments and autopays all loans have.
    on_loans: usize,
    /// Autopays by the instant of their next payment, each with its loan.
    timers: BTreeMap<(Timestamp, u64), u64>,
    last_id: u64,
}

impl Behaviour for LoanPro {
    fn start(setup: &Setup) -> Self {
        let mut state = Self::empty(LoanProReadings::new(&setup.readings));
        seed::plant(&mut state, setup.started_at);
        state
    }

    /// Both headers have to be right (R83).
    fn authorize(&self, call: &RawCall, _now: Timestamp) -> Result<(), Protocol> {
        let token_is_good = call.bearer() == Some(TEST_TOKEN);
        let instance = HeaderName::from_bytes(INSTANCE_HEADER.as_bytes());
        let instance_is_good =
            instance.is_ok_and(|name| call.header(&name).is_some_and(|value| value == TEST_INSTANCE));
        if token_is_good && instance_is_good { Ok(()) } else { Err(Protocol::Unauthorized) }
    }

    fn policy(&self) -> Policy {
        self.readings.policy
    }

    fn is_on(&self, _reading: &str) -> bool {
        false
    }

    fn holding(&self) -> Holding {
        let records = self.customers.len() + self.loans.len() + self.on_loans;
        Holding { records, bytes: 0, timers: self.timers.len() }
    }

    fn next_due(&self) -> Option<Timestamp> {
        self.timers.first_key_value().map(|((at, _), _)| *at)
    }

    fn fire_next(&mut self) -> Option<Event> {
        let ((at, autopay), loan) = self.timers.pop_first()?;
        autopay_run::pay(self, loan, autopay, at)
    }

    /// Nothing: URLs are made from the call.
    fn move_to(&mut self, _base_url: Arc<str>) {}
}

impl LoanPro {
    /// Without a customer or a loan.
    pub(crate) const fn empty(readings: LoanProReadings) -> Self {
        Self {
            readings,
            customers: BTreeMap::new(),
            loans: BTreeMap::new(),
            on_loans: 0,
            timers: BTreeMap::new(),
            last_id: seed::LAST_ID,
        }
    }

    /// An id that nothing else has.
    pub(crate) fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// The id that was given last.
    pub(crate) const fn last_id(&self) -> u64 {
        self.last_id
    }

    /// Ids up to this one have been given.
    pub(crate) const fn use_ids_up_to(&mut self, id: u64) {
        self.last_id = id;
    }

    /// The customer with this id.
    pub(crate) fn customer(&self, id: u64) -> Result<&CustomerRecord, CustomerRefusal> {
        self.customers.get(&id).ok_or(CustomerRefusal::NoSuchCustomer)
    }

    /// The loan with this id.
    pub(crate) fn loan(&self, id: u64) -> Result<&LoanRecord, LoanRefusal> {
        self.loans.get(&id).ok_or(LoanRefusal::NoSuchLoan)
    }

    /// All customers, in the order of their ids.
    pub(crate) fn customers(&self) -> impl Iterator<Item = &CustomerRecord> {
        self.customers.values()
    }

    /// All loans, in the order of their ids.
    pub(crate) fn loans(&self) -> impl Iterator<Item = &LoanRecord> {
        self.loans.values()
    }

    /// The loans of a customer, oldest first.
    pub(crate) fn loans_of(&self, customer: &CustomerRecord) -> impl Iterator<Item = &LoanRecord> {
        customer.loans.iter().filter_map(|id| self.loans.get(id))
    }

    /// Puts a customer into the state.
    pub(crate) fn add_customer(&mut self, customer: CustomerRecord) {
        self.customers.insert(customer.id, customer);
    }

    /// Puts a new loan into the state, and onto the list of its customer.
    pub(crate) fn add_loan(&mut self, loan: LoanRecord) {
        if let Some(customer) = self.customers.get_mut(&loan.customer_id) {
            customer.loans.push(loan.id);
        }
        self.replace_loan(loan);
    }

    /// Puts a changed loan in the place of what it was.
    pub(crate) fn replace_loan(&mut self, loan: LoanRecord) {
        self.on_loans += loan.parts();
        if let Some(replaced) = self.loans.insert(loan.id, loan) {
            self.on_loans -= replaced.parts();
        }
    }

    /// Sets the timer of an autopay for its next payment, if there is one.
    pub(crate) fn schedule(&mut self, loan: u64, autopay: u64, at: Option<Timestamp>) {
        if let Some(at) = at {
            self.timers.insert((at, autopay), loan);
        }
    }
}

/// The day of an instant in UTC.
pub(crate) fn day_of(now: Timestamp) -> Date {
    Offset::UTC.to_datetime(now).date()
}
