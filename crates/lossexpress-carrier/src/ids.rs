//! Identifiers of the Carrier API.

estoppel_values::identifiers! {
    /// Names one claim in LossExpress.
    pub struct ClaimId;
    /// Names one event of the activity feed.
    pub struct ActivityId;
    /// Names one document.
    pub struct DocumentId;
    /// Names one lender of the lender database.
    pub struct LenderId;
    /// Names one order on a claim.
    pub struct OrderId;
}
