//! `estoppel webhook sign`

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::sender_side::{SenderSideArgs, no_suffix, read_body};
use crate::{Exit, Failure, console::print_json, out_line};

/// What to sign, and how to say it.
#[derive(Debug, Args)]
pub struct SignArgs {
    #[command(flatten)]
    sender: SenderSideArgs,
    /// What follows the separator [default: the member of the body that the API takes].
    #[arg(long, value_name = "ID")]
    suffix: Option<String>,
    /// How to print the signature.
    #[arg(long, value_enum, default_value_t = SignFormat::Header)]
    format: SignFormat,
    /// The body; `-` is standard input. Its bytes are signed as they are.
    #[arg(default_value = "-")]
    file: PathBuf,
}

/// How to print a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SignFormat {
    /// As a header line.
    Header,
    /// The signature alone.
    Value,
    /// As JSON: header, value and suffix.
    Json,
}

impl SignArgs {
    pub(crate) fn run(self) -> Result<Exit, Failure> {
        let sender = self.sender.load()?;
        let signing = sender.signing()?;
        let body = read_body(&self.file)?;
        let suffix = self.suffix.or_else(|| signing.suffix_of(&body)).ok_or_else(|| no_suffix(&signing))?;
        let value = signing.sign(&sender.settings.key, &body, &suffix, sender.settings.encoding);
        match self.format {
            SignFormat::Header => out_line!("{}: {value}", signing.header),
            SignFormat::Value => out_line!("{value}"),
            SignFormat::Json => {
                let signed = json!({"header": signing.header, "value": value, "suffix": suffix});
                print_json(&signed)?;
            }
        }
        Ok(Exit::Clean)
    }
}
