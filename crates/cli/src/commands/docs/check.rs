//! `estoppel docs check`

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use estoppel_docs_check::{
    Baseline, Document, Finding, Report, Selector, Severity, Sources, check_with_refused, ledger, rules,
    select,
};
use miette::{GraphicalReportHandler, GraphicalTheme};

use super::{documents, escaped, reports::FindingReports};
use crate::{
    Exit, Failure, Global,
    commands::api,
    console::print_rendered,
    err_line,
    input_file::{self, ByteLimit},
    out_line, out_text, output_file,
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
    /// Documents: Slate or other Markdown, HTML, or the text of a page; what they include comes with them, from the
    /// folder of the page and those below it. A document has at most 64 MiB, and all of them 128 MiB. `-` reads
    /// standard input, which includes nothing.
    #[arg(required_unless_present = "explain")]
    files: Vec<PathBuf>,
    /// Leave out what these rules find: an id, a name, a group such as `examples`, or `info`.
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = selector)]
    allow: Vec<Selector>,
    /// Make errors of what these rules find, even if it is allowed.
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = selector)]
    deny: Vec<Selector>,
    /// The least weight of a finding that makes the check fail.
    #[arg(long, value_enum, default_value_t = FailOn::Info)]
    fail_on: FailOn,
    /// File of findings that are known and accepted.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Accept everything that is found now: write it to the baseline.
    #[arg(long, requires = "baseline", conflicts_with = "prune_baseline")]
    update_baseline: bool,
    /// Take out of the baseline what is not found any more.
    #[arg(long, requires = "baseline")]
    prune_baseline: bool,
    /// File for the ledger: ambiguities with stable ids and the readings that answer them, as JSON.
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    #[command(flatten)]
    reports: FindingReports,
}

/// The least weight of a finding that makes a check fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Any finding.
    Info,
    /// A warning or an error.
    Warning,
    /// An error.
    Error,
}

impl FailOn {
    const fn severity(self) -> Severity {
        match self {
            Self::Info => Severity::Info,
            Self::Warning => Severity::Warning,
            Self::Error => Severity::Error,
        }
    }
}

fn selector(word: &str) -> Result<Selector, String> {
    Selector::parse(word).ok_or_else(|| {
        "it is no rule, group or weight: `estoppel docs check --explain all` lists them".to_owned()
    })
}

fn explain(name: &str) -> Result<Exit, Failure> {
    if name == "all" {
        for rule in rules() {
            out_line!(
                "{:<28} {:<13} {:<8} {}",
                rule.id,
                rule.group.as_str(),
                rule.severity.as_str(),
                rule.name
            );
        }
        return Ok(Exit::Clean);
    }
    let found = rules().iter().find(|rule| rule.id.eq_ignore_ascii_case(name) || rule.name == name);
    let rule = found.ok_or_else(|| {
        Failure::new(format!("there is no rule `{name}`: `estoppel docs check --explain all` lists them"))
    })?;
    let (group, severity) = (rule.group.as_str(), rule.severity.as_str());
    out_text!(
        "# {} ({})\n\nGroup: {group}. Severity: {severity}.\n\n{}",
        rule.id,
        rule.name,
        rule.explanation()
    );
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
        let baseline = self.read_baseline()?;
        let read = documents::read_all(&self.files);
        let documents = read.documents();
        let mut report = check_with_refused(&documents, contract, &read.refused);
        report.findings = select(std::mem::take(&mut report.findings), &self.allow, &self.deny);
        if let Some(path) = &self.ledger {
            let ledger = serde_json::to_string_pretty(&ledger(&report, contract))
                .map_err(|error| Failure::new(format!("cannot write the ledger: {error}")))?;
            output_file::write(path, format!("{ledger}\n").as_bytes())?;
        }
        let updated = self.write_baseline(&report.findings, &baseline)?;
        let known = report.findings.iter().filter(|finding| updated.accepts(finding)).count();
        report.findings.retain(|finding| !updated.accepts(finding));
        let nothing = report.read.is_nothing();
        if !nothing || !report.findings.is_empty() {
            self.tell(&report, &documents, global);
            self.reports.write(&report, &documents)?;
            if !global.quiet {
                count(&report, known);
            }
        }
        if let Some(failure) = read.failures.into_iter().next() {
            return Err(failure);
        }
        if nothing {
            return Err(Failure::new(
                "nothing was found in the documents that could be checked: are they text?",
            ));
        }
        let fails = report.findings.iter().any(|finding| finding.severity >= self.fail_on.severity());
        Ok(if fails { Exit::Findings } else { Exit::Clean })
    }

    fn read_baseline(&self) -> Result<Baseline, Failure> {
        let Some(path) = &self.baseline else { return Ok(Baseline::default()) };
        if self.update_baseline && !path.exists() {
            return Ok(Baseline::default());
        }
        let text = input_file::read_text(path, ByteLimit::OWN)?;
        Baseline::parse(&text)
            .map_err(|error| Failure::new(format!("{} is no baseline: {error}", path.display())))
    }

    /// The baseline as it is after this run.
    fn write_baseline(&self, findings: &[Finding], before: &Baseline) -> Result<Baseline, Failure> {
        let Some(path) = &self.baseline else { return Ok(before.clone()) };
        let after = if self.update_baseline {
            Baseline::of(findings)
        } else if self.prune_baseline {
            before.pruned(findings)
        } else {
            return Ok(before.clone());
        };
        output_file::write(path, after.to_text().as_bytes())?;
        err_line!("{} accepts {} findings, {} before", path.display(), after.len(), before.len());
        Ok(after)
    }

    fn tell(&self, report: &Report, documents: &[Document<'_>], global: &Global) {
        if self.reports.annotates() {
            return;
        }
        let theme = if global.color.on_stdout() {
            GraphicalTheme::unicode()
        } else {
            GraphicalTheme::unicode_nocolor()
        };
        let handler = GraphicalReportHandler::new_themed(theme).with_links(false);
        let has_findings = |document: &&Document<'_>| {
            let places =
                report.findings.iter().flat_map(|finding| finding.occurrences.iter().chain([&finding.place]));
            places.map(|place| place.file.as_str()).any(|file| file == document.name)
        };
        let escaped: Vec<_> = documents.iter().filter(has_findings).map(escaped::document).collect();
        let shown: Vec<_> =
            escaped.iter().map(|(name, text)| Document { name, bytes: text.as_bytes() }).collect();
        let sources = Sources::new(&shown);
        for finding in &report.findings {
            let mut text = String::new();
            let diagnostic = escaped::finding(finding).diagnostic(&sources);
            if handler.render_report(&mut text, &diagnostic).is_err() {
                text = diagnostic.to_string();
            }
            print_rendered(&format!("{}\n", text.trim_end()));
        }
    }
}

fn count(report: &Report, known: usize) {
    let count = |severity| report.findings.iter().filter(|finding| finding.severity == severity).count();
    let read = &report.read;
    let accepted = if known > 0 { format!("; {known} accepted by the baseline") } else { String::new() };
    err_line!(
        "read {} operations, {} tables, {} examples; {} errors, {} warnings, {} notes{accepted}",
        read.operations,
        read.tables,
        read.examples,
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Info)
    );
}
