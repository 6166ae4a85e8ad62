//! Entities as replies show them: from the state, on a day, with what is expanded.

use estoppel_generate::Line;
use estoppel_values::{Sensitive, Text};
use jiff::civil::Date;

use crate::{
    autopays::Autopay,
    customers::{
        AccountRecord, Address, Customer, CustomerIdType, CustomerRecord, CustomerType, GenerationCode,
        PaymentAccount, Phone, PhoneType,
    },
    loanpro::LoanPro,
    loans::{AutopaysEnabled, Loan, LoanRecord, LoanSettings, LoanSetup, loan_setup},
    odata::{ExpandedList, Metadata, Navigation, Paths},
    payments::{Payment, Transaction, transactions},
    status_archives::{StatusArchive, status_archive},
    wire::{DateUnit, ZeroOne},
};

/// The set of customers.
const CUSTOMERS: &str = "Customers";
/// The set of loans.
const LOANS: &str = "Loans";

/// What a caller sees of a state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'v> {
    pub(crate) state: &'v LoanPro,
    pub(crate) base_url: &'v str,
    pub(crate) today: Date,
}

impl View<'_> {
    /// How dates are written.
    pub(crate) fn dates(&self) -> DateUnit {
        self.state.readings.dates
    }

    /// A customer.
    pub(crate) fn customer(&self, record: &CustomerRecord, paths: &Paths) -> Customer {
        let id = record.id;
        let one = |name: &str, value: Option<Address>| match paths.get(name) {
            None => Navigation::deferred(CUSTOMERS, id, name),
            Some(_) => Navigation::Expanded(Box::new(value)),
        };
        Customer {
            metadata: Metadata::of(self.base_url, CUSTOMERS, id, "Entity.Customer"),
            primary_address: one("PrimaryAddress", Some(self.address(record))),
            mail_address: one("MailAddress", Some(self.address(record))),
            employer: nothing(paths, id, "Employer"),
            references: empty(paths, id, "References"),
            payment_accounts: expand(paths, CUSTOMERS, id, "PaymentAccounts", |_| {
                self.payment_accounts(record).into_iter().collect()
            }),
            phones: expand(paths, CUSTOMERS, id, "Phones", |_| self.phones(record).into_iter().collect()),
            custom_field_values: empty(paths, id, "CustomFieldValues"),
            documents: empty(paths, id, "Documents"),
            credit_score: nothing(paths, id, "CreditScore"),
            loans: expand(paths, CUSTOMERS, id, "Loans", |below| {
                self.state.loans_of(record).map(|loan| self.loan(loan, below)).collect()
            }),
            line_of_credits: empty(paths, id, "LineOfCredits"),
            social_profiles: empty(paths, id, "SocialProfiles"),
            notes: empty(paths, id, "Notes"),
            id,
            custom_id: None,
            mc_id: record.mc_id,
            customer_type: CustomerType::Individual,
            status: Text::from_static("Active"),
            first_name: record.first_name.clone(),
            last_name: record.last_name.clone(),
            middle_name: None,
            birth_date: self.dates().day(record.birth_date),
            gender: record.gender,
            generation_code: GenerationCode::None,
            email: record.email.clone(),
            ssn: Sensitive::from(Line::new().text("XXXXX").number(record.ssn_end, 4).as_str()),
            driver_license: record.driver_license.clone(),
            company_name: None,
            contact_name: None,
            customer_id_type: CustomerIdType::Ssn,
            customer_id: None,
            credit_limit: 0,
            access_user_name: record.user_name.clone(),
            active: ZeroOne::One,
            ofac_match: ZeroOne::Zero,
            ofac_tested: ZeroOne::Zero,
            sale_transfer_pii: ZeroOne::One,
            password_changed: ZeroOne::Zero,
            has_avatar: ZeroOne::One,
            loan_role: None,
            created: self.dates().instant(record.created),
            last_update: self.dates().instant(record.updated),
            credit_score_id: record.credit_score_id,
        }
    }

    /// Where a customer lives and gets mail.
    pub(crate) fn address(&self, record: &CustomerRecord) -> Address {
        let id = record.id * 2 - 1;
        Address {
            metadata: Metadata::of(self.base_url, "Addresses", id, "Entity.Address"),
            id,
            address1: record.address.street_address(),
            address2: None,
            city: Text::from_static(record.address.place.city),
            state: Line::new().text("geo.state.").text(record.address.place.state).finish(),
            zipcode: Text::from_static(record.address.place.zip_code),
            country: Text::from_static("company.country.usa"),
            active: ZeroOne::One,
        }
    }

    /// A customer's telephones.
    pub(crate) fn phones(&self, record: &CustomerRecord) -> Vec<Phone> {
        let id = record.id * 3 - 2;
        vec![Phone {
            metadata: Metadata::of(self.base_url, "Phones", id, "Entity.Phone"),
            id,
            entity_type: Text::from_static("Entity.Customer"),
            entity_id: record.id,
            phone: record.phone.clone(),
            r#type: PhoneType::Cell,
            is_primary: ZeroOne::One,
            is_secondary: ZeroOne::Zero,
            active: ZeroOne::One,
        }]
    }

    /// A customer's payment profiles.
    pub(crate) fn payment_accounts(&self, record: &CustomerRecord) -> Vec<PaymentAccount> {
        let accounts = record.accounts.iter().enumerate();
        accounts.map(|(place, account)| self.payment_account(record, place, account)).collect()
    }

    /// A payment profile of a customer: the first one is the first choice, the second one the second.
    pub(crate) fn payment_account(
        &self,
        record: &CustomerRecord,
        place: usize,
        account: &AccountRecord,
    ) -> PaymentAccount {
        PaymentAccount {
            metadata: Metadata::of(self.base_url, "PaymentAccounts", account.id, "Entity.PaymentAccount"),
            id: account.id,
            entity_type: Text::from_static("Entity.Customer"),
            entity_id: record.id,
            title: account.title.clone(),
            r#type: account.kind,
            is_primary: (place == 0).into(),
            is_secondary: (place == 1).into(),
            active: ZeroOne::One,
        }
    }

    /// A loan.
    pub(crate) fn loan(&self, record: &LoanRecord, paths: &Paths) -> Loan {
        let id = record.id;
        Loan {
            metadata: Metadata::of(self.base_url, LOANS, id, "Entity.Loan"),
            loan_setup: expand(paths, LOANS, id, "LoanSetup", |_| self.loan_setup(record)),
            loan_settings: expand(paths, LOANS, id, "LoanSettings", |_| self.loan_settings(record)),
            customers: expand(paths, LOANS, id, "Customers", |below| {
                self.customers_of(record).map(|customer| self.customer(customer, below)).collect()
            }),
            status_archive: expand(paths, LOANS, id, "StatusArchive", |_| {
                ExpandedList::from_iter([self.status_archive(record, self.today)])
            }),
            autopays: expand(paths, LOANS, id, "Autopays", |_| self.autopays(record).into_iter().collect()),
            transactions: expand(paths, LOANS, id, "Transactions", |_| {
                self.transactions(record).into_iter().collect()
            }),
            payments: expand(paths, LOANS, id, "Payments", |_| self.payments(record).into_iter().collect()),
            id,
            display_id: Line::new().text("L").number(id, 8).finish(),
            title: record.title.clone(),
            settings_id: id,
            setup_id: record.setup_id,
            active: ZeroOne::One,
            archived: ZeroOne::Zero,
            created: self.dates().instant(record.created),
        }
    }

    /// The terms of a loan.
    pub(crate) fn loan_setup(&self, record: &LoanRecord) -> LoanSetup {
        loan_setup(record, self.base_url, self.dates())
    }

    /// What is switched on and off for a loan.
    pub(crate) fn loan_settings(&self, record: &LoanRecord) -> LoanSettings {
        LoanSettings {
            metadata: Metadata::of(self.base_url, "LoanSettings", record.id, "Entity.LoanSettings"),
            id: record.id,
            loan_id: record.id,
            autopay_enabled: (record.autopays_enabled == AutopaysEnabled::Yes).into(),
        }
    }

    /// Who owes a loan.
    pub(crate) fn customers_of(&self, record: &LoanRecord) -> impl Iterator<Item = &CustomerRecord> {
        self.state.customer(record.customer_id).ok().into_iter()
    }

    /// How a loan stands on a day; on the contract date, where the day is before it.
    pub(crate) fn status_archive(&self, record: &LoanRecord, day: Date) -> StatusArchive {
        let day = day.max(record.terms.contract_date);
        status_archive(record, &record.ledger(), day, self.base_url, self.dates())
    }

    /// The payments of a loan, in the order in which they were created.
    pub(crate) fn payments(&self, record: &LoanRecord) -> Vec<Payment> {
        let ledger = record.ledger();
        let shown = record.payments.iter().map(|payment| {
            let applied = ledger.applied().iter().find(|applied| applied.posting.id == payment.id);
            payment.shown(record.id, applied, self.base_url, self.dates())
        });
        shown.collect()
    }

    /// The autopays of a loan, in the order in which they were created.
    pub(crate) fn autopays(&self, record: &LoanRecord) -> Vec<Autopay> {
        let autopays = record.autopays.iter();
        autopays.map(|autopay| autopay.shown(record.id, self.base_url, self.dates())).collect()
    }

    /// Everything that changed the balance of a loan, and its payment schedule.
    pub(crate) fn transactions(&self, record: &LoanRecord) -> Vec<Transaction> {
        transactions(record, &record.ledger(), self.today, self.base_url, self.dates())
    }
}

/// What a navigation property holds.
fn expand<T>(
    paths: &Paths,
    set: &str,
    id: u64,
    name: &str,
    value: impl FnOnce(&Paths) -> T,
) -> Navigation<T> {
    match paths.get(name) {
        None => Navigation::deferred(set, id, name),
        Some(below) => Navigation::Expanded(Box::new(value(below))),
    }
}

/// A list of a customer that is empty (R96).
fn empty<T>(paths: &Paths, id: u64, name: &str) -> Navigation<ExpandedList<T>> {
    expand(paths, CUSTOMERS, id, name, |_| ExpandedList { results: Vec::new() })
}

/// An entity of a customer that is not there (R96).
fn nothing<T>(paths: &Paths, id: u64, name: &str) -> Navigation<Option<T>> {
    expand(paths, CUSTOMERS, id, name, |_| None)
}
