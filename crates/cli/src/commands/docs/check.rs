//! `estoppel docs check`

use std::path::PathBuf;

use clap::Args;
use estoppel_docs_check::{Document, Report, Severity, check, rules};
use miette::{GraphicalReportHandler, GraphicalTheme};
use serde_json::json;

use super::documents;
use crate::{
    Exit, Failure, Global,
    commands::api,
    report::{Case, ReportArgs},
};

/// What to check.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The API whose contract the documents are held to, such as `carrier`.
    #[arg(long)]
    api: Option<String>,
    /// Explain a rule, or list all of them with `all`.
    #[arg(long, value_name = "RULE")]
    explain: Option<String>,
    /// Documents: Slate or other Markdown, or the text of a page.
    #[arg(required_unless_present = "explain")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    report: ReportArgs,
}

fn explain(name: &str) -> Result<Exit, Failure> {
    if name == "all" {
        for rule in rules() {
            anstream::println!("{:<28} {}", rule.id, rule.name);
        }
        return Ok(Exit::Clean);
    }
    let found = rules().iter().find(|rule| rule.id.eq_ignore_ascii_case(name) || rule.name == name);
    let rule = found.ok_or_else(|| {
        Failure::new(format!("there is no rule `{name}`: `estoppel docs check --explain all` lists them"))
    })?;
    anstream::println!("# {} ({})\n\n{}", rule.id, rule.name, rule.explanation());
    Ok(Exit::Clean)
}

impl CheckArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        match &self.explain {
            Some(rule) => explain(rule),
            None => self.check(global),
        }
    }

    fn check(&self, global: &Global) -> Result<Exit, Failure> {
        let contract =
            self.api.as_deref().map(api).transpose()?.map(estoppel_simulator::Simulation::contract);
        let (read, unreadable) = documents::read_all(&self.files);
        let documents: Vec<Document<'_>> = read.iter().map(documents::LoadedDocument::document).collect();
        let report = check(&documents, contract);
        let nothing = report.read.is_nothing();
        if !nothing {
            self.tell(&report, &documents, global)?;
        }
        if let Some(failure) = unreadable.into_iter().next() {
            return Err(failure);
        }
        if nothing {
            return Err(Failure::new(
                "nothing was found in the documents that could be checked: are they text?",
            ));
        }
        Ok(if report.findings.is_empty() { Exit::Clean } else { Exit::Findings })
    }

    fn tell(&self, report: &Report, documents: &[Document<'_>], global: &Global) -> Result<(), Failure> {
        let theme = if global.color.on_stdout() {
            GraphicalTheme::unicode()
        } else {
            GraphicalTheme::unicode_nocolor()
        };
        let handler = GraphicalReportHandler::new_themed(theme).with_links(false);
        for finding in &report.findings {
            let mut text = String::new();
            let diagnostic = finding.diagnostic(documents);
            if handler.render_report(&mut text, &diagnostic).is_err() {
                text = diagnostic.to_string();
            }
            anstream::println!("{}\n", text.trim_end());
        }
        let document =
            serde_json::to_value(report).unwrap_or_else(|error| json!({"error": error.to_string()}));
        self.report.write("docs-check", &document, || {
            let failed = |finding: &estoppel_docs_check::Finding| Case {
                name: format!("{} {}:{}", finding.rule, finding.place.file, finding.place.line),
                failure: Some(format!("{}\n{}", finding.message, finding.help)),
            };
            report.findings.iter().map(failed).collect()
        })?;
        if !global.quiet {
            let count =
                |severity| report.findings.iter().filter(|finding| finding.severity == severity).count();
            let read = &report.read;
            anstream::eprintln!(
                "read {} operations, {} tables, {} examples; {} errors, {} warnings, {} notes",
                read.operations,
                read.tables,
                read.examples,
                count(Severity::Error),
                count(Severity::Warning),
                count(Severity::Info)
            );
        }
        Ok(())
    }
}
