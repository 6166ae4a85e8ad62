//! `estoppel fixtures`

use std::{
    io::{self, ErrorKind, Write},
    ops::Range,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use estoppel_generate::{FixtureKind, FixtureRequest, GENERATOR_VERSION, shard};
use estoppel_values::Timestamp;
use serde_json::json;

use super::api;
use crate::{
    Exit, Failure, Global,
    console::raw_output,
    err_line, out_line,
    output_file::{self, OutputFile},
    progress,
};

/// Generate fixtures.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    estoppel fixtures --api carrier --kind claim --count 1000 --seed 7 --format ndjson\n  \
    estoppel fixtures --api carrier --kind activity --count 1000000 --out activities.ndjson\n  \
    estoppel fixtures --api carrier --kind claim --first 999999999 --count 1\n\n\
    A fixture depends on seed, --at, its index and the generator's version, and on nothing else.")]
pub struct FixturesArgs {
    /// The API, such as `carrier`.
    #[arg(long)]
    api: String,
    /// What to generate; leave it out to list the kinds.
    #[arg(long)]
    kind: Option<String>,
    /// How many.
    #[arg(long, default_value_t = 10)]
    count: u64,
    /// Index of the first; any index costs the same.
    #[arg(long, default_value_t = 0, value_name = "INDEX")]
    first: u64,
    /// Where all values come from.
    #[arg(long, default_value_t = 1, env = "ESTOPPEL_SEED")]
    seed: u64,
    /// The present of the generated world.
    #[arg(long, default_value = "2024-01-01T00:00:00.000Z", value_name = "TIMESTAMP")]
    at: String,
    /// Part I of N, from zero: `0/4` to `3/4`. All parts, one after the other, are the whole.
    #[arg(long, value_name = "I/N")]
    shard: Option<String>,
    /// The form of the output.
    #[arg(long, value_enum, default_value_t = Format::Ndjson)]
    format: Format,
    /// File to write, with its particulars in FILE.meta.json beside it unless it is a device or a pipe; standard output
    /// unless it is given.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// The form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One array.
    Json,
    /// One fixture on each line.
    Ndjson,
}

/// Fixtures that are made between two writes.
const BATCH: u64 = 1_024;

impl FixturesArgs {
    pub(crate) fn run(self, global: &Global) -> Result<Exit, Failure> {
        let kinds = estoppel_catalog::fixture_kinds(api(&self.api)?.service().name).unwrap_or_default();
        let Some(name) = &self.kind else {
            for kind in kinds {
                out_line!("{:<16} {}", kind.name, kind.summary);
            }
            return Ok(Exit::Clean);
        };
        let kind = kinds.iter().find(|kind| kind.name == name).ok_or_else(|| {
            let names: Vec<_> = kinds.iter().map(|kind| kind.name).collect();
            Failure::new(format!("there is no kind `{name}`: expected one of {}", names.join(", ")))
        })?;
        let at: Timestamp =
            self.at.parse().map_err(|error| Failure::new(format!("--at `{}`: {error}", self.at)))?;
        let request = FixtureRequest { seed: self.seed, at };
        let range = self.range()?;
        let bar = progress::bar(global, Some(range.end - range.start), "fixtures");
        match &self.out {
            Some(path) => self.write_file(path, kind, &request, &range, &bar)?,
            None => match self.write(&mut raw_output(), kind, &request, &range, &bar) {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(Exit::Clean),
                written => written.map_err(|error| Failure::new(format!("cannot write: {error}")))?,
            },
        }
        bar.finish_and_clear();
        if !global.quiet {
            err_line!(
                "{} {} fixtures from index {}, seed {}, at {at}, generator version {GENERATOR_VERSION}",
                range.end - range.start,
                kind.name,
                range.start,
                self.seed
            );
        }
        Ok(Exit::Clean)
    }

    /// The indexes to generate.
    fn range(&self) -> Result<Range<u64>, Failure> {
        let part = match self.shard.as_deref() {
            None => 0..self.count,
            Some(text) => {
                let parsed = text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
                let (index, shards): (u64, u64) =
                    parsed.filter(|(index, shards)| index < shards).ok_or_else(|| {
                        Failure::new(format!(
                            "--shard `{text}`: expected I/N with I from zero and below N, such as 0/4"
                        ))
                    })?;
                shard(self.count, index, shards)
            }
        };
        if part.is_empty() {
            return Err(Failure::new("there is nothing to generate: give a --count above zero"));
        }
        let moved = part.start.checked_add(self.first).zip(part.end.checked_add(self.first));
        moved.map(|(start, end)| start..end).ok_or_else(|| Failure::new("--first and --count go beyond 2^64"))
    }

    /// Writes the fixtures, and beside a file its particulars.
    fn write_file(
        &self,
        path: &Path,
        kind: &FixtureKind,
        request: &FixtureRequest,
        range: &Range<u64>,
        bar: &indicatif::ProgressBar,
    ) -> Result<(), Failure> {
        let mut file = OutputFile::create(path)?;
        let is_stream = file.is_stream();
        self.write(&mut file, kind, request, range, bar)
            .map_err(|error| Failure::file(path, "write", &error))?;
        file.finish()?;
        if is_stream {
            return Ok(());
        }
        let particulars = json!({
            "api": self.api, "kind": kind.name, "model": kind.model, "first": range.start,
            "count": range.end - range.start, "seed": self.seed, "at": request.at,
            "generatorVersion": GENERATOR_VERSION,
        });
        let mut beside = path.as_os_str().to_owned();
        beside.push(".meta.json");
        output_file::write(Path::new(&beside), format!("{particulars:#}\n").as_bytes())
    }

    fn write(
        &self,
        out: &mut dyn Write,
        kind: &FixtureKind,
        request: &FixtureRequest,
        range: &Range<u64>,
        bar: &indicatif::ProgressBar,
    ) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(4 * 1024 * 1024);
        let mut next = range.start;
        while next < range.end {
            let end = range.end.min(next.saturating_add(BATCH));
            match self.format {
                Format::Ndjson => kind.write_lines(request, next..end, &mut bytes)?,
                Format::Json => {
                    for index in next..end {
                        bytes.extend_from_slice(if index == range.start { b"[\n" } else { b",\n" });
                        (kind.write)(request, index, &mut bytes)?;
                    }
                }
            }
            out.write_all(&bytes)?;
            bytes.clear();
            bar.inc(end - next);
            next = end;
        }
        if self.format == Format::Json {
            out.write_all(b"\n]\n")?;
        }
        out.flush()
    }
}
