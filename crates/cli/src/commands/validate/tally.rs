//! What was checked so far, and what was found.

use std::{borrow::Cow, sync::Arc};

use estoppel_contract::Violation;
use serde::Serialize;

use crate::{console, out_line, report::Case};

/// Faults that a report holds; beyond it they are only counted and printed.
const REPORTED_MAX: usize = 100_000;
/// Bytes of text that the faults of a report have.
const REPORTED_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Characters of a pointer, or of what was found, that are shown.
const SHOWN_MAX: usize = 1_000;

/// Where a payload stands.
#[derive(Clone, Debug)]
pub(super) struct Site {
    pub(super) file: Arc<str>,
    pub(super) line: u64,
    /// Its place in an array; empty for a payload that stands alone.
    pub(super) base: String,
}

/// What is wrong with one payload.
#[derive(Debug, Serialize)]
pub(super) struct Fault {
    pub(super) file: Arc<str>,
    pub(super) line: u64,
    pub(super) pointer: String,
    rule: String,
    expected: String,
    actual: String,
}

/// Counts, and the faults of a report.
#[derive(Debug)]
pub(super) struct Tally {
    pub(super) payloads: u64,
    pub(super) invalid: u64,
    /// Only where a report is written.
    kept: Option<Vec<Fault>>,
    kept_bytes: usize,
    not_kept: u64,
}

/// A report for programs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Summary<'t> {
    model: &'t str,
    payloads: u64,
    invalid: u64,
    faults: &'t [Fault],
    #[serde(skip_serializing_if = "is_zero")]
    further_faults: u64,
}

impl Tally {
    /// A tally that prints what is found, and keeps nothing of it.
    pub(super) const fn that_prints() -> Self {
        Self { payloads: 0, invalid: 0, kept: None, kept_bytes: 0, not_kept: 0 }
    }

    /// A tally that also keeps what is found, for a report.
    pub(super) fn that_keeps() -> Self {
        Self { kept: Some(Vec::new()), ..Self::that_prints() }
    }

    /// Whether anybody wants to know more: a report, or a standard output that is still read.
    pub(super) fn is_wanted(&self) -> bool {
        self.kept.is_some() || console::is_open()
    }

    /// A payload, and all that is wrong with it.
    pub(super) fn payload(&mut self, site: &Site, violations: &[Violation]) {
        self.payloads += 1;
        self.invalid += u64::from(!violations.is_empty());
        for violation in violations {
            self.fault(site, violation);
        }
    }

    fn fault(&mut self, site: &Site, violation: &Violation) {
        let fault = Fault {
            file: Arc::clone(&site.file),
            line: site.line,
            pointer: cut(format!("{}{}", site.base, violation.pointer)),
            rule: violation.keyword.clone(),
            expected: cut(violation.expected.clone()),
            actual: cut(violation.actual.clone()),
        };
        out_line!("{}", fault.message());
        let Some(kept) = &mut self.kept else { return };
        let bytes = fault.pointer.len() + fault.rule.len() + fault.expected.len() + fault.actual.len();
        if kept.len() < REPORTED_MAX && self.kept_bytes + bytes <= REPORTED_BYTES_MAX {
            self.kept_bytes += bytes;
            kept.push(fault);
        } else {
            self.not_kept += 1;
        }
    }

    /// What a report holds.
    pub(super) fn faults(&self) -> &[Fault] {
        self.kept.as_deref().unwrap_or_default()
    }

    /// The report for programs.
    pub(super) fn summary<'t>(&'t self, model: &'t str) -> Summary<'t> {
        Summary {
            model,
            payloads: self.payloads,
            invalid: self.invalid,
            faults: self.faults(),
            further_faults: self.not_kept,
        }
    }

    /// The report for a CI server.
    pub(super) fn cases(&self) -> Vec<Case> {
        let failed = self.faults().iter().map(|fault| Case {
            name: format!("{}:{}", fault.file, fault.line),
            failure: Some(fault.message()),
        });
        let valid = Case { name: format!("{} valid payloads", self.payloads - self.invalid), failure: None };
        failed.chain(std::iter::once(valid)).collect()
    }
}

impl Fault {
    fn message(&self) -> String {
        let Self { file, line, pointer, rule, expected, actual } = self;
        let pointer = if pointer.is_empty() { "(whole payload)" } else { pointer };
        format!("{file}:{line}: {pointer}: expected {expected}, found {actual} [{rule}]")
    }
}

/// The text, or its beginning.
fn cut(text: String) -> String {
    match text.char_indices().nth(SHOWN_MAX) {
        None => text,
        Some((at, _)) => format!("{}…", text.get(..at).map_or(Cow::Borrowed(""), Cow::Borrowed)),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}
