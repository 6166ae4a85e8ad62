//! DOC-NAME-VARIANT.

use std::collections::BTreeSet;

use super::rule;
use crate::{
    Example, Role, Row, Span, TableKind,
    corpus::Corpus,
    findings::{Draft, Findings},
    identifier::words,
    name_variants::{NameVariant, Resemblance},
    page::Page,
    spot::Spots,
    watch::Watch,
};

rule! {
    /// ## What it does
    /// Finds names of fields and parameters that look like one name in two spellings: a plural inside the name, other
    /// capitals, another order of words, one wrong letter. Two names of one table or one object are two names.
    /// It also finds a reply that calls a query parameter by a shorter name.
    ///
    /// ## Why is this bad?
    /// One of the two spellings does not work, and a silent server ignores it.
    ///
    /// ## Example
    /// A table that says `ownersName` beside an example that says `ownerName`.
    "DOC-NAME-VARIANT", "contradictory-names", Error, Names, ContradictoryNames
}

/// Names are noted with what all documents tell.
#[derive(Default)]
struct ContradictoryNames;

impl Watch for ContradictoryNames {
    fn look(&mut self, page: &Page<'_>, findings: &mut Findings) {
        // A contract has each of the two names or not, and rules that compare with it tell which.
        if page.contract.is_some() {
            return;
        }
        let mut known: Option<(usize, Vec<&Row>)> = None;
        let mut drafts = SHORTENED_MAX;
        for example in page.facts.examples.iter().filter(|example| example.role == Role::Reply) {
            let Some(operation) = page.facts.operation_at(example.span) else { continue };
            let place = operation.span.start;
            let rows = match &known {
                Some((known, rows)) if *known == place => rows,
                _ => &known.insert((place, query_rows(page, operation.scope))).1,
            };
            for draft in shortened(page, example, rows).into_iter().take(drafts) {
                drafts -= 1;
                findings.report(&RULE, draft);
            }
        }
    }

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        let mut places = PLACES_MAX;
        for variant in &corpus.name_variants.variants {
            let wanted = variant.left_spots.len() + variant.right_spots.len();
            let most = if wanted > places { PLACES_MIN } else { wanted };
            places = places.saturating_sub(wanted);
            findings.report(&RULE, two_spellings(variant, most));
        }
    }
}

/// Members of one document that are reported for a shorter name.
const SHORTENED_MAX: usize = 1_000;

/// Places that are named for all pairs; pairs after that name only the first of theirs.
const PLACES_MAX: usize = 500_000;
const PLACES_MIN: usize = 10;

fn two_spellings(variant: &NameVariant, places_max: usize) -> Draft {
    let NameVariant { left, right, resemblance, left_spots, right_spots } = variant;
    let difference = match resemblance {
        Resemblance::Case => "capitals or separators",
        Resemblance::Order => "the order of their words",
        Resemblance::Number => "singular and plural",
        Resemblance::Letter => "one letter",
    };
    let message = format!(
        "`{left}` ({}) and `{right}` ({}) differ only in {difference}",
        super::count(left_spots.len(), "place"),
        super::count(right_spots.len(), "place"),
    );
    let label = |name: &str| format!("`{name}` here");
    let places = |spots: &Spots, name: &str| -> Vec<_> {
        spots.iter().take(places_max).map(|spot| (spot, label(name))).collect()
    };
    Draft::new(format!("{left} {right}"), message, "spell the name in one way")
        .at_all(places(left_spots, left))
        .at_all(places(right_spots, right))
}

/// The rows of an operation's query parameters; a table of more is no table of parameters.
fn query_rows<'p>(page: &'p Page<'_>, scope: Span) -> Vec<&'p Row> {
    let tables = page.facts.tables_in(scope).iter();
    let query = tables.filter(|table| table.kind == TableKind::Query);
    let rows: Vec<&Row> = query.flat_map(|table| &table.rows).take(ROWS_MAX + 1).collect();
    if rows.len() > ROWS_MAX { Vec::new() } else { rows }
}

/// Query parameters that an operation has at most.
const ROWS_MAX: usize = 256;
/// Members of a reply that is looked at for them.
const MEMBERS_MAX: usize = 4_096;

/// Members of a reply that echo a query parameter under the first word or words of its name, beside another
/// parameter that is echoed under its full name.
fn shortened(page: &Page<'_>, example: &Example, rows: &[&Row]) -> Vec<Draft> {
    if rows.is_empty() || example.members.len() > MEMBERS_MAX {
        return Vec::new();
    }
    let parent =
        |pointer: &str| pointer.rsplit_once('/').map_or(String::new(), |(parent, _)| parent.to_owned());
    let named: BTreeSet<&str> = rows.iter().map(|row| row.name.text.as_str()).collect();
    let keys: BTreeSet<&str> = example.members.iter().map(|member| member.key.as_str()).collect();
    let echoed_keys: BTreeSet<&str> = keys.intersection(&named).copied().collect();
    let longs: Vec<Vec<String>> = rows.iter().map(|row| words(&row.name.text)).collect();
    let echoed: BTreeSet<String> = example
        .members
        .iter()
        .filter(|member| named.contains(member.key.as_str()))
        .map(|member| parent(&member.pointer))
        .collect();
    let mut drafts = Vec::new();
    for member in example.members.iter().filter(|member| echoed.contains(&parent(&member.pointer))) {
        let short = words(&member.key);
        for (row, long) in rows.iter().zip(&longs) {
            if long.len() > short.len()
                && long.starts_with(&short)
                && !keys.contains(row.name.text.as_str())
                && short != ["id"]
            {
                let name = &row.name.text;
                // Another parameter with the same beginning makes the short name a name of its own.
                let alike = longs.iter().filter(|other| other.starts_with(&short)).take(2).count();
                if alike == 1 || echoed_keys.iter().any(|other| *other != member.key.as_str()) {
                    let message = format!("the reply calls `{}` what the query calls `{name}`", member.key);
                    drafts.push(
                        Draft::new(
                            format!("{} {name}", member.key),
                            message,
                            "use one name in query and reply",
                        )
                        .at(page.spot(member.key_span), format!("`{}` here", member.key))
                        .at(page.spot(row.name.span), format!("`{name}` here"))
                        .weighing(crate::Severity::Warning),
                    );
                }
            }
        }
    }
    drafts
}
