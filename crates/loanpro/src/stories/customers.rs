//! Customers, and what is nested in them.

use estoppel_contract::{Step, Story, Words};
use serde_json::json;

use super::{on, story};
use crate::{customers::CustomerNavigation, seed};

pub(super) fn stories() -> Vec<Story> {
    vec![expanded(), keys(), links()]
}

fn expanded() -> Story {
    let fetch = |expand: &str| on("fetchCustomer", seed::CUSTOMER).with("$expand", expand);
    story(
        "customer",
        "A customer comes with links to what is nested in it, or with all of it.",
        [
            on("fetchCustomer", seed::CUSTOMER)
                .states("/d/firstName", "Douglas")
                .states("/d/Phones", json!({"__deferred": {"uri": "Customers(id=751)/Phones"}})),
            fetch("PrimaryAddress, Phones ,Loans")
                .counts("/d/Phones/results", 1)
                .counts("/d/Loans/results", 1)
                .states("/d/PrimaryAddress/country", "company.country.usa")
                .states("/d/Loans/results/0/LoanSetup/__deferred/uri", "Loans(id=9118)/LoanSetup"),
            fetch("Loans/LoanSetup").states("/d/Loans/results/0/LoanSetup/loanRate", "4.5000"),
            fetch("Employer,Notes").states("/d/Employer", json!(null)).counts("/d/Notes/results", 0),
            fetch("phones").invalid(["/$expand"]),
            fetch("Loans/Customers").invalid(["/$expand"]),
        ],
    )
}

fn keys() -> Story {
    let fetch = |key: &str| Step::call("fetchCustomer").with("id", key);
    story(
        "keys",
        "An id stands in parentheses, by itself or with its name.",
        [
            fetch("751").states("/d/id", 751),
            fetch("id=751").states("/d/id", 751),
            fetch("customId=751").invalid(["/id"]),
            fetch("751)").invalid(["/id"]),
        ],
    )
}

/// Every link leads somewhere.
fn links() -> Story {
    let navigations = CustomerNavigation::ALL.iter().map(|navigation| {
        on("fetchCustomerNavigation", seed::CUSTOMER).with("navigation", navigation.as_str())
    });
    let named = navigations.filter(|step| {
        !step.parameters.contains(&("navigation", CustomerNavigation::PaymentAccounts.as_str().to_owned()))
    });
    let mut steps: Vec<Step> = named.collect();
    steps.push(
        on("fetchPaymentAccounts", seed::CUSTOMER)
            .counts("/d/results", 2)
            .includes("/d/results", json!({"id": 289, "active": 1, "type": "paymentAccount.type.credit"})),
    );
    steps.push(
        on("fetchPaymentAccounts", seed::CUSTOMER)
            .with("$top", "1")
            .counts("/d/results", 1)
            .states("/d/results/0/id", 289),
    );
    steps.push(
        on("fetchPaymentAccounts", seed::CUSTOMER)
            .with("$skip", "2")
            .counts("/d/results", 0)
            .lacks("/d/__next"),
    );
    steps.push(
        on("fetchCustomerNavigation", seed::CUSTOMER).with("navigation", "Pets").invalid(["/navigation"]),
    );
    steps.push(
        on("fetchCustomerNavigation", seed::CUSTOMER)
            .with("navigation", "Loans")
            .with("$expand", "LoanSettings")
            .states("/d/results/0/LoanSettings/autopayEnabled", 1),
    );
    steps.push(
        on("fetchCustomerNavigation", seed::CUSTOMER)
            .with("navigation", "Phones")
            .with("$expand", "Loans")
            .invalid(["/$expand"]),
    );
    story("customer-links", "Every link of a customer leads somewhere.", steps)
}
