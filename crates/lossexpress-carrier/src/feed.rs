//! The activities of a session in the order in which they happened.

use std::sync::Arc;

use estoppel_simulator::Table;
use estoppel_values::Timestamp;

use crate::{activities::Activity, ids::ActivityId};

/// The activities of a session, oldest first; those of one instant in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub(crate) struct Feed(Table<ActivityId, Arc<Activity>>);

impl Feed {
    /// Adds what has just happened. The session's clock never goes back, so the order holds.
    pub(crate) fn append(&mut self, activity: Activity) {
        self.0.insert(activity.activity_id, Arc::new(activity));
    }

    /// How many activities there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The place of an activity.
    pub(crate) fn place(&self, id: ActivityId) -> Option<usize> {
        self.0.get_index_of(&id)
    }

    /// The activities after one instant and before another, both excluded, with their places.
    pub(crate) fn between(
        &self,
        after: Option<Timestamp>,
        before: Option<Timestamp>,
    ) -> impl Iterator<Item = (usize, &Arc<Activity>)> {
        let first =
            after.map_or(0, |after| self.0.partition_point(|_, activity| activity.created_at <= after));
        let end = before.map_or(self.0.len(), |before| {
            self.0.partition_point(|_, activity| activity.created_at < before)
        });
        (first..end).filter_map(|place| self.0.get_index(place).map(|(_, activity)| (place, activity)))
    }
}
