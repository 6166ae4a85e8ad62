//! The map that states are made of.

use std::hash::BuildHasherDefault;

use indexmap::IndexMap;
use rapidhash::fast::RapidHasher;

/// A map that keeps the order of insertion, with a hash that is the same in every run.
pub type Table<K, V> = IndexMap<K, V, BuildHasherDefault<RapidHasher<'static>>>;
