//! One refresh request as the simulator keeps it.

use super::{BegunRefresh, NewRefresh, RefreshItem};

/// A refresh request that was taken.
#[derive(Clone, Debug)]
pub(crate) struct RefreshRecord {
    /// What was asked.
    pub(crate) request: NewRefresh,
    /// What was answered then: whoever asks again gets it again (R64).
    pub(crate) answered: Vec<BegunRefresh>,
    /// How far each group has come.
    pub(crate) items: Vec<RefreshItem>,
}

impl RefreshRecord {
    /// A request that was answered with these items.
    pub(crate) fn new(request: NewRefresh, answered: Vec<BegunRefresh>) -> Self {
        let items = answered.iter().cloned().map(RefreshItem::from).collect();
        Self { request, answered, items }
    }
}
