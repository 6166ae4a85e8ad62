//! `estoppel webhook check`

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use estoppel_verifier::signature::{SignatureDiagnosis, SignatureVerdict, SignedBody};
use serde_json::{Value, json};

use super::sender_side::{SenderSideArgs, read_body};
use crate::{Exit, Failure, console::print_json, out_line};

/// Which signature of which body to check.
#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    sender: SenderSideArgs,
    /// The signature header as it came: its value, or the whole line. Leave it out where none came.
    #[arg(long, value_name = "VALUE")]
    header: Option<String>,
    /// What follows the separator [default: the member of the body that the API takes].
    #[arg(long, value_name = "ID")]
    suffix: Option<String>,
    /// How to print the verdict.
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    format: CheckFormat,
    /// The body as it came; `-` is standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
}

/// How to print a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// As lines for people.
    Text,
    /// As one JSON document.
    Json,
}

impl CheckArgs {
    pub(crate) fn run(self) -> Result<Exit, Failure> {
        let sender = self.sender.load()?;
        let signing = sender.signing()?;
        let body = read_body(&self.file)?;
        let header = self.header.as_deref().map(|header| value_of(header, signing.header));
        let signed = SignedBody {
            signing: &signing,
            encoding: sender.settings.encoding,
            key: &sender.settings.key,
            body: &body,
            header: header.map(str::as_bytes),
            suffix: self.suffix.as_deref(),
        };
        let verdict = signed.judge();
        match self.format {
            CheckFormat::Json => print_json(&as_json(&verdict))?,
            CheckFormat::Text => match &verdict {
                SignatureVerdict::Holds => out_line!("the signature holds"),
                SignatureVerdict::Broken(diagnosis) => tell(diagnosis),
            },
        }
        Ok(match verdict {
            SignatureVerdict::Holds => Exit::Clean,
            SignatureVerdict::Broken(_) => Exit::Findings,
        })
    }
}

/// The value of a header, without its name if the whole line was given.
fn value_of<'h>(header: &'h str, name: &str) -> &'h str {
    match header.split_once(':') {
        Some((given, value)) if given.trim().eq_ignore_ascii_case(name) => value.trim(),
        _ => header,
    }
}

fn tell(diagnosis: &SignatureDiagnosis) {
    out_line!("the signature does not hold");
    for mistake in &diagnosis.mistakes {
        out_line!("  mistake  {mistake} [{}]", mistake.id());
        out_line!("  fix      {}", mistake.fix());
    }
    if let Some(difference) = diagnosis.header_difference {
        out_line!("  header   {difference}");
    }
    if let Some(difference) = diagnosis.body_difference {
        out_line!("  body     {difference} in the body that was signed");
    }
}

fn as_json(verdict: &SignatureVerdict) -> Value {
    match verdict {
        SignatureVerdict::Holds => json!({"holds": true}),
        SignatureVerdict::Broken(diagnosis) => {
            let mut document = serde_json::to_value(diagnosis).unwrap_or_default();
            if let Some(members) = document.as_object_mut() {
                members.shift_insert(0, "holds".to_owned(), json!(false));
            }
            document
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(header: &str, expected: &str) {
        assert_eq!(value_of(header, "x-signature"), expected);
    }

    #[test]
    fn a_whole_header_line_is_taken_as_well_as_its_value() {
        check("abc", "abc");
        check("X-Signature: abc ", "abc");
        check("sha256:abc", "sha256:abc");
    }
}
