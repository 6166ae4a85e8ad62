//! `estoppel docs extract`

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use estoppel_docs_check::{Read, fact_sheet, openapi};

use super::documents;
use crate::{Exit, Failure, Global, console::print_json, err_line, output_file};

/// What to read, and how to tell it.
#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// Documents: Slate or other Markdown, HTML, or the text of a page; what they include comes with them, from the
    /// folder of the page and those below it. `-` reads standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The form of what is told; `schemas/docs-facts.schema.json` describes `json`.
    #[arg(long, value_enum, default_value_t = FactFormat::Json)]
    format: FactFormat,
    /// File to write; standard output where it is left out.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// The form of facts.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FactFormat {
    /// Every fact, with its place.
    Json,
    /// A draft of an `OpenAPI` 3.1 document, with `x-source` beside every part.
    Openapi,
}

impl ExtractArgs {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let read = documents::read(&self.files)?;
        let documents = read.documents();
        let facts = match self.format {
            FactFormat::Json => fact_sheet(&documents),
            FactFormat::Openapi => openapi(&documents),
        };
        match &self.out {
            Some(path) => output_file::write(path, format!("{facts:#}\n").as_bytes())?,
            None => print_json(&facts)?,
        }
        let count = Read::of_documents(&documents);
        if !global.quiet {
            err_line!(
                "read {} operations, {} tables, {} examples, {} word lists",
                count.operations,
                count.tables,
                count.examples,
                count.word_lists
            );
        }
        if count.is_nothing() {
            return Err(Failure::new("the documents state nothing that could be read: are they text?"));
        }
        Ok(Exit::Clean)
    }
}
