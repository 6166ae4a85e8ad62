//! One page that shows the documents with the findings beside their lines. It asks for nothing from outside.

use std::{collections::BTreeMap, fmt::Write};

use estoppel_docs_check::{Document, Finding, Place, Report, Severity, source_text};

use crate::console::lines;

const STYLE: &str = "\
:root{color-scheme:light dark;--line:light-dark(#0002,#fff3);--soft:light-dark(#0000000a,#ffffff12);\
--quiet:light-dark(#5c6570,#9aa4af);--error:light-dark(#c62828,#ff7b72);--warning:light-dark(#a35200,#f0a742);\
--info:light-dark(#1a6fb5,#6cb6ff)}\
*{box-sizing:border-box}body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:110rem;padding:1.5rem 1rem 4rem}\
h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:2.5rem 0 .5rem;overflow-wrap:anywhere}p{margin:.3rem 0}\
code,.n,.s,.rule{font-family:ui-monospace,monospace;font-size:12px}\
code{background:var(--soft);border-radius:3px;padding:.1em .3em;overflow-wrap:anywhere}\
a{color:inherit;text-decoration:none}a:hover,a:focus-visible{text-decoration:underline}\
.count{margin-right:1rem;white-space:nowrap}.error .dot,.error.dot{color:var(--error)}\
.warning .dot,.warning.dot{color:var(--warning)}.info .dot,.info.dot{color:var(--info)}\
.rule{color:var(--quiet);white-space:nowrap}ul{list-style:none;margin:0;padding:0}\
li{display:grid;grid-template-columns:1rem 3.2rem 1fr auto;gap:.2rem .5rem;padding:.2rem 0;border-top:1px solid var(--line)}\
li .at{color:var(--quiet);text-align:right;font-variant-numeric:tabular-nums}\
table{border-collapse:collapse;width:100%;table-layout:fixed;border:1px solid var(--line)}\
td{vertical-align:top;padding:0 .6rem}col.n{width:4rem}col.f{width:40%}td.n{text-align:right;color:var(--quiet);user-select:none;line-height:1.7}\
td.s{white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.7}tr.hit>td{background:var(--soft)}\
tr.fold td{color:var(--quiet);font-size:12px;padding:.3rem .6rem;border-block:1px dashed var(--line)}\
.finding{border-left:3px solid var(--quiet);margin:.3rem 0;padding:.1rem .6rem}.finding:target{outline:2px solid var(--info)}\
.finding{scroll-margin:4rem}.finding.error{border-color:var(--error)}.finding.warning{border-color:var(--warning)}\
.finding.info{border-color:var(--info)}.help{color:var(--quiet)}.other{color:var(--quiet);font-size:13px}\
mark{background:light-dark(#ffd54f99,#b8860b80);color:inherit;border-radius:2px}\
@media (max-width:60rem){li{grid-template-columns:1rem 3.2rem 1fr}li .rule{grid-column:3}td.n{padding:0 .3rem}\
table,tbody,td{display:block}tr{display:grid;grid-template-columns:3rem 1fr}td.f{grid-column:2}colgroup{display:none}\
tr.fold{display:block}}";

/// The dot before what weighs something; its colour is never the only sign.
const DOT: &str = "<span class=\"dot\">●</span>";

/// Lines beyond this many around no finding are folded.
const CONTEXT_LINES: usize = 3;
/// Fewer lines than this are shown as they are.
const FOLDED_MIN: usize = 3;

/// The page.
pub(super) fn page(report: &Report, documents: &[Document<'_>]) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Findings</title><style>{STYLE}</style></head><body>\n"
    );
    let _ = write!(page, "<h1>Findings</h1><p>{}</p>", counts(report, documents.len()));
    for document in documents {
        overview(&mut page, report, document.name);
    }
    for document in documents {
        show(&mut page, report, document);
    }
    page.push_str("</body></html>\n");
    page
}

/// How many findings there are of each weight.
fn counts(report: &Report, documents: usize) -> String {
    let files = if documents == 1 { "1 document".to_owned() } else { format!("{documents} documents") };
    if report.findings.is_empty() {
        return format!("Nothing is wrong in {files}.");
    }
    let count = |severity: Severity, one: &str| {
        let number = report.findings.iter().filter(|finding| finding.severity == severity).count();
        let plural = if number == 1 { "" } else { "s" };
        format!("<span class=\"count {}\">{DOT} {number} {one}{plural}</span>", severity.as_str())
    };
    let (errors, warnings, notes) =
        (count(Severity::Error, "error"), count(Severity::Warning, "warning"), count(Severity::Info, "note"));
    format!("{errors}{warnings}{notes}<span class=\"rule\">{files}</span>")
}

/// The findings of a document, each in one line that leads to it.
fn overview(page: &mut String, report: &Report, name: &str) {
    let mut here =
        report.findings.iter().enumerate().filter(|(_, finding)| finding.place.file == name).peekable();
    if here.peek().is_none() {
        return;
    }
    let _ = write!(page, "<h2>{}</h2><ul>", escape(name));
    for (index, finding) in here {
        let severity = finding.severity.as_str();
        let _ = write!(
            page,
            "<li class=\"{severity}\" title=\"{severity}\">{DOT}<span class=\"at\">{}</span>\
             <a href=\"#f{index}\">{}</a><span class=\"rule\">{}</span></li>",
            finding.place.line,
            with_code(&finding.message),
            finding.rule
        );
    }
    page.push_str("</ul>\n");
}

/// What is said beside one line.
#[derive(Default)]
struct Beside {
    remarks: String,
    marks: Vec<(usize, usize)>,
}

fn show(page: &mut String, report: &Report, document: &Document<'_>) {
    let text = source_text(document);
    let source_lines: Vec<&str> = text.lines().collect();
    let beside = beside(report, document.name);
    let _ = write!(
        page,
        "<h2>Lines of {}</h2><table><colgroup><col class=\"n\"><col><col class=\"f\"></colgroup>",
        escape(document.name)
    );
    let near = |number: usize| {
        let range = number.saturating_sub(CONTEXT_LINES)..=number + CONTEXT_LINES;
        beside.range(range).next().is_some()
    };
    let mut hidden: Vec<(usize, &str)> = Vec::new();
    for (index, line) in source_lines.iter().enumerate() {
        let number = index + 1;
        if !near(number) {
            hidden.push((number, line));
            continue;
        }
        fold(page, &mut hidden);
        let Some(found) = beside.get(&number) else {
            plain(page, number, line);
            continue;
        };
        let (shown, remarks) = (marked(line, &found.marks), &found.remarks);
        let _ = writeln!(
            page,
            "<tr class=\"hit\"><td class=\"n\">{number}</td><td class=\"s\">{shown}</td><td class=\"f\">{remarks}</td></tr>"
        );
    }
    fold(page, &mut hidden);
    page.push_str("</table>\n");
}

fn plain(page: &mut String, number: usize, line: &str) {
    let shown = escape(clip(line));
    let _ = writeln!(
        page,
        "<tr><td class=\"n\">{number}</td><td class=\"s\">{shown}</td><td class=\"f\"></td></tr>"
    );
}

/// Says how many lines are left out, unless it takes no more room to show them.
fn fold(page: &mut String, hidden: &mut Vec<(usize, &str)>) {
    if hidden.len() < FOLDED_MIN {
        for (number, line) in hidden.iter() {
            plain(page, *number, line);
        }
    } else {
        let _ = writeln!(
            page,
            "<tr class=\"fold\"><td colspan=\"3\">⋯ {} lines without findings</td></tr>",
            hidden.len()
        );
    }
    hidden.clear();
}

fn beside(report: &Report, name: &str) -> BTreeMap<usize, Beside> {
    let mut lines: BTreeMap<usize, Beside> = BTreeMap::new();
    let mut mark = |place: &Place, remark: String| {
        let found = lines.entry(place.line).or_default();
        found.remarks.push_str(&remark);
        let end = if place.end_line == place.line { place.end_column } else { usize::MAX };
        found.marks.push((place.column, end));
    };
    for (index, finding) in report.findings.iter().enumerate() {
        if finding.place.file == name {
            mark(&finding.place, told(index, finding));
        }
        for place in finding.occurrences.iter().filter(|place| place.file == name) {
            let label = if place.label.is_empty() { finding.rule } else { place.label.as_str() };
            let label = with_code(label);
            mark(place, format!("<div class=\"finding other\"><a href=\"#f{index}\">↖ {label}</a></div>"));
        }
    }
    lines
}

fn told(index: usize, finding: &Finding) -> String {
    let severity = finding.severity.as_str();
    format!(
        "<div class=\"finding {severity}\" id=\"f{index}\"><span class=\"rule\">{severity} {}</span><br>{}\
         <div class=\"help\">{}</div></div>",
        finding.rule,
        with_code(&finding.message),
        with_code(&finding.help)
    )
}

/// A sentence in which names between backticks are set apart.
fn with_code(sentence: &str) -> String {
    let parts: Vec<&str> = sentence.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escape(sentence);
    }
    let parts = parts.iter().enumerate().map(|(index, part)| match index % 2 {
        0 => escape(part),
        _ => format!("<code>{}</code>", escape(part)),
    });
    parts.collect::<Vec<_>>().concat()
}

/// A line longer than this is shown by its beginning.
const LINE_MAX: usize = 4_000;

fn clip(line: &str) -> &str {
    line.char_indices().nth(LINE_MAX).map_or(line, |(at, _)| line.get(..at).unwrap_or(line))
}

/// The line with its marked columns; where marks overlap the outer one is shown.
fn marked(line: &str, marks: &[(usize, usize)]) -> String {
    let mut marks = marks.to_vec();
    marks.sort_unstable();
    let mut shown = String::new();
    let mut open_until = 0;
    for (index, character) in clip(line).chars().enumerate() {
        let column = index + 1;
        if open_until > 0 && column >= open_until {
            shown.push_str("</mark>");
            open_until = 0;
        }
        let begins =
            marks.iter().filter(|(start, end)| *start == column && end > start).map(|(_, end)| *end).max();
        if let Some(end) = begins.filter(|_| open_until == 0) {
            shown.push_str("<mark>");
            open_until = end;
        }
        shown.push_str(&escape(character.encode_utf8(&mut [0; 4])));
    }
    if open_until > 0 {
        shown.push_str("</mark>");
    }
    shown
}

fn escape(text: &str) -> String {
    lines(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use estoppel_docs_check::check;

    use super::*;

    #[test]
    fn findings_stand_beside_their_lines() {
        let source = "# <A>\n\nKey | Description\n--|--\nsail |\n";
        let documents = [Document { name: "a.md", bytes: source.as_bytes() }];
        let shown = page(&check(&documents, None), &documents);
        assert!(shown.contains("<td class=\"s\"><mark>sail |</mark></td>"), "{shown}");
        assert!(shown.contains("DOC-CELL-MISSING"), "{shown}");
        assert!(!shown.contains("<A>") && !shown.contains("http"), "{shown}");
    }

    #[test]
    fn names_are_set_apart_and_what_is_left_out_is_counted() {
        assert_eq!(with_code("`<a>` is b"), "<code>&lt;a&gt;</code> is b");
        assert_eq!(with_code("one ` alone"), "one ` alone");
        let source = format!("{}Key | Description\n--|--\nsail |\n", "Text.\n\n".repeat(20));
        let documents = [Document { name: "a.md", bytes: source.as_bytes() }];
        let shown = page(&check(&documents, None), &documents);
        assert!(shown.contains("39 lines without findings"), "{shown}");
        let clean = [Document { name: "a.md", bytes: b"# A\n" }];
        assert!(page(&check(&clean, None), &clean).contains("Nothing is wrong in 1 document."));
    }

    #[test]
    fn marks_do_not_overlap() {
        assert_eq!(marked("abcd", &[(2, 3), (2, 4), (3, 5)]), "a<mark>bc</mark>d");
        assert_eq!(marked("ab", &[(2, usize::MAX)]), "a<mark>b</mark>");
    }
}
