//! DOC-PATH-PARAMETER.

use std::collections::BTreeMap;

use super::rule;
use crate::{
    Operation, TableKind,
    findings::{Draft, Findings},
    page::Page,
    spot::Spot,
};

rule! {
    /// ## What it does
    /// Finds parameters in the path of an operation that no table of the operation describes, and rows of path
    /// parameters that the path does not have. It asks only in documents that describe path parameters in tables.
    ///
    /// ## Why is this bad?
    /// The reader must guess what to put into the path, or where to put what the table describes.
    ///
    /// ## Example
    /// `GET /boats/{boatId}` beside a table of `shipId`.
    "DOC-PATH-PARAMETER", "path-parameter", Warning, Tables
}

/// Parameter and place of the operation.
type Undescribed<'f> = BTreeMap<String, Vec<(Spot, &'f Operation)>>;

fn check(page: &Page<'_>, findings: &mut Findings) {
    if !page.facts.tables.iter().any(|table| table.kind == TableKind::Path) {
        return;
    }
    let mut undescribed: Undescribed<'_> = BTreeMap::new();
    for operation in &page.facts.operations {
        compare(page, operation, &mut undescribed, findings);
    }
    for (parameter, places) in undescribed {
        let operations: Vec<String> =
            places.iter().map(|(_, operation)| format!("{} {}", operation.method, operation.path)).collect();
        let message =
            format!("no table describes the path parameter `{parameter}` of {}", operations.join(", "));
        let spots = places.into_iter().map(|(spot, _)| (spot, format!("`{parameter}` in the path")));
        let help = "describe the parameter in a table of the operation";
        findings.report(&RULE, Draft::new(&parameter, message, help).at_all(spots));
    }
}

fn compare<'f>(
    page: &'f Page<'_>,
    operation: &'f Operation,
    undescribed: &mut Undescribed<'f>,
    findings: &mut Findings,
) {
    let facts = &page.facts;
    let parameters = parameters(&operation.path);
    let tables = || facts.tables_in(operation.scope).iter();
    let mut named: Vec<&str> = Vec::new();
    for row in tables().filter(|table| table.kind == TableKind::Path).flat_map(|table| &table.rows) {
        let name = row.name.text.as_str();
        named.push(name);
        if !parameters.contains(&name) {
            let message = format!("the path {} has no parameter `{name}`", operation.path);
            let draft = Draft::new(
                format!("{name} {}", operation.path),
                message,
                "name the parameter as the path does",
            );
            let draft = draft.at(page.spot(row.name.span), "not in the path");
            let draft = draft.at(page.spot(operation.span), "the path");
            let name = row.name.text.clone();
            findings.later(&RULE, move |corpus| (!corpus.is_name_variant(&name)).then_some(draft));
        }
    }
    // A table of another kind may describe it too, where the document does not divide them.
    let divided = tables().any(|table| table.kind == TableKind::Path);
    let described = |name: &str| {
        let telling = tables().filter(|table| !divided || table.kind == TableKind::Path);
        telling.flat_map(|table| &table.rows).any(|row| row.name.text == name)
    };
    let misnamed = named.iter().any(|name| !parameters.contains(name));
    for parameter in parameters {
        if !misnamed && !described(parameter) {
            let place = (page.spot(operation.span), operation);
            undescribed.entry(parameter.to_owned()).or_default().push(place);
        }
    }
}

/// The names of `{name}` and `:name` in a path.
fn parameters(path: &str) -> Vec<&str> {
    // A parameter in braces can be a part of a segment, as in `/boats/{boatId}:sink`.
    let braced = path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
    let segments = path.split(['/', '(', ')', '.']);
    let marked = segments.filter_map(|segment| segment.strip_prefix(':')).filter(|name| !name.contains('{'));
    braced.chain(marked).filter(|name| !name.is_empty()).collect()
}
