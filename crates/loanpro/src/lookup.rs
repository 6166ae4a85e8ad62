//! Entities by their own ids, as `__metadata.uri` names them (R126).

use crate::{
    autopays::Autopay,
    customers::{Address, PaymentAccount, Phone},
    errors::EntityRefusal,
    loans::{LoanRecord, LoanSettings, LoanSetup},
    payments::{Payment, Transaction, loan_of_transaction},
    view::View,
};

impl View<'_> {
    /// Where a customer lives and gets mail.
    pub(crate) fn address_with_id(&self, id: u64) -> Result<Address, EntityRefusal> {
        let mut addresses = self.state.customers().map(|customer| self.address(customer));
        addresses.find(|address| address.id == id).ok_or(EntityRefusal::NoSuchEntity)
    }

    /// A customer's telephone.
    pub(crate) fn phone_with_id(&self, id: u64) -> Result<Phone, EntityRefusal> {
        let mut phones = self.state.customers().flat_map(|customer| self.phones(customer));
        phones.find(|phone| phone.id == id).ok_or(EntityRefusal::NoSuchEntity)
    }

    /// A payment profile.
    pub(crate) fn payment_account_with_id(&self, id: u64) -> Result<PaymentAccount, EntityRefusal> {
        let mut accounts = self.state.customers().flat_map(|customer| self.payment_accounts(customer));
        accounts.find(|account| account.id == id).ok_or(EntityRefusal::NoSuchEntity)
    }

    /// The terms of a loan.
    pub(crate) fn loan_setup_with_id(&self, id: u64) -> Result<LoanSetup, EntityRefusal> {
        self.loan_where(|loan| loan.setup_id == id).map(|loan| self.loan_setup(loan))
    }

    /// What is switched on and off for a loan.
    pub(crate) fn loan_settings_with_id(&self, id: u64) -> Result<LoanSettings, EntityRefusal> {
        self.loan_where(|loan| loan.id == id).map(|loan| self.loan_settings(loan))
    }

    /// A payment.
    pub(crate) fn payment_with_id(&self, id: u64) -> Result<Payment, EntityRefusal> {
        let loan = self.loan_where(|loan| loan.payments.iter().any(|payment| payment.id == id))?;
        let found = self.payments(loan).into_iter().find(|payment| payment.id == id);
        found.ok_or(EntityRefusal::NoSuchEntity)
    }

    /// Something that changed the balance of a loan, or a payment of its schedule.
    pub(crate) fn transaction_with_id(&self, id: u64) -> Result<Transaction, EntityRefusal> {
        let loan = self.loan_where(|loan| loan.id == loan_of_transaction(id))?;
        let found = self.transactions(loan).into_iter().find(|transaction| transaction.id == id);
        found.ok_or(EntityRefusal::NoSuchEntity)
    }

    /// An autopay.
    pub(crate) fn autopay_with_id(&self, id: u64) -> Result<Autopay, EntityRefusal> {
        let loan = self.loan_where(|loan| loan.autopays.iter().any(|autopay| autopay.id == id))?;
        let found = self.autopays(loan).into_iter().find(|autopay| autopay.id == id);
        found.ok_or(EntityRefusal::NoSuchEntity)
    }

    fn loan_where(&self, is_it: impl Fn(&LoanRecord) -> bool) -> Result<&LoanRecord, EntityRefusal> {
        self.state.loans().find(|loan| is_it(loan)).ok_or(EntityRefusal::NoSuchEntity)
    }
}
