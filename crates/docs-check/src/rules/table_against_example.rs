//! DOC-TABLE-EXAMPLE.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::rule;
use crate::{
    Example, Facts, Member, Role, Span, Table, TableKind,
    corpus::Corpus,
    findings::{Draft, Findings},
    identifier::one_slip_apart,
    page::Page,
    spot::Spot,
};

rule! {
    /// ## What it does
    /// Compares the keys in the table of an object with the keys of the examples that show it. An example shows the
    /// object if it has most of its keys and not many others.
    ///
    /// ## Why is this bad?
    /// A key that only the example has is undocumented; a key that no example has is shown nowhere.
    ///
    /// ## Example
    /// A table of `name` and `port` beside `{"name": "Argo", "port": "Iolcos", "oars": 50}`.
    "DOC-TABLE-EXAMPLE", "table-against-example", Warning, Tables
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    let tables = Tables::new(&page.facts);
    let mut shown: BTreeMap<usize, Vec<&Example>> = BTreeMap::new();
    // What an operation refuses with is no object of its own.
    let refuses =
        |example: &&Example| example.role == Role::Refusal && page.facts.operation_at(example.span).is_some();
    for example in page.facts.examples.iter().filter(|example| !refuses(example)) {
        if let Some(table) = tables.of(example) {
            shown.entry(table).or_default().push(example);
        }
    }
    for (index, examples) in shown {
        if let Some(table) = page.facts.tables.get(index) {
            compare(page, index, table, &examples, findings);
        }
    }
}

/// The tables of objects of a page, by the names in their rows.
struct Tables<'f> {
    facts: &'f Facts,
    by_name: BTreeMap<&'f str, Vec<usize>>,
    /// The names in the rows of each table.
    names: Vec<Vec<&'f str>>,
}

/// A name that so many tables have tells none of them.
const COMMON_MIN: usize = 100;

/// Tables of one part of a document that an example is compared with.
const NEAR_MAX: usize = 256;

impl<'f> Tables<'f> {
    fn new(facts: &'f Facts) -> Self {
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let objects = facts.tables.iter().enumerate().filter(|(_, table)| table.kind == TableKind::Object);
        for (index, table) in objects {
            for row in table.members() {
                by_name.entry(&row.name.text).or_default().push(index);
            }
        }
        by_name.retain(|_, tables| tables.len() < COMMON_MIN);
        let names = |table: &'f Table| sorted(table.members().map(|row| row.name.text.as_str()));
        Self { facts, by_name, names: facts.tables.iter().map(names).collect() }
    }

    /// The place of the table that describes what an example shows: one that stands with it or, where none does, the
    /// only one elsewhere that has its keys.
    fn of(&self, example: &Example) -> Option<usize> {
        if !example.open.is_empty() || !example.is_certain() {
            return None;
        }
        let facts = self.facts;
        let part = |span: Span| {
            let operation = facts.operation_at(span).map(|operation| operation.scope);
            operation.or_else(|| facts.subject_part(span))
        };
        let wanted = match example.role {
            Role::Request => TableKind::Body,
            _ => TableKind::Object,
        };
        let here = part(example.span);
        let from = here.map_or(0, |here| facts.tables.partition_point(|table| table.span.start < here.start));
        let near = facts.tables.iter().enumerate().skip(from);
        let near = near.take_while(|(_, table)| here.is_none_or(|here| table.span.start < here.end));
        let near = near.take(NEAR_MAX);
        let near = near.filter(|(_, table)| table.kind == wanted && part(table.span) == here);
        let mut candidates: BTreeSet<usize> = near.map(|(index, _)| index).collect();
        if candidates.is_empty() && wanted == TableKind::Object && example.role != Role::Refusal {
            let named = top_level(example).filter_map(|member| self.by_name.get(member.key.as_str()));
            candidates = named.flatten().copied().collect();
        }
        let keys = sorted(top_level(example).map(|member| member.key.as_str()));
        let fitting = candidates
            .into_iter()
            .filter_map(|index| Some((likeness(self.names.get(index)?, &keys)?, index)));
        let mut fitting: Vec<(usize, usize)> = fitting.collect();
        fitting.sort_unstable();
        let (most, index) = fitting.pop()?;
        // Two tables that fit alike describe two things that look alike.
        fitting.last().is_none_or(|(next, _)| *next < most).then_some(index)
    }
}

/// Each name once, in order.
fn sorted<'n>(names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn top_level(example: &Example) -> impl Iterator<Item = &Member> {
    example.members.iter().filter(|member| member.pointer.matches('/').count() == 1)
}

/// How many keys table and example share, if these are at least four fifths of the table's and two thirds of the
/// example's.
fn likeness(names: &[&str], keys: &[&str]) -> Option<usize> {
    let shared = keys.iter().filter(|key| names.binary_search(key).is_ok()).count();
    // An example whose every key is in the table shows the object without what can be left out.
    let part = shared == keys.len() && shared * 2 >= names.len();
    let alike = part || (shared * 5 >= names.len() * 4 && shared * 3 >= keys.len() * 2);
    (alike && shared >= 2).then_some(shared)
}

/// Rows that the contract does not have and that keys are compared with.
const STRANGE_MAX: usize = 256;

fn compare(page: &Page<'_>, index: usize, table: &Table, examples: &[&Example], findings: &mut Findings) {
    let names: BTreeSet<&str> = table.members().map(|row| row.name.text.as_str()).collect();
    // What the contract tells of a table or an example is told by its rules.
    let contract = page.described(index).map(|described| &described.schema);
    let table_told = |key: &str| {
        contract.is_some_and(|schema| schema.member(key).is_none_or(|member| member.is_documented()))
    };
    let row_told = |name: &str| {
        contract.is_some_and(|schema| schema.member(name).is_none() || schema.requires(name) != Some(true))
    };
    // A row or key that the contract does not have is told as one, and not also as what it is meant for.
    let strange = |name: &str| contract.is_some_and(|schema| schema.member(name).is_none());
    let strange_rows = table.rows.iter().map(|row| row.name.text.as_str()).filter(|name| strange(name));
    let strange_rows: Vec<&str> = strange_rows.take(STRANGE_MAX).collect();
    let meant_here = |key: &str| strange_rows.iter().any(|name| one_slip_apart(name, key));
    let strange_key =
        examples.iter().flat_map(|example| top_level(example)).any(|member| strange(&member.key));
    let mut untabled: BTreeMap<&SmolStr, Vec<Spot>> = BTreeMap::new();
    let mut shown: BTreeSet<&str> = BTreeSet::new();
    for member in examples.iter().flat_map(|example| top_level(example)) {
        shown.insert(&member.key);
        if !table.open
            && !names.contains(member.key.as_str())
            && !table_told(&member.key)
            && !meant_here(&member.key)
        {
            untabled.entry(&member.key).or_default().push(page.spot(member.key_span));
        }
    }
    for (key, spots) in untabled {
        let message = format!(
            "`{key}` stands in {} of the {} that show the object, and not in its table",
            spots.len(),
            super::count(examples.len(), "example"),
        );
        let places = spots.into_iter().map(|spot| (spot, "not in the table"));
        let help = "add the key to the table, or take it out of the example";
        let draft = Draft::new(key.as_str(), message, help).at_all(places);
        let (draft, key) = (draft.at(page.spot(table.header), "the table"), key.clone());
        findings.later(&RULE, move |corpus| (!corpus.is_name_variant(&key)).then_some(draft));
    }
    let hidden = table.members().filter(|row| !shown.contains(row.name.text.as_str()));
    let hidden = hidden.filter(|row| !row_told(&row.name.text));
    let hidden: Vec<(SmolStr, Spot)> =
        hidden.map(|row| (row.name.text.clone(), page.spot(row.name.span))).collect();
    if !hidden.is_empty() && !examples.is_empty() && !strange_key {
        findings.later(&RULE, move |corpus| Some(unshown(corpus, &hidden)));
    }
}

/// The finding for rows that no example shows, without names that are spellings of others.
fn unshown(corpus: &Corpus<'_>, rows: &[(SmolStr, Spot)]) -> Draft {
    let hidden = || rows.iter().filter(|(name, _)| !corpus.is_name_variant(name));
    let told = hidden().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let message = format!("no example of the object shows {told}");
    let draft = Draft::new(&told, message, "show the keys in an example");
    let draft = draft.at_all(hidden().map(|(_, spot)| (*spot, "shown nowhere")));
    draft.weighing(crate::Severity::Info)
}
