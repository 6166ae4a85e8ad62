//! Loans, their terms, and how they stand.

use estoppel_contract::{Step, Story};
use serde_json::json;

use super::{on, story};
use crate::seed;

pub(super) fn stories() -> Vec<Story> {
    vec![terms(), payoff(), archive(), standings()]
}

fn terms() -> Story {
    let part = |name: &str| on("fetchLoanNavigation", seed::LOAN).with("navigation", name);
    story(
        "loan-terms",
        "The terms of a loan come with the loan or by themselves, and everything else that is nested in it.",
        [
            on("fetchLoan", seed::LOAN).states("/d/LoanSetup/__deferred/uri", "Loans(id=9118)/LoanSetup"),
            on("fetchLoan", seed::LOAN)
                .with("$expand", "LoanSetup")
                .states("/d/LoanSetup/loanAmount", "10000.00")
                .states("/d/Payments/__deferred/uri", "Loans(id=9118)/Payments"),
            on("fetchLoanSetup", seed::LOAN)
                .states("/d/id", 9104)
                .states("/d/payment", "297.47")
                .states("/d/loanTerm", "36.0000"),
            on("fetchLoan", seed::LOAN)
                .with("$expand", "Autopays,Transactions,Payments,Customers,StatusArchive,LoanSettings")
                .states("/d/Transactions/results/0/type", "origination")
                .states("/d/Customers/results/0/id", 751)
                .counts("/d/StatusArchive/results", 1),
            part("LoanSettings").states("/d/autopayEnabled", 1),
            part("Transactions").states("/d/results/0/chargeAmount", "10000.00"),
            part("Payments").with("$top", "1").counts("/d/results", 1),
            part("Customers").with("$expand", "Phones").counts("/d/results/0/Phones/results", 1),
            part("Autopays"),
            part("Pets").invalid(["/navigation"]),
            on("fetchLoan", seed::LOAN).with("$expand", "LoanSetup/Loans").invalid(["/$expand"]),
        ],
    )
}

fn payoff() -> Story {
    story(
        "payoff",
        "How a loan stands today tells its payoff and what each day adds to it.",
        [
            on("fetchStatusArchive", seed::LOAN)
                .states("/d/id", 9118)
                .states("/d/loanStatusText", "Open")
                .states("/d/followUpDate", "/Date(-62169984000)/")
                .capture("payoff", "/d/payoff")
                .capture("today", "/d/date"),
            on("fetchStatusArchive", seed::LOAN).states("/d/payoff", "{payoff}").states("/d/date", "{today}"),
        ],
    )
}

fn archive() -> Story {
    let list = || Step::call("listStatusArchives");
    let of_loan = || on("listLoanStatusArchive", seed::LOAN);
    story(
        "archive",
        "The archive has a record for every day, and a filter chooses among them.",
        [
            of_loan()
                .with("$top", "2")
                .counts("/d/results", 2)
                .states("/d/results/0/loanAge", 0)
                .states("/d/results/0/payoff", "10000.00")
                .states("/d/results/1/loanAge", 1)
                .capture("next", "/d/__next"),
            of_loan().at("{next}").counts("/d/results", 2).states("/d/results/0/loanAge", 2),
            of_loan().with("$orderby", "date desc").with("$top", "1").states("/d/results/0/loanId", 9118),
            of_loan().with("$filter", "date lt '1900-01-01'").counts("/d/results", 0),
            of_loan().counts("/d/results", 50),
            list()
                .with("$filter", "loanId eq 9118")
                .with("$top", "1")
                .counts("/d/results", 1)
                .states("/d/results/0/principalBalance", "10000.00"),
            list().with("$filter", "loanId eq 404").counts("/d/results", 0),
            list().with("$filter", "(date eq 2022-05-11").invalid(["/$filter"]),
            of_loan().with("$filter", "payoff gt 1").invalid(["/$filter"]),
            of_loan().with("$orderby", "payoff").invalid(["/$orderby"]),
            of_loan().with("$top", "many").invalid(["/$top"]),
        ],
    )
}

fn standings() -> Story {
    let stands = |loan| on("fetchStatusArchive", loan);
    story(
        "standings",
        "Loans are new, current, late or paid off.",
        [
            stands(seed::CURRENT_LOAN)
                .states("/d/daysPastDue", 0)
                .states("/d/stoplight", "stoplight.display.green"),
            stands(seed::NEW_LOAN).states("/d/uniqueDelinquencies", 0),
            stands(seed::LATE_LOAN)
                .states("/d/uniqueDelinquencies", 1)
                .states("/d/stoplight", "stoplight.display.red"),
            stands(seed::PAID_LOAN)
                .states("/d/payoff", "0.00")
                .states("/d/nextPaymentDate", json!(null))
                .states("/d/loanStatusText", "Paid Off"),
        ],
    )
}
