//! A finding as a `miette` diagnostic, with the lines that it is about.

mod excerpt;
mod sources;

use std::fmt;

use miette::{Diagnostic, LabeledSpan, SourceCode};

use crate::{Finding, Place, Severity};
use excerpt::Excerpt;
pub use sources::Sources;

/// Places of a finding that are shown at most; reports for programs list all.
const PLACES_MAX: usize = 30;

/// Characters of a message that are shown; a renderer that breaks lines must not get a list of everything.
const MESSAGE_MAX: usize = 4_000;

/// A finding with the lines that it is about, ready to be rendered.
#[derive(Debug)]
pub struct FindingDiagnostic {
    finding: Finding,
    help: String,
    shown: Shown,
    /// The occurrences in each other document.
    elsewhere: Vec<Elsewhere>,
}

/// Places in one document.
#[derive(Debug)]
struct Shown {
    excerpt: Option<Excerpt>,
    labels: Vec<LabeledSpan>,
}

impl Finding {
    /// The finding with the lines that it is about, out of the documents that were checked.
    ///
    /// A place in a document that is not among them is told without its text. Long lines are cut, and of very many
    /// places only the first are shown.
    pub fn diagnostic(&self, sources: &Sources<'_>) -> FindingDiagnostic {
        let mut files: Vec<(&str, Vec<&Place>)> = vec![(&self.place.file, vec![&self.place])];
        for place in self.occurrences.iter().take(PLACES_MAX - 1) {
            match files.iter_mut().find(|(file, _)| *file == place.file) {
                Some((_, places)) => places.push(place),
                None => files.push((&place.file, vec![place])),
            }
        }
        let mut shown = files.iter().map(|(file, places)| Shown::new(sources, file, places));
        let here = shown.next().unwrap_or(Shown { excerpt: None, labels: Vec::new() });
        let others = files.iter().skip(1).map(|(file, _)| (*file).to_owned());
        let left_out = self.occurrences.len().saturating_sub(PLACES_MAX - 1);
        let more = match left_out {
            0 => String::new(),
            _ => format!(" (and {left_out} more places)"),
        };
        FindingDiagnostic {
            help: format!("{}{more}", self.help),
            elsewhere: others.zip(shown).map(|(file, shown)| Elsewhere { file, shown }).collect(),
            shown: here,
            finding: self.clone(),
        }
    }
}

impl Shown {
    fn new(sources: &Sources<'_>, file: &str, places: &[&Place]) -> Self {
        let spans: Vec<_> = places.iter().map(|place| place.span).collect();
        let excerpt = sources.find(file).map(|source| Excerpt::new(source, &spans));
        let label = |place: &&Place| {
            let text = (!place.label.is_empty()).then(|| place.label.to_string());
            let span = excerpt.as_ref()?.place(place.span)?;
            Some(LabeledSpan::new(text, span.start, span.end - span.start))
        };
        Self { labels: places.iter().filter_map(label).collect(), excerpt }
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.excerpt.as_ref()?;
        Some(Box::new(self.labels.iter().cloned()))
    }
}

impl fmt::Display for FindingDiagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = &self.finding.message;
        match message.char_indices().nth(MESSAGE_MAX) {
            Some((end, _)) => {
                let more = message.get(end..).unwrap_or_default().chars().count();
                write!(formatter, "{}… ({more} more characters)", message.get(..end).unwrap_or_default())
            }
            None => formatter.write_str(message),
        }
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
        Some(Box::new(&self.help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.shown.source_code()
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.shown.labels()
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.elsewhere.iter().map(|place| place as &dyn Diagnostic)))
    }
}

/// The occurrences of a finding in another document.
#[derive(Debug)]
struct Elsewhere {
    file: String,
    shown: Shown,
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
        self.shown.source_code()
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.shown.labels()
    }
}

#[cfg(test)]
mod tests {
    use super::Sources;
    use crate::{Document, check as check_documents};
    use miette::Diagnostic;

    fn check(page: &str, expected: (&str, usize)) {
        let documents = [Document { name: "page.md", bytes: page.as_bytes() }];
        let report = check_documents(&documents, None);
        let diagnostic = report.findings.first().unwrap().diagnostic(&Sources::new(&documents));
        let code = diagnostic.code().unwrap().to_string();
        assert_eq!((code.as_str(), diagnostic.labels().unwrap().count()), expected);
    }

    #[test]
    fn findings_point_into_their_documents() {
        check("# A\n\n```json\n{\"a\": 1, // b\n\"b\": 2,}\n```\n", ("DOC-JSON-INVALID", 2));
    }
}
