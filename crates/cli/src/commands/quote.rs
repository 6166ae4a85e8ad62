//! `estoppel quote`

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use estoppel_values::{Date, LossKind, NormalizedQuote};
use serde_json::{Value, json};

use super::api;
use crate::{
    Exit, Failure,
    console::print_json,
    input_file::{self, ByteLimit},
    out_line, out_text,
};

/// Read the payoff quote in a payload of any API, in one form, and say what was lost.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    estoppel quote --api carrier claim.json\n  \
    estoppel fixtures --api carrier --kind claim --count 1 | estoppel quote --api carrier --format json -")]
pub struct QuoteArgs {
    /// The API that the payload is from.
    #[arg(long)]
    api: String,
    /// Also say what it takes on this day, such as 2026-12-24. An API that does not state the day of a quote gives no
    /// amount for other days.
    #[arg(long, value_name = "DAY")]
    on: Option<Date>,
    /// How the quote is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The payload, one JSON document; `-` is standard input.
    file: PathBuf,
}

/// How a quote is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

impl QuoteArgs {
    pub(crate) fn run(&self) -> Result<Exit, Failure> {
        let api = api(&self.api)?.service().name;
        let payload = self.payload()?;
        let Some(normalized) = estoppel_catalog::normalize_quote(api, &payload) else {
            return Err(Failure::new(format!(
                "{}: there is no payoff quote of `{api}` in this payload; `estoppel contract show {api}` lists its payloads",
                self.file.display()
            )));
        };
        let amount_on = self.on.map(|day| (day, normalized.quote.amount_on(day)));
        match self.format {
            Format::Json => {
                let mut document = json!(normalized);
                if let (Some((day, amount)), Some(members)) = (&amount_on, document.as_object_mut()) {
                    let answer = match amount {
                        Ok(amount) => json!({"day": day, "amount": amount}),
                        Err(error) => json!({"day": day, "error": error.to_string()}),
                    };
                    members.insert("amountOn".to_owned(), answer);
                }
                print_json(&document)?;
            }
            Format::Text => {
                print(&normalized);
                match &amount_on {
                    Some((day, Ok(amount))) => out_text!("\nOn {day} it takes ${amount}."),
                    Some((day, Err(error))) => out_text!("\nNo amount for {day}: {error}."),
                    None => {}
                }
            }
        }
        let refused = matches!(amount_on, Some((_, Err(_))));
        Ok(if refused { Exit::Findings } else { Exit::Clean })
    }

    fn payload(&self) -> Result<Value, Failure> {
        let text = input_file::read(&self.file, ByteLimit::PAYLOAD)?;
        serde_json::from_slice(&text)
            .map_err(|error| Failure::new(format!("{}: not one JSON document: {error}", self.file.display())))
    }
}

fn print(normalized: &NormalizedQuote) {
    let quote = json!(normalized.quote);
    for (field, value) in quote.as_object().into_iter().flatten() {
        let loss = normalized.losses.iter().find(|loss| loss.field == field);
        let why = loss.map(|loss| {
            let kind = match loss.kind {
                LossKind::Unsayable => "this API has no word for it",
                LossKind::Absent => "not in this payload",
                LossKind::Narrowed => "said in more detail",
            };
            format!("  ({kind}{}{})", if loss.note.is_empty() { "" } else { ": " }, loss.note)
        });
        let shown = match value {
            Value::Null => "-".to_owned(),
            Value::String(text) => text.clone(),
            Value::Object(lines) => lines.values().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
            other => other.to_string(),
        };
        out_line!("{field:<15} {shown}{}", why.unwrap_or_default());
    }
}
