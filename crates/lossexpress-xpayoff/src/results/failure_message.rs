//! Why the Fulfillment Center could not get a payoff.

use estoppel_contract::vocabulary;

vocabulary! {
    /// The messages that the Fulfillment Center's failures are documented to carry (R56). Others may come.
    #![source("xpayoff: Error Messages (Fulfillment Center)")]
    #![basis("documented")]
    pub enum FailureMessage {
        /// The lender tells nothing by phone.
        NotOverPhone = "Lender would not release information over phone",
        /// The whole member number is needed.
        NeedMemberNumber = "Need Full Member number",
        /// The whole social security number is needed.
        NeedSocialSecurityNumber = "Need Full Social Security Number",
        /// The lender tells nothing to others than its customer.
        NotToThirdParty = "Lender would not release to a third party",
        /// The lender takes requests by fax only.
        NeedFax = "Request needs to be sent by fax",
        /// Nothing is owed any more.
        PaidOff = "Loan has been paid off",
        /// Nothing fits what was told about the loan.
        NotLocated = "Loan could not be located with information given",
        /// The customer has to agree first.
        NeedAuthorization = "Customer authorization required",
        /// The lender gives no reason.
        NotReleased = "Lender would not release payoff information",
        /// Nobody answered the phone too often.
        TooManyCalls = "Maximum call attempts reached",
    }
}
