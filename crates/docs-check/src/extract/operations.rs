//! Methods and URLs that stand on a line of their own.

mod declared;
mod outline;
mod servers;

use std::{collections::BTreeSet, sync::LazyLock};

use regex::Regex;

use crate::{
    Heading, Operation, Server, Span, Word,
    block::{Block, BlockKind},
    text::Text,
};
use declared::Declared;
use outline::Outline;
pub(super) use servers::Servers;

static DECLARATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:Endpoint:?\s*|[-*]\s+)?[`*]*(?:\#+\s+)?
        (?:[^\[\]`]{1,80}\[)?
        (?P<method>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[`*\]]*:?\s+[`*\[]*
        (?P<url>(?:https?://|/|\{)[^\s`*\]]*)[`*\]]*(?:\s+HTTP/[\d.]+)?$",
    )
    .ok()
});

/// The operations of a document and the servers that they name.
pub(super) fn read(text: &Text<'_>, blocks: &[Block], headings: &[Heading]) -> (Vec<Server>, Vec<Operation>) {
    let outline = Outline::new(headings, text.as_str().len());
    let mut operations: Vec<Operation> = Vec::new();
    let mut sampled: Vec<Operation> = Vec::new();
    for block in blocks {
        let whole = match &block.kind {
            BlockKind::Prose | BlockKind::Heading { .. } | BlockKind::Item => block.span,
            BlockKind::Code { language } if ["", "http", "text"].contains(&language.as_str()) => {
                first_line(text, block.span)
            }
            _ => continue,
        };
        if let Some(operation) = declaration(text, whole, &outline) {
            let shown = matches!(block.kind, BlockKind::Code { .. });
            if shown { &mut sampled } else { &mut operations }.push(operation);
        }
    }
    // Under the heading of an operation, code beside its declaration shows a call of it.
    let declared: BTreeSet<_> = operations.iter().map(under).collect();
    sampled.retain(|operation| !declared.contains(&under(operation)));
    operations.extend(listed(text, blocks, &outline));
    // So does a request with values in its path wherever it stands.
    let declared = Declared::new(&operations);
    sampled.retain(|call| !declared.knows(call));
    operations.append(&mut sampled);
    operations.sort_by_key(|operation| operation.span);
    part_shared_scopes(&mut operations);
    describe(text, blocks, &mut operations);
    let mut servers = Servers::default();
    for operation in &operations {
        if let Some(url) = &operation.server {
            servers.add(url, operation.span);
        }
    }
    (servers.finish(), operations)
}

/// Where the part of an operation begins, and its method.
fn under(operation: &Operation) -> (usize, String) {
    (operation.scope.start, operation.method.clone())
}

/// Operations that a table lists: a column of methods beside one of paths.
fn listed(text: &Text<'_>, blocks: &[Block], outline: &Outline<'_>) -> Vec<Operation> {
    let mut operations = Vec::new();
    for block in blocks {
        let BlockKind::Table(grid) = &block.kind else { continue };
        let column = |names: &[&str]| {
            grid.header.iter().position(|cell| names.contains(&text.slice(*cell).to_lowercase().as_str()))
        };
        let method = column(&["method", "http method", "verb"]);
        let path = column(&["path", "endpoint", "url", "route", "uri"]);
        let (Some(method), Some(path)) = (method, path) else { continue };
        for row in &grid.rows {
            let (Some(method), Some(path)) = (row.cells.get(method), row.cells.get(path)) else { continue };
            let (method, from) = super::unmarked(text, *method);
            let (url, to) = super::unmarked(text, *path);
            let known = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
            let Some((server, path)) = split_url(&url).filter(|_| known.contains(&method.as_str())) else {
                continue;
            };
            let (heading, _) = outline.scope(row.span);
            let span = Span::new(from.start.min(to.start), from.end.max(to.end));
            let query = query(&url, to.start);
            operations.push(Operation {
                method,
                server,
                path,
                query,
                heading,
                description: None,
                otherwise: None,
                span,
                scope: row.span,
            });
        }
    }
    operations
}

fn first_line(text: &Text<'_>, span: Span) -> Span {
    let length = text.slice(span).find('\n').unwrap_or(span.end - span.start);
    text.trim(Span::new(span.start, span.start + length))
}

fn declaration(text: &Text<'_>, span: Span, outline: &Outline<'_>) -> Option<Operation> {
    let line = text.slice(span);
    // A declaration is short; what is longer is prose that a pattern need not look at.
    if line.len() > 500 {
        return None;
    }
    let captures = DECLARATION.as_ref()?.captures(line)?;
    let method = captures.name("method")?;
    let url = captures.name("url")?;
    let (server, path) = split_url(url.as_str())?;
    let (heading, scope) = outline.scope(span);
    Some(Operation {
        method: method.as_str().to_owned(),
        server,
        path,
        query: query(url.as_str(), url.start() + span.start),
        heading,
        description: None,
        otherwise: None,
        span: Span::new(method.start(), url.end()).moved(span.start),
        scope,
    })
}

/// Scheme and host, and the path without query. A fragment tells operations apart.
pub(super) fn split_url(url: &str) -> Option<(Option<String>, String)> {
    let (url, fragment) = match url.split_once('#') {
        Some((url, fragment)) if !fragment.is_empty() => (url, format!("#{fragment}")),
        Some((url, _)) => (url, String::new()),
        None => (url, String::new()),
    };
    let url = url.split('?').next().unwrap_or_default();
    let host_begins = match url.find("://") {
        Some(scheme) => scheme + 3,
        None if url.starts_with('/') => return Some((None, format!("{url}{fragment}"))),
        None => 0,
    };
    let path_begins = url.get(host_begins..)?.find('/').map_or(url.len(), |slash| host_begins + slash);
    let path = url.get(path_begins..).filter(|path| !path.is_empty()).unwrap_or("/");
    Some((url.get(..path_begins).map(str::to_owned), format!("{path}{fragment}")))
}

/// The names of the parameters after the question mark of a URL.
fn query(url: &str, start: usize) -> Vec<Word> {
    let Some((path, query)) = url.split_once('?') else { return Vec::new() };
    let mut at = start + path.len() + 1;
    let mut names = Vec::new();
    for pair in query.split('&') {
        let name = pair.split('=').next().unwrap_or_default();
        if !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-.$[]".contains(c)) {
            names.push(Word { text: name.into(), span: Span::new(at, at + name.len()) });
        }
        at += pair.len() + 1;
    }
    names
}

/// Gives each operation the first sentences of its part of the document that are no caption.
fn describe(text: &Text<'_>, blocks: &[Block], operations: &mut [Operation]) {
    for operation in operations {
        let from = blocks.partition_point(|block| block.span.start < operation.scope.start);
        let inside = blocks.iter().skip(from).take_while(|block| operation.scope.contains(block.span));
        let mut prose = inside.filter(|block| block.kind == BlockKind::Prose).map(|block| block.span);
        let told = prose.find(|span| {
            let source = text.slice(*span);
            let line = text.line_at(span.start);
            let caption = source.ends_with([':', '*']) || line.trim_start().starts_with('>');
            let sentence = source.contains(' ') && source.ends_with(['.', '!', ')']);
            sentence && !caption && !span.contains(operation.span) && !operation.span.contains(*span)
        });
        operation.description = told.map(|span| Word { text: text.slice(span).into(), span });
    }
}

/// Two operations under one heading share what stands there: each keeps what follows it.
fn part_shared_scopes(operations: &mut [Operation]) {
    let mut later: Option<(usize, usize)> = None;
    for operation in operations.iter_mut().rev() {
        let begins = operation.scope.start;
        match later {
            Some((scope, next)) if scope == begins => operation.scope.end = next,
            _ => {}
        }
        later = Some((begins, operation.span.start));
    }
    let mut earlier = None;
    for operation in operations {
        let begins = operation.scope.start;
        if earlier == Some(begins) {
            operation.scope.start = operation.span.start;
        }
        earlier = Some(begins);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Document, extract};

    fn check(page: &str, expected: &[(&str, Option<&str>, &str, Option<&str>)]) {
        let facts = extract(&Document { name: "page", bytes: page.as_bytes() });
        let found: Vec<_> = facts
            .operations
            .iter()
            .map(|operation| {
                (
                    operation.method.as_str(),
                    operation.server.as_deref(),
                    operation.path.as_str(),
                    operation.heading.as_deref(),
                )
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn operations_stand_on_lines_of_their_own() {
        check(
            "# Get boat\n\n## HTTP Request\n\n`GET https://x.test/boats/{id}?a=b`\n",
            &[("GET", Some("https://x.test"), "/boats/{id}", Some("Get boat"))],
        );
        check("Boats\n\nPOST /boats\n\nUse GET /boats too.\n", &[("POST", None, "/boats", Some("Boats"))]);
        check("Endpoint: PUT /boats/:id\n", &[("PUT", None, "/boats/:id", None)]);
        check("```http\nDELETE /boats HTTP/1.1\n```\n", &[("DELETE", None, "/boats", None)]);
        check("`GET https://{BASE}/boats`\n", &[("GET", Some("https://{BASE}"), "/boats", None)]);
        check("GET ready\n\nPOST\n", &[]);
        check(
            "## Fetch boat [GET /boats/{id}]\n",
            &[("GET", None, "/boats/{id}", Some("Fetch boat [GET /boats/{id}]"))],
        );
        check("**POST** `/boats`\n\n# A\n", &[("POST", None, "/boats", None)]);
        check(
            "# All\n\nMethod | Path\n--|--\nGET | `/boats`\nPUT | /boats/:id\n",
            &[("GET", None, "/boats", Some("All")), ("PUT", None, "/boats/:id", Some("All"))],
        );
    }
}
