//! A finding as a `miette` diagnostic, with the lines that it is about.

use std::fmt;

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};

use crate::{Document, Finding, Place, Severity, text::Text};

/// A finding with the text of its documents, ready to be rendered.
#[derive(Debug)]
pub struct FindingDiagnostic {
    finding: Finding,
    source: Option<NamedSource<String>>,
    labels: Vec<LabeledSpan>,
    /// The occurrences in each other document.
    elsewhere: Vec<Elsewhere>,
}

impl Finding {
    /// The finding with the text of the documents that it is about, out of those that were checked.
    ///
    /// A place in a document that is not among them is told without its text.
    pub fn diagnostic(&self, documents: &[Document<'_>]) -> FindingDiagnostic {
        let here = |place: &&Place| place.file == self.place.file;
        let places = std::iter::once(&self.place).chain(self.occurrences.iter().filter(here));
        let mut elsewhere: Vec<Elsewhere> = Vec::new();
        for place in self.occurrences.iter().filter(|place| !here(place)) {
            match elsewhere.iter_mut().find(|known| known.file == place.file) {
                Some(known) => known.labels.push(label(place)),
                None => elsewhere.push(Elsewhere {
                    file: place.file.to_string(),
                    source: source(documents, &place.file),
                    labels: vec![label(place)],
                }),
            }
        }
        FindingDiagnostic {
            source: source(documents, &self.place.file),
            labels: places.map(label).collect(),
            elsewhere,
            finding: self.clone(),
        }
    }
}

fn source(documents: &[Document<'_>], name: &str) -> Option<NamedSource<String>> {
    let document = documents.iter().find(|document| document.name == name)?;
    Some(NamedSource::new(name, Text::new(document.bytes).source().to_owned()))
}

fn label(place: &Place) -> LabeledSpan {
    let text = (!place.label.is_empty()).then(|| place.label.to_string());
    LabeledSpan::new(text, place.span.start, place.span.end - place.span.start)
}

impl fmt::Display for FindingDiagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.finding.message)
    }
}

impl std::error::Error for FindingDiagnostic {}

impl Diagnostic for FindingDiagnostic {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.finding.rule))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Info => miette::Severity::Advice,
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.finding.help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.source.as_ref()?;
        Some(Box::new(self.labels.iter().cloned()))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.elsewhere.iter().map(|place| place as &dyn Diagnostic)))
    }
}

/// The occurrences of a finding in another document.
#[derive(Debug)]
struct Elsewhere {
    file: String,
    source: Option<NamedSource<String>>,
    labels: Vec<LabeledSpan>,
}

impl fmt::Display for Elsewhere {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the same in {}", self.file)
    }
}

impl std::error::Error for Elsewhere {}

impl Diagnostic for Elsewhere {
    fn severity(&self) -> Option<miette::Severity> {
        Some(miette::Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.source.as_ref()?;
        Some(Box::new(self.labels.iter().cloned()))
    }
}

#[cfg(test)]
mod tests {
    use crate::{Document, check as check_documents};
    use miette::Diagnostic;

    fn check(page: &str, expected: (&str, usize)) {
        let documents = [Document { name: "page.md", bytes: page.as_bytes() }];
        let report = check_documents(&documents, None);
        let diagnostic = report.findings.first().unwrap().diagnostic(&documents);
        let code = diagnostic.code().unwrap().to_string();
        assert_eq!((code.as_str(), diagnostic.labels().unwrap().count()), expected);
    }

    #[test]
    fn findings_point_into_their_documents() {
        check("# A\n\n```json\n{\"a\": 1, // b\n\"b\": 2,}\n```\n", ("DOC-JSON-INVALID", 2));
    }
}
