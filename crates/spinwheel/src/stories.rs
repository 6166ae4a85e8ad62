//! x
use estoppel_contract::Story;
/// x
pub(crate) fn stories() -> Vec<Story> {
    Vec::new()
}
