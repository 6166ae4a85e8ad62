//! What a check of documents found, and what it read.

use estoppel_contract::Contract;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    Document, Facts, Finding,
    corpus::{Corpus, Findings, Page},
    rules::{self, allow_unused},
    suppression::{self, Suppression},
};

/// The outcome of a check.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What is wrong, in document order.
    pub findings: Vec<Finding>,
    /// What each document states, in the order given.
    pub facts: Vec<(String, Facts)>,
    /// How much was read, over all documents.
    pub read: Read,
}

/// Only the findings: facts and counts are for callers that ask.
impl Serialize for Report {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut object = serializer.serialize_struct("Report", 1)?;
        object.serialize_field("findings", &self.findings)?;
        object.end()
    }
}

/// The JSON Schema of a [`Report`].
pub fn report_schema() -> Value {
    let text = |description: &str| json!({"description": description, "type": "string"});
    let number = |description: &str| json!({"description": description, "type": "integer", "minimum": 1});
    let place = [
        ("file", text("The document.")),
        ("line", number("Line of the first character, from one.")),
        ("column", number("Column of the first character, from one, in characters.")),
        ("endLine", number("Line of the end.")),
        ("endColumn", number("Column after the last character.")),
    ];
    let object = |description: &str, members: &[(&str, Value)]| {
        let properties: Map<String, Value> =
            members.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
        let required: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
        json!({
            "description": description,
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        })
    };
    let mut occurrence = place.to_vec();
    occurrence.push(("label", text("What stands there, in a few words; may be empty.")));
    let mut finding = vec![
        (
            "rule",
            json!({"description": "The id of the rule.", "type": "string", "pattern": "^DOC-[A-Z0-9-]+$"}),
        ),
        ("severity", json!({"description": "How much it weighs.", "enum": ["info", "warning", "error"]})),
        ("message", text("What is wrong, in one sentence.")),
        ("help", text("What cures it.")),
    ];
    finding.extend(place);
    finding.push((
        "fingerprint",
        json!({
            "description": "Stays the same when lines move.", "type": "string", "pattern": "^[0-9a-f]{16}$",
        }),
    ));
    finding.push((
        "occurrences",
        json!({
            "description": "The other places that the same cause touches.",
            "type": "array",
            "items": object("A place.", &occurrence),
        }),
    ));
    let findings = json!({
        "description": "What is wrong, in document order.",
        "type": "array",
        "items": object("One contradiction or gap.", &finding),
    });
    let mut schema = object("What a check of documents found.", &[("findings", findings)]);
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
        schema.insert("title".to_owned(), "Findings of documents".into());
    }
    schema
}

/// How much was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Read {
    /// Documents.
    pub documents: usize,
    /// Headings.
    pub headings: usize,
    /// Operations.
    pub operations: usize,
    /// Tables of parameters or fields.
    pub tables: usize,
    /// Rows of these tables.
    pub rows: usize,
    /// Lists of words that a field can hold.
    pub word_lists: usize,
    /// JSON examples.
    pub examples: usize,
    /// Magic inputs.
    pub test_values: usize,
    /// Error codes.
    pub error_codes: usize,
}

impl Read {
    fn of(facts: &[(String, Facts)]) -> Self {
        let mut read = Self { documents: facts.len(), ..Self::default() };
        for (_, facts) in facts {
            read.headings += facts.headings.len();
            read.operations += facts.operations.len();
            read.tables += facts.tables.len();
            read.rows += facts.tables.iter().map(|table| table.rows.len()).sum::<usize>();
            read.word_lists += facts.word_lists.len();
            read.examples += facts.examples.len();
            read.test_values += facts.test_values.len();
            read.error_codes += facts.error_codes.len();
        }
        read
    }

    /// How much documents state.
    pub fn of_documents(documents: &[Document<'_>]) -> Self {
        let facts = documents.iter().map(|document| (document.name.to_owned(), crate::extract(document)));
        Self::of(&facts.collect::<Vec<_>>())
    }

    /// Whether nothing was found that could be checked: that a check of it finds nothing says nothing.
    pub const fn is_nothing(&self) -> bool {
        self.operations == 0
            && self.tables == 0
            && self.examples == 0
            && self.word_lists == 0
            && self.test_values == 0
            && self.error_codes == 0
    }
}

/// The findings that no comment allows, and the comments that allow nothing.
fn suppressed(corpus: &Corpus<'_>, findings: Findings<'_>) -> Vec<Finding> {
    let pages = corpus.pages();
    let comments: Vec<(usize, Suppression)> = pages
        .flat_map(|(page, read)| suppression::find(&read.text).into_iter().map(move |found| (page, found)))
        .collect();
    if comments.is_empty() {
        return findings.finish();
    }
    let mut used = vec![false; comments.len()];
    let hide = |finding: &Finding| {
        let mut hidden = false;
        for ((page, comment), used) in comments.iter().zip(&mut used) {
            let here = corpus.pages.get(*page).is_some_and(|read| read.name == finding.place.file);
            if here && comment.covers(finding.rule, finding.place.line) {
                (hidden, *used) = (true, true);
            }
        }
        !hidden
    };
    let mut kept = findings.finish();
    kept.retain(hide);
    let mut unused = Findings::new(corpus);
    for ((page, comment), _) in comments.iter().zip(&used).filter(|(_, used)| !**used) {
        unused
            .report_in_source(&allow_unused::RULE, allow_unused::unused(*page, &comment.rule, comment.span));
    }
    kept.extend(unused.finish());
    let order = |finding: &Finding| {
        let page = corpus.pages.iter().position(|page| page.name == finding.place.file);
        (page, finding.place.span, finding.rule)
    };
    kept.sort_by_cached_key(order);
    kept
}

/// Holds documents to themselves, to each other and, where one is given, to a contract.
///
/// It never fails: what cannot be read is a finding, or is missing from [`Report::read`].
pub fn check(documents: &[Document<'_>], contract: Option<&Contract>) -> Report {
    let corpus = Corpus::new(documents, contract);
    let mut findings = Findings::new(&corpus);
    for rule in rules::ALL {
        (rule.check)(&corpus, &mut findings);
    }
    let findings = suppressed(&corpus, findings);
    let facts = corpus.pages.into_iter().map(|Page { name, text, mut facts, .. }| {
        facts.relocate(|span| text.in_source(span));
        (name, facts)
    });
    let facts: Vec<_> = facts.collect();
    let read = Read::of(&facts);
    Report { findings, facts, read }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_fit_their_schema() {
        let page = "# A\n\n```json\n{\"a\": 1, // b\n\"b\": 2,}\n```\n";
        let report = check(&[Document { name: "a.md", bytes: page.as_bytes() }], None);
        let checker = estoppel_contract::Checker::new(report_schema()).unwrap();
        assert_eq!(checker.check(&serde_json::to_value(&report).unwrap()).len(), 0);
        assert_ne!(checker.check(&json!({"findings": [{}]})).len(), 0);
    }
}
