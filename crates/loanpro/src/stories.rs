//! Stories that the operations tell together.

use estoppel_contract::Story;

/// Every story of the API.
pub(crate) fn stories() -> Vec<Story> {
    Vec::new()
}
