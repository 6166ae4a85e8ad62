//! Lists that keep only their first items.

/// The first items of a list, and how many more there were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounded<T> {
    /// The first items.
    pub first: Vec<T>,
    /// How many more were counted and not kept.
    pub omitted: usize,
}

impl<T> Default for Bounded<T> {
    fn default() -> Self {
        Self { first: Vec::new(), omitted: 0 }
    }
}

impl<T> Bounded<T> {
    /// At most `max` of these items.
    pub fn of(items: impl IntoIterator<Item = T>, max: usize) -> Self {
        let mut items = items.into_iter();
        let first = items.by_ref().take(max).collect();
        Self { first, omitted: items.count() }
    }

    /// Adds an item if fewer than `max` are kept; it is not even made otherwise.
    pub fn push_with(&mut self, max: usize, make: impl FnOnce() -> T) {
        if self.first.len() < max {
            self.first.push(make());
        } else {
            self.omitted += 1;
        }
    }

    /// Whether there was none.
    pub const fn is_empty(&self) -> bool {
        self.first.is_empty() && self.omitted == 0
    }

    /// How many there were.
    pub const fn total(&self) -> usize {
        self.first.len() + self.omitted
    }
}
