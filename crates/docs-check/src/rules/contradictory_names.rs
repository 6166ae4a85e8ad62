//! DOC-NAME-VARIANT.

use std::collections::BTreeSet;

use super::rule;
use crate::{
    Example, Role, Row, TableKind,
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
        for example in page.facts.examples.iter().filter(|example| example.role == Role::Reply) {
            let Some(operation) = page.facts.operation_at(example.span) else { continue };
            let tables = page.facts.tables_in(operation.scope).iter();
            let query = tables.filter(|table| table.kind == TableKind::Query);
            let rows: Vec<&Row> = query.flat_map(|table| &table.rows).collect();
            for draft in shortened(page, example, &rows) {
                findings.report(&RULE, draft);
            }
        }
    }

    fn conclude(self: Box<Self>, corpus: &Corpus<'_>, findings: &mut Findings) {
        for variant in &corpus.name_variants.variants {
            findings.report(&RULE, two_spellings(variant));
        }
    }
}

fn two_spellings(variant: &NameVariant) -> Draft {
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
    let places =
        |spots: &Spots, name: &str| -> Vec<_> { spots.iter().map(|spot| (spot, label(name))).collect() };
    Draft::new(format!("{left} {right}"), message, "spell the name in one way")
        .at_all(places(left_spots, left))
        .at_all(places(right_spots, right))
}

/// Members of a reply that echo a query parameter under the first word or words of its name, beside another
/// parameter that is echoed under its full name.
fn shortened(page: &Page<'_>, example: &Example, rows: &[&Row]) -> Vec<Draft> {
    let parent =
        |pointer: &str| pointer.rsplit_once('/').map_or(String::new(), |(parent, _)| parent.to_owned());
    let echoed: BTreeSet<String> = example
        .members
        .iter()
        .filter(|member| rows.iter().any(|row| row.name.text == member.key))
        .map(|member| parent(&member.pointer))
        .collect();
    let known = |key: &str| example.members.iter().any(|member| member.key == key);
    let mut drafts = Vec::new();
    for member in example.members.iter().filter(|member| echoed.contains(&parent(&member.pointer))) {
        let short = words(&member.key);
        for row in rows {
            let long = words(&row.name.text);
            if long.len() > short.len()
                && long.starts_with(&short)
                && !known(&row.name.text)
                && short != ["id"]
            {
                let name = &row.name.text;
                // Another parameter with the same beginning makes the short name a name of its own.
                if rows.iter().filter(|other| words(&other.name.text).starts_with(&short)).count() == 1
                    || example.members.iter().any(|other| {
                        other.key != member.key && rows.iter().any(|row| row.name.text == other.key)
                    })
                {
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
