//! DOC-FIELDS.

use smol_str::SmolStr;

use super::rule;
use crate::{
    TableKind,
    described::row_span,
    findings::{Draft, Findings},
    identifier::one_slip_apart,
    page::Page,
    spot::Spot,
};

rule! {
    /// ## What it does
    /// Compares the names in a table with those of the contract: parameters, members of a body, of a reply, of a
    /// model. Names that the contract holds by inference or by a ruling need not be in the table.
    ///
    /// ## Why is this bad?
    /// What only the table has is ignored by the API; what only the contract has is documented nowhere.
    ///
    /// ## Example
    /// A body table of `name` and `prot` where the contract has `name` and `port`.
    "DOC-FIELDS", "fields-against-contract", Error, Contract
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    for described in &page.described {
        let Some(table) = page.facts.tables.get(described.table) else { continue };
        // Parameters of a path are compared with the path itself.
        if table.kind == TableKind::Path {
            continue;
        }
        let known = described.schema.names();
        let listed: Vec<SmolStr> = table.members().map(|row| row.name.text.clone()).collect();
        let member = |name: &str| described.schema.member(name);
        let missing = known.iter().filter(|name| !listed.iter().any(|listed| listed == name.as_str()));
        let missing = missing.filter(|name| member(name).is_some_and(|member| member.is_documented()));
        let unknown = listed.iter().filter(|name| !known.contains(name.as_str()));
        // Rows such as `owner.name` describe what is inside a member.
        let unknown = unknown.filter(|name| {
            name.split(['.', '[']).next().is_none_or(|first| first == *name || !known.contains(first))
        });
        let compared = Compared {
            subject: described.subject.clone(),
            missing: missing.cloned().collect(),
            unknown: unknown.map(|name| (name.clone(), page.spot(row_span(table, name)))).collect(),
            header: page.spot(table.header),
        };
        compared.report(findings);
    }
}

/// How the rows of a table and the members of what it describes differ.
struct Compared {
    subject: String,
    missing: Vec<String>,
    unknown: Vec<(SmolStr, Spot)>,
    header: Spot,
}

impl Compared {
    /// Which name is meant for which is known when all documents tell which names are spellings of others.
    fn report(self, findings: &mut Findings) {
        if self.missing.is_empty() && self.unknown.is_empty() {
            return;
        }
        findings.later(&RULE, move |corpus| {
            let Self { subject, missing, unknown, header } = self;
            let mut missing: Vec<String> =
                missing.into_iter().filter(|name| !corpus.is_name_variant(name)).collect();
            let unknown: Vec<_> =
                unknown.into_iter().filter(|(name, _)| !corpus.is_name_variant(name)).collect();
            let mut drafts = Vec::new();
            for (name, spot) in &unknown {
                // One name that nobody knows beside one that is missing: one is meant for the other.
                let paired = unknown.len() == 1 && missing.len() == 1;
                let near = missing.iter().position(|other| paired || one_slip_apart(name, other));
                let help = near.map(|index| missing.remove(index)).map_or_else(
                    || "correct the name, or add it to the contract".to_owned(),
                    |near| format!("the contract has `{near}`"),
                );
                let message = format!("{subject} has no `{name}` in the contract");
                let draft = Draft::new(format!("{subject} {name}"), message, help);
                drafts.push(draft.at(*spot, "not in the contract"));
            }
            if !missing.is_empty() {
                let missing = missing.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                let message = format!("the table leaves out {missing}, which {subject} has in the contract");
                let draft = Draft::new(format!("{subject} {missing}"), message, "add the rows");
                drafts.push(draft.at(header, "the table").weighing(crate::Severity::Warning));
            }
            drafts
        });
    }
}
