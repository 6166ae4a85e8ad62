//! Findings in the forms that other tools read.

mod annotations;
mod page;
mod sarif;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use estoppel_docs_check::{Document, Finding, Report};

use crate::{
    Failure, out_line,
    report::{Case, junit, write_file},
};

/// Which reports are written, and where.
#[derive(Clone, Debug, Args)]
pub(super) struct FindingReports {
    /// Reports to write, separated by commas. `github` goes to standard output, in place of the findings.
    #[arg(long, value_enum, value_delimiter = ',')]
    report: Vec<FindingReport>,
    /// Folder for the reports.
    #[arg(long, default_value = "reports", value_name = "FOLDER")]
    report_dir: PathBuf,
}

/// The form of a report of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FindingReport {
    /// Everything, as JSON.
    Json,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
    /// For a CI server, as `JUnit` XML.
    Junit,
    /// Annotations of a workflow.
    Github,
    /// One page that shows the documents with the findings beside their lines.
    Html,
}

impl FindingReports {
    /// Whether standard output is for annotations.
    pub(super) fn annotates(&self) -> bool {
        self.report.contains(&FindingReport::Github)
    }

    /// Writes what was asked for.
    pub(super) fn write(&self, report: &Report, documents: &[Document<'_>]) -> Result<(), Failure> {
        for form in &self.report {
            let (extension, text) = match form {
                FindingReport::Json => ("json", json(report)?),
                FindingReport::Sarif => ("sarif", format!("{:#}\n", sarif::log(&report.findings))),
                FindingReport::Junit => {
                    ("xml", junit("docs-check", report.findings.iter().map(case).collect())?)
                }
                FindingReport::Html => ("html", page::page(report, documents)),
                FindingReport::Github => {
                    for line in annotations::lines(&report.findings).lines() {
                        out_line!("{line}");
                    }
                    continue;
                }
            };
            write_file(&self.report_dir, &format!("docs-check.{extension}"), &text)?;
        }
        Ok(())
    }
}

fn json(report: &Report) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(report);
    text.map(|text| format!("{text}\n"))
        .map_err(|error| Failure::new(format!("cannot write the report: {error}")))
}

fn case(finding: &Finding) -> Case {
    Case {
        name: format!("{} {}:{}", finding.rule, finding.place.file, finding.place.line),
        failure: Some(format!("{}\n{}", finding.message, finding.help)),
    }
}
