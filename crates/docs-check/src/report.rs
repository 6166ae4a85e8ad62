//! What a check of documents found, and what it read.

use std::collections::BTreeMap;

use estoppel_contract::Contract;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    Document, Facts, Finding, RefusedInclude,
    corpus::Gathering,
    described, extract,
    findings::Findings,
    page::Page,
    rules::{self, allow_unused},
    subjects::Subjects,
    suppression::{self, Suppression},
};

/// The outcome of a check.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What is wrong, in document order.
    pub findings: Vec<Finding>,
    /// How much was read, over all documents.
    pub read: Read,
    /// What the places of findings are about.
    pub(crate) subjects: Subjects,
}

/// Only the findings: counts are for callers that ask.
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
    /// Counts what one more document states.
    fn add(&mut self, facts: &Facts) {
        self.documents += 1;
        self.headings += facts.headings.len();
        self.operations += facts.operations.len();
        self.tables += facts.tables.len();
        self.rows += facts.tables.iter().map(|table| table.rows.len()).sum::<usize>();
        self.word_lists += facts.word_lists.len();
        self.examples += facts.examples.len();
        self.test_values += facts.test_values.len();
        self.error_codes += facts.error_codes.len();
    }

    /// How much documents state.
    pub fn of_documents(documents: &[Document<'_>]) -> Self {
        let mut read = Self::default();
        for document in documents {
            read.add(&extract::read(document.bytes).facts);
        }
        read
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

/// The first document of each name.
struct Pages<'d>(BTreeMap<&'d str, usize>);

impl<'d> Pages<'d> {
    fn new(documents: &[Document<'d>]) -> Self {
        let mut first = BTreeMap::new();
        for (page, document) in documents.iter().enumerate() {
            first.entry(document.name).or_insert(page);
        }
        Self(first)
    }

    fn first(&self, name: &str) -> Option<usize> {
        self.0.get(name).copied()
    }
}

/// The findings that no comment allows, and the comments that allow nothing.
fn suppressed(
    documents: &[Document<'_>],
    comments: &[(usize, Suppression)],
    mut kept: Vec<Finding>,
) -> Vec<Finding> {
    if comments.is_empty() {
        return kept;
    }
    let pages = Pages::new(documents);
    let mut comments_of = suppression::Index::new(comments, |page| {
        documents.get(page).and_then(|document| pages.first(document.name))
    });
    kept.retain(|finding| {
        let page = pages.first(&finding.place.file);
        !page.is_some_and(|page| comments_of.hides(page, finding.rule, finding.place.line))
    });
    let used = comments_of.used();
    let mut unused = Findings::default();
    for ((page, comment), _) in comments.iter().zip(&used).filter(|(_, used)| !**used) {
        unused.report(&allow_unused::RULE, allow_unused::unused(*page, &comment.rule, comment.span));
    }
    kept.extend(unused.finish_in_source(documents));
    let order = |finding: &Finding| {
        let page = pages.first(&finding.place.file);
        (page, finding.place.span, finding.rule)
    };
    kept.sort_by_cached_key(order);
    kept
}

/// Holds documents to themselves, to each other and, where one is given, to a contract.
///
/// Each is read once, looked at by every rule, and let go of. It never fails: what cannot be read is a finding, or is
/// missing from [`Report::read`].
pub fn check(documents: &[Document<'_>], contract: Option<&Contract>) -> Report {
    check_with_refused(documents, contract, &[])
}

/// The same for documents of which the caller did not read all that they include: what it refused is a finding.
pub fn check_with_refused(
    documents: &[Document<'_>],
    contract: Option<&Contract>,
    refused: &[RefusedInclude],
) -> Report {
    let models = contract.map(described::models).unwrap_or_default();
    let mut watches: Vec<_> = rules::ALL.iter().map(|rule| (rule.watch)()).collect();
    let mut findings = Findings::default();
    let (mut gathering, mut subjects) = (Gathering::default(), Subjects::default());
    let (mut read, mut comments) = (Read::default(), Vec::new());
    for (number, document) in documents.iter().enumerate() {
        let page = Page::new(number, extract::read(document.bytes), contract, &models);
        read.add(&page.facts);
        gathering.look(&page);
        subjects.look(document.name, &page);
        comments.extend(suppression::find(&page.text).into_iter().map(|comment| (number, comment)));
        for watch in &mut watches {
            watch.look(&page, &mut findings);
        }
    }
    let corpus = gathering.conclude(documents, contract, refused);
    for watch in watches {
        watch.conclude(&corpus, &mut findings);
    }
    findings.conclude(&corpus);
    // What was gathered is large, and findings are about to be.
    drop(corpus);
    let findings = suppressed(documents, &comments, findings.finish(documents));
    Report { findings, read, subjects }
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
