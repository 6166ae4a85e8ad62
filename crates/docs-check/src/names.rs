//! The names that rows of tables and keys of examples have, each with how examples use it and where it stands.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Example, FaultKind, Span, TableKind,
    interner::Interner,
    page::Page,
    rules::key_types::{self, Kind, Kinds},
    spot::{Distances, Spot},
};

/// How documents use a name.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct NameUse {
    /// Whether an example has it as a key.
    pub(crate) is_key: bool,
    /// The kinds of values that examples show for it.
    pub(crate) kinds: Kinds,
    /// Whether an example has it of which it is certain what it says.
    pub(crate) certain: bool,
}

/// An example, where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ExamplePlace {
    pub(crate) spot: Spot,
    pub(crate) certain: bool,
    /// Whether an object in it has a key twice.
    pub(crate) repeats: bool,
}

/// A place of a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NamePlace {
    /// The number of the name.
    pub(crate) name: usize,
    pub(crate) spot: Spot,
    /// The table or object that it stands in: names of one stand together.
    pub(crate) group: usize,
    /// What an example shows for it; absent in a row.
    pub(crate) shown: Option<Shown>,
}

/// What an example shows for a key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown {
    /// Place of the example in [`Names::examples`].
    pub(crate) example: usize,
    pub(crate) kind: Option<Kind>,
    /// Whether it is a number without sign and fraction.
    pub(crate) counts: bool,
    pub(crate) spot: Spot,
}

/// All names, and a log of their places.
///
/// A place is written for every row and every member of the documents, so that it is small: a few bytes.
#[derive(Debug, Default)]
pub(crate) struct Names {
    texts: Interner,
    uses: Vec<NameUse>,
    examples: Vec<ExamplePlace>,
    /// The first group of each page.
    pages: Vec<usize>,
    /// How many tables and objects there are.
    groups: usize,
    log: Distances,
    last: Last,
}

/// What the next place in the log is told from.
#[derive(Clone, Copy, Debug, Default)]
struct Last {
    group: usize,
    start: i64,
    example: usize,
}

/// What stands for a row among the kinds of values.
const ROW: u64 = 15;
/// What stands for a value of no kind.
const NO_KIND: u64 = 14;
/// Added where the value is a number that counts.
const COUNTS: u64 = 16;

impl Names {
    /// Notes the names of the next page.
    pub(crate) fn look(&mut self, page: &Page<'_>) {
        self.pages.push(self.groups);
        for table in &page.facts.tables {
            // Headers are spelled in a way of their own.
            if matches!(table.kind, TableKind::Header | TableKind::Cookie) {
                continue;
            }
            for row in &table.rows {
                self.put(&row.name.text, self.groups, row.name.span, None);
            }
            self.groups += 1;
        }
        for example in &page.facts.examples {
            let certain = example.is_certain();
            let repeats = example.faults.iter().any(|fault| fault.kind == FaultKind::RepeatedKey);
            self.examples.push(ExamplePlace { spot: page.spot(example.span), certain, repeats });
            self.look_at(page, example, certain);
        }
    }

    fn look_at(&mut self, page: &Page<'_>, example: &Example, certain: bool) {
        // Members of one object have one parent, and mostly stand one after another.
        let mut objects: BTreeMap<&str, usize> = BTreeMap::new();
        let mut last: Option<(&str, usize)> = None;
        for member in &example.members {
            let parent = member.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
            let group = match last {
                Some((known, group)) if known == parent => group,
                _ => {
                    let fresh = self.groups + objects.len();
                    *objects.entry(parent).or_insert(fresh)
                }
            };
            last = Some((parent, group));
            let kind = key_types::kind(page, example, member);
            let source = page.text.slice(member.value_span);
            let digit = source.starts_with(|first: char| first.is_ascii_digit() || first == '+');
            let counts = digit && source.parse::<u64>().is_ok();
            let tag = kind.map_or(NO_KIND, |kind| kind as u64) + if counts { COUNTS } else { 0 };
            let name = self.put(&member.key, group, member.key_span, Some((tag, member.value_span)));
            if let Some(known) = self.uses.get_mut(name) {
                known.is_key = true;
                known.certain |= certain;
                known.kinds.extend(kind);
            }
        }
        self.groups += objects.len();
    }

    /// Writes a place into the log.
    fn put(&mut self, name: &str, group: usize, span: Span, value: Option<(u64, Span)>) -> usize {
        let name = self.texts.number(name);
        self.uses.resize(self.uses.len().max(name + 1), NameUse::default());
        let example = self.examples.len();
        self.log.push(name as u64);
        self.log.push_signed(signed(group) - signed(self.last.group));
        self.log.push_signed(signed(span.start) - self.last.start);
        self.log.push_signed(signed(span.end) - signed(span.start));
        match value {
            None => self.log.push(ROW),
            Some((tag, value)) => {
                self.log.push(tag);
                self.log.push((example - self.last.example) as u64);
                self.log.push_signed(signed(value.start) - signed(span.end));
                self.log.push_signed(signed(value.end) - signed(value.start));
                self.last.example = example;
            }
        }
        self.last = Last { group, start: signed(span.start), ..self.last };
        name
    }

    /// The number of a name, if a row or an example has it.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.texts.find(name)
    }

    pub(crate) fn text(&self, number: usize) -> &str {
        self.texts.text(number)
    }

    /// How documents use the name with this number.
    pub(crate) fn use_of(&self, number: usize) -> NameUse {
        self.uses.get(number).copied().unwrap_or_default()
    }

    /// All names of rows and examples, by number.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        self.texts.texts()
    }

    /// The keys of examples, by number, with how they are used.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (&str, NameUse)> {
        self.texts.texts().zip(self.uses.iter().copied()).filter(|(_, known)| known.is_key)
    }

    pub(crate) fn example(&self, number: usize) -> Option<ExamplePlace> {
        self.examples.get(number).copied()
    }

    /// The names in some tables and objects, by their group.
    pub(crate) fn members(&self, groups: &BTreeSet<usize>) -> BTreeMap<usize, BTreeSet<usize>> {
        let mut members: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        let all: Wanted = if groups.is_empty() { Wanted::default() } else { (0..self.uses.len()).collect() };
        for place in self.places(&all).filter(|place| groups.contains(&place.group)) {
            members.entry(place.group).or_default().insert(place.name);
        }
        members
    }

    /// The places of some names: in the order of the pages, and in each of them rows before examples.
    pub(crate) fn places<'n>(&'n self, wanted: &'n Wanted) -> impl Iterator<Item = NamePlace> {
        let mut log = self.log.read();
        let mut last = Last::default();
        let mut page = 0;
        std::iter::from_fn(move || {
            while !wanted.is_empty() {
                let name = unsigned(log.number()?.cast_signed());
                last.group = unsigned(signed(last.group) + log.signed()?);
                last.start += log.signed()?;
                let span = span(last.start, log.signed()?);
                let tag = log.number()?;
                let value = if tag == ROW {
                    None
                } else {
                    last.example += unsigned(log.number()?.cast_signed());
                    let start = signed(span.end) + log.signed()?;
                    Some(self::span(start, log.signed()?))
                };
                if !wanted.has(name) {
                    continue;
                }
                while self.pages.get(page + 1).is_some_and(|first| *first <= last.group) {
                    page += 1;
                }
                let shown = value.map(|value| Shown {
                    example: last.example - 1,
                    kind: Kind::numbered(tag % COUNTS),
                    counts: tag >= COUNTS,
                    spot: Spot::new(page, value),
                });
                return Some(NamePlace { name, spot: Spot::new(page, span), group: last.group, shown });
            }
            None
        })
    }
}

/// Whether two tables or objects with one name in common are of one kind, as far as can be told: half of the other names
/// of the smaller one stand in the other one too.
pub(crate) fn are_of_one_kind(left: &BTreeSet<usize>, right: &BTreeSet<usize>) -> bool {
    let shared = left.intersection(right).count().saturating_sub(1);
    shared * 2 >= left.len().min(right.len()).saturating_sub(1)
}

/// Some names, by number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted(Vec<bool>);

impl Wanted {
    pub(crate) fn add(&mut self, name: usize) {
        self.0.resize(self.0.len().max(name + 1), false);
        self.0.iter_mut().skip(name).take(1).for_each(|wanted| *wanted = true);
    }

    pub(crate) fn has(&self, name: usize) -> bool {
        self.0.get(name).is_some_and(|wanted| *wanted)
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<usize> for Wanted {
    fn from_iter<I: IntoIterator<Item = usize>>(names: I) -> Self {
        let mut wanted = Self::default();
        names.into_iter().for_each(|name| wanted.add(name));
        wanted
    }
}

fn signed(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn unsigned(number: i64) -> usize {
    usize::try_from(number).unwrap_or_default()
}

fn span(start: i64, length: i64) -> Span {
    Span::new(unsigned(start), unsigned(start + length))
}
