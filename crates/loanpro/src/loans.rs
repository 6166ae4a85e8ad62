//! Loans: their terms, who owes them, and what is paid.

mod loan;
mod loan_record;
mod loan_setup;
mod rendered_setup;
mod vocabularies;

pub(crate) mod fetch_loan;
pub(crate) mod fetch_loan_navigation;
pub(crate) mod fetch_loan_settings;
pub(crate) mod fetch_loan_setup;
pub(crate) mod fetch_loan_setup_by_id;
pub(crate) mod open_loan;
pub(crate) mod update_loan;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::odata::EntityKey;

pub use fetch_loan::FetchLoan;
pub use fetch_loan_navigation::{FetchLoanNavigation, LoanNavigationPath, OfLoan};
pub use fetch_loan_settings::FetchLoanSettings;
pub use fetch_loan_setup::FetchLoanSetup;
pub use fetch_loan_setup_by_id::FetchLoanSetupById;
pub use loan::{Loan, LoanData, LoanSettings};
pub(crate) use loan_record::{AutopaysEnabled, LoanRecord};
pub use loan_setup::{LoanSetup, LoanSetupData};
pub use open_loan::{NewLoan, OpenLoan, OpenedLoan};
pub(crate) use rendered_setup::loan_setup;
pub use update_loan::{LoanUpdate, NewAutopays, NewPayments, UpdateLoan};
pub use vocabularies::{
    BeginEnd, BusinessDueDates, CalculationType, DaysInYear, DiscountCalculation, FeesPaidBy,
    FirstPeriodDays, InterestApplication, LateFeeCalculation, LateFeePercentBase, LateFeeType, LoanClass,
    LoanNavigation, LoanRateType, LoanType, NextDueDateCalculation, PaymentDateApplication, PaymentFrequency,
};

/// Names one loan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LoanPath {
    /// The loan's id, as `9118` or `id=9118` (R81).
    pub id: EntityKey,
}
