//! `estoppel validate`

use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
};

use clap::Args;
use estoppel_contract::{Checker, Contract, JsonPointer, Model, Segment, Violation};
use serde_json::{Value, json};

use super::api;
use crate::{
    Exit, Failure, Global, progress,
    report::{Case, ReportArgs},
};

/// Check payload files against a schema of the contract.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    estoppel validate --api carrier --kind claim claims.ndjson\n  \
    estoppel fixtures --api carrier --kind claim --count 1000 | estoppel validate --api carrier --kind claim -\n  \
    estoppel validate --api API --webhook WEBHOOK received.ndjson\n\n\
    A file holds one JSON document, an array of them, or one on each line.")]
pub struct ValidateArgs {
    /// The API, such as `carrier`.
    #[arg(long)]
    api: String,
    /// What the payloads are: a model, such as `claim` or `NewClaim`.
    #[arg(long, visible_alias = "model", required_unless_present = "webhook")]
    kind: Option<String>,
    /// The payloads are bodies of this webhook.
    #[arg(long, conflicts_with = "kind")]
    webhook: Option<String>,
    /// Files to check; `-` is standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    report: ReportArgs,
}

/// What the payloads are.
struct Subject<'c> {
    name: &'c str,
    schema: &'c Value,
}

/// What is wrong with one payload.
struct Fault {
    file: String,
    line: u64,
    message: String,
    detail: Value,
}

/// Counts and faults so far.
#[derive(Default)]
struct Tally {
    payloads: u64,
    invalid: u64,
    faults: Vec<Fault>,
}

/// Faults that a report holds; beyond it they are only counted and printed.
const REPORTED_MAX: usize = 100_000;

impl ValidateArgs {
    pub(crate) fn run(self, global: &Global) -> Result<Exit, Failure> {
        let contract = api(&self.api)?.contract();
        let subject = self.subject(contract)?;
        let checker = contract.checker(subject.schema).map_err(|error| {
            Failure::new(format!("the schema of {} cannot be used: {error}", subject.name))
        })?;
        let mut tally = Tally::default();
        let bar = progress::bar(global, None, "validate");
        for file in &self.files {
            let name = file.display().to_string();
            if file.as_os_str() == "-" {
                check_input(&checker, &name, &mut io::stdin().lock(), &mut tally, &bar)
            } else {
                let opened = File::open(file).map_err(|error| Failure::file(file, "read", &error))?;
                check_input(&checker, &name, &mut BufReader::new(opened), &mut tally, &bar)
            }
            .map_err(|error| Failure::file(Path::new(&name), "read", &error))?;
        }
        bar.finish_and_clear();
        self.finish(global, subject.name, &tally)
    }

    fn subject<'c>(&self, contract: &'c Contract) -> Result<Subject<'c>, Failure> {
        if let Some(id) = &self.webhook {
            let webhook = contract.webhook(id).ok_or_else(|| no_webhook(contract, id))?;
            return Ok(Subject { name: webhook.spec.id, schema: &webhook.payload });
        }
        let model = model_of(contract, self.kind.as_deref().unwrap_or_default())?;
        Ok(Subject { name: &model.name, schema: &model.schema })
    }

    fn finish(&self, global: &Global, subject: &str, tally: &Tally) -> Result<Exit, Failure> {
        let faults: Vec<Value> = tally.faults.iter().map(|fault| fault.detail.clone()).collect();
        let summary = json!({
            "model": subject, "payloads": tally.payloads, "invalid": tally.invalid, "faults": faults,
        });
        self.report.write("validate", &summary, || {
            let failed = tally.faults.iter().map(|fault| Case {
                name: format!("{}:{}", fault.file, fault.line),
                failure: Some(fault.message.clone()),
            });
            let valid =
                Case { name: format!("{} valid payloads", tally.payloads - tally.invalid), failure: None };
            failed.chain(std::iter::once(valid)).collect()
        })?;
        if tally.payloads == 0 {
            return Err(Failure::new("there was no payload to check: the input is empty"));
        }
        if !global.quiet {
            anstream::eprintln!(
                "{} payloads of {}: {} valid, {} invalid",
                tally.payloads,
                subject,
                tally.payloads - tally.invalid,
                tally.invalid
            );
        }
        Ok(if tally.invalid == 0 { Exit::Clean } else { Exit::Findings })
    }
}

/// The model that a kind names: a kind of fixture, the model's own name, or that name in kebab case.
fn model_of<'c>(contract: &'c Contract, kind: &str) -> Result<&'c Model, Failure> {
    let kinds = estoppel_catalog::fixture_kinds(contract.name()).unwrap_or_default();
    let fixture = kinds.iter().find(|fixture| fixture.name == kind).map(|fixture| fixture.model);
    let named = fixture.and_then(|name| contract.model(name));
    let found = contract.models.iter().find(|model| model.name == kind || kebab(&model.name) == kind);
    named.or(found).ok_or_else(|| {
        let kinds: Vec<_> = contract.models.iter().map(|model| kebab(&model.name)).collect();
        Failure::new(format!("there is no kind `{kind}`: expected one of {}", kinds.join(", ")))
    })
}

fn no_webhook(contract: &Contract, id: &str) -> Failure {
    let known: Vec<_> = contract.webhooks.iter().map(|webhook| webhook.spec.id).collect();
    let known = if known.is_empty() {
        format!("{} sends none", contract.name())
    } else {
        format!("expected one of {}", known.join(", "))
    };
    Failure::new(format!("there is no webhook `{id}`: {known}"))
}

fn kebab(name: &str) -> String {
    let mut kebab = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_ascii_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.push(character.to_ascii_lowercase());
    }
    kebab
}

/// Checks every payload of an input: one document, an array, or one on each line.
fn check_input(
    checker: &Checker,
    file: &str,
    input: &mut dyn BufRead,
    tally: &mut Tally,
    bar: &indicatif::ProgressBar,
) -> io::Result<()> {
    let mut line = Vec::new();
    let mut number = 0_u64;
    while input.read_until(b'\n', &mut line)? > 0 {
        number += 1;
        let mark: &[u8] = if number == 1 { b"\xEF\xBB\xBF" } else { b"" };
        let text = line.strip_prefix(mark).unwrap_or(&line).trim_ascii();
        if !text.is_empty() {
            match serde_json::from_slice::<Value>(text) {
                Ok(document) => check_document(checker, file, number, &document, tally),
                Err(_) if tally_is_fresh(number, text) => {
                    let mut whole = text.to_vec();
                    whole.push(b'\n');
                    return check_whole(checker, file, &mut whole, input, tally);
                }
                Err(error) => tally.fault(file, number, &not_json(&error)),
            }
            bar.set_position(tally.payloads);
        }
        line.clear();
    }
    Ok(())
}

/// Whether a first line looks like the beginning of a document that spans lines.
fn tally_is_fresh(number: u64, text: &[u8]) -> bool {
    number == 1
        && matches!(text.first(), Some(b'{' | b'['))
        && serde_json::from_slice::<Value>(text).is_err_and(|error| error.is_eof())
}

fn check_whole(
    checker: &Checker,
    file: &str,
    text: &mut Vec<u8>,
    input: &mut dyn BufRead,
    tally: &mut Tally,
) -> io::Result<()> {
    input.read_to_end(text)?;
    match serde_json::from_slice::<Value>(text) {
        Ok(document) => check_document(checker, file, 1, &document, tally),
        Err(error) => {
            let line = u64::try_from(error.line()).unwrap_or(1);
            tally.fault(file, line, &not_json(&error));
        }
    }
    Ok(())
}

fn check_document(checker: &Checker, file: &str, line: u64, document: &Value, tally: &mut Tally) {
    match document {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let at = JsonPointer::root().child(Segment::Index(index));
                tally.payload(file, line, &at.to_string(), &checker.check(item));
            }
        }
        other => tally.payload(file, line, "", &checker.check(other)),
    }
}

fn not_json(error: &serde_json::Error) -> Violation {
    Violation {
        pointer: JsonPointer::root(),
        keyword: "json".to_owned(),
        expected: "JSON".to_owned(),
        actual: format!("{:?} error at column {}", error.classify(), error.column()).to_lowercase(),
    }
}

impl Tally {
    fn payload(&mut self, file: &str, line: u64, base: &str, violations: &[Violation]) {
        self.payloads += 1;
        self.invalid += u64::from(!violations.is_empty());
        for violation in violations {
            self.tell(file, line, base, violation);
        }
    }

    fn fault(&mut self, file: &str, line: u64, violation: &Violation) {
        self.payload(file, line, "", std::slice::from_ref(violation));
    }

    fn tell(&mut self, file: &str, line: u64, base: &str, violation: &Violation) {
        let pointer = format!("{base}{}", violation.pointer);
        let shown = if pointer.is_empty() { "(whole payload)" } else { &pointer };
        let Violation { keyword, expected, actual, .. } = violation;
        let message = format!("{file}:{line}: {shown}: expected {expected}, found {actual} [{keyword}]");
        anstream::println!("{message}");
        if self.faults.len() < REPORTED_MAX {
            let detail = json!({
                "file": file, "line": line, "pointer": pointer, "rule": keyword, "expected": expected, "actual": actual,
            });
            self.faults.push(Fault { file: file.to_owned(), line, message, detail });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, payloads: u64, places: &[(u64, &str)]) {
        let checker = Checker::new(json!({"type": "object", "required": ["a"]})).unwrap();
        let mut tally = Tally::default();
        let bar = indicatif::ProgressBar::hidden();
        check_input(&checker, "in", &mut input.as_bytes(), &mut tally, &bar).unwrap();
        let actual: Vec<(u64, String)> = tally
            .faults
            .iter()
            .map(|fault| (fault.line, fault.detail["pointer"].as_str().unwrap().to_owned()))
            .collect();
        let expected: Vec<(u64, String)> =
            places.iter().map(|(line, at)| (*line, (*at).to_owned())).collect();
        assert_eq!((tally.payloads, actual), (payloads, expected), "{input}");
    }

    #[test]
    fn documents_arrays_and_lines_are_checked_to_the_end() {
        check("", 0, &[]);
        check("{\"a\":1}", 1, &[]);
        check("{\n \"a\":1\n}\n", 1, &[]);
        check("\u{FEFF}{\"a\":1}\n{}\n", 2, &[(2, "/a")]);
        check("\u{FEFF}[\n{\"a\":1}\n]\n", 1, &[]);
        check("[{\"a\":1},\n{}]", 2, &[(1, "/1/a")]);
        check("{\"a\":1}\n{}\nnot json\n\n{\"a\":2}\n", 4, &[(2, "/a"), (3, "")]);
        check("{\n \"a\":\n", 1, &[(3, "")]);
    }

    #[test]
    fn kinds_are_models_in_kebab_case() {
        assert_eq!(kebab("NewClaim"), "new-claim");
    }
}
