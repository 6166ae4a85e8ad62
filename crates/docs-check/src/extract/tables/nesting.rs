//! How deep a row is: marks before its name, or the name of the field around it.

use std::collections::BTreeSet;

use smol_str::{SmolStr, format_smolstr};

use crate::{Span, extract::unmarked, text::Text};

/// Fields inside fields deeper than this stand at this depth.
const DEPTH_MAX: usize = 32;

/// Marks that stand before the name of a field inside another, each a step deeper.
const MARKS: [char; 11] = ['»', '›', '↳', '→', '└', '├', '│', '─', '╰', '\u{a0}', '\u{2003}'];
/// The same as a page writes them.
const REFERENCES: [&str; 4] = ["&nbsp;", "&emsp;", "&ensp;", "&raquo;"];

/// What stands in the place of a name where there is none.
const NAMELESS: [&str; 2] = ["anonymous", OTHERS];
/// What stands for members of any name.
const OTHERS: &str = "additionalproperties";

/// The name of a row and the steps before it.
#[derive(Debug)]
pub(super) struct Marked {
    pub(super) steps: usize,
    pub(super) name: String,
    pub(super) span: Span,
    /// Whether the row is a level without a name, such as `*anonymous*`.
    pub(super) nameless: Option<Others>,
}

/// Takes the marks off the first cell of a row.
pub(super) fn marked(text: &Text<'_>, cell: Span) -> Marked {
    let before = text.as_str().get(..cell.start).unwrap_or_default();
    let mut steps = before.chars().rev().take_while(|c| MARKS.contains(c)).count();
    let mut rest = text.slice(cell);
    loop {
        let trimmed = rest.trim_start_matches([' ', '\t']);
        if let Some(after) = trimmed.strip_prefix(MARKS) {
            rest = after;
        } else if let Some(after) = REFERENCES.iter().find_map(|mark| trimmed.strip_prefix(mark)) {
            rest = after;
        } else if let Some(after) = trimmed.strip_prefix('-').filter(|after| after.starts_with([' ', '-'])) {
            rest = after;
        } else {
            rest = trimmed;
            break;
        }
        steps += 1;
    }
    let inside = Span::new(cell.end - rest.len(), cell.end);
    let (name, span) = unmarked(text, inside);
    let lower = name.to_lowercase();
    let is_nameless = rest.starts_with('*') && NAMELESS.contains(&lower.as_str());
    let others = if lower == OTHERS { Others::Allowed } else { Others::Unstated };
    Marked { steps, name, span, nameless: is_nameless.then_some(others) }
}

/// The name that the first cell of a row gives, without its marks; `None` where the row is a level without a name.
pub(in crate::extract) fn field_name(text: &Text<'_>, cell: Span) -> Option<String> {
    let marked = marked(text, cell);
    marked.nameless.is_none().then_some(marked.name)
}

/// The fields around the next row of a table.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    levels: Vec<Level>,
    /// Levels without a name that stand outermost, so far.
    nameless: usize,
    /// Whether an outermost level stands for members of any name.
    open: bool,
    /// Names of rows without marks: one that goes on after a dot is inside.
    outer: BTreeSet<SmolStr>,
}

#[derive(Debug)]
struct Level {
    steps: usize,
    path: SmolStr,
    nameless: usize,
}

/// What the values of a field are, as far as its path tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Values {
    One,
    Many,
}

/// Whether a level without a name stands for members of any name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Others {
    Allowed,
    Unstated,
}

impl Nesting {
    /// Whether an outermost level stands for members of any name.
    pub(super) const fn is_open(&self) -> bool {
        self.open
    }

    /// The path of the field that a row with so many marks is a member of.
    pub(super) fn around(&mut self, steps: usize) -> Option<SmolStr> {
        while self.levels.pop_if(|level| level.steps >= steps).is_some() {}
        self.levels.last().map(|level| level.path.clone()).filter(|path| !path.is_empty())
    }

    /// Says that the rows that follow with more marks are members of a field.
    pub(super) fn open(&mut self, steps: usize, within: Option<&SmolStr>, name: &str, values: Values) {
        let list = if values == Values::Many && !name.ends_with("[]") { "[]" } else { "" };
        self.push(steps, joined(within, &format_smolstr!("{name}{list}")));
        if steps == 0 && within.is_none() {
            self.outer.insert(name.trim_end_matches("[]").into());
        }
    }

    /// Says that the rows that follow with more marks are members of a thing without a name.
    pub(super) fn open_nameless(&mut self, steps: usize, within: Option<&SmolStr>, others: Others) {
        self.open |= others == Others::Allowed && within.is_none();
        let count = self.levels.last_mut().map_or(&mut self.nameless, |level| &mut level.nameless);
        *count += 1;
        let name = if *count == 1 { "*".into() } else { format_smolstr!("*{count}") };
        self.push(steps, joined(within, &name));
    }

    /// Says that the rows that follow with more marks are members of what the whole table describes.
    pub(super) fn open_whole(&mut self, steps: usize) {
        self.push(steps, SmolStr::default());
    }

    fn push(&mut self, steps: usize, path: SmolStr) {
        if self.levels.len() < DEPTH_MAX {
            self.levels.push(Level { steps, path, nameless: 0 });
        }
    }

    /// The field around a name with dots, if a row before has it, and where in the name its own begins.
    pub(super) fn dotted(&mut self, name: &str) -> Option<(SmolStr, usize)> {
        let (within, own) = name.rsplit_once('.').filter(|(_, own)| !own.is_empty())?;
        let known = self.outer.contains(within.trim_end_matches("[]"));
        if !known {
            return None;
        }
        self.outer.insert(name.trim_end_matches("[]").into());
        Some((within.into(), name.len() - own.len()))
    }
}

fn joined(within: Option<&SmolStr>, name: &SmolStr) -> SmolStr {
    within.map_or_else(|| name.clone(), |within| format_smolstr!("{within}.{name}"))
}

#[cfg(test)]
mod tests {
    use crate::{Document, TableKind, extract};

    fn check(page: &str, expected: &[(TableKind, &[&str])]) {
        let facts = extract(&Document { name: "page", bytes: page.as_bytes() });
        let found: Vec<_> = facts
            .tables
            .iter()
            .map(|table| {
                let rows = table.rows.iter().map(|row| {
                    let within = row.within.as_ref().map(|within| format!("{within} > ")).unwrap_or_default();
                    assert!(page[row.name.span.start..].starts_with(row.name.text.as_str()), "{row:?}");
                    format!("{within}{}", row.name.text)
                });
                (table.kind, rows.collect::<Vec<_>>())
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(kind, rows)| (*kind, rows.iter().map(|row| (*row).to_owned()).collect::<Vec<_>>()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn marks_tell_how_deep_a_row_is() {
        check(
            "# Boat\n\n|Name|Type|\n|--|--|\n|rig|object|\n|» masts|[[Mast](#mast)]|\n|»» height|number|\n|» name|string|\n|crew|[any]|\n|» *anonymous*|object|\n|»» name|string|\n|» *anonymous*|object|\n|»» name|string|\n",
            &[(
                TableKind::Object,
                &[
                    "rig",
                    "rig > masts",
                    "rig.masts[] > height",
                    "rig > name",
                    "crew",
                    "crew[].* > name",
                    "crew[].*2 > name",
                ],
            )],
        );
        check(
            "# Boat\n\nName | Type\n--|--\nrig | object\n&nbsp;&nbsp;masts | integer\n| - sail | object\n| -- area | number\nport | string\n",
            &[(TableKind::Object, &["rig", "rig > masts", "rig > sail", "rig.sail > area", "port"])],
        );
        check(
            "# Boat\n\nName | Type\n--|--\nrig | object\nrig.masts[] | array\nrig.masts[].height | number\nport.name | string\n",
            &[(TableKind::Object, &["rig", "rig > masts[]", "rig.masts[] > height", "port.name"])],
        );
    }

    #[test]
    fn a_column_tells_the_place_of_each_row() {
        check(
            "# Boat\n\n`PUT /boats/{id}`\n\n|Name|In|Type|Required|\n|--|--|--|--|\n|id|path|string|true|\n|full|query|boolean|false|\n|If-Match|header|string|false|\n|port|query|string|false|\n|crumb|cookie|string|false|\n|body|body|[Boat](#boat)|true|\n|» rig|body|object|true|\n|»» masts|body|integer|false|\n",
            &[
                (TableKind::Path, &["id"]),
                (TableKind::Query, &["full", "port"]),
                (TableKind::Header, &["If-Match"]),
                (TableKind::Cookie, &["crumb"]),
                (TableKind::Body, &["rig", "rig > masts"]),
            ],
        );
    }

    #[test]
    fn a_table_goes_on_after_a_word() {
        let head = "|Name|Type|\n|--|--|\n";
        check(
            &format!(
                "# Boat\n\n{head}|rig|any|\n\nallOf\n\n{head}|» *anonymous*|object|\n|»» masts|integer|\n\ncontinued\n\n{head}|port|string|\n\nMore:\n\n{head}|x|any|\n"
            ),
            &[(TableKind::Object, &["rig", "rig.* > masts", "port"]), (TableKind::Object, &["x"])],
        );
    }
}
