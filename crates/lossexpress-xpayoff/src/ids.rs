//! Identifiers of the xPayoff API.

estoppel_values::identifiers! {
    /// Names one payoff request; the webhook's `packetId` is the same identifier (R6).
    pub struct PayoffId;
    /// Names one lender of the lender database.
    pub struct LenderId;
    /// Names the order that a payoff request makes.
    pub struct OrderId;
}
