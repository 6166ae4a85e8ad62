//! Entities by their own ids.

use estoppel_contract::{Step, Story};

use super::{
    autopays::{ahead, create},
    on, story,
};
use crate::seed;

pub(super) fn stories() -> Vec<Story> {
    vec![of_customer(), of_loan()]
}

/// Follows a link that a reply handed out, to an entity of this type.
fn follow(operation: &'static str, link: &str, entity_type: &str) -> Step {
    Step::call(operation).at(link).states("/d/__metadata/type", entity_type)
}

fn of_customer() -> Story {
    story(
        "customer-entities",
        "What is nested in a customer has a URI of its own, which leads to it.",
        [
            on("fetchCustomer", seed::CUSTOMER)
                .with("$expand", "PrimaryAddress,Phones,PaymentAccounts")
                .capture("address", "/d/PrimaryAddress/__metadata/uri")
                .capture("phone", "/d/Phones/results/0/__metadata/uri")
                .capture("account", "/d/PaymentAccounts/results/0/__metadata/uri"),
            follow("fetchAddress", "{address}", "Entity.Address"),
            follow("fetchPhone", "{phone}", "Entity.Phone").states("/d/entityId", seed::CUSTOMER),
            follow("fetchPaymentAccount", "{account}", "Entity.PaymentAccount").states("/d/id", 289),
        ],
    )
}

fn of_loan() -> Story {
    story(
        "loan-entities",
        "What is nested in a loan has a URI of its own, which leads to it.",
        [
            create(seed::LOAN, &ahead()),
            on("fetchLoan", seed::LOAN)
                .with("$expand", "LoanSetup,LoanSettings,Payments,Transactions,Autopays")
                .capture("setup", "/d/LoanSetup/__metadata/uri")
                .capture("settings", "/d/LoanSettings/__metadata/uri")
                .capture("payment", "/d/Payments/results/0/__metadata/uri")
                .capture("transaction", "/d/Transactions/results/0/__metadata/uri")
                .capture("autopay", "/d/Autopays/results/0/__metadata/uri"),
            follow("fetchLoanSetupById", "{setup}", "Entity.LoanSetup").states("/d/loanId", seed::LOAN),
            follow("fetchLoanSettings", "{settings}", "Entity.LoanSettings").states("/d/loanId", seed::LOAN),
            follow("fetchPayment", "{payment}", "Entity.Payment").states("/d/entityId", seed::LOAN),
            follow("fetchTransaction", "{transaction}", "Entity.LoanTransaction")
                .states("/d/type", "origination"),
            follow("fetchAutopay", "{autopay}", "Entity.Autopay").states("/d/loanId", seed::LOAN),
        ],
    )
}
