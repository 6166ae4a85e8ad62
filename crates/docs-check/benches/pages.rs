//! How fast pages are checked, and how much memory that takes.
//!
//! The pages are invented, as large as the argument says in megabytes (eight where none is given): sections with
//! routes, tables, examples and lists of words, whose names come from one stock, as the names of an API do. One check
//! is measured, so that the peak of memory is its own: `cargo bench -p estoppel-docs-check --bench pages -- 100`.
//!
//! `--one-line=text`, `json`, `row`, `cell` or `html` makes one document of one line instead. Paths among the arguments
//! are checked in place of invented pages, and `--findings` lists what is found, to compare two editions of this crate.

#![expect(clippy::print_stdout, reason = "figures are for who runs it")]

use std::fmt::Write as _;

use estoppel_docs_check::{Document, check};

const THINGS: [&str; 20] = [
    "Boat", "Harbour", "Sail", "Mast", "Anchor", "Captain", "Voyage", "Cargo", "Berth", "Rudder", "Compass",
    "Lantern", "Signal", "Crew", "Chart", "Tide", "Engine", "Pennant", "Ledger", "Warden",
];
const ASPECTS: [&str; 20] = [
    "Record",
    "Request",
    "Summary",
    "History",
    "Owner",
    "Quote",
    "Transfer",
    "Notice",
    "Balance",
    "Inspection",
    "Permit",
    "Contact",
    "Document",
    "Invoice",
    "Schedule",
    "Review",
    "Estimate",
    "Deposit",
    "Claim",
    "Insurance",
];
const KINDS: [&str; 6] = ["string", "number", "integer", "boolean", "string", "string"];
const STATES: [&str; 8] =
    ["moored", "sailing", "anchored", "sunken", "inspected", "released", "impounded", "transferred"];
const SENTENCES: [&str; 6] = [
    "Tells where it lies and who answers for it.",
    "What was agreed when it was taken over, in whole coins of the realm.",
    "When it was changed last, as the harbour office writes it down.",
    "Whether the office has looked at it since it came in.",
    "The number that stands on the papers; it never changes.",
    "Who may be asked about it, and how the office reaches them.",
];

/// Numbers that look like chance and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % sides.max(1)
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words.get(self.roll(words.len())).copied().unwrap_or_default()
    }
}

fn field(dice: &mut Dice) -> String {
    const ENDINGS: [&str; 6] = ["Id", "Name", "Amount", "Date", "Status", "Note"];
    format!("{}{}{}", dice.pick(&THINGS).to_lowercase(), dice.pick(&ASPECTS), dice.pick(&ENDINGS))
}

fn value(dice: &mut Dice, name: &str) -> String {
    match name {
        _ if name.ends_with("Id") => {
            format!("\"{:08x}-0000-4000-8000-{:012x}\"", dice.roll(1 << 30), dice.roll(1 << 30))
        }
        _ if name.ends_with("Amount") => format!("{}.{:02}", dice.roll(90_000), dice.roll(100)),
        _ if name.ends_with("Date") => {
            format!("\"2024-{:02}-{:02}T12:30:00Z\"", 1 + dice.roll(12), 1 + dice.roll(28))
        }
        _ if name.ends_with("Status") => format!("\"{}\"", dice.pick(&STATES)),
        _ => format!("\"{} {}\"", dice.pick(&THINGS), dice.pick(&ASPECTS).to_lowercase()),
    }
}

fn object(dice: &mut Dice, names: &[String], page: &mut String) -> std::fmt::Result {
    writeln!(page, "```json\n{{")?;
    for name in names {
        writeln!(page, "  \"{name}\": {},", value(dice, name))?;
    }
    writeln!(page, "  \"links\": [\n    {{\"rel\": \"self\", \"href\": \"/links/{}\"}},", dice.roll(900))?;
    writeln!(page, "    {{\"rel\": \"next\", \"href\": \"/links/{}\"}}\n  ]\n}}\n```\n", dice.roll(900))
}

fn table(dice: &mut Dice, heading: &str, names: &[String], page: &mut String) -> std::fmt::Result {
    writeln!(page, "{heading} | Type | Description | Required\n--------- | ---- | ----------- | --------")?;
    for name in names {
        let (kind, told) = (dice.pick(&KINDS), dice.pick(&SENTENCES));
        writeln!(page, "`{name}` | {kind} | {told} | {}", dice.pick(&["Y", "N"]))?;
    }
    writeln!(page)
}

/// One thing with its routes, tables and examples.
fn section(dice: &mut Dice, page: &mut String) -> std::fmt::Result {
    let (thing, aspect) = (dice.pick(&THINGS), dice.pick(&ASPECTS));
    let path = format!("/{}s/{}s", thing.to_lowercase(), aspect.to_lowercase());
    let mut names: Vec<String> = (0..12).map(|_| field(dice)).collect();
    names.sort();
    names.dedup();
    writeln!(page, "# {thing} {aspect}\n\n{} {}\n", dice.pick(&SENTENCES), dice.pick(&SENTENCES))?;
    writeln!(page, "> The {thing} {aspect} object:\n")?;
    object(dice, &names, page)?;
    table(dice, "Key", &names, page)?;
    for (verb, method, end) in [("Fetch", "GET", "/{id}"), ("Create", "POST", ""), ("Update", "PUT", "/{id}")]
    {
        writeln!(page, "## {verb} {thing} {aspect}\n\n{}\n", dice.pick(&SENTENCES))?;
        if method != "GET" {
            writeln!(page, "> Example request:\n")?;
            object(dice, &names, page)?;
        }
        writeln!(page, "> Example response:\n")?;
        object(dice, &names, page)?;
        writeln!(page, "### HTTP Request\n\n`{method} https://api.harbour.test{path}{end}`\n")?;
        if !end.is_empty() {
            writeln!(page, "### URL Parameters\n\nParameter | Description\n--------- | -----------")?;
            writeln!(page, "`id` | The number of the {}.\n", thing.to_lowercase())?;
        }
        if method != "GET" {
            table(dice, "Body Parameter", &names, page)?;
        }
        writeln!(
            page,
            "<aside class=\"notice\">\nSee [all of them](#{}) first.\n</aside>\n",
            thing.to_lowercase()
        )?;
    }
    writeln!(page, "The status is one of:\n")?;
    STATES.iter().try_for_each(|state| writeln!(page, "- `{state}`"))?;
    writeln!(page)
}

/// Pages of forty sections each, as many as make `bytes`.
fn pages(bytes: usize) -> Vec<(String, String)> {
    let mut dice = Dice(7);
    let mut pages = Vec::new();
    let mut made = 0;
    while made < bytes {
        let mut page = "---\ntitle: Harbour\n---\n\n".to_owned();
        let fits = (0..40).all(|_| section(&mut dice, &mut page).is_ok());
        page.shrink_to_fit();
        made += page.len();
        pages.push((format!("page-{}.md", pages.len()), page));
        if !fits {
            break;
        }
    }
    pages
}

/// One document whose text is one line: of sentences, members, cells or elements.
fn one_line(kind: &str, bytes: usize) -> Option<String> {
    let (begin, part, end): (&str, fn(usize) -> String, &str) = match kind {
        "text" => ("# Boats\n\n", |_| format!("{} ", SENTENCES.join(" ")), "\n"),
        "json" => (
            "# Boats\n\n```json\n{",
            |at| format!("\"boat{at}\": {{\"port\": [{at}]}}, "),
            "\"z\": 1}\n```\n",
        ),
        "row" => ("# Boats\n\nKey | Type\n--|--\n", |at| format!("`boat{at}` | string | "), "\n"),
        "cell" => {
            ("# Boats\n\nKey | Description\n--|--\nboat | ", |at| format!("One of `a{at}`, `b`. "), "\n")
        }
        "html" => (
            "<html><body><h1>Boats</h1>",
            |at| format!("<p>See <b>boat</b> <a id=\"b{at}\">{at}</a>.</p>"),
            "",
        ),
        _ => return None,
    };
    let mut line = begin.to_owned();
    for at in 0..bytes {
        if line.len() >= bytes {
            break;
        }
        line.push_str(&part(at));
    }
    line.push_str(end);
    Some(line)
}

/// The most memory that this program has had, in megabytes.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse::<f64>().ok()).unwrap_or_default() / 1_000.0
}

/// For how many seconds a processor has worked for this program: unlike the clock, other programs do not change it.
fn worked() -> f64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = told.split_whitespace().next().and_then(|number| number.parse::<f64>().ok());
    nanoseconds.unwrap_or_default() / 1e9
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let asked = arguments.iter().find_map(|argument| argument.parse::<usize>().ok());
    let read = |path: &String| Some((path.clone(), std::fs::read_to_string(path).ok()?));
    let given: Vec<_> = arguments.iter().filter_map(read).collect();
    let asked_bytes = asked.unwrap_or(8) * 1_000_000;
    let kind = arguments.iter().find_map(|argument| argument.strip_prefix("--one-line="));
    let pages = match kind.and_then(|kind| one_line(kind, asked_bytes)) {
        Some(line) => vec![("line.md".to_owned(), line)],
        None if given.is_empty() => pages(asked_bytes),
        None => given,
    };
    let documents: Vec<_> =
        pages.iter().map(|(name, page)| Document { name, bytes: page.as_bytes() }).collect();
    let bytes: usize = documents.iter().map(|document| document.bytes.len()).sum();
    let before = peak();
    let start = worked();
    let report = check(&documents, None);
    let seconds = worked() - start;
    let megabytes = f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1_000_000.0;
    println!(
        "{} pages, {megabytes:.1} MB: {seconds:.2} s of one core, {:.1} MB/s; peak {:.0} MB of memory, {before:.0} MB of it before",
        documents.len(),
        megabytes / seconds,
        peak(),
    );
    let mut rules = std::collections::BTreeMap::<&str, usize>::new();
    report.findings.iter().for_each(|finding| *rules.entry(finding.rule).or_default() += 1);
    println!("{:?}", report.read);
    println!("{} findings: {rules:?}", report.findings.len());
    if arguments.iter().any(|argument| argument == "--findings") {
        report.findings.iter().for_each(|finding| println!("{finding:?}"));
    }
}
