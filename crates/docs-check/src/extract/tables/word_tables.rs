//! Tables of the words that fields can hold: a field and a word in each row.

use std::collections::BTreeMap;

use super::{Layout, nesting::marked};
use crate::{Facts, Row, Span, Table, Word, WordList, column::Column, extract::unmarked};

/// Headings before a table that are asked whether it stands in their part.
const HEADINGS_MAX: usize = 64;

impl Layout<'_> {
    /// Whether each row names a field and one of its words.
    pub(super) fn is_word_table(&self, facts: &Facts) -> bool {
        let [first, Column::Value] = self.columns.as_slice() else { return false };
        if !first.is_name() {
            return false;
        }
        let named = facts.heading_at(self.span).is_some_and(|heading| speaks_of_words(&heading.title));
        let cells = self.grid.rows.iter().filter_map(|row| row.cells.first());
        let fields: Vec<&str> = cells.map(|cell| self.text.slice(*cell)).collect();
        named || fields.array_windows().any(|[one, next]| one == next && !one.is_empty())
    }

    /// Reads the words of each field.
    pub(super) fn word_table(&self, facts: &mut Facts) {
        // Every list ends the part that the next table is about.
        if self.grid.rows.iter().all(|row| row.cells.get(1).is_none_or(|word| word.is_empty())) {
            return;
        }
        let part = self.part(facts);
        let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
        for row in facts.tables_in(part).iter().flat_map(|table| &table.rows) {
            *rows.entry(&row.name.text).or_default() += 1;
        }
        let title = facts.subject_at(self.span).map(|heading| heading.title.clone());
        let itself = |name: &str| title.as_ref().is_some_and(|title| title.eq_ignore_ascii_case(name));
        let mut lists: Vec<WordList> = Vec::new();
        for row in &self.grid.rows {
            let [name, word] = row.cells.as_slice() else { continue };
            let name = marked(self.text, *name);
            let subject = Some(name.name).filter(|text| name.nameless.is_none() && !text.is_empty());
            // A model that is one text and no object has no field of its own name.
            let subject = subject.filter(|text| rows.contains_key(text.as_str()) || !itself(text));
            let (text, span) = unmarked(self.text, *word);
            if text.is_empty() {
                continue;
            }
            let several = subject.as_deref().and_then(|name| rows.get(name)).is_none_or(|count| *count > 1);
            let word = Word { text: text.into(), span };
            // Where several fields have the name, a word that comes again begins the list of the next of them.
            let goes_on = |list: &&mut WordList| {
                list.subject == subject
                    && !(several && list.words.iter().any(|known| known.text == word.text))
            };
            match lists.last_mut().filter(goes_on) {
                Some(list) => {
                    list.span.end = row.span.end;
                    list.words.push(word);
                }
                None => lists.push(WordList { subject, part: Some(part), words: vec![word], span: row.span }),
            }
        }
        facts.word_lists.extend(lists);
    }

    /// The part of the document whose fields the table is about: from the heading around it, or the table of words
    /// before it, to the table.
    fn part(&self, facts: &Facts) -> Span {
        let after = facts.headings.partition_point(|heading| heading.span.start <= self.span.start);
        let mut before = facts.headings.iter().take(after).rev().take(HEADINGS_MAX);
        let own = before.next();
        let around = match own.filter(|heading| speaks_of_words(&heading.title)) {
            Some(own) => before.find(|heading| heading.level < own.level),
            None => own,
        };
        let last = facts.word_lists.iter().rev().find_map(|list| list.part).map_or(0, |part| part.end);
        let start = around.map_or(0, |heading| heading.span.start).max(last);
        Span::new(start.min(self.span.start), self.span.start)
    }
}

fn speaks_of_words(title: &str) -> bool {
    let lower = title.to_lowercase();
    lower.contains("enum") || lower.ends_with("values")
}

/// Gives each row the words that its description lists, or a table of words under it.
pub(in crate::extract) fn add_words(facts: &mut Facts) {
    let (inside, tabled): (Vec<_>, Vec<_>) =
        facts.word_lists.iter().filter(|list| list.subject.is_some()).partition(|list| list.part.is_none());
    for row in facts.tables.iter_mut().flat_map(|table| &mut table.rows) {
        let from = inside.partition_point(|list| list.span.start < row.span.start);
        let own = inside.iter().skip(from).take_while(|list| row.span.contains(list.span));
        // A sentence about what is true or false can name words of something else.
        let truth = row.stated_type.as_ref().is_some_and(|stated| stated.text.starts_with("bool"));
        let fits = |list: &&&WordList| !truth || list.words.iter().all(|word| is_truth(&word.text));
        own.filter(fits).for_each(|list| row.words.extend(list.words.iter().cloned()));
    }
    for lists in tabled.chunk_by(|one, next| one.part == next.part) {
        let Some(part) = lists.first().and_then(|list| list.part) else { continue };
        let from = facts.tables.partition_point(|table| table.span.start < part.start);
        let to = facts.tables.partition_point(|table| table.span.start < part.end);
        give(facts.tables.get_mut(from..to.max(from)).unwrap_or_default(), lists);
    }
}

fn is_truth(word: &str) -> bool {
    ["true", "false"].contains(&word.to_lowercase().as_str())
}

/// Gives the words of tables to the rows of a part, where it is certain which row is meant.
fn give(tables: &mut [Table], lists: &[&WordList]) {
    let mut rows: BTreeMap<String, Vec<&mut Row>> = BTreeMap::new();
    for row in tables.iter_mut().flat_map(|table| &mut table.rows) {
        rows.entry(row.name.text.to_string()).or_default().push(row);
    }
    let mut named: BTreeMap<&str, Vec<&WordList>> = BTreeMap::new();
    for list in lists {
        named.entry(list.subject.as_deref().unwrap_or_default()).or_default().push(list);
    }
    for (name, lists) in named {
        let Some(rows) = rows.get_mut(name).filter(|rows| rows.len() == lists.len()) else { continue };
        for (row, list) in rows.iter_mut().zip(lists) {
            row.words.extend(list.words.iter().cloned());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Document, extract};

    type Told<'t> = (Option<&'t str>, &'t [&'t str]);

    fn check(page: &str, lists: &[Told<'_>], rows: &[(&str, &[&str])]) {
        let facts = extract(&Document { name: "page", bytes: page.as_bytes() });
        let texts =
            |words: &[crate::Word]| words.iter().map(|word| word.text.to_string()).collect::<Vec<_>>();
        let found: Vec<_> =
            facts.word_lists.iter().map(|list| (list.subject.as_deref(), texts(&list.words))).collect();
        let told: Vec<_> = lists
            .iter()
            .map(|(subject, words)| (*subject, words.iter().map(|word| (*word).to_owned()).collect()))
            .collect();
        assert_eq!(found, told);
        assert!(facts.word_lists.iter().all(|list| list.part.is_some()));
        let listed: Vec<_> = facts
            .tables
            .iter()
            .flat_map(|table| &table.rows)
            .map(|row| (row.path(), texts(&row.words)))
            .collect();
        let rows: Vec<_> = rows
            .iter()
            .map(|(path, words)| {
                ((*path).to_owned(), words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
            })
            .collect();
        assert_eq!(listed, rows);
    }

    #[test]
    fn words_belong_to_the_fields_above_them() {
        check(
            "# Boat\n\n### Properties\n\n|Name|Type|\n|--|--|\n|rig|string|\n|owner|object|\n|» rig|string|\n|port|string|\n\n#### Enumerated Values\n\n|Property|Value|\n|--|--|\n|rig|sloop|\n|rig|yawl|\n|rig|sloop|\n|port|west|\n",
            &[(Some("rig"), &["sloop", "yawl"]), (Some("rig"), &["sloop"]), (Some("port"), &["west"])],
            &[("rig", &["sloop", "yawl"]), ("owner", &[]), ("owner.rig", &["sloop"]), ("port", &["west"])],
        );
        check(
            "# Rig\n\n```json\n\"sloop\"\n```\n\n### Properties\n\n|Name|Type|\n|--|--|\n|Rig|string|\n\n#### Enumerated Values\n\n|Property|Value|\n|--|--|\n|Rig|sloop|\n|*anonymous*|yawl|\n",
            &[(None, &["sloop", "yawl"])],
            &[],
        );
    }
}
