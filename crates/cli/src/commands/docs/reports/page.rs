//! One page that shows the documents with the findings beside their lines. It asks for nothing from outside.

use std::{collections::BTreeMap, fmt::Write};

use estoppel_docs_check::{Document, Finding, Place, Report, Severity, source_text};

const STYLE: &str = "\
:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:110rem;padding:0 1rem}\
table.doc{border-collapse:collapse;width:100%;table-layout:fixed}td{vertical-align:top;padding:0 .5rem}\
td.n{width:4rem;text-align:right;color:#888;user-select:none;font:12px/1.6 ui-monospace,monospace}\
td.s{white-space:pre-wrap;overflow-wrap:anywhere;font:12px/1.6 ui-monospace,monospace}td.f{width:40%}\
tr.hit td.s{background:#8881}.finding{border-left:4px solid;padding:.1rem .6rem;margin:.2rem 0;background:#8881}\
.error{border-color:#d33}.warning{border-color:#d80}.info{border-color:#28c}.other{border-color:#888;font-size:13px}\
.rule{font:12px ui-monospace,monospace;color:#888}mark{background:#fd08;color:inherit}a{color:inherit}";

/// Lines beyond this many around no finding are folded.
const CONTEXT_LINES: usize = 3;

/// The page.
pub(super) fn page(report: &Report, documents: &[Document<'_>]) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Findings</title><style>{STYLE}</style></head><body>\n"
    );
    let count = |severity| report.findings.iter().filter(|finding| finding.severity == severity).count();
    // Writing to a text never fails.
    let _ = write!(
        page,
        "<h1>Findings</h1><p>{} errors, {} warnings, {} notes in {} documents.</p><ol>",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Info),
        documents.len()
    );
    for (index, finding) in report.findings.iter().enumerate() {
        let _ = write!(
            page,
            "<li><a href=\"#f{index}\">{}</a> <span class=\"rule\">{} {}:{}</span></li>",
            escape(&finding.message),
            finding.rule,
            escape(&finding.place.file),
            finding.place.line
        );
    }
    page.push_str("</ol>\n");
    for document in documents {
        show(&mut page, report, document);
    }
    page.push_str("</body></html>\n");
    page
}

/// What is said beside one line.
#[derive(Default)]
struct Beside {
    remarks: String,
    marks: Vec<(usize, usize)>,
}

fn show(page: &mut String, report: &Report, document: &Document<'_>) {
    let text = source_text(document);
    let lines: Vec<&str> = text.lines().collect();
    let beside = beside(report, document.name);
    let _ = write!(page, "<h2>{}</h2><table class=\"doc\">", escape(document.name));
    let near = |number: usize| {
        let range = number.saturating_sub(CONTEXT_LINES)..=number + CONTEXT_LINES;
        beside.range(range).next().is_some()
    };
    let mut folded = false;
    for (index, line) in lines.iter().enumerate() {
        let number = index + 1;
        if !near(number) {
            if !std::mem::replace(&mut folded, true) {
                page.push_str("<tr><td class=\"n\">⋯</td><td class=\"s\"></td><td class=\"f\"></td></tr>");
            }
            continue;
        }
        folded = false;
        let (class, shown, remarks) = match beside.get(&number) {
            Some(found) => (" class=\"hit\"", marked(line, &found.marks), found.remarks.as_str()),
            None => ("", escape(clip(line)), ""),
        };
        let _ = writeln!(
            page,
            "<tr{class}><td class=\"n\">{number}</td><td class=\"s\">{shown}</td><td class=\"f\">{remarks}</td></tr>"
        );
    }
    page.push_str("</table>\n");
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
            let label = escape(&place.label);
            mark(place, format!("<div class=\"finding other\"><a href=\"#f{index}\">{label}</a></div>"));
        }
    }
    lines
}

fn told(index: usize, finding: &Finding) -> String {
    format!(
        "<div class=\"finding {}\" id=\"f{index}\"><span class=\"rule\">{}</span><br>{}<br><em>{}</em></div>",
        finding.severity.as_str(),
        finding.rule,
        escape(&finding.message),
        escape(&finding.help)
    )
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
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
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
    fn marks_do_not_overlap() {
        assert_eq!(marked("abcd", &[(2, 3), (2, 4), (3, 5)]), "a<mark>bc</mark>d");
        assert_eq!(marked("ab", &[(2, usize::MAX)]), "a<mark>b</mark>");
    }
}
