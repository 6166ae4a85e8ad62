//! What is in every fresh session (R98).
//!
//! Customer 751 with loan 9118 has the terms of the document's example. Its days move with the session: the contract
//! date is the 9th of the month 20 months before the month in which the session starts, so that a session that starts
//! in May 2022 shows the document's days, and one that starts in 2019 or 2030 a loan of the same age. All its payments
//! were made on their due dates, or six days before the start where that is earlier, and 100 dollars more, principal
//! only, five days before the start.
//!
//! The other customers and loans are invented; but for their days they are the same in every session.

use estoppel_generate::{Draw, Key, Line, account_number, address, person, telephone_number};
use estoppel_values::{Sensitive, Text};
use jiff::{
    Timestamp,
    civil::{Date, date},
};

use crate::{
    customers::{AccountRecord, CustomerRecord, Gender, PaymentAccountType},
    loanpro::{LoanPro, day_of},
    loans::{AutopaysEnabled, LoanRecord},
    payments::{NewPayment, PaymentExtra, PaymentRecord},
    servicing::{Schedule, Terms, days_after, months_after, months_before},
    wire::{Money, Rate},
};

/// The last id that the seed uses; everything later gets a higher one.
pub(crate) const LAST_ID: u64 = 10_000;

/// The document's customer.
pub(crate) const CUSTOMER: u64 = 751;
/// The document's loan.
pub(crate) const LOAN: u64 = 9_118;
/// A loan that is paid in time, of customer 752.
pub(crate) const CURRENT_LOAN: u64 = 9_119;
/// A loan whose last payments were not made, which takes no autopays, of customer 753.
pub(crate) const LATE_LOAN: u64 = 9_120;
/// A loan that is paid off, of customer 754.
pub(crate) const PAID_LOAN: u64 = 9_121;
/// A loan that was made a few days ago, of customer 755.
pub(crate) const NEW_LOAN: u64 = 9_122;

/// Puts the seed into a fresh state. Nothing of it depends on the session's seed: a caller who knows the start of a
/// session knows its world.
pub(crate) fn plant(state: &mut LoanPro, start: Timestamp) {
    let key = Key::new(0).entity(crate::SERVICE_NAME);
    let today = day_of(start);
    let invented = |id: u64| key.entity("loan").index(id);
    let current = invented_loan(invented(CURRENT_LOAN), CURRENT_LOAN, 752, months_before(today, 14));
    let late = invented_loan(invented(LATE_LOAN), LATE_LOAN, 753, months_before(today, 16));
    let late = LoanRecord { autopays_enabled: AutopaysEnabled::No, ..late };
    let paid = invented_loan(invented(PAID_LOAN), PAID_LOAN, 754, months_before(today, 12));
    let loans = [
        documented_loan(today),
        paid_until(current, today),
        paid_until(late, days_after(today, -95)),
        paid_off(paid_until(paid, months_before(today, 2)), days_after(today, -20)),
        invented_loan(invented(NEW_LOAN), NEW_LOAN, 755, days_after(today, -3)),
    ];
    for (loan, account) in loans.into_iter().zip(289..) {
        let id = loan.customer_id;
        let draw = key.entity("customer").index(id);
        // Customers come with their first loan.
        state.add_customer(match id {
            CUSTOMER => documented_customer(draw, loan.created),
            _ => invented_customer(draw, id, account, loan.created),
        });
        state.add_loan(loan);
    }
}

/// The document's customer. What reaches people (telephone, mail, address) is invented.
fn documented_customer(key: Key, created: Timestamp) -> CustomerRecord {
    CustomerRecord {
        mc_id: 161_057,
        first_name: Text::from_static("Douglas"),
        last_name: Text::from_static("McCallagher"),
        birth_date: date(1962, 11, 27),
        gender: Gender::Male,
        email: Text::default(),
        ssn_end: 3_333,
        driver_license: Sensitive::from("123456789"),
        user_name: Text::from_static("dougmccallagher"),
        credit_score_id: Some(333),
        accounts: vec![
            account(289, "Everyday card", PaymentAccountType::Credit),
            account(123, "Household account", PaymentAccountType::Checking),
        ],
        ..invented_customer(key, CUSTOMER, 289, created)
    }
}

fn account(id: u64, title: &'static str, kind: PaymentAccountType) -> AccountRecord {
    AccountRecord { id, title: Text::from_static(title), kind }
}

/// A customer who does not exist.
pub(crate) fn invented_customer<D: Draw>(
    draw: D,
    id: u64,
    account_id: u64,
    created: Timestamp,
) -> CustomerRecord {
    let person = person(draw.field("person"));
    let address = address(draw.field("address"));
    let phone = telephone_number(draw.field("phone"), address.place);
    let birth_days = i64::try_from(draw.field("birth").below(18_000)).unwrap_or_default();
    let genders = [Gender::Unknown, Gender::Female, Gender::Male];
    CustomerRecord {
        id,
        mc_id: 161_000 + id,
        first_name: Text::from_static(person.first_name),
        last_name: Text::from_static(person.last_name),
        birth_date: days_after(date(1950, 1, 1), birth_days),
        gender: draw.field("gender").pick(&genders).copied().unwrap_or(Gender::Unknown),
        email: person.email_address(),
        ssn_end: draw.field("ssn").below(10_000),
        driver_license: Sensitive::from(account_number(draw.field("license")).as_str()),
        user_name: CustomerRecord::user_name_of(&person),
        credit_score_id: None,
        created,
        updated: created,
        phone: Text::from(phone.trim_start_matches("+1")),
        address,
        accounts: vec![invented_account(draw, account_id)],
        loans: Vec::new(),
    }
}

/// A payment profile of a customer who does not exist.
pub(crate) fn invented_account<D: Draw>(draw: D, id: u64) -> AccountRecord {
    let kinds = [
        account(id, "Bank account", PaymentAccountType::Checking),
        account(id, "Card", PaymentAccountType::Credit),
    ];
    let [first, _] = &kinds;
    draw.field("account kind").pick(&kinds).unwrap_or(first).clone()
}

/// The document's loan, as the session's start has it.
fn documented_loan(today: Date) -> LoanRecord {
    let month = months_before(today, 20);
    let contract_date = month.first_of_month().with().day(9).build().unwrap_or(month);
    let terms = documented_terms(contract_date);
    let mut loan = paid_by(loan(LOAN, 9_104, CUSTOMER, terms), today, days_after(today, -6));
    loan.discount = Money::of(50_000);
    let date = days_after(today, -5);
    let sent = NewPayment {
        extra: PaymentExtra::TransactionPrincipalOnly.into(),
        ..NewPayment::of(Money::of(10_000).into())
    };
    push_payment(&mut loan, Money::of(10_000), date, sent);
    loan
}

/// The terms of the document's loan, from a contract date on.
pub(crate) fn documented_terms(contract_date: Date) -> Terms {
    Terms {
        amount: Money::of(1_000_000),
        rate: Rate::of(45_000),
        payments: 36,
        contract_date,
        first_payment_date: months_after(contract_date, 1),
    }
}

/// Invented terms.
pub(crate) fn invented_terms<D: Draw>(draw: D, contract_date: Date) -> Terms {
    let units =
        |name: &str, first, last| i64::try_from(draw.field(name).between(first, last)).unwrap_or_default();
    Terms {
        amount: Money::of(units("amount", 50, 400) * 10_000),
        rate: Rate::of(units("rate", 12, 60) * 2_500),
        payments: u32::try_from(units("payments", 2, 6) * 12).unwrap_or(24),
        contract_date,
        first_payment_date: months_after(contract_date, 1),
    }
}

fn invented_loan(key: Key, id: u64, customer_id: u64, contract_date: Date) -> LoanRecord {
    loan(id, id, customer_id, invented_terms(key, contract_date))
}

/// A loan on which nothing is paid.
pub(crate) fn loan(id: u64, setup_id: u64, customer_id: u64, terms: Terms) -> LoanRecord {
    LoanRecord {
        id,
        setup_id,
        customer_id,
        title: Line::new().text("Loan ").number(id, 0).finish(),
        schedule: Schedule::of(&terms),
        terms,
        discount: Money::ZERO,
        autopays_enabled: AutopaysEnabled::Yes,
        payments: Vec::new(),
        autopays: Vec::new(),
        created: crate::wire::midnight(terms.contract_date),
    }
}

/// The loan with every payment made on its day that was due before a day.
pub(crate) fn paid_until(loan: LoanRecord, day: Date) -> LoanRecord {
    paid_by(loan, day, day)
}

/// The loan with every payment made that was due before a day: on its day, or on `latest` where that is earlier.
fn paid_by(mut loan: LoanRecord, day: Date, latest: Date) -> LoanRecord {
    let dues: Vec<_> = loan.schedule.dues().iter().copied().take_while(|due| due.date < day).collect();
    for due in dues {
        let date = due.date.min(latest);
        let payoff = loan.ledger().balance(date).payoff();
        let amount = due.amount.min(payoff);
        if amount > Money::ZERO {
            push_payment(&mut loan, amount, date, NewPayment::of(amount.into()));
        }
    }
    loan
}

/// The loan, paid off on a day.
pub(crate) fn paid_off(mut loan: LoanRecord, day: Date) -> LoanRecord {
    let payoff = loan.ledger().balance(day).payoff();
    let sent = NewPayment {
        payoff_flag: crate::wire::FlagInput::from(true).into(),
        ..NewPayment::of(payoff.into())
    };
    push_payment(&mut loan, payoff, day, sent);
    loan
}

fn push_payment(loan: &mut LoanRecord, amount: Money, date: Date, sent: NewPayment) {
    let payment = payment(loan, amount, date, sent);
    loan.payments.push(payment);
}

/// The next payment of a loan that was paid before the session's start.
pub(crate) fn payment(loan: &LoanRecord, amount: Money, date: Date, sent: NewPayment) -> PaymentRecord {
    let count = u64::try_from(loan.payments.len()).unwrap_or_default();
    // A hundred ids for each of the few loans, below those of everything later.
    let id = (loan.id % 100) * 100 + count + 1;
    PaymentRecord { id, amount, date, autopay_id: None, created: crate::wire::midnight(date), sent }
}
