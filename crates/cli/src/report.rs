//! Reports in files.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::{
    Failure,
    console::{lines, one_line},
    output_file,
};

/// Which reports are written, and where.
#[derive(Clone, Debug, Args)]
pub(crate) struct ReportArgs {
    /// Reports to write, separated by commas.
    #[arg(long, value_enum, value_delimiter = ',')]
    report: Vec<ReportFormat>,
    /// Folder for the reports.
    #[arg(long, default_value = "reports", value_name = "FOLDER")]
    report_dir: PathBuf,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// Everything, as JSON.
    Json,
    /// For a CI server, as `JUnit` XML.
    Junit,
}

/// A test case of a `JUnit` report.
pub(crate) struct Case {
    /// Its name.
    pub(crate) name: String,
    /// The failure's text, if it failed.
    pub(crate) failure: Option<String>,
}

impl ReportArgs {
    /// Whether no report is asked for.
    pub(crate) const fn is_empty(&self) -> bool {
        self.report.is_empty()
    }

    /// Writes what was asked for.
    pub(crate) fn write(
        &self,
        verb: &str,
        json: &impl Serialize,
        cases: impl Fn() -> Vec<Case>,
    ) -> Result<(), Failure> {
        for format in &self.report {
            let (extension, text) = match format {
                ReportFormat::Json => ("json", pretty(json)?),
                ReportFormat::Junit => ("xml", junit(verb, cases())?),
            };
            write_file(&self.report_dir, &format!("{verb}.{extension}"), &text)?;
        }
        Ok(())
    }
}

/// Writes a report into its folder, and makes the folder if there is none.
pub(crate) fn write_file(folder: &Path, name: &str, text: &str) -> Result<(), Failure> {
    let path = folder.join(name);
    fs::create_dir_all(folder).map_err(|error| Failure::file(&path, "write", &error))?;
    output_file::write(&path, text.as_bytes())
}

fn pretty(document: &impl Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(document);
    text.map(|text| format!("{text}\n"))
        .map_err(|error| Failure::new(format!("cannot write the report: {error}")))
}

/// The cases as `JUnit` XML. Characters that XML does not have, and those that a terminal obeys, are spelled out.
pub(crate) fn junit(verb: &str, cases: Vec<Case>) -> Result<String, Failure> {
    use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
    let mut suite = TestSuite::new(verb);
    for case in cases {
        let status = match &case.failure {
            None => TestCaseStatus::success(),
            Some(text) => {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                let text = lines(text);
                status.set_message(text.lines().next().unwrap_or_default()).set_description(&*text);
                status
            }
        };
        suite.add_test_case(TestCase::new(&*one_line(&case.name), status));
    }
    let mut report = Report::new("estoppel");
    report.add_test_suite(suite);
    report.to_string().map_err(|error| Failure::new(format!("cannot write the JUnit report: {error}")))
}
