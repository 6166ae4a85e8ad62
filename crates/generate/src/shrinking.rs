//! The same definitions as strategies for property tests.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    fmt,
    marker::PhantomData,
};

use estoppel_values::Timestamp;
use proptest::{
    arbitrary::any,
    strategy::{NewTree, Strategy, ValueTree},
    test_runner::TestRunner,
};

use crate::{Draw, Generate, Key};

/// A draw that gives chosen bits to some fields, and remembers which fields were drawn.
#[derive(Clone, Copy, Debug)]
pub struct Shrinking<'a> {
    key: Key,
    chosen: &'a BTreeMap<Key, u64>,
    drawn: &'a RefCell<Vec<Key>>,
}

impl Draw for Shrinking<'_> {
    fn field(self, name: &str) -> Self {
        Self { key: self.key.field(name), ..self }
    }

    fn index(self, index: u64) -> Self {
        Self { key: self.key.index(index), ..self }
    }

    fn bits(self) -> u64 {
        let mut drawn = self.drawn.borrow_mut();
        if !drawn.contains(&self.key) {
            drawn.push(self.key);
        }
        self.chosen.get(&self.key).copied().unwrap_or_else(|| self.key.bits())
    }

    fn wide_bits(self) -> u128 {
        let bits = self.bits();
        if self.chosen.contains_key(&self.key) { u128::from(bits) << 64 } else { self.key.wide_bits() }
    }
}

/// A strategy for values that can be generated.
///
/// A counterexample shrinks by resetting one field at a time to its simplest value; of a field that matters, the
/// smallest value is kept that still fails. What is left differs from the simplest value only in what matters.
pub struct Generated<T> {
    at: Timestamp,
    value: PhantomData<fn() -> T>,
}

impl<T> Generated<T> {
    /// Values of a world whose present this is.
    pub const fn at(at: Timestamp) -> Self {
        Self { at, value: PhantomData }
    }
}

impl<T> fmt::Debug for Generated<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Generated({})", self.at)
    }
}

impl<T: Generate + fmt::Debug> Strategy for Generated<T> {
    type Tree = GeneratedTree<T>;
    type Value = T;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let seed = any::<u64>().new_tree(runner)?.current();
        Ok(GeneratedTree::new(Key::new(seed), self.at))
    }
}

/// One generated value, and the simpler ones below it.
#[derive(Debug)]
pub struct GeneratedTree<T> {
    key: Key,
    at: Timestamp,
    /// Bits of the fields that were made simpler, and the value still failed.
    chosen: BTreeMap<Key, u64>,
    /// Fields of the value, in the order in which they are drawn.
    drawn: Vec<Key>,
    searched: BTreeSet<Key>,
    search: Option<Search>,
    value: PhantomData<fn() -> T>,
}

/// The search for the simplest bits of one field.
#[derive(Clone, Copy, Debug)]
struct Search {
    field: Key,
    /// The largest bits with which the value is known to pass.
    passes: Option<u64>,
    /// The smallest bits with which it is known to fail.
    fails: u64,
    /// The bits on trial.
    trial: u64,
}

impl Search {
    /// Bits below these are not told apart: no field has so many values.
    const PRECISION: u32 = 32;

    const fn new(field: Key, fails: u64) -> Self {
        Self { field, passes: None, fails, trial: fails }
    }

    /// Puts the next bits on trial; false where the simplest are found. Zero is tried first.
    fn next(&mut self) -> bool {
        let Some(passes) = self.passes else {
            self.trial = 0;
            return self.fails > 0;
        };
        let (low, high) = (passes >> Self::PRECISION, self.fails >> Self::PRECISION);
        self.trial = u64::midpoint(low, high) << Self::PRECISION;
        high - low > 1
    }
}

impl<T: Generate> GeneratedTree<T> {
    fn new(key: Key, at: Timestamp) -> Self {
        let mut tree = Self {
            key,
            at,
            chosen: BTreeMap::new(),
            drawn: Vec::new(),
            searched: BTreeSet::new(),
            search: None,
            value: PhantomData,
        };
        tree.drawn = tree.generate(&tree.chosen).1;
        tree
    }

    fn generate(&self, chosen: &BTreeMap<Key, u64>) -> (T, Vec<Key>) {
        let drawn = RefCell::default();
        let value = T::generate(Shrinking { key: self.key, chosen, drawn: &drawn }, self.at);
        (value, drawn.into_inner())
    }

    /// Puts the next simpler value on trial; false where there is none.
    fn next_trial(&mut self) -> bool {
        loop {
            if self.search.as_mut().is_some_and(Search::next) {
                return true;
            }
            let field = self.drawn.iter().copied().find(|field| !self.searched.contains(field));
            self.search = field.map(|field| Search::new(field, field.bits()));
            let Some(field) = field else { return false };
            self.searched.insert(field);
        }
    }
}

impl<T: Generate + fmt::Debug> ValueTree for GeneratedTree<T> {
    type Value = T;

    fn current(&self) -> T {
        let Some(search) = self.search else { return self.generate(&self.chosen).0 };
        let mut chosen = self.chosen.clone();
        chosen.insert(search.field, search.trial);
        self.generate(&chosen).0
    }

    fn simplify(&mut self) -> bool {
        if let Some(search) = &mut self.search {
            search.fails = search.trial;
            self.chosen.insert(search.field, search.trial);
            self.drawn = self.generate(&self.chosen).1;
        }
        self.next_trial()
    }

    fn complicate(&mut self) -> bool {
        if let Some(search) = &mut self.search {
            search.passes = Some(search.trial);
        }
        self.next_trial()
    }
}

#[cfg(test)]
mod tests {
    use proptest::test_runner::{Config, TestError};

    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    struct Pair {
        first: u64,
        second: Option<u64>,
        name: &'static str,
    }

    impl Generate for Pair {
        fn generate<D: Draw>(draw: D, _: Timestamp) -> Self {
            Self {
                first: draw.field("first").between(5, 100_000),
                second: draw.field("has second").chance(50).then(|| draw.field("second").below(1000)),
                name: draw.field("name").pick(&["a", "b", "c"]).copied().unwrap(),
            }
        }
    }

    fn check(holds: impl Fn(&Pair) -> bool, expected: &Pair) {
        let strategy = Generated::at("2024-03-01T00:00:00Z".parse().unwrap());
        for _ in 0..20 {
            let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
            let outcome = runner.run(&strategy, |pair| {
                proptest::prop_assert!(holds(&pair));
                Ok(())
            });
            let Err(TestError::Fail(_, pair)) = outcome else { panic!("nothing failed") };
            assert_eq!(pair, *expected);
        }
    }

    #[test]
    fn only_what_matters_is_left_and_it_is_as_small_as_it_can_be() {
        check(|_| false, &Pair { first: 5, second: None, name: "a" });
        check(|pair| pair.first < 4711, &Pair { first: 4711, second: None, name: "a" });
        check(|pair| pair.second.is_none(), &Pair { first: 5, second: Some(0), name: "a" });
        check(
            |pair| pair.second.is_none_or(|second| second < 77),
            &Pair { first: 5, second: Some(77), name: "a" },
        );
        check(|pair| pair.name != "b", &Pair { first: 5, second: None, name: "b" });
    }
}
