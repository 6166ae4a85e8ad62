//! What we decided where the documents are silent or disagree.

use estoppel_contract::Ruling;

/// Every ruling that the contract of the Carrier API rests on.
pub(crate) const RULINGS: &[Ruling] = &[];
