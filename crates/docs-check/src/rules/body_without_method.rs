//! DOC-BODY-METHOD.

use super::rule;
use crate::{
    TableKind,
    findings::{Draft, Findings},
    page::Page,
};

rule! {
    /// ## What it does
    /// Finds operations that are called with GET, HEAD or DELETE and have a table of a request body.
    ///
    /// ## Why is this bad?
    /// HTTP gives such a body no meaning: many clients and proxies drop it, and the operation then fails.
    ///
    /// ## Example
    /// `DELETE /boats` with a body of `boatIds`.
    "DOC-BODY-METHOD", "body-without-method", Info, Requiredness
}

fn check(page: &Page<'_>, findings: &mut Findings) {
    // What a contract has too is how the API is, and no slip of the document.
    if page.contract.is_some() {
        return;
    }
    for operation in &page.facts.operations {
        if !["GET", "HEAD", "DELETE"].contains(&operation.method.as_str()) {
            continue;
        }
        let mut tables = page.facts.tables_in(operation.scope).iter();
        let body = tables.find(|table| table.kind == TableKind::Body);
        let Some(body) = body else { continue };
        let (method, path) = (&operation.method, &operation.path);
        let message = format!("{method} {path} has a request body, which {method} gives no meaning");
        let table = (page.spot(body.header), "its body".to_owned());
        let draft = Draft::new(path, message, "say so where the method stands, or use POST");
        findings.report(&RULE, draft.at(page.spot(operation.span), "the method").at_all([table]));
    }
}
