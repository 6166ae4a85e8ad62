//! `estoppel docs`

use std::{fs, path::PathBuf};

use clap::{Args, Subcommand};
use estoppel_docs_check::{Document, Report, Severity, check, rules};
use miette::{GraphicalReportHandler, GraphicalTheme};
use serde_json::json;

use super::api;
use crate::{
    Exit, Failure, Global,
    report::{Case, ReportArgs},
};

/// Check published documents.
#[derive(Debug, Subcommand)]
pub enum DocsCommand {
    /// Find where documents contradict themselves, each other, or the contract.
    #[command(after_help = "Examples:\n  \
        estoppel docs check reference.md\n  \
        estoppel docs check --api carrier 001.txt 002.txt --report json\n  \
        estoppel docs check --explain DOC-HOST")]
    Check(CheckArgs),
}

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

impl DocsCommand {
    pub(crate) fn run(self, global: &Global) -> Result<Exit, Failure> {
        let Self::Check(args) = self;
        match &args.explain {
            Some(rule) => explain(rule),
            None => args.check(global),
        }
    }
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
    fn check(&self, global: &Global) -> Result<Exit, Failure> {
        let contract =
            self.api.as_deref().map(api).transpose()?.map(estoppel_simulator::Simulation::contract);
        let mut read = Vec::new();
        let mut unreadable = Vec::new();
        for path in &self.files {
            match fs::read(path) {
                Ok(bytes) => read.push((path.display().to_string(), bytes)),
                Err(error) => unreadable.push(Failure::file(path, "read", &error)),
            }
        }
        let documents: Vec<Document<'_>> =
            read.iter().map(|(name, bytes)| Document { name, bytes }).collect();
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
