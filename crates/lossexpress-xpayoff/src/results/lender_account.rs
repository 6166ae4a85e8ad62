//! Where a lender takes payoffs, by whatever way: always the same for the same lender.

use estoppel_generate::{Draw, Key, LenderOffice, address, lender_office, routing_number, telephone_number};
use estoppel_values::{Sensitive, Text};

/// What stands after a lender's name on its checks. Receivers have to take letters beyond ASCII and slashes as they
/// are: a body that is written anew with escapes has another signature (R5).
const PAYEE_ENDINGS: [&str; 6] = ["", "", "", " – Payoffs", " / Préstamos", " c/o Peña & Núñez"];

/// Where a lender takes payoffs.
#[derive(Clone, Debug)]
pub(super) struct LenderAccount {
    /// Payee of checks.
    pub(super) payee: Text,
    /// Where mail goes.
    pub(super) office: LenderOffice,
    /// Whether overnight mail may come.
    pub(super) takes_overnight_mail: bool,
    /// Whom to call.
    pub(super) phone_number: Text,
    /// Where electronic payments go, for a lender that takes them.
    pub(super) electronic: Option<ElectronicAccount>,
}

/// Where electronic payments go.
#[derive(Clone, Debug)]
pub(super) struct ElectronicAccount {
    pub(super) account_number: Sensitive,
    pub(super) routing_number: Text,
    pub(super) state: Text,
    /// In capital letters, as the example of the document shows it.
    pub(super) city: Text,
    pub(super) zip_code: Text,
}

impl LenderAccount {
    /// The account of the lender with this name.
    pub(super) fn of(lender_name: &str) -> Self {
        let key = Key::new(0).entity("lender account").field(lender_name);
        let office = lender_office(lender_name);
        let ending = key.field("payee").pick(&PAYEE_ENDINGS).copied().unwrap_or_default();
        Self {
            payee: Text::from(format!("{lender_name}{ending}")),
            phone_number: telephone_number(key.field("telephone"), office.address.place),
            office,
            takes_overnight_mail: key.field("takes overnight mail").chance(60),
            electronic: key.field("is electronic").chance(40).then(|| ElectronicAccount::of(key)),
        }
    }
}

impl ElectronicAccount {
    fn of(lender: Key) -> Self {
        let bank = address(lender.field("bank")).place;
        Self {
            account_number: estoppel_generate::account_number(lender.field("account number")).into(),
            routing_number: routing_number(lender.field("routing number")),
            state: Text::from_static(bank.state),
            city: Text::from(bank.city.to_uppercase()),
            zip_code: Text::from_static(bank.zip_code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_lenders_of_the_database_have_payees_beyond_ascii_and_some_take_electronic_payments() {
        let accounts: Vec<LenderAccount> =
            estoppel_generate::LENDERS.iter().map(|lender| LenderAccount::of(lender.name)).collect();
        let count = |is: fn(&LenderAccount) -> bool| accounts.iter().filter(|account| is(account)).count();
        assert!((1..accounts.len()).contains(&count(|account| !account.payee.is_ascii())));
        assert!((1..accounts.len()).contains(&count(|account| account.electronic.is_some())));
    }
}
