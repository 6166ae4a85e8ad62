//! Methods and URLs that stand on a line of their own.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    Heading, Operation, Server, Span,
    block::{Block, BlockKind},
    text::Text,
};

static DECLARATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:Endpoint:?\s*|[-*]\s+)?[`*]*(?:\#+\s+)?
        (?P<method>GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[`*]*\s+[`*]*
        (?P<url>(?:https?://|/|\{)[^\s`*]*)[`*]*(?:\s+HTTP/[\d.]+)?$",
    )
    .ok()
});

/// The operations of a document and the servers that they name.
pub(super) fn read(text: &Text, blocks: &[Block], headings: &[Heading]) -> (Vec<Server>, Vec<Operation>) {
    let mut operations: Vec<Operation> = Vec::new();
    for block in blocks {
        let whole = match &block.kind {
            BlockKind::Prose | BlockKind::Heading { .. } | BlockKind::Item => block.span,
            BlockKind::Code { language } if ["", "http", "text"].contains(&language.as_str()) => {
                first_line(text, block.span)
            }
            _ => continue,
        };
        if let Some(operation) = declaration(text, whole, headings) {
            operations.push(operation);
        }
    }
    part_shared_scopes(&mut operations);
    let mut servers: Vec<Server> = Vec::new();
    for operation in &operations {
        let Some(url) = &operation.server else { continue };
        match servers.iter_mut().find(|server| server.url == *url) {
            Some(server) => server.spans.push(operation.span),
            None => servers.push(Server { url: url.clone(), spans: vec![operation.span] }),
        }
    }
    (servers, operations)
}

fn first_line(text: &Text, span: Span) -> Span {
    let length = text.slice(span).find('\n').unwrap_or(span.end - span.start);
    text.trim(Span::new(span.start, span.start + length))
}

fn declaration(text: &Text, span: Span, headings: &[Heading]) -> Option<Operation> {
    let line = text.slice(span);
    // A declaration is short; what is longer is prose that a pattern need not look at.
    if line.len() > 500 {
        return None;
    }
    let captures = DECLARATION.as_ref()?.captures(line)?;
    let method = captures.name("method")?;
    let url = captures.name("url")?;
    let (server, path) = split_url(url.as_str())?;
    let (heading, scope) = scope(text, span, headings);
    Some(Operation {
        method: method.as_str().to_owned(),
        server,
        path,
        query: Vec::new(),
        heading,
        description: None,
        span: Span::new(method.start(), url.end()).moved(span.start),
        scope,
    })
}

/// Scheme and host, and the path without query.
fn split_url(url: &str) -> Option<(Option<String>, String)> {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let host_begins = match url.find("://") {
        Some(scheme) => scheme + 3,
        None if url.starts_with('/') => return Some((None, url.to_owned())),
        None => 0,
    };
    let path_begins = url.get(host_begins..)?.find('/').map_or(url.len(), |slash| host_begins + slash);
    let path = url.get(path_begins..).filter(|path| !path.is_empty()).unwrap_or("/");
    Some((url.get(..path_begins).map(str::to_owned), path.to_owned()))
}

/// The heading that the operation stands under, and how far its part of the document reaches.
fn scope(text: &Text, span: Span, headings: &[Heading]) -> (Option<String>, Span) {
    let end = text.as_str().len();
    let before = headings.partition_point(|heading| heading.span.start <= span.start);
    let owner = headings.iter().take(before).rposition(|heading| !heading.part);
    let Some((index, owner)) = owner.and_then(|index| Some((index, headings.get(index)?))) else {
        return (None, Span::new(0, end));
    };
    let next = headings.iter().skip(index + 1).find(|heading| heading.level <= owner.level);
    let scope = Span::new(owner.span.start, next.map_or(end, |heading| heading.span.start));
    (Some(owner.title.clone()), scope)
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
    }
}
